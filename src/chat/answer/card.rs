//! The cards: every piece an answer can have. Data; pages render it.

use crate::chat::answer::doing::{JobView, PlanView};
use crate::chat::intent::{Choice, Question};
use crate::error::Error;
use crate::jira::issue::{IssueDetail, IssueRow};
use crate::platform::Timestamp;
use serde::Serialize;

/// One piece of an answer.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Card {
    /// What was understood.
    Understood {
        /// The query that runs.
        jql: String,
        /// Its conditions, one by one.
        clauses: Vec<Clause>,
        /// Words that were not understood.
        ignored: Vec<String>,
    },
    /// One or two sentences.
    Sentence {
        /// The text.
        message: String,
    },
    /// How many there are.
    Count {
        /// The number.
        count: u32,
        /// Whether it is Jira's estimate.
        approximate: bool,
    },
    /// Issues, appended to those before.
    Issues {
        /// What is told of each beside what every row tells: what the question is about.
        columns: Vec<Column>,
        /// The rows.
        issues: Vec<IssueRow>,
    },
    /// One issue whole.
    Issue {
        /// The issue.
        issue: Box<IssueDetail>,
    },
    /// How many there are of each value, as a table and as a chart.
    Groups {
        /// What the field is called.
        field: String,
        /// The values, those that come first first.
        groups: Vec<Group>,
        /// How many have another value than these.
        others: u32,
        /// How many there are in all.
        total: u32,
        /// Whether the numbers are Jira's estimates.
        approximate: bool,
        /// Whether an issue can have several of the values, so that the numbers add up to more.
        several: bool,
    },
    /// Numbers over time.
    Chart {
        /// What is counted.
        series: Vec<Series>,
        /// The spans of time, oldest first.
        spans: Vec<Span>,
    },
    /// Figures with their names.
    Figures {
        /// The figures.
        figures: Vec<Figure>,
    },
    /// Several cards under a heading: one part of a report.
    Section {
        /// What it is about.
        title: String,
        /// The query behind it; empty where there is no single one.
        jql: String,
        /// What there is to say.
        cards: Vec<Card>,
    },
    /// Nothing was found.
    Empty {
        /// A sentence or two: also why.
        message: String,
        /// What would find something.
        choices: Vec<Choice>,
    },
    /// Something that is asked back.
    Question(Question),
    /// It is no question about Jira's issues.
    Notice {
        /// A sentence or two.
        message: String,
        /// Questions that would work.
        examples: Vec<String>,
    },
    /// A part that could not be had; the others are not touched by it.
    Failed {
        /// Why, and what helps.
        error: Error,
    },
    /// What is going to be changed, if the person confirms it.
    Plan {
        /// The plan.
        plan: Box<PlanView>,
    },
    /// What came of a change.
    Outcome {
        /// The job.
        job: Box<JobView>,
    },
    /// Jira cannot be reached: what follows is what it said the last time it was asked this.
    Stored {
        /// When that was.
        at: Timestamp,
    },
}

/// One condition, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Clause {
    /// The condition in JQL.
    pub jql: String,
    /// The person's words it came from; empty for what was added by itself.
    pub words: String,
    /// In plain English.
    pub meaning: String,
    /// How the words were read, where another reading is thinkable; empty where there is none.
    pub reading: String,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Column {
    /// What the field is called.
    pub name: String,
    /// What its texts are.
    pub holds: Holds,
}

/// What the texts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Holds {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A moment, as ISO 8601 text.
    Moment,
    /// A day, as `2026-11-30`.
    Day,
    /// An amount of time, in seconds.
    Seconds,
}

/// One value and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Group {
    /// The value as people read it; empty for those without one.
    pub name: String,
    /// The query that finds these.
    pub jql: String,
    /// How many there are.
    pub count: u32,
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Series {
    /// What is counted.
    pub name: String,
    /// The query behind it.
    pub jql: String,
    /// In all.
    pub total: u32,
    /// Whether the numbers are Jira's estimates.
    pub approximate: bool,
}

/// A span of days and what was counted in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Span {
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// For each series.
    pub counts: Vec<u32>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Figure {
    /// What it tells.
    pub name: String,
    /// The figure, as it is to be read: `12`, `8.5`, `4 days`.
    pub value: String,
    /// The query behind it; empty where there is none.
    pub jql: String,
}

impl Figure {
    /// A figure without a query.
    pub fn plain(name: &str, value: impl ToString) -> Self {
        Self { name: name.to_owned(), value: value.to_string(), jql: String::new() }
    }
}

impl Card {
    /// A sentence.
    pub fn sentence(message: impl Into<String>) -> Self {
        Self::Sentence { message: message.into() }
    }

    /// Something found nothing, and nothing more can be said.
    pub fn empty(message: impl Into<String>) -> Self {
        Self::Empty { message: message.into(), choices: Vec::new() }
    }
}
