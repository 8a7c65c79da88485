//! Try out whether an account really works.

use crate::app::App;
use crate::app::connection::ConnectionTest;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
}

readable!(Args { account });

/// What was tried and how it went; a step that failed is no error of the command. Error: `not_found`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<ConnectionTest> {
    app.try_connection(&args.account).await
}
