//! Counting values.

use crate::day;
use crate::jira::value::Piece;
use crate::jql::ast::Clause;
use crate::jql::build::{and, field};
use crate::vocabulary::Entry;

/// More days than this are counted by months.
const MOST_DAYS: usize = 31;

/// How often each value was seen.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The values; the empty one stands for issues without any.
    pub(super) counts: Vec<(Piece, u32)>,
    /// Whether an issue had several.
    pub(super) several: bool,
}

impl Tally {
    /// Counts the values of one issue.
    pub(super) fn add(&mut self, mut pieces: Vec<Piece>) {
        self.several |= pieces.len() > 1;
        if pieces.is_empty() {
            pieces.push(Piece { text: String::new(), id: String::new() });
        }
        for piece in pieces {
            self.count(piece, 1);
        }
    }

    fn count(&mut self, piece: Piece, by: u32) {
        match self.counts.iter_mut().find(|(known, _)| known.id == piece.id) {
            Some((_, count)) => *count += by,
            None => self.counts.push((piece, by)),
        }
    }

    /// Moments by their days, or by months where there are many days. Days are those that Jira writes: in the person's own time.
    pub(super) fn by_time(self) -> Self {
        let days = self.cut(10);
        if days.counts.len() > MOST_DAYS { days.cut(7) } else { days }
    }

    fn cut(self, characters: usize) -> Self {
        let mut cut = Self { several: self.several, ..Self::default() };
        for (piece, count) in self.counts {
            let text: String = piece.id.chars().take(characters).collect();
            cut.count(Piece { text: text.clone(), id: text }, count);
        }
        cut
    }

    /// The values seen most often.
    pub(super) fn largest(mut self, most: usize) -> Vec<Piece> {
        self.sort(false, &[]);
        self.counts.into_iter().take(most).map(|(piece, _)| piece).collect()
    }

    /// By time; in the order of `ranks`; or the largest first. Those without a value come last.
    pub(super) fn sort(&mut self, by_time: bool, ranks: &[Entry]) {
        let rank = |piece: &Piece| ranks.iter().position(|entry| entry.name == piece.id).unwrap_or(usize::MAX);
        self.counts.sort_by(|(one, few), (other, many)| {
            let last = one.id.is_empty().cmp(&other.id.is_empty());
            let order = if by_time { one.id.cmp(&other.id) } else { rank(one).cmp(&rank(other)).then(many.cmp(few)) };
            last.then(order).then(one.text.cmp(&other.text))
        });
    }
}

/// On this day, `2026-11-30`, or in this month, `2026-11`.
pub(super) fn within(name: &str, span: &str) -> Clause {
    let (first, next) = bounds(span).unwrap_or_else(|| (span.to_owned(), span.to_owned()));
    let bounds = vec![field(name).at_least(first), field(name).less(next)];
    and(bounds).unwrap_or_else(|| field(name).eq(span))
}

fn bounds(span: &str) -> Option<(String, String)> {
    if let Some(day) = day::read(span) {
        return Some((span.to_owned(), day::write(day + 1)?));
    }
    let first = format!("{span}-01");
    let days = (28..=31).filter_map(|length| day::write(day::read(&first)? + length));
    let next = days.into_iter().find(|next| next.ends_with("-01"))?;
    Some((first, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece {
        Piece { text: text.into(), id: text.into() }
    }

    fn counted(tally: &Tally) -> Vec<(&str, u32)> {
        tally.counts.iter().map(|(piece, count)| (piece.text.as_str(), *count)).collect()
    }

    #[test]
    fn every_value_counts_and_having_none_is_one_too() {
        let mut tally = Tally::default();
        for labels in [vec!["a", "b"], vec!["b"], vec![], vec!["b"]] {
            tally.add(labels.into_iter().map(piece).collect());
        }
        tally.sort(false, &[]);
        assert!(tally.several);
        assert_eq!(counted(&tally), [("b", 3), ("a", 1), ("", 1)], "the largest first, none last");
    }

    #[test]
    fn moments_are_counted_by_days_and_many_days_by_months() {
        let mut tally = Tally::default();
        for at in ["2026-11-02T23:59:00.000+0100", "2026-11-02T08:00:00.000+0100", "2026-10-30T08:00:00.000+0100"] {
            tally.add(vec![piece(at)]);
        }
        let mut days = tally.by_time();
        days.sort(true, &[]);
        assert_eq!(counted(&days), [("2026-10-30", 1), ("2026-11-02", 2)]);
        let mut many = Tally::default();
        (0..40).for_each(|number| many.add(vec![piece(&day::write(20_700 + number).unwrap())]));
        assert_eq!(many.by_time().counts.len(), 2);
    }

    #[test]
    fn a_day_and_a_month_end_before_the_next_begins() {
        assert_eq!(within("created", "2026-02-28").to_string(), "created >= 2026-02-28 AND created < 2026-03-01");
        assert_eq!(within("created", "2026-12").to_string(), "created >= 2026-12-01 AND created < 2027-01-01");
        assert_eq!(within("created", "2028-02").to_string(), "created >= 2028-02-01 AND created < 2028-03-01");
    }

    #[test]
    fn priorities_come_in_the_order_of_the_site() {
        let ranks: Vec<Entry> = ["High", "Low"].map(|name| Entry { name: name.into(), ..Entry::default() }).into();
        let mut tally = Tally { counts: vec![(piece("Low"), 9), (piece(""), 50), (piece("High"), 1)], several: false };
        tally.sort(false, &ranks);
        assert_eq!(counted(&tally), [("High", 1), ("Low", 9), ("", 50)]);
    }
}
