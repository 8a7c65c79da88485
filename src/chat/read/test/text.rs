//! Tests of the fields for text that a site has made itself: `lot number contains L412`, `customer: Acme`.

use super::{Found, Test};
use crate::chat::read::scan::{Bound, Item, Scan};
use crate::jql::fields::{self, Type};

/// Words between a field and the text that it is to hold.
const SAYS: &[&str] = &[
    "~",
    "=",
    ":",
    "is",
    "contains",
    "contain",
    "containing",
    "like",
    "mentions",
    "mentioning",
    "includes",
    "including",
    "has",
    "says",
    "matches",
    "with",
    "of",
];

impl Scan<'_> {
    /// The texts that a field can be tested for behind its name.
    pub(super) fn text_of_field(&self, field: usize, item: &Item, found: &mut Vec<Found>) {
        let Some(known) = self.index.fields.get(field).filter(|known| known.kind == Type::Text) else { return };
        if fields::field(&known.name).is_some() {
            return;
        }
        let told = self.sentence.is(item.end, SAYS);
        let at = if told { item.end + 1 } else { item.end };
        // Without such a word only what is written like a name or a number is its value.
        let plain = self
            .sentence
            .token(at)
            .is_some_and(|token| told || token.capital && at > 1 || token.word.contains(|c: char| c.is_ascii_digit()));
        if !plain {
            return;
        }
        // “The customer Stark Industries”
        let is_name = |end: usize| (at..end).all(|at| self.sentence.token(at).is_some_and(|token| token.capital));
        for (bound, end, cost) in self.texts(at) {
            if let Bound::Text(text) = bound
                && (told || end == at + 1 || is_name(end))
            {
                found.push(Found { field, test: Test::Text(text), end, cost: item.cost + cost });
            }
        }
    }
}
