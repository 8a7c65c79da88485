use super::{Entry, Facts, Kind, Part, State, Vocabulary, near, same, site};
use crate::jql::fields::{Operators, Type};
use crate::json;
use serde_json::json;

fn part(entries: Vec<Entry>) -> Part {
    Part { fetched_at: 1_700_000_000_000, whole: true, entries }
}

fn large() -> Vocabulary {
    let entry =
        |id: String, name: String, of: &str, state| Entry { id, name, of: of.to_owned(), state, ..Entry::default() };
    let mut site = Vocabulary::default();
    let project = |n: usize| Entry {
        also: vec![format!("PRJ{n}")],
        ..entry(format!("{}", 10_000 + n), format!("Project of department {n}"), "", State::None)
    };
    site.put(Kind::Project, part((0..200).map(project).collect()));
    let person = |n: usize| {
        entry(format!("712020:8be9fce4-29e4-4a79-a7bf-{n:012}"), format!("Firstname{n} Lastname{n}"), "", State::None)
    };
    site.put(Kind::Person, part((0..2_000).map(person).collect()));
    let of = |n: usize| format!("{}", 10_000 + n % 200);
    let version = |n: usize| entry(format!("{}", 20_000 + n), format!("2026.{n}"), &of(n), State::Released);
    site.put(Kind::Version, part((0..4_000).map(version).collect()));
    let component = |n: usize| entry(format!("{}", 30_000 + n), format!("Component number {n}"), &of(n), State::None);
    site.put(Kind::Component, part((0..1_600).map(component).collect()));
    let sprint = |n: usize| entry(format!("{n}"), format!("PRJ{} Sprint {n}", n % 200), "17", State::Closed);
    site.put(Kind::Sprint, part((0..2_000).map(sprint).collect()));
    let label = |n: usize| entry(String::new(), format!("label-number-{n}"), "", State::None);
    site.put(Kind::Label, part((0..3_000).map(label).collect()));
    let options =
        |n: usize| (0..8).map(move |o| entry(format!("{}", n * 8 + o), format!("Option {o} of {n}"), "", State::None));
    let field = |n: usize| Entry {
        also: vec![format!("cf[{n}]"), format!("Custom field number {n}")],
        facts: Some(Box::new(Facts {
            kind: Type::Option,
            operators: Operators::EQUALITY.with(Operators::EMPTY),
            sortable: true,
            searchable: true,
            options: Some(options(n).collect()),
        })),
        ..entry(format!("customfield_{n}"), format!("Custom field number {n}"), "", State::None)
    };
    site.put(Kind::Field, part((10_000..10_300).map(field).collect()));
    site
}

#[test]
fn a_site_of_200_projects_and_2000_people_takes_less_than_a_megabyte() {
    let site = large();
    let text = json::to_text(&site);
    assert!(text.len() < 1_000_000, "{} bytes", text.len());
    assert!(text.len() > 500_000, "the site is too small to tell: {} bytes", text.len());
    assert_eq!(json::from_text::<Vocabulary>(&text), Some(site));
}

#[test]
fn a_part_is_stored_by_itself_with_its_age() {
    let inactive = Entry {
        id: "1".to_owned(),
        name: "Łu \"x\"".to_owned(),
        also: vec!["a@b.example".to_owned()],
        state: State::Inactive,
        ..Entry::default()
    };
    let stored = part(vec![inactive]);
    let text = json::to_text(&stored);
    assert_eq!(
        json::parse(text.as_bytes()),
        Some(json!({
            "version": 2, "fetched_at": 1_700_000_000_000_u64, "whole": true,
            "entries": "1\tŁu \"x\"\t\tinactive\ta@b.example", "facts": [],
        }))
    );
    assert_eq!(json::from_text::<Part>(&text), Some(stored));
}

#[test]
fn a_part_of_another_version_or_without_sense_is_as_if_it_had_never_been_fetched() {
    let mut data = large().to_value();
    data["people"]["version"] = 99.into();
    data["projects"]["entries"] = json!({"no": "list"});
    data["labels"]["facts"] = json!([[99_999, "text", 0, true, true, null]]);
    data["something new"] = json!({});
    let site: Vocabulary = json::Read::read(&data).unwrap();
    for kind in [Kind::Person, Kind::Project, Kind::Label, Kind::Function] {
        assert_eq!(site.part(kind), None, "{}", kind.text());
        assert!(site.entries(kind).is_empty() && !site.is_whole(kind));
    }
    assert_eq!(site.entries(Kind::Version).len(), 4_000);
}

#[test]
fn things_are_found_by_each_of_their_names_in_any_case() {
    let site = large();
    for name in ["prj7", "10007", "PROJECT OF Department 7"] {
        assert_eq!(site.find(Kind::Project, name).map(|entry| entry.id.as_str()), Some("10007"), "{name}");
    }
    assert_eq!(site.find(Kind::Project, "PRJ200"), None);
    assert_eq!(site.find(Kind::Label, ""), None);
    assert!(site.find(Kind::Field, "CF[10001]").is_some());
    assert!(same("ÄÖß", "äöß") && !same("a", "ab"));
}

#[test]
fn every_kind_and_state_survives_being_stored() {
    let mut site = Vocabulary { data_center: true, ..Vocabulary::default() };
    let states = [
        State::None,
        State::ToDo,
        State::InProgress,
        State::Done,
        State::Future,
        State::Active,
        State::Closed,
        State::Released,
        State::Archived,
        State::Inactive,
        State::Subtask,
        State::Many,
    ];
    for kind in Kind::all() {
        let entry = |state| Entry { name: kind.text().to_owned(), state, ..Entry::default() };
        site.put(kind, part(states.map(entry).to_vec()));
    }
    assert_eq!(json::from_text::<Vocabulary>(&json::to_text(&site)), Some(site));
}

fn meant(word: &str, names: &[&str]) -> Vec<String> {
    near(word, &mut names.iter().copied(), 3)
}

#[test]
fn a_mistyped_word_is_near_to_what_was_meant() {
    for (typed, name) in [
        ("MBO", "MOB"),
        ("stauts", "status"),
        ("Opn", "Open"),
        ("Opens", "Open"),
        ("Hogh", "High"),
        ("IN PROGERSS", "In Progress"),
        ("Whitfield", "Dana Whitfield"),
        ("chek", "Check"),
        ("checko", "Checkout"),
    ] {
        assert_eq!(meant(typed, &["Zebra", name, "Other"]), [name], "{typed}");
    }
}

#[test]
fn words_that_nobody_would_mistype_so_are_not_near() {
    for (typed, name) in [("ab", "ac"), ("MOB", "OPS"), ("", "x"), ("Open", "Close"), ("status", "statement")] {
        assert_eq!(meant(typed, &[name]), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn the_nearest_comes_first_and_none_twice() {
    assert_eq!(meant("hihg", &["Highest", "High", "Thigh", "High"]), ["High"]);
    assert_eq!(meant("high", &["Highest", "High", "Higher", "Hig"]), ["High", "Hig", "Higher"]);
    let short: Vec<_> = meant("dana", &["Dana Whitfield", "Dana Li", "Dan"]);
    assert_eq!(short, ["Dan", "Dana Li", "Dana Whitfield"]);
}

#[test]
fn looking_for_near_names_costs_little_however_long_they_are() {
    let long = "x".repeat(100_000);
    let names = vec![long.as_str(); 20_000];
    assert_eq!(meant(&long, &names), Vec::<String>::new());
    assert_eq!(meant("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy", &names), Vec::<String>::new());
}

#[test]
fn what_jira_answers_becomes_names() {
    let read = |kind, data| site::entry(kind, &data).unwrap();
    let project = read(Kind::Project, json!({"id": "10300", "key": "PLAT", "name": "Platform", "more": {}}));
    assert_eq!(
        (project.id.as_str(), project.name.as_str(), project.also.as_slice()),
        ("10300", "Platform", &["PLAT".to_owned()][..])
    );
    let status = read(Kind::Status, json!({"id": "3", "name": "Doing", "statusCategory": {"key": "indeterminate"}}));
    assert_eq!(status.state, State::InProgress);
    let sprint = read(Kind::Sprint, json!({"id": 139, "name": "S 39", "state": "closed", "originBoardId": 11}));
    assert_eq!((sprint.id.as_str(), sprint.of.as_str(), sprint.state), ("139", "11", State::Closed));
    let gone = read(Kind::Person, json!({"accountId": "712020:x", "displayName": "Li", "active": false}));
    assert_eq!((gone.id.as_str(), gone.state), ("712020:x", State::Inactive));
    let local = read(
        Kind::Person,
        json!({"name": "jdoe", "key": "JIRAUSER1", "displayName": "J. Doe", "emailAddress": "j@d.example"}),
    );
    assert_eq!((local.id.as_str(), local.name.as_str(), local.also.len()), ("jdoe", "J. Doe", 1));
    let version =
        read(Kind::Version, json!({"id": "1", "name": "4.0", "released": true, "archived": true, "projectId": 10300}));
    assert_eq!((version.of.as_str(), version.state), ("10300", State::Archived));
    let link =
        read(Kind::LinkType, json!({"id": "1", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}));
    assert_eq!(link.also, ["blocks", "is blocked by"]);
    assert_eq!(read(Kind::Label, json!("ux")).name, "ux");
    assert_eq!(read(Kind::Board, json!({"id": 1, "name": "B", "location": {"projectKey": "OPS"}})).of, "OPS");
    assert_eq!(read(Kind::IssueType, json!({"id": "5", "name": "Sub", "subtask": true})).state, State::Subtask);
    assert_eq!(site::entry(Kind::Project, &json!({"id": "1"})), None);
    assert_eq!(site::option(&json!({"id": "10", "value": "Red"})).unwrap().name, "Red");
    assert_eq!(site::option(&json!({"self": "x"})), None);
}

#[test]
fn what_a_field_holds_is_read_from_its_schema() {
    let kind = |schema| {
        let data = json!({"id": "customfield_1", "name": "F", "clauseNames": ["cf[1]", "F"], "searchable": true, "schema": schema});
        site::entry(Kind::Field, &data).unwrap().facts.unwrap().kind
    };
    let custom = |name: &str| format!("com.atlassian.jira.plugin.system.customfieldtypes:{name}");
    assert_eq!(kind(json!({"type": "string", "custom": custom("textarea")})), Type::Text);
    assert_eq!(kind(json!({"type": "string", "custom": custom("url")})), Type::Other);
    assert_eq!(kind(json!({"type": "array", "items": "string", "custom": custom("labels")})), Type::Label);
    assert_eq!(kind(json!({"type": "array", "items": "option", "custom": custom("multiselect")})), Type::Option);
    assert_eq!(kind(json!({"type": "array", "items": "user", "custom": custom("multiuserpicker")})), Type::Person);
    assert_eq!(
        kind(json!({"type": "array", "items": "json", "custom": "com.pyxis.greenhopper.jira:gh-sprint"})),
        Type::Sprint
    );
    assert_eq!(kind(json!({"type": "number"})), Type::Number);
    assert_eq!(kind(json!({"type": "datetime"})), Type::Moment);
    assert_eq!(kind(json!({"type": "what is this"})), Type::Any);
    assert_eq!(kind(json!(null)), Type::Any);
}

#[test]
fn the_reference_data_tells_operators_and_order() {
    let data = json!({"value": "Sprint", "displayName": "Sprint - cf[10880]", "orderable": "true", "searchable": "true",
        "auto": "true", "cfid": "cf[10880]", "operators": ["=", "!=", "in", "not in", "is", "is not"],
        "types": ["com.atlassian.greenhopper.service.sprint.Sprint"]});
    let field = site::reference(Kind::Field, &data).unwrap();
    assert_eq!((field.id.as_str(), field.name.as_str()), ("customfield_10880", "Sprint"));
    assert_eq!(field.also, ["Sprint", "cf[10880]"]);
    let facts = field.facts.unwrap();
    assert_eq!((facts.kind, facts.sortable, facts.searchable), (Type::Sprint, true, true));
    assert_eq!(facts.operators, Operators::EQUALITY.with(Operators::EMPTY));
    let text =
        json!({"value": "summary", "displayName": "summary", "operators": ["~", "!~"], "types": ["java.lang.String"]});
    assert_eq!(site::reference(Kind::Field, &text).unwrap().facts.unwrap().kind, Type::Text);
    let collapsed =
        json!({"value": "\"Component[Dropdown]\"", "displayName": "Component - Component[Dropdown]", "types": []});
    assert!(site::reference(Kind::Field, &collapsed).unwrap().is_called("component[dropdown]"));
    let function = json!({"value": "standardIssueTypes()", "displayName": "standardIssueTypes()", "isList": "true",
        "types": ["com.atlassian.jira.issue.issuetype.IssueType"]});
    let function = site::reference(Kind::Function, &function).unwrap();
    assert_eq!((function.name.as_str(), function.state), ("standardIssueTypes", State::Many));
    assert_eq!(function.facts.unwrap().kind, Type::IssueType);
}
