//! What is said of an issue's past.

use super::{subject, time, value};
use crate::jql::ast::{Operand, Operator, Predicate, PredicateKind, Terminal};

/// `WAS …` and `CHANGED` with their predicates, read with this operator.
pub(super) fn phrase(terminal: &Terminal, operator: Operator) -> String {
    let said = terminal.operand.as_ref().map(value::words).unwrap_or_default();
    let mut out = match operator {
        Operator::Changed => "changed".to_owned(),
        Operator::WasNot | Operator::WasNotIn => format!("was never {said}"),
        _ => format!("was {said}"),
    };
    let once = matches!(operator, Operator::Was | Operator::WasIn | Operator::Changed);
    if once && terminal.predicates.is_empty() {
        out.push_str(" at some time");
    }
    whose(terminal, out)
}

/// `NOT … CHANGED`.
pub(super) fn did_not_change(terminal: &Terminal) -> String {
    whose(terminal, "did not change".to_owned())
}

fn whose(terminal: &Terminal, happened: String) -> String {
    let mut out = format!("whose {} {happened}", subject::of(&terminal.field).noun());
    let mut timed = false;
    for predicate in &terminal.predicates {
        let time = !matches!(predicate.kind, PredicateKind::By | PredicateKind::From | PredicateKind::To);
        out.push_str(if timed && time { " and " } else { " " });
        out.push_str(&circumstance(predicate));
        timed = time;
    }
    out
}

fn circumstance(predicate: &Predicate) -> String {
    let operand = &predicate.operand;
    match (predicate.kind, operand) {
        (PredicateKind::After, _) => at(operand, Operator::Greater, "after"),
        (PredicateKind::Before, _) => at(operand, Operator::Less, "before"),
        (PredicateKind::On, _) => at(operand, Operator::Equals, "on"),
        (PredicateKind::During, Operand::List(items, _)) if items.len() == 2 => {
            let mut ends = items.iter().map(name);
            format!("between {} and {}", ends.next().unwrap_or_default(), ends.next().unwrap_or_default())
        }
        (PredicateKind::During, _) => format!("during {}", name(operand)),
        (PredicateKind::By, _) => format!("by {}", value::words(operand)),
        (PredicateKind::From, _) => format!("from {}", value::words(operand)),
        (PredicateKind::To, _) => format!("to {}", value::words(operand)),
    }
}

fn at(operand: &Operand, operator: Operator, otherwise: &str) -> String {
    match time::moment(operand, true) {
        Some(moment) => moment.phrase(operator, true),
        None => format!("{otherwise} {}", value::words(operand)),
    }
}

fn name(operand: &Operand) -> String {
    time::moment(operand, true).map_or_else(|| value::words(operand), time::Moment::name)
}
