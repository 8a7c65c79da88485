//! Runs JQL over the sample data. The tree comes from the product's parser; what it means is decided here alone.
//!
//! Where Atlassian's documentation is silent: a comparison other than `is EMPTY` never matches EMPTY; `NOT clause` is the
//! clause with the opposite operator; `NOT (a AND b)` is `NOT a OR NOT b`; relative dates count from now; days,
//! weeks and dates are those of the person who asks, in their time zone; weeks begin on Monday. What is not supported is refused with a sentence, never answered wrongly.

mod clause;
mod compare;
mod fields;
mod functions;
mod history;
mod moments;
mod order;
pub(crate) mod reference;
mod stem;
#[cfg(test)]
mod tests;
mod text;
mod values;

use crate::data::{Issue, Site};
use crate::date::HOUR;
use crate::rest::Product;
use chat_for_jira::jql::Query;

/// Whose query, when, over what.
#[derive(Clone, Copy)]
pub(crate) struct Context<'s> {
    pub(crate) site: &'s Site,
    /// accountId of the person who asks.
    pub(crate) me: &'s str,
    /// What the query calls now.
    pub(crate) now: i64,
    pub(crate) product: Product,
}

impl Context<'_> {
    /// How far the clock of the person who asks is ahead of UTC. What queries say of days, weeks and dates is meant by it.
    fn zone(&self) -> i64 {
        self.site.user(self.me).map_or(0, |user| user.zone * HOUR)
    }
}

/// A condition, ready to be asked of an issue.
type Test<'s> = Box<dyn Fn(&Issue) -> bool + 's>;

/// Why a query cannot be run, in a sentence.
type Checked<T> = Result<T, String>;

/// A text as a query, or Jira's sentences about what is wrong with it.
pub(crate) fn read(jql: &str) -> Result<Query, Vec<String>> {
    chat_for_jira::jql::parse(jql).map_err(|error| vec![format!("Error in the JQL Query: {}", error.message)])
}

/// The issues that a query finds, in its order.
pub(crate) fn run<'s>(context: &Context<'s>, query: &Query) -> Result<Vec<&'s Issue>, Vec<String>> {
    let mut found: Vec<&Issue> = match &query.where_clause {
        None => context.site.issues.iter().map(AsRef::as_ref).collect(),
        Some(clause) => {
            let mut problems = Vec::new();
            let test = clause::compile(context, clause, false, &mut problems);
            let (Some(test), true) = (test, problems.is_empty()) else { return Err(problems) };
            context.site.issues.iter().map(AsRef::as_ref).filter(|issue| test(issue)).collect()
        }
    };
    order::sort(context, &query.order_by, &mut found).map_err(|problem| vec![problem])?;
    Ok(found)
}
