//! Amounts of work and days.

use super::{Made, Stop, Try, Wisher, ask};
use crate::chat::intent::{Change, Choice, Question, Target, Work};
use crate::chat::read::token::Kind;
use crate::chat::time;
use crate::chat::when::{Edge, Unit, When};
use crate::day;

/// Units of work: the letter Jira has for it, its seconds, its words. A day has 8 hours and a week 5 days.
const UNITS: [(char, u64, &[&str]); 4] = [
    ('w', 144_000, &["w", "wk", "wks", "week", "weeks"]),
    ('d', 28_800, &["d", "day", "days", "workday", "workdays"]),
    ('h', 3_600, &["h", "hr", "hrs", "hour", "hours"]),
    ('m', 60, &["m", "min", "mins", "minute", "minutes"]),
];

/// A stretch of work: for each unit how many, and how long it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Spent {
    /// As Jira writes it: `1h 30m`.
    pub(super) text: String,
    /// In seconds.
    pub(super) seconds: u64,
}

impl Spent {
    fn add(&mut self, number: f64, (letter, seconds): (char, u64)) -> Option<()> {
        if !(0.0..=10_000.0).contains(&number) {
            return None;
        }
        let exact = std::time::Duration::from_secs(seconds).mul_f64(number).as_secs();
        self.seconds += exact;
        let gap = if self.text.is_empty() { "" } else { " " };
        self.text.push_str(&format!("{gap}{number}{letter}"));
        Some(())
    }
}

impl Wisher<'_, '_> {
    /// An amount of work at a token, and the token behind: `2h`, `1h 30m`, `1.5 hours`, `half a day`, `an hour and a half`.
    pub(super) fn spent(&self, at: usize) -> Option<(Spent, usize)> {
        let mut spent = Spent::default();
        let mut end = self.stretch(at, &mut spent)?;
        loop {
            let next = if self.is(end, &["and", ","]) { end + 1 } else { end };
            if self.is(next, &["a", "half"]) && self.is(next + 1, &["half"]) && next > end {
                let unit = self.unit(end - 1)?;
                spent.add(0.5, unit)?;
                return Some((spent, next + 2));
            }
            match self.stretch(next, &mut spent) {
                Some(more) => end = more,
                None => return Some((spent, end)),
            }
        }
    }

    fn unit(&self, at: usize) -> Option<(char, u64)> {
        let word = &self.scan.sentence.token(at)?.word;
        unit_of(word).or_else(|| unit_of(word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')))
    }

    fn stretch(&self, at: usize, spent: &mut Spent) -> Option<usize> {
        let token = self.scan.sentence.token(at).filter(|token| token.kind != Kind::Quoted)?;
        if let Some((hours, minutes)) = token.word.split_once(':').filter(|_| token.kind == Kind::Number) {
            spent.add(hours.parse().ok()?, ('h', 3_600))?;
            spent.add(minutes.parse().ok()?, ('m', 60))?;
            return Some(at + 1);
        }
        if token.kind == Kind::Word
            && token.word.starts_with(|c: char| c.is_ascii_digit())
            && compact(&token.word, spent).is_some()
        {
            return Some(at + 1);
        }
        let half = self.is(at, &["half"]);
        let next = if half && self.is(at + 1, &["a", "an"]) { at + 2 } else { at + 1 };
        let number = if half { 0.5 } else { self.amount(at)? };
        spent.add(number, self.unit(next)?)?;
        Some(next + 1)
    }

    fn amount(&self, at: usize) -> Option<f64> {
        let token = self.scan.sentence.token(at)?;
        if token.kind == Kind::Number {
            return token.word.parse().ok();
        }
        crate::chat::when::number(self.scan.sentence, at)
            .filter(|(_, end)| *end == at + 1)
            .map(|(number, _)| f64::from(number))
    }

    /// “2h on MOB-12 yesterday: fixed tests”, in whatever order.
    pub(super) fn work(&self, from: usize) -> Made {
        let (mut spent, mut target, mut day, mut comment) = (None, None, None, String::new());
        let mut at = from;
        while at < self.end() {
            if spent.is_none()
                && let Some((found, end)) = self.spent(at)
            {
                (spent, at) = (Some(found), end);
            } else if let Some(end) = self.work_target(at, &mut target)? {
                at = end;
            } else if let Some((when, end)) = self.scan.when(at).filter(|_| day.is_none()) {
                day = Some(self.day(&when, (at, end), false)?);
                at = end;
            } else if self.past(at, "tail") > at && self.past(at, "tail") >= self.end() {
                break;
            } else if spent.is_some() && self.leads_to_comment(at) {
                comment = self.told(
                    if self.is(at, &["for", "doing", "on", "about", "comment", "saying", "because", "with", "to"]) {
                        at + 1
                    } else {
                        at
                    },
                );
                break;
            } else if self.is(
                at,
                &[
                    "of", "work", "time", "effort", "worth", "on", "to", "for", "in", "against", "spent", "working",
                    "as", "at", ",", "about", "just", "now", "me", "the", "my",
                ],
            ) {
                at += 1;
            } else {
                return Err(Stop::No);
            }
        }
        self.worked(spent, target, day, comment)
    }

    fn worked(&self, spent: Option<Spent>, target: Option<Target>, day: Option<String>, comment: String) -> Made {
        let Some(spent) = spent else {
            let named = matches!(&target, Some(Target::Issues(keys)) if !keys.is_empty());
            return Err(if named && comment.is_empty() {
                ask("How long did you work on it? Say for example: log 1h 30m on it.")
            } else {
                Stop::No
            });
        };
        let target = target.map_or_else(|| self.implied(), Ok)?;
        Ok((Change::LogWork(Work { seconds: spent.seconds, day, comment }), target))
    }

    fn work_target(&self, at: usize, target: &mut Option<Target>) -> Try<Option<usize>> {
        let place = if self.is(at, &["on", "to", "for", "in", "against", "at"]) { at + 1 } else { at };
        let Some((_, end)) = self.explicit(place).filter(|_| target.is_none()) else { return Ok(None) };
        let is_time = self.scan.when(place).is_some_and(|(_, other)| other >= end);
        if is_time {
            return Ok(None);
        }
        *target = Some(Target::Issues(self.keys_of((place, end))?));
        Ok(Some(end))
    }

    /// Whether what was done is told from a token on.
    fn leads_to_comment(&self, at: usize) -> bool {
        let marked = self.is(at, &[":", "-", "–", "—", "doing", "comment", "saying", "because"])
            || self.kind(at) == Some(Kind::Quoted);
        let known = self.explicit(at + 1).is_some() || self.scan.when(at).is_some();
        marked
            || at + 1 < self.end()
                && self.is(at, &["for", "on", "about", "with", ",", "to"])
                && !known
                && !self.is(at + 1, &["work", "me"])
    }

    /// The day that a time tells, as `2026-11-30`. `ahead`: it is still to come.
    pub(super) fn day(&self, when: &When, place: (usize, usize), ahead: bool) -> Try<String> {
        if let Some((one, other)) = when.doubt {
            let at = (place.0..place.1).rev().find(|at| self.kind(*at) == Some(Kind::Number)).unwrap_or(place.0);
            let days = [one, other].into_iter().filter_map(day::write);
            let choices = days.map(|day| Choice { text: self.replaced((at, at + 1), &day), label: day }).collect();
            return Err(Stop::Ask(Question {
                message: format!("“{}”: which day is it?", self.verbatim(place.0, place.1)),
                choices,
            }));
        }
        let today = self.scan.today;
        let from = when.from.as_ref().and_then(|edge| number(edge, today, when.either && ahead));
        let to = when.to.as_ref().and_then(|edge| number(edge, today, false));
        let found = match (from, to) {
            (Some(from), Some(to)) if to - from == 1 => {
                let digits = (place.0..place.1).any(|at| self.kind(at) == Some(Kind::Number));
                let past =
                    ahead && from < today && today - from < 7 && matches!(when.from, Some(Edge::Day(_))) && !digits;
                if past { from + 7 } else { from }
            }
            // By the end of a week is by its Friday.
            (_, Some(to)) if ahead && matches!(when.to, Some(Edge::Start(Unit::Week, _))) => to - 3,
            (_, Some(to)) if ahead => {
                if matches!(when.to, Some(Edge::Relative(..))) {
                    to
                } else {
                    to - 1
                }
            }
            (Some(from), _) => from,
            (None, Some(to)) => to - 1,
            (None, None) => return Err(Stop::No),
        };
        day::write(found).ok_or(Stop::No)
    }
}

fn unit_of(word: &str) -> Option<(char, u64)> {
    UNITS.iter().find(|(.., words)| words.contains(&word)).map(|(letter, seconds, _)| (*letter, *seconds))
}

/// `2h`, `1.5h`, `1h30m`, `90min`
fn compact(word: &str, spent: &mut Spent) -> Option<()> {
    let mut rest = word;
    let mut sum = spent.clone();
    while !rest.is_empty() {
        let letters = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = rest.strip_suffix(letters)?;
        let after = letters.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let name = letters.strip_suffix(after)?;
        sum.add(digits.parse().ok()?, unit_of(name)?)?;
        rest = after;
    }
    *spent = sum;
    Some(())
}

/// A moment as a day. `turned`: what is told as behind is ahead.
pub(in crate::chat::read) fn number(edge: &Edge, today: i64, turned: bool) -> Option<i64> {
    let Edge::Relative(count, unit) = edge else { return day::read(&time::plain(edge, today)?) };
    let count = i64::from(if turned { count.abs() } else { *count });
    Some(match unit {
        Unit::Day => today + count,
        Unit::Week => today + 7 * count,
        Unit::Month => months_from(today, count)?,
        Unit::Year => months_from(today, 12 * count)?,
        _ => today,
    })
}

/// The same day so many months on, or the last of that month.
fn months_from(today: i64, count: i64) -> Option<i64> {
    let written = day::write(today)?;
    let mut parts = written.split('-').filter_map(|part| part.parse::<i64>().ok());
    let (year, month, date) = (parts.next()?, parts.next()? - 1 + count, parts.next()?);
    let (year, month) = (year + month.div_euclid(12), month.rem_euclid(12) + 1);
    (28..=date.max(28))
        .rev()
        .chain([date])
        .filter(|day| *day <= date)
        .find_map(|date| day::read(&format!("{year:04}-{month:02}-{date:02}")))
}
