//! The next page of an answer, or all that follow.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::Card;
use crate::command::ask::{Answering, Asked};
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::jira::search::{Cursor, LARGE_PAGE, PAGE_SIZE};
use crate::json::{self, Read};
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

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

/// The next page, as a text that pages hand back unread.
#[derive(Debug, Serialize)]
pub(super) struct Next {
    jql: String,
    cursor: Cursor,
}

readable!(Next { jql, cursor });

/// Where a later worker takes it up.
#[derive(Debug, Serialize)]
struct Reached {
    /// As in [`Args`].
    more: String,
    /// The pages that were sent.
    sent: u64,
}

readable!(Reached { more, sent });

impl Next {
    /// The text for what comes after a page.
    pub(super) fn after(jql: &str, cursor: Option<Cursor>) -> Option<String> {
        Some(json::to_text(&Self { jql: jql.to_owned(), cursor: cursor? }))
    }
}

/// Sends rows into the sink, page by page. A page is sent before the next is asked for, and none is kept.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    let account = app.tokens().account(&args.account).await?;
    let tell = |pause| Answering::paused(sink, pause);
    let jira = Jira::new(app.tokens(), app.platform(), &account)?.telling(&tell);
    let all = args.all == Some(true);
    let mut more = args.more;
    let reached = sink.remembered().and_then(|state| Reached::read(&state));
    if let Some(reached) = reached.filter(|reached| sink.goes_on_after(reached.sent)) {
        more = reached.more;
    }
    let mut empty = 0;
    loop {
        let next: Next = json::from_text(&more)
            .ok_or_else(|| Error::new(Code::BadRequest, "This list cannot be continued. Ask again."))?;
        let size = if all { LARGE_PAGE } else { PAGE_SIZE };
        let page = jira.search(&next.jql, Some(&next.cursor), size).await?;
        empty = if page.rows.is_empty() { empty + 1 } else { 0 };
        let sent = sink.item(&Card::Issues { issues: page.rows });
        let after = Next::after(&next.jql, page.next);
        match after {
            Some(after) if all && empty < MOST_EMPTY => more = after,
            after => return Ok(Asked { more: after }),
        }
        sink.progress(&Answering::Reached { more: more.clone() });
        sink.remember(json::to_value(&Reached { more: more.clone(), sent })).await?;
    }
}
