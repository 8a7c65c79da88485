//! `was` and `changed`.

use super::{Checked, Held, Test, World, moments};
use crate::issues::{Change, Issue};
use chat_for_jira::jql::ast::{Operand, Operator, PredicateKind, Terminal};

/// The conditions behind a clause on its past.
#[derive(Default)]
struct Limits {
    /// From, to (excluded), in milliseconds.
    after: Option<i64>,
    before: Option<i64>,
    during: Option<(i64, i64)>,
    by: Option<Vec<String>>,
    from: Option<(Vec<String>, bool)>,
    to: Option<(Vec<String>, bool)>,
}

/// A time in which the field held one value.
struct Period<'i> {
    value: Option<&'i str>,
    by: &'i str,
    start: i64,
    end: i64,
}

fn limits(world: &World, held: &Held, one: &Terminal) -> Checked<Limits> {
    let mut limits = Limits::default();
    let people = Held::Person("assignee".into());
    for predicate in &one.predicates {
        let names = |held: &Held| {
            let mut wanted = Vec::new();
            world.wanted(held, &predicate.operand, &mut wanted).map(|empty| (wanted, empty))
        };
        match predicate.kind {
            PredicateKind::After => limits.after = Some(moments::of_operand(world, &predicate.operand)?),
            PredicateKind::Before => limits.before = Some(moments::of_operand(world, &predicate.operand)?),
            PredicateKind::On => {
                let at = moments::of_operand(world, &predicate.operand)? + world.ahead;
                let start = at.div_euclid(moments::DAY) * moments::DAY - world.ahead;
                limits.during = Some((start, start + moments::DAY));
            }
            PredicateKind::During => {
                let Operand::List(both, _) = &predicate.operand else { return Err("DURING wants two dates".into()) };
                let [start, end] = &both[..] else { return Err("DURING wants two dates".into()) };
                let end_at = moments::of_operand(world, end)?;
                // A plain day as the end is meant with all its hours.
                let whole = matches!(end, Operand::Value(value) if !value.text.contains(':') && value.text.starts_with(|c: char| c.is_ascii_digit()));
                limits.during =
                    Some((moments::of_operand(world, start)?, end_at + if whole { moments::DAY } else { 1 }));
            }
            PredicateKind::By => limits.by = Some(names(&people)?.0),
            PredicateKind::From => limits.from = Some(names(held)?),
            PredicateKind::To => limits.to = Some(names(held)?),
        }
    }
    Ok(limits)
}

fn changes<'i>(issue: &'i Issue, field: &str) -> Vec<&'i Change> {
    let mut all: Vec<&Change> = issue.changes.iter().filter(|change| change.field == field).collect();
    all.sort_by_key(|change| change.at);
    all
}

fn periods<'i>(issue: &'i Issue, field: &str, now: i64) -> Vec<Period<'i>> {
    let changes = changes(issue, field);
    let (created, creator) = (issue.moments["created"], issue.held("creator")[0].as_str());
    let first = changes.first().map_or(issue.held(field).first().map(String::as_str), |change| change.from.as_deref());
    let mut all = vec![Period { value: first, by: creator, start: created, end: now + 1 }];
    for change in changes {
        all.last_mut().unwrap().end = change.at;
        all.push(Period { value: change.to.as_deref(), by: &change.by, start: change.at, end: now + 1 });
    }
    all
}

fn among(value: Option<&str>, (wanted, empty): &(Vec<String>, bool)) -> bool {
    value.map_or(*empty, |value| wanted.contains(&value.to_lowercase()))
}

fn by(limits: &Limits, who: &str) -> bool {
    limits.by.as_ref().is_none_or(|wanted| wanted.contains(&who.to_lowercase()))
}

pub(super) fn test<'s>(world: &'s World, held: &Held, one: &Terminal, negated: bool) -> Checked<Test<'s>> {
    let field = match held {
        Held::Names(id, _) | Held::Person(id)
            if ["status", "assignee", "reporter", "priority", "resolution", "fixVersions"].contains(&id.as_str()) =>
        {
            id.clone()
        }
        _ => return Err("the field has no history".into()),
    };
    let limits = limits(world, held, one)?;
    if one.operator == Operator::Changed {
        return Ok(Box::new(move |issue| {
            let fits = |change: &&Change| {
                by(&limits, &change.by)
                    && limits.after.is_none_or(|at| change.at >= at)
                    && limits.before.is_none_or(|at| change.at < at)
                    && limits.during.is_none_or(|(start, end)| change.at >= start && change.at < end)
                    && limits.from.as_ref().is_none_or(|wanted| among(change.from.as_deref(), wanted))
                    && limits.to.as_ref().is_none_or(|wanted| among(change.to.as_deref(), wanted))
            };
            changes(issue, &field).iter().any(fits) != negated
        }));
    }
    let mut wanted = Vec::new();
    let empty = world.wanted(held, one.operand.as_ref().ok_or("WAS wants a value")?, &mut wanted)?;
    let wanted = (wanted, empty);
    let contrary = negated != matches!(one.operator, Operator::WasNot | Operator::WasNotIn);
    Ok(Box::new(move |issue| {
        let fits = |period: &Period<'_>| {
            among(period.value, &wanted)
                && by(&limits, period.by)
                && limits.after.is_none_or(|at| period.end > at)
                && limits.before.is_none_or(|at| period.start < at)
                && limits.during.is_none_or(|(start, end)| period.start < end && period.end > start)
        };
        periods(issue, &field, world.now).iter().any(fits) != contrary
    }))
}
