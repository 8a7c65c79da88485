//! The names that can stand at a place.

use super::ItemKind;
use super::offer::Offer;
use crate::jql::fields::{self, Type};
use crate::jql::printer::quote;
use crate::jql::resolve::Subject;
use crate::vocabulary::{Entry, Kind, State, Vocabulary};

/// The categories of statuses, as a site in English names them.
const CATEGORIES: [&str; 3] = ["To Do", "In Progress", "Done"];

/// The fields, or only those by which results can be sorted.
pub(super) fn fields(offer: &mut Offer, vocabulary: &Vocabulary, sorting: bool) {
    for known in fields::fields().iter().filter(|known| known.sortable || !sorting) {
        // Who has written nothing yet wants to see each field once.
        for name in known.names().take(if offer.is_open() { 1 } else { usize::MAX }) {
            offer.name(ItemKind::Field, name);
        }
    }
    for entry in vocabulary.entries(Kind::Field) {
        let fits = entry.facts.as_deref().is_some_and(|facts| if sorting { facts.sortable } else { facts.searchable });
        let Some(name) = entry.in_queries().filter(|name| fits && offer.wants(name)) else { continue };
        if entry.also.iter().any(|name| fields::field(name).is_some()) {
            continue;
        }
        // Several custom fields can share a name; then only the number says which.
        let number = entry.also.iter().find(|name| name.starts_with("cf["));
        match number.filter(|_| vocabulary.fields(name).nth(1).is_some()) {
            Some(number) => offer.add(ItemKind::Field, name, number.clone()),
            None => offer.name(ItemKind::Field, name),
        }
    }
}

/// The values that a field can have.
pub(super) fn values(offer: &mut Offer, subject: Subject<'_>, vocabulary: &Vocabulary) {
    match subject.kind {
        Type::StatusCategory => CATEGORIES.iter().for_each(|name| offer.name(ItemKind::Value, name)),
        Type::Option => {
            subject.options.into_iter().flatten().for_each(|option| offer.name(ItemKind::Value, &option.name))
        }
        Type::Resolution => {
            offer.name(ItemKind::Value, "Unresolved");
            listed(offer, Kind::Resolution, vocabulary);
        }
        held => {
            if let Some(kind) = Kind::of_type(held) {
                listed(offer, kind, vocabulary);
            }
        }
    }
}

fn listed(offer: &mut Offer, kind: Kind, vocabulary: &Vocabulary) {
    let entries = vocabulary.entries(kind);
    // Who has left comes last.
    for gone in [false, true] {
        for entry in entries.iter().filter(|entry| (entry.state == State::Inactive) == gone) {
            one(offer, kind, entry, vocabulary);
        }
    }
}

fn one(offer: &mut Offer, kind: Kind, entry: &Entry, vocabulary: &Vocabulary) {
    match (kind, entry.also.first()) {
        (Kind::Project, Some(key)) => offer.add(ItemKind::Value, &format!("{} ({key})", entry.name), quote(key)),
        (Kind::LinkType, _) => entry.also.iter().for_each(|name| offer.name(ItemKind::Value, name)),
        // Two people can have one name, and two boards a sprint of one name.
        (Kind::Person | Kind::Sprint, _) if offer.wants(&entry.name) => {
            let text = if vocabulary.count(kind, &entry.name) > 1 { &entry.id } else { &entry.name };
            let number = kind == Kind::Sprint && text == &entry.id;
            offer.add(ItemKind::Value, &entry.name, if number { text.clone() } else { quote(text) });
        }
        (Kind::Person | Kind::Sprint, _) => {}
        _ => offer.name(ItemKind::Value, &entry.name),
    }
}

/// The functions that apps have added. What they give is not known well enough to leave any out.
pub(super) fn functions(offer: &mut Offer, vocabulary: &Vocabulary) {
    for entry in vocabulary.entries(Kind::Function) {
        if !fields::functions().iter().any(|known| known.names().any(|name| name.eq_ignore_ascii_case(&entry.name))) {
            offer.function(&entry.name, 1);
        }
    }
}
