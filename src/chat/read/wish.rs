//! Texts that ask to change something: by the table's phrases of actions, with what the text puts into their slots.
//!
//! A phrase has to fit the whole text, so that a search that only begins like an action stays a search. What stands behind a colon
//! or in quotes is the person's text and is never read as anything else.

mod build;
mod create;
mod edit;
mod others;
mod pattern;
mod people;
mod target;
mod value;
mod words;
pub(super) mod work;

use crate::chat::intent::{Change, Choice, Context, Intent, Question, Target, Wish};
use crate::chat::lexicon::{Meaning, Node};
use crate::chat::read::scan::Scan;
use crate::chat::read::token::Kind;
use pattern::Got;
use std::cell::{Cell, RefCell};

/// So many steps are tried to fit phrases to a text.
const MOST_STEPS: u32 = 6_000;
/// So many ways to fill a phrase are looked at closely.
const MOST_TRIES: u32 = 60;
/// So many words may stay without meaning behind an action on issues that are named by their keys.
const MOST_LEFT: usize = 14;

/// Why something is no wish.
enum Stop {
    /// It is none in this reading.
    No,
    /// The person has to say which.
    Ask(Question),
    /// It is one that cannot be fulfilled.
    Decline(String),
}

/// What a reading comes to.
type Try<T> = Result<T, Stop>;

/// How much of a text a phrase has to fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// All but courtesies.
    Whole,
    /// All up to another action.
    First,
    /// All that matters: issues are named by their keys, and the rest means nothing.
    Rough,
}

/// A text that perhaps asks to change something.
struct Wisher<'s, 'r> {
    scan: &'s Scan<'r>,
    context: &'s Context,
    text: &'s str,
    /// The first token behind the courtesies.
    from: usize,
    steps: Cell<u32>,
    tries: Cell<u32>,
    /// What is asked if no reading fits.
    later: RefCell<Option<Question>>,
    /// Words that mean nothing in the reading that is looked at.
    left: RefCell<Vec<String>>,
}

/// What a text asks to change; a question back where it asks for a change and something is in doubt that cannot be asked later.
/// `None` where it asks for none.
pub(super) fn read(scan: &Scan<'_>, context: &Context, text: &str) -> Option<Intent> {
    let (steps, tries) = (Cell::new(MOST_STEPS), Cell::new(MOST_TRIES));
    let mut wisher =
        Wisher { scan, context, text, from: 0, steps, tries, later: RefCell::new(None), left: RefCell::default() };
    wisher.from = wisher.past(0, "lead");
    let acts = wisher.acts();
    let first = [Pass::Whole, Pass::First, Pass::Rough]
        .into_iter()
        .find_map(|pass| acts.iter().find_map(|(meaning, nodes)| wisher.attempt(meaning, nodes, pass)));
    first.or_else(|| wisher.later.take().map(|question| Intent::Ask(Box::new(question))))
}

impl<'r> Wisher<'_, 'r> {
    fn end(&self) -> usize {
        self.scan.sentence.tokens.len()
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.scan.sentence.is(at, words)
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.scan.sentence.token(at).map(|token| token.kind)
    }

    /// Behind the words that say nothing but how politely it is meant.
    fn past(&self, from: usize, kind: &str) -> usize {
        let mut at = from;
        while at < self.end() {
            let sign = self.kind(at) == Some(Kind::Sign) && self.is(at, &[",", ".", "!", ";", "…", "-", "–", "—"]);
            match self.courtesy(at, kind) {
                Some(next) if next > at => at = next,
                _ if sign => at += 1,
                _ => break,
            }
        }
        at
    }

    fn courtesy(&self, at: usize, kind: &str) -> Option<usize> {
        let fitting = self.starting(at).into_iter().filter(|(meaning, _)| meaning.kind == kind);
        fitting.filter_map(|(_, nodes)| self.longest(nodes, at)).max()
    }

    /// The phrases of actions that can begin at a token.
    fn starting(&self, at: usize) -> Vec<(&'r Meaning, &'r [Node])> {
        let lexicon = self.scan.lexicon;
        let edges = self.scan.sentence.edges(at).iter();
        let mut numbers: Vec<u32> = edges.flat_map(|edge| lexicon.acts_starting_with(edge.word)).collect();
        if self.explicit(at).is_some() || self.person(at).is_some() {
            numbers.extend(&lexicon.open_acts);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let ahead = self.scan.sentence.ahead(at);
        let known = |number: u32| {
            let (phrase, meaning) = lexicon.meaning(number).filter(|(phrase, _)| phrase.may_stand(ahead))?;
            Some((meaning, lexicon.nodes(phrase)))
        };
        numbers.into_iter().filter_map(known).collect()
    }

    fn acts(&self) -> Vec<(&'r Meaning, &'r [Node])> {
        let mut acts = self.starting(self.from);
        acts.retain(|(meaning, _)| !matches!(meaning.kind, "lead" | "tail"));
        acts
    }

    fn attempt(&self, meaning: &'r Meaning, nodes: &'r [Node], pass: Pass) -> Option<Intent> {
        self.walk(nodes, self.from, &mut Vec::new(), &mut |end, got| self.finish(meaning, got, end, pass))
    }

    /// What a phrase that fits up to a token comes to.
    fn finish(&self, meaning: &'r Meaning, got: &[Got], end: usize, pass: Pass) -> Option<Intent> {
        let rest = self.past(end, "tail");
        let all = rest >= self.end();
        let fits = match pass {
            Pass::Whole => all,
            Pass::First => !all && self.begins_another(rest),
            Pass::Rough => !all && self.end() - rest <= MOST_LEFT && self.is_firm(got),
        };
        if !fits || self.is_of_search(got) || self.tries.replace(self.tries.get().saturating_sub(1)) == 0 {
            return None;
        }
        if meaning.kind == "show" {
            let keys = got.first().and_then(|got| self.scan.keys(self.noun_before_key(got.start)))?.0;
            return keys.first().filter(|_| all && keys.len() == 1).map(|key| Intent::Show { key: key.clone() });
        }
        match self.build(meaning, got) {
            Ok((change, target)) => {
                let mut ignored = self.left.take();
                ignored.extend((!all).then(|| {
                    self.verbatim(rest, self.end()).trim_start_matches(['?', '!', '.', ',', ';', ' ', '\n']).to_owned()
                }));
                Some(Intent::Change(Box::new(Wish { change, target, ignored })))
            }
            Err(Stop::No) => None,
            Err(Stop::Ask(question)) => Some(Intent::Ask(Box::new(question))),
            Err(Stop::Decline(message)) => Some(Intent::Decline { message }),
        }
    }

    /// Whether a condition of a search is spoken of, and no issue: “remove the sprint filter”.
    fn is_of_search(&self, got: &[Got]) -> bool {
        use crate::chat::lexicon::Slot;
        let issues = |got: &Got| matches!(got.slot, Slot::Key | Slot::Issue | Slot::Target);
        let filter = |got: &Got| {
            got.slot == Slot::Words && self.scan.keyword(got.start, "followword").is_some_and(|(_, end)| end == got.end)
        };
        got.iter().any(filter) && !got.iter().any(issues)
    }

    /// Whether another action begins at a token, behind an “and”.
    fn begins_another(&self, at: usize) -> bool {
        let verb = self.past(at, "lead");
        let joined = verb > at || at > 0 && self.kind(at - 1) == Some(Kind::Sign);
        let is_verb = |edge: &crate::chat::read::sentence::Edge| {
            edge.cost == 0 && self.scan.lexicon.acts_starting_with(edge.word).next().is_some()
        };
        joined && self.scan.sentence.edges(verb).iter().any(is_verb)
    }

    /// Whether issues are named by their keys, and nothing is guessed.
    fn is_firm(&self, got: &[Got]) -> bool {
        use crate::chat::lexicon::Slot;
        let keyed = |got: &Got| {
            matches!(got.slot, Slot::Key | Slot::Issue | Slot::Target)
                && self.scan.keys(self.noun_before_key(got.start)).is_some_and(|(_, end)| end == got.end)
        };
        let loose = |got: &Got| matches!(got.slot, Slot::Words | Slot::Changes);
        got.iter().any(keyed) && !got.iter().any(loose)
    }

    /// Asks which of some things is meant: with each, the text with its name in place of what was written.
    fn ask_which(&self, message: String, place: (usize, usize), names: Vec<(String, String)>) -> Stop {
        let choices =
            names.into_iter().map(|(label, name)| Choice { label, text: self.replaced(place, &name) }).collect();
        Stop::Ask(Question { message, choices })
    }
}

/// An action on issues, or a new one.
type Made = Try<(Change, Target)>;

/// A question without choices.
fn ask(message: impl Into<String>) -> Stop {
    Stop::Ask(Question { message: message.into(), choices: Vec::new() })
}

#[cfg(test)]
mod tests;
