//! What is told of a whole site: reports, groups, single issues. The figures are held against what the site itself counts.

use crate::office::Office;
use chat_for_jira::chat::answer::{Answer, Teller, answer};
use chat_for_jira::chat::intent::{Intent, Report, ReportKind, Search, View};
use chat_for_jira::error::Error;
use chat_for_jira::jql::parse;
use serde_json::{Value, json};

const KINDS: [ReportKind; 8] = [
    ReportKind::MyDay,
    ReportKind::Sprint,
    ReportKind::Pulse,
    ReportKind::Standup,
    ReportKind::Release,
    ReportKind::Changes,
    ReportKind::Workload,
    ReportKind::Ageing,
];

fn told(office: &Office, intent: &Intent) -> (Vec<Value>, Result<Answer, Error>) {
    let (item, paused) = (|_: &Value| {}, |_| {});
    let tell = Teller::new(&item, &paused);
    let outcome = office.world.run(async {
        let account = office.app.tokens().account(&office.account).await?;
        answer((&office.app, &account), intent, ("", None), &tell).await
    });
    (tell.told(), outcome)
}

fn report(office: &Office, kind: ReportKind, within: Option<&str>) -> Vec<Value> {
    let within = within.and_then(|jql| parse(jql).unwrap().where_clause);
    let report = Report { kind, within, person: None, since: None };
    let (cards, outcome) = told(office, &Intent::Report(Box::new(report)));
    outcome.unwrap();
    cards
}

fn search(office: &Office, jql: &str, view: View) -> Vec<Value> {
    let (sources, ignored) = (Vec::new(), Vec::new());
    let search = Search { query: parse(jql).unwrap(), sources, ignored, view, limit: None };
    let (cards, outcome) = told(office, &Intent::Search(Box::new(search)));
    outcome.unwrap_or_else(|error| panic!("{jql}: {error:?}"));
    cards
}

/// How many issues the site itself finds.
fn count(office: &Office, jql: &str) -> u64 {
    let (_, found) = office.rest("POST", "search", json!({"jql": jql, "maxResults": 0, "fields": ["summary"]}));
    found["total"].as_u64().unwrap_or_else(|| panic!("{jql}: {found}"))
}

/// The cards in all sections, with the titles of these.
fn parts(cards: &[Value]) -> Vec<(&str, &Value)> {
    let of = |card: &'_ Value| card["cards"].as_array().cloned().unwrap_or_default().len();
    let mut all = Vec::new();
    for card in cards {
        for at in 0..of(card) {
            all.push((card["title"].as_str().unwrap(), &card["cards"][at]));
        }
    }
    all
}

#[test]
fn every_part_of_every_report_runs_on_both_products() {
    for office in [Office::cloud(), Office::data_center()] {
        for kind in KINDS {
            let version = "project = MOB AND fixVersion in unreleasedVersions()";
            let cards = report(&office, kind, (kind == ReportKind::Release).then_some(version));
            assert!(!cards.is_empty(), "{kind:?}");
            for (title, card) in parts(&cards) {
                assert_ne!(card["kind"], "failed", "{kind:?}, {title}: {card:#}");
            }
        }
    }
}

#[test]
fn every_figure_is_what_its_query_finds() {
    let office = Office::cloud();
    let mut figures = 0;
    for kind in [ReportKind::Sprint, ReportKind::Ageing, ReportKind::Workload, ReportKind::Changes] {
        let cards = report(&office, kind, Some("project = MOB"));
        for (title, card) in parts(&cards) {
            for figure in card["figures"].as_array().into_iter().flatten().filter(|figure| figure["jql"] != "") {
                let value: u64 = figure["value"].as_str().unwrap().trim_start_matches("≈ ").parse().unwrap();
                assert_eq!(value, count(&office, figure["jql"].as_str().unwrap()), "{title}: {figure}");
                figures += 1;
            }
            for group in card["groups"].as_array().into_iter().flatten() {
                assert_eq!(group["count"], count(&office, group["jql"].as_str().unwrap()), "{title}: {group}");
                figures += 1;
            }
        }
    }
    assert!(figures > 20, "{figures}");
}

#[test]
fn the_running_sprint_tells_what_is_done_left_and_added_and_how_long_it_goes_on() {
    for office in [Office::cloud(), Office::data_center()] {
        let cards = report(&office, ReportKind::Sprint, Some("project = MOB"));
        let names: Vec<&str> = parts(&cards)
            .iter()
            .flat_map(|(_, card)| card["figures"].as_array().into_iter().flatten())
            .map(|figure| figure["name"].as_str().unwrap())
            .collect();
        for name in ["Done", "Left", "Points done", "Points left", "Added after it began", "Days left"] {
            assert!(names.contains(&name), "{name} is not in {names:?}");
        }
    }
}

#[test]
fn the_running_sprint_tells_what_was_taken_out_after_it_began_and_leads_to_it() {
    for office in [Office::cloud(), Office::data_center()] {
        let figure = |name: &str| {
            let cards = report(&office, ReportKind::Sprint, Some("project = MOB"));
            let all = parts(&cards);
            let mut figures = all.iter().flat_map(|(_, card)| card["figures"].as_array().into_iter().flatten());
            figures.find(|figure| figure["name"] == name).cloned().unwrap_or_default()
        };
        let number =
            |name: &str| figure(name)["value"].as_str().and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
        let (out, points, done) = (number("Taken out after it began"), number("Points taken out"), number("Done"));
        // Some are done and some not, and one of them goes back.
        let keys = office.keys(
            "sprint in openSprints() AND project = MOB AND \"Story Points\" is not EMPTY AND statusCategory != Done",
            3,
        );
        let story_points = |key: &str| office.fields(key)["customfield_10016"].as_f64().unwrap();
        let sprints = office.fields(&keys[0])["customfield_10020"].clone();
        office.later(60);
        for key in &keys {
            assert_eq!(office.agile("POST", "backlog/issue", json!({"issues": [key]})), 204);
        }
        // A long history: what is inside of the answers of Cloud's search does not reach back.
        for number in 0..45 {
            office.later(120 + 60 * number);
            office.colleague(
                "PUT",
                &format!("issue/{}", keys[1]),
                json!({"fields": {"summary": format!("More {number}")}}),
            );
        }
        let id = sprints.as_array().unwrap().iter().find_map(active).unwrap();
        assert_eq!(office.agile("POST", &format!("sprint/{id}/issue"), json!({"issues": [keys[2]]})), 204);
        let gone = figure("Taken out after it began");
        assert_eq!(gone["value"], format!("{}", out + 2.0), "{gone}");
        assert!(gone["jql"].as_str().unwrap().contains(&keys[1]), "{gone}");
        assert_eq!(number("Points taken out"), points + story_points(&keys[0]) + story_points(&keys[1]));
        assert_eq!(number("Done"), done);
    }
}

/// The id of a sprint that runs, however the product writes it.
fn active(sprint: &Value) -> Option<String> {
    match sprint {
        Value::String(text) => {
            text.contains("state=ACTIVE").then(|| text.split("id=").nth(1)?.split(',').next().map(str::to_owned))?
        }
        sprint => (sprint["state"] == "active").then(|| sprint["id"].to_string()),
    }
}

#[test]
fn groups_add_up_whatever_the_field_holds() {
    for office in [Office::cloud(), Office::data_center()] {
        for field in
            ["assignee", "status", "statusCategory", "priority", "issuetype", "project", "created", "due", "resolution"]
        {
            let jql = "project in (MOB, WEB) AND statusCategory != Done";
            let cards = search(&office, jql, View::Groups { field: field.into() });
            let card = &cards[1];
            assert_eq!(card["kind"], "groups", "{field}: {card}");
            let groups = card["groups"].as_array().unwrap();
            let sum: u64 = groups.iter().map(|group| group["count"].as_u64().unwrap()).sum();
            let others = card["others"].as_u64().unwrap();
            assert_eq!(sum + others, card["total"].as_u64().unwrap(), "{field}: {card:#}");
            assert_eq!(card["total"], count(&office, jql));
            for group in groups.iter().take(5) {
                assert_eq!(group["count"], count(&office, group["jql"].as_str().unwrap()), "{field}: {group}");
            }
        }
    }
}

#[test]
fn what_an_empty_answer_offers_finds_something() {
    let office = Office::cloud();
    let cards = search(&office, "project = MOB AND labels = no-such-label AND statusCategory != Done", View::List);
    assert_eq!(cards[1]["kind"], "empty");
    let choices = cards[1]["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 1, "{}", cards[1]);
    assert!(count(&office, choices[0]["text"].as_str().unwrap()) > 0);
}

#[test]
fn one_issue_is_told_whole_with_its_changes_and_the_steps_there_are() {
    for office in [Office::cloud(), Office::data_center()] {
        let key = office.keys("project = MOB AND status = \"In Progress\" AND description is not EMPTY", 1).remove(0);
        let (cards, outcome) = told(&office, &Intent::Show { key: key.clone() });
        outcome.unwrap();
        let issue = &cards[0]["issue"];
        assert_eq!(issue["row"]["key"], key);
        assert!(!issue["description"]["blocks"].as_array().unwrap().is_empty());
        let changes = issue["history"].as_array().unwrap();
        assert!(changes.iter().any(|change| change["to"] == "In Progress"), "{changes:?}");
        let moments: Vec<&str> = changes.iter().map(|change| change["at"].as_str().unwrap()).collect();
        assert!(moments.is_sorted_by(|newer, older| newer >= older), "newest first: {moments:?}");
        assert!(issue["transitions"].as_array().unwrap().iter().any(|step| step["to"] == "In Review"));
    }
}

#[test]
fn a_list_has_the_columns_of_the_site_s_own_fields() {
    let office = Office::cloud();
    report(&office, ReportKind::Sprint, None); // fetches the names of the fields
    let cards = search(&office, "project = MOB AND \"Story Points\" > 3 ORDER BY \"Story Points\" DESC", View::List);
    assert_eq!(cards[1]["columns"][0]["name"], "Story Points", "{}", cards[1]["columns"]);
    let cells: Vec<f64> = cards[1]["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cells"][0].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(cells.len() > 3 && cells.iter().all(|points| *points > 3.0), "{cells:?}");
    assert!(cells.is_sorted_by(|one, other| one >= other));
}
