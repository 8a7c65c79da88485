//! Where phrases of some kinds may stand: reports and refusals begin a text, and what is said first stands first.

use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::scan::Scan;

impl Scan<'_> {
    /// Whether a phrase of this meaning can stand at a token of a text that begins at another.
    pub(super) fn may_stand(&self, meaning: &Meaning, at: usize, from: usize) -> bool {
        match meaning.kind {
            "decline" => self.may_decline(meaning.text, at, from),
            "report" => self.may_report(at, from),
            // What is said before the question stands before it.
            "aside" if meaning.text == "first" => {
                at == from || self.sentence.is(at - 1, &[",", ".", "!", ";", ":", "hi", "hello", "hey"])
            }
            _ => !meaning.apart,
        }
    }

    /// Whether it is told behind a person that nothing was done to issues: “I haven't touched” says whose they are.
    pub(in crate::chat::read) fn leaves_alone(&self, at: usize) -> bool {
        const DONE: &[&str] = &["touched", "touch", "updated", "changed", "moved", "edited", "looked", "modified"];
        const NOT: &[&str] = &["not", "never", "haven't", "havent", "hasn't", "hasnt", "didn't", "didnt"];
        let mut near = at..(at + 3).min(self.sentence.tokens.len());
        near.find(|end| self.sentence.is(*end, DONE)).is_some_and(|end| (at..end).any(|at| self.sentence.is(at, NOT)))
    }

    /// Phrases that begin with any text are tried only where a title or a description is asked for.
    pub(super) fn opens_text(&self, at: usize) -> bool {
        let near = at..(at + 6).min(self.sentence.tokens.len());
        near.into_iter().any(|at| {
            self.sentence.is(
                at,
                &[
                    "title",
                    "titles",
                    "summary",
                    "summaries",
                    "description",
                    "descriptions",
                    "subject",
                    "headline",
                    "comment",
                    "comments",
                    "body",
                    "customer",
                    "client",
                    "wrong",
                ],
            )
        })
    }

    /// Questions and orders are such only where a text begins with them.
    fn may_decline(&self, kind: &str, at: usize, from: usize) -> bool {
        let begins = (from..at).all(|before| {
            self.sentence.is(
                before,
                &[
                    "please", "pls", "can", "could", "would", "you", "hi", "hey", "hello", "so", "and", "ok", "okay",
                    "i", "want", "to", "let", "lets", "s", "jira", ",", "well", "just", "now", "me",
                ],
            )
        });
        let named = self.items(at).iter().any(|item| item.whole && item.slot != Slot::Field);
        match kind {
            "other" => begins && !named,
            "question" | "place" => begins,
            _ => true,
        }
    }

    /// A report is what a text begins with, whatever is said first to be polite or of whom it is: “show me Maria's standup”.
    fn may_report(&self, at: usize, from: usize) -> bool {
        let polite = |before: usize| {
            self.sentence.is(
                before,
                &[
                    "please", "pls", "can", "could", "you", "hi", "hey", "hello", "so", "and", "now", "ok", "i",
                    "want", "need", "to", "see", "show", "give", "get", "me", "us", "the", "a", "an", "our", "tell",
                    "what", "whats", "s", "is", ",",
                ],
            )
        };
        let owned = |before: usize| self.sentence.token(before).is_some_and(|token| token.possessive);
        let whose = at > from && owned(at - 1);
        (from..at).all(|before| polite(before) || whose && at - before <= 2)
            && !self.items(at).iter().any(|item| item.whole && item.slot != Slot::Field && item.end > at + 1)
    }
}
