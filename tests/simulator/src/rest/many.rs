//! Many issues in one call.

use super::call::{Answer, Call, Refused, object};
use super::fields::Choice;
use super::{refusal, write};
use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// Issues by key or id, at least one and at most `most`.
pub(crate) fn names(body: &Value, member: &str, most: usize) -> Result<Vec<String>, Refused> {
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
    Ok(Json(json!({"issues": issues, "issueErrors": errors})).into_response())
}

/// What a refusal says, to be told beside those of others.
pub(crate) async fn told(refused: Refused) -> (u16, Value) {
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

#[cfg(test)]
mod tests;
