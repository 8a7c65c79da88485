//! A text put into the query before.

use super::clauses::*;
use super::correct::{instead_of, only_field};
use super::cue::{Cue, Lean};
use super::spoken::is_other_role;
use crate::chat::intent::Context;
use crate::chat::lexicon::Slot;
use crate::chat::read::compose::{Bare, Composer, Draft, Understood, joined};
use crate::chat::read::scan::Scan;
use crate::chat::read::template::{compared, negated};
use crate::chat::read::test::Test;
use crate::chat::time;
use crate::chat::when::When;
use crate::jql::Query;
use crate::jql::ast::{Clause, Field, Operator, PredicateKind, Span, Terminal};
use crate::jql::build::{and, field};
use crate::jql::fields::{self, Type};

const NOWHERE: Span = Span::new(0, 0);

/// Puts what was understood into the query before. `None` if nothing of it changes anything.
pub(crate) fn merge(scan: &Scan<'_>, context: &Context, text: &str, cue: &Cue) -> Option<(Query, Understood)> {
    let before = context.query.as_ref()?;
    let lean = cue.lean.unwrap_or(Lean::And);
    let mut parts = flat(before.where_clause.clone());
    let mut understood;
    if let Some((left, right)) = instead_of(scan, cue, before) {
        understood = compose(scan, text, left);
        let old = compose(scan, text, right);
        if let (Some(new), Some(gone)) = (only_field(scan, left), only_field(scan, right)) {
            parts = parts.into_iter().map(|part| renamed(part, &gone, &new)).collect();
            understood.unknown.clear();
        }
        for draft in &old.drafts {
            remove(&mut parts, &adapted(draft, before));
        }
        put_all(&mut parts, &understood, before, Lean::Instead);
    } else {
        understood = compose(scan, text, (cue.from, cue.to));
        if lean == Lean::Drop {
            drop_all(scan, &mut parts, &mut understood, before);
            if understood.says_nothing() && parts.len() == flat(before.where_clause.clone()).len() {
                drop_named(scan, cue, &mut parts)?;
            }
        } else {
            let lean = if lean == Lean::And && is_another(scan, &understood) { Lean::Too } else { lean };
            put_all(&mut parts, &understood, before, lean);
        }
    }
    if understood.drafts.is_empty() {
        amount(scan, cue, &mut parts, &mut understood);
    }
    for name in &understood.dropped {
        parts.retain(|part| !is_on(part, name));
    }
    let order = if understood.order.is_empty() { before.order_by.clone() } else { understood.order.clone() };
    let order = if understood.reverse { reversed(order) } else { order };
    let query = Query { where_clause: and(parts), order_by: order, span: NOWHERE };
    Some((query, understood))
}

/// A number by itself, for the number that the query before tests.
fn amount(scan: &Scan<'_>, cue: &Cue, parts: &mut [Clause], understood: &mut Understood) {
    let found = (cue.from..cue.to).find_map(|at| scan.amount(at).map(|(test, end)| (test, at, end)));
    let Some((Test::Amount(operator, text), start, end)) = found else { return };
    for part in parts {
        if let Clause::Terminal(terminal) = part
            && matches!(
                terminal.operator,
                Operator::Greater
                    | Operator::GreaterOrEqual
                    | Operator::Less
                    | Operator::LessOrEqual
                    | Operator::Equals
            )
            && scan.index.fields.iter().any(|field| {
                field.name.eq_ignore_ascii_case(&terminal.field.name)
                    && matches!(field.kind, Type::Number | Type::Duration)
            })
        {
            let operator = if operator == Operator::Equals { terminal.operator } else { operator };
            *part = compared(&terminal.field.name, operator, &text);
            understood.unknown.retain(|at| !(start..end).contains(at));
        }
    }
}

/// What some tokens say.
pub(super) fn compose(scan: &Scan<'_>, text: &str, place: (usize, usize)) -> Understood {
    let pieces = scan.cover(place.0, place.1);
    Composer::compose(scan, text, &pieces)
}

fn remove(parts: &mut Vec<Clause>, clause: &Clause) {
    parts.retain(|part| !flat(Some(clause.clone())).iter().any(|old| is_same(part, old)));
}

/// A condition on what was not said, on the fields of the query before.
pub(super) fn adapted(draft: &Draft, before: &Query) -> Clause {
    let parts = flat(before.where_clause.clone());
    let of_kind = |fits: fn(Type) -> bool| {
        let mut names = Vec::new();
        parts.iter().for_each(|part| fields_of(part, &mut names));
        names.into_iter().find_map(|name| {
            fields::field(&name).filter(|field| fits(field.kind)).map(|field| (field.name(), field.kind))
        })
    };
    match &draft.bare {
        Bare::Time(when) => {
            let found = of_kind(|kind| matches!(kind, Type::Moment | Type::Day));
            found.and_then(|(name, kind)| time::clause(name, kind, when)).unwrap_or_else(|| draft.clause.clone())
        }
        Bare::Person => {
            let found = of_kind(|kind| kind == Type::Person).map(|(name, _)| name.to_owned());
            match (found, draft.clause.clone()) {
                (Some(name), Clause::Terminal(terminal)) => {
                    Clause::Terminal(Terminal { field: Field { name, ..terminal.field }, ..terminal })
                }
                (_, clause) => clause,
            }
        }
        Bare::Nothing => draft.clause.clone(),
    }
}

fn put_all(parts: &mut Vec<Clause>, understood: &Understood, before: &Query, lean: Lean) {
    if lean == Lean::Instead {
        understood.drafts.iter().for_each(|draft| parts.retain(|part| !is_other_role(part, &draft.clause)));
    }
    for (clause, drafts) in joined(&understood.drafts) {
        let clause = match drafts.as_slice() {
            [only] => adapted(only, before),
            _ => clause,
        };
        if let [only] = drafts.as_slice()
            && let Bare::Time(when) = &only.bare
            && retimed(parts, when)
        {
            continue;
        }
        let whole = flat(Some(clause));
        let same: Vec<Clause> =
            parts.iter().filter(|part| whole.iter().any(|new| is_same(part, new))).cloned().collect();
        if lean == Lean::Too && !same.is_empty() {
            parts.retain(|part| !same.iter().any(|same| equal(same, part)));
            parts.extend(widened(and(same), and(whole)));
            continue;
        }
        put(parts, whole, lean);
    }
}

/// “And 4.3”: one more value beside those that the query tests for.
fn is_another(scan: &Scan<'_>, understood: &Understood) -> bool {
    const FIELDS: [&str; 6] = ["fixVersion", "affectedVersion", "component", "issuetype", "priority", "labels"];
    let begins = scan.sentence.is(0, &["and", "plus"]) && scan.sentence.tokens.len() <= 4;
    let names = |draft: &Draft| matches!(&draft.clause, Clause::Terminal(terminal) if terminal.operator == Operator::Equals && FIELDS.contains(&terminal.field.name.as_str()));
    begins && !understood.drafts.is_empty() && understood.drafts.iter().all(names)
}

/// A time for a condition on the past, in place of the one it had.
fn retimed(parts: &mut [Clause], when: &When) -> bool {
    for part in parts {
        if let Clause::Terminal(terminal) = part
            && terminal.operator.is_history()
        {
            let timed =
                |kind: PredicateKind| !matches!(kind, PredicateKind::By | PredicateKind::From | PredicateKind::To);
            terminal.predicates.retain(|predicate| !timed(predicate.kind));
            terminal.predicates.extend(time::predicates(when));
            return true;
        }
    }
    false
}

/// Adds conditions in place of those on the same field, where both cannot be meant.
fn put(parts: &mut Vec<Clause>, new: Vec<Clause>, lean: Lean) {
    for clause in &new {
        let gives_way = |old: &Clause| gives_way(old, clause, lean) || equal(&negated(old.clone(), true), clause);
        // What is closed last month is open no more.
        let ended = is_on(clause, "resolved");
        parts.retain(|old| !(ended && equal(old, &field("statusCategory").not_eq("Done"))));
        let replaces = |old: &Clause| is_same(old, clause) && !new.iter().any(|new| equal(new, old)) && gives_way(old);
        parts.retain(|old| !replaces(old));
    }
    for clause in new {
        if !parts.iter().any(|part| equal(part, &clause)) {
            parts.push(clause);
        }
    }
}

/// Whether an old condition gives way to a new one on the same field.
fn gives_way(old: &Clause, new: &Clause, lean: Lean) -> bool {
    let (Clause::Terminal(one), Clause::Terminal(other)) = (old, new) else {
        return lean == Lean::Instead || !matches!(new, Clause::Or(..) | Clause::Not(..));
    };
    let denies = |operator: Operator| matches!(operator, Operator::NotEquals | Operator::NotIn | Operator::NotLike);
    let name = family(&other.field.name);
    if matches!(one.operator, Operator::Is | Operator::IsNot)
        && matches!(other.operator, Operator::Is | Operator::IsNot)
    {
        return true;
    }
    let empties = matches!(one.operator, Operator::Is | Operator::IsNot)
        && matches!(other.operator, Operator::Is | Operator::IsNot);
    // “Not X” narrows, but “not done” is the opposite of “done”.
    if denies(other.operator) && other.field.name != "statusCategory"
        || one.operator.is_history() != other.operator.is_history()
    {
        return false;
    }
    if one.operator == Operator::IsNot && !empties
        || name == "status" && denies(one.operator) && one.field.name == "status"
    {
        return lean == Lean::Instead;
    }
    if matches!(name.as_str(), "labels" | "text" | "summary" | "description" | "comment") || other.operator.is_history()
    {
        return lean == Lean::Instead && !empties;
    }
    let lower = |operator: Operator| matches!(operator, Operator::Greater | Operator::GreaterOrEqual);
    let upper = |operator: Operator| matches!(operator, Operator::Less | Operator::LessOrEqual);
    let completes = lower(one.operator) && upper(other.operator) || upper(one.operator) && lower(other.operator);
    !(completes && lean == Lean::And)
}

/// “Remove the team filter”: takes out the conditions on fields whose names say nothing elsewhere. `None` where there are none.
fn drop_named(scan: &Scan<'_>, cue: &Cue, parts: &mut Vec<Clause>) -> Option<()> {
    let named: Vec<String> = (cue.from..cue.to)
        .flat_map(|at| scan.items(at).iter().filter(|item| item.slot == Slot::Field).cloned().collect::<Vec<_>>())
        .map(|item| scan.field_name(&item))
        .collect();
    let before = parts.len();
    parts.retain(|part| !named.iter().any(|name| is_on(part, name)));
    (parts.len() < before).then_some(())
}

/// Takes out what is spoken of: the conditions on a field, or the values that are named.
fn drop_all(scan: &Scan<'_>, parts: &mut Vec<Clause>, understood: &mut Understood, before: &Query) {
    if let Some((name, start, end)) = understood.last_field.take() {
        parts.retain(|part| !is_on(part, &name));
        understood.unknown.retain(|at| !(start..end).contains(at));
    }
    let time =
        |at: &usize| scan.sentence.is(*at, &["date", "dates", "time", "times", "period", "timeframe", "range", "when"]);
    if understood.unknown.iter().any(time) {
        understood.unknown.retain(|at| !time(at));
        parts.retain(|part| !is_on_time(part));
    }
    for draft in &understood.drafts {
        for clause in flat(Some(adapted(draft, before))) {
            let mut left = Vec::new();
            let mut found = false;
            for part in std::mem::take(parts) {
                if is_same(&part, &clause) && holds(&part, &clause) {
                    found = true;
                    left.extend(without(part, &clause));
                } else {
                    left.push(part);
                }
            }
            *parts = left;
            if !found {
                // What was not asked for is to be left out.
                parts.push(negated(clause, true));
            }
        }
    }
}
