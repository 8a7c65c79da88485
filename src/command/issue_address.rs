//! Where an issue is, by its key.

use crate::app::App;
use crate::chat::around;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// What was typed.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The key, in small letters too.
    pub text: String,
}

readable!(Args { text });

/// The address of its page; none where the text is no key, or nobody is signed in to a Jira. Errors: `locked`, `vault_unreadable`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Option<String>> {
    around::issue_address(app, &args.text).await
}
