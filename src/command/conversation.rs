//! One conversation, to be read again and gone on with.

use crate::app::App;
use crate::chat::conversation::{self, TurnView};
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

/// Its turns, oldest first. Errors: `not_found`, `locked`, `vault_unreadable`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<TurnView>> {
    conversation::turns(app, &app.tokens().account(&args.account).await?, &args.id).await
}
