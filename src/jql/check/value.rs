//! One value.

use super::terminal::Place;
use super::{Check, ProblemKind, SUGGESTIONS, text};
use crate::jql::ast::{Operator, Value};
use crate::jql::fields::Type;
use crate::vocabulary::{Entry, Kind, near, same};

/// The categories of statuses: id, key, name. They are the same on every site.
const CATEGORIES: [[&str; 3]; 4] = [
    ["2", "new", "To Do"],
    ["4", "indeterminate", "In Progress"],
    ["3", "done", "Done"],
    ["1", "undefined", "No Category"],
];

impl Check<'_> {
    pub(super) fn value(&mut self, value: &Value, place: Place<'_>) {
        if matches!(place.operator, Some((Operator::Like | Operator::NotLike, _))) {
            return;
        }
        match place.subject.kind {
            Type::Number => self.shaped(value, place, text::is_number(&value.text), "a number, such as 5 or \"2.5\""),
            Type::Duration => {
                let fits = text::is_amount(&value.text, true);
                self.shaped(value, place, fits, "an amount of time, such as 4h or \"1w 2d\"");
            }
            Type::Moment | Type::Day => {
                let fits = value.number || text::is_date(&value.text) || text::is_amount(&value.text, false);
                self.shaped(value, place, fits, "a date, such as 2026-01-31, -7d or startOfWeek()");
            }
            Type::Issue => {
                let fits = value.number || text::is_number(&value.text) || text::is_key(&value.text);
                self.shaped(value, place, fits, "an issue's key, such as ABC-123");
            }
            Type::StatusCategory => self.category(value),
            Type::Option => self.option(value, place),
            held => {
                if let Some(kind) = Kind::of_type(held) {
                    self.named(value, kind, place);
                }
            }
        }
    }

    /// A value that has to have a shape.
    fn shaped(&mut self, value: &Value, place: Place<'_>, fits: bool, wanted: &str) {
        if !fits {
            let said = format!("“{}” takes {wanted}, not “{}”.", place.name, text::shortened(&value.text));
            self.add(ProblemKind::WrongValue, value.span, said);
        }
    }

    fn category(&mut self, value: &Value) {
        if !CATEGORIES.iter().flatten().any(|name| same(name, &value.text)) {
            let names = near(&value.text, &mut CATEGORIES.iter().flat_map(|[_, key, name]| [*name, *key]), SUGGESTIONS);
            self.missing(value, Type::StatusCategory, names);
            // Sites in other languages have other names for the same four.
            self.not_refused();
        }
    }

    fn option(&mut self, value: &Value, place: Place<'_>) {
        let Some(options) = place.subject.options else { return };
        self.looks += options.len();
        if !options.iter().any(|option| option.is_called(&value.text)) {
            let names = near(&value.text, &mut options.iter().map(|option| option.name.as_str()), SUGGESTIONS);
            let said = format!("“{}” has no option “{}”.", text::shortened(place.name), text::shortened(&value.text));
            self.suggest(ProblemKind::UnknownValue, value.span, said, names);
        }
    }

    /// A value that has to be one of the site's names.
    fn named(&mut self, value: &Value, kind: Kind, place: Place<'_>) {
        let text = value.text.as_str();
        self.looks += self.vocabulary.entries(kind).len();
        if !self.vocabulary.is_whole(kind) || self.exists(kind, text) {
            return;
        }
        let names = self.names_near(kind, text);
        self.missing(value, place.subject.kind, names);
        // Jira knows more people than it lists, takes any text for a label, and remembers names that are gone.
        if place.past || matches!(kind, Kind::Label | Kind::Person) {
            self.not_refused();
        }
    }

    fn exists(&self, kind: Kind, name: &str) -> bool {
        match kind {
            Kind::Resolution if same(name, "Unresolved") => true,
            // Jira tells the mail addresses of few people, and finds people by all of them.
            Kind::Person if name.contains('@') => true,
            _ => self.vocabulary.find(kind, name).is_some(),
        }
    }

    fn names_near(&self, kind: Kind, name: &str) -> Vec<String> {
        let entries = self.vocabulary.entries(kind).iter();
        let called = |entry: &'_ Entry| !entry.name.is_empty();
        let all = entries.filter(|entry| called(entry)).flat_map(|entry| {
            let keys = if kind == Kind::Project || kind == Kind::LinkType { entry.also.as_slice() } else { &[] };
            std::iter::once(&entry.name).chain(keys).map(String::as_str)
        });
        near(name, &mut { all }, SUGGESTIONS)
    }

    fn missing(&mut self, value: &Value, held: Type, names: Vec<String>) {
        let said = format!("There is no {} “{}”.", held.noun(), text::shortened(&value.text));
        self.suggest(ProblemKind::UnknownValue, value.span, said, names);
    }
}
