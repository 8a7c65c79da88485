//! Give the passphrase.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::secret::Secret;

/// The passphrase.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// As the person typed it.
    #[cfg_attr(test, ts(type = "string"))]
    pub passphrase: Secret,
}

readable!(Args { passphrase });

/// Takes the tokens to hand again, and makes up for what was due meanwhile. Error: `wrong_passphrase`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    app.tokens().unlock(&args.passphrase).await?;
    app.wake_up().await;
    app.overview_anew().await
}
