//! Many issues in one call.

use super::call::{Answer, Call, Refused, object};
use super::change::{By, Set};
use super::fields::Choice;
use super::values::{Goal, Problems, refuse};
use super::{refusal, transitions, write};
use crate::date::stamp;
use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value, json};

fn names(body: &Value, member: &str, most: usize) -> Result<Vec<String>, Refused> {
    let list = body.get(member).and_then(Value::as_array).filter(|list| !list.is_empty());
    let texts =
        list.and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>());
    match texts {
        None => Err(refusal::payload().into()),
        Some(list) if list.len() > most => {
            Err(refusal::bad(&format!("The number of issues exceeds the limit of {most}.")).into())
        }
        Some(list) => Ok(list),
    }
}

/// `POST issue/bulkfetch`: up to 100 issues, the navigable fields unless `fields` says which.
pub(crate) async fn fetch(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let wanted = names(&body, "issueIdsOrKeys", 100)?;
    let fields: Vec<&str> =
        body.get("fields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let choice = Choice::of(if fields.is_empty() { vec!["*navigable"] } else { fields }.into_iter());
    let (writer, mut issues, mut errors) = (call.writer(), Vec::new(), Vec::new());
    for name in &wanted {
        match call.find(name) {
            Ok(issue) => issues.push((issue.id, writer.issue(issue, &choice))),
            Err(_) => errors.push(json!({"id": name,
                "errorMessage": "Issue does not exist or you do not have permission to see it."})),
        }
    }
    // In the order of their ids, as Jira gives them, and each once.
    issues.sort_by_key(|(id, _)| *id);
    issues.dedup_by_key(|(id, _)| *id);
    let issues: Vec<Value> = issues.into_iter().map(|(_, issue)| issue).collect();
    Ok(Json(json!({"expand": "names,schema", "issues": issues, "issueErrors": errors})).into_response())
}

/// What a refusal says, to be told beside those of others.
async fn told(refused: Refused) -> (u16, Value) {
    let answer = refused.into_response();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 16).await.unwrap_or_default();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// `POST issue/bulk`: up to 50 new issues. What cannot be made is told by its place; 400 only if none could.
pub(crate) async fn create(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let wishes = body.get("issueUpdates").and_then(Value::as_array).filter(|list| !list.is_empty() && list.len() <= 50);
    let wishes = wishes.ok_or_else(refusal::payload)?;
    let (mut made, mut errors) = (Vec::new(), Vec::new());
    for (place, wish) in wishes.iter().enumerate() {
        match write::one(&call, wish) {
            Ok(issue) => made.push(issue),
            Err(refused) => {
                let (status, problems) = told(refused).await;
                errors.push(json!({"status": status, "elementErrors": problems, "failedElementNumber": place}));
            }
        }
    }
    let status = if made.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::CREATED };
    Ok((status, Json(json!({"issues": made, "errors": errors}))).into_response())
}

/// What a bulk operation came to: ids of issues that were done, and what was wrong with the others.
#[derive(Default)]
struct Outcome {
    done: Vec<u64>,
    failed: Map<String, Value>,
    unknown: usize,
}

impl Outcome {
    async fn of<'c>(
        &mut self,
        call: &'c Call,
        names: &[String],
        act: impl Fn(&'c crate::data::Issue) -> Result<(), Refused>,
    ) {
        for name in names {
            let Ok(issue) = call.find(name) else {
                self.unknown += 1;
                continue;
            };
            match act(issue) {
                Ok(()) => self.done.push(issue.id),
                Err(refused) => {
                    let (_, problems) = told(refused).await;
                    let sentences = problems["errorMessages"].as_array().cloned().unwrap_or_default();
                    let by_field = problems["errors"].as_object().cloned().unwrap_or_default();
                    let all: Vec<Value> =
                        sentences.into_iter().chain(by_field.into_iter().map(|(_, text)| text)).collect();
                    self.failed.insert(issue.id.to_string(), all.into());
                }
            }
        }
    }

    /// Keeps the operation for those who ask how far it is. Answers its name.
    fn keep(self, call: &Call) -> Answer {
        let (id, now) = (crate::random::uuid(), stamp(call.sim.now()));
        let total = self.done.len() + self.failed.len() + self.unknown;
        let task = json!({"taskId": id, "status": "COMPLETE", "progressPercent": 100, "submittedBy": {"accountId": call.caller.user},
            "created": now, "started": now, "updated": now, "totalIssueCount": total, "processedAccessibleIssues": self.done,
            "failedAccessibleIssues": self.failed, "invalidOrInaccessibleIssueCount": self.unknown});
        call.sim.change().tasks.insert(id.clone(), (task, false));
        Ok((StatusCode::CREATED, Json(json!({"taskId": id}))).into_response())
    }
}

const MOST: usize = 1000;

/// `POST bulk/issues/transition`
pub(crate) async fn transition(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let inputs = body.get("bulkTransitionInputs").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    let mut outcome = Outcome::default();
    for input in inputs {
        let names = names(input, "selectedIssueIdsOrKeys", MOST)?;
        let id = input.get("transitionId").ok_or_else(refusal::payload)?;
        let body = json!({"transition": {"id": id}});
        outcome.of(&call, &names, |issue| transitions::step(&call, issue, &body)).await;
    }
    outcome.keep(&call)
}

/// `POST bulk/issues/delete`
pub(crate) async fn delete(call: Call, body: Bytes) -> Answer {
    let names = names(&object(&body)?, "selectedIssueIdsOrKeys", MOST)?;
    let mut outcome = Outcome::default();
    let act = |issue: &crate::data::Issue| {
        call.must("DELETE_ISSUES", &issue.project)?;
        call.edit(|site| {
            write::remove(site, std::slice::from_ref(&issue.key));
            Ok(())
        })
    };
    outcome.of(&call, &names, act).await;
    outcome.keep(&call)
}

/// `POST bulk/issues/fields`: labels, priority, assignee and due date; other fields are refused.
pub(crate) async fn edit(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let names = names(&body, "selectedIssueIdsOrKeys", MOST)?;
    let actions = body.get("selectedActions").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    let input = body.get("editedFieldsInput").ok_or_else(refusal::payload)?;
    let mut change = Map::new();
    for action in actions.iter().filter_map(Value::as_str) {
        let (member, value) = wish(action, input)
            .ok_or_else(|| refusal::bad(&format!("The field '{action}' cannot be edited in bulk here.")))?;
        change.insert(member.to_owned(), value);
    }
    let (fields, update): (Map<_, _>, Map<_, _>) = change.into_iter().partition(|(name, _)| name != "labels");
    let change = json!({"fields": fields, "update": update});
    let mut outcome = Outcome::default();
    let act = |issue: &crate::data::Issue| {
        call.must("EDIT_ISSUES", &issue.project)?;
        let project = call.project_or_refuse(&issue.project)?;
        let mut problems = Problems::new();
        let goal = Goal { call: &call, project, kind: issue.kind, issue: Some(issue) };
        let sets: Vec<Set> = goal.read(&change, &mut problems);
        refuse(problems)?;
        let by = By { who: &call.caller.user, now: call.now() };
        call.edit(|site| {
            if let Some(issue) = site.issue_mut(&issue.key) {
                by.apply(issue, sets);
            }
            Ok(())
        })
    };
    outcome.of(&call, &names, act).await;
    outcome.keep(&call)
}

/// One field of a bulk edit as an ordinary edit has it.
fn wish(action: &str, input: &Value) -> Option<(&'static str, Value)> {
    let first = |list: &str| {
        input.get(list)?.as_array()?.iter().find(|one| one.get("fieldId").and_then(Value::as_str) == Some(action))
    };
    match action {
        "priority" => Some(("priority", json!({"id": input.pointer("/priority/priorityId")?}))),
        "assignee" => Some(("assignee", first("singleSelectClearableUserPickerFields")?.get("user")?.clone())),
        "duedate" => Some(("duedate", first("datePickerFields")?.pointer("/date/formattedDate")?.clone())),
        "labels" => {
            let field = first("labelsFields")?;
            let names: Vec<&Value> =
                field.get("labels")?.as_array()?.iter().filter_map(|one| one.get("name")).collect();
            let each = |verb: &str| -> Value { names.iter().map(|name| json!({verb: name})).collect() };
            let operations = match field.get("bulkEditMultiSelectFieldOption")?.as_str()? {
                "ADD" => each("add"),
                "REMOVE" => each("remove"),
                "REPLACE" => json!([{"set": names}]),
                "REMOVE_ALL" => json!([{"set": []}]),
                _ => return None,
            };
            Some(("labels", operations))
        }
        _ => None,
    }
}

/// `GET bulk/queue/{id}`: running at the first look, complete at the next.
pub(crate) async fn progress(call: Call) -> Answer {
    let mut change = call.sim.change();
    let Some((task, seen)) = change.tasks.get_mut(call.at(2)) else {
        return Err(refusal::of(StatusCode::NOT_FOUND, &["The task does not exist.".into()]).into());
    };
    let mut answer = task.clone();
    if !std::mem::replace(seen, true) {
        answer["status"] = "RUNNING".into();
        answer["progressPercent"] = 50.into();
    }
    Ok(Json(answer).into_response())
}

#[cfg(test)]
mod tests;
