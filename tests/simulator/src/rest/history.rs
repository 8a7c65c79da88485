//! The history of an issue.

use super::call::{Answer, Call};
use super::fields::Writer;
use crate::data::catalog::{PRIORITIES, RESOLUTIONS, STATUSES};
use crate::data::model::{Change, Issue};
use crate::date::stamp;
use serde_json::{Value, json};

/// The history, oldest first: changes of one person at one moment are one entry.
fn entries(writer: &Writer<'_>, issue: &Issue) -> Vec<Value> {
    let mut entries: Vec<(&Change, Vec<Value>)> = Vec::new();
    for change in &issue.changelog {
        let item = item(writer, issue, change);
        match entries.last_mut() {
            Some((first, items)) if first.created == change.created && first.author == change.author => {
                items.push(item)
            }
            _ => entries.push((change, vec![item])),
        }
    }
    let numbered = entries.into_iter().zip(1_u64..);
    let entry = |((first, items), number): ((&Change, Vec<Value>), u64)| {
        json!({"id": (issue.id * 1000 + number).to_string(), "author": writer.person(&first.author),
            "created": stamp(first.created), "items": items})
    };
    numbered.map(entry).collect()
}

fn item(writer: &Writer<'_>, issue: &Issue, change: &Change) -> Value {
    let known: &[&str] = &["Story Points", "Sprint", "Flagged", "Team", "Customer", "Severity"];
    let id = match change.field {
        "fixVersion" => "fixVersions",
        "Version" => "versions",
        "Component" => "components",
        "Link" => "issuelinks",
        "Attachment" => "attachment",
        "Story Points" => "customfield_10016",
        "Sprint" => "customfield_10020",
        "Flagged" => "customfield_10021",
        "Team" => "customfield_10050",
        "Customer" => "customfield_10051",
        "Severity" => "customfield_10052",
        "IssueParentAssociation" => "parent",
        field => field,
    };
    let side = |value: Option<&str>| sides(writer, issue, change.field, value);
    let ((from, from_text), (to, to_text)) = (side(change.from.as_deref()), side(change.to.as_deref()));
    json!({"field": change.field, "fieldtype": if known.contains(&change.field) { "custom" } else { "jira" }, "fieldId": id,
        "from": from, "fromString": from_text, "to": to, "toString": to_text})
}

/// Id and text of one side of a change; only texts have no id.
fn sides(writer: &Writer<'_>, issue: &Issue, field: &str, value: Option<&str>) -> (Value, Value) {
    let Some(text) = value else { return (Value::Null, Value::Null) };
    let project = writer.site.project(&issue.project);
    let id: Option<String> = match field {
        "status" => STATUSES.iter().find(|one| one.name == text).map(|one| one.id.to_owned()),
        "priority" => PRIORITIES.iter().find(|one| one.name == text).map(|one| one.id.to_owned()),
        "resolution" => RESOLUTIONS.iter().find(|one| one.name == text).map(|one| one.id.to_owned()),
        "fixVersion" | "Version" => {
            project.and_then(|found| found.versions.iter().find(|one| one.name == text)).map(|one| one.id.clone())
        }
        "Component" => {
            project.and_then(|found| found.components.iter().find(|one| one.name == text)).map(|one| one.id.clone())
        }
        "assignee" | "reporter" => {
            let name = writer.site.user(text).map_or(text, |user| user.display_name.as_str());
            return (writer.person_id(text), name.into());
        }
        "Sprint" => {
            let one =
                |id: &str| id.parse().ok().and_then(|id| writer.site.sprint(id)).map(|sprint| sprint.name.clone());
            let names: Vec<String> = text.split(", ").filter_map(one).collect();
            return (text.into(), names.join(", ").into());
        }
        "IssueParentAssociation" => writer.site.issue(text).map(|parent| parent.id.to_string()),
        "Link" => Some(text.rsplit(' ').next().unwrap_or(text).to_owned()),
        _ => None,
    };
    (id.into(), text.into())
}

/// The history inside of an issue (`expand=changelog`): newest first, as Jira gives it there.
pub(crate) fn expanded(writer: &Writer<'_>, issue: &Issue) -> Value {
    let mut all = entries(writer, issue);
    all.reverse();
    json!({"startAt": 0, "maxResults": all.len(), "total": all.len(), "histories": all})
}

/// `GET issue/{key}/changelog`: oldest first, in pages.
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    call.page("values", &entries(&call.writer(), issue), 100, 100)
}

#[cfg(test)]
mod tests;
