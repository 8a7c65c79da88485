//! Spans of time by themselves: `last week`, `yesterday`, `the next 3 days`, `end of the month`.

use super::{Edge, MONTHS, Reader, UNITS, Unit, WEEKDAYS, When, amount, period, relative, single, unit};
use crate::chat::read::token::Kind;
use crate::chat::{date, time};
use crate::day;

/// What names a period: four words for the one that is, four for the one before, four for the next.
const SHIFTS: [&str; 12] = [
    "this",
    "current",
    "whole",
    "entire",
    "last",
    "previous",
    "prior",
    "preceding",
    "next",
    "coming",
    "following",
    "upcoming",
];

impl Reader<'_> {
    /// A span of time by itself.
    pub fn span(&self, at: usize) -> Option<(When, usize)> {
        let skip = |words: &[&str], at: usize| if self.is(at, words) { at + 1 } else { at };
        let bare = skip(&["in", "on", "during", "for", "at", "within", "over", "of"], at);
        let at = self.sentence.past_articles(bare);
        let found = self
            .part_of(at)
            .or_else(|| self.named(at))
            .or_else(|| self.rolling(bare))
            .or_else(|| self.rolling(at))
            .or_else(|| self.calendar(at))
            .or_else(|| self.weekday(at))
            .or_else(|| date::date(self, at));
        found.map(|(when, end)| self.onwards(when, end))
    }

    /// `the beginning of the month`, `end of last week`, `EOW`
    fn part_of(&self, at: usize) -> Option<(When, usize)> {
        let short =
            [("eod", Unit::Day), ("cob", Unit::Day), ("eow", Unit::Week), ("eom", Unit::Month), ("eoy", Unit::Year)];
        if let Some((_, unit)) = short.iter().find(|(word, _)| self.is(at, &[*word])) {
            return Some((When { to: Some(Edge::Start(*unit, 1)), ..When::default() }, at + 1));
        }
        if self.is(at, &["new"]) && self.is(at + 1, &["year"]) {
            return Some((When { from: Some(Edge::Start(Unit::Year, 0)), ..When::default() }, at + 2));
        }
        let to_date = [("ytd", Unit::Year), ("mtd", Unit::Month)];
        if let Some((_, unit)) = to_date.iter().find(|(word, _)| self.is(at, &[*word])) {
            return Some((When { from: Some(Edge::Start(*unit, 0)), ..When::default() }, at + 1));
        }
        if let Some(found) = self.called(at) {
            return Some(found);
        }
        if let Some((unit, 1)) = unit(self.sentence, at).filter(|_| self.is(at + 1, &["end"])) {
            return Some((When { to: Some(Edge::Start(unit, 1)), ..When::default() }, at + 2));
        }
        if let Some(found) = self.is_over(at) {
            return Some(found);
        }
        if let Some((unit, 1)) =
            unit(self.sentence, at).filter(|_| self.is(at + 1, &["began", "started", "begun", "start"]))
        {
            return Some((When { from: Some(Edge::Start(unit, 0)), ..When::default() }, at + 2));
        }
        // “The calendar week before this one”
        let next = if self.is(at, &["calendar", "whole"]) { at + 1 } else { at };
        if let Some((unit, 1)) = unit(self.sentence, next).filter(|_| {
            self.is(next + 1, &["before"])
                && self.is(next + 2, &["this", "the"])
                && self.is(next + 3, &["one", "current"])
        }) {
            return Some((period(unit, -1), next + 4));
        }
        self.border(at)
    }

    /// The end of a stretch of time, as a limit: before “the year is over”.
    fn is_over(&self, at: usize) -> Option<(When, usize)> {
        let is = at + 1 + usize::from(self.is(at + 1, &["is", "has"]));
        let (unit, _) = unit(self.sentence, at).filter(|(_, times)| *times == 1)?;
        let over = self.is_limit(at) && self.is(is, &["over", "ends", "ended", "closes", "out"]);
        over.then(|| (When { to: Some(Edge::Start(unit, 1)), ..When::default() }, is + 1))
    }

    /// `beginning of the month`, `end of last week`
    fn border(&self, at: usize) -> Option<(When, usize)> {
        let begins = self.is(at, &["beginning", "start", "begin"]);
        if !begins && !self.is(at, &["end"]) {
            return None;
        }
        let mut next = if self.is(at + 1, &["of"]) { at + 2 } else { at + 1 };
        next = self.sentence.past_articles(next);
        let (whole, end) = match unit(self.sentence, next) {
            Some((Unit::Quarter, _)) => date::quarter(self, 0).map(|when| (when, next + 1))?,
            Some((unit, _)) => (period(unit, 0), next + 1),
            None => self.span(next)?,
        };
        let edge = if begins { whole.from.clone()? } else { whole.to? };
        let (from, to) = match edge {
            // “At the start of October” is a day, “since the start” all that follows.
            Edge::Start(..) if begins && self.is_at(at) => {
                let day = day::read(&time::plain(&edge, self.today)?)?;
                (Edge::Day(day), Some(Edge::Day(day + 1)))
            }
            Edge::Start(unit, shift) if begins => (Edge::Start(unit, shift), None),
            Edge::Day(day) if begins => (Edge::Day(day), self.is_at(at).then_some(Edge::Day(day + 1))),
            // The end of what is over is not told by the day.
            Edge::Start(unit, shift) if shift <= 0 => (whole.from?, Some(Edge::Start(unit, shift))),
            // The end of a time by itself is when something has to be ready: no beginning.
            Edge::Start(unit, shift) => {
                return Some((When { to: Some(Edge::Start(unit, shift)), ..When::default() }, end));
            }
            Edge::Day(day) => (Edge::Day(day - 1), Some(Edge::Day(day))),
            other => (other, None),
        };
        Some((When { from: Some(from), to, ..When::default() }, end))
    }

    fn is_at(&self, at: usize) -> bool {
        let before = at - usize::from(at > 0 && self.is(at - 1, &["the"]));
        before > 0 && self.is(before - 1, &["at"])
    }

    /// `startOfWeek(-1)`, `now()`, as queries write them.
    fn called(&self, at: usize) -> Option<(When, usize)> {
        let word = &self.sentence.token(at)?.word;
        let (begins, unit) = match word.strip_prefix("startof") {
            Some(unit) => (true, unit),
            None => (false, word.strip_prefix("endof")?),
        };
        let (unit, _) = UNITS.iter().find(|(_, names)| names.first() == Some(&unit))?;
        let (mut shift, mut end) = (0, at + 1);
        if self.is(end, &["("]) {
            let inner = self.sentence.token(end + 1)?;
            if inner.kind == Kind::Number {
                shift = inner.word.parse().ok()?;
                end += 1;
            }
            end += 2;
        }
        let from = if begins { Edge::Start(*unit, shift) } else { Edge::Start(Unit::Day, 0) };
        let to = (!begins).then_some(Edge::Start(*unit, shift + 1));
        Some((When { from: Some(from), to, ..When::default() }, end))
    }

    /// `today`, `yesterday`
    fn named(&self, at: usize) -> Option<(When, usize)> {
        if self.is(at, &["now"]) {
            return Some((When { from: Some(Edge::Now), to: Some(Edge::Now), ..When::default() }, at + 1));
        }
        if self.is(at, &["day"]) && self.is(at + 1, &["before", "after"]) && self.is(at + 2, &["yesterday", "tomorrow"])
        {
            return Some((period(Unit::Day, if self.is(at + 2, &["yesterday"]) { -2 } else { 2 }), at + 3));
        }
        let night = self.is(at, &["last"]) && self.is(at + 1, &["night"]);
        if night || self.is(at, &["overnight"]) {
            let from = Some(Edge::Start(Unit::Day, -1));
            return Some((When { from, ..When::default() }, at + 1 + usize::from(night)));
        }
        if self.is(at, &["this"]) && self.is(at + 1, &["morning", "afternoon", "evening"]) {
            return Some((period(Unit::Day, 0), at + 2));
        }
        let names = [("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1)];
        let (_, shift) = names.iter().find(|(word, _)| self.is(at, &[*word]))?;
        // “Yesterday evening”: days are not told apart further.
        let part = self.is(at + 1, &["morning", "afternoon", "evening", "night"]);
        Some((period(Unit::Day, *shift), at + 1 + usize::from(part)))
    }

    /// `the last 7 days`, `past week`, `next 3 days`, `within 24 hours`, `7 days`
    fn rolling(&self, at: usize) -> Option<(When, usize)> {
        let back = self.is(at, &["last", "past", "previous", "prior", "preceding", "recent"]);
        let ahead = self.is(at, &["next", "coming", "following", "upcoming"]);
        if back || ahead {
            let next = if self.is(at + 1, &["rolling", "full"]) { at + 2 } else { at + 1 };
            let past_one = self.is(at, &["past"]).then(|| unit(self.sentence, next)).flatten();
            let some = |(unit, times)| (times, unit, next + 1);
            let (number, unit, end) = amount(self.sentence, next).or(past_one.map(some))?;
            let edge = relative(if back { -number } else { number }, unit);
            let now = if matches!(unit, Unit::Hour | Unit::Minute) { Edge::Now } else { Edge::Start(Unit::Day, 0) };
            let (from, to) = if back { (Some(edge), None) } else { (Some(now), Some(edge)) };
            return Some((When { from, to, ..When::default() }, end));
        }
        let (number, unit, end) = amount(self.sentence, at)?;
        // “A week” and “3 points” are no times by themselves.
        let article = self.sentence.token(at).is_some_and(|token| matches!(&*token.word, "a" | "an"));
        let lead = at > 0 && self.is(at - 1, &["in", "for", "within", "during", "over"]);
        let lasting = at > 0 && self.is(at - 1, &["for"]);
        (lead || !article).then(|| {
            (When { lasting, from: Some(relative(-number, unit)), to: None, either: true, ..When::default() }, end)
        })
    }

    /// `this week`, `last month`, `next year`, `the current quarter`
    fn calendar(&self, at: usize) -> Option<(When, usize)> {
        let shift = match self.sentence.which(at, &SHIFTS)? {
            0..=3 => 0,
            4..=7 => -1,
            _ => 1,
        };
        let next = if self.is(at + 1, &["calendar", "whole", "entire", "business", "working", "full", "current"]) {
            at + 2
        } else {
            at + 1
        };
        if self.is(next, &["weekend"]) {
            return Some((self.weekend(shift), next + 1));
        }
        match unit(self.sentence, next)? {
            (Unit::Quarter, _) => Some((date::quarter(self, shift)?, next + 1)),
            (Unit::Minute, _) => None,
            (Unit::Hour, _) => Some((When { from: Some(relative(-1, Unit::Hour)), ..When::default() }, next + 1)),
            (Unit::Week, 1) if WEEKDAYS.iter().any(|names| self.is(next + 1, names)) => {
                let wanted = WEEKDAYS.iter().position(|names| self.is(next + 1, names))?;
                let monday = self.today - (self.today + 3).rem_euclid(7);
                Some((single(monday + i64::try_from(wanted).ok()? + 7 * i64::from(shift)), next + 2))
            }
            (unit, 1) => Some((period(unit, shift), next + 1)),
            (unit, times) => Some((When { from: Some(relative(-times, unit)), ..When::default() }, next + 1)),
        }
    }

    fn weekend(&self, shift: i32) -> When {
        let monday = self.today - (self.today + 3).rem_euclid(7);
        let saturday = monday + 5 + 7 * i64::from(shift);
        When { from: Some(Edge::Day(saturday)), to: Some(Edge::Day(saturday + 2)), ..When::default() }
    }

    /// `Monday`, `last Friday`, `next Tuesday`
    fn weekday(&self, at: usize) -> Option<(When, usize)> {
        if self.is(at, &["weekend"]) {
            let ahead = (self.today + 3).rem_euclid(7) >= 5 || self.is_limit(at);
            let end = if self.is(at + 1, &["starts", "begins", "comes"]) { at + 2 } else { at + 1 };
            return Some((self.weekend(if ahead { 0 } else { -1 }), end));
        }
        let lead = self.sentence.which(at, &["last", "past", "previous", "next", "coming", "this", "following"]);
        let place = if lead.is_some() { at + 1 } else { at };
        let wanted = i64::try_from(WEEKDAYS.iter().position(|names| self.is(place, names))?).ok()?;
        // 1970-01-01 was a Thursday.
        let today = (self.today + 3).rem_euclid(7);
        let monday = self.today - today;
        let day = match lead {
            Some(0..=2) => monday + wanted - if wanted >= today { 7 } else { 0 },
            Some(3) => monday + wanted + 7,
            Some(4 | 6) => monday + wanted + if wanted <= today { 7 } else { 0 },
            Some(_) => monday + wanted,
            // The next one where something is still to come, the last one where it has been.
            None if self.is_limit(at) => monday + wanted + if wanted < today { 7 } else { 0 },
            None => monday + wanted - if wanted > today { 7 } else { 0 },
        };
        let of_week = if self.is(place + 1, &["of"]) { place + 2 } else { place + 1 };
        // “Monday last week”
        if lead.is_none()
            && let Some((When { from: Some(Edge::Start(Unit::Week, shift)), .. }, end)) = self.calendar(of_week)
        {
            return Some((single(monday + wanted + 7 * i64::from(shift)), end));
        }
        // “Due friday” is the one to come.
        let either = lead.is_none() && day < self.today;
        Some((When { either, ..single(day) }, place + 1))
    }

    /// Whether a time is the limit of what is still to come: “before the weekend”.
    fn is_limit(&self, at: usize) -> bool {
        let article = usize::from(at > 0 && self.is(at - 1, &["the"]));
        at > article && self.is(at - 1 - article, &["by", "until", "till", "before"])
    }

    /// A month by its name, with its number from 1.
    pub(in crate::chat) fn month(&self, at: usize) -> Option<i64> {
        let written = self.sentence.token(at)?;
        // “May” and “Mar” are words of their own.
        let found = MONTHS
            .iter()
            .position(|names| names.contains(&&*written.word) || written.word.len() > 4 && self.is(at, names))?;
        if matches!(&*written.word, "may" | "mar" | "march" | "sep" | "dec" | "jan") && !written.capital {
            let before = at > 0
                && self.is(
                    at - 1,
                    &[
                        "in", "since", "before", "after", "until", "by", "last", "of", "from", "to", "during", "for",
                        "next", "this", "early", "late", "mid",
                    ],
                );
            let number = self.sentence.token(at + 1).is_some_and(|next| next.kind == Kind::Number);
            let glued = |at: usize| self.sentence.token(at).is_some_and(|token| token.glued);
            if !before && !number && !glued(at) && !glued(at + 1) {
                return None;
            }
        }
        i64::try_from(found + 1).ok()
    }
}
