//! What people say before they ask: “before my call with Acme: …”, “for tomorrow's meeting, show …”.

use crate::chat::read::scan::{Act, Candidate, Scan};
use crate::chat::read::token::Kind;

/// What people prepare for.
pub(super) const OCCASIONS: &[&str] = &[
    "meeting",
    "meetings",
    "call",
    "demo",
    "sync",
    "retro",
    "retrospective",
    "standup",
    "presentation",
    "workshop",
    "planning",
    "steering",
    "briefing",
    "interview",
    "handover",
    "conversation",
    "discussion",
    "newsletter",
    "refinement",
    "grooming",
    "audit",
    "check-in",
    "visit",
    "appointment",
];
/// What a question begins with.
pub(super) const ASKING: &[&str] = &[
    "what",
    "whats",
    "which",
    "show",
    "list",
    "give",
    "get",
    "find",
    "please",
    "i",
    "we",
    "can",
    "could",
    "all",
    "everything",
    "any",
    "anything",
    "how",
    "who",
    "where",
    "display",
    "pull",
    "tell",
    "are",
    "is",
    "do",
    "need",
];
/// The question begins within so many tokens.
const LONGEST: usize = 16;

impl<'r> Scan<'r> {
    /// The token behind what is said of an occasion before the question begins; 0 where nothing is.
    pub(super) fn aside(&self, pieces: &[Candidate<'r>]) -> usize {
        let colon = |at: &usize| self.sentence.is(*at, &[":", "-", "–", "—", "."]);
        let comma = |at: &usize| self.sentence.is(*at, &[","]) && self.sentence.is(at + 1, ASKING);
        let begins =
            |piece: &&Candidate<'_>| matches!(piece.act, Act::Sign) && (colon(&piece.start) || comma(&piece.start));
        let end = pieces.iter().find(begins).map_or(0, |piece| piece.end);
        let occasion = end <= LONGEST && (0..end).any(|at| self.sentence.is(at, OCCASIONS));
        // “Hot potatoes: …” is but a headline, if what follows says enough.
        let before = |piece: &&Candidate<'_>| piece.end < end && matches!(piece.act, Act::Unknown);
        let says = |piece: &&Candidate<'_>| match &piece.act {
            Act::Phrase(meaning, _) => {
                piece.start >= end && !matches!(meaning.kind, "-" | "weak" | "noun" | "and" | "or" | "aside")
            }
            Act::Items(..) | Act::Test(..) | Act::When(_) | Act::Keys(_) => piece.start >= end,
            _ => false,
        };
        let ends = end > 0 && !self.sentence.is(end - 1, &[",", "."]);
        let headline =
            ends && end <= 6 && pieces.iter().any(|piece| before(&piece)) && pieces.iter().any(|piece| says(&piece));
        if (occasion || headline) && end < self.sentence.tokens.len() { end } else { 0 }
    }

    /// Whether a piece of what is said before a question says what the question is about: a name.
    pub(super) fn counts_aside(&self, piece: &Candidate<'r>) -> bool {
        match &piece.act {
            Act::Items(items, _) => items.iter().all(|item| item.whole && !item.me),
            Act::Unknown => {
                let token = self.sentence.token(piece.start);
                let capital = |at: usize| self.sentence.token(at).is_some_and(|token| token.capital);
                let first = piece.start > 0 || capital(1) || self.sentence.is(1, &[":"]);
                first && token.is_some_and(|token| token.capital && token.kind == Kind::Word)
            }
            _ => false,
        }
    }
}
