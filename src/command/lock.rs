//! Need the passphrase again from now on.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// Takes every token out of memory. Nothing happens where there is no passphrase.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Overview> {
    app.tokens().lock_vault().await?;
    app.overview_anew().await
}
