//! Bulk operations: asked for once, done with many issues, looked after by their task. A refusal has a shape of its own here.

use super::call::{Answer, Call, Refused, object};
use super::change::{By, Set};
use super::many::{names, told};
use super::values::{Goal, Problems, refuse};
use super::{refusal, transitions, write};
use crate::date::stamp;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value, json};

mod fields;
mod moves;

/// A refusal in the shape of bulk operations: sentences, each in an object.
async fn shaped(answer: Answer) -> Answer {
    let Err(refused) = answer else { return answer };
    let (status, told) = told(refused).await;
    let sentences = told["errorMessages"].as_array().cloned().unwrap_or_default();
    let by_field = told["errors"].as_object().cloned().unwrap_or_default().into_iter().map(|(_, text)| text);
    let errors: Vec<Value> = sentences.into_iter().chain(by_field).map(|text| json!({"message": text})).collect();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    Err((status, Json(json!({"errors": errors}))).into_response().into())
}

/// What a bulk operation came to: ids of issues that were done, and what was wrong with the others.
#[derive(Default)]
pub(super) struct Outcome {
    done: Vec<u64>,
    failed: Map<String, Value>,
    unknown: usize,
}

impl Outcome {
    /// Does one thing with each issue.
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

/// More issues are refused.
const MOST: usize = 1000;

/// `POST bulk/issues/transition`
pub(crate) async fn transition(call: Call, body: Bytes) -> Answer {
    shaped(step_all(&call, &body).await).await
}

async fn step_all(call: &Call, body: &Bytes) -> Answer {
    let body = object(body)?;
    let inputs = body.get("bulkTransitionInputs").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    let mut outcome = Outcome::default();
    for input in inputs {
        let names = names(input, "selectedIssueIdsOrKeys", MOST)?;
        let id = input.get("transitionId").ok_or_else(refusal::payload)?;
        let body = json!({"transition": {"id": id}});
        outcome.of(call, &names, |issue| transitions::step(call, issue, &body)).await;
    }
    outcome.keep(call)
}

/// `POST bulk/issues/delete`
pub(crate) async fn delete(call: Call, body: Bytes) -> Answer {
    shaped(delete_all(&call, &body).await).await
}

async fn delete_all(call: &Call, body: &Bytes) -> Answer {
    let names = names(&object(body)?, "selectedIssueIdsOrKeys", MOST)?;
    let mut outcome = Outcome::default();
    let act = |issue: &crate::data::Issue| {
        call.must("DELETE_ISSUES", &issue.project)?;
        call.edit(|site| {
            write::remove(site, std::slice::from_ref(&issue.key));
            Ok(())
        })
    };
    outcome.of(call, &names, act).await;
    outcome.keep(call)
}

/// `POST bulk/issues/fields`
pub(crate) async fn edit(call: Call, body: Bytes) -> Answer {
    shaped(edit_all(&call, &body).await).await
}

async fn edit_all(call: &Call, body: &Bytes) -> Answer {
    let body = object(body)?;
    let names = names(&body, "selectedIssueIdsOrKeys", MOST)?;
    let actions = body.get("selectedActions").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    let input = body.get("editedFieldsInput").ok_or_else(refusal::payload)?;
    let mut change = Map::new();
    for action in actions.iter().filter_map(Value::as_str) {
        let (member, value) = fields::wish(action, input)
            .ok_or_else(|| refusal::bad(&format!("The field '{action}' cannot be edited in bulk here.")))?;
        change.insert(member.to_owned(), value);
    }
    let (update, fields): (Map<_, _>, Map<_, _>) =
        change.into_iter().partition(|(_, value)| fields::is_operations(value));
    let change = json!({"fields": fields, "update": update});
    let mut outcome = Outcome::default();
    let act = |issue: &crate::data::Issue| {
        call.must("EDIT_ISSUES", &issue.project)?;
        let project = call.project_or_refuse(&issue.project)?;
        let mut problems = Problems::new();
        let goal = Goal { call, project, kind: issue.kind, issue: Some(issue) };
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
    outcome.of(call, &names, act).await;
    outcome.keep(call)
}

/// `GET bulk/queue/{id}`: running at the first look, complete at the next.
pub(crate) async fn progress(call: Call) -> Answer {
    shaped(look(&call)).await
}

fn look(call: &Call) -> Answer {
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

/// `POST bulk/issues/move`: to other projects, types and parents.
pub(crate) async fn relocate(call: Call, body: Bytes) -> Answer {
    shaped(moves::all(&call, &body).await).await
}

#[cfg(test)]
mod tests;
