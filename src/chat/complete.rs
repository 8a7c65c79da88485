//! What helps while a question is written: what could come next, what the words are read as so far, and where JQL goes wrong.
//! Nothing is asked of Jira for it.

mod kind;
mod words;

use crate::chat::intent::{Context, Intent, Search};
use crate::chat::read::{Named, Reader};
use crate::jql::complete::{Completion, Item, ItemKind, Offer, complete};
use crate::jql::highlight;
use crate::jql::{check, explain, fields, parse, position};
use crate::vocabulary::{Kind, State, Vocabulary};
use kind::KINDS;
use serde::Serialize;

pub use kind::HintKind;

/// So many things are offered; more nobody looks through while typing.
const MOST: usize = 8;
/// In bytes. A longer text is sent as it stands.
const LONGEST: usize = 2_000;
/// A name has at most so many words before the cursor.
const WORDS: usize = 4;

/// Something that could come next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Offered {
    /// What is put in place of [`Hints::start`] to [`Hints::end`].
    pub text: String,
    /// What people call it.
    pub label: String,
    /// What it is.
    pub kind: HintKind,
}

/// A piece of the text that is understood, or surely not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Mark {
    /// The UTF-16 unit with which it begins.
    pub start: usize,
    /// The unit behind it.
    pub end: usize,
    /// What it is.
    pub kind: HintKind,
    /// What it means: a phrase or a name. Empty where the kind says all.
    pub meaning: String,
}

/// What is wrong with JQL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// The UTF-16 unit with which it begins.
    pub start: usize,
    /// The unit behind it; the same where something is missing.
    pub end: usize,
    /// One sentence.
    pub message: String,
    /// What could stand there instead, the nearest first.
    pub suggestions: Vec<String>,
}

/// What there is to say of a text that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Hints {
    /// Whether it is taken for JQL.
    pub jql: bool,
    /// The UTF-16 unit with which that begins that an offered thing replaces.
    pub start: usize,
    /// The unit behind it.
    pub end: usize,
    /// What could come next, the best first.
    pub items: Vec<Offered>,
    /// In their order; none overlap.
    pub marks: Vec<Mark>,
    /// Of JQL only.
    pub problem: Option<Problem>,
}

/// Looks at a text with the cursor behind so many UTF-16 units. `jql`: it is JQL, whatever it looks like.
pub fn hints(reader: &Reader, text: &str, cursor: usize, context: &Context, jql: bool) -> Hints {
    if text.len() > LONGEST || text.trim().is_empty() && !jql {
        return Hints::default();
    }
    let (names, at) = (reader.names(), position::byte(text, cursor));
    let intent = if jql { None } else { Some(reader.read(text, context)) };
    let jql = intent.as_ref().is_none_or(|intent| is_jql(text, intent, names));
    let (completion, mut marks, problem) = if jql {
        (complete(text, at, names, MOST), painted(text, names), wrong(text, names))
    } else {
        (begun(text, at, names), understood(reader, text, intent, context.today), None)
    };
    // What is being typed is not called wrong.
    marks.retain(|mark| mark.kind != HintKind::Unknown || mark.end != at);
    let units = |byte: usize| position::utf16(text, byte);
    let items = completion.items.into_iter();
    Hints {
        jql,
        start: units(completion.start),
        end: units(completion.end),
        items: items.map(|it| Offered { text: it.text, label: it.label, kind: kind::of(it.kind) }).collect(),
        marks: marks.into_iter().map(|it| Mark { start: units(it.start), end: units(it.end), ..it }).collect(),
        problem: problem.map(|it| Problem { start: units(it.start), end: units(it.end), ..it }),
    }
}

/// Whether a text is read as JQL, or begins as only JQL does: with a field and a sign behind it.
fn is_jql(text: &str, intent: &Intent, names: &Vocabulary) -> bool {
    match intent {
        Intent::BrokenJql(_) => return true,
        Intent::Search(search) if parse(text.trim()).is_ok_and(|query| query == search.query) => return true,
        _ => {}
    }
    let pieces = highlight::pieces(text);
    let of = |at: usize| pieces.get(at).and_then(|(start, end, _)| text.get(*start..*end)).unwrap_or_default();
    let field = of(0).trim_matches('"');
    matches!(of(1), "=" | "!=" | "~" | "!~" | "<" | ">" | "<=" | ">=")
        && (fields::field(field).is_some() || names.fields(field).next().is_some())
}

/// The pieces of JQL, each with what its condition asks for.
fn painted(text: &str, names: &Vocabulary) -> Vec<Mark> {
    let explained = parse(text).map(|query| explain::clauses_on(&query, names)).unwrap_or_default();
    let meaning = |start: usize, end: usize| {
        let around = explained.iter().find(|clause| clause.start <= start && end <= clause.end);
        around.map_or(String::new(), |clause| clause.meaning.clone())
    };
    let pieces = highlight::pieces(text).into_iter();
    pieces
        .map(|(start, end, paint)| Mark { start, end, kind: kind::painted(paint), meaning: meaning(start, end) })
        .collect()
}

/// What is wrong with JQL first.
fn wrong(text: &str, names: &Vocabulary) -> Option<Problem> {
    match parse(text) {
        Err(error) => {
            Some(Problem { start: error.start, end: error.end, message: error.message, suggestions: Vec::new() })
        }
        Ok(query) => check::check(&query, names).into_iter().next().map(|it| Problem {
            start: it.start,
            end: it.end,
            message: it.message,
            suggestions: it.suggestions,
        }),
    }
}

/// The words that became conditions, those that mean nothing, and the names that are in none of them.
fn understood(reader: &Reader, text: &str, intent: Option<Intent>, today: i64) -> Vec<Mark> {
    // The last word is often half there, and then all is in doubt.
    let so_far = match intent {
        Some(Intent::Search(search)) => Some(*search),
        Some(Intent::Ask(_) | Intent::Decline { .. }) => reader.so_far(text.trim(), today),
        _ => None,
    };
    let mut marks = so_far.map_or(Vec::new(), |search| conditions(text, &search, reader.names()));
    for Named { start, end, slot, names } in reader.names_in(text, today) {
        if marks.iter().all(|mark| end <= mark.start || mark.end <= start) {
            marks.push(Mark { start, end, kind: kind::named(slot), meaning: names.join(", ") });
        }
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

fn conditions(text: &str, search: &Search, names: &Vocabulary) -> Vec<Mark> {
    let before = text.len() - text.trim_start().len();
    let explained = parse(&search.query.to_string()).map(|query| explain::clauses_on(&query, names));
    let mut marks: Vec<Mark> = Vec::new();
    for (clause, source) in explained.unwrap_or_default().into_iter().zip(&search.sources) {
        let (start, end) = (source.span.0 + before, source.span.1 + before);
        if start >= end || text.get(start..end).is_none() {
            continue;
        }
        match marks.iter_mut().find(|mark| mark.start < end && start < mark.end) {
            Some(mark) => {
                (mark.start, mark.end) = (mark.start.min(start), mark.end.max(end));
                mark.meaning = format!("{}, {}", mark.meaning, clause.meaning);
            }
            None => marks.push(Mark { start, end, kind: HintKind::Condition, meaning: clause.meaning }),
        }
    }
    marks.sort_by_key(|mark| mark.start);
    // One that grew may reach into the next.
    let mut behind = 0;
    marks.retain(|mark| {
        let fits = mark.start >= behind;
        behind = if fits { mark.end } else { behind };
        fits
    });
    for word in &search.ignored {
        if let Some(start) = text.find(word.as_str()) {
            let end = start + word.len();
            if marks.iter().all(|mark| end <= mark.start || mark.end <= start) {
                marks.push(Mark { start, end, kind: HintKind::Unknown, meaning: String::new() });
            }
        }
    }
    marks
}

/// What begins with the words before the cursor: as many words as one of them begins with. Behind `@` only people.
fn begun(text: &str, at: usize, names: &Vocabulary) -> Completion {
    let before = text.get(..at).unwrap_or_default();
    let mut starts: Vec<usize> = Vec::new();
    for (start, c) in before.char_indices().rev() {
        if c == '\n' || starts.len() == WORDS {
            break;
        }
        let opens = before.get(..start).is_none_or(|rest| rest.ends_with(char::is_whitespace) || rest.is_empty());
        if opens && !c.is_whitespace() {
            starts.push(start);
        }
    }
    for start in starts.into_iter().rev() {
        let written = before.get(start..).unwrap_or_default();
        let (people, prefix) = match written.strip_prefix('@') {
            Some(rest) => (true, rest),
            None => (false, written.trim_start_matches(['"', '“'])),
        };
        if prefix.ends_with(char::is_whitespace) || !people && prefix.chars().nth(1).is_none() {
            continue;
        }
        let items = offered(prefix, people, names);
        if !items.is_empty() {
            return Completion { start, end: at, items };
        }
    }
    Completion { start: at, end: at, items: Vec::new() }
}

/// What a sentence can hold, those that people mean most first: words and names. Fields are for those to whom nothing else fits:
/// “open iss” goes on with issues, and not with the field “Issue Type”.
fn offered(prefix: &str, people: bool, names: &Vocabulary) -> Vec<Item> {
    let (mut offer, mut fields) = (Offer::new(prefix, MOST), Offer::new(prefix, MOST));
    if !people {
        words::offer(&mut offer, prefix);
    }
    for (kind, _) in KINDS.into_iter().filter(|(kind, _)| !people || *kind == Kind::Person) {
        let offer = if kind == Kind::Field { &mut fields } else { &mut offer };
        for entry in names.entries(kind) {
            let gone = matches!(entry.state, State::Inactive | State::Closed | State::Archived);
            if !gone && offer.wants(&entry.name) {
                offer.add(ItemKind::Name(kind), &entry.name, entry.name.clone());
            }
        }
    }
    if prefix.is_empty() {
        return offer.items();
    }
    let mut items = offer.begun();
    items.extend(fields.begun());
    items.truncate(MOST);
    items
}

#[cfg(test)]
mod tests;
