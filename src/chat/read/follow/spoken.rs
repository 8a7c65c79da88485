//! The person whom the search before was about.

use super::clauses::flat;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Item, Scan};
use crate::jql::Query;
use crate::jql::ast::{Clause, Operand, Operator, Terminal};
use crate::jql::fields::{self, Type};

/// The one person that the search before tests for; none where it is about several.
pub(crate) fn person(scan: &Scan<'_>, before: &Query) -> Option<Item> {
    let parts = flat(before.where_clause.clone());
    let mut all = parts.iter().filter_map(of_person).filter_map(|(_, who)| match who {
        Operand::Value(value) => Some(value.text.as_str()),
        _ => None,
    });
    let who = all.next()?;
    if all.any(|other| other != who) {
        return None;
    }
    let is_who = |number: &u32| {
        scan.index.name(*number).filter(|name| name.slot == Slot::Person && !name.alias).is_some_and(|name| {
            let entry = scan.index.entry(name, scan.vocabulary);
            entry.is_some_and(|entry| entry.name == who || entry.id == who)
        })
    };
    let number = (0..u32::try_from(scan.index.names.len()).unwrap_or(u32::MAX)).find(is_who)?;
    Some(Item { slot: Slot::Person, me: false, names: vec![number], start: 0, end: 0, cost: 0, whole: true })
}

/// Whether two conditions tell of the same person, each in another part: who reported, who is to do it.
pub(super) fn is_other_role(old: &Clause, new: &Clause) -> bool {
    matches!((of_person(old), of_person(new)), (Some((one, first)), Some((other, second)))
        if !one.field.name.eq_ignore_ascii_case(&other.field.name) && first == second)
}

/// A condition on a field that holds one person, with the person.
fn of_person(clause: &Clause) -> Option<(&Terminal, &Operand)> {
    let Clause::Terminal(test) = clause else { return None };
    let person = fields::field(&test.field.name).is_some_and(|field| field.kind == Type::Person);
    test.operand.as_ref().filter(|_| person && test.operator == Operator::Equals).map(|who| (test, who))
}
