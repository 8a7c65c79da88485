//! Give up the records that cannot be read.

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

/// Removes the records that were set aside. Those of a newer version stay.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Overview> {
    app.tokens().forget_damaged().await?;
    app.overview_anew().await
}
