//! Many answers to one request: items, more, cancelling, and taking up after the worker died.

use crate::peer::{app, connect, end, page_of, stream, world};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Memory, Reply};
use futures_util::future::join;
use serde_json::{Value, json};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn keys(messages: &[Value]) -> Vec<&str> {
    let rows = |message: &'_ Value| message["item"]["issues"].as_array().cloned().unwrap_or_default().len();
    assert!(messages.iter().map(rows).sum::<usize>() > 0, "{messages:?}");
    messages
        .iter()
        .flat_map(|message| message["item"]["issues"].as_array().into_iter().flatten())
        .filter_map(|row| row["key"].as_str())
        .collect()
}

#[test]
fn an_answer_comes_in_cards_and_pages() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let first = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "open issues in MOB"}));
    let kinds: Vec<_> = first.iter().filter_map(|message| message["item"]["kind"].as_str()).collect();
    assert_eq!(kinds, ["understood", "issues", "count"]);
    let understood = &first[0]["item"];
    assert_eq!(understood["ignored"], json!([]));
    assert_eq!(understood["clauses"][1]["words"], "MOB");
    assert_eq!(first.iter().filter_map(|message| message["seq"].as_u64()).collect::<Vec<_>>(), [1, 2, 3]);
    let more = end(&first)["done"]["more"].as_str().unwrap();
    let second = stream(&world, &worker, "panel", "more", json!({"account": id, "more": more}));
    assert_eq!(end(&second)["done"]["more"], json!(null));
    let all: std::collections::BTreeSet<_> = keys(&first).into_iter().chain(keys(&second)).collect();
    assert_eq!(all.len(), 100, "no row twice, none missing");
}

#[test]
fn an_answer_killed_at_any_step_is_taken_up_without_a_card_twice() {
    for step in 0..200 {
        let (world, _peer) = world(step);
        let id = connect(&world, &app(&world));
        let (dying, memory) = app(&world);
        memory.messages().connect(1);
        memory.kill_after(step);
        dying.open_port(1, page_of("panel"));
        let request = json!({"id": "q", "command": "ask", "args": {"account": id, "text": "bugs in MOB"}});
        let finished = world.run_until_killed(dying.port_message(1, request)).is_some();
        let mut seen = memory.messages().take(1);
        let answered = seen.iter().any(|message| message.get("done").is_some());
        let last = seen.iter().filter_map(|message| message["seq"].as_u64()).max().unwrap_or(0);
        if !answered {
            let (next, memory) = app(&world);
            memory.messages().connect(1);
            next.open_port(1, page_of("panel"));
            world.run(next.port_message(1, json!({"id": "q", "resume": last})));
            seen.extend(memory.messages().take(1));
        }
        let lost = end(&seen)["error"]["code"] == "interrupted";
        if lost {
            // Killed before anything was written down: the page asks again, nothing had been shown.
            assert_eq!(last, 0, "step {step}");
        } else {
            let numbers: Vec<_> = seen.iter().filter_map(|message| message["seq"].as_u64()).collect();
            assert_eq!(numbers, [1, 2, 3], "step {step}: {seen:?}");
        }
        if finished {
            assert!(step > 5);
            return;
        }
    }
    panic!("the answer never finished");
}

#[test]
fn a_cancelled_question_stops_and_says_so() {
    let (world, _peer) = world(1);
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory.clone()));
    memory.messages().connect(1);
    app.open_port(1, page_of("panel"));
    world.http().queue(Reply::text(200, "{}").late(Duration::from_secs(20)));
    let ask = app.port_message(1, json!({"id": "q", "command": "ask", "args": {"account": id, "text": "bugs in MOB"}}));
    let cancel = app.port_message(1, json!({"id": "q", "cancel": true}));
    world.run(join(ask, async {
        chat_for_jira::platform::Clock::sleep(
            chat_for_jira::platform::Platform::clock(&memory),
            Duration::from_secs(1),
        )
        .await;
        cancel.await;
    }));
    let messages = memory.messages().take(1);
    assert_eq!(end(&messages), &json!({"id": "q", "done": null}));
    assert_eq!(world.http().aborted(), 1, "the request was dropped");
}

#[test]
fn a_page_that_goes_stops_its_question_but_not_its_sign_in() {
    let (world, _peer) = world(1);
    let (app, memory) = app(&world);
    memory.messages().connect(1);
    app.open_port(1, page_of("options"));
    // The person takes a minute; meanwhile the page is closed.
    let request = json!({"id": "c", "command": "connect", "args": {"form": crate::peer::form()}});
    world.http().queue(Reply::json(200, &json!({"access_token": "a", "expires_in": 60})).late(Duration::from_secs(5)));
    let closing = async {
        chat_for_jira::platform::Clock::sleep(
            chat_for_jira::platform::Platform::clock(&memory),
            Duration::from_secs(1),
        )
        .await;
        app.close_port(1);
    };
    let sites = json!([{"id": "site-0", "name": "S", "url": "https://s.atlassian.net", "scopes": ["read:jira-work"]}]);
    world.http().queue(Reply::json(200, &sites));
    world.run(join(app.port_message(1, request), closing));
    assert_eq!(crate::peer::only_account(&world, &app)["health"], "fresh");
}

#[test]
fn an_open_page_is_told_of_every_change() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    worker.1.messages().connect(3);
    worker.0.open_port(3, page_of("popup"));
    let id = connect(&world, &worker);
    let shown = || {
        let events = worker.1.messages().take(3).into_iter().map(|message| message["event"].clone());
        let (accounts, lines): (Vec<_>, Vec<_>) = events.partition(|event| event["kind"] == "account");
        let lines: Vec<_> = lines.iter().map(|event| event["event"]["kind"].as_str().unwrap().to_owned()).collect();
        let accounts: Vec<_> = accounts.iter().map(|event| event["account"].clone()).collect();
        (accounts, lines)
    };
    let (accounts, lines) = shown();
    assert_eq!(accounts.last().unwrap()["id"], json!(id));
    assert_eq!(lines, ["acquired"]);
    crate::peer::ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    let (accounts, lines) = shown();
    let healths: Vec<_> = accounts.iter().map(|account| account["health"].as_str().unwrap()).collect();
    assert_eq!(healths, ["refreshing", "fresh"]);
    assert_eq!(lines, ["refreshed", "rotated"]);
}

/// A search of 25 pages of 4 issues, and the text for the second.
fn long_list(world: &chat_for_jira::platform::memory::World, worker: &(App<Memory>, Memory)) -> (String, String) {
    let id = connect(world, worker);
    world.http().on(|request| {
        let body: Value = serde_json::from_str(request.text()).unwrap_or_default();
        let page: u32 = body["nextPageToken"].as_str().map_or(1, |token| token.parse().unwrap());
        let row = |number| {
            json!({"id": "1", "key": format!("MOB-{number}"), "fields": {"summary": "x", "issuetype": {"name": "Bug"},
            "status": {"name": "Open", "statusCategory": {"key": "new"}}}})
        };
        let issues: Vec<Value> = (page * 4 - 3..=page * 4).map(row).collect();
        let last = page == 25;
        let next = if last { Value::Null } else { (page + 1).to_string().into() };
        Reply::json(200, &json!({"issues": issues, "nextPageToken": next, "isLast": last}))
            .late(Duration::from_millis(100))
    });
    (id, json!({"jql": "project = MOB", "cursor": {"token": "2"}}).to_string())
}

#[test]
fn all_pages_come_one_after_the_other_and_each_before_the_next_is_asked_for() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let (id, more) = long_list(&world, &worker);
    let before = world.http().requests().len();
    let messages = stream(&world, &worker, "panel", "more", json!({"account": id, "more": more, "all": true}));
    let all = keys(&messages);
    assert_eq!(all, (5..=100).map(|number| format!("MOB-{number}")).collect::<Vec<_>>());
    assert_eq!(world.http().requests().len() - before, 24);
    let order: Vec<&str> = messages
        .iter()
        .filter_map(|message| ["item", "progress", "done"].into_iter().find(|name| message.get(name).is_some()))
        .collect();
    let expected: Vec<&str> = (0..23).flat_map(|_| ["item", "progress"]).chain(["item", "done"]).collect();
    assert_eq!(order, expected);
    assert_eq!(messages[1]["progress"]["kind"], "reached");
    assert_eq!(end(&messages)["done"]["more"], Value::Null);
}

#[test]
fn a_long_list_killed_at_any_step_goes_on_at_the_page_it_had_reached() {
    for step in (0..200).step_by(3) {
        let (world, _peer) = world(step);
        let (id, more) = long_list(&world, &app(&world));
        let (dying, memory) = app(&world);
        memory.messages().connect(1);
        memory.kill_after(step);
        dying.open_port(1, page_of("panel"));
        let request = json!({"id": "q", "command": "more", "args": {"account": id, "more": more, "all": true}});
        let _killed = world.run_until_killed(dying.port_message(1, request));
        let mut seen = memory.messages().take(1);
        let last = seen.iter().filter_map(|message| message["seq"].as_u64()).max().unwrap_or(0);
        let before = world.http().requests().len();
        if !seen.iter().any(|message| message.get("done").is_some()) {
            let (next, memory) = app(&world);
            memory.messages().connect(1);
            next.open_port(1, page_of("panel"));
            world.run(next.port_message(1, json!({"id": "q", "resume": last})));
            let later = memory.messages().take(1);
            if later[0].get("error").is_some() {
                assert_eq!((last, later[0]["error"]["code"].as_str()), (0, Some("interrupted")), "step {step}");
                continue;
            }
            seen.extend(later);
            let asked = u64::try_from(world.http().requests().len() - before).unwrap();
            assert!(asked <= 24 - last + 1, "step {step}: {asked} pages after {last}");
        }
        assert_eq!(keys(&seen), (5..=100).map(|number| format!("MOB-{number}")).collect::<Vec<_>>(), "step {step}");
    }
}

#[test]
fn rows_that_got_lost_with_the_connection_come_again() {
    let (world, _peer) = world(1);
    let (id, more) = long_list(&world, &app(&world));
    let (dying, memory) = app(&world);
    memory.messages().connect(1);
    memory.kill_after(60);
    dying.open_port(1, page_of("panel"));
    let request = json!({"id": "q", "command": "more", "args": {"account": id, "more": more, "all": true}});
    let _killed = world.run_until_killed(dying.port_message(1, request));
    let sent = memory.messages().take(1).iter().filter_map(|message| message["seq"].as_u64()).max().unwrap();
    assert!(sent > 2 && sent < 24, "{sent}");
    let (next, memory) = app(&world);
    memory.messages().connect(1);
    next.open_port(1, page_of("panel"));
    world.run(next.port_message(1, json!({"id": "q", "resume": 1})));
    let first = 5 + 4;
    let all: Vec<_> = (first..=100).map(|number| format!("MOB-{number}")).collect();
    assert_eq!(keys(&memory.messages().take(1)), all);
}

#[test]
fn a_long_list_that_is_stopped_or_whose_page_goes_asks_for_nothing_more() {
    for goes in [false, true] {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let (id, more) = long_list(&world, &worker);
        let (app, memory) = worker;
        memory.messages().connect(1);
        app.open_port(1, page_of("panel"));
        let request = json!({"id": "q", "command": "more", "args": {"account": id, "more": more, "all": true}});
        world.run(join(app.port_message(1, request), async {
            chat_for_jira::platform::Clock::sleep(
                chat_for_jira::platform::Platform::clock(&memory),
                Duration::from_millis(1050),
            )
            .await;
            if goes {
                app.close_port(1);
            } else {
                app.port_message(1, json!({"id": "q", "cancel": true})).await;
            }
        }));
        let asked = world.http().requests().len();
        world.advance(Duration::from_secs(60));
        assert_eq!(world.http().requests().len(), asked);
        assert_eq!(world.http().aborted(), 1, "goes: {goes}");
    }
}

#[test]
fn a_list_that_leads_back_or_never_ends_is_not_followed_for_ever() {
    let row = json!({"key": "MOB-1", "fields": {"summary": "x"}});
    for (cursor, answer) in [
        (json!({"token": "2"}), json!({"issues": [row], "nextPageToken": "2", "isLast": false})),
        (json!({"offset": 50}), json!({"issues": [row], "startAt": 0, "total": 1000})),
        (json!({"token": "2"}), json!({"issues": [], "nextPageToken": "?", "isLast": false})),
    ] {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        let asked = std::rc::Rc::new(std::cell::Cell::new(0));
        let seen = std::rc::Rc::clone(&asked);
        let text = answer.to_string();
        world.http().on(move |_| {
            seen.set(seen.get() + 1);
            assert!(seen.get() < 500, "it never ends");
            Reply::text(200, &text.replace('?', &seen.get().to_string()))
        });
        let more = json!({"jql": "project = MOB", "cursor": cursor}).to_string();
        let messages = stream(&world, &worker, "panel", "more", json!({"account": id, "more": more, "all": true}));
        match answer["issues"].as_array().unwrap().is_empty() {
            true => assert!(end(&messages)["done"]["more"].is_string(), "the person may go on"),
            false => assert_eq!(end(&messages)["error"]["code"], "server_failed", "{answer}"),
        }
        assert!(asked.get() <= 50, "{}", asked.get());
    }
}

#[test]
fn a_list_that_is_stopped_or_whose_page_goes_before_it_runs_asks_for_next_to_nothing() {
    for (goes, seed) in (0..20).flat_map(|seed| [(false, seed), (true, seed)]) {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let (id, more) = long_list(&world, &worker);
        let (app, memory) = worker;
        memory.messages().connect(1);
        app.open_port(1, page_of("panel"));
        let before = world.http().requests().len();
        world.take_turns(Some(seed));
        let request = json!({"id": "q", "command": "more", "args": {"account": id, "more": more, "all": true}});
        world.run(join(app.port_message(1, request), async {
            if goes {
                app.close_port(1);
            } else {
                app.port_message(1, json!({"id": "q", "cancel": true})).await;
            }
        }));
        let asked = world.http().requests().len() - before;
        assert!(asked <= 1, "goes: {goes}, seed {seed}: {asked}");
    }
}
