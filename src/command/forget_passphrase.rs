//! Begin anew without the passphrase.

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

/// Removes all that the passphrase protects, and the passphrase. The person has confirmed it. Error: `bad_request` where there is
/// none.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Overview> {
    app.tokens().forget_passphrase().await?;
    app.forget_pictures().await;
    app.overview_anew().await
}
