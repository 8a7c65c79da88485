//! What was asked before, conversation by conversation.

use crate::app::App;
use crate::chat::conversation::{self, ConversationView};
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// What is asked for.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose.
    pub account: String,
}

readable!(Args { account });

/// The conversations on the account's chosen site, the latest first. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<ConversationView>> {
    conversation::list(app, &app.tokens().account(&args.account).await?).await
}
