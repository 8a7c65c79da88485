//! End an account's session.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
}

readable!(Args { account });

/// What became of it at the server. Here everything is removed in any case.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignedOut {
    /// Whether the server confirmed that the tokens are void.
    pub revoked: bool,
    /// Where the person can withdraw the grant by hand.
    pub manage_url: Option<String>,
}

/// Asks the server to void the tokens and removes every local copy.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<SignedOut> {
    let (revoked, manage_url) = app.tokens().sign_out(&args.account).await?;
    Ok(SignedOut { revoked, manage_url })
}
