//! The next page of an answer.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::Card;
use crate::command::ask::Asked;
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::jira::search::Cursor;
use crate::json;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Where to go on.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// From the end of the page before.
    pub more: String,
}

readable!(Args { account, more });

/// The next page, as a text that pages hand back unread.
#[derive(Debug, Serialize)]
pub(super) struct Next {
    jql: String,
    cursor: Cursor,
}

readable!(Next { jql, cursor });

impl Next {
    /// The text for what comes after a page.
    pub(super) fn after(jql: &str, cursor: Option<Cursor>) -> Option<String> {
        Some(json::to_text(&Self { jql: jql.to_owned(), cursor: cursor? }))
    }
}

/// Sends one page of rows into the sink.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    let next: Next = json::from_text(&args.more)
        .ok_or_else(|| Error::new(Code::BadRequest, "This list cannot be continued. Ask again."))?;
    let account = app.tokens().account(&args.account).await?;
    let page = Jira::new(app.tokens(), app.platform(), &account)?.search(&next.jql, Some(&next.cursor)).await?;
    sink.item(&Card::Issues { issues: page.rows });
    Ok(Asked { more: Next::after(&next.jql, page.next) })
}
