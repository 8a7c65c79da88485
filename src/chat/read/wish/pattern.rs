//! Phrases of actions, fitted to a text.

use super::Wisher;
use crate::chat::dictionary::Word;
use crate::chat::intent::Intent;
use crate::chat::lexicon::{Node, Slot};
use crate::chat::read::token::Kind;

/// Issues are described in at most so many words.
const LONGEST_TARGET: usize = 30;
/// Other words that fill a slot are at most so many.
const LONGEST_WORDS: usize = 16;

/// The tokens that fill a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Got {
    /// The slot.
    pub(super) slot: Slot,
    /// The first token.
    pub(super) start: usize,
    /// The token behind the last.
    pub(super) end: usize,
}

/// What is done with each way in which a phrase fits: the token behind it, and what fills its slots.
type Done<'d> = &'d mut dyn FnMut(usize, &[Got]) -> Option<Intent>;

impl Wisher<'_, '_> {
    /// Goes through the ways in which pieces of a phrase fit from a token on, until one comes to something.
    pub(super) fn walk(&self, nodes: &[Node], at: usize, got: &mut Vec<Got>, done: Done<'_>) -> Option<Intent> {
        let Some((node, rest)) = nodes.split_first() else { return done(at, got) };
        if self.steps.replace(self.steps.get().saturating_sub(1)) == 0 {
            return None;
        }
        let skipped = self.scan.sentence.past_articles(at);
        let places = if skipped > at && !matches!(node, Node::Slot(Slot::Rest)) { vec![at, skipped] } else { vec![at] };
        for at in places {
            let found = match node {
                Node::Slot(slot) => self.walk_slot((*slot, at), rest, got, &mut *done),
                Node::Word(word) => self.row(&[*word], at).and_then(|next| self.walk(rest, next, got, &mut *done)),
                Node::Either(rows) | Node::Maybe(rows) => self
                    .scan
                    .lexicon
                    .rows(*rows)
                    .find_map(|row| self.row(row, at).and_then(|next| self.walk(rest, next, got, &mut *done))),
            };
            if found.is_some() {
                return found;
            }
        }
        if matches!(node, Node::Maybe(_)) { self.walk(rest, at, got, done) } else { None }
    }

    fn walk_slot(
        &self,
        (slot, at): (Slot, usize),
        rest: &[Node],
        got: &mut Vec<Got>,
        done: Done<'_>,
    ) -> Option<Intent> {
        for end in self.ends(slot, at) {
            got.push(Got { slot, start: at, end });
            let found = self.walk(rest, end, got, &mut *done);
            got.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The token behind a row of words. The verb that a text begins with is no plural: “links” are not to be linked.
    fn row(&self, row: &[Word], at: usize) -> Option<usize> {
        let mut next = at;
        for (place, word) in row.iter().enumerate() {
            let fits = |from: usize| {
                let strict = from == self.from;
                let edges = self.scan.sentence.edges(from).iter();
                let mut fitting =
                    edges.filter(|edge| edge.word == *word && (!strict || edge.cost != 1 || edge.next > from + 1));
                fitting.next().map(|edge| edge.next)
            };
            let past = if place > 0 { self.scan.sentence.past_articles(next) } else { next };
            next = fits(next).or_else(|| fits(past))?;
        }
        Some(next)
    }

    /// The token behind the longest way in which a phrase without slots fits.
    pub(super) fn longest(&self, nodes: &[Node], at: usize) -> Option<usize> {
        let mut best = None;
        self.walk(nodes, at, &mut Vec::new(), &mut |end, _| {
            best = best.max(Some(end));
            None
        });
        best
    }

    /// The tokens behind what can fill a slot at a token, the likeliest first.
    fn ends(&self, slot: Slot, at: usize) -> Vec<usize> {
        let all = self.end();
        let up_to = |most: usize| (at + 1..=all.min(at + most)).collect::<Vec<_>>();
        let one = |end: Option<usize>| end.into_iter().collect::<Vec<_>>();
        match slot {
            Slot::Rest => one((at < all).then_some(all)),
            Slot::Quoted => one((self.kind(at) == Some(Kind::Quoted)).then_some(at + 1)),
            Slot::Words | Slot::Changes => up_to(LONGEST_WORDS),
            Slot::Key | Slot::Issue => {
                let noun = self.noun_before_key(at);
                match self.scan.keys(noun) {
                    // “Between A and B”: the first of several may stand alone.
                    Some((keys, end)) if keys.len() > 1 => vec![self.past_possession(end), noun + 1],
                    Some((_, end)) => vec![self.past_possession(end)],
                    None => one(self.explicit(at).filter(|_| slot == Slot::Issue).map(|(_, end)| end)),
                }
            }
            Slot::Target => {
                let mut ends = up_to(LONGEST_TARGET);
                if let Some((_, first)) = self.explicit(at) {
                    ends.retain(|end| *end != first);
                    ends.insert(0, first);
                }
                ends
            }
            Slot::Person => one(self.person(at).map(|(_, end)| end)),
            Slot::Sprint => one(self.sprint(at).map(|(_, end)| end)),
            Slot::Linked => self.link_words(at).into_iter().map(|(_, _, end)| end).collect(),
            slot => {
                let items = self.scan.items(at);
                let mut ends: Vec<_> =
                    items.iter().filter(|item| item.slot == slot && item.whole).map(|item| item.end).collect();
                ends.sort_unstable_by(|one, other| other.cmp(one));
                ends
            }
        }
    }
}
