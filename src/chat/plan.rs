//! Plans: what a wish will change, on which issues, from what to what; shown to the person and kept until it is confirmed.
//!
//! [`plan`] makes one from a [`Wish`]. Nothing in here changes anything in Jira: that is [`super::act`], which carries out what is
//! kept here, once it is confirmed. All that comes from Jira (names, texts, values) is data; nothing in it is ever read for what
//! to do.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::Card;
use crate::chat::answer::doing::{Before, Concern, FileWish, Missing, PlanView};
use crate::chat::intent::{FieldChange, Wish};
use crate::command::ask::Answering;
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::json::Read;
use crate::platform::Platform;
use crate::readable;
use crate::settings::check_writing;
use crate::tokens::account::Account;
use serde::Serialize;
use serde_json::Value;

mod agile;
mod create;
mod edit;
mod field;
pub mod keep;
mod others;
mod site;
mod step;
mod targets;
mod tell;
pub mod value;
pub mod wish;

use keep::{Head, Keep, Stage};
use site::Site;

pub(super) use others::too_large;
pub(super) use site::whoami;

/// What is done with one issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say what there is to say")]
pub enum Act {
    Create,
    Delete,
    Edit,
    Transition,
    Assign,
    Comment,
    DeleteComment,
    LogWork,
    DeleteWork,
    Link,
    Unlink,
    Watch,
    Unwatch,
    Vote,
    Unvote,
    Sprint,
    Backlog,
    Rank,
    Attach,
    Detach,
}

readable!(Act:
    Create "create", Delete "delete", Edit "edit", Transition "transition", Assign "assign", Comment "comment",
    DeleteComment "delete_comment", LogWork "log_work", DeleteWork "delete_work", Link "link", Unlink "unlink", Watch "watch",
    Unwatch "unwatch", Vote "vote", Unvote "unvote", Sprint "sprint", Backlog "backlog", Rank "rank", Attach "attach",
    Detach "detach");

/// One change of one issue: what one request does.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// The issue's key; empty for one that is going to be made.
    pub key: String,
    /// The issue's number; 0 for one that is going to be made.
    pub issue: u64,
    /// The issue's title.
    pub summary: String,
    /// What is done.
    pub act: Act,
    /// With what: see [`super::act::request`].
    pub data: Value,
    /// As people read it.
    pub rows: Vec<Before>,
    /// The fields that it changes, as they were: `{field: value}` in the form of [`value::form`]. If one of them is otherwise by
    /// the time, somebody else was quicker.
    pub guard: Value,
    /// The same fields as they become.
    pub after: Value,
    /// Why it is left out; none if it is to be done.
    pub problem: Option<String>,
}

readable!(Item { key, issue, summary, act, data, rows, guard, after, problem });

impl Item {
    /// A change of this issue.
    pub fn of(issue: &Value, act: Act) -> Self {
        let number = issue["id"].as_str().and_then(|id| id.parse().ok());
        Self {
            key: crate::json::text(issue, "key").to_owned(),
            issue: number.unwrap_or_default(),
            summary: value::cut(crate::json::text(&issue["fields"], "summary")),
            act,
            data: crate::json::object([]),
            rows: Vec::new(),
            guard: crate::json::object([]),
            after: crate::json::object([]),
            problem: None,
        }
    }

    /// The same with this data.
    #[must_use]
    pub fn with(mut self, name: &str, data: impl Into<Value>) -> Self {
        self.data[name] = data.into();
        self
    }

    /// The same with a line for people.
    #[must_use]
    pub fn row(mut self, field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        // Much of it is text from Jira.
        let (field, before, after) = (value::cut(field), value::cut(&before.into()), value::cut(&after.into()));
        self.rows.push(Before { field, before, after });
        self
    }

    /// The same, which changes a field from what it is.
    #[must_use]
    pub fn changing(mut self, field: &str, now: &Value, after: Value) -> Self {
        self.guard[field] = value::form(now);
        self.after[field] = after;
        self
    }

    /// The same, left out.
    #[must_use]
    pub fn left_out(mut self, why: impl Into<String>) -> Self {
        self.problem = Some(why.into());
        self
    }
}

/// A plan that is being made.
#[derive(Default)]
pub struct Draft {
    /// The changes.
    pub items: Vec<Item>,
    /// The keys of the issues that are meant.
    pub targets: Vec<String>,
    /// What has to be said first.
    pub missing: Vec<Missing>,
    /// Sentences about the whole.
    pub warnings: Vec<String>,
    /// Whom it concerns.
    pub concerns: Vec<Concern>,
    /// What is asked before the second click.
    pub twice: Option<String>,
    /// A file is to be chosen.
    pub file: Option<FileWish>,
}

impl Draft {
    /// Asks for this, once.
    pub(super) fn ask(&mut self, missing: Missing) {
        if !self.missing.iter().any(|known| known.field == missing.field) {
            self.missing.push(missing);
        }
    }

    /// It concerns somebody; told once.
    pub(super) fn concern(&mut self, name: &str, role: &str) {
        let name = value::cut(name);
        if !self.concerns.iter().any(|known| known.name == name) {
            self.concerns.push(Concern { name, role: role.to_owned() });
        }
    }

    /// Says this, once.
    pub(super) fn warn(&mut self, sentence: String) {
        if !self.warnings.contains(&sentence) {
            self.warnings.push(sentence);
        }
    }
}

/// What is told of Jira's pauses goes to the page.
fn telling<P: Platform>(sink: &Sink<'_, P>) -> impl Fn(crate::jira::traffic::Pause) {
    |pause| Answering::paused(sink, pause)
}

/// Plans a wish, keeps the plan, and sends it as a card. Nothing is changed.
///
/// Errors: as for [`Jira::send`], while the site is asked what is possible. That issues cannot be changed is no error, the plan
/// says so.
pub async fn plan<P: Platform>(app: &App<P>, account: &str, wish: Wish, sink: &Sink<'_, P>) -> Result<()> {
    let view = Box::pin(planned(app, account, &wish, sink)).await?;
    sink.item(&Card::Plan { plan: Box::new(view) });
    Ok(())
}

/// Plans anew what a plan was made for, with what was missing. Errors: also `not_found`, if the plan is gone, and `bad_request`, if
/// it was confirmed: its records are all that is known of what was done.
pub async fn fill_in<P: Platform>(
    app: &App<P>,
    (account, id): (&str, &str),
    answers: Vec<FieldChange>,
    sink: &Sink<'_, P>,
) -> Result<()> {
    let whose = app.tokens().account(account).await?;
    let keep = Keep::of(app, &whose);
    let (head, _) = keep.head(id).await?;
    if head.stage != Stage::Shown {
        return Err(Error::new(Code::BadRequest, "This was confirmed before. Ask for it again."));
    }
    let wish = Wish::read(&head.wish).ok_or_else(gone)?;
    plan(app, account, wish::filled(wish, answers), sink).await?;
    keep.forget(id).await
}

async fn planned<P: Platform>(app: &App<P>, account: &str, wish: &Wish, sink: &Sink<'_, P>) -> Result<PlanView> {
    let account = app.tokens().account(account).await?;
    let mut draft = Draft::default();
    let mut trouble = check_writing(app.platform()).await.err();
    if trouble.is_none() {
        trouble = site::missing_scopes(app, &account, &tell::scopes(&wish.change)).await;
    }
    let tell = telling(sink);
    if trouble.is_none() {
        let jira = Jira::new(app.tokens(), app.platform(), &account)?.telling(&tell);
        let names = app.names(&account, &tell::kinds(&wish.change)).await?;
        let me = whoami(&jira, &account).await?;
        let mut site = Site::new(names, me, jira.edition(), (app.now(), app.today()));
        draft = Box::pin(targets::each((&jira, &mut site), wish, sink)).await?;
    }
    if !wish.ignored.is_empty() {
        draft.warn(format!("Not understood: {}.", value::cut(&wish.ignored.join(", "))));
    }
    let title = tell::title(&wish.change, &draft);
    let head = Head::new(app, title, wish::written(wish));
    keep_and_show(app, &account, head, draft, trouble).await
}

/// Keeps a draft as a plan, and answers it as pages show it.
pub async fn keep_and_show<P: Platform>(
    app: &App<P>,
    account: &Account,
    mut head: Head,
    draft: Draft,
    mut trouble: Option<Error>,
) -> Result<PlanView> {
    head.twice = draft.twice.is_some();
    head.file = draft.file.as_ref().map(|wish| wish.most_bytes);
    let is_ready = draft.missing.is_empty() && trouble.is_none();
    if is_ready && !draft.items.iter().any(|item| item.problem.is_none()) {
        trouble = Some(Error::new(Code::Refused, "There is nothing to change."));
    }
    let is_done = |item: &&Item| is_ready && item.problem.is_none();
    let items: Vec<Item> = draft.items.iter().filter(is_done).cloned().collect();
    Keep::of(app, account).keep(&mut head, &items).await?;
    let jira = Jira::new(app.tokens(), app.platform(), account)?;
    Ok(tell::view(&jira, &head, draft, trouble))
}

/// The plan is not there.
pub(super) fn gone() -> Error {
    Error::new(Code::NotFound, "This plan is not there any more. Ask for it again.")
}
