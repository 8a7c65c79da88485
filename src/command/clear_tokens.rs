//! Remove the local tokens of one account or of all; the accounts stay.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Whose.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// One account's id; none for all.
    pub account: Option<String>,
}

readable!(Args { account });

/// All accounts afterwards. The server is not asked to void anything: that is `sign_out`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    app.tokens().clear(args.account.as_deref()).await?;
    app.overview().await
}
