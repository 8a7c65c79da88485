use super::*;
use crate::platform::Method;
use serde_json::json;

fn item(act: Act, data: Value) -> Item {
    let issue = json!({"id": "10", "key": "MOB-1", "fields": {"summary": "S"}});
    Item { data, ..Item::of(&issue, act) }
}

fn sent(item: &Item) -> Option<Request> {
    request(item, Beside { edition: Edition::Cloud, me: "mia", made: "MOB-9", file: None })
}

#[test]
fn every_act_has_its_request() {
    let data = json!({"fields": {"summary": "S"}, "subtasks": true, "step": "31", "person": "ben", "body": {"type": "doc"}, "id": "7",
        "started": "2026-11-30T12:00:00.000+0000", "seconds": 60, "comment": null, "kind": "Blocks", "outward": true, "other": "MOB-2",
        "sprint": 3, "before": "MOB-3"});
    for (act, method, path) in [
        (Act::Create, Method::Post, "/issue"),
        (Act::Delete, Method::Delete, "/issue/MOB-1"),
        (Act::Edit, Method::Put, "/issue/MOB-1"),
        (Act::Transition, Method::Post, "/issue/MOB-1/transitions"),
        (Act::Assign, Method::Put, "/issue/MOB-1/assignee"),
        (Act::Comment, Method::Post, "/issue/MOB-1/comment"),
        (Act::DeleteComment, Method::Delete, "/issue/MOB-1/comment/7"),
        (Act::LogWork, Method::Post, "/issue/MOB-1/worklog"),
        (Act::DeleteWork, Method::Delete, "/issue/MOB-1/worklog/7"),
        (Act::Link, Method::Post, "/issueLink"),
        (Act::Unlink, Method::Delete, "/issueLink/7"),
        (Act::Watch, Method::Post, "/issue/MOB-1/watchers"),
        (Act::Unwatch, Method::Delete, "/issue/MOB-1/watchers"),
        (Act::Vote, Method::Post, "/issue/MOB-1/votes"),
        (Act::Unvote, Method::Delete, "/issue/MOB-1/votes"),
        (Act::Sprint, Method::Post, "/sprint/3/issue"),
        (Act::Backlog, Method::Post, "/backlog/issue"),
        (Act::Rank, Method::Put, "/issue/rank"),
        (Act::Detach, Method::Delete, "/attachment/7"),
    ] {
        let request = sent(&item(act, data.clone())).unwrap();
        assert_eq!((request.method, request.path.as_str()), (method, path), "{act:?}");
        assert!(request.is_write());
    }
    assert!(sent(&item(Act::Attach, data)).is_none(), "the file is not there any more");
}

#[test]
fn a_step_brings_along_what_its_screen_was_filled_with() {
    let mut moved = item(Act::Transition, json!({"step": "31"}));
    moved.guard = json!({"status": {"id": "1"}, "resolution": null});
    moved.after = json!({"status": {"id": "2"}, "resolution": {"id": "5"}});
    let crate::jira::request::Body::Json(body) = sent(&moved).unwrap().body else { panic!() };
    assert_eq!(body, json!({"transition": {"id": "31"}, "fields": {"resolution": {"id": "5"}}}));
}

#[test]
fn the_link_to_a_copy_leads_to_what_was_made_just_before() {
    let link = item(Act::Link, json!({"kind": "Cloners", "outward": false, "other": ""}));
    let crate::jira::request::Body::Json(body) = sent(&link).unwrap().body else { panic!() };
    assert_eq!((&body["inwardIssue"]["key"], &body["outwardIssue"]["key"]), (&json!("MOB-9"), &json!("MOB-1")));
}
