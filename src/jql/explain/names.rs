//! Names in place of ids, for the eye.

use crate::jql::ast::{Clause, Field, Function, Operand, PredicateKind, Query, Terminal, Value};
use crate::jql::fields::Type;
use crate::jql::resolve::{self, Found};
use crate::vocabulary::{Entry, Kind, Vocabulary};

/// The query with names in place of the ids of fields and values. It is for the eye: names can be shared.
pub(super) fn named(query: &Query, vocabulary: &Vocabulary) -> Query {
    let mut query = query.clone();
    if let Some(clause) = &mut query.where_clause {
        name_clause(clause, vocabulary);
    }
    for order in &mut query.order_by {
        name_field(&mut order.field, vocabulary);
    }
    query
}

fn name_clause(clause: &mut Clause, vocabulary: &Vocabulary) {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter_mut().for_each(|part| name_clause(part, vocabulary)),
        Clause::Not(inner, _) => name_clause(inner, vocabulary),
        Clause::Terminal(terminal) => name_terminal(terminal, vocabulary),
    }
}

fn name_terminal(terminal: &mut Terminal, vocabulary: &Vocabulary) {
    let (held, options): (Type, &[Entry]) = match resolve::field(&terminal.field, vocabulary) {
        Found::Field(subject) => (subject.kind, subject.options.unwrap_or_default()),
        _ => (Type::Any, &[]),
    };
    let of = |held| Kind::of_type(held).map_or(options, |kind| vocabulary.entries(kind));
    name_field(&mut terminal.field, vocabulary);
    if let Some(operand) = &mut terminal.operand {
        name_operand(operand, of(held), vocabulary);
    }
    for predicate in &mut terminal.predicates {
        match predicate.kind {
            PredicateKind::By => name_operand(&mut predicate.operand, of(Type::Person), vocabulary),
            PredicateKind::From | PredicateKind::To => name_operand(&mut predicate.operand, of(held), vocabulary),
            _ => {}
        }
    }
}

fn name_field(field: &mut Field, vocabulary: &Vocabulary) {
    if field.custom_id().is_none() {
        return;
    }
    let name = vocabulary.fields(&field.name).next().map(|entry| entry.name.clone());
    if let Some(name) = name {
        field.name = name;
    }
}

fn name_operand(operand: &mut Operand, entries: &[Entry], vocabulary: &Vocabulary) {
    match operand {
        Operand::Value(value) => name_value(value, entries),
        Operand::List(items, _) => items.iter_mut().for_each(|item| name_operand(item, entries, vocabulary)),
        Operand::Function(function) => name_argument(function, vocabulary),
        Operand::Empty(_) => {}
    }
}

/// Of a function's arguments the first is what it is about.
fn name_argument(function: &mut Function, vocabulary: &Vocabulary) {
    let known = resolve::function(&function.name, vocabulary).and_then(|called| called.known);
    let kind = known.and_then(|known| Kind::of_type(known.argument));
    if let (Some(kind), Some(first)) = (kind, function.arguments.first_mut()) {
        name_value(first, vocabulary.entries(kind));
    }
}

fn name_value(value: &mut Value, entries: &[Entry]) {
    // A number that is also somebody's name is a name where it stands in quotes, as Jira has it.
    let named = !value.number && entries.iter().any(|entry| entry.name == value.text);
    if !named && let Some(entry) = entries.iter().find(|entry| !entry.id.is_empty() && entry.id == value.text) {
        value.text.clone_from(&entry.name);
    }
}
