//! A time that a text tells: `since Monday`, `last week`, `in the next three days`, `before 3 November`.

mod related;
mod sign;
mod span;

use crate::chat::read::sentence::Sentence;
use crate::chat::read::token::Kind;
use crate::day;
pub use sign::{Sign, signs};

/// A span of time. Without a beginning it reaches back forever, without an end it goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Its beginning.
    pub from: Option<Edge>,
    /// The moment behind it.
    pub to: Option<Edge>,
    /// Whether it can lie behind and ahead: “within 3 days”.
    pub either: bool,
    /// Whether it tells how long something has been so: “for more than a week”.
    pub lasting: bool,
    /// What else a date of digits can mean: 03/04. With it the days of the two readings.
    pub doubt: Option<(i64, i64)>,
}

/// A moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The beginning of this day, week, month or year, or of one so many before or after.
    Start(Unit, i32),
    /// The beginning of a day in the calendar, in days since 1970-01-01.
    Day(i64),
    /// So long ago, or so long ahead.
    Relative(i32, Unit),
    /// The present.
    Now,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// A day.
    Day,
    /// Seven days; from the day on which weeks begin.
    Week,
    /// A month of the calendar.
    Month,
    /// Three months of the calendar.
    Quarter,
    /// A year of the calendar.
    Year,
}

const UNITS: [(Unit, &[&str]); 7] = [
    (Unit::Minute, &["minute", "minutes", "min", "mins"]),
    (Unit::Hour, &["hour", "hours", "hr", "hrs", "h"]),
    (Unit::Day, &["day", "days", "d"]),
    (Unit::Week, &["week", "weeks", "wk", "wks", "w", "weak"]),
    (Unit::Month, &["month", "months", "mth", "mths", "mo"]),
    (Unit::Quarter, &["quarter", "quarters", "qtr"]),
    (Unit::Year, &["year", "years", "yr", "yrs"]),
];

const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "mondays"],
    &["tuesday", "tue", "tues"],
    &["wednesday", "wed"],
    &["thursday", "thu", "thur", "thurs"],
    &["friday", "fri"],
    &["saturday", "sat"],
    &["sunday", "sun"],
];

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

const NUMBERS: [&[&str]; 21] = [
    &[],
    &["one", "a", "an"],
    &["two", "couple"],
    &["three", "few"],
    &["four"],
    &["five"],
    &["six"],
    &["seven"],
    &["eight"],
    &["nine"],
    &["ten"],
    &["eleven"],
    &["twelve", "dozen"],
    &["thirteen"],
    &["fourteen"],
    &["fifteen"],
    &["sixteen"],
    &["seventeen"],
    &["eighteen"],
    &["nineteen"],
    &["twenty"],
];

/// The words of times, for the dictionary.
pub fn words() -> impl Iterator<Item = &'static str> {
    const OTHERS: &str = "today yesterday tomorrow tonight now this last previous past next coming ago back since from after before until till by \
         through during within between older newer than more less over beginning start end middle weekend fortnight fortnights quarter first \
         second third fourth eod eow eom eoy eoq cob ytd mtd early late mid calendar upcoming following current prior preceding \
         christmas xmas overnight night morning afternoon evening thirty forty fifty sixty eighty ninety half";
    let lists = UNITS.iter().map(|(_, names)| *names).chain(WEEKDAYS).chain(MONTHS).chain(NUMBERS);
    lists.flatten().copied().chain(crate::chat::date::ORDINALS).chain(OTHERS.split_ascii_whitespace())
}

/// A whole number at a token, in digits or as a word, and the token behind it.
pub fn number(sentence: &Sentence<'_>, at: usize) -> Option<(i32, usize)> {
    let token = sentence.token(at).filter(|_| sentence.sign(at).number)?;
    if token.kind == Kind::Number {
        return Some((token.word.parse().ok()?, at + 1));
    }
    if let Some(tens) = sentence.which(at, &sign::TENS) {
        return [30, 40, 50, 60, 80, 90].get(tens).map(|number| (*number, at + 1));
    }
    let number = NUMBERS.iter().position(|names| names.contains(&&*token.word))?;
    let mut end = at + 1;
    if number == 1 && sentence.is(end, &["couple", "few", "dozen"]) {
        let (number, end) = self::number(sentence, end)?;
        return Some((number, end));
    }
    if sentence.is(at, &["couple"]) && sentence.is(end, &["of"]) {
        end += 1;
    }
    Some((i32::try_from(number).ok()?, end))
}

/// A unit at a token.
fn unit(sentence: &Sentence<'_>, at: usize) -> Option<(Unit, i32)> {
    if sentence.is(at, &["fortnight", "fortnights"]) {
        return Some((Unit::Week, 2));
    }
    UNITS.iter().find(|(_, names)| sentence.is(at, names)).map(|(unit, _)| (*unit, 1))
}

/// An amount of time: `2 weeks`, `24h`, `a month`; and the token behind it.
pub fn amount(sentence: &Sentence<'_>, at: usize) -> Option<(i32, Unit, usize)> {
    let token = sentence.token(at)?;
    let letters = token.word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let digits = token.word.strip_suffix(letters)?;
    if !digits.is_empty() && !letters.is_empty() {
        let (unit, _) =
            UNITS.iter().find(|(_, names)| names.contains(&letters) || letters == "m" && names.contains(&"minute"))?;
        return Some((digits.trim_start_matches(['-', '+']).parse().ok()?, *unit, at + 1));
    }
    if sentence.is(at, &["half"]) && sentence.is(at + 1, &["a"]) && sentence.is(at + 2, &["year"]) {
        return Some((6, Unit::Month, at + 3));
    }
    let (number, next) = number(sentence, at)?;
    let (unit, times) = unit(sentence, next)?;
    Some((number.checked_mul(times)?, unit, next + 1))
}

/// A moment so long ago (with a negative number) or ahead.
pub fn relative(number: i32, unit: Unit) -> Edge {
    match unit {
        Unit::Quarter => Edge::Relative(number.saturating_mul(3), Unit::Month),
        unit => Edge::Relative(number, unit),
    }
}

/// What a text says at a token.
pub struct Reader<'s> {
    /// The text.
    pub sentence: &'s Sentence<'s>,
    /// The day it is.
    pub today: i64,
}

impl Reader<'_> {
    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.sentence.is(at, words)
    }
}

/// The whole of this day, week, month or year, or of one so many before or after.
pub fn period(unit: Unit, shift: i32) -> When {
    When { from: Some(Edge::Start(unit, shift)), to: Some(Edge::Start(unit, shift + 1)), ..When::default() }
}

/// One day of the calendar.
pub const fn single(day: i64) -> When {
    When { from: Some(Edge::Day(day)), to: Some(Edge::Day(day + 1)), either: false, lasting: false, doubt: None }
}

/// The parts of a day in the calendar: year and month from 1.
pub fn year_and_month(days: i64) -> Option<(i64, i64)> {
    let written = day::write(days)?;
    let mut parts = written.split('-').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests;
