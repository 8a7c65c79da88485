//! All there is to know about one account's token, without the token.

use crate::app::App;
use crate::app::details::AccountDetails;
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

/// State, figures and history. Error: `not_found`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<AccountDetails> {
    app.account_details(&args.account).await
}
