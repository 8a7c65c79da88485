//! Wishes as JSON: a plan keeps the one it was made from, so that what was missing can be filled in; pages send them too.

use crate::chat::intent::{
    Assignee, Change, Create, FieldChange, How, Place, Search, Sprint, Target, View, Wish, Work,
};
use crate::jql::parse;
use crate::json::{self, Read, field, field_or_default, object, text};
use crate::readable;
use serde_json::Value;

readable!(How: Set "set", Add "add", Remove "remove", Clear "clear");

impl Read for FieldChange {
    fn read(data: &Value) -> Option<Self> {
        let how = if data["how"].is_null() { How::Set } else { field(data, "how")? };
        Some(Self { field: field(data, "field")?, how, values: field_or_default(data, "values")? })
    }
}

impl Read for Wish {
    fn read(data: &Value) -> Option<Self> {
        let target = match (&data["keys"], &data["jql"]) {
            (Value::Array(_), _) => Target::Issues(field(data, "keys")?),
            (_, Value::String(jql)) => {
                let query = parse(jql).ok()?;
                let limit = field(data, "limit")?;
                let (sources, ignored, view) = (Vec::new(), Vec::new(), View::List);
                Target::Matching(Box::new(Search { query, sources, ignored, view, limit }))
            }
            _ => Target::None,
        };
        Some(Self { change: read_change(data)?, target, ignored: field_or_default(data, "ignored")? })
    }
}

// Long because there is one arm for each of them, all of one shape.
fn read_change(data: &Value) -> Option<Change> {
    let named = |name: &str| text(data, name).to_owned();
    let list = |name: &str| field_or_default::<Vec<String>>(data, name);
    Some(match text(data, "change") {
        "create" => Change::Create(Create {
            project: field(data, "project")?,
            issue_type: field(data, "issue_type")?,
            parent: field(data, "parent")?,
            summary: field(data, "summary")?,
            description: field(data, "description")?,
            fields: field_or_default(data, "fields")?,
        }),
        "edit" => Change::Edit(field(data, "fields")?),
        "transition" => Change::Transition { to: named("to"), fields: field_or_default(data, "fields")? },
        "assign" => Change::Assign(match (&data["person"], text(data, "person")) {
            (Value::Null, _) => Assignee::Nobody,
            (_, "me") => Assignee::Me,
            (person, _) => Assignee::Person { id: field(person, "id")?, name: text(person, "name").to_owned() },
        }),
        "comment" => Change::Comment(named("text")),
        "log_work" => {
            let day = field(data, "day")?;
            Change::LogWork(Work { seconds: field(data, "seconds")?, day, comment: named("comment") })
        }
        "link" => {
            Change::Link { kind: named("kind"), outward: field_or_default(data, "outward")?, others: list("others")? }
        }
        "unlink" => Change::Unlink(list("others")?),
        "watch" => Change::Watch(field(data, "on")?),
        "vote" => Change::Vote(field(data, "on")?),
        "sprint" => Change::Sprint(match text(data, "to") {
            "current" => Sprint::Current,
            "next" => Sprint::Next,
            "backlog" => Sprint::Backlog,
            _ => Sprint::Named { id: field(&data["to"], "id")?, name: text(&data["to"], "name").to_owned() },
        }),
        "rank" => Change::Rank(match text(data, "to") {
            "top" => Place::Top,
            "bottom" => Place::Bottom,
            "before" => Place::Before(field(data, "other")?),
            _ => Place::After(field(data, "other")?),
        }),
        "clone" => Change::Clone,
        "attach" => Change::Attach,
        "delete" => Change::Delete,
        _ => return None,
    })
}

/// The wish as data that reads as the same wish again.
pub fn written(wish: &Wish) -> Value {
    let mut data = write_change(&wish.change);
    match &wish.target {
        Target::Issues(keys) => data["keys"] = texts(keys),
        Target::Matching(search) => {
            data["jql"] = search.query.to_string().into();
            data["limit"] = search.limit.into();
        }
        Target::None => {}
    }
    data["ignored"] = texts(&wish.ignored);
    data
}

fn texts(list: &[String]) -> Value {
    list.iter().map(String::as_str).collect()
}

fn write_fields(fields: &[FieldChange]) -> Value {
    let how = |how| match how {
        How::Set => "set",
        How::Add => "add",
        How::Remove => "remove",
        How::Clear => "clear",
    };
    let one = |change: &FieldChange| {
        object([
            ("field", change.field.as_str().into()),
            ("how", how(change.how).into()),
            ("values", texts(&change.values)),
        ])
    };
    fields.iter().map(one).collect()
}

// Long because there is one arm for each of them, all of one shape.
fn write_change(change: &Change) -> Value {
    let named = |id: &str, name: &str| object([("id", id.into()), ("name", name.into())]);
    let (kind, more): (&str, Vec<(&str, Value)>) = match change {
        Change::Create(new) => {
            let told = [
                ("project", &new.project),
                ("issue_type", &new.issue_type),
                ("parent", &new.parent),
                ("summary", &new.summary),
                ("description", &new.description),
            ];
            let told = told.into_iter().map(|(name, value)| (name, value.as_deref().into()));
            ("create", told.chain([("fields", write_fields(&new.fields))]).collect())
        }
        Change::Edit(fields) => ("edit", vec![("fields", write_fields(fields))]),
        Change::Transition { to, fields } => {
            ("transition", vec![("to", to.as_str().into()), ("fields", write_fields(fields))])
        }
        Change::Assign(who) => (
            "assign",
            vec![(
                "person",
                match who {
                    Assignee::Me => "me".into(),
                    Assignee::Nobody => Value::Null,
                    Assignee::Person { id, name } => named(id, name),
                },
            )],
        ),
        Change::Comment(text) => ("comment", vec![("text", text.as_str().into())]),
        Change::LogWork(work) => (
            "log_work",
            vec![
                ("seconds", work.seconds.into()),
                ("day", work.day.as_deref().into()),
                ("comment", work.comment.as_str().into()),
            ],
        ),
        other => return write_rest(other),
    };
    with(kind, more)
}

fn write_rest(change: &Change) -> Value {
    let named = |id: &str, name: &str| object([("id", id.into()), ("name", name.into())]);
    let (kind, more): (&str, Vec<(&str, Value)>) = match change {
        Change::Link { kind, outward, others } => {
            ("link", vec![("kind", kind.as_str().into()), ("outward", (*outward).into()), ("others", texts(others))])
        }
        Change::Unlink(others) => ("unlink", vec![("others", texts(others))]),
        Change::Watch(on) => ("watch", vec![("on", (*on).into())]),
        Change::Vote(on) => ("vote", vec![("on", (*on).into())]),
        Change::Sprint(to) => (
            "sprint",
            vec![(
                "to",
                match to {
                    Sprint::Current => "current".into(),
                    Sprint::Next => "next".into(),
                    Sprint::Backlog => "backlog".into(),
                    Sprint::Named { id, name } => named(id, name),
                },
            )],
        ),
        Change::Rank(place) => {
            let (to, other) = match place {
                Place::Top => ("top", None),
                Place::Bottom => ("bottom", None),
                Place::Before(other) => ("before", Some(other.as_str())),
                Place::After(other) => ("after", Some(other.as_str())),
            };
            ("rank", vec![("to", to.into()), ("other", other.into())])
        }
        Change::Clone => ("clone", Vec::new()),
        Change::Attach => ("attach", Vec::new()),
        _ => ("delete", Vec::new()),
    };
    with(kind, more)
}

fn with(kind: &str, more: Vec<(&str, Value)>) -> Value {
    let mut data = json::object([("change", kind.into())]);
    for (name, value) in more {
        data[name] = value;
    }
    data
}

/// The wish with answers to what was missing: by the field's id, or by what a plan calls what is no field (`status`, `person`,
/// `project`, `issuetype`, `sprint`, `link`).
pub fn filled(mut wish: Wish, answers: Vec<FieldChange>) -> Wish {
    for answer in answers {
        let said = answer.values.first().cloned();
        if !is_filled(&mut wish.change, &answer.field, said) {
            fill_field(&mut wish.change, answer);
        }
    }
    wish
}

/// Fills in what has a place of its own in the wish; whether it has.
fn is_filled(change: &mut Change, field: &str, said: Option<String>) -> bool {
    let text = said.clone().unwrap_or_default();
    match (change, field) {
        (Change::Create(new), _) => {
            let place = match field {
                "project" => &mut new.project,
                "issuetype" => &mut new.issue_type,
                "parent" => &mut new.parent,
                "summary" => &mut new.summary,
                "description" => &mut new.description,
                _ => return false,
            };
            *place = said;
        }
        (Change::Transition { to, .. }, "status") => *to = text,
        (Change::Assign(who), "person") => *who = Assignee::Person { name: String::new(), id: text },
        (Change::Link { kind, .. }, "link") => *kind = text,
        (Change::Sprint(to), "sprint") => *to = Sprint::Named { name: String::new(), id: text },
        (Change::Comment(words), "comment") => *words = text,
        _ => return false,
    }
    true
}

fn fill_field(change: &mut Change, answer: FieldChange) {
    let (Change::Create(Create { fields, .. }) | Change::Edit(fields) | Change::Transition { fields, .. }) = change
    else {
        return;
    };
    // The answer is in place of what was not understood.
    match fields.iter_mut().find(|known| known.field == answer.field) {
        Some(known) if known.how == How::Clear => *known = answer,
        Some(known) => known.values = answer.values,
        None => fields.push(answer),
    }
}

#[cfg(test)]
mod tests;
