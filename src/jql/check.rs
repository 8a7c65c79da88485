//! Whether a site can run a query: its fields, values and functions are held against the site's names.
//!
//! What is not known is not complained about. A query without problems can still be refused by Jira, but a problem with
//! [`Problem::refused`] is one.

mod terminal;
mod text;
mod value;

pub use text::is_key;

use super::ast::{Clause, Field, OrderField, Query, Span};
use super::fields;
use super::printer;
use super::resolve::{self, Found};
use crate::vocabulary::{Entry, Kind, Vocabulary, near};

/// With how many sort fields Jira Cloud runs a query. Source: `GET /rest/api/3/search/jql` in Atlassian's description.
pub const MOST_ORDER_FIELDS: usize = 7;

/// How many problems are told; nobody reads more, and looking for names that were perhaps meant takes its time.
const MOST: usize = 30;

/// How many names of the site are looked at for one query: enough for a list of five hundred among two thousand people. What
/// comes behind is not judged.
const LOOKS: usize = 1_000_000;

/// How many names are suggested for one that is not there.
const SUGGESTIONS: usize = 3;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// There is no such field.
    UnknownField,
    /// There is no such value.
    UnknownValue,
    /// There is no such function.
    UnknownFunction,
    /// The field does not take this operator, or the operator not this function.
    WrongOperator,
    /// The field cannot hold such a value: no date, no number, what another field holds.
    WrongValue,
    /// The function takes more or fewer arguments.
    WrongArguments,
    /// The field cannot be searched by.
    NotSearchable,
    /// The query asks for every issue there is.
    Unbounded,
    /// The query sorts by too many fields.
    TooManyOrderFields,
    /// Results cannot be sorted by the field.
    NotSortable,
}

/// Something that is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Whether Jira refuses the query because of it. It runs the query otherwise, which then hardly finds what was meant.
    pub refused: bool,
    /// The first byte of what is wrong.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// One sentence for the person, with the nearest suggestion as a question behind it.
    pub message: String,
    /// What could stand in this place instead, as JQL, the nearest first.
    pub suggestions: Vec<String>,
}

/// What is wrong with a query on this site, in the order of the text, at most 30 problems.
pub fn check(query: &Query, vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut check = Check { vocabulary, problems: Vec::new(), looks: 0 };
    match &query.where_clause {
        Some(clause) => check.clause(clause),
        None if vocabulary.data_center => {}
        None => {
            let said =
                "Jira does not list every issue there is: add a condition, such as project = ABC or created >= -30d.";
            check.add(ProblemKind::Unbounded, query.span, said.to_owned());
        }
    }
    check.order(&query.order_by);
    check.problems.truncate(MOST);
    check.problems
}

struct Check<'v> {
    vocabulary: &'v Vocabulary,
    problems: Vec<Problem>,
    /// How many names were looked at.
    looks: usize,
}

impl<'v> Check<'v> {
    fn clause(&mut self, clause: &Clause) {
        match clause {
            Clause::And(parts, _) | Clause::Or(parts, _) => {
                for part in parts {
                    self.clause(part);
                }
            }
            Clause::Not(inner, _) => self.clause(inner),
            Clause::Terminal(terminal) => self.terminal(terminal),
        }
    }

    const fn is_full(&self) -> bool {
        self.problems.len() >= MOST || self.looks > LOOKS
    }

    fn order(&mut self, order: &[OrderField]) {
        for field in order {
            if self.is_full() {
                break;
            }
            if let Some(subject) = self.field(&field.field)
                && !subject.sortable
            {
                let said = format!("Jira cannot sort by “{}”.", field.field.name);
                self.add(ProblemKind::NotSortable, field.field.span, said);
            }
        }
        if let [.., last] = order
            && let Some(first) = order.get(MOST_ORDER_FIELDS)
            && !self.vocabulary.data_center
        {
            let said = format!("Jira sorts by at most {MOST_ORDER_FIELDS} fields; these are {}.", order.len());
            self.add(ProblemKind::TooManyOrderFields, first.span.to(last.span), said);
        }
    }

    /// What is known of the field. `None`: nothing, and if it is certain that it is not there, that is a problem.
    fn field(&mut self, field: &Field) -> Option<resolve::Subject<'v>> {
        self.looks += self.vocabulary.entries(Kind::Field).len();
        match resolve::field(field, self.vocabulary) {
            Found::Field(subject) => Some(subject),
            Found::Unknown => None,
            Found::Nothing => {
                let suggestions = self.fields_near(&field.name);
                let said = format!("There is no field “{}”.", text::shortened(&field.name));
                self.suggest(ProblemKind::UnknownField, field.span, said, suggestions);
                None
            }
        }
    }

    fn fields_near(&self, name: &str) -> Vec<String> {
        let listed = self.vocabulary.entries(Kind::Field);
        // Jira's pages and its other interfaces have names and ids of their own for fields.
        if let Some(called) = listed.iter().find(|entry| entry.is_called(name)).and_then(Entry::in_queries) {
            return vec![called.to_owned()];
        }
        let mut all: Vec<&str> = fields::fields().iter().flat_map(fields::Known::names).collect();
        let searchable = |entry: &&Entry| entry.facts.as_deref().is_some_and(|facts| facts.searchable);
        let custom = listed.iter().filter(searchable).filter_map(Entry::in_queries);
        all.extend(custom.filter(|name| fields::field(name).is_none()));
        near(name, &mut all.into_iter(), SUGGESTIONS)
    }

    /// Notes a problem because of which Jira refuses the query.
    fn add(&mut self, kind: ProblemKind, span: Span, message: String) {
        let Span { start, end } = span;
        self.problems.push(Problem { kind, refused: true, start, end, message, suggestions: Vec::new() });
    }

    /// The same, with names that were perhaps meant.
    fn suggest(&mut self, kind: ProblemKind, span: Span, mut message: String, names: Vec<String>) {
        if let Some(first) = names.first() {
            message.push_str(&format!(" Did you mean “{first}”?"));
        }
        self.add(kind, span, message);
        if let Some(problem) = self.problems.last_mut() {
            problem.suggestions = names.iter().map(|name| printer::quote(name)).collect();
        }
    }

    /// Makes the last problem one that Jira lets pass.
    fn not_refused(&mut self) {
        if let Some(problem) = self.problems.last_mut() {
            problem.refused = false;
        }
    }
}

#[cfg(test)]
mod tests;
