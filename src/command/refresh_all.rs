//! Refresh the tokens of all accounts now.

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

/// All accounts afterwards; those whose refresh failed say why.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Overview> {
    app.refresh_all().await?;
    app.overview().await
}
