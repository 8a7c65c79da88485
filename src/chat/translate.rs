//! Plain words to one line of an answer, on a site given as a file: what the tool `translate` prints and what tests measure.

use super::epic;
use super::intent::{Context, Intent, Report, ReportKind};
use super::read::Reader;
use crate::jql::build::{and, field};
use crate::jql::{Query, parse, printer};
use crate::json::text;
use crate::vocabulary::{Vocabulary, file};
use serde_json::Value;
use std::rc::Rc;

/// What the chat makes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It searches, with this query.
    Jql(String),
    /// It asks back.
    Clarify(String),
    /// It is no search for issues.
    Decline(String),
}

impl Outcome {
    /// The word for it, and the query if there is one.
    pub fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Jql(jql) => ("jql", Some(jql)),
            Self::Clarify(_) => ("clarify", None),
            Self::Decline(_) => ("decline", None),
        }
    }
}

/// Reads texts as one person of one site writes them on one day.
pub struct Translator {
    names: Rc<Vocabulary>,
    reader: Reader,
    me: String,
    today: i64,
}

impl Translator {
    /// The reader of a site as [`file`] describes it, with `today` (`2026-11-30`) and `currentUser` (an account id) of the same
    /// file. Errors: a sentence that says what is missing.
    pub fn of_site(data: &Value) -> Result<Self, String> {
        if !data["projects"].is_array() {
            return Err("the site has no list of projects".to_owned());
        }
        let today = crate::day::read(text(data, "today")).ok_or("the site has no \"today\" such as 2026-11-30")?;
        Ok(Self::new(Rc::new(file::read(data)), text(data, "currentUser"), today))
    }

    /// The reader of a site with these names, for this person on this day (see [`crate::day`]).
    pub fn new(names: Rc<Vocabulary>, me: &str, today: i64) -> Self {
        let reader = Reader::new(Rc::clone(&names));
        Self { names, reader, me: me.to_owned(), today }
    }

    /// The site's names.
    pub fn names(&self) -> &Rc<Vocabulary> {
        &self.names
    }

    /// What the chat makes of the text, said after a search with the query `previous`. A previous query that is none counts as
    /// none.
    pub fn outcome(&self, words: &str, previous: Option<&str>) -> Outcome {
        let context = Context {
            query: previous.and_then(|jql| parse(jql).ok()),
            today: self.today,
            me: self.me.clone(),
            ..Context::default()
        };
        match self.reader.read(words, &context) {
            Intent::Search(search) => match search.query.where_clause.as_ref().and_then(epic::title) {
                // Which epic is called so is asked of the site.
                Some(title) => Outcome::Clarify(format!("Which epic is called “{title}”?")),
                None => Outcome::Jql(printer::print(&search.query)),
            },
            Intent::Show { key } => Outcome::Jql(format!("key = {key}")),
            Intent::BrokenJql(error) => Outcome::Clarify(error.message),
            // What asks for a change is no search, even while something of it is in doubt.
            Intent::Ask(_) if self.reader.is_wish(words, &context) => Outcome::Decline(String::new()),
            Intent::Ask(question) => Outcome::Clarify(question.message),
            Intent::Decline { message } => Outcome::Decline(message),
            Intent::Report(report) => searched(*report),
            Intent::Change(_) | Intent::Undo | Intent::More => Outcome::Decline(String::new()),
        }
    }
}

/// What has changed since a day is a search as well; figures are none.
fn searched(report: Report) -> Outcome {
    let Some(since) = report.since.filter(|_| report.kind == ReportKind::Changes) else {
        return Outcome::Decline(String::new());
    };
    let parts = report.within.into_iter().chain([field("updated").at_least(since.as_str())]).collect();
    and(parts).map_or(Outcome::Decline(String::new()), |clause| Outcome::Jql(printer::print(&Query::matching(clause))))
}
