//! Issues written: created, edited, deleted, assigned.

use super::call::{Answer, Call, Refused, object};
use super::change::{By, Set};
use super::values::{Goal, Problems, refuse};
use super::{comments, refusal, screen, worklogs};
use crate::data::catalog::type_of;
use crate::data::model::{Issue, Project, Site};
use crate::data::workflow;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};
use std::sync::Arc;

/// `POST issue`
pub(crate) async fn create(call: Call, body: Bytes) -> Answer {
    let made = one(&call, &object(&body)?)?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Creates one issue. Answers its id and key.
pub(crate) fn one(call: &Call, body: &Value) -> Result<Value, Refused> {
    let (project, kind) = aim(call, body)?;
    call.must("CREATE_ISSUES", &project.key)?;
    let goal = Goal { call, project, kind, issue: None };
    let mut problems = Problems::new();
    let sets = goal.read(body, &mut problems);
    require(body, project, kind, &mut problems);
    refuse(problems)?;
    let (now, who) = (call.now(), call.caller.user.clone());
    let (id, key) = call.edit(|site| {
        Ok(add(site, &project.key, blank(project, kind, (&who, now)), |issue| {
            for set in sets {
                // Nothing of a new issue is in its history.
                let by = By { who: &who, now };
                by.apply(issue, vec![set]);
            }
            issue.changelog.clear();
            issue.watchers.push(who.clone());
        }))
    })?;
    let this = format!("{}/issue/{id}", call.place.rest);
    Ok(json!({"id": id.to_string(), "key": key, "self": this}))
}

/// Project and type that a new issue is for.
fn aim<'c>(call: &'c Call, body: &Value) -> Result<(&'c Project, &'static str), Refused> {
    let fields = body.get("fields").unwrap_or(&Value::Null);
    let named = |member: &str| fields.pointer(member).and_then(Value::as_str);
    let project = named("/project/id").or_else(|| named("/project/key")).and_then(|name| call.project(name));
    let mut problems = Problems::new();
    let Some(project) = project else {
        problems.insert("project".into(), "Specify a valid project ID or key".into());
        return Err(refusal::by_field(problems).into());
    };
    let kinds = workflow::types(project.kind);
    let kind = kinds.iter().find(|kind| {
        let (id, name) = (type_of(kind).id, **kind);
        named("/issuetype/id").map_or_else(|| named("/issuetype/name") == Some(name), |given| given == id)
    });
    match kind {
        Some(kind) => Ok((project, kind)),
        None => {
            problems.insert("issuetype".into(), "Specify a valid issue type".into());
            Err(refusal::by_field(problems).into())
        }
    }
}

/// Notes what must be there and is not.
fn require(body: &Value, project: &Project, kind: &str, problems: &mut Problems) {
    for field in super::field_list::FIELDS.iter().filter(|field| screen::is_required(project, kind, field.id)) {
        let given =
            body.pointer(&format!("/fields/{}", field.id)).or_else(|| body.pointer(&format!("/update/{}", field.id)));
        if given.is_none_or(Value::is_null) && !problems.contains_key(field.id) {
            let text = match field.id {
                "summary" => "You must specify a summary of the issue.".to_owned(),
                "parent" => "Issue type is a sub-task but parent issue key or id not specified.".to_owned(),
                _ => format!("{} is required.", field.name),
            };
            problems.insert(field.id.to_owned(), text.into());
        }
    }
}

fn blank(project: &Project, kind: &'static str, (who, now): (&str, i64)) -> Issue {
    Issue {
        project: project.key.clone(),
        kind: type_of(kind).name,
        status: workflow::first_status(project.kind),
        category_changed: now,
        priority: "Medium",
        reporter: who.to_owned(),
        creator: who.to_owned(),
        created: now,
        updated: now,
        ..Issue::default()
    }
}

/// Puts a new issue into the site. Answers its id and key.
fn add(site: &mut Site, project: &str, mut issue: Issue, fill: impl FnOnce(&mut Issue)) -> (u64, String) {
    issue.id = site.next_id();
    if let Some(project) = site.projects.iter_mut().find(|one| one.key == project) {
        project.last_number += 1;
        issue.number = project.last_number;
    }
    issue.key = format!("{project}-{}", issue.number);
    fill(&mut issue);
    let (id, key, place) = (issue.id, issue.key.clone(), site.issues.len());
    site.places.insert(key.clone(), place);
    site.places.insert(id.to_string(), place);
    site.issues.push(Arc::new(issue));
    (id, key)
}

/// `PUT issue/{key}`: 204, or 200 with the issue when `returnIssue` asks for it.
pub(crate) async fn edit(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let issue = call.issue()?;
    call.must("EDIT_ISSUES", &issue.project)?;
    if body.get("transition").is_some() {
        return Err(refusal::bad("An issue cannot be transitioned by an edit.").into());
    }
    let project = call.project_or_refuse(&issue.project)?;
    let goal = Goal { call: &call, project, kind: issue.kind, issue: Some(issue) };
    let mut problems = Problems::new();
    let sets = goal.read(&body, &mut problems);
    let said = said_beside(&call, issue, &body)?;
    refuse(problems)?;
    let (now, who) = (call.now(), call.caller.user.clone());
    call.edit(|site| {
        said.into_iter().for_each(|add| add(site));
        if let Some(issue) = site.issue_mut(&issue.key) {
            By { who: &who, now }.apply(issue, sets);
        }
        Ok(())
    })?;
    if call.query.get("returnIssue") == Some("true") {
        return super::issue::whole(&call, call.at(1));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Something that a change says beside the fields: a comment or a work log. Checked, not yet done.
pub(crate) type Said = Box<dyn FnOnce(&mut Site)>;

/// Comments and work logs in `update`.
pub(crate) fn said_beside(call: &Call, issue: &Issue, body: &Value) -> Result<Vec<Said>, Refused> {
    let mut all: Vec<Said> = Vec::new();
    let added = |name: &str| -> Vec<Value> {
        let operations = body.pointer(&format!("/update/{name}")).and_then(Value::as_array);
        operations.into_iter().flatten().filter_map(|one| one.get("add").cloned()).collect()
    };
    for comment in added("comment") {
        all.push(comments::prepared(call, issue, &comment)?);
    }
    for log in added("worklog") {
        all.push(worklogs::prepared(call, issue, &log)?);
    }
    Ok(all)
}

/// `PUT issue/{key}/assignee`
pub(crate) async fn assign(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    call.must("ASSIGN_ISSUES", &issue.project)?;
    let project = call.project_or_refuse(&issue.project)?;
    let goal = Goal { call: &call, project, kind: issue.kind, issue: Some(issue) };
    let checked = goal.person(&object(&body)?).and_then(|user| user.map(|user| goal.assignable(user)).transpose());
    let assignee = checked.map_err(|text| {
        if text.contains("GDPR") {
            refusal::bad(&text)
        } else {
            refusal::by_field(Problems::from_iter([("assignee".to_owned(), text.into())]))
        }
    })?;
    let (now, who) = (call.now(), call.caller.user.clone());
    call.edit(|site| {
        if let Some(issue) = site.issue_mut(&issue.key) {
            By { who: &who, now }.apply(issue, vec![Set::Assignee(assignee)]);
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `DELETE issue/{key}`: an issue with sub-tasks only with `deleteSubtasks=true`.
pub(crate) async fn delete(call: Call) -> Answer {
    let issue = call.issue()?;
    call.must("DELETE_ISSUES", &issue.project)?;
    let mut doomed: Vec<String> = call
        .site
        .each()
        .filter(|one| one.kind == "Sub-task" && one.parent.as_ref() == Some(&issue.key))
        .map(|one| one.key.clone())
        .collect();
    if !doomed.is_empty() && call.query.get("deleteSubtasks") != Some("true") {
        let sentence = format!(
            "The issue '{}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.",
            issue.key
        );
        return Err(refusal::bad(&sentence).into());
    }
    doomed.push(issue.key.clone());
    call.edit(|site| {
        remove(site, &doomed);
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes issues out of the site, and whatever points to them.
pub(crate) fn remove(site: &mut Site, doomed: &[String]) {
    site.issues.retain(|issue| !doomed.contains(&issue.key));
    for issue in &mut site.issues {
        let gone = |key: &String| doomed.contains(key);
        if issue.links.iter().any(|link| gone(&link.key)) || issue.parent.as_ref().is_some_and(gone) {
            let issue = Arc::make_mut(issue);
            issue.links.retain(|link| !gone(&link.key));
            issue.parent = issue.parent.take().filter(|key| !gone(key));
        }
    }
    site.find_places();
}

#[cfg(test)]
mod tests;
