//! The next page of an answer.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::Card;
use crate::command::ask::Asked;
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::jira::search::Cursor;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};

/// Where to go on.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// From the end of the page before.
    pub more: String,
}

/// The next page, as a text that pages hand back unread.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Next {
    jql: String,
    cursor: Cursor,
}

impl Next {
    /// The text for what comes after a page.
    pub(super) fn after(jql: &str, cursor: Option<Cursor>) -> Option<String> {
        serde_json::to_string(&Self { jql: jql.to_owned(), cursor: cursor? }).ok()
    }
}

/// Sends one page of rows into the sink.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    let next: Next = serde_json::from_str(&args.more)
        .map_err(|_not_ours| Error::new(Code::BadRequest, "This list cannot be continued. Ask again."))?;
    let account = app.tokens().account(&args.account).await?;
    let page = Jira::new(app.tokens(), app.platform(), &account)?.search(&next.jql, Some(&next.cursor)).await?;
    sink.item(&Card::Issues { issues: page.rows });
    Ok(Asked { more: Next::after(&next.jql, page.next) })
}
