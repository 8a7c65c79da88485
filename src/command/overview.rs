//! What the popup asks first.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

/// All accounts, from the token-free picture.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Overview> {
    app.overview().await
}

readable!(Args {});
