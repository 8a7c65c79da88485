//! Ask a question in plain words, JQL or an issue's key.

use crate::app::App;
use crate::app::names::USUAL;
use crate::app::ports::Sink;
use crate::chat::answer::{Card, not_understood, understood};
use crate::chat::read::{Intent, Search, read};
use crate::command::more::Next;
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::jira::search::{PAGE_SIZE, Page};
use crate::jira::traffic::Pause;
use crate::jql::{check::check, parse};
use crate::platform::{Platform, Timestamp};
use crate::tokens::account::Account;
use crate::readable;
use serde::Serialize;

/// In bytes. A longer text is no question; reading it would only keep the worker from everything else.
const LONGEST: usize = 10_000;

/// The question.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// As typed.
    pub text: String,
}

readable!(Args { account, text });

/// How far an answer is.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Answering {
    /// Jira's limits are reached: it goes on by itself.
    Paused {
        /// At this moment.
        until: Timestamp,
    },
    /// All up to here was sent.
    Reached {
        /// Goes into `more`, for whoever stops here.
        more: String,
    },
}

impl Answering {
    /// Tells of a pause.
    pub(super) fn paused<P: Platform>(sink: &Sink<'_, P>, pause: Pause) {
        sink.progress(&Self::Paused { until: pause.until });
    }
}

/// The end of an answer.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Asked {
    /// Goes into `more` for the next page; none after the last.
    pub more: Option<String>,
}

/// Sends cards into the sink.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    if args.text.len() > LONGEST {
        return Err(Error::new(Code::BadRequest, "This is too long for a question. Ask for less at once."));
    }
    match read(&args.text) {
        Intent::Search(found) => search(app, &args.account, &found, sink).await,
        Intent::Show { key } => {
            let account = app.tokens().account(&args.account).await?;
            let tell = |pause| Answering::paused(sink, pause);
            let jira = Jira::new(app.tokens(), app.platform(), &account)?.telling(&tell);
            sink.item(&Card::Issue { issue: Box::new(jira.issue(&key).await?) });
            Ok(Asked { more: None })
        }
        Intent::BrokenJql(error) => Err(Error::new(
            Code::InvalidJql,
            format!("This is not JQL yet, at character {}: {}", characters_before(&args.text, error.start) + 1, error.message),
        )),
        Intent::Unknown { words } => {
            sink.item(&not_understood(&words));
            Ok(Asked { more: None })
        }
    }
}

async fn search<P: Platform>(app: &App<P>, id: &str, found: &Search, sink: &Sink<'_, P>) -> Result<Asked> {
    let (jql, card) = understood(found);
    sink.item(&card);
    let account = app.tokens().account(id).await?;
    let tell = |pause| Answering::paused(sink, pause);
    let jira = Jira::new(app.tokens(), app.platform(), &account)?.telling(&tell);
    let page = match jira.search(&jql, None, PAGE_SIZE).await {
        Err(refused) if refused.code == Code::Refused => return Err(explained(app, refused, &account, &jql).await),
        other => other?,
    };
    // A page may be empty and yet not the last: hidden issues are left out of it.
    if page.rows.is_empty() && page.next.is_none() {
        sink.item(&Card::Empty { message: "No issue fits all of these conditions.".into() });
        return Ok(Asked { more: None });
    }
    sink.item(&Card::Issues { issues: page.rows.clone() });
    if let Some(count) = count(&jira, &jql, &page).await {
        sink.item(&count);
    }
    Ok(Asked { more: Next::after(&jql, page.next) })
}

/// What is wrong with a query that Jira refused, by the names of the site; Jira's own words where they do not tell.
async fn explained<P: Platform>(app: &App<P>, mut refused: Error, account: &Account, jql: &str) -> Error {
    if let (Ok(query), Ok(names)) = (parse(jql), app.names(account, &USUAL).await) {
        let problems = check(&query, &names);
        let told: Vec<&str> = problems.iter().filter(|one| one.refused).map(|one| one.message.as_str()).collect();
        if !told.is_empty() {
            refused.message = told.join(" ");
        }
    }
    refused
}

/// How many there are: counted where the first page is all, told by Data Center, estimated by Cloud. The rows are the answer,
/// so a failure here leaves only the number out.
async fn count<P: Platform>(jira: &Jira<'_, P>, jql: &str, page: &Page) -> Option<Card> {
    let exact = match &page.next {
        None => u32::try_from(page.rows.len()).ok(),
        Some(_) => page.total,
    };
    if let Some(count) = exact {
        return Some(Card::Count { count, approximate: false });
    }
    let count = jira.approximate_count(jql).await.ok()??;
    Some(Card::Count { count, approximate: true })
}

fn characters_before(text: &str, byte: usize) -> usize {
    // The parser reads the text without the space around it.
    let lead = text.len() - text.trim_start().len();
    text.char_indices().take_while(|(at, _)| *at < byte + lead).count()
}
