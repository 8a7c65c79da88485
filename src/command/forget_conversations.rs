//! Delete all conversations of an account, also those that cannot be read.

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

/// Deletes them, and answers those that are left: none. Error: `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<ConversationView>> {
    conversation::forget(app, &args.account, None).await?;
    Ok(Vec::new())
}
