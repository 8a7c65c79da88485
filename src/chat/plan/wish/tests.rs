use super::*;
use serde_json::json;

fn all() -> Vec<Value> {
    let keys = json!(["MOB-1"]);
    let fields = json!([{"field": "labels", "how": "add", "values": ["x"]}]);
    vec![
        json!({"change": "create", "project": "MOB", "issue_type": "Bug", "parent": null, "summary": "A", "description": null, "fields": fields, "ignored": []}),
        json!({"change": "edit", "fields": fields, "jql": "project = MOB", "limit": 3, "ignored": ["so"]}),
        json!({"change": "transition", "to": "Done", "fields": [], "keys": keys, "ignored": []}),
        json!({"change": "assign", "person": "me", "keys": keys, "ignored": []}),
        json!({"change": "assign", "person": null, "keys": keys, "ignored": []}),
        json!({"change": "assign", "person": {"id": "mia", "name": "Mia"}, "keys": keys, "ignored": []}),
        json!({"change": "comment", "text": "Yes.", "keys": keys, "ignored": []}),
        json!({"change": "log_work", "seconds": 60, "day": "2026-11-30", "comment": "", "keys": keys, "ignored": []}),
        json!({"change": "link", "kind": "Blocks", "outward": true, "others": ["MOB-2"], "keys": keys, "ignored": []}),
        json!({"change": "unlink", "others": ["MOB-2"], "keys": keys, "ignored": []}),
        json!({"change": "watch", "on": false, "keys": keys, "ignored": []}),
        json!({"change": "vote", "on": true, "keys": keys, "ignored": []}),
        json!({"change": "sprint", "to": "next", "keys": keys, "ignored": []}),
        json!({"change": "sprint", "to": {"id": "7", "name": "Seven"}, "keys": keys, "ignored": []}),
        json!({"change": "rank", "to": "before", "other": "MOB-2", "keys": keys, "ignored": []}),
        json!({"change": "rank", "to": "top", "other": null, "keys": keys, "ignored": []}),
        json!({"change": "clone", "keys": keys, "ignored": []}),
        json!({"change": "attach", "keys": keys, "ignored": []}),
        json!({"change": "delete", "keys": keys, "ignored": []}),
    ]
}

#[test]
fn a_wish_is_the_same_after_it_was_kept() {
    for data in all() {
        let wish = Wish::read(&data).unwrap_or_else(|| panic!("{data}"));
        assert_eq!(written(&wish), data);
    }
}

#[test]
fn what_is_no_wish_is_none() {
    for data in
        [json!({}), json!({"change": "explode"}), json!({"change": "edit"}), json!({"change": "delete", "jql": "= ="})]
    {
        assert!(Wish::read(&data).is_none(), "{data}");
    }
}

#[test]
fn an_answer_takes_the_place_of_what_was_not_understood() {
    let answer =
        |field: &str, value: &str| FieldChange { field: field.into(), how: How::Set, values: vec![value.into()] };
    let of = |data: Value| Wish::read(&data).unwrap();
    let filled_in = filled(
        of(all()[0].clone()),
        vec![answer("project", "WEB"), answer("labels", "y"), answer("duedate", "2026-11-30")],
    );
    let Change::Create(new) = filled_in.change else { panic!() };
    assert_eq!(new.project.as_deref(), Some("WEB"));
    assert_eq!(new.fields[0], FieldChange { field: "labels".into(), how: How::Add, values: vec!["y".into()] });
    assert_eq!(new.fields[1].field, "duedate");
    let moved = filled(of(all()[2].clone()), vec![answer("resolution", "Fixed"), answer("status", "In Review")]);
    let Change::Transition { to, fields } = moved.change else { panic!() };
    assert_eq!((to.as_str(), fields.len()), ("In Review", 1));
}
