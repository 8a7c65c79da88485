//! Where a time can be told at all: what tells one is tried only there.

use super::{MONTHS, NUMBERS, UNITS, WEEKDAYS};
use crate::chat::date::ORDINALS;
use crate::chat::read::sentence::Sentence;
use crate::chat::read::token::{Kind, Token};
use std::sync::LazyLock;

/// Other words without which no time is told.
const HEARTS: &str = "fortnight fortnights today tonight yesterday tomorrow now overnight night morning afternoon evening weekend eod cob eow \
     eom eoy ytd mtd christmas xmas summer winter spring autumn holidays";

/// Numbers that [`super::number`] knows beside [`NUMBERS`].
pub(super) const TENS: [&str; 6] = ["thirty", "forty", "fifty", "sixty", "eighty", "ninety"];

/// Words, apart from numbers, that can stand in a time before the first of those.
const LEADS: &str = "in on during for at within over of the this current whole entire last previous prior preceding next coming \
     following upcoming past recent rolling full calendar business working early late mid new beginning start begin end between from since \
     until till by through before after under more less older longer earlier newer younger greater fewer later than least no not to up as \
     starting ending or with about around roughly some half ( > >= < <=";

/// What a word can be in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What no time is without.
    Heart,
    /// A number, which can stand before it.
    Number,
    /// What else can stand before it.
    Lead,
}

/// What can be told at a token. What cannot need not be looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sign {
    /// A time: it is the heart of one, or what comes before it.
    pub time: bool,
    /// A number.
    pub number: bool,
}

/// All those words, sorted.
static PARTS: LazyLock<Vec<(&'static str, Part)>> = LazyLock::new(|| {
    let units = UNITS.iter().map(|(_, names)| *names);
    let hearts = units.chain(WEEKDAYS).chain(MONTHS).flatten().copied().chain(HEARTS.split_ascii_whitespace());
    let numbers = NUMBERS.into_iter().flatten().copied().chain(TENS);
    let leads = ORDINALS.into_iter().chain(LEADS.split_ascii_whitespace());
    let mut parts: Vec<_> = hearts.map(|word| (word, Part::Heart)).collect();
    parts.extend(numbers.map(|word| (word, Part::Number)).chain(leads.map(|word| (word, Part::Lead))));
    parts.sort_unstable_by_key(|(word, _)| *word);
    parts
});

/// What can be told at each token.
pub fn signs(sentence: &Sentence<'_>) -> Vec<Sign> {
    let mut signs = vec![Sign::default(); sentence.tokens.len()];
    let mut behind = false;
    for (at, (token, sign)) in sentence.tokens.iter().zip(&mut signs).enumerate().rev() {
        let own = word(&token.word);
        let parts = || own.into_iter().chain(sentence.meant(at).filter_map(word));
        behind = is_date(token) || parts().any(|part| part == Part::Heart || behind);
        *sign = Sign { time: behind, number: token.kind == Kind::Number || parts().any(|part| part == Part::Number) };
    }
    signs
}

/// Whether a token can be a time by its form.
fn is_date(token: &Token) -> bool {
    let digits = token.word.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit());
    let called = token.word.starts_with("startof") || token.word.starts_with("endof");
    let dated = ["q1", "q2", "q3", "q4", "h1", "h2"].contains(&&*token.word);
    token.kind == Kind::Quoted || digits || called || dated
}

fn word(word: &str) -> Option<Part> {
    let at = PARTS.binary_search_by_key(&word, |(known, _)| *known).ok()?;
    PARTS.get(at).map(|(_, part)| *part)
}
