//! Where the phrases of the table stand, and what fills their slots.

use super::text::{ENDS, NO_TEXT};
use super::{Bound, Filled, Item, MOST_LISTED, Scan};
use crate::chat::lexicon::{Node, Slot};
use crate::chat::read::token::Kind;
use crate::chat::when;
use std::rc::Rc;

/// So many ways to fill a phrase are looked at.
const MOST_WAYS: usize = 12;
/// A text to be looked for has at most so many words.
const LONGEST_TEXT: usize = 8;

/// So many words stand where a phrase leaves it open which.
const MOST_WORDS: usize = 5;
/// A way in which a phrase can stand: the token behind it, what fills its slots, and how far what is written is from it.
pub(super) type Way = (usize, Vec<(Slot, Bound)>, i32);

impl Scan<'_> {
    /// What can fill a slot at a token.
    fn fill(&self, slot: Slot, at: usize) -> Filled {
        let known = self.filled.borrow().get(at).and_then(|known| known.iter().find(|(of, _)| *of == slot).cloned());
        if let Some((_, known)) = known {
            return known;
        }
        let filled: Filled = self.find_filling(slot, at).into();
        if let Some(place) = self.filled.borrow_mut().get_mut(at) {
            place.push((slot, Rc::clone(&filled)));
        }
        filled
    }

    fn find_filling(&self, slot: Slot, at: usize) -> Vec<(Bound, usize, i32)> {
        match slot {
            Slot::Text => self.texts(at),
            Slot::Key => self.keys(at).map(|(keys, end)| (Bound::Keys(keys), end, 0)).into_iter().collect(),
            Slot::Number => {
                let found = when::number(self.sentence, at).filter(|_| !self.sentence.is(at, &["a", "an"]));
                found.map(|(number, end)| (Bound::Number(number.to_string()), end, 0)).into_iter().collect()
            }
            Slot::Words => self.some_words(at),
            Slot::Field => {
                let items = self.items(at);
                let fields = items.iter().filter(|item| item.slot == Slot::Field);
                fields.map(|item| (Bound::Items(vec![item.clone()], false), item.end, item.cost)).collect()
            }
            slot => self.fill_names(slot, at),
        }
    }

    /// Some words, whatever they are: one, two, and so on, up to a sign.
    fn some_words(&self, at: usize) -> Vec<(Bound, usize, i32)> {
        let plain = |at: &usize| self.sentence.token(*at).is_some_and(|token| token.kind != Kind::Sign);
        let ends = (at..at + MOST_WORDS).take_while(plain).map(|at| at + 1);
        (0..).zip(ends).map(|(more, end)| (Bound::Text(String::new()), end, 4 + 4 * more)).collect()
    }

    /// Names of one kind: all that follow each other, and the first of them.
    fn fill_names(&self, slot: Slot, at: usize) -> Vec<(Bound, usize, i32)> {
        // Part of a group's name may well be a project: “mobile”.
        let others: &[Slot] = match slot {
            Slot::Group => &[Slot::Project, Slot::Option, Slot::Component],
            Slot::Option => &[Slot::Project, Slot::Component, Slot::Person],
            _ => &[],
        };
        let taken = self.items(at).iter().any(|item| others.contains(&item.slot));
        let fits = |item: &Item| item.slot == slot && (item.whole || !taken);
        let Some((items, end, and)) = self.list(at, &fits) else { return Vec::new() };
        // The part of a name that is a whole name of something else is hardly that part.
        let named = |item: &Item| {
            let is_other = |other: &&Item| other.whole && matches!(other.slot, Slot::Project | Slot::Component);
            slot != Slot::Project
                && self.items(item.start).iter().find(is_other).is_some_and(|other| other.end >= item.end)
        };
        let part = |item: &Item| {
            if item.whole {
                0
            } else if named(item) {
                9
            } else {
                3
            }
        };
        let cost = items.iter().map(|item| item.cost + part(item)).sum();
        let mut ways = Vec::new();
        if let [first, _, ..] = items.as_slice() {
            ways.push((Bound::Items(vec![first.clone()], false), first.end, first.cost));
        }
        ways.push((Bound::Items(items, and), end, cost));
        ways
    }

    /// The keys of issues at a token.
    pub(crate) fn keys(&self, at: usize) -> Option<(Vec<String>, usize)> {
        let key =
            |at: usize| self.sentence.token(at).filter(|token| token.kind == Kind::Key).map(|token| token.word.clone());
        let first = key(at)?;
        let (mut keys, mut end) = (vec![first], at + 1);
        while keys.len() < MOST_LISTED {
            let mut next = end;
            while self.sentence.is(next, &[",", "and", "or", "&", "/"]) && next < end + 2 {
                next += 1;
            }
            let Some(more) = key(next) else { break };
            keys.push(more);
            end = next + 1;
        }
        Some((keys, end))
    }

    /// Texts of one word, two, and so on, up to a word that does not belong to them any more.
    pub(crate) fn texts(&self, at: usize) -> Vec<(Bound, usize, i32)> {
        let mut at = self.sentence.past_articles(at);
        if self.sentence.is(at, &["word", "words", "term", "phrase", "text", "string", "either"])
            && self.sentence.token(at + 1).is_some_and(|next| next.kind != Kind::Sign)
        {
            at += 1;
        }
        let Some(first) = self.sentence.token(at) else { return Vec::new() };
        if first.kind == Kind::Quoted {
            return vec![(Bound::Text(format!("\"{}\"", first.word)), at + 1, 0)];
        }
        // “What about bugs” asks for bugs, not for the word.
        let typed = self.items(at).iter().any(|item| item.whole && item.slot == Slot::IssueType);
        if first.kind == Kind::Sign || typed || self.sentence.is(at, NO_TEXT) {
            return Vec::new();
        }
        let mut ways = Vec::new();
        // “Complaints with priority P1” hardly asks for the word.
        let field = self.items(at).iter().any(|item| item.whole && item.slot == Slot::Field);
        // “Regarding customer Acme” even less.
        let capital = self.sentence.token(at + 1).is_some_and(|next| next.capital);
        let (mut text, mut cost) = (String::new(), if field { if capital { 12 } else { 4 } } else { 0 });
        for end in at..(at + LONGEST_TEXT).min(self.sentence.tokens.len()) {
            let Some(token) = self.sentence.token(end) else { break };
            if end > at && (token.kind == Kind::Sign || !token.glued && ENDS.contains(&&*token.word)) {
                break;
            }
            if end > at {
                text.push(if token.glued { '-' } else { ' ' });
            }
            text.push_str(&token.word);
            // The first word is what is looked for; words behind it may be something else.
            cost += if end > at { 3 } else { 5 };
            ways.push((Bound::Text(text.clone()), end + 1, cost));
        }
        ways
    }

    /// The ways in which a phrase can stand at a token.
    pub(crate) fn phrase(&self, nodes: &[Node], at: usize) -> Vec<Way> {
        let mut ways = Vec::new();
        self.walk(nodes, at, (&mut Vec::new(), 0), &mut ways);
        ways
    }

    /// Goes on from a token with what is left of a phrase; an article may stand before each piece of it.
    fn walk(&self, nodes: &[Node], at: usize, so_far: (&mut Vec<(Slot, Bound)>, i32), ways: &mut Vec<Way>) {
        let (bound, cost) = so_far;
        let Some((node, rest)) = nodes.split_first() else {
            ways.push((at, bound.clone(), cost));
            return;
        };
        if ways.len() >= MOST_WAYS {
            return;
        }
        let before = ways.len();
        match node {
            Node::Word(word) => {
                for edge in self.sentence.edges(at).iter().filter(|edge| edge.word == *word) {
                    self.walk(rest, edge.next, (bound, cost + edge.cost), ways);
                }
            }
            Node::Either(rows) | Node::Maybe(rows) => {
                for (next, more) in self.lexicon.rows(*rows).filter_map(|row| self.row(row, at)) {
                    self.walk(rest, next, (bound, cost + more), ways);
                }
                if matches!(node, Node::Maybe(_)) {
                    self.walk(rest, at, (bound, cost), ways);
                }
            }
            Node::Slot(slot) => {
                for (filled, next, more) in self.fill(*slot, at).iter() {
                    bound.push((*slot, filled.clone()));
                    self.walk(rest, *next, (bound, cost + more), ways);
                    bound.pop();
                }
            }
        }
        if ways.len() == before
            && let Some((next, more)) = self.sentence.past_nothing(at)
        {
            self.walk(nodes, next, (bound, cost + more), ways);
        }
    }

    /// The token behind a row of words that stands at a token, and what it costs.
    fn row(&self, row: &[u32], at: usize) -> Option<(usize, i32)> {
        let (mut at, mut cost) = (at, 0);
        for (place, word) in row.iter().enumerate() {
            let at_word = |at: usize| self.sentence.edges(at).iter().find(|edge| edge.word == *word);
            let skipped = if place > 0 { self.sentence.past_articles(at) } else { at };
            let edge = at_word(at).or_else(|| at_word(skipped))?;
            (at, cost) = (edge.next, cost + edge.cost);
        }
        Some((at, cost))
    }

    /// The longest phrase of this kind at a token: what it says, and the token behind it.
    pub(crate) fn keyword(&self, at: usize, kind: &str) -> Option<(&'static str, usize)> {
        let mut best: Option<(&'static str, usize)> = None;
        for (text, end) in self.keywords(at, kind) {
            if best.is_none_or(|(_, known)| known < end) {
                best = Some((text, end));
            }
        }
        best
    }

    /// The phrases of this kind, one of [`crate::chat::lexicon::APART`], at a token.
    pub(crate) fn keywords(&self, at: usize, kind: &str) -> Vec<(&'static str, usize)> {
        let mut found = Vec::new();
        let ahead = self.sentence.ahead(at);
        for edge in self.sentence.edges(at) {
            for number in self.lexicon.apart_starting_with(edge.word) {
                let Some((phrase, meaning)) = self.lexicon.meaning(number) else { continue };
                if meaning.kind == kind && phrase.may_stand(ahead) {
                    let ways = self.phrase(self.lexicon.nodes(phrase), at);
                    found.extend(ways.into_iter().map(|(end, ..)| (meaning.text, end)));
                }
            }
        }
        found
    }
}
