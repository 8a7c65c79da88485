//! Moments and days.

use super::{Checked, Held, Test, World, rank_of};
use crate::issues::Issue;
use chat_for_jira::day;
use chat_for_jira::jql::ast::{Function, Operand, Operator};
use std::cmp::Ordering;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// `2026-03-12T10:45:00.000+0100` as milliseconds since 1970, and how far its clock is ahead.
pub(super) fn stamp(text: &str) -> Option<(i64, i64)> {
    let (date, time) = text.split_once('T')?;
    let number = |from: usize| time.get(from..from + 2)?.parse::<i64>().ok();
    let zone = text.get(text.len() - 5..)?;
    let ahead = zone.get(1..3)?.parse::<i64>().ok()? * HOUR + zone.get(3..5)?.parse::<i64>().ok()? * MINUTE;
    let ahead = if zone.starts_with('-') { -ahead } else { ahead };
    Some((day::read(date)? * DAY + number(0)? * HOUR + number(3)? * MINUTE - ahead, ahead))
}

/// The moment that an operand means.
pub(super) fn of_operand(world: &World, operand: &Operand) -> Checked<i64> {
    let here = world.now + world.ahead;
    match operand {
        Operand::Value(value) => {
            read(&value.text, here).map(|at| at - world.ahead).ok_or_else(|| format!("'{}' is no date", value.text))
        }
        Operand::Function(function) => Ok(call(function, here)? - world.ahead),
        _ => Err("a date is wanted here".into()),
    }
}

fn read(text: &str, now: i64) -> Option<i64> {
    absolute(text.trim()).or_else(|| relative(text.trim(), now))
}

fn absolute(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(' ').unwrap_or((text, "00:00"));
    let date = date.replace('/', "-");
    let parts: Vec<i64> = date.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, of_month] = parts[..] else { return None };
    let (hours, minutes) = time.trim().split_once(':')?;
    let start = day::read(&format!("{year:04}-{month:02}-{of_month:02}"))?;
    Some(start * DAY + hours.parse::<i64>().ok()? * HOUR + minutes.parse::<i64>().ok()? * MINUTE)
}

fn relative(text: &str, now: i64) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mut at, mut digits, mut any) = (now, String::new(), false);
    for letter in rest.chars().filter(|letter| !letter.is_whitespace()) {
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else {
            at = add(at, sign * digits.parse::<i64>().ok()?, letter)?;
            digits.clear();
            any = true;
        }
    }
    (any && digits.is_empty()).then_some(at)
}

/// Year, month and day of the month of a day.
fn parts(days: i64) -> (i64, i64, i64) {
    let text = day::write(days).unwrap();
    let numbers: Vec<i64> = text.split('-').map(|part| part.parse().unwrap()).collect();
    (numbers[0], numbers[1], numbers[2])
}

/// The first day of the month that lies so many months after the one of this day.
fn month(days: i64, later: i64) -> i64 {
    let (year, month, _) = parts(days);
    let count = year * 12 + month - 1 + later;
    day::read(&format!("{:04}-{:02}-01", count.div_euclid(12), count.rem_euclid(12) + 1)).unwrap()
}

fn add(at: i64, count: i64, unit: char) -> Option<i64> {
    let months = |count: i64| {
        let days = at.div_euclid(DAY);
        let length = month(days, count + 1) - month(days, count);
        (month(days, count) + (parts(days).2 - 1).min(length - 1)) * DAY + at.rem_euclid(DAY)
    };
    Some(match unit {
        'y' => months(count * 12),
        'M' => months(count),
        'w' => at + count * 7 * DAY,
        'd' => at + count * DAY,
        'h' => at + count * HOUR,
        'm' => at + count * MINUTE,
        _ => return None,
    })
}

/// `startOfWeek(-1)`, `endOfMonth("+15d")`. A step of the function's own unit or a larger one is made before the edge of the period
/// is looked for, a smaller one after it.
fn call(function: &Function, now: i64) -> Checked<i64> {
    let name = function.name.to_lowercase();
    let wrong = || format!("no function {}() for dates", function.name);
    if name == "now" {
        return Ok(now);
    }
    let (end, period) = match (name.strip_prefix("startof"), name.strip_prefix("endof")) {
        (Some(period), _) => (false, period),
        (_, Some(period)) => (true, period),
        _ => return Err(wrong()),
    };
    let unit = match period {
        "day" => 'd',
        "week" => 'w',
        "month" => 'M',
        "year" => 'y',
        _ => return Err(wrong()),
    };
    let Some(argument) = function.arguments.first() else { return Ok(edge(now, unit, end)) };
    let text = argument.text.trim();
    let step = text.chars().last().filter(|letter| letter.is_alphabetic());
    let count: i64 = text.trim_end_matches(char::is_alphabetic).trim_start_matches('+').parse().map_err(|_| wrong())?;
    let step = step.unwrap_or(unit);
    let rank = |unit: char| "mhdwMy".find(unit);
    if rank(step) >= rank(unit) {
        return Ok(edge(add(now, count, step).ok_or_else(wrong)?, unit, end));
    }
    add(edge(now, unit, end), count, step).ok_or_else(wrong)
}

/// The first or the last moment of the period around a moment.
fn edge(at: i64, unit: char, end: bool) -> i64 {
    let days = at.div_euclid(DAY);
    let (first, next) = match unit {
        // 1970-01-01 was a Thursday.
        'w' => (days - (days + 3).rem_euclid(7), days - (days + 3).rem_euclid(7) + 7),
        'M' => (month(days, 0), month(days, 1)),
        'y' => (month(days, 1 - parts(days).1), month(days, 13 - parts(days).1)),
        _ => (days, days + 1),
    };
    if end { next * DAY - 1 } else { first * DAY }
}

pub(super) fn test<'s>(world: &'s World, held: Held, operator: Operator, operand: &Operand) -> Checked<Test<'s>> {
    let wanted: Vec<i64> = match operand {
        Operand::List(all, _) => all.iter().map(|one| of_operand(world, one)).collect::<Checked<_>>()?,
        one => vec![of_operand(world, one)?],
    };
    let is_day = !matches!(held, Held::Moment(_));
    let wanted: Vec<i64> =
        if is_day { wanted.iter().map(|at| (at + world.ahead).div_euclid(DAY)).collect() } else { wanted };
    let has = move |issue: &Issue| -> Vec<i64> {
        match &held {
            Held::Moment(id) => issue.moments.get(id).copied().into_iter().collect(),
            Held::Day(id) => issue.days.get(id).copied().into_iter().collect(),
            _ => issue.worklogs.iter().map(|(_, day)| *day).collect(),
        }
    };
    Ok(Box::new(move |issue| {
        let has = has(issue);
        match operator {
            Operator::Equals | Operator::In => has.iter().any(|one| wanted.contains(one)),
            Operator::NotEquals | Operator::NotIn => !has.is_empty() && !has.iter().any(|one| wanted.contains(one)),
            _ => has.iter().any(|one| {
                let order: Ordering = one.cmp(&wanted[0]);
                rank_of(operator, order).unwrap_or(false)
            }),
        }
    }))
}
