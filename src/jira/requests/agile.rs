//! Boards and sprints. Jira Cloud wants scopes of their own for them, which are asked for only when they are used.

use super::page;
use crate::jira::again::Again;
use crate::jira::request::{BACKLOG, BOARD_SETUP, BOARDS, Body, PLAN, RANK, Request, SPRINTS, path};
use crate::json;
use crate::platform::Method;
use serde_json::Value;

/// The boards, of one project if so wished.
pub fn boards(project: Option<&str>, start: u32) -> Request {
    let mut query = page(start, 50);
    query.extend(project.map(|key| ("projectKeyOrId", key.to_owned())));
    Request::get("boards", "/board".to_owned(), query).agile(BOARDS)
}

/// How a board is set up: its columns.
pub fn configuration(board: u64) -> Request {
    let path = path(&["board", &board.to_string(), "configuration"]);
    Request::get("board_configuration", path, Vec::new()).agile(BOARD_SETUP)
}

/// The sprints of a board.
pub fn sprints(board: u64, states: &[&str], start: u32) -> Request {
    let mut query = page(start, 50);
    if !states.is_empty() {
        query.push(("state", states.join(",")));
    }
    Request::get("sprints", path(&["board", &board.to_string(), "sprint"]), query).agile(SPRINTS)
}

/// The issues of a board's backlog.
pub fn backlog(board: u64, fields: &[&str], start: u32) -> Request {
    let mut query = page(start, 50);
    query.push(("fields", fields.join(",")));
    Request::get("backlog", path(&["board", &board.to_string(), "backlog"]), query).agile(BOARDS)
}

/// One sprint.
pub fn sprint(id: u64) -> Request {
    Request::get("sprint", path(&["sprint", &id.to_string()]), Vec::new()).agile(SPRINTS)
}

/// The issues of a sprint.
pub fn sprint_issues(id: u64, fields: &[&str], start: u32) -> Request {
    let mut query = page(start, 50);
    query.push(("fields", fields.join(",")));
    Request::get("sprint_issues", path(&["sprint", &id.to_string(), "issue"]), query).agile(SPRINTS)
}

/// Makes a sprint.
pub fn create_sprint(board: u64, name: &str, goal: &str) -> Request {
    let body = json::object([("originBoardId", board.into()), ("name", name.into()), ("goal", goal.into())]);
    Request::write("create_sprint", Method::Post, "/sprint".to_owned(), Body::Json(body)).agile(PLAN)
}

/// Changes a sprint: name, goal, dates, and its state (`active` starts it, `closed` ends it). What is not named stays.
pub fn edit_sprint(id: u64, changes: &Value) -> Request {
    let body = Body::Json(changes.clone());
    let request = Request::write("edit_sprint", Method::Post, path(&["sprint", &id.to_string()]), body);
    request.agile(PLAN).proved_by(Again::Harmless)
}

/// Puts up to 50 issues into a sprint. Twice is as good as once.
pub fn plan(id: u64, keys: &[&str]) -> Request {
    let body = Body::Json(json::object([("issues", keys.into())]));
    let request = Request::write("plan", Method::Post, path(&["sprint", &id.to_string(), "issue"]), body);
    request.agile(PLAN).proved_by(Again::Harmless)
}

/// Puts up to 50 issues back into the backlog. Twice is as good as once.
pub fn unplan(keys: &[&str]) -> Request {
    let body = Body::Json(json::object([("issues", keys.into())]));
    let request = Request::write("unplan", Method::Post, "/backlog/issue".to_owned(), body);
    request.agile(BACKLOG).proved_by(Again::Harmless)
}

/// Puts up to 50 issues into a place in the backlog: right before (or behind) another. Twice is as good as once.
pub fn rank(keys: &[&str], before: bool, other: &str) -> Request {
    let side = if before { "rankBeforeIssue" } else { "rankAfterIssue" };
    let body = Body::Json(json::object([("issues", keys.into()), (side, other.into())]));
    Request::write("rank", Method::Put, "/issue/rank".to_owned(), body).agile(RANK)
}
