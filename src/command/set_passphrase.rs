//! Protect the tokens with a passphrase, or change it.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::secret::Secret;

/// The new passphrase, and the one there is.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The one there is; none where there is none.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub old: Option<Secret>,
    /// The new one.
    #[cfg_attr(test, ts(type = "string"))]
    pub new: Secret,
}

readable!(Args { old, new });

/// Seals everything under it. Errors: `invalid_configuration` (too short), `wrong_passphrase`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    app.tokens().set_passphrase(args.old.as_ref(), &args.new).await?;
    app.overview_anew().await
}
