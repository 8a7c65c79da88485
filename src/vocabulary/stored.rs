//! How the names are kept. Each thing is a list without names for its places, so that thousands of people take little room.

use super::{Entry, Facts, KINDS, Part, State, Vocabulary};
use crate::jql::fields::{Operators, Type};
use crate::json::{self, Read};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// The version of the stored form. A part of another version is read as not there, and so is fetched anew: it is a copy of what
/// Jira has. Whoever changes the form below counts this up.
pub const VERSION: u64 = 1;

const STATES: [(State, &str); 12] = [
    (State::None, ""),
    (State::ToDo, "todo"),
    (State::InProgress, "doing"),
    (State::Done, "done"),
    (State::Future, "future"),
    (State::Active, "active"),
    (State::Closed, "closed"),
    (State::Released, "released"),
    (State::Archived, "archived"),
    (State::Inactive, "inactive"),
    (State::Subtask, "subtask"),
    (State::Many, "many"),
];

impl State {
    fn text(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("", |(_, text)| text)
    }

    fn of_text(text: &str) -> Self {
        STATES.iter().find(|(_, known)| *known == text).map_or(Self::None, |(state, _)| *state)
    }
}

fn entry_value(entry: &Entry) -> Value {
    let facts = entry.facts.as_deref().map_or(Value::Null, facts_value);
    let also = entry.also.iter().map(|name| Value::from(name.as_str())).collect::<Vec<_>>();
    let mut places = vec![
        Value::from(entry.id.as_str()),
        Value::from(entry.name.as_str()),
        Value::from(entry.of.as_str()),
        Value::from(entry.state.text()),
        Value::from(also),
        facts,
    ];
    while places.last().is_some_and(is_nothing) {
        places.pop();
    }
    Value::from(places)
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
}

fn read_entry(data: &Value) -> Option<Entry> {
    data.as_array()?;
    let text = |at: usize| data[at].as_str().unwrap_or_default().to_owned();
    Some(Entry {
        id: text(0),
        name: text(1),
        of: text(2),
        state: State::of_text(data[3].as_str().unwrap_or_default()),
        also: data[4].as_array().map_or(Vec::new(), |names| names.iter().filter_map(String::read).collect()),
        facts: read_facts(&data[5]).map(Box::new),
    })
}

fn facts_value(facts: &Facts) -> Value {
    let options = facts.options.as_ref().map_or(Value::Null, |options| entries_value(options));
    let places = [
        Value::from(facts.kind.text()),
        Value::from(facts.operators.bits()),
        Value::from(facts.sortable),
        Value::from(facts.searchable),
        options,
    ];
    Value::from(places.to_vec())
}

fn read_facts(data: &Value) -> Option<Facts> {
    Some(Facts {
        kind: Type::of_text(data[0].as_str()?),
        operators: Operators::of_bits(u32::read(&data[1])?),
        sortable: data[2].as_bool()?,
        searchable: data[3].as_bool()?,
        options: read_entries(&data[4]),
    })
}

fn entries_value(entries: &[Entry]) -> Value {
    Value::from(entries.iter().map(entry_value).collect::<Vec<_>>())
}

fn read_entries(data: &Value) -> Option<Vec<Entry>> {
    data.as_array()?.iter().map(read_entry).collect()
}

impl Read for Part {
    fn read(data: &Value) -> Option<Self> {
        if data["version"].as_u64()? != VERSION {
            return None;
        }
        Some(Self {
            fetched_at: json::field(data, "fetched_at")?,
            whole: json::field(data, "whole")?,
            entries: read_entries(&data["entries"])?,
        })
    }
}

impl Part {
    /// The data that stands for the part.
    pub fn to_value(&self) -> Value {
        json::object([
            ("version", Value::from(VERSION)),
            ("fetched_at", Value::from(self.fetched_at)),
            ("whole", Value::from(self.whole)),
            ("entries", entries_value(&self.entries)),
        ])
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl Read for Vocabulary {
    /// Parts that cannot be read are not there.
    fn read(data: &Value) -> Option<Self> {
        data.as_object()?;
        let mut vocabulary = Self { data_center: json::field_or_default(data, "data_center")?, parts: Vec::new() };
        for (kind, name) in KINDS {
            if let Some(part) = Part::read(&data[name]) {
                vocabulary.put(kind, part);
            }
        }
        Some(vocabulary)
    }
}

impl Vocabulary {
    /// The data that stands for all parts.
    pub fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("data_center".to_owned(), Value::from(self.data_center));
        for (kind, name) in KINDS {
            if let Some(part) = self.part(kind) {
                object.insert(name.to_owned(), part.to_value());
            }
        }
        Value::Object(object)
    }
}

impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}
