//! The names of a site: fetched when first needed, kept, used offline, renewed in the background, forgotten with the account.

use crate::peer::{app, ask_ok, connect, end, stream, world};
use chat_for_jira::app::App;
use chat_for_jira::app::names::USUAL;
use chat_for_jira::platform::HttpRequest;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::vocabulary::{Kind, State, Vocabulary};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ROOT: &str = "https://api.atlassian.com/ex/jira/site-0/rest/";

/// A site with names. Answers what it was asked for them, without the queries.
fn site(world: &World, peer: &Rc<crate::peer::Peer>) -> Rc<RefCell<Vec<String>>> {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let (server, seen) = (Rc::clone(peer), Rc::clone(&asked));
    world.http().on(move |request| {
        let Some(path) = request.url.strip_prefix(ROOT) else { return server.answer(request) };
        if path.ends_with("search/jql") {
            let words =
                json!({"errorMessages": ["Field 'asignee' does not exist or you do not have permission to view it."]});
            return Reply::json(400, &words);
        }
        seen.borrow_mut().push(path.split('?').next().unwrap().to_owned());
        answer(request, path).map_or_else(|| Reply::json(404, &json!({})), |found| Reply::json(200, &found))
    });
    asked
}

fn start_of(request: &HttpRequest) -> u64 {
    let url = url::Url::parse(&request.url).unwrap();
    let start = url.query_pairs().find(|(name, _)| name == "startAt");
    start.map_or(0, |(_, value)| value.parse().unwrap())
}

fn answer(request: &HttpRequest, path: &str) -> Option<Value> {
    let start = start_of(request);
    let paged = |all: u64, size: u64, make: &dyn Fn(u64) -> Value| {
        let values: Vec<Value> = (start..(start + size).min(all)).map(make).collect();
        json!({"startAt": start, "total": all, "isLast": start + size >= all, "values": values})
    };
    let named = |id: u64, name: &str| json!({"id": id.to_string(), "name": name});
    Some(match path.split('?').next().unwrap() {
        "api/3/project/search" => {
            paged(120, 50, &|n| json!({"id": n.to_string(), "key": format!("P{n}"), "name": format!("Project {n}")}))
        }
        "api/3/status" => {
            json!([{"id": "1", "name": "Open", "statusCategory": {"key": "new"}}, {"id": "2", "name": "Shipped", "statusCategory": {"key": "done"}}])
        }
        "api/3/issuetype" => json!([{"id": "1", "name": "Bug", "subtask": false}]),
        "api/3/priority/search" => paged(2, 50, &|n| named(n, ["High", "Low"][usize::try_from(n).unwrap()])),
        "api/3/resolution/search" => paged(1, 50, &|n| named(n, "Done")),
        "api/3/field" => {
            json!([{"id": "assignee", "name": "Assignee", "clauseNames": ["assignee"], "orderable": true, "searchable": true,
            "schema": {"type": "user"}}])
        }
        "api/3/jql/autocompletedata" => {
            json!({"visibleFieldNames": [{"value": "\"Team size\"", "displayName": "Team size - cf[10]", "cfid": "cf[10]", "operators": ["=", ">"],
                "orderable": "true", "searchable": "true", "types": ["java.lang.Number"]}], "visibleFunctionNames": [{"value": "fromTheApp()", "isList": "true",
            "types": ["com.atlassian.jira.user.ApplicationUser"]}]})
        }
        "api/3/users/search" => {
            let person = |n: u64| {
                json!({"accountId": format!("id-{n}"), "displayName": format!("Person {n}"), "active": n != 3,
                "accountType": if n == 4 { "app" } else { "atlassian" }})
            };
            (start..(start + 1000).min(1500)).map(person).collect()
        }
        "api/3/project/P7/version" => {
            paged(3, 50, &|n| json!({"id": n.to_string(), "name": format!("{n}.0"), "released": n == 0}))
        }
        "api/3/groups/picker" => {
            json!({"header": "Showing 1 of 2 matching groups", "total": 2, "groups": [{"name": "qa-team", "groupId": "g-1", "html": "qa-team"}]})
        }
        "api/3/project/P8/version" => return None,
        path if path.ends_with("/version") => paged(0, 50, &|_| Value::Null),
        "agile/1.0/board" => paged(2, 50, &|n| json!({"id": n + 1, "name": format!("Board {n}"), "type": "scrum"})),
        "agile/1.0/board/1/sprint" => {
            paged(2, 50, &|n| json!({"id": n, "name": format!("Sprint {n}"), "state": "active", "originBoardId": 1}))
        }
        "agile/1.0/board/2/sprint" => paged(
            2,
            50,
            &|n| json!({"id": n + 1, "name": format!("Sprint {}", n + 1), "state": "future", "originBoardId": 1}),
        ),
        _ => return None,
    })
}

fn names(world: &World, app: &App<Memory>, id: &str, kinds: &[Kind]) -> Rc<Vocabulary> {
    world.run(async { app.names(&app.tokens().account(id).await.unwrap(), kinds).await.unwrap() })
}

#[test]
fn names_are_fetched_when_first_needed_and_then_kept_for_later_workers() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let asked = site(&world, &peer);
    let found = names(&world, &worker.0, &id, &USUAL);
    assert_eq!(found.entries(Kind::Project).len(), 120, "three pages");
    assert!(found.is_whole(Kind::Project));
    assert_eq!(found.find(Kind::Status, "shipped").unwrap().state, State::Done);
    assert_eq!(found.find(Kind::Function, "fromtheapp").unwrap().state, State::Many);
    assert!(found.part(Kind::Person).is_none(), "what nobody needed is not fetched");
    assert!(found.find(Kind::Field, "team size").is_some(), "also those that only the reference data tells");
    assert_eq!(asked.borrow().len(), 10, "{asked:?}");
    assert_eq!(names(&world, &app(&world).0, &id, &USUAL), found);
    assert_eq!(asked.borrow().len(), 10, "a later worker reads them");
}

#[test]
fn two_who_ask_at_the_same_time_have_the_names_fetched_once() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let asked = site(&world, &peer);
    world.take_turns(Some(1));
    let ask = async || worker.0.names(&worker.0.tokens().account(&id).await.unwrap(), &USUAL).await.unwrap();
    let (first, second) = world.run(futures_util::future::join(ask(), ask()));
    world.take_turns(None);
    assert_eq!(asked.borrow().len(), 10, "{asked:?}");
    assert_eq!((first.entries(Kind::Project).len(), &first), (120, &second));
}

#[test]
fn two_questions_at_the_same_time_have_the_names_fetched_once() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let asked = site(&world, &peer);
    world.take_turns(Some(1));
    let ask = async || {
        let account = worker.0.tokens().account(&id).await.unwrap();
        worker.0.reader(&account, "open bugs of Person 7 in Project 7").await.unwrap()
    };
    world.run(futures_util::future::join(ask(), ask()));
    world.take_turns(None);
    let mut once = asked.borrow().clone();
    once.retain(|path| path == "api/3/status" || path == "api/3/users/search");
    assert_eq!(
        once,
        ["api/3/status", "api/3/users/search", "api/3/users/search"],
        "{asked:?}: people come in two pages"
    );
}

#[test]
fn people_come_without_apps_and_versions_with_their_project() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    let kinds = [Kind::Project, Kind::Person, Kind::Version, Kind::Sprint, Kind::Group];
    let found = names(&world, &worker.0, &id, &kinds);
    assert_eq!(found.entries(Kind::Person).len(), 1499);
    assert_eq!(found.find(Kind::Person, "Person 3").unwrap().state, State::Inactive);
    let version = found.find(Kind::Version, "0.0").unwrap();
    assert_eq!((version.of.as_str(), version.state), ("7", State::Released));
    assert!(!found.is_whole(Kind::Version), "not of all 120 projects, and one is gone");
    assert_eq!(found.find(Kind::Group, "QA-team").unwrap().id, "g-1");
    assert!(!found.is_whole(Kind::Group), "a site shows only so many");
    let sprints: Vec<&str> = found.entries(Kind::Sprint).iter().map(|sprint| sprint.name.as_str()).collect();
    assert_eq!(sprints, ["Sprint 0", "Sprint 1", "Sprint 2"], "each once");
}

#[test]
fn kept_names_are_used_without_a_connection() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    names(&world, &worker.0, &id, &[Kind::Project]);
    world.http().disconnect();
    let found = names(&world, &app(&world).0, &id, &USUAL);
    assert_eq!(found.entries(Kind::Project).len(), 120);
    assert!(found.part(Kind::Status).is_none(), "what cannot be fetched stays unknown");
}

#[test]
fn while_one_types_nothing_is_asked_and_examples_ask_once_for_the_names_that_both_use() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let asked = site(&world, &peer);
    let look = |text: &str| {
        let args = json!({"account": id, "text": text, "cursor": text.len(), "jql": false});
        ask_ok(&world, &worker.0, "panel", "complete", args)
    };
    assert_eq!(look("issues of perso")["items"], json!([]));
    assert_eq!(*asked.borrow(), [""; 0], "a key pressed asks nobody");
    let examples = ask_ok(&world, &worker.0, "panel", "examples", json!({"account": id}));
    let examples: Vec<&str> = examples.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(examples.contains(&"bugs in P0 created this week"), "{examples:?}");
    assert!(!asked.borrow().is_empty());
    asked.borrow_mut().clear();
    let items = look("issues of perso")["items"].clone();
    assert!(items.as_array().is_some_and(|items| !items.is_empty()), "{items}");
    ask_ok(&world, &worker.0, "panel", "examples", json!({"account": id}));
    assert_eq!(*asked.borrow(), [""; 0], "what is known is not asked for again");
}

#[test]
fn old_names_are_fetched_anew_in_the_background_and_only_those() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let asked = site(&world, &peer);
    names(&world, &worker.0, &id, &[Kind::Status, Kind::IssueType]);
    names(&world, &worker.0, &id, &[Kind::Sprint]);
    asked.borrow_mut().clear();
    world.run(app(&world).0.alarm());
    assert_eq!(*asked.borrow(), [""; 0], "nothing is old");
    world.advance(Duration::from_secs(2 * 3600));
    world.run(app(&world).0.alarm());
    assert_eq!(
        *asked.borrow(),
        ["agile/1.0/board", "agile/1.0/board/1/sprint", "agile/1.0/board/2/sprint"],
        "sprints change by the hour"
    );
    asked.borrow_mut().clear();
    world.run(app(&world).0.alarm());
    assert_eq!(*asked.borrow(), [""; 0]);
    world.advance(Duration::from_secs(23 * 3600));
    world.run(app(&world).0.alarm());
    assert!(asked.borrow().iter().any(|path| path == "api/3/status"), "{asked:?}");
    let kept = names(&world, &app(&world).0, &id, &[Kind::Status]);
    assert_eq!(kept.part(Kind::Status).unwrap().fetched_at, u64::try_from(world.now().0).unwrap());
}

#[test]
fn names_go_with_their_account() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    names(&world, &worker.0, &id, &[Kind::Project]);
    let kept = || world.archived().keys().filter(|key| key.starts_with("names:")).count();
    assert_eq!(kept(), 2, "the names and their age");
    ask_ok(&world, &worker.0, "options", "sign_out", json!({"account": id}));
    assert_eq!(kept(), 0);
}

#[test]
fn a_refused_query_is_explained_by_the_names_of_the_site() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    let ask = |text: &str| {
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": text}));
        end(&messages)["error"]["message"].as_str().unwrap().to_owned()
    };
    let message = ask("asignee = currentUser() AND colour = red");
    assert!(message.contains("There is no field “asignee”") && message.contains("assignee"), "{message}");
    let message = ask("status = Shiped");
    assert!(message.contains("Shiped") && message.contains("Shipped"), "{message}");
    let message = ask("status = Shipped");
    assert!(
        message.contains("Jira says: Field 'asignee'"),
        "where the names tell nothing, Jira's own words stay: {message}"
    );
}

/// What is found of projects where Jira answers each request for them with this.
fn projects_from(reply: &Value) -> (usize, Option<chat_for_jira::vocabulary::Part>) {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let (asked, reply) = (Rc::new(RefCell::new(0)), reply.clone());
    let seen = Rc::clone(&asked);
    world.http().on(move |_| {
        *seen.borrow_mut() += 1;
        assert!(*seen.borrow() < 1000, "it never ends");
        Reply::json(200, &reply)
    });
    let found = names(&world, &worker.0, &id, &[Kind::Project]);
    let asked = *asked.borrow();
    (asked, found.part(Kind::Project).cloned())
}

#[test]
fn a_list_without_an_end_is_left_and_not_taken_for_whole() {
    let project = json!({"id": "1", "key": "A", "name": "A"});
    for values in [json!([7, null, {}]), json!([project])] {
        let (asked, part) = projects_from(&json!({"values": values, "isLast": false}));
        assert!(asked <= 100, "{asked}");
        assert!(!part.unwrap().whole);
    }
    let (asked, part) = projects_from(&json!({"values": [], "isLast": false}));
    assert!(asked == 1 && !part.unwrap().whole);
    let (asked, part) = projects_from(&json!({"values": [project], "startAt": u64::MAX, "total": u64::MAX}));
    assert!(asked == 1 && part.unwrap().whole);
}

#[test]
fn an_answer_without_a_list_does_not_say_that_there_are_no_names() {
    for body in [json!({"errorMessages": ["No."]}), json!({"values": "none"}), json!("ok"), json!(null)] {
        assert_eq!(projects_from(&body).1, None, "{body}");
    }
}

#[test]
fn a_kind_that_is_refused_does_not_keep_the_others_old() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    names(&world, &worker.0, &id, &[Kind::Priority]);
    names(&world, &worker.0, &id, &[Kind::Status]);
    let server = Rc::clone(&peer);
    world.http().on(move |request| match request.url.strip_prefix(ROOT) {
        Some(path) if path.starts_with("api/3/status") => Reply::json(200, &json!([{"id": "1", "name": "New"}])),
        Some(path) if path.starts_with("api/3/issuetype") => Reply::json(200, &json!([{"id": "1", "name": "Bug"}])),
        Some(_) => Reply::json(403, &json!({})),
        None => server.answer(request),
    });
    world.advance(Duration::from_secs(25 * 3600));
    world.run(app(&world).0.alarm());
    let found = names(&world, &app(&world).0, &id, &[Kind::Resolution, Kind::IssueType]);
    assert!(found.find(Kind::Status, "New").is_some(), "renewed, though priorities are refused");
    assert!(found.find(Kind::Priority, "High").is_some(), "the old ones do");
    assert!(found.find(Kind::IssueType, "Bug").is_some(), "fetched, though resolutions are refused");
}

#[test]
fn kinds_that_are_fetched_at_the_same_time_both_have_an_age() {
    for seed in 0..20 {
        let (world, peer) = world(seed);
        let worker = app(&world);
        let id = connect(&world, &worker);
        site(&world, &peer);
        let account = world.run(worker.0.tokens().account(&id)).unwrap();
        let other = app(&world);
        world.take_turns(Some(seed));
        let (one, two) = world.run(futures_util::future::join(
            worker.0.names(&account, &[Kind::Status]),
            other.0.names(&account, &[Kind::IssueType]),
        ));
        assert!(one.is_ok() && two.is_ok());
        let ages = world.archived().iter().find(|(key, _)| key.ends_with(":ages")).map(|(_, text)| format!("{text:?}"));
        let ages = ages.unwrap();
        assert!(ages.contains("statuses") && ages.contains("issue_types"), "seed {seed}: {ages}");
    }
}

#[test]
fn names_that_came_while_their_account_was_signed_out_do_not_stay() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    let account = world.run(worker.0.tokens().account(&id)).unwrap();
    let server = Rc::clone(&peer);
    world.http().on(move |request| match request.url.strip_prefix(ROOT) {
        Some(_) => Reply::json(200, &json!([{"id": "1", "name": "New"}])).late(Duration::from_secs(5)),
        None => server.answer(request),
    });
    let sign_out = async {
        chat_for_jira::platform::Clock::sleep(
            chat_for_jira::platform::Platform::clock(&worker.1),
            Duration::from_secs(1),
        )
        .await;
        worker.0.tokens().sign_out(&id).await.unwrap();
    };
    let (_names, ()) = world.run(futures_util::future::join(worker.0.names(&account, &[Kind::Status]), sign_out));
    world.run(app(&world).0.alarm());
    assert_eq!(world.archived().keys().filter(|key| key.starts_with("names:")).count(), 0);
}

#[test]
fn a_question_does_not_wait_for_names_when_the_clock_was_put_back() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    site(&world, &peer);
    names(&world, &worker.0, &id, &[Kind::Status]);
    world.run(worker.0.alarm());
    world.shift_clock(-3_600_000);
    let server = Rc::clone(&peer);
    world.http().on(move |request| match request.url.strip_prefix(ROOT) {
        Some("api/3/status") => Reply::Hang,
        _ => server.answer(request),
    });
    let before = world.passed();
    stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "bugs in MOB"}));
    assert!(world.passed().since(before) < Duration::from_secs(20), "{:?}", world.passed().since(before));
}
