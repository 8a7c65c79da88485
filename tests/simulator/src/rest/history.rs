//! The history of an issue.

use super::call::{Answer, Call, object};
use super::fields::Writer;
use super::many::names;
use super::{Product, refusal};
use crate::data::catalog::{PRIORITIES, RESOLUTIONS, STATUSES};
use crate::data::model::{Change, Issue};
use crate::date::stamp;
use axum::Json;
use axum::body::Bytes;
use axum::response::IntoResponse as _;
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

/// So many entries Jira Cloud gives inside of an issue.
const INSIDE: usize = 40;

/// The history inside of an issue (`expand=changelog`): newest first, as Jira gives it there, and in Cloud no more than the newest.
pub(crate) fn expanded(writer: &Writer<'_>, issue: &Issue) -> Value {
    let mut all = entries(writer, issue);
    let total = all.len();
    all.reverse();
    all.truncate(if writer.place.product == Product::Cloud { INSIDE } else { total });
    json!({"startAt": 0, "maxResults": all.len(), "total": total, "histories": all})
}

/// `POST changelog/bulkfetch`: of up to 1,000 issues, those changes that touch the wanted fields, oldest first, in pages.
pub(crate) async fn of_many(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let wanted = names(&body, "issueIdsOrKeys", 1000)?;
    let fields: Vec<&str> =
        body.get("fieldIds").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let is_wanted = |item: &Value| fields.is_empty() || fields.iter().any(|field| item["fieldId"] == *field);
    let number = |member: &str| body.get(member).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    let size = number("maxResults").unwrap_or(1000);
    let start = body.get("nextPageToken").and_then(Value::as_str).map_or(Some(0), |token| token.parse().ok());
    let start: usize =
        start.filter(|_| fields.len() <= 10 && (1..=10_000).contains(&size)).ok_or_else(refusal::payload)?;
    let (writer, mut all) = (call.writer(), Vec::new());
    for issue in wanted.iter().filter_map(|name| call.find(name).ok()) {
        for mut entry in entries(&writer, issue) {
            if let Some(items) = entry["items"].as_array_mut() {
                items.retain(is_wanted);
            }
            if entry["items"] != json!([]) {
                all.push((issue.id.to_string(), entry));
            }
        }
    }
    all.sort_by_key(|(_, entry)| entry["created"].as_str().map(str::to_owned));
    let is_last = start + size >= all.len();
    let mut page = json!({"issueChangeLogs": by_issue(all.into_iter().skip(start).take(size))});
    if !is_last {
        page["nextPageToken"] = (start + size).to_string().into();
    }
    Ok(Json(page).into_response())
}

/// The entries of each issue together, issues in the order of their first.
fn by_issue(entries: impl Iterator<Item = (String, Value)>) -> Vec<Value> {
    let mut logs: Vec<Value> = Vec::new();
    for (id, entry) in entries {
        let known = logs.iter_mut().find(|log| log["issueId"] == id.as_str());
        match known.and_then(|log| log["changeHistories"].as_array_mut()) {
            Some(histories) => histories.push(entry),
            None => logs.push(json!({"issueId": id, "changeHistories": [entry]})),
        }
    }
    logs
}

/// `GET issue/{key}/changelog`: oldest first, in pages.
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    call.page("values", &entries(&call.writer(), issue), 100, 100)
}

#[cfg(test)]
mod tests;
