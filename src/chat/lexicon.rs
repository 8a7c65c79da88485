//! What words mean: the table in `lexicon/phrases.txt`, ready to be matched. How to add to it is told in
//! [`lexicon/lexicon.md`](self).
#![doc = include_str!("lexicon/lexicon.md")]

mod piece;
mod slot;

use crate::chat::dictionary::{Dictionary, Word};
pub use piece::{Rows, mark};
use piece::{each_of_row, needs, next_piece};
pub use slot::Slot;

/// The table.
const PHRASES: &str = include_str!("lexicon/phrases.txt");

/// Words of everyday speech that lie near words of the table and are none of them, sorted: a reader that took them for slips of the
/// pen would understand something that nobody said.
const ORDINARY: &str = include_str!("lexicon/ordinary.txt");

/// One piece of a phrase.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// This word.
    Word(Word),
    /// One of these rows of words.
    Either(Rows),
    /// One of these rows of words, or nothing.
    Maybe(Rows),
    /// What the site's names, or the text, put there.
    Slot(Slot),
}

/// A phrase.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    first: u32,
    last: u32,
    /// Which of the meanings.
    pub meaning: u32,
    /// The marks of the words that it cannot do without.
    needs: u64,
    /// The marks of words of which it cannot do without one; all if there are none.
    one_of: u64,
}

impl Phrase {
    /// Whether the words that lie ahead can be all that it needs.
    pub const fn may_stand(&self, ahead: u64) -> bool {
        self.needs & !ahead == 0 && self.one_of & ahead != 0
    }
}

/// What a phrase means: the words behind the arrow.
#[derive(Clone, Copy, Debug)]
pub struct Meaning {
    /// The first word, if it is a word of the table's own: `event`, `sort`; empty where a condition stands by itself.
    pub kind: &'static str,
    /// What follows it.
    pub text: &'static str,
    /// How it was read, where another reading is thinkable.
    pub note: &'static str,
    /// Whether names of the site that are called so are meant rather.
    pub weak: bool,
    /// Whether it is of one of the kinds [`APART`].
    pub apart: bool,
}

/// The words with a meaning of their own behind the arrow.
const KINDS: [&str; 52] = [
    "-",
    "weak",
    "noun",
    "and",
    "or",
    "not",
    "except",
    "event",
    "history",
    "urgent",
    "minor",
    "sort",
    "sortby",
    "direction",
    "reverse",
    "limit",
    "count",
    "groupby",
    "cmp",
    "post",
    "op",
    "empty",
    "filled",
    "lacking",
    "having",
    "follow",
    "followword",
    "more",
    "undo",
    "decline",
    "report",
    "impossible",
    "lastsprint",
    "updatedby",
    "by",
    "wasstatus",
    "values",
    "dropfield",
    "sortfield",
    "dropname",
    "restart",
    "greeting",
    "childrenof",
    "noevent",
    "nobody",
    "overdue",
    "aside",
    "toprank",
    "bottomrank",
    "same",
    "nolonger",
    "timed",
];

/// The kinds of phrases that mean nothing without a field beside them, or are looked for before all else.
pub const APART: [&str; 9] = ["op", "cmp", "post", "empty", "filled", "lacking", "having", "follow", "followword"];

/// The whole table.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    nodes: Vec<Node>,
    /// The words of all [`Rows`].
    rows: Vec<Word>,
    /// All phrases.
    pub phrases: Vec<Phrase>,
    /// What they mean.
    pub meanings: Vec<Meaning>,
    /// The phrases that can begin with a word.
    starts: Vec<(Word, u32)>,
    /// Those of them that mean something only beside a field or a search before, which are looked for by their kind.
    apart: Vec<(Word, u32)>,
    /// The phrases that can begin with a slot.
    pub open_starts: Vec<u32>,
    /// The phrases of actions that can begin with a word.
    act_starts: Vec<(Word, u32)>,
    /// The phrases of actions that can begin with a slot.
    pub open_acts: Vec<u32>,
    /// Fields by the name that queries have for them, each with what people call it; several names for fields that sites call
    /// differently.
    pub fields: Vec<(&'static str, &'static str)>,
    /// Words for one and the same value, with the kind of the value.
    pub values: Vec<(&'static str, &'static str)>,
}

impl Lexicon {
    /// Reads the table; its words go into the dictionary.
    pub fn new(words: &mut Dictionary) -> Self {
        let mut lexicon = Self::default();
        let mut section = "";
        for line in PHRASES.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') && line.ends_with(']') && !line.contains("=>") {
                section = line;
                continue;
            }
            match section {
                "[phrases]" => lexicon.line(line, false, words),
                "[acts]" => lexicon.line(line, true, words),
                _ => {
                    let Some(pair) = line.split_once(": ") else { continue };
                    if section == "[fields]" { lexicon.fields.push(pair) } else { lexicon.values.push(pair) }
                }
            }
        }
        words.take_ordinary(ORDINARY.lines().flat_map(str::split_ascii_whitespace));
        for starts in [&mut lexicon.starts, &mut lexicon.act_starts] {
            starts.sort_unstable();
            starts.dedup();
        }
        let is_apart = |at: &u32| lexicon.meaning(*at).is_some_and(|(_, meaning)| meaning.apart);
        lexicon.apart = lexicon.starts.iter().filter(|(_, at)| is_apart(at)).copied().collect();
        lexicon
    }

    fn line(&mut self, line: &'static str, is_act: bool, words: &mut Dictionary) {
        // The last arrow: some phrases have one too.
        let Some((phrases, meaning)) = line.rsplit_once(" => ") else { return };
        let number = u32::try_from(self.meanings.len()).unwrap_or(u32::MAX);
        self.meanings.push(if is_act { Meaning::of_act(meaning) } else { Meaning::read(meaning) });
        for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
            self.phrase(phrase, number, is_act, words);
        }
    }

    fn phrase(&mut self, phrase: &str, meaning: u32, is_act: bool, words: &mut Dictionary) {
        let first = self.nodes.len();
        let mut pieces = phrase;
        while let Some((piece, rest)) = next_piece(pieces) {
            pieces = rest;
            self.piece(piece, words);
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let this = number(self.phrases.len());
        let nodes = self.nodes.get(first..).unwrap_or_default();
        let (needs, one_of) = needs(nodes, &self.rows);
        let (starts, open) = if is_act {
            (&mut self.act_starts, &mut self.open_acts)
        } else {
            (&mut self.starts, &mut self.open_starts)
        };
        for node in nodes {
            let rows = match node {
                Node::Word(word) => {
                    starts.push((*word, this));
                    break;
                }
                Node::Slot(_) => {
                    open.push(this);
                    break;
                }
                Node::Either(rows) | Node::Maybe(rows) => rows,
            };
            starts.extend(rows.each(&self.rows).filter_map(|row| Some((*row.first()?, this))));
            if matches!(node, Node::Either(_)) {
                break;
            }
        }
        self.phrases.push(Phrase { first: number(first), last: number(self.nodes.len()), meaning, needs, one_of });
    }

    fn piece(&mut self, piece: &str, words: &mut Dictionary) {
        if let Some(slot) = piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            self.nodes.extend(Slot::named(slot.trim_end_matches(|c: char| c.is_ascii_digit())).map(Node::Slot));
            return;
        }
        let inner = piece.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if inner.is_none() && (!piece.contains('|') || piece == "||") && !piece.contains('_') {
            return each_of_row(piece, words, &mut |word| self.nodes.push(Node::Word(word)));
        }
        let rows = Rows::add(inner.unwrap_or(piece), &mut self.rows, words);
        self.nodes.push(if inner.is_some() { Node::Maybe(rows) } else { Node::Either(rows) });
    }

    /// The pieces of a phrase.
    pub fn nodes(&self, phrase: &Phrase) -> &[Node] {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.nodes.get(place(phrase.first)..place(phrase.last)).unwrap_or_default()
    }

    /// The rows of words of a piece.
    pub fn rows(&self, rows: Rows) -> impl Iterator<Item = &[Word]> {
        rows.each(&self.rows)
    }

    /// A phrase by its number, with what it means.
    pub fn meaning(&self, phrase: u32) -> Option<(&Phrase, &Meaning)> {
        let phrase = self.phrases.get(usize::try_from(phrase).ok()?)?;
        Some((phrase, self.meanings.get(usize::try_from(phrase.meaning).ok()?)?))
    }

    /// The phrases of the kinds [`APART`] that can begin with a word, by their numbers.
    pub fn apart_starting_with(&self, word: Word) -> impl Iterator<Item = u32> {
        starting(&self.apart, word)
    }

    /// The phrases that can begin with a word, by their numbers.
    pub fn starting_with(&self, word: Word) -> impl Iterator<Item = u32> {
        starting(&self.starts, word)
    }

    /// The phrases of actions that can begin with a word, by their numbers.
    pub fn acts_starting_with(&self, word: Word) -> impl Iterator<Item = u32> {
        starting(&self.act_starts, word)
    }
}

fn starting(starts: &[(Word, u32)], word: Word) -> impl Iterator<Item = u32> {
    let from = starts.partition_point(|(start, _)| *start < word);
    starts.get(from..).unwrap_or_default().iter().take_while(move |(start, _)| *start == word).map(|(_, at)| *at)
}

impl Meaning {
    fn of_act(text: &'static str) -> Self {
        let (kind, text) = text.split_once(' ').unwrap_or((text, ""));
        Self { kind, text, note: "", weak: false, apart: false }
    }

    fn read(text: &'static str) -> Self {
        let (text, note) = text.split_once(" ; note ").unwrap_or((text, ""));
        let (text, _) = text.split_once(" ; link ").unwrap_or((text, ""));
        let (text, weak) = match text.strip_prefix("weakly ") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (kind, text) = if KINDS.contains(&first) { (first, rest) } else { ("", text) };
        Self { kind, text, note, weak, apart: APART.contains(&kind) }
    }
}

#[cfg(test)]
mod tests;
