//! A text with, for each of its tokens, the words it can be: as it is written, in another form, or mistyped.

mod form;

use crate::chat::dictionary::{Dictionary, Word};
use crate::chat::lexicon::mark;
use crate::chat::read::token::{Kind, Token, split};
use crate::chat::when::{self, Sign};
use form::{SHORT, each_form, separated, write_form};

/// How many words of a text are looked up as mistyped. More are in no sentence; the others count as not understood.
const MOST_MISTYPED: usize = 40;

/// A word that begins at a token.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The word.
    pub word: Word,
    /// How far what is written is from it.
    pub cost: i32,
    /// The token behind it.
    pub next: usize,
}

/// What is asked of a token again and again.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// Where the words that begin at it begin and end.
    edges: (usize, usize),
    /// Whether it is an article that means nothing.
    article: bool,
    /// Whether it is a comma before a preposition.
    comma: bool,
    /// Whether it is perhaps mistyped.
    mistyped: bool,
    /// The marks of the words that begin at it or behind it.
    ahead: u64,
}

/// A text, ready to be read.
#[derive(Debug)]
pub struct Sentence<'r> {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// The words that begin at each token, one token's behind the other's.
    edges: Vec<Edge>,
    known: Vec<Known>,
    signs: Vec<Sign>,
    /// Whether all of it is written in capitals.
    shouted: bool,
    words: &'r Dictionary,
}

impl<'r> Sentence<'r> {
    /// Looks the words of a text up.
    pub fn new(text: &str, words: &'r Dictionary) -> Self {
        let tokens = separated(split(text), words);
        let shouted = tokens.iter().all(|token| token.kind != Kind::Word || token.capitals);
        let count = tokens.len();
        let (edges, known) = (Vec::with_capacity(2 * count), vec![Known::default(); count]);
        let mut sentence = Self { tokens, edges, known, signs: Vec::new(), words, shouted };
        sentence.look_up();
        sentence.get_to_know();
        sentence.signs = when::signs(&sentence);
        sentence
    }

    fn get_to_know(&mut self) {
        for at in 0..self.known.len() {
            let mistyped = self.meant(at).next().is_some();
            if let Some(known) = self.known.get_mut(at) {
                known.mistyped = mistyped;
            }
        }
        let (mut ahead, mut before) = (0, false);
        for known in self.known.iter_mut().rev() {
            let edges = self.edges.get(known.edges.0..known.edges.1).unwrap_or_default();
            ahead |= edges.iter().fold(0, |marks, edge| marks | mark(edge.word));
            known.ahead = ahead;
        }
        for at in 0..self.known.len() {
            let article = self.is_article(at);
            let comma = self.is(at, &[","]) && self.is(at + 1, &["to", "by", "for", "of", "with", "or"]);
            if let Some(known) = self.known.get_mut(at) {
                // One article: whoever writes ten means nothing by them.
                (known.article, known.comma) = (article && !before, comma);
            }
            before = article;
        }
    }

    fn is_article(&self, at: usize) -> bool {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word);
        token.is_some_and(|token| matches!(&*token.word, "the" | "a" | "an"))
    }

    fn look_up(&mut self) {
        let (mut mistyped, mut buffer) = (0, String::new());
        for at in 0..self.tokens.len() {
            let first = self.edges.len();
            self.look_up_at(at, &mut buffer);
            let unknown = self.tokens.get(at).filter(|token| token.kind == Kind::Word && self.edges.len() == first);
            if let Some(token) =
                unknown.filter(|token| mistyped < MOST_MISTYPED && !self.words.is_ordinary(&token.word))
            {
                mistyped += 1;
                let found = self.mistyped(&token.word, at + 1);
                self.edges.extend(found);
            }
            if let Some(known) = self.known.get_mut(at) {
                known.edges = (first, self.edges.len());
            }
        }
    }

    /// Adds the words that begin at a token as it is written, or in another form.
    fn look_up_at(&mut self, at: usize, buffer: &mut String) {
        let (Some(token), words) = (self.tokens.get(at), self.words) else { return };
        let first = self.edges.len();
        let edges = &mut self.edges;
        let mut add = |word: &str, cost: i32, next: usize| {
            if let Some(word) = words.find(word)
                && !edges.iter().skip(first).any(|edge| edge.word == word && edge.next == next)
            {
                edges.push(Edge { word, cost, next });
            }
        };
        if matches!(token.kind, Kind::Quoted | Kind::Key) {
            add(&token.word.to_lowercase(), 0, at + 1);
        } else {
            add(&token.word, 0, at + 1);
        }
        if token.kind != Kind::Word {
            return;
        }
        each_form(&token.word, buffer, &mut |form| add(form, 1, at + 1));
        if let Some((_, meant)) = SHORT.iter().find(|(short, _)| *short == token.word) {
            add(meant, 2, at + 1);
        }
        if let Some(version) =
            token.word.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            add(version, 0, at + 1);
        }
        if let Some(next) = self.tokens.get(at + 1).filter(|next| matches!(next.kind, Kind::Word | Kind::Number)) {
            write_form(buffer, &token.word, &next.word);
            add(buffer, 1, at + 2);
        }
    }

    /// The words that a word was perhaps meant to be, and their other forms.
    fn mistyped(&self, word: &str, next: usize) -> Vec<Edge> {
        let (mut distance, mut near) = self.words.near(word, 6);
        if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 2) {
            let (other, more) = self.words.near(stem, 6);
            if near.is_empty() || !more.is_empty() && other < distance {
                (distance, near) = (other, more);
            } else if other == distance {
                near.extend(more);
            }
        }
        let cost = 2 + 2 * i32::try_from(distance).unwrap_or(2);
        let (mut edges, mut buffer) = (Vec::new(), String::new());
        for meant in near {
            edges.push(Edge { word: meant, cost, next });
            each_form(self.words.word(meant), &mut buffer, &mut |form| {
                if let Some(word) = self.words.find(form) {
                    edges.push(Edge { word, cost: cost + 1, next });
                }
            });
        }
        edges
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<Word> {
        self.words.find(word)
    }

    /// A word, as it is spelled.
    pub fn spelled(&self, word: Word) -> &str {
        self.words.word(word)
    }

    /// The words that begin at a token.
    pub fn edges(&self, at: usize) -> &[Edge] {
        self.known.get(at).and_then(|known| self.edges.get(known.edges.0..known.edges.1)).unwrap_or_default()
    }

    /// Whether a word is one of everyday speech that means nothing here.
    pub fn is_ordinary(&self, word: &str) -> bool {
        self.words.is_ordinary(word)
    }

    /// Whether all of it is written in capitals.
    pub const fn is_shouted(&self) -> bool {
        self.shouted
    }

    /// The token.
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// Whether the token is one of these words.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.which(at, words).is_some()
    }

    /// Which of these words the token is.
    pub fn which(&self, at: usize, words: &[&str]) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if token.kind == Kind::Quoted {
            return None;
        }
        let exact = words.iter().position(|word| token.word == *word);
        if exact.is_some() || !self.known.get(at).is_some_and(|known| known.mistyped) {
            return exact;
        }
        self.meant(at).filter_map(|meant| words.iter().position(|word| *word == meant)).next()
    }

    /// The words that a token was perhaps meant to be, where it is none as it is written.
    pub fn meant(&self, at: usize) -> impl Iterator<Item = &str> {
        let near = self.edges(at).iter().filter(move |edge| edge.next == at + 1 && edge.cost > 1);
        near.map(|edge| self.words.word(edge.word))
    }

    /// What times and numbers can be told at a token.
    pub fn sign(&self, at: usize) -> Sign {
        self.signs.get(at).copied().unwrap_or_default()
    }

    /// The marks of the words that begin at a token or behind it, as [`mark`] makes them: what needs another word is not there.
    pub fn ahead(&self, at: usize) -> u64 {
        self.known.get(at).map_or(0, |known| known.ahead)
    }

    /// The token behind an article, or behind a comma before a preposition, and what skipping it costs.
    pub(super) fn past_nothing(&self, at: usize) -> Option<(usize, i32)> {
        let known = self.known.get(at).filter(|known| known.article || known.comma)?;
        Some((at + 1, if known.article { 0 } else { 4 }))
    }

    /// Behind the articles that may stand at a token.
    pub fn past_articles(&self, at: usize) -> usize {
        if self.known.get(at).is_some_and(|known| known.article) { at + 1 } else { at }
    }
}
