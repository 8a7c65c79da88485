//! Names that were perhaps meant.

use crate::few::sorted;

/// Longer words are not compared: the cost grows with the square, and nobody mistypes that much.
const LONGEST: usize = 48;

/// How many names are looked at.
const CANDIDATES: usize = 5_000;

/// Whether two names are the same but for the case of letters.
pub fn same(one: &str, other: &str) -> bool {
    // Most names differ in their first or last letter, and that is quickly seen.
    let differ = |a: Option<&u8>, b: Option<&u8>| {
        a.zip(b).is_some_and(|(a, b)| a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(b))
    };
    let (a, b) = (one.as_bytes(), other.as_bytes());
    if differ(a.last(), b.last()) || differ(a.first(), b.first()) {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    let (mut one, mut other) = (one.chars(), other.chars());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || a.to_lowercase().eq(b.to_lowercase()) => {}
            _ => return false,
        }
    }
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// The names that are nearest to a word, the nearest first, at most `most`: mistyped by few letters, or with the word as their
/// beginning or as one of their words. The cost is bounded however long the word and the list are.
pub fn near(word: &str, names: &mut dyn Iterator<Item = &str>, most: usize) -> Vec<String> {
    let word: Vec<char> = folded(word).take(LONGEST + 1).collect();
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize, usize, &str)> = Vec::new();
    let mut letters = Vec::with_capacity(LONGEST + 1);
    for (at, name) in names.take(CANDIDATES).enumerate() {
        letters.clear();
        letters.extend(folded(name).take(LONGEST + 1));
        if letters.len() <= LONGEST
            && let Some(distance) = remoteness(&word, &letters)
            && !found.iter().any(|(.., known)| *known == name)
        {
            found.push((distance, letters.len().abs_diff(word.len()), at, name));
        }
    }
    sorted(found).into_iter().take(most).map(|(.., name)| name.to_owned()).collect()
}

/// How far a name is from a word; `None` if it is too far to have been meant.
fn remoteness(word: &[char], name: &[char]) -> Option<usize> {
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
        rest.starts_with(word) && rest.get(word.len()).is_none_or(|c| !c.is_alphanumeric())
    };
    let begins = |at: usize| at == 0 || name.get(at - 1).is_some_and(|c| !c.is_alphanumeric());
    let inside = word.len() > 2 && (0..name.len()).any(|at| begins(at) && starts(at));
    let shortened = word.len() > 3 && name.starts_with(word);
    (inside || shortened).then_some(2)
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour; `None` if more than `most`.
fn edits(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut this = vec![row + 1];
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
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().filter(|distance| *distance <= most)
}
