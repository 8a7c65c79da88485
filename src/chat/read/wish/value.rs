//! New values of fields.

use super::{Stop, Try, Wisher};
use crate::chat::index::index;
use crate::chat::intent::{FieldChange, How};
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::Item;
use crate::chat::read::test::slot_of;
use crate::chat::read::token::Kind as Token;
use crate::jql::fields::Type;
use crate::vocabulary::Kind;

/// Jira's own fields that people fill in. Its other fields fill themselves.
const FILLED: [&str; 18] = [
    "assignee",
    "reporter",
    "status",
    "issuetype",
    "priority",
    "resolution",
    "labels",
    "component",
    "fixVersion",
    "affectedVersion",
    "sprint",
    "due",
    "parent",
    "summary",
    "description",
    "environment",
    "originalEstimate",
    "remainingEstimate",
];
/// Words for no value.
const NOTHING: &[&str] = &["nobody", "none", "nothing", "empty", "unassigned", "null", "blank", "noone"];

impl Wisher<'_, '_> {
    /// The fields that are named at a token and that people fill in, each with the token behind; the longest names first.
    pub(super) fn fields_at(&self, at: usize) -> Vec<(usize, usize)> {
        let items = self.scan.items(self.scan.sentence.past_articles(at));
        let mut found: Vec<(usize, usize)> = Vec::new();
        for item in items.iter().filter(|item| item.slot == Slot::Field && item.whole) {
            let places = item.names.iter().filter_map(|name| Some(index(self.scan.index.name(*name)?.at)));
            found.extend(places.filter(|field| self.is_filled(*field)).map(|field| (field, item.end)));
        }
        found.sort_by_key(|(_, end)| std::cmp::Reverse(*end));
        found
    }

    fn is_filled(&self, field: usize) -> bool {
        let Some(known) = self.scan.index.fields.get(field) else { return false };
        FILLED.contains(&&*known.name) || self.field_id(field).starts_with("customfield_") || known.name == "Epic Link"
    }

    /// The fields that exactly these tokens name.
    pub(super) fn fields_of(&self, place: (usize, usize)) -> Vec<usize> {
        self.fields_at(place.0).into_iter().filter(|(_, end)| *end == place.1).map(|(field, _)| field).collect()
    }

    /// The field's id where the site tells it, the name in queries otherwise.
    pub(super) fn field_id(&self, field: usize) -> String {
        let Some(known) = self.scan.index.fields.get(field) else { return String::new() };
        let entry = known.at.and_then(|at| self.scan.vocabulary.entries(Kind::Field).get(at));
        entry.map(|entry| entry.id.as_str()).filter(|id| !id.is_empty()).unwrap_or(&known.name).to_owned()
    }

    /// A field by the name that queries have for it.
    pub(super) fn field_named(&self, name: &str) -> Option<usize> {
        let fields = &self.scan.index.fields;
        fields.iter().position(|field| field.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn type_of(&self, field: usize) -> Type {
        self.scan.index.fields.get(field).map_or(Type::Any, |field| field.kind)
    }

    /// The change that some tokens tell for a field. Values that the site does not know are kept as they were written: the screen may
    /// know them.
    pub(super) fn change_of(&self, field: usize, how: How, place: (usize, usize)) -> Try<FieldChange> {
        self.known_change(field, how, place)?.map_or_else(
            || {
                let (start, end) = (self.scan.sentence.past_articles(place.0), place.1);
                if matches!(
                    self.type_of(field),
                    Type::Number | Type::Duration | Type::Day | Type::Moment | Type::Issue | Type::Person
                ) || end > start + 4
                    || (start..end).any(|at| self.begins_another(at))
                {
                    return Err(Stop::No);
                }
                let written = self.verbatim(start, end);
                let several = matches!(self.type_of(field), Type::Label | Type::Component | Type::Version);
                let values = if several { split(&written) } else { vec![written] };
                Ok(FieldChange { field: self.field_id(field), how, values })
            },
            Ok,
        )
    }

    /// The same, only with values that are certain.
    pub(super) fn known_change(&self, field: usize, how: How, place: (usize, usize)) -> Try<Option<FieldChange>> {
        let start = self.scan.sentence.past_articles(place.0);
        let change = |how: How, values: Vec<String>| Ok(Some(FieldChange { field: self.field_id(field), how, values }));
        let nobody = place.1 == start + 2 && self.exact(start, &["no"]) && self.exact(start + 1, &["one", "value"]);
        if place.1 == start + 1 && self.exact(start, NOTHING) || nobody {
            return change(How::Clear, Vec::new());
        }
        let found = self.value(field, start, place.1)?;
        let Some((values, end)) = found else { return Ok(None) };
        if end == place.1 { change(how, values) } else { Ok(None) }
    }

    /// The values that stand at a token for a field, and the token behind; at most up to `to`.
    fn value(&self, field: usize, at: usize, to: usize) -> Try<Option<(Vec<String>, usize)>> {
        Ok(match self.type_of(field) {
            Type::Text => Some((vec![self.verbatim(at, to)], to)),
            Type::Number => self.number(field, at),
            Type::Duration => self.spent(at).map(|(spent, end)| (vec![spent.text], end)),
            Type::Moment | Type::Day => match self.scan.when(at).filter(|(_, end)| *end <= to) {
                Some((when, end)) => Some((vec![self.day(&when, (at, end), true)?], end)),
                None => None,
            },
            Type::Issue => self.scan.keys(self.noun_before_key(at)),
            Type::Person => match self.person(at).filter(|(_, end)| *end <= to) {
                Some((item, end)) => Some((vec![self.who(&item)?.0], end)),
                None => None,
            },
            kind => self.named_values(kind, field, at)?,
        })
    }

    /// A number, perhaps with the field's name behind it: “5 points”.
    fn number(&self, field: usize, at: usize) -> Option<(Vec<String>, usize)> {
        let token = self.scan.sentence.token(at)?;
        let digits = token.kind == Token::Number && token.word.parse::<f64>().is_ok();
        let (number, end) = match crate::chat::when::number(self.scan.sentence, at) {
            _ if digits => (token.word.clone(), at + 1),
            Some((number, end)) if !self.exact(at, &["a", "an"]) => (number.to_string(), end),
            _ => return None,
        };
        let named = self.fields_at(end).into_iter().find(|(known, _)| *known == field).map(|(_, end)| end);
        Some((vec![number], named.unwrap_or(end)))
    }

    fn named_values(&self, kind: Type, field: usize, at: usize) -> Try<Option<(Vec<String>, usize)>> {
        let Some(slot) = slot_of(kind) else { return Ok(None) };
        let own = |name: &u32| {
            self.scan.index.name(*name).is_some_and(|name| slot != Slot::Option || index(name.at) == field)
        };
        let fits = |item: &Item| item.slot == slot && item.whole && item.names.iter().any(own);
        let Some((items, end, _)) = self.scan.list(at, &fits) else { return Ok(None) };
        let mut values = Vec::new();
        for item in items {
            let item = Item { names: item.names.iter().copied().filter(own).collect(), ..item };
            let entries = self.entries(&item);
            let Some(first) = entries.first() else { return Ok(None) };
            let shared = entries.iter().any(|other| other.name != first.name);
            if shared || slot == Slot::Sprint && entries.len() > 1 {
                let names = entries
                    .iter()
                    .map(|entry| (entry.name.clone(), format!("\"{}\"", if shared { &entry.name } else { &entry.id })))
                    .collect();
                let written = self.verbatim(item.start, item.end);
                return Err(self.ask_which(
                    format!("“{written}” can mean several. Which one?"),
                    (item.start, item.end),
                    names,
                ));
            }
            values.push(if slot == Slot::Sprint { first.id.clone() } else { first.name.clone() });
        }
        Ok(Some((values, end)))
    }
}

/// Values that are written one behind the other.
fn split(written: &str) -> Vec<String> {
    let parts = written.split([',', '&']).flat_map(|part| part.split(" and "));
    parts.map(|part| part.trim().trim_matches('"').to_owned()).filter(|part| !part.is_empty()).collect()
}
