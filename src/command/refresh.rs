//! Refresh an account's token now.

use crate::app::App;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::tokens::refresh::Reason;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
}

readable!(Args { account });

/// The account after a successful refresh. A refresh that is under way already is waited for and counts.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<AccountView> {
    let seen = app.tokens().generation(&args.account).await?;
    app.refresh_shown(args.account.clone(), Reason::NewerThan(seen)).await?;
    app.account_view(&args.account).await
}
