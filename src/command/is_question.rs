//! Whether a text asks for something, and does not change anything.

use crate::app::App;
use crate::chat::intent::{Context, Intent};
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// The text.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira would be asked.
    pub account: String,
    /// As typed.
    pub text: String,
}

readable!(Args { account, text });

/// Whether it can be asked without the person pressing Enter in the panel: a text from elsewhere never plans a change by itself.
/// Errors: `storage_failed`, `reauth_required`, `not_found`.
pub async fn run<P: Platform>(app: &App<P>, Args { account, text }: Args) -> Result<bool> {
    let account = app.tokens().account(&account).await?;
    let today = app.today();
    // Where an issue is at hand more texts are changes: “done”, say.
    let context = Context { open: Some("ABC-1".to_owned()), today, ..Context::default() };
    let reader = app.reader(&account, &text).await?;
    let changes = || matches!(reader.read(&text, &context), Intent::Change(_) | Intent::Undo);
    Ok(!reader.is_wish(&text, &context) && !changes())
}
