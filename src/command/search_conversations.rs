//! Where something was said.

use crate::app::App;
use crate::chat::conversation::{self, Hit};
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// What is asked for.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose.
    pub account: String,
    /// What was said.
    pub words: String,
}

readable!(Args { account, words });

/// The places, the latest first. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<Hit>> {
    conversation::search(app, &app.tokens().account(&args.account).await?, &args.words).await
}
