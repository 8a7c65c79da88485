//! What Jira answers, as names. Each function reads one object of an answer's list; what does not fit is `None`.
//!
//! Source: Atlassian's description of the REST API v3 (`Project`, `StatusDetails`, `IssueTypeDetails`, `Priority`, `Resolution`,
//! `FieldDetails`, `FieldReferenceData`, `FunctionReferenceData`, `User`, `ProjectComponent`, `Version`, `IssueLinkType`, `FoundGroup`) and of
//! the Agile API 1.0 (boards, sprints). Data Center answers alike, with user names in place of account ids.

mod schema;

use super::{Entry, Facts, Kind, State, same};
use crate::jql::fields::{Operators, Type};
use crate::json::text;
use serde_json::Value;

/// One thing of this kind. Labels are plain texts. Fields are as `/field` tells them; what the reference data of JQL tells is
/// read by [`reference`].
pub fn entry(kind: Kind, data: &Value) -> Option<Entry> {
    if let Some(label) = data.as_str() {
        return Some(Entry { name: label.to_owned(), ..Entry::default() });
    }
    let mut entry = Entry { id: id(&data["id"]), name: text(data, "name").to_owned(), ..Entry::default() };
    let original = text(data, "untranslatedName");
    if original != entry.name {
        // The site shows names in the person's language, and queries know both.
        add(&mut entry.also, original);
    }
    match kind {
        Kind::Project => {
            add(&mut entry.also, text(data, "key"));
            text(&data["projectCategory"], "name").clone_into(&mut entry.of);
        }
        Kind::Status => entry.state = category(&data["statusCategory"]),
        Kind::IssueType if data["subtask"] == true => entry.state = State::Subtask,
        Kind::Person => person(data, &mut entry),
        Kind::Sprint => {
            entry.of = id(&data["originBoardId"]);
            entry.state = sprint(text(data, "state"));
        }
        Kind::Board => entry.of = text(&data["location"], "projectKey").to_owned(),
        Kind::Version => {
            entry.of = id(&data["projectId"]);
            entry.state = version(data);
        }
        Kind::Component => entry.of = id(&data["projectId"]),
        Kind::Group => entry.id = id(&data["groupId"]),
        Kind::LinkType => {
            add(&mut entry.also, text(data, "outward"));
            add(&mut entry.also, text(data, "inward"));
        }
        Kind::Field => return Some(field(data, entry)),
        _ => {}
    }
    (!entry.name.is_empty()).then_some(entry)
}

/// One value that an administrator has laid down for a field, from a list of options or of allowed values.
pub fn option(data: &Value) -> Option<Entry> {
    let name = data["value"].as_str().or(data["name"].as_str())?.to_owned();
    Some(Entry { id: id(&data["id"]), name, ..Entry::default() })
}

/// One field or one function from the reference data of JQL (`/jql/autocompletedata`), which tells more than `/field`: the
/// operators and whether results can be sorted.
pub fn reference(kind: Kind, data: &Value) -> Option<Entry> {
    let value = data["value"].as_str()?;
    let types = data["types"].as_array().map_or(&[][..], Vec::as_slice);
    let first = types.first().and_then(Value::as_str).unwrap_or_default();
    let flag = |name: &str| text(data, name) == "true";
    let mut facts = Facts { kind: schema::of_class(first), ..Facts::default() };
    if kind == Kind::Function {
        let name = value.split('(').next().unwrap_or_default().to_owned();
        let state = if flag("isList") { State::Many } else { State::None };
        let state = if flag("supportsListAndSingleValueOperators") { State::None } else { state };
        return Some(Entry { name, state, facts: Some(Box::new(facts)), ..Entry::default() });
    }
    let operators: Vec<&str> = data["operators"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    facts.operators = Operators::of_texts(&operators);
    facts.sortable = flag("orderable");
    facts.searchable = flag("searchable");
    if facts.kind == Type::Other && operators.contains(&"~") {
        facts.kind = Type::Text;
    }
    let value = value.trim_matches('"');
    let mut entry = Entry { name: value.to_owned(), facts: Some(Box::new(facts)), ..Entry::default() };
    add(&mut entry.also, value);
    let cfid = text(data, "cfid");
    entry.id = match cfid.strip_prefix("cf[").and_then(|rest| rest.strip_suffix(']')) {
        Some(number) => format!("customfield_{number}"),
        None => value.to_owned(),
    };
    let shown = text(data, "displayName").strip_suffix(cfid).and_then(|shown| shown.strip_suffix(" - "));
    if let Some(name) = shown.filter(|_| !cfid.is_empty()) {
        name.clone_into(&mut entry.name);
        add(&mut entry.also, name);
        add(&mut entry.also, cfid);
    }
    Some(entry)
}

/// Adds what the reference data tells of a field ([`reference`]) to the fields that `/field` has told: operators and order to
/// those that are there, and itself if it is not, as the fields that stand for several of one name and type are not.
pub fn add_reference(fields: &mut Vec<Entry>, told: Entry) {
    let known = fields.iter_mut().find(|field| {
        field.id == told.id || told.id == told.name && field.also.iter().any(|also| same(also, &told.name))
    });
    match (known.and_then(|field| field.facts.as_deref_mut()), told.facts.as_deref()) {
        (Some(facts), Some(more)) => {
            facts.operators = more.operators;
            facts.sortable = more.sortable;
            facts.searchable |= more.searchable;
            if facts.kind == Type::Any {
                facts.kind = more.kind;
            }
        }
        _ => fields.push(told),
    }
}

fn field(data: &Value, mut entry: Entry) -> Entry {
    for name in data["clauseNames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        add(&mut entry.also, name);
    }
    entry.facts = Some(Box::new(Facts {
        kind: schema::of_schema(&data["schema"]),
        operators: Operators::NONE,
        sortable: data["orderable"] == true,
        searchable: data["searchable"] == true,
        options: None,
    }));
    entry
}

fn person(data: &Value, entry: &mut Entry) {
    let account = text(data, "accountId");
    entry.id = if account.is_empty() { text(data, "name") } else { account }.to_owned();
    entry.name = text(data, "displayName").to_owned();
    add(&mut entry.also, text(data, "emailAddress"));
    if data["active"] == false {
        entry.state = State::Inactive;
    }
}

/// Source: the keys of the four categories, which no administrator can change.
fn category(data: &Value) -> State {
    match text(data, "key") {
        "new" => State::ToDo,
        "indeterminate" => State::InProgress,
        "done" => State::Done,
        _ => State::None,
    }
}

fn sprint(state: &str) -> State {
    match state {
        "future" => State::Future,
        "active" => State::Active,
        "closed" => State::Closed,
        _ => State::None,
    }
}

fn version(data: &Value) -> State {
    if data["archived"] == true {
        State::Archived
    } else if data["released"] == true {
        State::Released
    } else {
        State::None
    }
}

/// Ids are numbers in some answers and texts in others.
fn id(data: &Value) -> String {
    match data {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_i64().map(|number| number.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn add(names: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}
