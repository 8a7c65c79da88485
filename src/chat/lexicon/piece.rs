//! The pieces that a phrase of the table is written in.

use super::Node;
use crate::chat::dictionary::{Dictionary, NONE, Word};
use crate::chat::read::token;

/// One bit for a word, of 64: what lacks the bit lacks the word.
pub const fn mark(word: Word) -> u64 {
    1 << (word.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Rows of words, of which one stands in a text: where they are among those of the whole table, behind each of them [`NONE`].
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    first: u32,
    last: u32,
}

impl Rows {
    /// Takes in rows that have strokes between them, and their words underscores.
    pub(super) fn add(text: &str, all: &mut Vec<Word>, words: &mut Dictionary) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let first = number(all.len());
        for row in text.split(['|']) {
            for part in row.split(['_']) {
                each_of_row(part, words, &mut |word| all.push(word));
            }
            all.push(NONE);
        }
        Self { first, last: number(all.len()) }
    }

    pub(super) fn each(self, all: &[Word]) -> impl Iterator<Item = &[Word]> {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let rows = all.get(place(self.first)..place(self.last).saturating_sub(1)).unwrap_or_default();
        rows.split(|word| *word == NONE)
    }
}

/// The marks of the words that these pieces cannot do without, and those of the fewest words of which one has to be there.
pub(super) fn needs(nodes: &[Node], all: &[Word]) -> (u64, u64) {
    let (mut needs, mut one_of) = (0, u64::MAX);
    for node in nodes {
        match node {
            Node::Word(word) => needs |= mark(*word),
            Node::Either(rows) => {
                let first = |row: &[Word]| row.first().map_or(u64::MAX, |word| mark(*word));
                let marks = rows.each(all).fold(0, |marks, row| marks | first(row));
                if marks.count_ones() < one_of.count_ones() {
                    one_of = marks;
                }
            }
            Node::Maybe(_) | Node::Slot(_) => {}
        }
    }
    (needs, one_of)
}

/// The next piece of a phrase; what stands in brackets is one.
pub(super) fn next_piece(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    if text.is_empty() {
        return None;
    }
    let end = if text.starts_with('[') {
        text.find(']').map_or(text.len(), |at| at + 1)
    } else {
        text.find(' ').unwrap_or(text.len())
    };
    text.split_at_checked(end)
}

/// The words of a row, as texts have them.
pub(super) fn each_of_row(text: &str, words: &mut Dictionary, each: &mut dyn FnMut(Word)) {
    // Most words of the table are as texts have them.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return each(words.add(text));
    }
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let found = token::words(word);
        if found.is_empty() {
            each(words.add(word));
        }
        found.iter().for_each(|word| each(words.add(word)));
    }
}
