//! The answer to a question, piece by piece, as pages render it.

use crate::chat::read::Search;
use crate::error::quoted;
use crate::jira::issue::{IssueDetail, IssueRow};
use crate::jql::{explain, parse};
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
    /// How many there are.
    Count {
        /// The number.
        count: u32,
        /// Whether it is Jira's estimate.
        approximate: bool,
    },
    /// Issues, appended to those before.
    Issues {
        /// The rows.
        issues: Vec<IssueRow>,
    },
    /// One issue whole.
    Issue {
        /// The issue.
        issue: Box<IssueDetail>,
    },
    /// Nothing was found.
    Empty {
        /// A sentence.
        message: String,
    },
    /// The question was not understood.
    Notice {
        /// A sentence or two.
        message: String,
        /// Questions that would work.
        examples: Vec<String>,
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
}

/// What was understood, as a card; and the text of the query.
pub fn understood(search: &Search) -> (String, Card) {
    let jql = search.query.to_string();
    // Explained from the text that runs, so that what is shown is what is asked.
    let explained = parse(&jql).map(|query| explain::clauses(&query)).unwrap_or_default();
    let sources = search.sources.iter().cloned().chain(std::iter::repeat(String::new()));
    let clauses = explained
        .into_iter()
        .zip(sources)
        .map(|(clause, words)| Clause { jql: clause.jql, words, meaning: clause.meaning })
        .collect();
    let card = Card::Understood { jql: jql.clone(), clauses, ignored: search.ignored.clone() };
    (jql, card)
}

/// What to say to a text that means nothing here.
pub fn not_understood(words: &[String]) -> Card {
    let message = if words.is_empty() {
        "Ask for issues in your own words, or type JQL.".to_owned()
    } else {
        format!("I do not understand “{}” as a question about Jira issues.", quoted(&words.join(" ")))
    };
    Card::Notice { message, examples: examples() }
}

/// Questions that work on any site.
pub fn examples() -> Vec<String> {
    ["my open issues", "overdue bugs", "created this week"].map(str::to_owned).to_vec()
}
