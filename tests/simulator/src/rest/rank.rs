//! The order of the backlog.

use super::call::{Answer, Call, Refused, object};
use super::refusal;
use crate::data::model::{Issue, ROOM};
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::Value;

/// `PUT issue/rank`: up to 50 issues go right before or right behind another, in the order in which they are named. (Where only
/// some may be ranked, Jira answers 207; here it is all or none.)
pub(crate) async fn put(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let names = body.get("issues").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    if names.is_empty() || names.len() > 50 {
        return Err(refusal::bad("Between 1 and 50 issues can be ranked at once.").into());
    }
    let side = |name: &str| body.get(name).and_then(Value::as_str);
    let (other, before) = match (side("rankBeforeIssue"), side("rankAfterIssue")) {
        (Some(other), None) => (find(&call, other)?, true),
        (None, Some(other)) => (find(&call, other)?, false),
        _ => return Err(refusal::bad("Exactly one of rankBeforeIssue and rankAfterIssue must be there.").into()),
    };
    let mut keys: Vec<String> = Vec::new();
    for name in names {
        let issue = find(&call, name.as_str().unwrap_or_default())?;
        call.must("SCHEDULE_ISSUES", &issue.project)?;
        if issue.key == other.key {
            return Err(refusal::bad("An issue cannot be ranked by itself.").into());
        }
        keys.push(issue.key.clone());
    }
    let places = between(&call, other, before, &keys);
    call.edit(|site| {
        for (key, place) in keys.iter().zip(places) {
            if let Some(issue) = site.issue_mut(key) {
                issue.rank = Some(place);
            }
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Unlike elsewhere, what is not there makes a bad request.
fn find<'c>(call: &'c Call, name: &str) -> Result<&'c Issue, Refused> {
    let sentence = format!("The issue '{name}' does not exist or you do not have permission to view it.");
    call.find(name).map_err(|_hidden| refusal::bad(&sentence).into())
}

/// Places right before or right behind an issue, as many as there are keys.
fn between(call: &Call, other: &Issue, before: bool, keys: &[String]) -> Vec<i64> {
    let rest = call.site.each().filter(|issue| !keys.contains(&issue.key)).map(Issue::place);
    let here = other.place();
    let (low, high) = if before {
        (rest.filter(|place| *place < here).max().unwrap_or(here - ROOM), here)
    } else {
        (here, rest.filter(|place| *place > here).min().unwrap_or(here + ROOM))
    };
    let count = i64::try_from(keys.len()).unwrap_or(1);
    (1..=count).map(|at| low + (high - low) / (count + 1) * at).collect()
}
