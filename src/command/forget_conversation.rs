//! Delete a conversation.

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
    /// Which.
    pub id: String,
}

readable!(Args { account, id });

/// Deletes it, and answers those that are left. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<ConversationView>> {
    conversation::forget(app, &args.account, Some(&args.id)).await?;
    conversation::list(app, &app.tokens().account(&args.account).await?).await
}
