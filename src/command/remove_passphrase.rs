//! Do without a passphrase again.

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

/// Seals everything with the device's key. Error: `wrong_passphrase`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    app.tokens().remove_passphrase(&args.passphrase).await?;
    app.overview_anew().await
}
