//! What the pages show of changes: the plan before, how far it is, and what came of it.
//!
//! Texts in here that came from Jira (summaries, names, values) are data to be shown and nothing else.

use crate::error::Error;
use crate::platform::Timestamp;
use serde::Serialize;

/// What is going to be changed. Nothing is, before the person has confirmed it.
///
/// The page shows `title`, `warnings` and `rows`; below, `concerns`. If `missing` is not empty it shows a form of these fields
/// instead of the button, whose answers go into `plan` with this `id`. If `trouble` is there, it shows that (with its action) and
/// no button. The button says `button`; where `twice` is there, it asks that first and wants a second click.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlanView {
    /// Goes into `confirm`, `plan` and `plan_drop`.
    pub id: String,
    /// Goes into `confirm`, to say that what was shown is meant; empty while the plan cannot be confirmed.
    pub hash: String,
    /// A sentence: “Move 3 issues to In Review”.
    pub title: String,
    /// The changes, at most [`SHOWN`] issues of them.
    pub rows: Vec<PlanRow>,
    /// How many issues are going to be changed.
    pub changes: u32,
    /// How many issues stay as they are, because they are so already or cannot be changed.
    pub stays: u32,
    /// How many issues there are beyond those in `rows`.
    pub more: u32,
    /// Sentences about the whole plan: words that were not understood, fields that are not on the screen, …
    pub warnings: Vec<String>,
    /// Whom it concerns.
    pub concerns: Vec<Concern>,
    /// What has to be said first.
    pub missing: Vec<Missing>,
    /// A file is to be chosen: it goes into `confirm`.
    pub file: Option<FileWish>,
    /// Why it cannot be confirmed, and what to do about it: reading only, scopes that are missing, nothing to be done.
    pub trouble: Option<Error>,
    /// What the button says: “Move 3 issues”.
    pub button: String,
    /// What is asked before the second click, where one is wanted: the change cannot be taken back.
    pub twice: Option<String>,
    /// From here on it cannot be confirmed any more.
    pub until: Timestamp,
}

/// So many issues are shown of a plan, and of what came of it.
pub const SHOWN: usize = 50;

/// One issue of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlanRow {
    /// Its key; empty for one that is going to be made.
    pub key: String,
    /// Its page in Jira; empty for one that is going to be made.
    pub url: String,
    /// Its title.
    pub summary: String,
    /// What changes.
    pub changes: Vec<Before>,
    /// Why this issue is left out; none if it is going to be changed.
    pub problem: Option<String>,
}

/// One value before and after, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Before {
    /// The name of the field, or of what is done: “Status”, “Comment”.
    pub field: String,
    /// The value now; empty for none.
    pub before: String,
    /// The value then; empty for none.
    pub after: String,
}

crate::readable!(Before { field, before, after });

/// Somebody whom a change concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Concern {
    /// The name, or “3 watchers”, or “and others by the site's scheme”.
    pub name: String,
    /// As what: “assignee”, “reporter”, “watcher”, …; empty where the name says it.
    pub role: String,
}

/// Something that has to be said before the plan can be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Missing {
    /// Which field; goes back as it is.
    pub field: String,
    /// Its name.
    pub name: String,
    /// A sentence: what is wanted, or what was wrong with what was said.
    pub message: String,
    /// How it is filled in.
    pub input: Input,
    /// The values to choose from, where they are known.
    pub choices: Vec<ValueChoice>,
}

/// How a value is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Input {
    /// One line.
    Text,
    /// Several lines, in Markdown.
    Markdown,
    /// A number.
    Number,
    /// A day, as `2026-11-30`.
    Day,
    /// One of the choices.
    One,
    /// Any of the choices.
    Many,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ValueChoice {
    /// As shown.
    pub label: String,
    /// What goes back.
    pub value: String,
}

/// A file that the person has to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileWish {
    /// It may have at most so many bytes: by the site's limit, or by what can be sent from here.
    pub most_bytes: u64,
}

/// How far a change is, sent as progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct JobProgress {
    /// How many issues are dealt with.
    pub done: u32,
    /// Of so many.
    pub total: u32,
    /// How many of them could not be changed.
    pub failed: u32,
    /// The issue it is at; empty if it is at none.
    pub key: String,
    /// It waits until then, because Jira's limits are reached.
    pub until: Option<Timestamp>,
}

/// What came of a plan.
///
/// The page offers `undo` where `can_undo`, and `go_on` where there is something left or something failed that may be tried again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct JobView {
    /// The plan's id; goes into `undo` and `go_on`.
    pub id: String,
    /// The plan's title.
    pub title: String,
    /// When it was confirmed.
    pub at: Timestamp,
    /// How many issues there are in all.
    pub total: u32,
    /// How many were changed.
    pub done: u32,
    /// How many could not be changed.
    pub failed: u32,
    /// Of how many nobody knows whether they were changed.
    pub unknown: u32,
    /// How many were not begun.
    pub left: u32,
    /// A sentence: “2 of 3 issues were changed, 1 was not.”
    pub message: String,
    /// What came of each issue, those with problems first, at most [`SHOWN`].
    pub rows: Vec<JobRow>,
    /// How many issues there are beyond those in `rows`.
    pub more: u32,
    /// Whether something of it can be taken back.
    pub can_undo: bool,
    /// Why not, or not all; empty where nothing is to be said.
    pub undo_note: String,
    /// Whether some are left, or failed in a way that may pass.
    pub can_go_on: bool,
    /// Why it stopped before its end, and what to do about it.
    pub trouble: Option<Error>,
}

/// What came of one issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct JobRow {
    /// Its key.
    pub key: String,
    /// Its page in Jira; empty if there is none.
    pub url: String,
    /// Its title.
    pub summary: String,
    /// How it ended.
    pub state: ItemState,
    /// A sentence where something is to be said: why it failed, what is unknown.
    pub message: String,
}

/// How far one issue of a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ItemState {
    /// Not begun.
    #[default]
    Left,
    /// Sent, and not known to be answered.
    Sending,
    /// Changed.
    Done,
    /// Not changed.
    Failed,
    /// Nobody knows whether it was changed.
    Unknown,
}

crate::readable!(ItemState: Left "left", Sending "sending", Done "done", Failed "failed", Unknown "unknown");
