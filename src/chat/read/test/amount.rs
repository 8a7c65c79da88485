//! Numbers and amounts of time with what compares them: `at least 3`, `8 or more`, `more than 2 days`.

use super::Test;
use crate::chat::read::scan::Scan;
use crate::chat::read::token::Kind;
use crate::chat::when::{self, Unit};
use crate::jql::ast::Operator;

/// Words behind an amount of time that say of what it is.
const OF_TIME: [(&str, &[&str]); 2] = [
    ("remainingEstimate", &["remaining", "left", "outstanding"]),
    ("timespent", &["logged", "spent", "booked", "tracked", "worked"]),
];

/// Verbs before an amount of time that tell what something has cost.
const COSTS: &[&str] = &[
    "eaten",
    "eat",
    "eats",
    "ate",
    "cost",
    "costs",
    "costed",
    "took",
    "taken",
    "consumed",
    "swallowed",
    "devoured",
    "burned",
    "burnt",
    "gobbled",
    "absorbed",
    "devoured",
];

/// Whose time something has cost.
const WHOSE: &[&str] = &[
    "our",
    "my",
    "their",
    "his",
    "her",
    "people",
    "peoples",
    "people's",
    "everybody",
    "everyone",
    "the",
    "team",
    "team's",
    "developer",
    "developers",
    "somebody",
    "someone",
    "us",
];

impl Scan<'_> {
    /// The field that the words around an amount of time stand for, and the token behind them: “more than 2 days logged”, “has eaten
    /// 3 hours of our time”. The amount begins at a token and ends before another.
    pub(super) fn field_of_time(&self, begin: usize, at: usize) -> Option<(usize, usize)> {
        let named = |name: &str| self.index.fields.iter().position(|field| field.name == name);
        // “More than a day has been logged”
        let been =
            (at..at + 3).find(|at| !self.sentence.is(*at, &["has", "have", "had", "was", "were", "been", "already"]));
        let verb = been.unwrap_or(at);
        if let Some((name, _)) = OF_TIME.iter().find(|(_, words)| self.sentence.is(verb, words)) {
            return Some((named(name)?, verb + 1));
        }
        let skip =
            |from: usize, words: &[&str]| (from..from + 2).find(|at| !self.sentence.is(*at, words)).unwrap_or(from + 2);
        let whose = skip(if self.sentence.is(at, &["of"]) { at + 1 } else { at }, WHOSE);
        let told = whose > at && self.sentence.is(whose, &["time", "work", "effort", "working"]);
        let costs = begin > 0 && self.sentence.is(begin - 1, COSTS);
        let end = if told { whose + 1 } else { at };
        (told || costs && !self.sentence.is(at, &["ago", "old"])).then_some((named("timespent")?, end))
    }

    /// The token behind a verb that tells of what something has cost: “has eaten up”.
    pub(super) fn costs(&self, at: usize) -> Option<usize> {
        let verb = (at..at + 2).find(|verb| self.sentence.is(*verb, COSTS))?;
        let has = verb == at || self.sentence.is(at, &["has", "have", "had"]);
        has.then_some(verb + 1)
    }

    /// A number or an amount of time with what compares it.
    pub(crate) fn amount(&self, at: usize) -> Option<(Test, usize)> {
        if self.sentence.is(at, &["between", "from"])
            && let Some((low, next)) = self.quantity(at + 1)
            && self.sentence.is(next, &["and", "to", "-"])
            && let Some((high, end)) = self.quantity(next + 1)
        {
            return Some((Test::Range(low, high), end));
        }
        if let Some((operator, next)) = self.compared(at, "cmp") {
            let (text, end) = self.quantity(next)?;
            return Some((Test::Amount(operator, text), end));
        }
        let (text, end) = self.quantity(at)?;
        if let Some((operator, end)) = self.compared(end, "post") {
            return Some((Test::Amount(operator, text), end));
        }
        Some((Test::Amount(Operator::Equals, text), end))
    }

    /// A number, or an amount of time as queries write it.
    fn quantity(&self, at: usize) -> Option<(String, usize)> {
        if let Some((number, unit, end)) = when::amount(self.sentence, at) {
            let letter = match unit {
                Unit::Minute => 'm',
                Unit::Hour => 'h',
                Unit::Day => 'd',
                Unit::Week => 'w',
                _ => return None,
            };
            return Some((format!("{number}{letter}"), end));
        }
        let token = self.sentence.token(at)?;
        let plain = token.kind == Kind::Number && token.word.parse::<f64>().is_ok();
        if plain {
            return Some((token.word.clone(), at + 1));
        }
        let (number, end) = when::number(self.sentence, at).filter(|_| !self.sentence.is(at, &["a", "an"]))?;
        Some((number.to_string(), end))
    }

    /// A phrase that compares.
    pub(crate) fn compared(&self, at: usize, kind: &str) -> Option<(Operator, usize)> {
        let (text, end) = self.keyword(at, kind)?;
        let operator = match text {
            ">" => Operator::Greater,
            ">=" => Operator::GreaterOrEqual,
            "<" => Operator::Less,
            "<=" => Operator::LessOrEqual,
            _ => Operator::Equals,
        };
        Some((operator, end))
    }
}
