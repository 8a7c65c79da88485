//! Comparisons of moments, numbers, and of values that have a rank.

use super::fields::{DurationField, Kind, MomentField};
use super::{Checked, Context, Test, moments, values};
use crate::data::Issue;
use crate::date::{DAY, Date};
use chat_for_jira::jql::ast::{Operand, Operator};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Whether `left operator right` holds.
fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equals | Operator::In => order.is_eq(),
        Operator::NotEquals | Operator::NotIn => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        _ => false,
    }
}

/// The single operands of a list, or the operand itself.
fn each(operand: &Operand) -> Vec<&Operand> {
    match operand {
        Operand::List(parts, _) => parts.iter().flat_map(each).collect(),
        one => vec![one],
    }
}

/// A test of numbers that an issue may have several of (or none). `!=` and `not in` want all of them to differ.
fn test<'s, T: Ord + 'static>(
    operator: Operator,
    wanted: (Vec<T>, bool),
    held: impl Fn(&Issue) -> Vec<T> + 's,
) -> Test<'s> {
    let (wanted, empty) = wanted;
    match operator {
        Operator::NotEquals | Operator::NotIn => Box::new(move |issue| {
            let held = held(issue);
            !held.is_empty() && !held.iter().any(|value| wanted.contains(value))
        }),
        _ => Box::new(move |issue| {
            let held = held(issue);
            let fits = |value: &T| wanted.iter().any(|bound| holds(operator, value.cmp(bound)));
            held.iter().any(fits) || empty && operator == Operator::In && held.is_empty()
        }),
    }
}

/// `created`, `due` and the like. `created` compares as a moment, `due` and `worklogDate` as days.
pub(super) fn moments<'s>(
    context: &Context<'s>,
    kind: Kind,
    operator: Operator,
    (name, operand): (&str, &Operand),
) -> Checked<Test<'s>> {
    let mut wanted = Vec::new();
    let mut empty = false;
    for one in each(operand) {
        match one {
            Operand::Empty(_) => empty = true,
            other => wanted.push(moments::of_operand(context, name, other)?),
        }
    }
    let zone = context.zone();
    if matches!(kind, Kind::Due | Kind::WorklogDate) {
        wanted.iter_mut().for_each(|moment| *moment = (*moment + zone).div_euclid(DAY));
    }
    Ok(test(operator, (wanted, empty), move |issue| match kind {
        Kind::Due => issue.due.map(|due| due.start().div_euclid(DAY)).into_iter().collect(),
        Kind::WorklogDate => issue.worklogs.iter().map(|log| (log.started + zone).div_euclid(DAY)).collect(),
        Kind::DateTime(field) => moment(issue, field).into_iter().collect(),
        _ => Vec::new(),
    }))
}

/// A moment that an issue holds.
pub(super) fn moment(issue: &Issue, field: MomentField) -> Option<i64> {
    match field {
        MomentField::Created => Some(issue.created),
        MomentField::Updated => Some(issue.updated),
        MomentField::Resolved => issue.resolved,
        MomentField::CategoryChanged => Some(issue.category_changed),
    }
}

/// Votes, story points, work times.
pub(super) fn numbers<'s>(kind: Kind, operator: Operator, (name, operand): (&str, &Operand)) -> Checked<Test<'s>> {
    let mut wanted = Vec::new();
    let mut empty = false;
    for one in each(operand) {
        match one {
            Operand::Empty(_) => empty = true,
            Operand::Value(value) => {
                let read = match kind {
                    Kind::Duration(_) => duration(&value.text),
                    Kind::WorkRatio => thousandths(value.text.trim_end_matches('%')),
                    _ => thousandths(&value.text),
                };
                wanted.push(
                    read.ok_or_else(|| format!("The value '{}' is not valid for the field '{name}'.", value.text))?,
                );
            }
            _ => return Err(format!("The field '{name}' wants a number here.")),
        }
    }
    Ok(test(operator, (wanted, empty), move |issue| number(issue, kind).into_iter().collect()))
}

/// A number that an issue holds: thousandths of a count, or seconds.
pub(super) fn number(issue: &Issue, kind: Kind) -> Option<i64> {
    let count = |list: &[String]| i64::try_from(list.len()).ok().map(|count| count * 1000);
    match kind {
        Kind::Votes => count(&issue.voters),
        Kind::Watchers => count(&issue.watchers),
        Kind::Points => issue.story_points.map(|points| points * 1000),
        Kind::WorkRatio => {
            let estimate = issue.original_estimate.filter(|estimate| *estimate > 0)?;
            Some(issue.time_spent.unwrap_or(0) * 100 / estimate * 1000)
        }
        Kind::Duration(DurationField::Spent) => issue.time_spent,
        Kind::Duration(DurationField::Original) => issue.original_estimate,
        Kind::Duration(DurationField::Remaining) => issue.remaining_estimate,
        _ => None,
    }
}

/// A decimal number in thousandths, so that it compares exactly.
fn thousandths(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let digits_only = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !digits_only(whole) || !digits_only(part) || part.chars().count() > 3 {
        return None;
    }
    Some(sign * (whole.parse::<i64>().ok()?.checked_mul(1000)? + format!("{part:0<3}").parse::<i64>().ok()?))
}

/// Seconds of `2h 30m`, `1w`; a bare number is minutes. A day has eight hours and a week five days.
fn duration(text: &str) -> Option<i64> {
    if !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit()) {
        return text.parse::<i64>().ok()?.checked_mul(60);
    }
    let (mut seconds, mut digits, mut any) = (0, String::new(), false);
    for letter in text.chars() {
        let unit = match letter {
            'w' => 5 * 8 * 3600,
            'd' => 8 * 3600,
            'h' => 3600,
            'm' => 60,
            ' ' => continue,
            other => {
                digits.push(other);
                continue;
            }
        };
        seconds += thousandths(&digits)?.checked_mul(unit)? / 1000;
        digits.clear();
        any = true;
    }
    (any && digits.is_empty()).then_some(seconds)
}

/// `priority > Medium`, `fixVersion < "6.4"`, `key >= MOB-100`: by rank, within the project for versions and keys.
pub(super) fn ranks<'s>(
    context: &Context<'s>,
    kind: Kind,
    operator: Operator,
    operand: (&str, &Operand),
) -> Checked<Test<'s>> {
    let wanted = values::of_operand(context, kind, operand, false)?;
    if wanted.empty {
        return Err(format!("The field '{}' has no order that includes EMPTY.", operand.0));
    }
    // No version at all is what latestReleasedVersion() may give; nothing is before or behind it.
    let Some(bound) = wanted.values.iter().next() else { return Ok(Box::new(|_| false)) };
    match kind {
        Kind::Priority | Kind::Resolution => {
            let bound = rank(context, kind, bound);
            let context = *context;
            Ok(Box::new(move |issue| {
                let held = if kind == Kind::Priority { Some(issue.priority) } else { issue.resolution };
                held.is_some_and(|name| holds(operator, rank(&context, kind, name).cmp(&bound)))
            }))
        }
        Kind::Key => {
            let bound = context.site.issue(bound).map(|issue| (issue.project.clone(), issue.number));
            let (project, number) = bound.unwrap_or_default();
            Ok(Box::new(move |issue| issue.project == project && holds(operator, issue.number.cmp(&number))))
        }
        Kind::FixVersion | Kind::AffectedVersion => Ok(version_order(context, kind, operator, &wanted)),
        _ => Err(format!("The field '{}' has no order.", operand.0)),
    }
}

/// Versions before or behind that of the issue's own project.
fn version_order<'s>(context: &Context<'s>, kind: Kind, operator: Operator, wanted: &values::Wanted) -> Test<'s> {
    let order = version_ranks(context);
    let bounds: HashMap<String, usize> = wanted
        .values
        .iter()
        .filter_map(|value| Some((value.split_once('/')?.0.to_owned(), *order.get(value)?)))
        .collect();
    let context = *context;
    Box::new(move |issue| {
        let Some(bound) = bounds.get(&issue.project) else { return false };
        let held = values::of_issue(&context, kind, issue);
        held.iter().filter_map(|value| order.get(value)).any(|rank| holds(operator, rank.cmp(bound)))
    })
}

/// The place of a priority (the highest has the greatest) or of a resolution.
pub(super) fn rank(context: &Context<'_>, kind: Kind, name: &str) -> usize {
    let (priorities, resolutions) = (context.site.catalog.priorities, context.site.catalog.resolutions);
    let place = |list: &[crate::data::model::Named]| list.iter().position(|one| one.name == name).unwrap_or(0);
    if kind == Kind::Priority { priorities.len() - place(priorities) } else { place(resolutions) }
}

/// The place of every version among those of its project.
pub(super) fn version_ranks(context: &Context<'_>) -> HashMap<String, usize> {
    let all = context.site.projects.iter().flat_map(|project| {
        project.versions.iter().enumerate().map(|(place, version)| (values::scoped(&project.key, &version.name), place))
    });
    all.collect()
}

/// The day of a date, for sorting.
pub(super) fn day(date: Option<Date>) -> Option<i64> {
    date.map(Date::start)
}
