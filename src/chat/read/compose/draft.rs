//! What of a text was understood, before it becomes a query.

use crate::chat::intent::{Question, View};
use crate::chat::when::When;
use crate::jql::ast::{Clause, OrderField};
use crate::jql::build::or;

/// A condition with the tokens it came from.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The condition.
    pub clause: Clause,
    /// Its tokens.
    pub start: usize,
    /// The token behind them.
    pub end: usize,
    /// How it was read, where another reading is thinkable.
    pub reading: String,
    /// Whether this one or the one before it has to hold.
    pub or: bool,
    /// What of it was not said but taken for granted.
    pub bare: Bare,
}

impl Draft {
    /// Whether the condition tests this field.
    pub(in crate::chat::read) fn is_about(&self, field: &str) -> bool {
        super::tests(&self.clause, field)
    }
}

/// What of a condition was not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Bare {
    /// Nothing.
    #[default]
    Nothing,
    /// What the person has to do with the issues.
    Person,
    /// What happened at this time.
    Time(When),
}

/// What was understood of a text.
#[derive(Debug, Default)]
pub(crate) struct Understood {
    /// The conditions.
    pub drafts: Vec<Draft>,
    /// The order.
    pub order: Vec<OrderField>,
    /// What is asked for.
    pub view: View,
    /// At most so many.
    pub limit: Option<u32>,
    /// Tokens that mean nothing.
    pub unknown: Vec<usize>,
    /// Whether issues are spoken of.
    pub noun: bool,
    /// Which report is asked for.
    pub report: Option<&'static str>,
    /// What makes it no search.
    pub declined: Option<&'static str>,
    /// Something that Jira's search cannot tell.
    pub impossible: Option<&'static str>,
    /// What is in doubt.
    pub question: Option<Question>,
    /// Whether the order is to be turned round.
    pub reverse: bool,
    /// `more`, `undo`.
    pub order_of: Option<&'static str>,
    /// Whether it greets or thanks.
    pub greeting: bool,
    /// Whether all before is to be forgotten.
    pub restarted: bool,
    /// Fields that are not to be tested any more.
    pub dropped: Vec<String>,
    /// A field that was named just before, perhaps in vain.
    pub named_field: Option<(String, usize, usize)>,
    /// The field that was named last, in vain.
    pub last_field: Option<(String, usize, usize)>,
    /// Whether there was a denial before something that cannot be denied.
    pub dangling: bool,
}

impl Understood {
    /// Whether nothing is asked for, changed or left over.
    pub(in crate::chat::read) fn says_nothing(&self) -> bool {
        let asks = self.noun || self.reverse || self.view != View::List || self.limit.is_some();
        !asks
            && self.drafts.is_empty()
            && self.order.is_empty()
            && self.dropped.is_empty()
            && self.unknown.is_empty()
            && self.order_of.is_none()
            && self.impossible.is_none()
    }
}

/// Conditions that stand side by side: of those joined by “or” one has to hold.
pub(crate) fn joined(drafts: &[Draft]) -> Vec<(Clause, Vec<&Draft>)> {
    let mut groups: Vec<Vec<&Draft>> = Vec::new();
    for draft in drafts {
        match groups.last_mut().filter(|_| draft.or) {
            Some(group) => group.push(draft),
            None => groups.push(vec![draft]),
        }
    }
    groups
        .into_iter()
        .filter_map(|group| {
            let clause = or(group.iter().map(|draft| draft.clause.clone()).collect())?;
            Some((clause, group))
        })
        .collect()
}
