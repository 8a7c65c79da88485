//! What people say beside what they ask: “the printer is acting up again, what …”, “… I have a call with them at 4”.

use super::aside::{ASKING, OCCASIONS};
use crate::chat::read::scan::{Act, Bound, Candidate, Scan};

/// What people do with an answer, or whom it is for.
const PURPOSES: &[&str] = &[
    "chase", "prepare", "present", "discuss", "report", "explain", "talk", "tell", "plan", "brief", "answer", "call",
    "follow", "qbr", "boss", "manager", "ceo", "board", "auditor", "auditors", "deck", "slides",
];
/// What a remark behind a question begins with.
const REMARKS: &[&str] = &[
    "i", "im", "ive", "id", "we", "weve", "my", "its", "thats", "they", "theyre", "because", "need", "got", "he",
    "she", "hes", "shes", "this", "that", "our",
];
/// A remark has at most so many words.
const LONGEST: usize = 16;

impl<'r> Scan<'r> {
    /// The token behind a sentence that only tells how things are, before a question that says all by itself; 0 where there is none.
    pub(super) fn remark_before(&self, text: &str, pieces: &[Candidate<'r>]) -> usize {
        let tells = |at: usize| {
            self.sentence.is(at, &["is", "are", "was", "were", "has", "had", "im", "am", "keeps"])
                || self.sentence.is(at, &["need", "have", "must"]) && self.sentence.is(at + 1, &["to", "fill"])
        };
        let begins = |at: &usize| {
            let comma = self.sentence.is(at - 1, &[","]);
            self.sentence.is(*at, ASKING) && (comma || self.ends_sentence(text, *at))
        };
        let Some(end) = (3..self.sentence.tokens.len().min(LONGEST)).find(begins) else { return 0 };
        let asks = self.sentence.is(0, ASKING) && !self.sentence.is(0, &["i", "we", "need"]);
        let (before, rest): (Vec<_>, Vec<_>) = pieces.iter().partition(|piece| piece.end <= end);
        let says_nothing = before
            .iter()
            .all(|piece| matches!(piece.act, Act::Field(_) | Act::Unknown) || is_mine(piece) || is_empty(piece));
        let unknown = |pieces: &[&Candidate<'r>]| pieces.iter().any(|piece| matches!(piece.act, Act::Unknown));
        let names = |piece: &&&Candidate<'r>| match &piece.act {
            Act::Phrase(_, bound) => !bound.is_empty(),
            act => matches!(act, Act::Items(..) | Act::Test(..) | Act::Keys(_)),
        };
        let said = rest.iter().any(|piece| names(&piece)) && !unknown(&rest);
        let names_things = before.iter().any(|piece| matches!(piece.act, Act::Field(_) | Act::Unknown));
        if !asks && (0..end).any(tells) && says_nothing && names_things && said { end } else { 0 }
    }

    /// The token with which a remark behind a question begins, that tells what the answer is for; behind the last where there is none.
    pub(super) fn remark_behind(&self, text: &str, pieces: &[Candidate<'r>]) -> usize {
        let all = self.sentence.tokens.len();
        let comma = |at: usize| {
            self.sentence.is(at - 1, &[",", "-", "–", "—"])
                && self.sentence.is(at + 1, &["have", "need", "must", "got", "want"])
        };
        let begins = |at: &usize| self.sentence.is(*at, REMARKS) && (comma(*at) || self.ends_sentence(text, *at));
        let Some(begin) = (2..all).rev().find(begins).filter(|begin| all - begin <= LONGEST) else { return all };
        // “I need those from last week” belongs to the question.
        if (begin..all).any(|at| self.sentence.is(at, &["those", "ones", "these", "only", "just"])) {
            return all;
        }
        let purpose = (begin..all).any(|at| self.sentence.is(at, OCCASIONS) || self.sentence.is(at, PURPOSES));
        let mut behind = pieces.iter().filter(|piece| piece.end > begin);
        // “I have a call with Maria at 4”
        let with = |piece: &Candidate<'_>| {
            matches!(piece.act, Act::Items(..)) && self.sentence.is(piece.start - 1, &["with", "for", "to", "tell"])
        };
        let empty = behind.all(|piece| {
            let other = matches!(piece.act, Act::Unknown | Act::When(_)) || with(piece);
            other || is_mine(piece) || is_empty(piece)
        });
        if purpose && empty { begin } else { all }
    }

    /// Whether a sentence ends before a token.
    fn ends_sentence(&self, text: &str, at: usize) -> bool {
        let (Some(before), Some(token)) =
            (at.checked_sub(1).and_then(|at| self.sentence.token(at)), self.sentence.token(at))
        else {
            return false;
        };
        let between = text.get(before.end..token.start).unwrap_or_default();
        between.contains(['?', '!']) || self.sentence.is(at - 1, &[".", "!", ";", "?"])
    }
}

/// “My report”, “my laptop”: what is whose does not matter in a remark.
fn is_mine(piece: &Candidate<'_>) -> bool {
    const MINE: [&str; 3] = [
        "assignee = currentUser()",
        "created reporter = currentUser()",
        "assignee = currentUser() AND statusCategory != Done",
    ];
    let Act::Phrase(meaning, bound) = &piece.act else { return false };
    let me = |(_, bound): &(_, Bound)| matches!(bound, Bound::Items(items, _) if items.iter().all(|item| item.me));
    MINE.contains(&meaning.text)
        || meaning.kind == "decline" && meaning.text == "elsewhere"
        || meaning.text.strip_prefix("due ").is_some_and(|test| test.starts_with("assignee")) && bound.iter().all(me)
}

/// Whether a piece says nothing of issues.
fn is_empty(piece: &Candidate<'_>) -> bool {
    match &piece.act {
        Act::Phrase(meaning, bound) => {
            matches!(meaning.kind, "-" | "weak" | "noun" | "and" | "aside" | "greeting")
                && bound.iter().all(|(_, bound)| matches!(bound, Bound::Text(_)))
        }
        Act::Items(items, _) => items.iter().all(|item| item.me),
        Act::Sign => true,
        _ => false,
    }
}
