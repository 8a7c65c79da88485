//! Choose one of an account's sites.

use crate::app::App;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which site of which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The account's id.
    pub account: String,
    /// The site's id.
    pub site: String,
}

readable!(Args { account, site });

/// The account with its new choice.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<AccountView> {
    app.tokens().choose_site(&args.account, &args.site).await?;
    app.account_view(&args.account).await
}
