//! On which issues: by their keys, as “this”, “those” or “the second one”, or by what they have in common.

use super::{Stop, Try, Wisher, ask};
use crate::chat::intent::{Search, Target, View};
use crate::chat::lexicon::Slot;
use crate::chat::read::compose::Composer;
use crate::chat::read::decide;
use crate::chat::read::token::Kind;
use crate::chat::when;
use crate::jql::ast::Clause;

/// So many issues are offered where one is meant.
const MOST_CHOICES: usize = 10;

/// Issues that are named one by one.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// These.
    Keys(Vec<String>),
    /// The one that is spoken of, looked at, or the only one shown.
    This,
    /// All that the last search finds.
    All,
    /// All that were shown.
    Those,
    /// These of those shown, from 1; 0 for the last.
    Places(Vec<usize>),
    /// The first of those shown, or the last: so many.
    Some(usize, bool),
}

/// Words for an issue of any type.
const ONE: &[&str] = &["issue", "ticket", "item", "card", "one", "result", "workitem", "entry"];
/// And for several.
const SEVERAL: &[&str] = &["issues", "tickets", "items", "cards", "ones", "results", "entries"];
/// No description of issues ends with these.
const LOOSE_ENDS: &[&str] = &[
    "to", "and", "or", "of", "with", "as", "from", "for", "on", "at", "by", "the", "a", "an", ",", ":", "is", "not",
    "that",
];
const ORDINALS: [&[&str]; 10] = [
    &["first", "1st"],
    &["second", "2nd"],
    &["third", "3rd"],
    &["fourth", "4th"],
    &["fifth", "5th"],
    &["sixth", "6th"],
    &["seventh", "7th"],
    &["eighth", "8th"],
    &["ninth", "9th"],
    &["tenth", "10th"],
];

impl Wisher<'_, '_> {
    /// Issues that are named one by one at a token, and the token behind.
    pub(super) fn explicit(&self, at: usize) -> Option<(Named, usize)> {
        let noun = self.noun_before_key(at);
        if let Some((keys, end)) = self.scan.keys(noun) {
            return Some((Named::Keys(keys), self.past_possession(end)));
        }
        let found = self.by_place(at).or_else(|| self.by_pronoun(at));
        found.map(|(named, end)| (named, self.past_possession(end)))
    }

    /// Behind the ending of possession: “MOB-1's”.
    pub(super) fn past_possession(&self, end: usize) -> usize {
        if self.is(end, &["'", "’"]) && self.is(end + 1, &["s"]) { end + 2 } else { end }
    }

    /// Behind a type or another word for an issue, if a key stands there: “bug MOB-12”.
    pub(super) fn noun_before_key(&self, at: usize) -> usize {
        let at = self.scan.sentence.past_articles(at);
        let is_key = |at: usize| self.kind(at) == Some(Kind::Key);
        let items = self.scan.items(at);
        let types = items.iter().filter(|item| item.slot == Slot::IssueType && item.whole).map(|item| item.end);
        let plain = (self.is(at, ONE) || self.is(at, SEVERAL)).then_some(at + 1);
        types.chain(plain).find(|end| is_key(*end)).unwrap_or(at)
    }

    fn by_pronoun(&self, at: usize) -> Option<(Named, usize)> {
        let past = self.scan.sentence.past_articles(at);
        if past > at {
            let noun = self.exact(past, &["issue", "ticket", "card", "item"]);
            return noun.then_some((Named::This, past + 1));
        }
        if self.exact(at, &["it", "this", "that"]) {
            return Some((Named::This, self.past_noun(at + 1, false)));
        }
        let all = self.exact(at, &["all", "each", "every", "both"]);
        let next = if all && self.exact(at + 1, &["of"]) {
            at + 2
        } else if all || self.exact(at, &["everything"]) {
            at + 1
        } else {
            at
        };
        if self.exact(next, &["those", "these", "them", "they", "it"]) && (next == at || !self.exact(next, &["it"])) {
            return Some((if all { Named::All } else { Named::Those }, self.past_noun(next + 1, true)));
        }
        let alone = next == at + 1 && (self.exact(at, &["all", "everything"]));
        (alone && !self.context.shown.is_empty()).then_some((Named::All, next))
    }

    fn past_noun(&self, at: usize, several: bool) -> usize {
        let items = self.scan.items(at);
        let typed = items.iter().find(|item| item.slot == Slot::IssueType && item.whole).map(|item| item.end);
        if self.exact(at, if several { SEVERAL } else { ONE }) { at + 1 } else { typed.unwrap_or(at) }
    }

    /// `the second one`, `number 3`, `#2`, `the first three`, `the last one`
    fn by_place(&self, at: usize) -> Option<(Named, usize)> {
        let past = self.scan.sentence.past_articles(at);
        let numbered = |at: usize| {
            self.scan.sentence.token(at).filter(|token| token.kind == Kind::Number)?.word.parse::<usize>().ok()
        };
        let marked = self
            .scan
            .sentence
            .token(past)
            .is_some_and(|token| self.text.get(..token.start).is_some_and(|before| before.ends_with('#')));
        let led = self.exact(past, &["number", "no", "nr", "item", "result", "issue", "ticket"]);
        if let Some(place) = numbered(if led { past + 1 } else { past }).filter(|_| led || marked) {
            return Some((Named::Places(vec![place]), if led { past + 2 } else { past + 1 }));
        }
        let last = self.exact(past, &["last"]);
        let first = self.exact(past, &["first", "top"]);
        let amount = when::number(self.scan.sentence, past + 1).filter(|_| first || last);
        if let Some((count, end)) = amount
            .filter(|(count, end)| *count > 1 && !self.exact(*end, &["days", "weeks", "months", "years", "hours"]))
        {
            return Some((Named::Some(usize::try_from(count).ok()?, first), self.past_noun(end, true)));
        }
        let (mut places, mut end) = (vec![self.ordinal(past)?], past + 1);
        while self.exact(end, &["and", ","])
            && let Some(more) = self.ordinal(self.scan.sentence.past_articles(end + 1))
        {
            places.push(more);
            end = self.scan.sentence.past_articles(end + 1) + 1;
        }
        let noun =
            if places.len() > 1 { self.exact(end, SEVERAL) || self.exact(end, ONE) } else { self.exact(end, ONE) };
        Some((Named::Places(places), if noun { end + 1 } else { end }))
    }

    fn ordinal(&self, at: usize) -> Option<usize> {
        if self.exact(at, &["last"]) {
            return Some(0);
        }
        ORDINALS.iter().position(|words| self.exact(at, words)).map(|place| place + 1)
    }

    /// Whether the token is one of these words, letter by letter: “them” is no “theme”.
    pub(super) fn exact(&self, at: usize, words: &[&str]) -> bool {
        self.scan.sentence.token(at).is_some_and(|token| token.kind != Kind::Quoted && words.contains(&&*token.word))
    }

    /// The keys of the issues that are named by some tokens.
    pub(super) fn keys_of(&self, place: (usize, usize)) -> Try<Vec<String>> {
        let (named, end) = self.explicit(place.0).ok_or(Stop::No)?;
        if let (Named::Keys(keys), true) = (&named, place.1 == self.noun_before_key(place.0) + 1) {
            return Ok(keys.iter().take(1).cloned().collect());
        }
        if end != place.1 {
            return Err(Stop::No);
        }
        let shown = &self.context.shown;
        match named {
            Named::Keys(keys) => Ok(keys),
            Named::This => self.this(place),
            Named::All | Named::Those if shown.is_empty() => {
                Err(ask("Which issues? None are shown yet. Say their keys, or search for them first."))
            }
            Named::All | Named::Those => Ok(shown.clone()),
            Named::Some(count, first) => {
                let skipped = if first { 0 } else { shown.len().saturating_sub(count) };
                Ok(shown.iter().skip(skipped).take(count).cloned().collect())
                    .and_then(|keys: Vec<_>| if keys.is_empty() { Err(self.too_few()) } else { Ok(keys) })
            }
            Named::Places(places) => {
                let at = |place: usize| if place == 0 { shown.last() } else { shown.get(place - 1) };
                places.into_iter().map(|place| at(place).cloned().ok_or_else(|| self.too_few())).collect()
            }
        }
    }

    /// Whether an issue is named as the one above: by its key, or as “this” where that is known.
    pub(super) fn is_parent(&self, named: &Named, end: usize) -> bool {
        match named {
            Named::Keys(_) => true,
            Named::This => self.at_hand().is_some() && (end >= self.end() || self.goes_on(end) || self.is(end, &[":"])),
            _ => false,
        }
    }

    fn too_few(&self) -> Stop {
        ask(match self.context.shown.len() {
            0 => "Which issues? None are shown yet. Say their keys, or search for them first.".to_owned(),
            1 => "Only one issue is shown. Which one do you mean?".to_owned(),
            count => format!("Only {count} issues are shown. Which one do you mean?"),
        })
    }

    /// The one issue that can be meant where none is named.
    pub(super) fn at_hand(&self) -> Option<String> {
        let only = if let [only] = self.context.shown.as_slice() { Some(only) } else { None };
        self.context.open.as_ref().or(only).cloned()
    }

    fn this(&self, place: (usize, usize)) -> Try<Vec<String>> {
        if let Some(key) = self.at_hand() {
            return Ok(vec![key]);
        }
        let shown = self.context.shown.iter().take(MOST_CHOICES);
        let names = shown.map(|key| (key.clone(), key.clone())).collect();
        Err(self.ask_which("Which issue do you mean?".to_owned(), place, names))
    }

    /// The issue that is meant where the text names none. While a search is talked about and no issue is open, it is that search that
    /// is to be changed.
    pub(super) fn implied(&self) -> Try<Target> {
        match self.at_hand() {
            Some(key) => Ok(Target::Issues(vec![key])),
            None if self.context.query.is_some() => Err(Stop::No),
            None => Err(ask("Which issue do you mean? Say its key.")),
        }
    }

    /// The issues that some tokens name or describe.
    pub(super) fn target_of(&self, place: (usize, usize)) -> Try<Target> {
        if let Some(search) = self.last_search(place) {
            return Ok(Target::Matching(Box::new(search)));
        }
        match self.keys_of(place) {
            Ok(keys) => Ok(Target::Issues(keys)),
            Err(Stop::No) => Ok(Target::Matching(Box::new(self.described(place)?))),
            Err(other) => Err(other),
        }
    }

    /// The last search, where it found more than was shown: “all of them” means those too.
    fn last_search(&self, place: (usize, usize)) -> Option<Search> {
        let is_meant = matches!(self.explicit(place.0), Some((Named::All, end)) if end == place.1);
        let (all, query) = (self.context.all.filter(|_| is_meant)?, self.context.query.clone()?);
        let limit = (all != u32::MAX).then_some(all);
        Some(Search { query, sources: Vec::new(), ignored: Vec::new(), view: View::List, limit })
    }

    /// The search that some tokens describe: they have to speak of issues, and every word has to be understood, since one that is
    /// left out would make it more issues than were meant.
    pub(super) fn described(&self, place: (usize, usize)) -> Try<Search> {
        if self.exact(place.1.saturating_sub(1), LOOSE_ENDS) {
            return Err(Stop::No);
        }
        let pieces = self.scan.cover(place.0, place.1);
        let understood = Composer::compose(self.scan, self.text, &pieces);
        let speaks = understood.noun
            || self.means_all(place.0)
            || understood.drafts.iter().any(|draft| tests_type(&draft.clause));
        if understood.drafts.is_empty()
            || understood.declined.is_some()
            || understood.impossible.is_some()
            || !speaks
            || understood.dangling
        {
            return Err(Stop::No);
        }
        if !understood.unknown.is_empty() {
            let unknown: Vec<_> = understood.unknown.iter().map(|at| self.verbatim(*at, at + 1)).collect();
            if unknown.len() == 1 && self.means_all(place.0) {
                let question =
                    ask(format!("I do not know what “{}” means. Which issues do you mean?", unknown.join(" ")));
                if let Stop::Ask(question) = question {
                    self.later.replace(Some(question));
                }
            }
            return Err(Stop::No);
        }
        if let Some(question) = understood.question {
            return Err(Stop::Ask(question));
        }
        decide::search(self.scan, self.text, &understood).ok_or(Stop::No)
    }

    /// Whether a token says that all of some issues are meant.
    pub(super) fn means_all(&self, at: usize) -> bool {
        let at = self.scan.sentence.past_articles(at);
        self.exact(
            at,
            &["all", "every", "everything", "anything", "each", "my", "any", "whatever", "both", "those", "these"],
        )
    }
}

fn tests_type(clause: &Clause) -> bool {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().any(tests_type),
        Clause::Not(..) => false,
        Clause::Terminal(terminal) => terminal.field.name == "issuetype",
    }
}
