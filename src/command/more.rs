//! The next page of an answer, or all that follow.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::more::Next;
use crate::chat::answer::{Asking, Teller};
use crate::command::ask::{Answering, Asked};
use crate::error::Result;
use crate::jira::search::{LARGE_PAGE, PAGE_SIZE};
use crate::json::{self, Read};
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;
use serde_json::Value;

/// So many pages without a row may follow each other, of issues that are hidden; then the person is asked whether to go on.
const MOST_EMPTY: u32 = 50;

/// Where to go on.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// From the end of the page before.
    pub more: String,
    /// Whether all pages are wanted, one after the other, and not only the next.
    pub all: Option<bool>,
}

readable!(Args { account, more, all });

/// Where a later worker takes it up.
#[derive(Debug, Serialize)]
struct Reached {
    /// As in [`Args`].
    more: String,
    /// The pages that were sent.
    sent: u64,
}

readable!(Reached { more, sent });

/// Sends rows into the sink, page by page. A page is sent before the next is asked for, and none is kept.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    let account = app.tokens().account(&args.account).await?;
    let (item, paused) = (|_: &Value| {}, |pause| Answering::paused(sink, pause));
    let tell = Teller::new(&item, &paused);
    let ask = Asking::new(app, &account, &tell).await?;
    let all = args.all == Some(true);
    let mut more = args.more;
    let reached = sink.remembered().and_then(|state| Reached::read(&state));
    if let Some(reached) = reached.filter(|reached| sink.goes_on_after(reached.sent)) {
        more = reached.more;
    }
    let mut empty = 0;
    loop {
        let page = Next::read(&more)?.page(&ask, if all { LARGE_PAGE } else { PAGE_SIZE }).await?;
        empty = if page.keys.is_empty() { empty + 1 } else { 0 };
        let sent = sink.item(&page.card);
        match page.next {
            Some(after) if all && empty < MOST_EMPTY => more = after,
            after => return Ok(Asked { more: after, ..Asked::default() }),
        }
        sink.progress(&Answering::Reached { more: more.clone() });
        sink.remember(json::to_value(&Reached { more: more.clone(), sent })).await?;
    }
}
