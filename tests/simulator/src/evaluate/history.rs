//! `was` and `changed`: what the changelog says about the past.
//!
//! `was` looks at every period in which the field held a value, from the creation on (that value was set by the creator).
//! BEFORE: the period began before; AFTER: it still held after; ON and DURING: it overlaps; BY: who set it. For `changed` one
//! change must fit all conditions.

use super::fields::{Kind, UserField};
use super::values::{self, Wanted};
use super::{Checked, Context, Test, moments};
use crate::data::Issue;
use crate::date::{DAY, Date};
use chat_for_jira::jql::ast::{Operand, Operator, Predicate, PredicateKind, Terminal};
use std::collections::HashSet;

/// A period in which a field held a value.
struct Period {
    value: Option<String>,
    start: i64,
    end: Option<i64>,
    author: String,
}

/// A condition behind `was` or `changed`.
enum Condition {
    Before(i64),
    After(i64),
    Within(i64, i64),
    By(HashSet<String>),
    From(Wanted),
    To(Wanted),
}

impl Wanted {
    fn has(&self, value: Option<&str>) -> bool {
        value.map_or(self.empty, |value| self.values.contains(value))
    }
}

/// The test of a history clause.
pub(super) fn test<'s>(context: &Context<'s>, kind: Kind, one: &Terminal, negated: bool) -> Checked<Test<'s>> {
    let name = one.field.name.as_str();
    let member = member(kind).ok_or_else(|| format!("History searches do not support the '{name}' field."))?;
    let read = |predicate| condition(context, kind, name, predicate);
    let conditions: Vec<Condition> = one.predicates.iter().map(read).collect::<Checked<_>>()?;
    if one.operator == Operator::Changed {
        return Ok(Box::new(move |issue| changed(issue, member, &conditions) != negated));
    }
    let operand = one.operand.as_ref().ok_or_else(|| format!("The field '{name}' is compared with nothing."))?;
    let wanted = history_values(context, kind, (name, operand))?;
    let positive = matches!(one.operator, Operator::Was | Operator::WasIn) != negated;
    Ok(Box::new(move |issue| {
        let fits = |period: &Period| wanted.has(period.value.as_deref()) && held(period, &conditions);
        periods(issue, member).iter().any(fits) == positive
    }))
}

fn member(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Status => "status",
        Kind::User(UserField::Assignee) => "assignee",
        Kind::User(_) => "reporter",
        Kind::Priority => "priority",
        Kind::Resolution => "resolution",
        Kind::FixVersion => "fixVersion",
        _ => return None,
    })
}

/// The changelog names versions without their project.
fn history_values(context: &Context<'_>, kind: Kind, operand: (&str, &Operand)) -> Checked<Wanted> {
    let mut wanted = values::of_operand(context, kind, operand, true)?;
    if kind == Kind::FixVersion {
        let plain = |value: String| value.split_once('/').map_or(value.clone(), |(_, name)| name.to_owned());
        wanted.values = wanted.values.into_iter().map(plain).collect();
    }
    Ok(wanted)
}

fn condition(context: &Context<'_>, kind: Kind, name: &str, predicate: &Predicate) -> Checked<Condition> {
    let moment = |operand: &Operand| moments::of_operand(context, name, operand);
    Ok(match predicate.kind {
        PredicateKind::Before => Condition::Before(moment(&predicate.operand)?),
        PredicateKind::After => Condition::After(moment(&predicate.operand)?),
        PredicateKind::On => {
            let zone = context.zone();
            let start = Date::of(moment(&predicate.operand)? + zone).start() - zone;
            Condition::Within(start, start + DAY - 1)
        }
        PredicateKind::During => match &predicate.operand {
            Operand::List(bounds, _) if bounds.len() == 2 => {
                Condition::Within(moment(&bounds[0])?, moment(&bounds[1])?)
            }
            _ => return Err("The DURING predicate wants two dates in parentheses.".into()),
        },
        PredicateKind::By => {
            let person = Kind::User(UserField::Assignee);
            Condition::By(values::of_operand(context, person, (name, &predicate.operand), true)?.values)
        }
        PredicateKind::From => Condition::From(history_values(context, kind, (name, &predicate.operand))?),
        PredicateKind::To => Condition::To(history_values(context, kind, (name, &predicate.operand))?),
    })
}

fn changed(issue: &Issue, member: &str, conditions: &[Condition]) -> bool {
    issue.changelog.iter().filter(|change| change.field == member).any(|change| {
        conditions.iter().all(|condition| match condition {
            Condition::Before(moment) => change.created < *moment,
            Condition::After(moment) => change.created > *moment,
            Condition::Within(start, end) => (*start..=*end).contains(&change.created),
            Condition::By(people) => people.contains(&change.author),
            Condition::From(wanted) => wanted.has(change.from.as_deref()),
            Condition::To(wanted) => wanted.has(change.to.as_deref()),
        })
    })
}

fn held(period: &Period, conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| match condition {
        Condition::Before(moment) => period.start < *moment,
        Condition::After(moment) => period.end.is_none_or(|end| end > *moment),
        Condition::Within(start, end) => period.start <= *end && period.end.is_none_or(|over| over >= *start),
        Condition::By(people) => people.contains(&period.author),
        // The grammar has FROM and TO behind `changed` only.
        Condition::From(_) | Condition::To(_) => false,
    })
}

fn periods(issue: &Issue, member: &'static str) -> Vec<Period> {
    if member == "fixVersion" { version_periods(issue) } else { value_periods(issue, member) }
}

fn value_periods(issue: &Issue, member: &str) -> Vec<Period> {
    let changes = issue.changelog.iter().filter(|change| change.field == member);
    let at_last = match member {
        "status" => Some(issue.status.to_owned()),
        "assignee" => issue.assignee.clone(),
        "reporter" => Some(issue.reporter.clone()),
        "priority" => Some(issue.priority.to_owned()),
        _ => issue.resolution.map(str::to_owned),
    };
    let first = changes.clone().next().map_or(at_last, |change| change.from.clone());
    let mut current = Period { value: first, start: issue.created, end: None, author: issue.creator.clone() };
    let mut periods = Vec::new();
    for change in changes {
        let next = Period { value: change.to.clone(), start: change.created, end: None, author: change.author.clone() };
        current.end = Some(change.created);
        periods.push(std::mem::replace(&mut current, next));
    }
    periods.push(current);
    periods
}

/// Versions come and go one by one: each has periods of its own, and there is a period without any.
fn version_periods(issue: &Issue) -> Vec<Period> {
    let changes: Vec<_> = issue.changelog.iter().filter(|change| change.field == "fixVersion").collect();
    let mut live: HashSet<String> = issue.fix_versions.iter().cloned().collect();
    for change in changes.iter().rev() {
        live.retain(|name| Some(name) != change.to.as_ref());
        live.extend(change.from.clone());
    }
    let born =
        |name: String| Period { value: Some(name), start: issue.created, end: None, author: issue.creator.clone() };
    let mut open: Vec<Period> = live.into_iter().map(born).collect();
    let mut periods = Vec::new();
    for change in changes {
        if let Some(at) = open.iter().position(|period| change.from.is_some() && period.value == change.from) {
            let mut period = open.swap_remove(at);
            period.end = Some(change.created);
            periods.push(period);
        }
        if change.to.is_some() {
            let (value, author) = (change.to.clone(), change.author.clone());
            open.push(Period { value, start: change.created, end: None, author });
        }
    }
    periods.append(&mut open);
    periods
}
