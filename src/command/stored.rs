//! What is stored in this browser, by kind.

use crate::app::App;
use crate::app::stored::Stored;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// Every kind, also those of which there is nothing. Error: `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Vec<Stored>> {
    app.stored().await
}
