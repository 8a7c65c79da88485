//! Times as JQL tests them.

use crate::chat::when::{Edge, Unit, When, year_and_month};
use crate::day;
use crate::jql::ast::{Clause, Function, Operand, Predicate, PredicateKind, Span, Value};
use crate::jql::build::{and, field, function};
use crate::jql::fields::Type;

const NOWHERE: Span = Span::new(0, 0);

/// The fields that tell what has happened; others can lie ahead.
const HAPPENED: [&str; 8] = [
    "created",
    "updated",
    "resolved",
    "worklogDate",
    "lastViewed",
    "statusCategoryChangedDate",
    "createdDate",
    "updatedDate",
];

/// The test that a date field lies in a span of time. `None` for a span without beginning and end.
pub fn clause(name: &str, kind: Type, when: &When) -> Option<Clause> {
    let is_day = kind == Type::Day;
    // What has happened lies behind, and what is due ahead.
    let ahead = !HAPPENED.contains(&name);
    let when = if when.either && ahead { turned(when) } else { when.clone() };
    if is_day && let Some(day) = only_day(&when) {
        return Some(field(name).eq(day));
    }
    let mut parts = Vec::new();
    if let Some(from) = &when.from {
        parts.push(if *from == Edge::Now && when.to.is_none() {
            field(name).greater(start(from))
        } else {
            field(name).at_least(start(from))
        });
    }
    if let Some(to) = when.to.as_ref().filter(|to| ahead || when.from.is_none() || !is_open(to)) {
        parts.push(match (to, last(to)) {
            (_, Some(last)) if is_day => field(name).at_most(last),
            (Edge::Relative(number, _), _) if *number > 0 => field(name).at_most(start(to)),
            _ => field(name).less(start(to)),
        });
    }
    and(parts)
}

/// A span that reaches back, turned ahead.
fn turned(when: &When) -> When {
    // A day of the week is the same day of the next.
    if let (Some(Edge::Day(from)), Some(Edge::Day(to))) = (&when.from, &when.to) {
        return When { from: Some(Edge::Day(from + 7)), to: Some(Edge::Day(to + 7)), either: false, ..when.clone() };
    }
    let to = when.from.as_ref().map(|edge| match edge {
        Edge::Relative(number, unit) => Edge::Relative(-number, *unit),
        other => other.clone(),
    });
    When { from: Some(Edge::Start(Unit::Day, 0)), to, either: false, lasting: false, doubt: when.doubt }
}

/// The one day that a span is, as date fields are tested against it.
fn only_day(when: &When) -> Option<Operand> {
    match (when.from.as_ref()?, when.to.as_ref()?) {
        (Edge::Day(from), Edge::Day(to)) if from + 1 == *to => Some(literal(*from)),
        (Edge::Start(Unit::Day, from), Edge::Start(Unit::Day, to)) if from + 1 == *to => {
            Some(boundary("startOfDay", *from))
        }
        _ => None,
    }
}

/// Whether a moment is certainly yet to come, so that it is no limit for what has happened.
fn is_open(edge: &Edge) -> bool {
    match edge {
        Edge::Start(_, shift) => *shift > 0,
        Edge::Relative(number, _) => *number > 0,
        Edge::Now => true,
        Edge::Day(_) => false,
    }
}

/// The conditions that a time puts on a change.
pub fn predicates(when: &When) -> Vec<Predicate> {
    let predicate = |kind, operand| Predicate { kind, operand, span: NOWHERE };
    let limit = when.to.as_ref().filter(|to| when.from.is_none() || !is_open(to));
    match (&when.from, limit) {
        (Some(Edge::Day(from)), Some(Edge::Day(to))) if from + 1 == *to => {
            vec![predicate(PredicateKind::On, literal(*from))]
        }
        (Some(from), Some(to)) => {
            // A day by itself is its beginning.
            let end = match to {
                Edge::Day(day) => format!("{} 23:59", day::write(day - 1).unwrap_or_default()).into(),
                to => last(to).unwrap_or_else(|| start(to)),
            };
            vec![predicate(PredicateKind::During, Operand::List(vec![start(from), end], NOWHERE))]
        }
        (Some(from), None) => vec![predicate(PredicateKind::After, start(from))],
        (None, Some(to)) => vec![predicate(PredicateKind::Before, start(to))],
        (None, None) => Vec::new(),
    }
}

/// A moment as queries write it.
pub fn start(edge: &Edge) -> Operand {
    match edge {
        Edge::Now => function("now").into(),
        Edge::Day(day) => literal(*day),
        Edge::Start(unit, shift) => match boundary_of(*unit, "startOf") {
            Some(name) => boundary(&name, *shift),
            None => function("now").into(),
        },
        // Jira reads months and years only within functions.
        Edge::Relative(number, Unit::Month | Unit::Quarter) => shifted(*number, 'M'),
        Edge::Relative(number, Unit::Year) => shifted(*number, 'y'),
        Edge::Relative(number, unit) => {
            let letter = match unit {
                Unit::Minute => 'm',
                Unit::Hour => 'h',
                Unit::Week => 'w',
                _ => 'd',
            };
            format!("{number}{letter}").into()
        }
    }
}

/// The last moment before an edge, where queries have a name for it.
fn last(edge: &Edge) -> Option<Operand> {
    match edge {
        Edge::Day(day) => Some(literal(day - 1)),
        Edge::Start(unit, shift) => Some(boundary(&boundary_of(*unit, "endOf")?, shift - 1)),
        _ => None,
    }
}

fn boundary_of(unit: Unit, which: &str) -> Option<String> {
    let name = match unit {
        Unit::Day => "Day",
        Unit::Week => "Week",
        Unit::Month => "Month",
        Unit::Year => "Year",
        _ => return None,
    };
    Some(format!("{which}{name}"))
}

fn boundary(name: &str, shift: i32) -> Operand {
    let mut boundary: Function = function(name);
    if shift != 0 {
        boundary.arguments.push(Value { text: shift.to_string(), number: true, span: NOWHERE });
    }
    boundary.into()
}

fn shifted(number: i32, unit: char) -> Operand {
    function("startOfDay").with(format!("{number}{unit}")).into()
}

fn literal(days: i64) -> Operand {
    day::write(days).unwrap_or_default().into()
}

/// A moment as a text without functions: `-7d`, `2026-11-30`.
pub fn plain(edge: &Edge, today: i64) -> Option<String> {
    let first = |year: i64, month: i64| {
        let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
        Some(format!("{year:04}-{month:02}-01"))
    };
    match edge {
        Edge::Day(day) => day::write(*day),
        Edge::Start(Unit::Day, shift) => day::write(today + i64::from(*shift)),
        Edge::Start(Unit::Week, shift) => day::write(today - (today + 3).rem_euclid(7) + 7 * i64::from(*shift)),
        Edge::Start(Unit::Year, shift) => first(year_and_month(today)?.0 + i64::from(*shift), 1),
        Edge::Start(_, shift) => {
            let (year, month) = year_and_month(today)?;
            first(year, month + i64::from(*shift))
        }
        Edge::Relative(number, Unit::Month | Unit::Quarter) => Some(format!("{}d", number * 30)),
        Edge::Relative(number, Unit::Year) => Some(format!("{}d", number * 365)),
        Edge::Now => day::write(today),
        Edge::Relative(..) => match start(edge) {
            Operand::Value(value) => Some(value.text),
            _ => None,
        },
    }
}
