//! One example of each request that the client can build, for checks against Atlassian's own description of the interface.

use super::{agile, bulk, issues, metadata, people, search, talk};
use crate::jira::edition::Edition;
use crate::jira::request::{Body, Request, Upload};
use crate::jira::search::Cursor;
use crate::json;
use serde_json::{Value, json};

/// Every request, by edition.
pub fn all(edition: Edition) -> Vec<Request> {
    let mut all = of_issues(edition);
    all.extend(of_talk(edition));
    all.extend(of_the_site(edition));
    all.extend(of_boards());
    if edition.is_cloud() {
        all.extend(of_cloud());
    }
    all
}

/// A request as one line of JSON: `name`, `edition`, `api`, `method`, `path` (from the site's root), `query`, `headers`, `body`,
/// `scopes`.
pub fn line(edition: Edition, request: &Request) -> String {
    let query: serde_json::Map<String, Value> =
        request.query.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    let (headers, body) = match &request.body {
        Body::None => (json!({"accept": "application/json"}), Value::Null),
        Body::Json(body) => (json!({"accept": "application/json", "content-type": "application/json"}), body.clone()),
        Body::File(file) => (
            json!({"content-type": "multipart/form-data", "x-atlassian-token": "no-check"}),
            json!({"file": file.name}),
        ),
    };
    let method = format!("{:?}", request.method).to_uppercase();
    json::text_of(&json!({"name": request.name, "edition": edition.name(), "api": request.api.name(), "method": method,
        "path": format!("{}{}", edition.rest(request.api), request.path), "query": query, "headers": headers, "body": body, "scopes": request.scopes}))
}

fn text(edition: Edition) -> Value {
    let document = json!({"type": "doc", "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Looks good."}]}]});
    edition.either(document, "Looks *good*.".into())
}

fn of_issues(edition: Edition) -> Vec<Request> {
    let fields = json!({"project": {"key": "MOB"}, "issuetype": {"id": "10001"}, "summary": "Ferry times are wrong",
        "description": text(edition)});
    let query =
        search::Search { jql: "project = MOB", fields: &["summary"], page_size: 50, cursor: None, reconcile: &[] };
    let cursor = edition.either(Cursor::Token("abc".into()), Cursor::Offset(50));
    let step = issues::Step { id: "31", to: "10003", from: "10001", fields: &json!({"resolution": {"name": "Done"}}) };
    let file = Upload { name: "a.txt".into(), media_type: "text/plain".into(), bytes: b"abc".to_vec() };
    vec![
        search::search(edition, &query),
        search::search(edition, &search::Search { cursor: Some(&cursor), reconcile: &[10001], ..query.clone() }),
        search::fetch(edition, &["MOB-1", "MOB-2"], &["summary"]),
        issues::show("MOB-1", &["summary", "status"]),
        issues::changelog(edition, "MOB-1", 0),
        issues::creatable_types("MOB", 0),
        issues::creatable_fields("MOB", "10001", 0),
        issues::editable_fields("MOB-1"),
        issues::create(edition, &fields),
        issues::create_many(std::slice::from_ref(&fields)),
        issues::edit("MOB-1", &json!({"summary": "New"}), &Value::Null),
        issues::edit("MOB-1", &json!({}), &json!({"labels": [{"add": "x"}]})),
        issues::delete("MOB-1", false),
        issues::assign(edition, "MOB-1", Some("mia")),
        issues::assign(edition, "MOB-1", None),
        issues::transitions("MOB-1"),
        issues::transition("MOB-1", &step),
        issues::link_types(),
        issues::link("Blocks", "MOB-1", "MOB-2"),
        issues::unlink("10001"),
        issues::attach("MOB-1", file),
        issues::attachment("10001"),
        issues::attachment_settings(),
        issues::detach("10001"),
    ]
}

fn of_talk(edition: Edition) -> Vec<Request> {
    let (text, started) = (text(edition), "2026-11-21T09:05:00.000+0000");
    let work = talk::Work { started, seconds: 3600, comment: &text };
    vec![
        issues::watchers("MOB-1"),
        issues::watch("MOB-1", "mia"),
        issues::unwatch(edition, "MOB-1", "mia"),
        issues::votes("MOB-1"),
        issues::vote("MOB-1"),
        issues::unvote("MOB-1"),
        issues::content(edition, "10001", "a b.txt"),
        talk::comments("MOB-1", 0),
        talk::comment(edition, "MOB-1", &text, "mia"),
        talk::edit_comment("MOB-1", "1", &text),
        talk::delete_comment("MOB-1", "1"),
        talk::worklogs("MOB-1", 0),
        talk::log_work(edition, "MOB-1", &work, "mia"),
        talk::edit_work("MOB-1", "1", &work),
        talk::delete_work("MOB-1", "1"),
    ]
}

fn of_the_site(edition: Edition) -> Vec<Request> {
    vec![
        search::reference(),
        people::myself(),
        people::groups(),
        people::find(edition, "mia", 0),
        people::assignable(edition, "mia", people::Assignable::Project("MOB")),
        people::assignable(edition, "mia", people::Assignable::Issue("MOB-1")),
        metadata::projects(edition, 0),
        metadata::project("MOB"),
        metadata::issue_types(),
        metadata::statuses(),
        metadata::project_statuses("MOB"),
        metadata::priorities(edition, 0),
        metadata::resolutions(edition, 0),
        metadata::fields(),
        metadata::components(edition, "MOB", 0),
        metadata::versions("MOB", 0),
        metadata::permissions(Some(("projectKey", "MOB")), &["BROWSE_PROJECTS", "EDIT_ISSUES"]),
        metadata::permissions(None, &["BROWSE_PROJECTS"]),
    ]
}

fn of_boards() -> Vec<Request> {
    vec![
        agile::boards(Some("MOB"), 0),
        agile::configuration(1),
        agile::sprints(1, &["active", "future"], 0),
        agile::backlog(1, &["summary"], 0),
        agile::sprint(1),
        agile::sprint_issues(1, &["summary"], 0),
        agile::create_sprint(1, "Sprint 9", "Ship it"),
        agile::edit_sprint(1, &json!({"state": "active"})),
        agile::plan(1, &["MOB-1"]),
        agile::unplan(&["MOB-1"]),
        agile::rank(&["MOB-1"], true, "MOB-2"),
    ]
}

fn of_cloud() -> Vec<Request> {
    let input = json!({"priority": {"priorityId": "2"}});
    vec![
        search::count("project = MOB"),
        search::parse(&["project = MOB"]),
        search::changes(&["10001"], &["customfield_10020"], Some("page")),
        search::matches(&[10001], &["project = MOB"]),
        metadata::labels(0),
        people::everybody(0),
        bulk::edit(&["MOB-1"], &["priority"], &input),
        bulk::transition(&["MOB-1"], "31"),
        bulk::delete(&["MOB-1"]),
        bulk::progress("10001"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jira::again::Again;
    use crate::jira::request::Kind;
    use crate::platform::Method;

    #[test]
    fn every_change_says_what_to_do_after_an_unknown_outcome_and_none_is_blindly_repeated() {
        // What may be sent twice though it is a POST: the service makes one of two (votes, watchers, links, places in a sprint).
        let idempotent = ["watch", "vote", "link", "edit_sprint", "plan", "unplan"];
        let mut writes = 0;
        for edition in Edition::ALL {
            for request in all(edition) {
                if let Kind::Write { again, .. } = &request.kind {
                    writes += 1;
                    let blind = request.method == Method::Post && matches!(again, Again::Harmless);
                    assert_eq!(blind, idempotent.contains(&request.name), "{}", request.name);
                }
            }
        }
        assert!(writes > 40, "{writes}");
    }
}
