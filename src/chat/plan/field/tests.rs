use super::*;
use crate::vocabulary::Part;
use serde_json::json;

fn names() -> Vocabulary {
    let person = |id: &str, name: &str| Entry { id: id.into(), name: name.into(), ..Entry::default() };
    let left = Entry { state: State::Inactive, ..person("id-4", "Gone Away") };
    let entries = vec![person("id-1", "Maria Stone"), person("id-2", "Maria Lund"), person("id-3", "Ben Okri"), left];
    let mut names = Vocabulary::default();
    names.put(Kind::Person, Part { whole: true, entries, ..Part::default() });
    names
}

fn becomes(meta: Value, now: Value, how: How, values: &[&str]) -> Result<Fit, Unfit> {
    let names = names();
    let edition = Edition::Cloud;
    let field = Field { id: "f", meta: &meta, now: &now, names: &names, edition, me: "id-3" };
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    field.becomes(&FieldChange { field: "f".into(), how, values })
}

fn set(meta: Value, values: &[&str]) -> Result<Fit, Unfit> {
    becomes(meta, Value::Null, How::Set, values)
}

fn fit(data: Value, text: &str) -> Result<Fit, Unfit> {
    Ok((data, text.to_owned()))
}

fn asked(found: Result<Fit, Unfit>) -> Missing {
    match found {
        Err(Unfit::Ask(missing)) => missing,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_kind_of_field_is_written_as_jira_takes_it() {
    let of = |kind: &str| json!({"name": "F", "schema": {"type": kind}});
    let list = |kind: &str| json!({"name": "F", "schema": {"type": "array", "items": kind}});
    assert_eq!(set(of("string"), &[" a b "]), fit(json!("a b"), "a b"));
    assert_eq!(set(of("number"), &["8"]), fit(json!(8), "8"));
    assert_eq!(set(of("number"), &["1,5"]), fit(json!(1.5), "1,5"));
    assert_eq!(set(of("date"), &["2026-11-30"]), fit(json!("2026-11-30"), "2026-11-30"));
    assert_eq!(
        set(of("datetime"), &["2026-11-30"]),
        fit(json!("2026-11-30T12:00:00.000+0000"), "2026-11-30, 12:00 UTC")
    );
    assert_eq!(set(of("user"), &["id-1"]), fit(json!({"accountId": "id-1"}), "Maria Stone"));
    assert_eq!(
        set(list("user"), &["Ben", "Maria Lund"]),
        fit(json!([{"accountId": "id-3"}, {"accountId": "id-2"}]), "Ben Okri, Maria Lund")
    );
    assert_eq!(set(of("issuelink"), &["mob-7"]), fit(json!({"key": "MOB-7"}), "mob-7"));
    assert_eq!(set(list("string"), &["a", "b"]), fit(json!(["a", "b"]), "a, b"));
    assert_eq!(set(of("timetracking"), &["2h"]), fit(json!({"originalEstimate": "2h"}), "2h"));
    let rich = set(json!({"name": "F", "schema": {"type": "string", "system": "description"}}), &["**b**"]).unwrap();
    assert_eq!((&rich.0["type"], rich.1.as_str()), (&json!("doc"), "**b**"));
    let area = json!({"name": "F", "schema": {"type": "string", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:textarea"}});
    assert_eq!(set(area, &["x"]).unwrap().0["type"], "doc");
    assert!(matches!(set(of("sd-approvals"), &["x"]), Err(Unfit::Problem(_))));
}

#[test]
fn a_value_is_chosen_from_those_that_are_allowed() {
    let meta = json!({"name": "Place", "schema": {"type": "option-with-child"}, "allowedValues": [
        {"id": "1", "value": "North", "children": [{"id": "11", "value": "Quay"}]}, {"id": "2", "value": "South"}, {"id": "3", "value": "south"}]});
    assert_eq!(set(meta.clone(), &["north"]), fit(json!({"id": "1"}), "North"));
    assert_eq!(set(meta.clone(), &["North > quay"]), fit(json!({"id": "1", "child": {"id": "11"}}), "North > Quay"));
    assert_eq!(set(meta.clone(), &["2"]), fit(json!({"id": "2"}), "South"));
    assert_eq!(asked(set(meta.clone(), &["South"])).choices.len(), 2, "two of one name");
    let unknown = asked(set(meta.clone(), &["West"]));
    assert_eq!(
        (unknown.message.as_str(), unknown.input, unknown.choices.len()),
        ("“Place” takes no “West” here.", Input::One, 3)
    );
    assert_eq!(asked(set(meta, &["North > Pier"])).message, "“Place” takes no “North > Pier” here.");
}

#[test]
fn lists_grow_and_shrink_by_what_they_hold() {
    let meta = json!({"name": "Versions", "schema": {"type": "array", "items": "version"}, "allowedValues": [{"id": "1", "name": "1.0"}, {"id": "2", "name": "2.0"}]});
    let now = json!([{"id": "1", "name": "1.0", "self": "x"}]);
    assert_eq!(
        becomes(meta.clone(), now.clone(), How::Add, &["2.0"]),
        fit(json!([{"id": "1"}, {"id": "2"}]), "1.0, 2.0")
    );
    assert_eq!(becomes(meta.clone(), now.clone(), How::Add, &["1.0"]), fit(json!([{"id": "1"}]), "1.0"));
    assert_eq!(becomes(meta.clone(), now.clone(), How::Remove, &["1.0"]), fit(json!([]), ""));
    assert_eq!(becomes(meta.clone(), now.clone(), How::Set, &["2.0"]), fit(json!([{"id": "2"}]), "2.0"));
    assert_eq!(becomes(meta, now, How::Clear, &[]), fit(json!([]), ""));
}

#[test]
fn a_single_value_is_cleared_only_where_that_is_allowed() {
    let meta = |required: bool| json!({"name": "F", "required": required, "schema": {"type": "string"}});
    assert_eq!(becomes(meta(false), json!("a"), How::Clear, &[]), fit(Value::Null, ""));
    assert_eq!(becomes(meta(false), json!("a"), How::Remove, &["a"]), fit(Value::Null, ""));
    assert_eq!(becomes(meta(false), json!("a"), How::Remove, &["b"]), fit(json!("a"), "a"));
    assert_eq!(becomes(meta(true), json!("a"), How::Clear, &[]), Err(Unfit::Problem("“F” must not be empty.".into())));
    assert!(matches!(set(meta(false), &["a", "b"]), Err(Unfit::Problem(_))));
}

#[test]
fn people_are_known_by_id_by_name_and_by_first_name_where_that_is_clear() {
    let names = names();
    let found = |called: &str| person(&names, called, "id-3");
    assert_eq!(found("id-2").unwrap().1, "Maria Lund");
    assert_eq!(found("maria stone").unwrap().0, "id-1");
    assert_eq!(found("me").unwrap(), ("id-3".to_owned(), "Ben Okri".to_owned()));
    assert_eq!(found("Ben").unwrap().0, "id-3");
    let (message, choices) = found("Maria").unwrap_err();
    assert_eq!((message.as_str(), choices.len()), ("Several people are called “Maria”.", 2));
    assert_eq!(found("Gone").unwrap_err().0, "Nobody here is called “Gone”.", "who has left is not assigned to");
    assert_eq!(found("Maria Stome").unwrap_err().1[0].label, "Maria Stone");
}

#[test]
fn a_mention_is_a_person_and_no_other_text_is() {
    assert_eq!(
        mentions("Hi @[Maria Stone](id-1), see @[x] and @[a](b c)"),
        "Hi [@Maria Stone]{mention=id-1}, see @[x] and @[a](b c)"
    );
    let document = rich(Edition::Cloud, "Hi @[Maria Stone](712020:ab-c)!");
    let inline = &document["content"][0]["content"][1];
    assert_eq!((&inline["type"], &inline["attrs"]["id"]), (&json!("mention"), &json!("712020:ab-c")));
    assert_eq!(rich(Edition::DataCenter, "Hi @[Maria](maria)"), json!("Hi [~maria]"));
}
