//! How the names are kept: all things of a part in one text, a line for each, so that thousands of people take little room and
//! are there in a few milliseconds.

use super::{Entry, Facts, KINDS, Part, State, Vocabulary};
use crate::jql::fields::{Operators, Type};
use crate::json::{self, Read};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// The version of the stored form. A part of another version is read as not there, and so is fetched anew: it is a copy of what
/// Jira has. Whoever changes the form below counts this up.
pub const VERSION: u64 = 2;

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

/// The things, each a line: its id, its name, to what it belongs, its state, and its other names, with tabs between them.
fn lines(entries: &[Entry]) -> String {
    let mut out = String::new();
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        place(&mut out, &entry.id);
        out.push('\t');
        place(&mut out, &entry.name);
        out.push('\t');
        place(&mut out, &entry.of);
        out.push('\t');
        out.push_str(entry.state.text());
        for name in &entry.also {
            out.push('\t');
            place(&mut out, name);
        }
        out.truncate(out.trim_end_matches('\t').len());
    }
    out
}

/// A name in its place. A tab or the end of a line in it, which nobody sees, becomes a space.
fn place(out: &mut String, name: &str) {
    out.extend(name.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c }));
}

fn read_lines(text: &str) -> Vec<Entry> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut entries = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    entries.extend(text.split('\n').map(read_line));
    entries
}

fn read_line(line: &str) -> Entry {
    let mut rest = line;
    let (id, name, of) = (next(&mut rest).to_owned(), next(&mut rest).to_owned(), next(&mut rest).to_owned());
    let state = State::of_text(next(&mut rest));
    let mut also = Vec::new();
    while !rest.is_empty() {
        also.push(next(&mut rest).to_owned());
    }
    Entry { id, name, of, state, also, facts: None }
}

/// What stands before the next tab; the rest begins behind it. Places are short: byte by byte is the quickest way.
fn next<'t>(rest: &mut &'t str) -> &'t str {
    let end = rest.bytes().position(|byte| byte == b'\t').unwrap_or(rest.len());
    let (place, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    *rest = behind.get(1..).unwrap_or_default();
    place
}

/// What is known of the fields and functions among the things, each with its place in the list.
fn facts_value(entries: &[Entry]) -> Value {
    let with_facts = entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.facts.as_deref()?)));
    let one = |(at, facts): (usize, &Facts)| {
        let places = vec![
            Value::from(at),
            Value::from(facts.kind.text()),
            Value::from(facts.operators.bits()),
            Value::from(facts.sortable),
            Value::from(facts.searchable),
            facts.options.as_ref().map_or(Value::Null, |options| Value::from(lines(options))),
        ];
        Value::from(places)
    };
    Value::from(with_facts.map(one).collect::<Vec<_>>())
}

fn read_facts(data: &Value) -> Option<Facts> {
    Some(Facts {
        kind: Type::of_text(data[1].as_str()?),
        operators: Operators::of_bits(u32::read(&data[2])?),
        sortable: data[3].as_bool()?,
        searchable: data[4].as_bool()?,
        options: data[5].as_str().map(read_lines),
    })
}

impl Read for Part {
    fn read(data: &Value) -> Option<Self> {
        if data["version"].as_u64()? != VERSION {
            return None;
        }
        let mut entries = read_lines(data["entries"].as_str()?);
        for facts in data["facts"].as_array().into_iter().flatten() {
            let at = usize::try_from(facts[0].as_u64()?).ok()?;
            entries.get_mut(at)?.facts = Some(Box::new(read_facts(facts)?));
        }
        Some(Self { fetched_at: json::field(data, "fetched_at")?, whole: json::field(data, "whole")?, entries })
    }
}

impl Part {
    /// The data that stands for the part.
    pub fn to_value(&self) -> Value {
        json::object([
            ("version", Value::from(VERSION)),
            ("fetched_at", Value::from(self.fetched_at)),
            ("whole", Value::from(self.whole)),
            ("entries", Value::from(lines(&self.entries))),
            ("facts", facts_value(&self.entries)),
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
