//! Issues: reading, creating, changing, deleting, moving along, linking, and their files.

use super::{page, search};
use crate::jira::again::{Again, Look, same_entry, same_status};
use crate::jira::edition::Edition;
use crate::jira::request::{Answer, Api, Body, PEOPLE, Request, Upload, path};
use crate::json;
use crate::platform::Method;
use serde_json::Value;

/// One issue with these fields.
pub fn show(key: &str, fields: &[&str]) -> Request {
    Request::get("issue", path(&["issue", key]), vec![("fields", fields.join(","))])
}

/// The same with its newest changes and the steps that the person can take.
pub fn show_all(key: &str, fields: &[&str]) -> Request {
    let query = vec![("fields", fields.join(",")), ("expand", "changelog,transitions".to_owned())];
    Request::get("issue", path(&["issue", key]), query)
}

/// The changes of an issue, oldest first. On Data Center they come with the issue, under `changelog`.
pub fn changelog(edition: Edition, key: &str, start: u32) -> Request {
    match edition {
        Edition::Cloud => Request::get("changelog", path(&["issue", key, "changelog"]), page(start, 100)),
        Edition::DataCenter => {
            let query = vec![("fields", "created".to_owned()), ("expand", "changelog".to_owned())];
            Request::get("changelog", path(&["issue", key]), query)
        }
    }
}

/// The types that can be created in a project.
pub fn creatable_types(project: &str, start: u32) -> Request {
    Request::get("createmeta_types", path(&["issue", "createmeta", project, "issuetypes"]), page(start, 50))
}

/// The fields of a new issue of a type, with what they take.
pub fn creatable_fields(project: &str, issue_type: &str, start: u32) -> Request {
    let path = path(&["issue", "createmeta", project, "issuetypes", issue_type]);
    Request::get("createmeta_fields", path, page(start, 50))
}

/// The fields of an issue that can be edited, with what they take.
pub fn editable_fields(key: &str) -> Request {
    Request::get("editmeta", path(&["issue", key, "editmeta"]), Vec::new())
}

/// Creates an issue. After an unknown outcome the person's newest issues are looked through for the same summary; what is not
/// found there is not sent again, because the index of the search lags behind.
pub fn create(edition: Edition, fields: &Value) -> Request {
    let mut wanted = json::object([("summary", fields["summary"].clone())]);
    for name in ["project", "issuetype"] {
        if fields[name].is_object() {
            wanted[name] = fields[name].clone();
        }
    }
    let sent = json::object([("list", "issues".into()), ("fields", json::object([("fields", wanted)]))]);
    let read = search::newest_of_mine(edition, 10);
    let look = Look { read, sent, found: same_entry, repeat: false };
    let body = Body::Json(json::object([("fields", fields.clone())]));
    Request::write("create", Method::Post, "/issue".to_owned(), body).proved_by(Again::Look(Box::new(look)))
}

/// Creates up to 50 issues.
pub fn create_many(issues: &[Value]) -> Request {
    let updates = issues.iter().map(|fields| json::object([("fields", fields.clone())])).collect();
    let body = Body::Json(json::object([("issueUpdates", updates)]));
    Request::write("create_many", Method::Post, "/issue/bulk".to_owned(), body)
}

/// Sets `fields`, and carries out `update` (`{"labels": [{"add": "x"}]}`; `null` for none). Adding to a list or a text twice
/// would be two, so an edit with `update` is not sent twice.
pub fn edit(key: &str, fields: &Value, update: &Value) -> Request {
    let mut body = json::object([("fields", fields.clone())]);
    if update.is_object() {
        body["update"] = update.clone();
    }
    let again = if update.is_object() { Again::Never } else { Again::Harmless };
    Request::write("edit", Method::Put, path(&["issue", key]), Body::Json(body)).to_issue(key).proved_by(again)
}

/// Deletes an issue, with its sub-tasks if so wished.
pub fn delete(key: &str, with_subtasks: bool) -> Request {
    let query = vec![("deleteSubtasks", with_subtasks.to_string())];
    Request::write("delete", Method::Delete, path(&["issue", key]), Body::None).to_issue(key).with_query(query)
}

/// Sets who works on an issue, or nobody.
pub fn assign(edition: Edition, key: &str, person: Option<&str>) -> Request {
    let body = Body::Json(edition.person(person));
    Request::write("assign", Method::Put, path(&["issue", key, "assignee"]), body).to_issue(key)
}

/// The steps that the person can take with an issue, with the fields of their screens.
pub fn transitions(key: &str) -> Request {
    let query = vec![("expand", "transitions.fields".to_owned())];
    Request::get("transitions", path(&["issue", key, "transitions"]), query)
}

/// A step.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The id of the transition.
    pub id: &'a str,
    /// The id of the status it leads to, which proves that it was taken.
    pub to: &'a str,
    /// The id of the status before it: a step that leads where the issue is cannot be proved.
    pub from: &'a str,
    /// The fields of its screen; an empty object for none.
    pub fields: &'a Value,
}

/// Takes a step.
pub fn transition(key: &str, step: &Step<'_>) -> Request {
    let mut body = json::object([("transition", json::object([("id", step.id.into())]))]);
    if step.fields.as_object().is_some_and(|fields| !fields.is_empty()) {
        body["fields"] = step.fields.clone();
    }
    let sent = json::object([("status", step.to.into())]);
    let look = Look { read: show(key, &["status"]), sent, found: same_status, repeat: true };
    let again = if step.to == step.from { Again::Never } else { Again::Look(Box::new(look)) };
    let path = path(&["issue", key, "transitions"]);
    Request::write("transition", Method::Post, path, Body::Json(body)).to_issue(key).proved_by(again)
}

/// The kinds of links.
pub fn link_types() -> Request {
    Request::get("link_types", "/issueLinkType".to_owned(), Vec::new())
}

/// Links two issues. The same link twice is one link.
pub fn link(kind: &str, inward: &str, outward: &str) -> Request {
    let keyed = |name: &'static str, value: &str| json::object([(name, value.into())]);
    let body = json::object([
        ("type", keyed("name", kind)),
        ("inwardIssue", keyed("key", inward)),
        ("outwardIssue", keyed("key", outward)),
    ]);
    let request = Request::write("link", Method::Post, "/issueLink".to_owned(), Body::Json(body));
    request.to_issue(inward).proved_by(Again::Harmless)
}

/// Removes a link.
pub fn unlink(id: &str) -> Request {
    Request::write("unlink", Method::Delete, path(&["issueLink", id]), Body::None)
}

/// Attaches a file.
pub fn attach(key: &str, file: Upload) -> Request {
    let sent = json::object([
        ("list", "attachment".into()),
        ("fields", json::object([("filename", file.name.as_str().into()), ("size", file.bytes.len().into())])),
    ]);
    let found = |read: &Value, sent: &Value, at| same_entry(&read["fields"], sent, at);
    let look = Look { read: show(key, &["attachment"]), sent, found, repeat: true };
    let path = path(&["issue", key, "attachments"]);
    Request::write("attach", Method::Post, path, Body::File(file)).to_issue(key).proved_by(Again::Look(Box::new(look)))
}

/// What is known of a file.
pub fn attachment(id: &str) -> Request {
    Request::get("attachment", path(&["attachment", id]), Vec::new())
}

/// Whether files may be attached, and how large.
pub fn attachment_settings() -> Request {
    Request::get("attachment_settings", "/attachment/meta".to_owned(), Vec::new())
}

/// The content of a file.
pub fn content(edition: Edition, id: &str, name: &str) -> Request {
    let query = vec![("redirect", "false".into())];
    let request = match edition {
        // Otherwise it leads to a store of files elsewhere, and a token is never taken elsewhere.
        Edition::Cloud => Request::get("attachment_content", path(&["attachment", "content", id]), query),
        Edition::DataCenter => {
            let path = path(&["secure", "attachment", id, name]);
            Request { api: Api::Site, ..Request::get("attachment_content", path, Vec::new()) }
        }
    };
    Request { answer: Answer::File, ..request }
}

/// Removes a file.
pub fn detach(id: &str) -> Request {
    Request::write("detach", Method::Delete, path(&["attachment", id]), Body::None)
}

/// Who watches an issue.
pub fn watchers(key: &str) -> Request {
    Request::get("watchers", path(&["issue", key, "watchers"]), Vec::new()).with_scopes(PEOPLE_AND_ISSUES, 2)
}

const PEOPLE_AND_ISSUES: &[&str] = &["read:jira-work", PEOPLE[0]];

/// Somebody watches an issue from now on. Twice is as good as once.
pub fn watch(key: &str, person: &str) -> Request {
    let path = path(&["issue", key, "watchers"]);
    let request = Request::write("watch", Method::Post, path, Body::Json(person.into()));
    request.to_issue(key).proved_by(Again::Harmless)
}

/// Somebody does not watch an issue any more.
pub fn unwatch(edition: Edition, key: &str, person: &str) -> Request {
    let query = vec![(edition.person_parameter(), person.to_owned())];
    let path = path(&["issue", key, "watchers"]);
    Request::write("unwatch", Method::Delete, path, Body::None).to_issue(key).with_query(query)
}

/// Who votes for an issue.
pub fn votes(key: &str) -> Request {
    Request::get("votes", path(&["issue", key, "votes"]), Vec::new()).with_scopes(PEOPLE_AND_ISSUES, 2)
}

/// The person votes for an issue. Twice is as good as once.
pub fn vote(key: &str) -> Request {
    let path = path(&["issue", key, "votes"]);
    Request::write("vote", Method::Post, path, Body::None).to_issue(key).proved_by(Again::Harmless)
}

/// The person takes the vote back.
pub fn unvote(key: &str) -> Request {
    Request::write("unvote", Method::Delete, path(&["issue", key, "votes"]), Body::None).to_issue(key)
}
