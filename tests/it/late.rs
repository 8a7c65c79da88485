//! What comes late or early: an answer that took its time, a machine that slept in the middle of a request, somebody who waited
//! while the grant ended, and somebody who asks before the next try.

use crate::peer::{app, ask_error, ask_ok, connect, only_account, world};
use chat_for_jira::platform::memory::{Reply, World};
use chat_for_jira::platform::{HttpError, Timestamp};
use futures_util::future::join;
use serde_json::{Value, json};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HOUR: Duration = Duration::from_secs(3600);

fn alarm(world: &World) -> Timestamp {
    world.edge().alarm().expect("an alarm is set")
}

/// Lets time pass until the alarm, and lets it fire into a new worker.
fn next_alarm(world: &World) {
    world.advance(alarm(world).since(world.now()));
    world.edge().clear_alarm();
    world.run(app(world).0.alarm());
}

fn moment(value: &Value) -> Timestamp {
    Timestamp(value.as_i64().expect("a moment"))
}

#[test]
fn a_token_lives_from_when_it_was_asked_for_however_long_the_answer_took() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(HOUR);
    peer.delay.set(Duration::from_secs(15));
    let asked_at = world.now();
    ask_ok(&world, &app(&world).0, "popup", "refresh", json!({"account": id}));
    let info = ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    assert_eq!(world.now().since(asked_at), Duration::from_secs(15));
    assert_eq!(moment(&info["expires_at"]).since(asked_at), HOUR);
}

#[test]
fn who_waited_while_the_grant_ended_gets_no_token_of_it() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(Duration::from_secs(3500));
    let refusal = json!({"error": "unauthorized_client", "error_description": "refresh_token is invalid"});
    *peer.token_fault.borrow_mut() = Some(Reply::json(403, &refusal).late(Duration::from_secs(5)));
    let (first, _) = app(&world);
    let (second, _) = app(&world);
    let (one, other) = world.run(join(first.tokens().access_token(&id), second.tokens().access_token(&id)));
    for (who, answer) in [("who asked", one), ("who waited", other)] {
        assert!(answer.is_err_and(|error| json!(error.code) == "reauth_required"), "{who}");
    }
}

#[test]
fn a_try_before_its_time_is_one_try_and_no_new_row_of_them() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    *peer.token_fault.borrow_mut() = Some(Reply::text(500, ""));
    while peer.token_requests.get() < 5 {
        next_alarm(&world);
    }
    let (asked, planned) = (peer.token_requests.get(), alarm(&world));
    world.advance(Duration::from_secs(60));
    ask_error(&world, &app(&world).0, "popup", "refresh", json!({"account": id}));
    assert_eq!(peer.token_requests.get(), asked + 1);
    assert_eq!(alarm(&world), planned, "the next look stays where it was");
}

#[test]
fn a_machine_that_slept_in_the_middle_of_the_last_try_does_not_wait_for_the_next_look() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    *peer.token_fault.borrow_mut() = Some(Reply::text(500, ""));
    while peer.token_requests.get() < 4 {
        next_alarm(&world);
    }
    let machine = world.clone();
    world.http().on(move |_request| {
        machine.shift_clock(8 * 3_600_000);
        Reply::Fail(HttpError::Network)
    });
    next_alarm(&world);
    let wait = alarm(&world).since(world.now());
    assert!(wait <= Duration::from_secs(60), "{wait:?}");
}

#[test]
fn who_looks_after_the_clock_was_put_back_in_the_middle_of_a_try_waits_for_nothing() {
    let (world, peer) = world(1);
    let (worker, _) = app(&world);
    connect(&world, &app(&world));
    *peer.token_fault.borrow_mut() = Some(Reply::text(500, ""));
    while peer.token_requests.get() < 4 {
        next_alarm(&world);
    }
    let machine = world.clone();
    world.http().on(move |_request| {
        machine.shift_clock(-10 * 3_600_000);
        Reply::Fail(HttpError::Network)
    });
    next_alarm(&world);
    *peer.token_fault.borrow_mut() = None;
    world.http().on(move |request| peer.answer(request));
    ask_ok(&world, &worker, "popup", "overview", json!({}));
    assert_eq!(only_account(&world, &worker)["health"], "fresh");
}

#[test]
fn a_popup_opened_while_the_worker_runs_sees_that_the_clock_was_put_back() {
    let (world, peer) = world(1);
    let worker = app(&world);
    connect(&world, &worker);
    next_alarm(&world);
    let asked = peer.token_requests.get();
    world.shift_clock(-20 * 3_600_000);
    ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!(peer.token_requests.get(), asked + 1, "nothing else tells how old the token is");
    assert!(alarm(&world).since(world.now()) <= Duration::from_secs(300));
}

#[test]
fn a_browser_that_starts_does_not_wait_for_the_next_look() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    *peer.token_fault.borrow_mut() = Some(Reply::text(500, ""));
    while peer.token_requests.get() < 5 {
        next_alarm(&world);
    }
    *peer.token_fault.borrow_mut() = None;
    world.run(app(&world).0.startup());
    assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh");
}
