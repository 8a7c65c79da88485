//! A result as a file.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::{Asking, Teller};
use crate::chat::export::{self, Exported, Format};
use crate::command::ask::Answering;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde_json::Value;

/// What, and how.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// From the end of an answer.
    pub what: String,
    /// How the file is written.
    pub format: Format,
}

readable!(Args { account, what, format });

/// Asks for all of it again, page by page, and answers the file. Errors: `bad_request`, and those of a search.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Exported> {
    let account = app.tokens().account(&args.account).await?;
    let (item, paused) = (|_: &Value| {}, |pause| Answering::paused(sink, pause));
    let tell = Teller::new(&item, &paused);
    export::export(&Asking::new(app, &account, &tell).await?, &args.what, args.format).await
}
