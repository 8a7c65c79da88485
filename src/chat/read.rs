//! From a text to what it asks for, by the table of phrases and the names of a site.
//!
//! 1. [`token`] splits the text; [`sentence`] finds for each token the words it can be: as written, in another form, mistyped.
//! 2. `scan` tells what can stand at each place: phrases, names, times, tests of fields (`test`), keys.
//! 3. `cover` chooses the pieces that leave least unread; every piece has a score by its length and by how far it is from what is
//!    written.
//! 4. `compose` puts the pieces together: denials, “or”, events with their times and people (`event`), order, views. What is said of
//!    an occasion before the question, or as a headline, says nothing but names. Conditions that no issue can meet are made one
//!    where “and” joins them, and are asked about otherwise. Words without meaning are looked for where they stand like a topic or
//!    a name.
//! 5. `decide` says what it is: an action (`wish`), a report, a search, one that leans on the search before (`follow`), a question
//!    back, none of ours. A reading that leaves words over asks: a wrong answer is worse than a question.

mod compose;
mod cover;
mod decide;
mod event;
mod follow;
mod names;
mod report;
mod scan;
pub mod sentence;
mod template;
mod test;
pub mod token;
mod wish;

use crate::chat::dictionary::Dictionary;
use crate::chat::index::Index;
use crate::chat::intent::{Context, Intent, Search, Source, View};
use crate::chat::lexicon::Lexicon;
use crate::chat::when;
use crate::jql::ast::Clause;
use crate::jql::{Query, parse};
use crate::vocabulary::Vocabulary;
use compose::Composer;
use scan::Scan;
use sentence::Sentence;
use std::rc::Rc;

pub use names::Named;

/// Reads texts about one site.
#[derive(Debug)]
pub struct Reader {
    vocabulary: Rc<Vocabulary>,
    words: Dictionary,
    lexicon: Lexicon,
    index: Index,
}

impl Reader {
    /// A reader for a site.
    pub fn new(vocabulary: Rc<Vocabulary>) -> Self {
        let mut words = Dictionary::default();
        let lexicon = Lexicon::new(&mut words);
        for word in when::words().chain(["currentuser"]) {
            words.add(word);
        }
        let index = Index::new(&vocabulary, &lexicon, &mut words);
        Self { vocabulary, words, lexicon, index }
    }

    /// The names it reads by.
    pub const fn names(&self) -> &Rc<Vocabulary> {
        &self.vocabulary
    }

    /// Reads a text: raw JQL, the key of an issue, or plain words.
    pub fn read(&self, text: &str, context: &Context) -> Intent {
        let text = text.trim();
        let parsed = parse(text);
        if let Ok(query) = &parsed
            && query.where_clause.is_some()
            && self.runs(query)
            && !lacks_call(text)
        {
            return Intent::Search(Box::new(raw(text, query.clone())));
        }
        let sentence = Sentence::new(text, &self.words);
        let scan = self.scan(&sentence, context);
        if !matches!(&parsed, Ok(query) if query.where_clause.is_none())
            && is_meant_as_jql(text)
            && !is_plain(&scan, text, context)
        {
            return match parsed {
                Ok(query) => Intent::Search(Box::new(raw(text, query))),
                Err(error) => Intent::BrokenJql(error),
            };
        }
        decide::read(&scan, context, text)
    }

    fn scan<'r>(&'r self, sentence: &'r Sentence<'r>, context: &Context) -> Scan<'r> {
        let mut scan = Scan::new(sentence, &self.index, &self.lexicon, &self.vocabulary, context.today);
        scan.me.clone_from(&context.me);
        scan.spoken = context.query.as_ref().and_then(|query| follow::person(&scan, query));
        scan
    }

    /// Whether a text asks for a change, or would if what is in doubt were not.
    pub fn is_wish(&self, text: &str, context: &Context) -> bool {
        let sentence = Sentence::new(text.trim(), &self.words);
        let scan = self.scan(&sentence, context);
        wish::read(&scan, context, text.trim()).is_some()
    }

    /// Whether a text that is JQL by its form is it by its fields: “bugs in review” is not.
    fn runs(&self, query: &Query) -> bool {
        use crate::jql::check::{ProblemKind, check};
        !check(query, &self.vocabulary).iter().any(|problem| problem.kind == ProblemKind::UnknownField)
    }
}

/// Whether plain reading understands the whole of a text with signs of JQL in it.
fn is_plain(scan: &Scan<'_>, text: &str, context: &Context) -> bool {
    if wish::read(scan, context, text).is_some() {
        return true;
    }
    if text.matches('(').count() != text.matches(')').count() {
        return false;
    }
    let pieces = scan.cover(0, scan.sentence.tokens.len());
    let understood = Composer::compose(scan, text, &pieces);
    !(understood.drafts.is_empty() && understood.order.is_empty()) && understood.unknown.len() < 2
}

/// Whether a text says `currentUser` without the parentheses that make it a function.
fn lacks_call(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower
        .match_indices("currentuser")
        .any(|(at, word)| !lower.get(at + word.len()..).is_some_and(|rest| rest.trim_start().starts_with('(')))
}

/// A query as it was typed.
fn raw(text: &str, query: Query) -> Search {
    let parts = match &query.where_clause {
        Some(Clause::And(parts, _)) => parts.as_slice(),
        Some(clause) => std::slice::from_ref(clause),
        None => &[],
    };
    let source = |part: &Clause| {
        let span = part.span();
        Source { words: span.of(text).to_owned(), span: (span.start, span.end), reading: String::new() }
    };
    let sources = parts.iter().map(source).collect();
    Search { query, sources, ignored: Vec::new(), view: View::List, limit: None }
}

/// Whether a text is read by the names of the site: JQL and keys are what they are.
pub fn needs_names(text: &str) -> bool {
    let is_key = matches!(token::split(text).as_slice(), [only] if only.kind == token::Kind::Key);
    !(is_key || is_meant_as_jql(text) && parse(text.trim()).is_ok())
}

/// Signs that people use in JQL and not in sentences.
fn is_meant_as_jql(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["=", "~", "<", ">", " in (", " order by ", "order by "].iter().any(|sign| lower.contains(sign))
        && !lower.ends_with('?')
}

#[cfg(test)]
pub(super) mod tests;
