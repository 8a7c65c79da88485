//! Words that mean nothing here: what of them is looked for as text.

use super::{Bare, Composer, Draft};
use crate::chat::index::Field;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Act, Candidate};
use crate::chat::read::template::words;
use crate::jql::ast::{Clause, Operator};
use crate::jql::build::field;
use crate::jql::fields::Type;
use crate::vocabulary::{Kind, folded};

/// What companies call those whom they work for.
const CUSTOMERS: [&str; 6] = ["customer", "client", "account", "company", "organisation", "organization"];

/// What stands behind the name of a company and is not part of what it is called, as people write it.
const FORMS: [&str; 14] = [
    "inc",
    "ltd",
    "llc",
    "plc",
    "gmbh",
    "corp",
    "crop",
    "copr",
    "corporation",
    "incorporated",
    "limited",
    "co",
    "ag",
    "sa",
];

/// More words that mean nothing are no topic.
const LONGEST_TOPIC: usize = 4;

/// What all runs of unknown words of a text have in common.
struct Around<'p, 'r> {
    pieces: &'p [Candidate<'r>],
    /// The site's field for customers.
    customer: Option<&'r Field>,
    /// Whether the text is nothing but these words.
    whole: bool,
    /// Whether there are conditions, but nothing that says what they are about.
    nothing_named: bool,
    /// Whether the first word is followed by one that says where it is: “crashes on iOS”.
    placed: bool,
}

impl<'r> Composer<'_, 'r> {
    /// Words that mean nothing here but stand where a topic stands, before “bugs”, or are written like a name, are looked for.
    pub(super) fn look_for_unknown(&mut self, pieces: &[Candidate<'r>]) {
        let runs = self.unknown_runs();
        let is_customer = |field: &&Field| field.kind == Type::Text && CUSTOMERS.contains(&&*folded(&field.name));
        let is_unknown = |piece: &Candidate<'_>| matches!(piece.act, Act::Unknown);
        let around = Around {
            pieces,
            customer: self.scan.index.fields.iter().find(is_customer).or_else(|| self.only_text()),
            whole: self.out.drafts.is_empty() && runs.len() == 1 && pieces.len() > 1 && pieces.iter().all(is_unknown),
            nothing_named: !self.out.noun && !self.out.drafts.is_empty(),
            placed: self.scan.sentence.is(1, &["in", "on", "with", "at", "from", "inside"]),
        };
        let mut last = None;
        for (start, end) in runs {
            if self.look_for_key(start, end) {
                self.out.unknown.retain(|at| !(start..end).contains(at));
            } else if is_before_parent(pieces, end) {
                self.out.unknown.retain(|at| !(start..end).contains(at));
            } else if self.look_for(&around, (start, end), last) {
                last = Some(end);
            }
        }
    }

    /// A word in capitals is taken for a project's key where the projects are not known: people write those so.
    fn look_for_key(&mut self, start: usize, end: usize) -> bool {
        let unknown = self.scan.vocabulary.part(Kind::Project).is_none() && end == start + 1;
        let token = self.scan.sentence.token(start).filter(|token| unknown && token.capitals && token.word.len() <= 10);
        let Some(key) = token.map(|token| token.word.to_ascii_uppercase()) else { return false };
        self.add(field("project").eq(key), (start, end), String::new());
        true
    }

    /// The one field for text that the site has made itself: names of others go there.
    fn only_text(&self) -> Option<&'r Field> {
        let is_own = |field: &&Field| field.kind == Type::Text && crate::jql::fields::field(&field.name).is_none();
        let mut own = self.scan.index.fields.iter().filter(is_own);
        own.next().filter(|_| own.next().is_none())
    }

    /// The unknown words that follow each other and are written alike.
    fn unknown_runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let capital = |at: usize| self.scan.sentence.token(at).is_some_and(|token| token.capital);
        for at in &self.out.unknown {
            match runs.last_mut().filter(|(start, end)| *end == *at && capital(*start) == capital(*at)) {
                Some(run) => run.1 = at + 1,
                None => runs.push((*at, at + 1)),
            }
        }
        runs
    }

    /// Looks for a run of unknown words, if they stand like a topic or a name; whether they do. `last` is the end of the run before.
    fn look_for(&mut self, around: &Around<'_, 'r>, (start, end): (usize, usize), last: Option<usize>) -> bool {
        if self.is_other_text((start, end)) {
            return true;
        }
        let tokens = self.scan.sentence.tokens.get(start..end).unwrap_or_default();
        let named = self.is_named(around, (start, end));
        let long = tokens.iter().all(|token| token.word.len() > 2 && token.word.chars().all(char::is_alphabetic));
        let topic = || !around.whole && (is_before_noun(around.pieces, end) || around.leads(start, end));
        // The words that phrases begin with are no topics.
        let own = |word: &str| {
            let number = self.scan.sentence.number(word);
            number.is_some_and(|word| self.scan.lexicon.starting_with(word).next().is_some())
        };
        let thing = !own(&tokens.first().map_or_else(String::new, |token| token.word.clone()))
            && tokens.iter().all(|token| !describes(&token.word));
        let article = self.scan.sentence.past_articles(end) > end && start == 0;
        if !(named && !around.whole || long && thing && !article && topic()) || end - start > LONGEST_TOPIC {
            return false;
        }
        let mut written: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        if named && written.len() > 1 && written.last().is_some_and(|word| FORMS.contains(word)) {
            written.pop();
        }
        let name = around.customer.filter(|_| named).map_or("text", |field| &field.name);
        let clause = field(name).like(words(&written.join(" ")));
        let reading = format!("“{}”: looked for in the {name}", self.written((start, end)));
        self.not = None;
        // “Wayne and Stark” are two of whom no issue is both.
        self.or = named && last.is_some_and(|last| last + 1 == start);
        self.add(clause, (start, end), reading);
        self.out.unknown.retain(|at| !(start..end).contains(at));
        true
    }

    /// “That mention a timeout or memory leaks”: one more text for the condition before, which is taken in.
    fn is_other_text(&mut self, (start, end): (usize, usize)) -> bool {
        let joined = start > 0 && end - start <= LONGEST_TOPIC && self.scan.sentence.is(start - 1, &["or"]);
        let before = |draft: &Draft| match &draft.clause {
            Clause::Terminal(terminal) if terminal.operator == Operator::Like => draft.end + 1 == start,
            _ => false,
        };
        let Some(at) = self.out.drafts.iter().position(before).filter(|_| joined) else { return false };
        let Some(Clause::Terminal(known)) = self.out.drafts.get(at).map(|draft| draft.clause.clone()) else {
            return false;
        };
        let tokens = self.scan.sentence.tokens.get(start..end).unwrap_or_default();
        let written: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let clause = field(&*known.field.name).like(words(&written.join(" ")));
        let draft = Draft { clause, start, end, reading: String::new(), or: true, bare: Bare::Nothing };
        self.out.drafts.insert(at + 1, draft);
        self.or = false;
        self.out.unknown.retain(|at| !(start..end).contains(at));
        true
    }

    /// Whether a word comes next that stands before nouns, so that those before it are none: “before my call”.
    fn is_common(&self, at: usize) -> bool {
        self.scan
            .sentence
            .is(at, &["my", "our", "the", "a", "an", "this", "that", "your", "their", "we", "i", "it", "all"])
    }

    /// Whether the words are a name: of a customer, or written with capitals.
    fn is_named(&self, around: &Around<'_, 'r>, (start, end): (usize, usize)) -> bool {
        let tokens = self.scan.sentence.tokens.get(start..end).unwrap_or_default();
        let has_customers = around.customer.is_some();
        let led = start > 0 && self.scan.sentence.is(start - 1, &["for", "from", "client", "customer"]);
        let last = self.scan.sentence.tokens.len() == end;
        let led = led && !tokens.iter().any(|token| self.scan.sentence.is_ordinary(&token.word));
        has_customers && led && last && end - start < 3
            || (start > 0
                || has_customers && !around.whole && !self.is_common(end) && !self.scan.sentence.is(end, &["!", "?"]))
                && tokens.iter().all(|token| token.capital && token.word.len() > 2)
    }
}

impl Around<'_, '_> {
    /// Whether the words are the first of the text, nowhere is said what is asked for, and a condition follows: “acme open”.
    fn leads(&self, start: usize, end: usize) -> bool {
        let next = self.pieces.iter().find(|piece| piece.start >= end && !matches!(piece.act, Act::Sign));
        // “Acme or Initech open”
        let is_or = |piece: &Candidate<'_>| matches!(&piece.act, Act::Phrase(meaning, _) if meaning.kind == "or");
        let other = next.is_some_and(|next| {
            let unknown = |piece: &Candidate<'_>| piece.start == next.end && matches!(piece.act, Act::Unknown);
            is_or(next) && self.pieces.iter().any(unknown)
        });
        self.nothing_named && start == 0 && (self.placed || other || next.is_none_or(is_condition))
    }
}

/// Whether a piece is a condition by itself.
fn is_condition(piece: &Candidate<'_>) -> bool {
    match &piece.act {
        Act::Phrase(meaning, _) => {
            !matches!(meaning.kind, "-" | "weak" | "noun" | "and" | "or" | "except" | "aside" | "greeting")
        }
        Act::Items(..) | Act::Test(..) | Act::When(_) => true,
        _ => false,
    }
}

/// Whether a word tells by its ending how something is, and not what it is about.
fn describes(word: &str) -> bool {
    const ENDS: [&str; 9] = ["ed", "ous", "ful", "less", "est", "ly", "ish", "able", "ible"];
    word.len() > 4 && (ENDS.iter().any(|end| word.ends_with(end)) || word.starts_with("un") || word.starts_with("half"))
}

/// “The dark mode epic MOB-40”: words before it are its name.
fn is_before_parent(pieces: &[Candidate<'_>], end: usize) -> bool {
    let next = pieces.iter().find(|piece| piece.start == end);
    next.is_some_and(|piece| matches!(&piece.act, Act::Phrase(meaning, _) if meaning.text == "parent = {key}"))
}

/// Whether “issues”, or a type of issues, comes next.
fn is_before_noun(pieces: &[Candidate<'_>], end: usize) -> bool {
    let next = pieces.iter().find(|piece| piece.start == end);
    next.is_some_and(|piece| match &piece.act {
        Act::Phrase(meaning, _) => meaning.kind == "noun",
        Act::Items(items, _) => items.iter().all(|item| item.slot == Slot::IssueType),
        _ => false,
    })
}
