//! Make sure that an account has a token that can be used now.

use crate::app::App;
use crate::app::details::TokenInfo;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
    /// Whether a new one is fetched although the present one still holds.
    pub force_refresh: bool,
}

readable!(Args { account; force_refresh });

/// What there is to say about the token; the token itself never goes to a page. Errors: `refresh_failed`, `reauth_required`,
/// `invalid_configuration`, `locked`, `not_found`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<TokenInfo> {
    app.ensure_token(&args.account, args.force_refresh).await?;
    app.token_info(&args.account).await
}
