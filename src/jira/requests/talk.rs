//! Comments and work logs.

use super::page;
use crate::jira::again::{Again, Look, same_entry};
use crate::jira::edition::Edition;
use crate::jira::request::{Body, Request, path};
use crate::json;
use crate::platform::Method;
use serde_json::Value;

/// The newest comments of an issue, newest first.
pub fn comments(key: &str, start: u32) -> Request {
    let mut query = page(start, 50);
    query.push(("orderBy", "-created".to_owned()));
    Request::get("comments", path(&["issue", key, "comment"]), query)
}

/// Writes a comment as `me`. `text` is a document (Cloud) or wiki markup.
pub fn comment(edition: Edition, key: &str, text: &Value, me: &str) -> Request {
    let body = json::object([("body", text.clone())]);
    let mut fields = body.clone();
    fields["author"] = edition.person(Some(me));
    let sent = json::object([("list", "comments".into()), ("fields", fields)]);
    let look = Look { read: comments(key, 0), sent, found: same_entry, repeat: true };
    let path = path(&["issue", key, "comment"]);
    let request = Request::write("comment", Method::Post, path, Body::Json(body));
    request.to_issue(key).proved_by(Again::Look(Box::new(look)))
}

/// Changes a comment.
pub fn edit_comment(key: &str, id: &str, text: &Value) -> Request {
    let body = Body::Json(json::object([("body", text.clone())]));
    Request::write("edit_comment", Method::Put, path(&["issue", key, "comment", id]), body).to_issue(key)
}

/// Removes a comment.
pub fn delete_comment(key: &str, id: &str) -> Request {
    let path = path(&["issue", key, "comment", id]);
    Request::write("delete_comment", Method::Delete, path, Body::None).to_issue(key)
}

/// The work that was logged on an issue.
pub fn worklogs(key: &str, start: u32) -> Request {
    Request::get("worklogs", path(&["issue", key, "worklog"]), page(start, 5000))
}

/// Work to log.
#[derive(Clone, Debug)]
pub struct Work<'a> {
    /// When it began, as Jira writes it: `2026-11-21T09:05:00.000+0000`.
    pub started: &'a str,
    /// How long it took.
    pub seconds: u32,
    /// What was done: a document (Cloud) or wiki markup; `null` for nothing.
    pub comment: &'a Value,
}

/// Logs work as `me`.
pub fn log_work(edition: Edition, key: &str, work: &Work<'_>, me: &str) -> Request {
    let body = work_body(work);
    let fields = json::object([("timeSpentSeconds", work.seconds.into()), ("author", edition.person(Some(me)))]);
    let sent = json::object([("list", "worklogs".into()), ("started", work.started.into()), ("fields", fields)]);
    let look = Look { read: worklogs(key, 0), sent, found: same_entry, repeat: true };
    let path = path(&["issue", key, "worklog"]);
    let request = Request::write("log_work", Method::Post, path, Body::Json(body));
    request.to_issue(key).proved_by(Again::Look(Box::new(look)))
}

/// Changes logged work.
pub fn edit_work(key: &str, id: &str, work: &Work<'_>) -> Request {
    let path = path(&["issue", key, "worklog", id]);
    Request::write("edit_work", Method::Put, path, Body::Json(work_body(work))).to_issue(key)
}

/// Removes logged work.
pub fn delete_work(key: &str, id: &str) -> Request {
    Request::write("delete_work", Method::Delete, path(&["issue", key, "worklog", id]), Body::None).to_issue(key)
}

fn work_body(work: &Work<'_>) -> Value {
    let mut body = json::object([("started", work.started.into()), ("timeSpentSeconds", work.seconds.into())]);
    if !work.comment.is_null() {
        body["comment"] = work.comment.clone();
    }
    body
}
