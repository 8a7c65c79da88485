//! What can stand at a place of a query that somebody is writing.

mod names;
mod offer;
mod place;

use super::ast::Operator;
use super::fields::{self, Shape, Type};
use super::lexer;
use super::resolve::{self, Found, Subject};
use crate::vocabulary::{Kind, Vocabulary};
pub(crate) use offer::Offer;
use place::{Expect, Place};

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A field.
    Field,
    /// An operator.
    Operator,
    /// A value.
    Value,
    /// A function.
    Function,
    /// A word or a sign of the language.
    Keyword,
    /// A name of the site where it stands in a sentence, and not in a query.
    Name(Kind),
    /// Words of a sentence.
    Words,
}

/// One thing that can stand at the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The JQL to put in place of [`Completion::start`] to [`Completion::end`], in quotes where it needs them. A text that ends in
    /// an opening parenthesis goes on with arguments.
    pub text: String,
    /// What it is.
    pub kind: ItemKind,
    /// What people call it: `Mobile App (MOB)`.
    pub label: String,
}

/// What can stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The first byte of what an item replaces: what is written already.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The best first.
    pub items: Vec<Item>,
}

/// What can stand at byte `cursor` of a query that need not be complete, at most `limit` things: first what begins with what is
/// written already, then what has a word that does, then what contains it.
pub fn complete(text: &str, cursor: usize, vocabulary: &Vocabulary, limit: usize) -> Completion {
    let place = place::at(text, cursor);
    let mut offer = Offer::new(&place.prefix, limit);
    let mut start = place.start;
    match place.expect {
        Expect::Field => {
            names::fields(&mut offer, vocabulary, false);
            offer.keywords(if place.first { &["NOT", "ORDER BY"] } else { &["NOT"] });
        }
        Expect::Operator => operators(&mut offer, &place, vocabulary),
        Expect::In => offer.keywords(&["IN"]),
        Expect::Is => offer.keywords(&["EMPTY", "NOT EMPTY"]),
        Expect::Empty => offer.keywords(&["EMPTY"]),
        Expect::Value => values(&mut offer, &place, vocabulary),
        Expect::Argument => argument(&mut offer, &place, vocabulary),
        Expect::Comma | Expect::After => {
            // What is written may go on with a name of several words that lacks its quotes.
            if let Some(whole) = place.whole_prefix(text).filter(|_| !place.prefix.is_empty()) {
                let mut joined = Offer::new(&whole, limit);
                names::values(&mut joined, subject(&place, vocabulary), vocabulary);
                if joined.finds() {
                    offer = joined;
                    start = place.value_start;
                }
            }
            if start == place.start {
                after(&mut offer, &place);
            }
        }
        Expect::By => offer.keywords(&["BY"]),
        Expect::OrderField => names::fields(&mut offer, vocabulary, true),
        Expect::Direction => offer.keywords(&["ASC", "DESC", ","]),
        Expect::OrderComma => offer.keywords(&[","]),
    }
    Completion { start, end: place.end, items: offer.items() }
}

/// What is known of the field whose value is written.
fn subject<'v>(place: &Place, vocabulary: &'v Vocabulary) -> Subject<'v> {
    if let Some(held) = place.predicate {
        return Subject::of(held);
    }
    match place.field.as_ref().map(|field| resolve::field(field, vocabulary)) {
        Some(Found::Field(subject)) => subject,
        _ => Subject::ANY,
    }
}

fn operators(offer: &mut Offer, place: &Place, vocabulary: &Vocabulary) {
    for operator in subject(place, vocabulary).operators.list() {
        offer.add(ItemKind::Operator, operator.text(), operator.text().to_owned());
    }
}

fn values(offer: &mut Offer, place: &Place, vocabulary: &Vocabulary) {
    let subject = subject(place, vocabulary);
    let list = matches!(place.operator, Some(Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn))
        && place.predicate.is_none();
    if list && !place.list {
        offer.wrap();
    }
    names::values(offer, subject, vocabulary);
    offer.plain();
    for function in fields::functions() {
        let fits = match function.shape {
            Shape::One => !list || place.list,
            Shape::Many => list,
            Shape::Either => true,
        };
        if fits && subject.kind != Type::Any && function.kind != Type::Any && gives(subject.kind, function.kind) {
            offer.function(function.name(), function.least);
        }
    }
    names::functions(offer, vocabulary);
    if list && !place.list {
        offer.keywords(&["("]);
    } else if subject.operators.has(Operator::Is) || place.predicate.is_some() {
        offer.keywords(&["EMPTY"]);
    }
    match place.operator {
        Some(Operator::Was) if place.predicate.is_none() && place.bare => offer.keywords(&["NOT", "IN"]),
        Some(Operator::WasNot) if place.predicate.is_none() && place.bare => offer.keywords(&["IN"]),
        _ => {}
    }
}

/// Whether a function is worth offering: it gives exactly what the field holds.
fn gives(held: Type, given: Type) -> bool {
    held != Type::Other && fields::same_family(held, given)
}

fn argument(offer: &mut Offer, place: &Place, vocabulary: &Vocabulary) {
    let called = resolve::function(&place.function, vocabulary);
    if let Some(known) = called.and_then(|called| called.known) {
        names::values(offer, Subject::of(known.argument), vocabulary);
    }
}

fn after(offer: &mut Offer, place: &Place) {
    if place.expect == Expect::Comma {
        offer.keywords(&[",", ")"]);
        return;
    }
    match place.operator {
        Some(Operator::Changed) => offer.keywords(&["FROM", "TO", "AFTER", "BEFORE", "ON", "DURING", "BY"]),
        Some(operator) if operator.is_history() => offer.keywords(&["AFTER", "BEFORE", "ON", "DURING", "BY"]),
        _ => {}
    }
    offer.keywords(&["AND", "OR", "ORDER BY"]);
}

/// What a word or a quoted text that is being written stands for so far.
fn written(lexeme: &str) -> String {
    lexer::decode(lexeme.strip_prefix(['"', '\'']).unwrap_or(lexeme))
}

#[cfg(test)]
mod tests;
