//! Dates of the calendar in a text: `2026-11-30`, `3 November`, `Nov 3rd, 2026`, `March`, `Q3`, `30.11.`, `03/04`.

use crate::chat::read::token::Kind;
use crate::chat::when::{Edge, Reader, When, single, year_and_month};
use crate::day;

/// Days of a month as words.
pub const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The first of a month, counted from 1 and on beyond 12.
fn first_of(year: i64, month: i64) -> Option<i64> {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    day::read(&format!("{year:04}-{month:02}-01"))
}

/// The first of the same month one year before.
pub fn year_before(day: i64) -> Option<i64> {
    let (year, month) = year_and_month(day)?;
    first_of(year - 1, month)
}

/// The day of the month at a token, in the month of another day.
pub fn in_month_of(reader: &Reader<'_>, at: usize, other: &When) -> Option<When> {
    let Some(Edge::Day(day)) = other.from else { return None };
    let number = day_of_month(reader, reader.sentence.past_articles(at))?;
    let (year, month) = year_and_month(day)?;
    date_of(year, month, number).map(single)
}

fn date_of(year: i64, month: i64, number: i64) -> Option<i64> {
    day::read(&format!("{year:04}-{month:02}-{number:02}"))
}

fn months(year: i64, first: i64, count: i64) -> Option<When> {
    let (from, to) = (first_of(year, first)?, first_of(year, first + count)?);
    Some(When { from: Some(Edge::Day(from)), to: Some(Edge::Day(to)), ..When::default() })
}

/// This quarter of the year, or one so many before or after.
pub fn quarter(reader: &Reader<'_>, shift: i32) -> Option<When> {
    let (year, month) = year_and_month(reader.today)?;
    months(year, (month - 1) / 3 * 3 + 1 + 3 * i64::from(shift), 3)
}

/// A date, or a month, quarter or year of the calendar.
pub fn date(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    digits(reader, at)
        .or_else(|| named_quarter(reader, at))
        .or_else(|| with_month(reader, at))
        .or_else(|| year(reader, at))
        .or_else(|| christmas(reader, at))
}

fn christmas(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let (year, end) = reader.sentence.is(at, &["christmas", "xmas"]).then(|| year_at(reader, at + 1, 12))??;
    Some((single(date_of(year, 12, 25)?), end))
}

fn written_year(reader: &Reader<'_>, at: usize) -> Option<i64> {
    let token = reader.sentence.token(at)?;
    let number = token.word.parse::<i64>().ok()?;
    (token.word.len() == 4 && (1990..=2099).contains(&number)).then_some(number)
}

/// The year that is written at a token, perhaps behind a comma or “of”, or the one that fits best; and the token behind it.
fn year_at(reader: &Reader<'_>, at: usize, month: i64) -> Option<(i64, usize)> {
    let skip = usize::from(reader.sentence.is(at, &[",", "of", "in"]));
    if let Some(year) = written_year(reader, at + skip) {
        return Some((year, at + skip + 1));
    }
    let (year, this) = year_and_month(reader.today)?;
    // “Since January” begins in the past.
    let past = (1..=4).any(|back| at.checked_sub(back).is_some_and(|at| reader.sentence.is(at, &["since", "after"])));
    // A month that is far ahead was meant to be the last one of that name.
    let near = if past {
        if month > this { year - 1 } else { year }
    } else if month - this > 6 {
        year - 1
    } else if this - month > 9 {
        year + 1
    } else {
        year
    };
    Some((near, at))
}

fn year(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let year = written_year(reader, at)?;
    Some((months(year, 1, 12)?, at + 1))
}

fn named_quarter(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let token = reader.sentence.token(at)?;
    let (number, next) = match (&*token.word, reader.sentence.which(at, &["first", "second", "third", "fourth"])) {
        (_, Some(number)) if reader.sentence.is(at + 1, &["quarter"]) => (i64::try_from(number).ok()? + 1, at + 2),
        ("q1" | "q2" | "q3" | "q4", _) => (token.word.trim_start_matches('q').parse().ok()?, at + 1),
        ("h1" | "h2", _) => {
            let half: i64 = token.word.trim_start_matches('h').parse().ok()?;
            let (year, end) = year_at(reader, at + 1, 6)?;
            return Some((months(year, 6 * half - 5, 6)?, end));
        }
        _ => return None,
    };
    let (this, _) = year_and_month(reader.today)?;
    let (year, end) = year_at(reader, next, 6)
        .map_or((this, next), |(year, end)| if end == next { (this, next) } else { (year, end) });
    Some((months(year, 3 * number - 2, 3)?, end))
}

/// `November`, `November 2026`, `3 November`, `the 3rd of November`, `Nov 3rd, 2026`
fn with_month(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let sentence = reader.sentence;
    let day_at = |at: usize| day_of_month(reader, at);
    if let Some(number) = day_at(at) {
        let place = if sentence.is(at + 1, &["of"]) { at + 2 } else { at + 1 };
        if let Some(month) = reader.month(place) {
            let (year, end) = year_at(reader, place + 1, month)?;
            return Some((single(date_of(year, month, number)?), end));
        }
        // “The 10th”
        let ordinal = sentence
            .token(at)
            .is_some_and(|token| token.kind == Kind::Word && token.word.starts_with(|c: char| c.is_ascii_digit()));
        let (year, month) = year_and_month(reader.today)?;
        return ordinal.then(|| date_of(year, month, number)).flatten().map(|day| (single(day), at + 1));
    }
    let last = sentence.is(at, &["last", "previous", "past"]);
    let lead = usize::from(last || sentence.is(at, &["this", "next", "early", "late", "mid", "coming"]));
    let place = if sentence.is(at, &["month"]) && sentence.is(at + 1, &["of"]) { at + 2 } else { at + lead };
    let month = reader.month(place)?;
    if lead == 0
        && let Some(number) = day_at(place + 1).filter(|_| written_year(reader, place + 1).is_none())
    {
        let (year, end) = year_at(reader, place + 2, month)?;
        return Some((single(date_of(year, month, number)?), end));
    }
    let (mut year, end) = year_at(reader, place + 1, month)?;
    let (this, now) = year_and_month(reader.today)?;
    if end == place + 1 && last {
        year = if month < now { this } else { this - 1 };
    }
    Some((months(year, month, 1)?, end))
}

/// The day of a month: `3`, `3rd`, `the third of`.
fn day_of_month(reader: &Reader<'_>, at: usize) -> Option<i64> {
    if reader.sentence.is(at + 1, &["of"])
        && let Some(day) = reader.sentence.which(at, &ORDINALS)
    {
        return i64::try_from(day + 1).ok();
    }
    let word = &reader.sentence.token(at)?.word;
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.parse::<i64>().ok().filter(|day| (1..=31).contains(day))
}

/// A date in digits.
fn digits(reader: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let token = reader.sentence.token(at)?;
    let word = &*token.word;
    if token.kind == Kind::Quoted && day::read(word).is_none() || !matches!(token.kind, Kind::Number | Kind::Quoted) {
        return None;
    }
    if let Some(day) = day::read(word) {
        return Some((single(day), at + 1));
    }
    let separator = ['/', '-', '.'].into_iter().find(|c| word.contains(*c))?;
    let parts: Vec<i64> =
        word.split(separator).filter(|part| part.len() <= 4).filter_map(|part| part.parse().ok()).collect();
    if parts.len() != word.split(separator).count() {
        return None;
    }
    let (this, month) = year_and_month(reader.today)?;
    match (separator, parts.as_slice()) {
        ('/', [year, month]) if *year > 1990 => Some((months(*year, *month, 1)?, at + 1)),
        ('-', [year, month]) if *year > 1990 && (1..=12).contains(month) => Some((months(*year, *month, 1)?, at + 1)),
        ('/' | '.', [year, month, day]) if *year > 1990 => Some((single(date_of(*year, *month, *day)?), at + 1)),
        ('.', [day, month, year]) if matches!(word.rsplit('.').next(), Some(last) if last.len() == 2 || last.len() == 4) => {
            Some((single(date_of(if *year < 100 { 2000 + year } else { *year }, *month, *day)?), at + 1))
        }
        ('/' | '-', [one, other, year]) => either(*one, *other, if *year < 100 { 2000 + year } else { *year }, at + 1),
        ('/', [one, other]) => {
            let likely = if (*one).max(*other) <= 12 && (*other).min(*one) - month > 6 { this - 1 } else { this };
            either(*one, *other, likely, at + 1)
        }
        _ => None,
    }
}

/// Day and month in either order, which can be in doubt.
fn either(one: i64, other: i64, year: i64, end: usize) -> Option<(When, usize)> {
    match (date_of(year, other, one), date_of(year, one, other)) {
        (Some(first), Some(second)) if first != second => {
            Some((When { doubt: Some((first, second)), ..single(first) }, end))
        }
        (Some(day), _) | (None, Some(day)) => Some((single(day), end)),
        (None, None) => None,
    }
}
