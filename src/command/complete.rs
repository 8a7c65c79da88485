//! What to say of a text that is being written. Asked with each key: nothing is asked of Jira.

use crate::app::App;
use crate::chat::complete::{Hints, hints};
use crate::chat::intent::Context;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// The text so far.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira would be asked.
    pub account: String,
    /// As typed.
    pub text: String,
    /// Behind so many UTF-16 units the cursor stands.
    pub cursor: u32,
    /// Whether it is JQL, whatever it looks like.
    pub jql: bool,
}

readable!(Args { account, text, cursor, jql });

/// By the names that are known already. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Hints> {
    let account = app.tokens().account(&args.account).await?;
    let reader = app.reader_at_hand(&account).await?;
    let today = app.today();
    let context = Context { today, me: account.identity.in_queries().to_owned(), ..Context::default() };
    let cursor = usize::try_from(args.cursor).unwrap_or(usize::MAX);
    Ok(hints(&reader, &args.text, cursor, &context, args.jql))
}
