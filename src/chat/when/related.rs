//! Times with the words before or behind them that relate to them: `since Monday`, `3 days ago`, `between March and May`.

use super::{Edge, Reader, Unit, When, amount, relative};
use crate::chat::date;
use crate::chat::read::token::Kind;

impl Reader<'_> {
    /// The time that is told at a token, with the word before it that relates to it (`since`, `before`); and the token behind it.
    pub fn when(&self, at: usize) -> Option<(When, usize)> {
        if self.sentence.sign(at).time { self.told(at) } else { None }
    }

    /// The same where a time can be told.
    pub(super) fn told(&self, at: usize) -> Option<(When, usize)> {
        let alone = self.span(at).or_else(|| self.season(at));
        self.between(at, alone.as_ref())
            .or_else(|| self.compared(at))
            .or_else(|| self.related(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.neighbours(alone.as_ref()?))
            .or(alone)
    }

    /// `yesterday and today`, `July or August`: two times, of which one begins where the other ends, are one.
    fn neighbours(&self, (one, next): &(When, usize)) -> Option<(When, usize)> {
        if !self.is(*next, &["and", "or", "&", "/"]) {
            return None;
        }
        let (other, end) = self.span(*next + 1)?;
        let plain = |when: &When| when.doubt.is_none() && when.to.is_some() && !when.lasting;
        if !plain(one) || !plain(&other) {
            return None;
        }
        let one = one.clone();
        let (first, last) = match (&one.to, &other.to) {
            (Some(to), _) if Some(to) == other.from.as_ref() => (one, other),
            (_, Some(to)) if Some(to) == one.from.as_ref() => (other, one),
            _ => return None,
        };
        Some((When { from: first.from, to: last.to, ..When::default() }, end))
    }

    /// `over the summer, June to August`: the months say when.
    fn season(&self, at: usize) -> Option<(When, usize)> {
        let led = usize::from(self.is(at, &["over", "in", "during"]));
        let named = self.sentence.past_articles(at + led);
        if !self.is(named, &["summer", "winter", "spring", "autumn", "holidays"]) {
            return None;
        }
        let next = if self.is(named + 1, &[",", "(", ":", "-", "–"]) { named + 2 } else { named + 1 };
        let (when, end) = self.told(self.sentence.past_articles(next)).filter(|(when, _)| is_stretch(when))?;
        Some((when, end + usize::from(self.is(next - 1, &["("]) && self.is(end, &[")"]))))
    }

    /// `between Monday and Friday`, `from March to May`
    fn between(&self, at: usize, alone: Option<&(When, usize)>) -> Option<(When, usize)> {
        let begins = self.is(at, &["between", "from", "since", "during"]);
        let open = begins && self.is(at + 1, &["("]);
        let (one, next) = if begins {
            self.span(at + 1 + usize::from(open)).or_else(|| self.bare_day(at + 1))?
        } else {
            alone?.clone()
        };
        let joined = open && self.is(next, &[","])
            || self.is(next, &["and"]) && self.is(at, &["between"])
            || self.is(next, &["to", "until", "till", "through", "-", "–"]);
        // “Jan-Mar”
        let glued = self.sentence.token(next).is_some_and(|token| token.glued) && self.month(next).is_some();
        if !joined && !glued {
            return None;
        }
        let (other, mut end) = self.span(if joined { next + 1 } else { next })?;
        if open && self.is(end, &[")"]) {
            end += 1;
        }
        // “Between the 1st and the 15th of October”: the month is told once.
        let one = date::in_month_of(self, at + usize::from(begins), &other)
            .filter(|_| next == self.sentence.past_articles(at + usize::from(begins)) + 1)
            .or((one.from.is_some() || one.to.is_some()).then_some(one))?;
        // “Between Monday and Friday”, said on a Wednesday: the Friday behind that Monday.
        let to = match (&one.from, other.to) {
            (Some(Edge::Day(from)), Some(Edge::Day(to))) if to <= *from && *from - to < 7 => Some(Edge::Day(to + 7)),
            (_, to) => to,
        };
        // “Jan to March 2026”: the year is told once.
        let from = match (one.from, &to) {
            (Some(Edge::Day(from)), Some(Edge::Day(to))) if from >= *to => {
                Some(Edge::Day(date::year_before(from).unwrap_or(from)))
            }
            (from, _) => from,
        };
        Some((When { from, to, doubt: one.doubt.or(other.doubt), ..When::default() }, end))
    }

    /// The number of a day whose month is told behind it: `between 1 and 15 October`.
    fn bare_day(&self, at: usize) -> Option<(When, usize)> {
        let day = self.sentence.token(at).filter(|token| token.kind == Kind::Number)?;
        (1..=31).contains(&day.word.parse().unwrap_or(0)).then(|| (When::default(), at + 1))
    }

    /// `more than 3 days ago`, `older than a month`, `over two weeks old`, `for more than a week`
    fn compared(&self, at: usize) -> Option<(When, usize)> {
        let led = self.is(at, &["for", "in", "since"]);
        let (older, plain, next) = self.comparison(at + usize::from(led))?;
        let plain = plain || led;
        let (number, unit, mut end) =
            amount(self.sentence, self.sentence.past_articles(next)).or_else(|| amount(self.sentence, next))?;
        let marked = self.is(end, &["ago", "old", "back", "earlier"]);
        if marked {
            end += 1;
        }
        // “In review more than a week”
        let long = older && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        if !marked && !plain && !long {
            return None;
        }
        let edge = relative(-number, unit);
        // “For more than a week” and “in over a week” tell since when; whoever negates it means those before.
        let since = (self.is(at, &["for", "in", "since", ">", ">=", "more", "over"]) || !plain) && !marked;
        let (from, to) = if since || !older { (Some(edge), None) } else { (None, Some(edge)) };
        Some((When { from, to, lasting: since, ..When::default() }, end))
    }

    /// Whether older is meant, whether it is said without doubt, and the token behind.
    fn comparison(&self, at: usize) -> Option<(bool, bool, usize)> {
        const THAN: [&str; 10] =
            ["older", "longer", "earlier", "newer", "younger", "more", "less", "greater", "fewer", "later"];
        if self.is(at, &THAN) && self.is(at + 1, &["than", "then", "as"]) && !self.is(at + 2, &["much", "many"]) {
            let newer = self.is(at, &["newer", "younger", "less", "fewer", "later"]);
            return Some((!newer, !self.is(at, &["more", "less", "greater", "fewer"]), at + 2));
        }
        if self.is(at, &["over", "under"]) {
            return Some((self.is(at, &["over"]), false, at + 1));
        }
        if self.is(at, &["at"]) && self.is(at + 1, &["least"]) {
            return Some((true, false, at + 2));
        }
        (self.is(at, &[">", ">="]) && amount(self.sentence, at + 1).is_some()).then_some((true, true, at + 1))
    }

    /// How a time that comes next is meant, and its token.
    fn relation(&self, at: usize) -> Option<(&'static str, usize)> {
        let two = |one: &[&str], other: &[&str]| self.is(at, one) && self.is(at + 1, other);
        if two(&["since", "from"], &["before"]) {
            return Some(("before", at + 2));
        }
        Some(if two(&["no", "not"], &["later", "earlier", "before", "after"]) {
            let than = if self.is(at + 2, &["than"]) { 3 } else { 2 };
            (if self.is(at + 1, &["later", "after"]) { "until" } else { "since" }, at + than)
        } else if two(&["later", "newer", "younger"], &["than"]) {
            ("after", at + 2)
        } else if two(&["earlier", "older", "prior"], &["than", "to"]) {
            ("before", at + 2)
        } else if two(&["up", "as", "starting", "beginning", "ending", "on"], &["to", "of", "from", "on", "or", "with"])
        {
            let until = self.is(at, &["up", "ending"]);
            let on_or = self.is(at, &["on"]);
            if on_or && self.is(at + 2, &["before", "after"]) {
                (if self.is(at + 2, &["before"]) { "until" } else { "since" }, at + 3)
            } else if on_or {
                return None;
            } else {
                (if until { "until" } else { "since" }, at + 2)
            }
        } else {
            let kinds = [
                ("since", &["since", "from", ">="][..]),
                ("after", &["after", ">"]),
                ("before", &["before", "<"]),
                ("until", &["until", "till", "by", "through", "<="]),
            ];
            let (kind, _) = kinds.iter().find(|(_, words)| self.is(at, words))?;
            (*kind, at + 1)
        })
    }

    /// A word that relates to a time, and the time.
    fn related(&self, at: usize) -> Option<(When, usize)> {
        let (kind, next) = self.relation(at)?;
        let (span, end) = self.ago(next).or_else(|| self.span(next)).or_else(|| self.elapsed(next))?;
        if kind == "since" && self.is_of(at, &span, end) {
            return Some((span, end));
        }
        let When { from, to, doubt, .. } = span;
        let (from, to) = match kind {
            "since" => (from, None),
            "after" => (to.or(from), None),
            "before" if self.is(self.sentence.past_articles(next), &["end", "eod", "eow", "eom", "eoy"]) => {
                (None, to.or(from))
            }
            "before" => (None, from.or(to)),
            _ => (None, to.or(from)),
        };
        Some((When { from, to, doubt, ..When::default() }, end))
    }

    /// “Bugs from last month” are of that month, “from Monday” are all since.
    fn is_of(&self, at: usize, span: &When, end: usize) -> bool {
        let onwards = self.is(end, &["on"]) && self.sentence.token(end + 1).is_none();
        self.is(at, &["from"]) && is_stretch(span) && !onwards
    }

    /// `since 3 weeks`, as people say whose language says so.
    fn elapsed(&self, at: usize) -> Option<(When, usize)> {
        let (number, unit, end) = amount(self.sentence, at)?;
        Some((When { from: Some(relative(-number, unit)), ..When::default() }, end))
    }

    /// `3 days ago`, `a week back`
    fn ago(&self, at: usize) -> Option<(When, usize)> {
        let at = if self.is(at, &["about", "around", "roughly", "some"]) { at + 1 } else { at };
        let (number, unit, end) = amount(self.sentence, at)?;
        if !self.is(end, &["ago", "back", "earlier"]) {
            return None;
        }
        let (from, to) = match unit {
            Unit::Minute | Unit::Hour => (relative(-number, unit), None),
            Unit::Day => (Edge::Start(Unit::Day, -number), Some(Edge::Start(Unit::Day, 1 - number))),
            Unit::Quarter => return None,
            unit => (Edge::Start(unit, -number), Some(Edge::Start(unit, 1 - number))),
        };
        Some((When { from: Some(from), to, ..When::default() }, end + 1))
    }

    /// `or later`, `and before`, `onwards`
    pub(super) fn onwards(&self, when: When, end: usize) -> (When, usize) {
        if self.is(end, &["onwards", "onward"]) {
            return (When { to: None, ..when }, end + 1);
        }
        if !self.is(end, &["or", "and"]) {
            return (when, end);
        }
        let long = matches!(when, When { from: Some(Edge::Relative(..)), to: None, .. });
        if long && self.is(end + 1, &["longer", "more", "over"]) {
            return (when, end + 2);
        }
        if self.is(end + 1, &["later", "after", "newer", "onwards"]) {
            return (When { to: None, ..when }, end + 2);
        }
        if self.is(end + 1, &["earlier", "before", "older"]) {
            return (When { from: None, ..when }, end + 2);
        }
        (when, end)
    }
}

/// Whether a time is longer than a day, or yesterday: people who say that something is from it mean no time behind it.
fn is_stretch(when: &When) -> bool {
    match (&when.from, &when.to) {
        (Some(Edge::Start(Unit::Day, from)), Some(Edge::Start(Unit::Day, _))) => *from == -1,
        (Some(Edge::Start(..)), Some(Edge::Start(..))) => true,
        (Some(Edge::Day(from)), Some(Edge::Day(to))) => to - from > 1,
        _ => false,
    }
}
