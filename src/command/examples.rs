//! Questions that fit the person's site, to begin with.

use crate::app::App;
use crate::chat::examples::examples;
use crate::chat::intent::Context;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Whose.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The account.
    pub account: String,
}

readable!(Args { account });

/// Fetches the names of the site where they were never fetched, so that the first question need not. Errors: those of the account,
/// and `reauth_required` where the site refuses it.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<String>> {
    let account = app.tokens().account(&args.account).await?;
    let reader = app.reader(&account, "words").await?;
    let today = app.today();
    Ok(examples(&reader, &Context { today, me: account.identity.in_queries().to_owned(), ..Context::default() }))
}
