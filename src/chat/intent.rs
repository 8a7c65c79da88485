//! What a person asks for, as data: what [`super::read`] makes of words, and what the rest of the chat answers or carries out.
//!
//! Nothing in here was looked up at Jira: names are the site's as far as its vocabulary is known, and whoever carries something
//! out asks Jira what is possible first.

mod wish;

use crate::jql::JqlError;
use crate::jql::ast::{Clause, Query};
use crate::readable;
use serde::Serialize;
pub use wish::{Assignee, Change, Create, FieldChange, How, Place, Sprint, Target, Wish, Work};

/// What a text asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Issues that satisfy conditions.
    Search(Box<Search>),
    /// One issue.
    Show {
        /// Its key, in capitals.
        key: String,
    },
    /// Something is to be changed.
    Change(Box<Wish>),
    /// Figures that Jira's search alone does not tell.
    Report(Box<Report>),
    /// The last change is to be taken back.
    Undo,
    /// More of the last list.
    More,
    /// It can mean several things, or too little was said: the person is asked.
    Ask(Box<Question>),
    /// It is meant as JQL and is none.
    BrokenJql(JqlError),
    /// It is no question about Jira's issues.
    Decline {
        /// One sentence that says so.
        message: String,
    },
}

/// A search and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The query.
    pub query: Query,
    /// For each top-level condition, in order.
    pub sources: Vec<Source>,
    /// Words that mean nothing here, as they were written.
    pub ignored: Vec<String>,
    /// What of the issues is asked for.
    pub view: View,
    /// At most so many issues are wanted.
    pub limit: Option<u32>,
}

/// Where a condition came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The person's words; empty for what was taken over from the question before or added by itself.
    pub words: String,
    /// The first byte of them in the text, and the byte after the last.
    pub span: (usize, usize),
    /// How the words were read, where another reading is thinkable: “stale: not updated for 30 days”. Empty where there is none.
    pub reading: String,
}

/// What of the issues is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The issues.
    #[default]
    List,
    /// How many there are.
    Count,
    /// How many there are for each value of a field, by the name that queries have for it.
    Groups {
        /// The field.
        field: String,
    },
}

/// Figures that take more than one search.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Which.
    pub kind: ReportKind,
    /// Of these issues only.
    pub within: Option<Clause>,
    /// Of this person: the account id; on Data Center the user name. None where nobody was named, or whoever asks.
    pub person: Option<String>,
    /// From this day on, as `2026-11-30`; none where no time was named.
    pub since: Option<String>,
}

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// What is due, in progress, waiting for a review, and where one is mentioned.
    MyDay,
    /// What is done and left of the running sprint, what came in and went out, and how many days there are.
    Sprint,
    /// What was created and resolved, day by day.
    Pulse,
    /// What a person did since yesterday, and does.
    Standup,
    /// What is left of a version.
    Release,
    /// What has changed since a time.
    Changes,
    /// How much each person has.
    Workload,
    /// How long open issues have been there.
    Ageing,
}

readable!(ReportKind: MyDay "my_day", Sprint "sprint", Pulse "pulse", Standup "standup", Release "release",
    Changes "changes", Workload "workload", Ageing "ageing");

/// What is asked back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Question {
    /// One sentence.
    pub message: String,
    /// The answers there are; none where the person has to find words of their own.
    pub choices: Vec<Choice>,
}

readable!(Question { message, choices });

/// An answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Choice {
    /// As shown.
    pub label: String,
    /// What is asked in place of the text before, when this is chosen.
    pub text: String,
}

readable!(Choice { label, text });

/// What a conversation already holds, for texts that lean on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The last search.
    pub query: Option<Query>,
    /// The keys of the issues that were last shown, in order.
    pub shown: Vec<String>,
    /// How many issues the last list has in all, where it goes on behind those shown; as many as a number holds, where nothing limits
    /// it. None where all were shown.
    pub all: Option<u32>,
    /// The key of the issue in the browser's current tab.
    pub open: Option<String>,
    /// The day it is where the person is, in days since 1970-01-01: see [`crate::day`].
    pub today: i64,
    /// The account id of whoever asks; on Data Center the user name.
    pub me: String,
}
