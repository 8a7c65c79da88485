//! Changes of many issues at once. Cloud only; each answers the id of a task to look after.

use crate::jira::request::{Body, Request, path};
use crate::json;
use crate::platform::Method;
use serde_json::Value;

fn post(name: &'static str, path: &str, body: Value) -> Request {
    Request::write(name, Method::Post, path.to_owned(), Body::Json(body))
}

/// Sets fields of up to 1,000 issues. `actions` names the fields, `input` has their values in the shape that the bulk interface
/// wants.
pub fn edit(keys: &[&str], actions: &[&str], input: &Value) -> Request {
    let body = json::object([
        ("selectedIssueIdsOrKeys", keys.into()),
        ("selectedActions", actions.into()),
        ("editedFieldsInput", input.clone()),
        ("sendBulkNotification", false.into()),
    ]);
    post("bulk_edit", "/bulk/issues/fields", body)
}

/// Takes a step with up to 1,000 issues of one workflow.
pub fn transition(keys: &[&str], transition: &str) -> Request {
    let input = json::object([("selectedIssueIdsOrKeys", keys.into()), ("transitionId", transition.into())]);
    let body =
        json::object([("bulkTransitionInputs", Value::Array(vec![input])), ("sendBulkNotification", false.into())]);
    post("bulk_transition", "/bulk/issues/transition", body)
}

/// Deletes up to 1,000 issues.
pub fn delete(keys: &[&str]) -> Request {
    let body = json::object([("selectedIssueIdsOrKeys", keys.into()), ("sendBulkNotification", false.into())]);
    post("bulk_delete", "/bulk/issues/delete", body)
}

/// How far a task is.
pub fn progress(task: &str) -> Request {
    Request::get("bulk_progress", path(&["bulk", "queue", task]), Vec::new())
}
