//! What goes wrong only when two things meet: a failure in the middle, a rival, a rule that comes later.

use crate::peer::{Peer, app, ask_error, ask_ok, connect, end, form, page_of, stream, world};
use chat_for_jira::app::App;
use chat_for_jira::error::Code;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{HttpRequest, Record, StoreError};
use futures_util::future::join;
use serde_json::{Value, json};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const MINUTE: Duration = Duration::from_secs(60);
const PASSPHRASE: &str = "correct horse";

/// The same person by another app: another account.
fn connect_by(world: &World, worker: &(App<Memory>, Memory), client: &str) -> String {
    let mut form = form();
    form["client_id"] = client.into();
    let messages = stream(world, worker, "options", "connect", json!({"form": form}));
    end(&messages)["done"]["id"].as_str().unwrap().to_owned()
}

fn overview(world: &World) -> Value {
    ask_ok(world, &app(world).0, "popup", "overview", json!({}))
}

fn kinds(details: &Value) -> Vec<&str> {
    details["history"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect()
}

#[test]
fn what_could_not_be_shown_is_shown_with_the_next_change() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let (first, second) = (connect(&world, &worker), connect_by(&world, &worker, "other"));
    let armed = Rc::new(Cell::new(true));
    world.watch({
        let (world, armed) = (world.clone(), Rc::clone(&armed));
        move |call| {
            if call.name == "alarm.set" && armed.get() {
                world.fail_writes(Some(StoreError::Full));
            }
            Duration::ZERO
        }
    });
    let rename = |id: &str, label: &str| {
        let args = json!({"account": id, "label": label, "threshold_minutes": null});
        ask_ok(&world, &worker.0, "popup", "set_account", args);
    };
    rename(&first, "First");
    armed.set(false);
    world.fail_writes(None);
    rename(&second, "Second");
    let shown = overview(&world);
    assert_eq!((&shown["accounts"][0]["label"], &shown["accounts"][1]["label"]), (&json!("First"), &json!("Second")));
}

#[test]
fn a_worker_killed_while_it_locks_leaves_a_picture_that_says_what_is() {
    for calls in (0..60).step_by(2) {
        let (world, _peer) = world(1);
        let worker = app(&world);
        connect(&world, &worker);
        ask_ok(&world, &worker.0, "options", "set_passphrase", json!({"old": null, "new": PASSPHRASE}));
        let doomed = app(&world);
        doomed.1.kill_after(calls);
        world.run_until_killed(doomed.0.handle(json!({"command": "lock", "args": {}}), page_of("popup")));
        let next = app(&world).0;
        world.run(next.alarm());
        let shown = overview(&world);
        assert_eq!(shown["accounts"].as_array().unwrap().len(), 1, "killed after {calls}: {shown}");
        let locked = world.run(app(&world).0.tokens().lock_state()).unwrap();
        assert_eq!(shown["lock"], serde_json::to_value(locked).unwrap(), "killed after {calls}");
        assert_eq!(shown["accounts"][0]["health"] == "locked", shown["lock"] == "locked", "killed after {calls}");
    }
}

#[test]
fn a_sign_in_outlives_another_writer_of_the_same_record() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let (rival, key) = (world.clone(), format!("tokens:{id}"));
    let done = Cell::new(false);
    world.watch(move |call| {
        if call.name == "store.put_if" && call.about == key && !done.replace(true) {
            let Record { revision, value } = rival.stored()[&key].clone();
            rival.plant(&key, Record { revision: revision + 1, value });
        }
        Duration::ZERO
    });
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert_eq!(end(&messages)["done"]["health"], "fresh", "{messages:?}");
    world.run(worker.0.tokens().refresh(&id, chat_for_jira::tokens::refresh::Reason::NewerThan(2))).unwrap();
    assert_eq!(peer.token_requests.get(), 3);
}

#[test]
fn after_clearing_and_signing_in_again_the_token_comes_from_memory() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    ask_ok(&world, &worker.0, "options", "clear_tokens", json!({"account": id}));
    stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    world.run(worker.0.tokens().access_token(&id)).unwrap();
    let before = worker.1.calls();
    world.run(worker.0.tokens().access_token(&id)).unwrap();
    assert_eq!(worker.1.calls(), before, "no port is asked for a token that is in memory");
}

#[test]
fn a_server_that_is_too_busy_to_say_who_signs_in_makes_no_second_account() {
    for status in [429, 500, 503] {
        let (world, peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        busy_about_people(&world, &peer, status);
        let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
        assert!(end(&messages)["error"]["code"].is_string(), "{messages:?}");
        assert_eq!(overview(&world)["accounts"].as_array().unwrap().len(), 1);
    }
}

fn busy_about_people(world: &World, peer: &Rc<Peer>, status: u16) {
    let server = Rc::clone(peer);
    world.http().on(move |request: &HttpRequest| {
        if request.url.ends_with("/me") || request.url.ends_with("/myself") {
            return Reply::text(status, "busy");
        }
        server.answer(request)
    });
}

#[test]
fn two_looks_at_once_say_and_count_everything_once() {
    for seed in 0..40 {
        let (world, peer) = world(1);
        peer.refresh_tokens.set(false);
        let id = connect(&world, &app(&world));
        world.advance(120 * MINUTE);
        world.take_turns(Some(seed));
        let worker = app(&world).0;
        world.run(join(worker.startup(), worker.alarm()));
        world.take_turns(None);
        let details = ask_ok(&world, &worker, "popup", "account_details", json!({"account": id}));
        let told = kinds(&details);
        for kind in ["expired", "reauth_required"] {
            assert_eq!(told.iter().filter(|known| **known == kind).count(), 1, "seed {seed}: {told:?}");
        }
        assert_eq!(details["token"]["refresh_failures"], 1, "seed {seed}");
    }
}

#[test]
fn a_threshold_that_the_administrator_has_fixed_holds_for_accounts_with_one_of_their_own() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let next = |world: &World| overview(world)["accounts"][0]["next_refresh_at"].as_i64().unwrap();
    let usual = next(&world);
    ask_ok(&world, &worker.0, "popup", "set_account", json!({"account": id, "label": null, "threshold_minutes": 1}));
    assert!(next(&world) > usual);
    world.extras().set_policy(json!({"threshold_minutes": 10}));
    world.run(worker.0.policy_changed());
    assert_eq!(next(&world), usual);
}

#[test]
fn a_passphrase_that_the_administrator_wants_stays() {
    let (world, _peer) = world(1);
    let (app, _) = app(&world);
    ask_ok(&world, &app, "options", "set_passphrase", json!({"old": null, "new": PASSPHRASE}));
    world.extras().set_policy(json!({"require_passphrase": true}));
    let refused = ask_error(&world, &app, "options", "remove_passphrase", json!({"passphrase": PASSPHRASE}));
    assert_eq!(refused["code"], "forbidden");
}

#[test]
fn a_site_that_is_not_allowed_any_more_is_not_used() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.extras().set_policy(json!({"allowed_sites": ["other.atlassian.net"]}));
    world.run(worker.0.policy_changed());
    let before = world.http().requests().len();
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
    assert_eq!(end(&messages)["error"]["code"], "forbidden", "{messages:?}");
    assert_eq!(world.http().requests().len(), before);
}

#[test]
fn an_app_that_is_refused_is_not_tried_again_by_everyone_who_asks_for_a_token() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    *peer.token_fault.borrow_mut() = Some(Reply::json(401, &json!({"error": "access_denied"})));
    world.advance(120 * MINUTE);
    world.run(worker.0.alarm());
    let before = peer.token_requests.get();
    for _ in 0..5 {
        let error = world.run(worker.0.tokens().access_token(&id)).unwrap_err();
        assert_eq!(error.code, Code::InvalidConfiguration);
        world.advance(Duration::from_secs(5));
    }
    assert_eq!(peer.token_requests.get(), before);
    // By hand it is, and after a while by itself: what was wrong may have been put right.
    ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    assert_eq!(peer.token_requests.get(), before + 1);
    world.advance(10 * MINUTE);
    *peer.token_fault.borrow_mut() = None;
    world.run(worker.0.tokens().access_token(&id)).unwrap();
}

#[test]
fn whoever_asks_while_it_is_locked_leaves_no_token_behind() {
    for seed in 0..24 {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        ask_ok(&world, &worker.0, "options", "set_passphrase", json!({"old": null, "new": PASSPHRASE}));
        let worker = app(&world).0;
        worker.tokens().close();
        if seed % 2 == 0 {
            // Not in the session store either.
            ask_ok(
                &world,
                &worker,
                "popup",
                "set_account",
                json!({"account": id, "label": "x", "threshold_minutes": null}),
            );
        }
        world.take_turns(Some(seed));
        let _either = world.run(join(worker.tokens().access_token(&id), worker.tokens().lock_vault()));
        world.take_turns(None);
        let left: Vec<String> = world.session().into_keys().filter(|key| key.starts_with("token:")).collect();
        assert!(left.is_empty(), "seed {seed}: {left:?}");
        let error = world.run(worker.tokens().access_token(&id)).err();
        assert_eq!(error.map(|error| error.code), Some(Code::Locked), "seed {seed}");
    }
}

#[test]
fn settings_that_were_being_read_when_they_changed_are_read_again() {
    for seed in 0..60 {
        let (world, _peer) = world(1);
        let worker = app(&world).0;
        ask_ok(&world, &worker, "options", "change_settings", json!({"change": {"retries": 1}}));
        world.take_turns(Some(seed));
        let change = json!({"command": "change_settings", "args": {"change": {"retries": 7}}});
        let _old = world.run(join(worker.handle(change, page_of("options")), worker.tokens().settings()));
        let asked = async {
            for _ in 0..3 {
                worker.tokens().settings_changed();
                worker.tokens().settings().await;
            }
        };
        let change = json!({"command": "change_settings", "args": {"change": {"retries": 9}}});
        let _old = world.run(join(asked, worker.handle(change, page_of("options"))));
        world.take_turns(None);
        assert_eq!(world.run(worker.tokens().settings()).retries, 9, "seed {seed}");
    }
}

#[test]
fn pictures_leave_room_in_the_session_store() {
    let (world, peer) = world(1);
    let (server, number) = (Rc::clone(&peer), Cell::new(0));
    world.http().on(move |request: &HttpRequest| {
        number.set(number.get() + 1);
        if request.url.ends_with("/me") {
            let picture = format!("https://secure.gravatar.com/{}.png", number.get());
            return Reply::json(200, &json!({"account_id": "mia", "name": "Mia", "picture": picture}));
        }
        match request.url.ends_with(".png") {
            true => Reply::text(200, &format!("GIF89a{}", "x".repeat(60 * 1024))),
            false => server.answer(request),
        }
    });
    let worker = app(&world);
    for number in 0..40 {
        connect_by(&world, &worker, &format!("app-{number}"));
    }
    let size: usize = world.session().values().map(String::len).sum();
    assert!(size > 1_000_000, "{size}: pictures are kept");
    assert!(size < 5_000_000, "{size} of the ten million that there are");
}

#[test]
fn places_that_refuse_every_token_rotate_none_when_they_are_asked_in_turn() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let server = Rc::clone(&peer);
    world.http().on(move |request: &HttpRequest| match request.url.contains("/rest/api/3/") {
        true => Reply::json(401, &json!({"message": "Unauthorized"})),
        false => server.answer(request),
    });
    for text in ["bugs in MOB", "MOB-12"].repeat(4) {
        stream(&world, &worker, "panel", "ask", json!({"account": id, "text": text}));
    }
    assert_eq!(peer.token_requests.get(), 3, "one renewal for each place");
}

#[test]
fn signing_out_also_removes_the_tokens_that_were_set_aside() {
    let (world, _peer) = world(1);
    let id = connect(&world, &app(&world));
    let key = format!("tokens:{id}");
    let Record { revision, value } = world.stored()[&key].clone();
    world.plant(&key, Record { revision: revision + 1, value: value.replacen("3.d.1.", "3.d.1.AAAA", 1) });
    world.restart_browser();
    let worker = app(&world).0;
    world.run(worker.startup());
    assert!(world.stored().contains_key(&format!("aside:1:{key}")));
    ask_ok(&world, &worker, "popup", "sign_out", json!({"account": id}));
    let left: Vec<String> = world.stored().into_keys().filter(|key| key.contains(&id)).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn pictures_of_people_are_fetched_from_known_places_only() {
    let (world, peer) = world(1);
    let worker = app(&world);
    connect(&world, &worker);
    let asked = Rc::new(Cell::new(0));
    let (server, count) = (Rc::clone(&peer), Rc::clone(&asked));
    world.http().on(move |request: &HttpRequest| {
        count.set(count.get() + 1);
        assert!(
            request.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case("authorization")),
            "no token goes there"
        );
        server.answer(request)
    });
    let picture = |url: &str| ask_ok(&world, &worker.0, "panel", "picture", json!({"url": url}));
    let found = picture("https://secure.gravatar.com/mia.png");
    assert!(found.as_str().unwrap().starts_with("data:image/gif;base64,"));
    assert_eq!(asked.get(), 1);
    for url in ["https://evil.example/mia.png", "http://secure.gravatar.com/mia.png", "javascript:alert(1)", ""] {
        assert_eq!(picture(url), Value::Null, "{url}");
    }
    assert_eq!(asked.get(), 1, "nobody else was asked");
    let refused =
        ask_error(&world, &worker.0, "options", "picture", json!({"url": "https://secure.gravatar.com/mia.png"}));
    assert_eq!(refused["code"], "forbidden");
}
