//! Ask a question in plain words, JQL or an issue's key.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::more::Next;
use crate::chat::answer::{Answer, Card, Teller, answer};
use crate::chat::conversation::{self, Happened, Held};
use crate::chat::intent::{Context, Intent};
use crate::chat::{epic, plan, undo};
use crate::error::{Code, Error, Result};
use crate::jira::traffic::Pause;
use crate::json;
use crate::platform::{Platform, Timestamp};
use crate::readable;
use serde::Serialize;
use serde_json::Value;

/// In bytes. A longer text is no question; reading it would only keep the worker from everything else.
const LONGEST: usize = 10_000;

/// The question.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Whose Jira is asked.
    pub account: String,
    /// As typed.
    pub text: String,
    /// The conversation it belongs to, by a name of the page's own: letters, digits and hyphens. Without one it leans on nothing
    /// and is not kept.
    pub conversation: Option<String>,
    /// The key of the issue in the browser's current tab, which “this” means.
    pub open: Option<String>,
}

readable!(Args { account, text, conversation, open });

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
    /// The issues of a plan are read.
    Planning {
        /// So many so far.
        issues: u32,
    },
    /// All up to here was sent.
    Reached {
        /// Goes into `more`, for whoever stops here.
        more: String,
    },
}

impl Answering {
    /// Tells of a pause.
    pub(crate) fn paused<P: Platform>(sink: &Sink<'_, P>, pause: Pause) {
        sink.progress(&Self::Paused { until: pause.until });
    }
}

/// The end of an answer.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Asked {
    /// Goes into `more` for the next page; none after the last.
    pub more: Option<String>,
    /// Goes into `export`; none where there is nothing to export.
    pub export: Option<String>,
    /// Whether the conversation could not be kept, so that it ends with the page.
    pub not_kept: bool,
}

/// Sends cards into the sink, and adds what was said to the conversation.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<Asked> {
    if args.text.len() > LONGEST {
        return Err(Error::new(Code::BadRequest, "This is too long for a question. Ask for less at once."));
    }
    let account = app.tokens().account(&args.account).await?;
    let (item, paused) = (|card: &Value| sink.tell(card), |pause| Answering::paused(sink, pause));
    let tell = Teller::new(&item, &paused);
    let today = app.today();
    // Who takes this up after the worker died takes the same place in the conversation.
    let begun = sink.remembered().and_then(|state| json::field(&state, "turn"));
    let held = match &args.conversation {
        Some(id) => conversation::context(app, &account, id, (today, begun)).await,
        None => Ok(Held::default()),
    };
    let (mut not_kept, mut held) = (held.is_err(), held.unwrap_or_default());
    sink.remember(json::object([("turn", held.turn.into())])).await?;
    let all = held.more.as_deref().and_then(|more| Next::all(more, held.context.shown.len()));
    held.context = Context { open: args.open, all, today, me: account.identity.in_queries().to_owned(), ..held.context };
    let intent = app.reader(&account, &args.text).await?.read(&args.text, &held.context);
    let intent = epic::looked_up((app, &account), intent, &args.text).await;
    let outcome = match intent {
        Err(error) => Err(error),
        Ok(Intent::Change(wish)) => planned(plan::plan(app, &account.id, *wish, sink).await, &tell),
        Ok(Intent::Undo) => planned(undo::undo(app, &account.id, None, sink).await, &tell),
        Ok(intent) => answer((app, &account), &intent, (&args.text, held.more.as_deref()), &tell).await,
    };
    let error = outcome.as_ref().err().cloned();
    let answer = outcome.unwrap_or_default();
    let (more, export) = (answer.more.clone(), answer.export.clone());
    if let Some(id) = &args.conversation {
        let (cards, turn) = (tell.told(), Some(held.turn));
        let happened = Happened { text: args.text, cards, error: error.clone(), answer, turn };
        not_kept |= conversation::remember(app, &account, id, happened).await.is_err();
    }
    error.map_or(Ok(Asked { more, export, not_kept }), Err)
}

/// A plan is told where it is made, and kept there; the conversation keeps only that there was one.
fn planned(outcome: Result<()>, tell: &Teller<'_>) -> Result<Answer> {
    outcome.map(|()| {
        tell.note(&Card::sentence("A change was planned here."));
        Answer::default()
    })
}
