//! Name an account, and choose when its token counts as expiring.

use crate::app::App;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// What to change of which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The account's id.
    pub account: String,
    /// The person's own name for it; none for the name at the server.
    pub label: Option<String>,
    /// Minutes before its end at which this account's token counts as expiring; none for the general setting.
    pub threshold_minutes: Option<u32>,
}

readable!(Args { account, label, threshold_minutes });

/// The account with its new name. Errors: `not_found`, `invalid_configuration`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<AccountView> {
    app.tokens().set_account(&args.account, args.label, args.threshold_minutes).await?;
    app.account_view(&args.account).await
}
