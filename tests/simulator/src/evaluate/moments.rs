//! Moments and spans of time as queries write them.

use super::{Checked, Context};
use crate::date::{DAY, Date, HOUR, MINUTE};
use chat_for_jira::jql::ast::{Function, Operand};

/// The moment that an operand of `field` means.
pub(super) fn of_operand(context: &Context<'_>, field: &str, operand: &Operand) -> Checked<i64> {
    match operand {
        Operand::Value(value) => of_text(context, &value.text).ok_or_else(|| invalid(&value.text, field)),
        Operand::Function(function) => Ok(call(function, context.now + context.zone())? - context.zone()),
        Operand::Empty(_) | Operand::List(..) => Err(format!("The field '{field}' wants one date here.")),
    }
}

/// The moment that a text means to the person who asks.
pub(super) fn of_text(context: &Context<'_>, text: &str) -> Option<i64> {
    Some(read(text, context.now + context.zone())? - context.zone())
}

/// Jira's own sentence about a date that is none.
pub(super) fn invalid(text: &str, field: &str) -> String {
    format!(
        "Date value '{text}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', \
         'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
    )
}

/// Reads `2026-11-18`, `2026/11/18 14:30`, `-7d`, `2w 1d`, by the clock that says `now`.
fn read(text: &str, now: i64) -> Option<i64> {
    absolute(text.trim()).or_else(|| relative(text.trim(), now))
}

fn absolute(text: &str) -> Option<i64> {
    let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time.trim())));
    let numbers: Vec<i64> = day.split(['-', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = numbers[..] else { return None };
    let start = Date::new(year, month, day).filter(|_| year >= 1000)?.start();
    let Some(time) = time else { return Some(start) };
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(start + hours * HOUR + minutes * MINUTE)
}

fn relative(text: &str, now: i64) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut moment = now;
    let mut digits = String::new();
    let mut any = false;
    for letter in rest.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else if !letter.is_whitespace() {
            moment = add(moment, sign * digits.parse::<i64>().ok().filter(|count| *count < 1_000_000)?, letter)?;
            digits.clear();
            any = true;
        }
    }
    (any && digits.is_empty()).then_some(moment)
}

/// A moment moved by so many units: `y`, `M`, `w`, `d`, `h`, `m`.
fn add(moment: i64, count: i64, unit: char) -> Option<i64> {
    let months = |months: i64| {
        let date = Date::of(moment);
        date.plus_months(months).start() + moment - date.start()
    };
    Some(match unit {
        'y' => months(count * 12),
        'M' => months(count),
        'w' => moment + count * 7 * DAY,
        'd' => moment + count * DAY,
        'h' => moment + count * HOUR,
        'm' => moment + count * MINUTE,
        _ => return None,
    })
}

/// `now()`, `startOfWeek("-1")`, `endOfMonth("+15d")`. An increment of the function's own unit or a larger one is applied
/// before the moment is moved to the edge of its period, a smaller one after it.
fn call(function: &Function, now: i64) -> Checked<i64> {
    let name = function.name.to_lowercase();
    if name == "now" && function.arguments.is_empty() {
        return Ok(now);
    }
    let (end, period) = match (name.strip_prefix("startof"), name.strip_prefix("endof")) {
        (Some(period), _) => (false, period),
        (_, Some(period)) => (true, period),
        _ => return Err(format!("Unable to find JQL function '{}()'.", function.name)),
    };
    let unit = match period {
        "day" => 'd',
        "week" => 'w',
        "month" => 'M',
        "year" => 'y',
        _ => return Err(format!("Unable to find JQL function '{}()'.", function.name)),
    };
    let wrong = || format!("Function '{}' wants an increment such as '-1' or '+2d'.", function.name);
    let (count, step) = match function.arguments.as_slice() {
        [] => (0, unit),
        [one] => increment(&one.text, unit).ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    let larger_first = "mhdwMy";
    let rank = |unit: char| larger_first.find(unit);
    if rank(step) >= rank(unit) {
        return Ok(edge(add(now, count, step).ok_or_else(wrong)?, unit, end));
    }
    add(edge(now, unit, end), count, step).ok_or_else(wrong)
}

fn increment(text: &str, usual: char) -> Option<(i64, char)> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest.trim()),
        None => (1, text.strip_prefix('+').unwrap_or(text).trim()),
    };
    let (number, unit) = match rest.strip_suffix(['y', 'M', 'w', 'd', 'h', 'm']) {
        Some(number) => (number.trim(), rest.chars().last()?),
        None => (rest, usual),
    };
    Some((sign * number.parse::<i64>().ok().filter(|count| (0..1_000_000).contains(count))?, unit))
}

/// The first or the last moment of the day, week, month or year that holds `moment`.
fn edge(moment: i64, unit: char, end: bool) -> i64 {
    let date = Date::of(moment);
    let start = match unit {
        'w' => Date::of(date.start() - date.weekday() * DAY),
        'M' => Date { day: 1, ..date },
        'y' => Date { day: 1, month: 1, ..date },
        _ => date,
    };
    if !end {
        return start.start();
    }
    let next = match unit {
        'w' => start.start() + 7 * DAY,
        'M' => start.plus_months(1).start(),
        'y' => start.plus_months(12).start(),
        _ => start.start() + DAY,
    };
    next - 1
}
