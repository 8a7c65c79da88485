//! Conditions compared with each other: on which fields they are, which values they share.

use crate::jql::ast::{Clause, Direction, Operand, Operator, OrderField, Terminal};
use crate::jql::build::{field, or};
use crate::jql::fields::{self, Type};
use crate::jql::printer::{print_clause, print_operand};

pub(super) fn renamed(clause: Clause, old: &str, new: &str) -> Clause {
    match clause {
        Clause::Terminal(mut terminal) if family(&terminal.field.name) == family(old) => {
            new.clone_into(&mut terminal.field.name);
            Clause::Terminal(terminal)
        }
        Clause::And(parts, span) => Clause::And(parts.into_iter().map(|part| renamed(part, old, new)).collect(), span),
        Clause::Or(parts, span) => Clause::Or(parts.into_iter().map(|part| renamed(part, old, new)).collect(), span),
        clause => clause,
    }
}

pub(crate) fn flat(clause: Option<Clause>) -> Vec<Clause> {
    match clause {
        Some(Clause::And(parts, _)) => parts.into_iter().flat_map(|part| flat(Some(part))).collect(),
        Some(clause) => vec![clause],
        None => Vec::new(),
    }
}

pub(super) fn reversed(mut order: Vec<OrderField>) -> Vec<OrderField> {
    if order.is_empty() {
        return vec![field("updated").ascending()];
    }
    for one in &mut order {
        one.direction = Some(if one.direction == Some(Direction::Desc) { Direction::Asc } else { Direction::Desc });
    }
    order
}

/// The fields that a condition tests.
pub(super) fn fields_of(clause: &Clause, out: &mut Vec<String>) {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().for_each(|part| fields_of(part, out)),
        Clause::Not(inner, _) => fields_of(inner, out),
        Clause::Terminal(terminal) => out.push(family(&terminal.field.name)),
    }
}

/// Fields that say the same kind of thing share a name here.
pub(super) fn family(name: &str) -> String {
    let known = fields::field(name).map_or(name, |field| field.name());
    match known {
        "status" | "statusCategory" | "resolution" => "status".to_owned(),
        "Epic Link" => "parent".to_owned(),
        known => known.to_ascii_lowercase(),
    }
}

/// Whether a condition is one on this field and on no other.
pub(super) fn is_on(clause: &Clause, name: &str) -> bool {
    let mut names = Vec::new();
    fields_of(clause, &mut names);
    names.iter().all(|known| *known == family(name)) && !names.is_empty()
}

pub(super) fn is_same(one: &Clause, other: &Clause) -> bool {
    let mut names = Vec::new();
    fields_of(other, &mut names);
    names.first().is_some_and(|name| is_on(one, name)) && names.iter().all(|name| Some(name) == names.first())
}

pub(super) fn is_on_time(clause: &Clause) -> bool {
    let mut names = Vec::new();
    fields_of(clause, &mut names);
    names.iter().all(|name| fields::field(name).is_some_and(|field| matches!(field.kind, Type::Moment | Type::Day)))
}

/// Whether the values of one condition are among those of another on the same field.
pub(super) fn holds(old: &Clause, gone: &Clause) -> bool {
    let (Clause::Terminal(one), Clause::Terminal(other)) = (old, gone) else { return true };
    match (&one.operand, &other.operand) {
        (Some(Operand::List(values, _)), Some(value)) if !matches!(value, Operand::List(..)) => {
            values.iter().any(|known| same_value(known, value))
        }
        (Some(one), Some(other)) if one_is_name(one) && one_is_name(other) => {
            same_value(one, other) || gone_field_differs(old, gone)
        }
        _ => true,
    }
}

const fn one_is_name(operand: &Operand) -> bool {
    matches!(operand, Operand::Value(_))
}

pub(super) fn gone_field_differs(old: &Clause, gone: &Clause) -> bool {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    fields_of(old, &mut one);
    fields_of(gone, &mut other);
    one != other
}

/// A condition without some of its values; `None` if none is left.
pub(super) fn without(old: Clause, gone: &Clause) -> Option<Clause> {
    let (Clause::Terminal(one), Clause::Terminal(other)) = (&old, gone) else { return None };
    let Some(Operand::List(values, _)) = &one.operand else { return None };
    let gone = match &other.operand {
        Some(Operand::List(gone, _)) => gone.clone(),
        Some(value) => vec![value.clone()],
        None => return None,
    };
    let mut left: Vec<Operand> =
        values.iter().filter(|value| !gone.iter().any(|gone| same_value(gone, value))).cloned().collect();
    if left.len() == values.len() {
        return None;
    }
    let subject = field(one.field.name.as_str());
    let denied = one.operator == Operator::NotIn;
    match left.pop()? {
        last if left.is_empty() => Some(if denied { subject.not_eq(last) } else { subject.eq(last) }),
        last => {
            left.push(last);
            if denied { subject.none_of(left) } else { subject.one_of(left) }
        }
    }
}

/// Whether two conditions are the same, wherever they stood.
pub(super) fn equal(one: &Clause, other: &Clause) -> bool {
    print_clause(one).eq_ignore_ascii_case(&print_clause(other))
}

pub(super) fn values_equal(one: &Terminal, other: &Terminal) -> bool {
    match (&one.operand, &other.operand) {
        (Some(one), Some(other)) => same_value(one, other),
        _ => false,
    }
}

/// Whether two operands are the same, wherever they stood.
pub(super) fn same_value(one: &Operand, other: &Operand) -> bool {
    print_operand(one).eq_ignore_ascii_case(&print_operand(other))
}

/// Either of two conditions; as one list of values where that says the same. `None` if together they say nothing.
pub(crate) fn widened(old: Option<Clause>, new: Option<Clause>) -> Option<Clause> {
    let (Some(old), Some(new)) = (old, new) else { return None };
    let (Clause::Terminal(one), Clause::Terminal(other)) = (&old, &new) else { return or(vec![old, new]) };
    let opposite = one.operator == Operator::NotEquals && other.operator == Operator::Equals
        || one.operator == Operator::Equals && other.operator == Operator::NotEquals;
    if opposite && values_equal(one, other) && one.field.name == other.field.name {
        return None;
    }
    let listed = |terminal: &Terminal| match (&terminal.operator, terminal.operand.clone()) {
        (Operator::Equals, Some(Operand::Empty(_))) => None,
        (Operator::Equals, Some(value)) => Some(vec![value]),
        (Operator::In, Some(Operand::List(values, _))) => Some(values),
        _ => None,
    };
    match (listed(one), listed(other)) {
        (Some(mut values), Some(more)) if one.field.name == other.field.name => {
            for value in more {
                if !values.iter().any(|known| same_value(known, &value)) {
                    values.push(value);
                }
            }
            field(one.field.name.as_str()).one_of(values)
        }
        _ => or(vec![old, new]),
    }
}
