//! Names that were perhaps meant.

use super::fold::{is_letter, small};

/// Longer words are not compared: the cost grows with the square, and nobody mistypes that much.
const LONGEST: usize = 48;

/// How many names are looked at.
const CANDIDATES: usize = 5_000;

/// The names that are nearest to a word, the nearest first, at most `most`: mistyped by few letters, or with the word as their
/// beginning or as one of their words. The cost is bounded however long the word and the list are.
pub fn near(word: &str, names: &mut dyn Iterator<Item = &str>, most: usize) -> Vec<String> {
    let word = letters(word);
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<([usize; 3], &str)> = Vec::new();
    for (at, name) in names.take(CANDIDATES).enumerate() {
        let letters = letters(name);
        let Some(distance) = remoteness(&word, &letters) else { continue };
        let rank = [distance, letters.len().abs_diff(word.len()), at];
        if !found.iter().any(|(_, known)| *known == name) {
            found.insert(found.partition_point(|(known, _)| *known <= rank), (rank, name));
            found.truncate(most);
        }
    }
    found.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// The letters of a text, in small, and no more of them than show that it is too long.
fn letters(text: &str) -> Vec<char> {
    text.chars().take(LONGEST + 1).map(small).collect()
}

/// How far a name is from a word; `None` if it is too far to have been meant.
fn remoteness(word: &[char], name: &[char]) -> Option<usize> {
    if name.len() > LONGEST {
        return None;
    }
    let most = match word.len() {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    if let Some(distance) = edits(word, name, most) {
        return Some(distance);
    }
    let starts = |from: usize| {
        let rest = name.get(from..).unwrap_or_default();
        rest.starts_with(word) && rest.get(word.len()).is_none_or(|c| !is_letter(*c))
    };
    let begins = |at: usize| at == 0 || name.get(at - 1).is_some_and(|c| !is_letter(*c));
    let inside = word.len() > 2 && (0..name.len()).any(|at| begins(at) && starts(at));
    let shortened = word.len() > 3 && name.starts_with(word);
    (inside || shortened).then_some(2)
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour; `None` if more than `most`.
pub fn edits(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::with_capacity(other.len() + 1);
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut this: Vec<usize> = Vec::with_capacity(other.len() + 1);
    for (row, letter) in one.iter().enumerate() {
        this.clear();
        this.push(row + 1);
        for (column, against) in other.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let change = at(&last, column) + usize::from(letter != against);
            let mut least = change.min(at(&last, column + 1) + 1).min(at(&this, column) + 1);
            let swapped =
                row > 0 && column > 0 && one.get(row - 1) == Some(against) && other.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            this.push(least);
        }
        if this.iter().all(|distance| *distance > most) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut this);
    }
    last.last().copied().filter(|distance| *distance <= most)
}
