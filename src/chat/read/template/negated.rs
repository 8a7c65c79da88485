//! The opposite of a condition.

use crate::jql::ast::{Clause, Operator, Span, Terminal};
use crate::jql::build::{and, field, or};

const NOWHERE: Span = Span::new(0, 0);

/// Fields that are never empty, so that what is not one value is another.
const ALWAYS_SET: [&str; 9] =
    ["project", "status", "statusCategory", "issuetype", "priority", "reporter", "creator", "key", "created"];

/// The opposite of a condition. Where an empty field counts as well, it is said so: `labels != x` leaves out issues without labels.
pub(crate) fn negated(clause: Clause, with_empty: bool) -> Clause {
    let terminal = match clause {
        Clause::And(parts, _) => {
            let parts: Vec<_> = parts.into_iter().map(|part| negated(part, with_empty)).collect();
            return or(parts).unwrap_or_else(|| Clause::Or(Vec::new(), NOWHERE));
        }
        Clause::Or(parts, _) => {
            let parts: Vec<_> = parts.into_iter().map(|part| negated(part, with_empty)).collect();
            return and(parts).unwrap_or_else(|| Clause::And(Vec::new(), NOWHERE));
        }
        Clause::Not(inner, _) => return *inner,
        Clause::Terminal(terminal) => terminal,
    };
    let Some(operator) = terminal.operator.opposite() else {
        return Clause::Not(Box::new(Clause::Terminal(terminal)), NOWHERE);
    };
    let loses_empty = matches!(operator, Operator::NotEquals | Operator::NotIn)
        && !ALWAYS_SET.contains(&terminal.field.name.as_str());
    let name = terminal.field.name.clone();
    let opposite = Clause::Terminal(Terminal { operator, ..terminal });
    if with_empty && loses_empty && name != "issueLinkType" {
        return or(vec![opposite.clone(), field(name).is_empty()]).unwrap_or(opposite);
    }
    opposite
}
