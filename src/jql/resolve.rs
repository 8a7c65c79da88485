//! Which field a name means on a site.

use super::ast::Field;
use super::fields::{self, Operators, Shape, Type};
use crate::vocabulary::{Entry, Kind, State, Vocabulary, same};

/// What is known of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'v> {
    /// What it holds.
    pub(super) kind: Type,
    /// The operators it takes.
    pub(super) operators: Operators,
    /// Whether results can be sorted by it.
    pub(super) sortable: bool,
    /// Whether it can be searched by.
    pub(super) searchable: bool,
    /// The values that are laid down for it, if they are known.
    pub(super) options: Option<&'v [Entry]>,
}

impl Subject<'_> {
    /// A field that is there and of which nothing is known.
    pub(super) const ANY: Self = Self::of(Type::Any);

    pub(super) const fn of(kind: Type) -> Self {
        Self { kind, operators: kind.operators(), sortable: true, searchable: true, options: None }
    }
}

/// What a name turned out to be.
pub(super) enum Found<'v> {
    /// A field.
    Field(Subject<'v>),
    /// Not a field of this site.
    Nothing,
    /// Nobody can tell: the site's fields are not known.
    Unknown,
}

/// The field that a query names.
pub(super) fn field<'v>(field: &Field, vocabulary: &'v Vocabulary) -> Found<'v> {
    if let Some(number) = field.custom_id() {
        return listed(&format!("cf[{number}]"), vocabulary);
    }
    if let Some((name, _)) = field.collapsed()
        && !fields::before_brackets(name)
    {
        // The type in the brackets is in the person's language, and is not known here.
        return match (named(&field.name, vocabulary), named(name, vocabulary)) {
            (Found::Field(subject), _) | (_, Found::Field(subject)) => Found::Field(subject),
            (_, other) => other,
        };
    }
    if field.properties.is_empty() {
        return named(&field.name, vocabulary);
    }
    if fields::before_brackets(&field.name) {
        return Found::Field(Subject::ANY);
    }
    match named(&field.name, vocabulary) {
        Found::Field(_) => Found::Field(Subject::ANY),
        other => other,
    }
}

/// The field of this name.
pub(super) fn named<'v>(name: &str, vocabulary: &'v Vocabulary) -> Found<'v> {
    let Some(known) = fields::field(name) else {
        return match listed(name, vocabulary) {
            Found::Nothing if is_link(name, vocabulary) => Found::Field(Subject::of(Type::Issue)),
            other => other,
        };
    };
    let facts = vocabulary.fields(name).next().and_then(|entry| entry.facts.as_deref());
    let told = facts.map_or(Operators::NONE, |facts| facts.operators);
    Found::Field(Subject {
        kind: known.kind,
        operators: if told == Operators::NONE { known.operators } else { told },
        sortable: known.sortable,
        searchable: true,
        options: None,
    })
}

/// A field that the site itself lists.
fn listed<'v>(name: &str, vocabulary: &'v Vocabulary) -> Found<'v> {
    let mut entries = vocabulary.fields(name);
    let Some(first) = entries.next() else {
        return if vocabulary.is_whole(Kind::Field) { Found::Nothing } else { Found::Unknown };
    };
    let mut subject = told(first);
    // A query that names several fields at once asks for each of them what it can be asked.
    for other in entries.map(told) {
        subject = Subject {
            kind: if other.kind == subject.kind { subject.kind } else { Type::Any },
            operators: subject.operators.with(other.operators),
            sortable: subject.sortable || other.sortable,
            searchable: subject.searchable || other.searchable,
            options: None,
        };
    }
    Found::Field(subject)
}

fn told(entry: &Entry) -> Subject<'_> {
    entry.facts.as_deref().map_or(Subject::ANY, |facts| Subject {
        kind: facts.kind,
        operators: if facts.operators == Operators::NONE { facts.kind.operators() } else { facts.operators },
        sortable: facts.sortable,
        searchable: facts.searchable,
        options: facts.options.as_deref(),
    })
}

/// Whether a name is made from a type of links: `issueIsBlockedBy`, `workItemBlocks`.
fn is_link(name: &str, vocabulary: &Vocabulary) -> bool {
    let lower = name.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("issue").or_else(|| lower.strip_prefix("workitem")) else { return false };
    let says = |also: &String| same(&also.replace(' ', ""), rest);
    !vocabulary.is_whole(Kind::LinkType)
        || vocabulary.entries(Kind::LinkType).iter().any(|link| link.also.iter().any(says))
}

/// What is known of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called {
    /// What it gives.
    pub(super) kind: Type,
    /// With which operators it stands.
    pub(super) shape: Shape,
    /// Jira's own, if it is one.
    pub(super) known: Option<&'static fields::Function>,
}

/// The function of this name.
pub(super) fn function(name: &str, vocabulary: &Vocabulary) -> Option<Called> {
    let known = fields::functions().iter().find(|known| known.names().any(|own| own.eq_ignore_ascii_case(name)));
    if let Some(known) = known {
        return Some(Called { kind: known.kind, shape: known.shape, known: Some(known) });
    }
    let entry = vocabulary.find(Kind::Function, name)?;
    // What an app's function gives, and how it may be used, is told too loosely to complain about.
    let shape = if entry.state == State::Many { Shape::Many } else { Shape::Either };
    Some(Called { kind: Type::Any, shape, known: None })
}
