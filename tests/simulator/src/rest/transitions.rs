//! Steps of the workflow.

use super::call::{Answer, Call, Refused, object};
use super::change::{By, Set};
use super::fields::Writer;
use super::refusal;
use super::screen::of_edit;
use super::values::{Problems, one_of, refuse};
use super::write::said_beside;
use crate::data::catalog::{RESOLUTIONS, is_done};
use crate::data::model::{Issue, Named};
use crate::data::workflow::{self, Transition};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// `GET issue/{key}/transitions`: what the caller may do now; their screens with `expand=transitions.fields`.
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    let with_fields = call.words("expand").iter().any(|word| word == "transitions.fields");
    let wanted = call.query.get("transitionId");
    let shown = open(&call, issue).filter(|step| wanted.is_none_or(|id| id == step.id));
    let writer = call.writer();
    let all: Vec<Value> = shown.map(|step| described(&writer, step, with_fields)).collect();
    Ok(Json(json!({"expand": "transitions", "transitions": all})).into_response())
}

/// The steps that an issue may take now.
pub(crate) fn open<'c>(call: &'c Call, issue: &'c Issue) -> impl Iterator<Item = &'static Transition> + 'c {
    let kind = call.site.project(&issue.project).map_or("", |project| project.kind);
    let may = call.may("TRANSITION_ISSUES", &issue.project);
    workflow::transitions(kind).iter().filter(move |step| may && step.from.contains(&issue.status))
}

/// A step as Jira tells it.
pub(crate) fn described(writer: &Writer<'_>, step: &Transition, with_fields: bool) -> Value {
    let mut value = json!({"id": step.id, "name": step.name, "to": writer.status(step.to), "hasScreen": step.screen,
        "isGlobal": false, "isInitial": false, "isAvailable": true, "isConditional": false, "isLooped": false});
    if with_fields {
        value["fields"] = match step.screen {
            true => {
                json!({"resolution": of_edit(writer.place.product, json!({"required": true, "schema": {"type": "resolution", "system": "resolution"},
                "name": "Resolution", "key": "resolution", "fieldId": "resolution", "hasDefaultValue": false, "operations": ["set"],
                "allowedValues": RESOLUTIONS.iter().map(|one: &Named| writer.named(one, "resolution")).collect::<Vec<_>>()}))})
            }
            false => json!({}),
        };
    }
    value
}

/// `POST issue/{key}/transitions`
pub(crate) async fn take(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let issue = call.issue()?;
    step(&call, issue, &body)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes one step with one issue.
pub(crate) fn step(call: &Call, issue: &Issue, body: &Value) -> Result<(), Refused> {
    call.must("TRANSITION_ISSUES", &issue.project)?;
    let id = body.pointer("/transition/id");
    let id = id.and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|number| number.to_string())));
    let id = id.ok_or_else(|| refusal::bad("Missing 'transition' identifier"))?;
    let step = open(call, issue).find(|step| step.id == id);
    let step = step.ok_or_else(|| refusal::bad(&format!("Transition id '{id}' is not valid for this issue.")))?;
    let resolution = on_screen(step, body)?;
    let said = said_beside(call, issue, body)?;
    let (now, who) = (call.now(), call.caller.user.clone());
    let mut sets = vec![Set::Status(step.to)];
    if is_done(step.to) != is_done(issue.status) || resolution.is_some() {
        sets.push(Set::Resolution(if is_done(step.to) { resolution.or(usual(issue, step)) } else { None }));
    }
    call.edit(|site| {
        // Somebody may have been quicker.
        let still = site.issue(&issue.key).is_some_and(|now| now.status == issue.status);
        if !still {
            let text = "The issue was changed by somebody else in the meantime.";
            return Err(refusal::of(StatusCode::CONFLICT, &[text.to_owned()]).into());
        }
        said.into_iter().for_each(|add| add(site));
        if let Some(issue) = site.issue_mut(&issue.key) {
            By { who: &who, now }.apply(issue, sets);
        }
        Ok(())
    })
}

/// The resolution that a step without a screen sets by itself.
fn usual(issue: &Issue, step: &Transition) -> Option<&'static str> {
    Some(match (step.to, issue.kind) {
        ("Won't Do", _) => "Won't Do",
        (_, "Bug" | "Incident") => "Fixed",
        _ => "Done",
    })
}

/// What was filled in on the step's screen.
fn on_screen(step: &Transition, body: &Value) -> Result<Option<&'static str>, Refused> {
    let mut problems = Problems::new();
    let set = body.pointer("/update/resolution/0/set");
    let given = body.pointer("/fields/resolution").or(set).filter(|value| !value.is_null());
    let fields = body.get("fields").and_then(Value::as_object);
    for id in
        fields.into_iter().flat_map(serde_json::Map::keys).filter(|id| !step.screen || id.as_str() != "resolution")
    {
        let text = format!("Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
        problems.insert(id.clone(), text.into());
    }
    let resolution = match given.map(|value| one_of(&RESOLUTIONS, value, "Resolution")) {
        None if step.screen => {
            problems.insert("resolution".into(), "Resolution is required.".into());
            None
        }
        Some(Err(text)) => {
            problems.insert("resolution".into(), text.into());
            None
        }
        Some(Ok(name)) => Some(name),
        None => None,
    };
    refuse(problems)?;
    Ok(resolution)
}

#[cfg(test)]
mod tests;
