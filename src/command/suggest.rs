//! What the address bar offers while somebody types there.

use crate::app::App;
use crate::chat::around::{self, Suggestion};
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// The text so far.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// As typed, without the keyword.
    pub text: String,
}

readable!(Args { text });

/// From what is kept; nothing is asked of Jira. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<Suggestion>> {
    around::suggestions(app, &args.text).await
}
