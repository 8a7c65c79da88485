//! Sprints and places in the backlog.

use super::site::Site;
use super::value::{form, part};
use super::{Act, Draft, Item};
use crate::chat::answer::doing::{Input, Missing, ValueChoice};
use crate::chat::intent::{FieldChange, How, Place, Sprint};
use crate::jira::requests::{agile, search};
use crate::jql::fields::Type;
use crate::json::{object, text};
use crate::vocabulary::{Kind, State, Vocabulary, same};
use serde_json::Value;

/// So many issues at the top of a backlog are looked through for the neighbours of one.
const NEIGHBOURS: u32 = 100;

/// The id of the field that holds the sprints of an issue.
pub(super) fn sprint_field(names: &Vocabulary) -> Option<String> {
    let is_sprint =
        |field: &&crate::vocabulary::Entry| field.facts.as_ref().is_some_and(|facts| facts.kind == Type::Sprint);
    let found = names.entries(Kind::Field).iter().filter(is_sprint).find(|field| field.id.starts_with("customfield_"));
    found.map(|field| field.id.clone())
}

/// The sprint that a new value of the field means.
pub(super) fn wanted(change: &FieldChange) -> Sprint {
    match change.values.first() {
        Some(id) if matches!(change.how, How::Set | How::Add) => Sprint::Named { id: id.clone(), name: String::new() },
        _ => Sprint::Backlog,
    }
}

/// The sprint an issue is in that is not over: id and name.
pub(super) fn open_sprint(raw: &Value) -> Option<(u64, String)> {
    raw.as_array().into_iter().flatten().find_map(|sprint| match sprint {
        Value::String(text) if !part(text, "state=")?.eq_ignore_ascii_case("closed") => {
            Some((part(text, "id=")?.parse().ok()?, part(text, "name=")?.to_owned()))
        }
        Value::Object(_) if sprint["state"] != "closed" => {
            Some((sprint["id"].as_u64()?, text(sprint, "name").to_owned()))
        }
        _ => None,
    })
}

/// Plans an issue into a sprint, or back into the backlog.
pub(super) fn sprint(site: &Site, draft: &mut Draft, issue: &Value, to: &Sprint) -> Option<()> {
    let Some(field) = sprint_field(&site.names) else {
        draft.items.push(Item::of(issue, Act::Sprint).left_out("This Jira has no sprints."));
        return Some(());
    };
    let raw = &issue["fields"][&field];
    let now = open_sprint(raw);
    let then = match find(site, draft, issue, to)? {
        Goal::Sprint(id, name) => Some((id, name)),
        Goal::Backlog => None,
        Goal::Unknown => return Some(()),
    };
    let act = if then.is_some() { Act::Sprint } else { Act::Backlog };
    let item = Item::of(issue, act);
    let (before, after) = (now.clone().unzip(), then.clone().unzip());
    draft.items.push(if before.0 == after.0 {
        item.left_out(after.1.map_or("It is in no sprint.".to_owned(), |name| format!("It is in {name} already.")))
    } else if issue["fields"]["issuetype"]["subtask"] == true {
        item.left_out("A sub-task goes into sprints with the issue above it.")
    } else if !site.may(issue, "SCHEDULE_ISSUES")? {
        item.left_out("You may not plan this issue into sprints.")
    } else {
        let id_of = |one: &Value| one["id"].as_u64();
        let Value::Array(mut kept) = form(&raw.as_array().map_or(Value::Array(Vec::new()), |list| list.clone().into()))
        else {
            return Some(());
        };
        kept.retain(|one| id_of(one) != before.0);
        kept.extend(after.0.map(|id| object([("id", id.into())])));
        let item = item.with("sprint", after.0).with("back", before.0).changing(&field, raw, kept.into());
        item.row("Sprint", before.1.unwrap_or_default(), after.1.unwrap_or_else(|| "Backlog".to_owned()))
    });
    Some(())
}

/// Where an issue is to go.
enum Goal {
    Sprint(u64, String),
    Backlog,
    /// The draft says, or asks.
    Unknown,
}

/// The sprint that is meant.
fn find(site: &Site, draft: &mut Draft, issue: &Value, to: &Sprint) -> Option<Goal> {
    let state = match to {
        Sprint::Backlog => return Some(Goal::Backlog),
        Sprint::Named { id, name } => return Some(named(site, draft, issue, (id, name))),
        Sprint::Current => "active",
        Sprint::Next => "future",
    };
    let project = text(&issue["fields"]["project"], "key");
    let boards = site.told(agile::boards(Some(project), 0))?;
    for board in boards["values"].as_array().into_iter().flatten().filter(|board| board["type"] != "kanban") {
        let Some(id) = board["id"].as_u64() else { continue };
        // A board without sprints says so with a refusal.
        let told = site.perhaps(agile::sprints(id, &[state], 0))?;
        let found = &told["values"][0];
        if let Some(id) = found["id"].as_u64() {
            return Some(Goal::Sprint(id, text(found, "name").to_owned()));
        }
    }
    let why = if state == "active" { "No sprint runs" } else { "There is no next sprint" };
    draft.items.push(Item::of(issue, Act::Sprint).left_out(format!("{why} on a board of {project}.")));
    Some(Goal::Unknown)
}

/// The sprint of this id or name.
fn named(site: &Site, draft: &mut Draft, issue: &Value, (id, name): (&str, &str)) -> Goal {
    let known = site.names.find(Kind::Sprint, id).or_else(|| site.names.find(Kind::Sprint, name));
    match (known, id.parse().ok()) {
        (Some(sprint), _) if sprint.state == State::Closed => {
            draft.items.push(Item::of(issue, Act::Sprint).left_out(format!("{} is over.", sprint.name)));
            Goal::Unknown
        }
        (Some(sprint), _) => match sprint.id.parse() {
            Ok(number) => Goal::Sprint(number, sprint.name.clone()),
            Err(_) => Goal::Unknown,
        },
        (None, Some(number)) => {
            Goal::Sprint(number, if name.is_empty() { format!("sprint {id}") } else { name.to_owned() })
        }
        (None, None) => {
            draft.ask(asked(&site.names, if name.is_empty() { id } else { name }));
            Goal::Unknown
        }
    }
}

fn asked(names: &Vocabulary, wanted: &str) -> Missing {
    let open = names.entries(Kind::Sprint).iter().filter(|sprint| sprint.state != State::Closed);
    let choices = open.map(|sprint| ValueChoice { label: sprint.name.clone(), value: sprint.id.clone() }).collect();
    let message = format!("There is no sprint “{}”.", super::value::cut(wanted));
    Missing { field: "sprint".to_owned(), name: "Sprint".to_owned(), message, input: Input::One, choices }
}

/// The keys of a project's open issues in the order of the backlog, from one of its ends.
fn order(site: &Site, project: &str, direction: &str) -> Option<Vec<String>> {
    let project = project.replace(['"', '\\'], "");
    let jql = format!("project = \"{project}\" AND statusCategory != Done ORDER BY Rank {direction}");
    let wanted =
        search::Search { jql: &jql, fields: &["summary"], page_size: NEIGHBOURS, cursor: None, reconcile: &[] };
    let told = site.told_as(jql.clone(), search::search(site.edition, &wanted))?;
    let list = told["issues"].as_array().into_iter().flatten();
    Some(list.map(|issue| text(issue, "key").to_owned()).collect())
}

/// Plans another place for an issue in the backlog.
pub(super) fn rank(site: &Site, draft: &mut Draft, issue: &Value, place: &Place) -> Option<()> {
    let (key, project) = (text(issue, "key"), text(&issue["fields"]["project"], "key"));
    let item = Item::of(issue, Act::Rank);
    if !site.may(issue, "SCHEDULE_ISSUES")? {
        draft.items.push(item.left_out("You may not rank this issue."));
        return Some(());
    }
    let top = order(site, project, "ASC")?;
    let at = top.iter().position(|known| known == key);
    // Those that go behind something go one behind the other, so that they keep their order.
    let last = draft.items.iter().rev().find(|item| item.act == Act::Rank && item.problem.is_none());
    let last = last.map(|item| item.key.clone());
    let (side, other, said) = match place {
        Place::Top => ("before", top.first().cloned(), "first".to_owned()),
        Place::Bottom => {
            let end = order(site, project, "DESC")?.into_iter().next();
            ("after", last.or(end), "last".to_owned())
        }
        Place::Before(other) => ("before", Some(other.to_ascii_uppercase()), format!("before {other}")),
        Place::After(other) => ("after", last.or(Some(other.to_ascii_uppercase())), format!("after {other}")),
    };
    let before = at.map(|at| format!("place {}", at + 1)).unwrap_or_default();
    let back = at.and_then(|at| match (top.get(at + 1), at.checked_sub(1).and_then(|at| top.get(at))) {
        (Some(next), _) => Some(object([("before", next.as_str().into())])),
        (None, Some(previous)) => Some(object([("after", previous.as_str().into())])),
        (None, None) => None,
    });
    draft.items.push(match other {
        Some(other) if same(&other, key) => item.left_out("It is there already."),
        Some(other) => item.with(side, other).with("back", back).row("Rank", before, said),
        None => item.left_out("There is no other issue to rank it by."),
    });
    Some(())
}
