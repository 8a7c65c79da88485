//! All words that mean something: those of the chat's own phrases and those of the site's names, each with a number; and which of
//! them a mistyped word was perhaps meant to be.

use crate::vocabulary::edits;

/// The number of a word.
pub type Word = u32;

/// No word has this number.
pub const NONE: Word = Word::MAX;

/// Longer words are not compared.
const LONGEST: usize = 24;

/// Where a word is.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Where it begins in the text.
    start: u32,
    /// Where it ends.
    end: u32,
    /// Which letters it has, as [`letters`] tells.
    letters: u32,
    /// How many characters; of long ones more than [`LONGEST`].
    count: u8,
}

/// Words, each once.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    text: String,
    words: Vec<Place>,
    /// The numbers of the words, each as near to the place of its hash as there was room.
    table: Vec<Word>,
    /// Words that mean nothing here and are no slips of the pen for such as do, sorted.
    ordinary: Vec<&'static str>,
}

impl Dictionary {
    /// The word of a number; empty for a number that no word has.
    pub fn word(&self, word: Word) -> &str {
        let Some(place) = self.words.get(index(word)) else { return "" };
        self.text.get(index(place.start)..index(place.end)).unwrap_or_default()
    }

    /// The number of a word.
    pub fn find(&self, word: &str) -> Option<Word> {
        let found = *self.table.get(self.place(word)?)?;
        (found != NONE).then_some(found)
    }

    /// The number of a word, which is taken in if it is new.
    pub fn add(&mut self, word: &str) -> Word {
        if self.words.len() * 2 >= self.table.len() {
            self.grow();
        }
        let Some(place) = self.place(word) else { return NONE };
        match self.table.get(place) {
            Some(known) if *known != NONE => return *known,
            _ => {}
        }
        let (start, number) = (self.text.len(), number(self.words.len()));
        self.text.push_str(word);
        let (letters, count) = letters(word);
        self.words.push(Place { start: self::number(start), end: self::number(self.text.len()), letters, count });
        if let Some(place) = self.table.get_mut(place) {
            *place = number;
        }
        number
    }

    /// Takes in words of everyday speech, sorted: they are spelled as they are meant.
    pub fn take_ordinary(&mut self, words: impl Iterator<Item = &'static str>) {
        self.ordinary = words.collect();
    }

    /// Whether a word is one of everyday speech, and no slip of the pen for one that means something.
    pub fn is_ordinary(&self, word: &str) -> bool {
        self.ordinary.binary_search(&word).is_ok()
    }

    /// Where a word is in the table, or has to go.
    fn place(&self, word: &str) -> Option<usize> {
        let mask = self.table.len().checked_sub(1)?;
        let mut place = index(hash(word)) & mask;
        loop {
            let found = *self.table.get(place)?;
            if found == NONE || self.word(found) == word {
                return Some(place);
            }
            place = (place + 1) & mask;
        }
    }

    /// Makes room for so many more words at once.
    pub fn make_room(&mut self, more: usize) {
        let wanted = (2 * (self.words.len() + more)).next_power_of_two();
        if wanted > self.table.len() {
            self.grow_to(wanted);
        }
    }

    fn grow(&mut self) {
        self.grow_to((self.table.len() * 2).max(8192));
    }

    fn grow_to(&mut self, size: usize) {
        self.table = vec![NONE; size];
        for at in 0..self.words.len() {
            let number = number(at);
            if let Some(place) = self.place(self.word(number))
                && let Some(place) = self.table.get_mut(place)
            {
                *place = number;
            }
        }
    }

    /// The words that are nearest to one that is none of them, all at the same distance, with that distance; at most `most`. Words of
    /// three or four letters have to have the same letters, or one more or less.
    pub fn near(&self, word: &str, most: usize) -> (usize, Vec<Word>) {
        let wanted: Vec<char> = word.chars().collect();
        let mut limit = match wanted.len() {
            3..=6 => 1,
            7..=LONGEST => 2,
            _ => return (0, Vec::new()),
        };
        if has_digits(&wanted) {
            return (limit, Vec::new());
        }
        let ((marks, _), mut found) = (letters(word), Vec::new());
        for (number, place) in (0..).zip(&self.words) {
            let count = usize::from(place.count);
            // Each edit takes away at most one letter and brings at most one.
            if count.abs_diff(wanted.len()) > limit || index((place.letters ^ marks).count_ones()) > 2 * limit {
                continue;
            }
            let changed = count == wanted.len() && marks != place.letters;
            if !(3..=LONGEST).contains(&count)
                || wanted.len() < 4 && count != wanted.len()
                || wanted.len() < 5 && changed
            {
                continue;
            }
            let Some(distance) = distance(&wanted, self.word(number), limit) else { continue };
            if distance < limit {
                found.clear();
                limit = distance;
            }
            if found.len() < most {
                found.push(number);
            }
        }
        (limit, found)
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}

/// FNV-1a, 32 bits: the words are a site's and nobody's who would want them to collide; if they did, it would only be slow.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Which letters a word has, a bit for each of `a` to `z` and five for the other characters; and how many.
fn letters(word: &str) -> (u32, u8) {
    word.chars().fold((0, 0_u8), |(marks, count), c| {
        let bit = if c.is_ascii_lowercase() { u32::from(c) - u32::from('a') } else { 26 + u32::from(c) % 5 };
        (marks | 1 << bit, count.saturating_add(1))
    })
}

/// How far a word is from one that was wanted; `None` if it is too far to have been meant. Short words have to have the same first
/// letter.
fn distance(wanted: &[char], word: &str, most: usize) -> Option<usize> {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let same = wanted.first().copied() == first;
    let swapped = wanted.first().copied() == second && wanted.get(1).copied() == first;
    if !same && !swapped && wanted.len() < 6 {
        return None;
    }
    let other: Vec<char> = word.chars().collect();
    if has_digits(&other) {
        return None;
    }
    // Far words have to begin alike.
    edits(wanted, &other, if same { most } else { most.min(1) })
}

fn has_digits(letters: &[char]) -> bool {
    letters.iter().any(char::is_ascii_digit)
}

#[cfg(test)]
mod tests;
