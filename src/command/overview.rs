//! What the popup asks first.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// How much of it.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whether all accounts are wanted, and not only those of the first screen.
    pub all: bool,
}

readable!(Args {; all });

/// The accounts, from the token-free picture.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    if args.all { app.whole_overview().await } else { app.overview().await }
}
