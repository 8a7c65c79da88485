//! Tokens stay fresh: by alarm, when asked, before and after a refusal; and what happens when they cannot.

use crate::peer::{Peer, app, ask_error, ask_ok, connect, end, only_account, stream, world};
use chat_for_jira::platform::memory::{Reply, World};
use chat_for_jira::platform::{Clock as _, HttpError, Platform as _, StoreError};
use chat_for_jira::tokens::refresh::Reason;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Lets time pass until the alarm is due, and lets it fire into a new worker.
fn sleep_until_alarm(world: &World) {
    let due = world.edge().alarm().expect("an alarm is set");
    world.advance(due.since(world.now()));
    world.edge().clear_alarm();
    let (next, _) = app(world);
    world.run(next.alarm());
}

/// Sleeps through the looks that find nothing to do, until one asks the server or finds an account in another state.
fn sleep_until_something(world: &World, peer: &Peer) {
    let health = || only_account(world, &app(world).0)["health"].clone();
    let (asked, before) = (peer.token_requests.get(), health());
    for _ in 0..100 {
        sleep_until_alarm(world);
        if peer.token_requests.get() != asked || health() != before {
            return;
        }
    }
    panic!("a hundred looks found nothing");
}

#[test]
fn the_alarm_keeps_a_token_fresh_for_weeks() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    let start = world.now();
    while world.now().since(start) < Duration::from_secs(21 * 86_400) {
        sleep_until_alarm(&world);
        let (popup, _) = app(&world);
        assert_eq!(only_account(&world, &popup)["health"], "fresh");
    }
    // 60 minutes of life, refreshed 12 minutes before the end: 48 minutes apart.
    assert_eq!(peer.token_requests.get(), 1 + 21 * 24 * 60 / 48);
    assert_eq!(peer.unused_refresh_tokens(), 1, "each rotation was stored");
}

#[test]
fn short_lifetimes_never_loop() {
    for lifetime in [1, 60, 300, 600, 3600] {
        let (world, peer) = world(1);
        peer.lifetime.set(lifetime);
        connect(&world, &app(&world));
        let start = world.now();
        for _ in 0..20 {
            sleep_until_alarm(&world);
        }
        let spent = world.now().since(start);
        let requests = peer.token_requests.get() - 1;
        assert!(
            requests <= 20 && spent >= Duration::from_secs(lifetime) * requests / 2,
            "{lifetime}: {requests} in {spent:?}"
        );
    }
}

#[test]
fn d19_many_callers_at_once_make_one_request() {
    // CHECKLISTS D19, D20: two workers stand for the contexts of one extension; the seed decides who goes when.
    for seed in 0..20 {
        let (world, peer) = world(1);
        let id = connect(&world, &app(&world));
        world.advance(Duration::from_secs(3500));
        world.take_turns(Some(seed));
        let apps = [app(&world).0, app(&world).0];
        let callers: Vec<_> = (0..200).map(|n| apps[n % 2].tokens().access_token(&id)).collect();
        let tokens: Vec<_> = world.run(join_all(callers)).into_iter().map(|token| token.unwrap()).collect();
        assert_eq!(peer.token_requests.get(), 2, "seed {seed}");
        assert!(tokens.iter().all(|token| token.generation == 2), "seed {seed}");
    }
}

#[test]
fn d24_a_refusal_by_jira_renews_once_and_asks_again() {
    // CHECKLISTS D24.
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.expire_access_tokens();
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
    assert_eq!(end(&messages)["done"]["more"], Value::Null, "{messages:?}");
    assert_eq!(peer.token_requests.get(), 2);
}

#[test]
fn a_token_that_the_service_refused_is_not_used_again_while_it_is_renewed_nor_if_that_fails() {
    for fault in [None, Some(Reply::Fail(HttpError::Network))] {
        let (world, peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        peer.expire_access_tokens();
        peer.delay.set(Duration::from_secs(5));
        *peer.token_fault.borrow_mut() = fault.clone();
        let tokens = worker.0.tokens();
        let refused = world.run(tokens.access_token(&id)).unwrap().generation;
        let asks_meanwhile = async {
            worker.0.platform().clock().sleep(Duration::from_secs(1)).await;
            tokens.access_token(&id).await.map(|token| token.generation)
        };
        let (_, meanwhile) = world.run(join(tokens.refresh(&id, Reason::Refused(refused)), asks_meanwhile));
        let later = world.run(tokens.access_token(&id)).map(|token| token.generation);
        match fault {
            None => assert_eq!((meanwhile.unwrap(), later.unwrap()), (refused + 1, refused + 1)),
            Some(_) => assert!(meanwhile.is_err() && later.is_err(), "{meanwhile:?} {later:?}"),
        }
    }
}

#[test]
fn d12_a_dead_grant_ends_the_attempts_and_keeps_the_account() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.revoke_all();
    let error = ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    assert_eq!(
        (&error["code"], &error["action"]),
        (&json!("reauth_required"), &json!({"kind": "sign_in", "scopes": [], "account": id}))
    );
    let account = only_account(&world, &worker.0);
    assert_eq!((&account["health"], &account["name"]), (&json!("reauth_required"), &json!("Mia Stone")));
    assert_eq!(world.edge().badge().0, "!");
    let before = peer.token_requests.get();
    for _ in 0..5 {
        world.advance(Duration::from_secs(3600));
        world.run(app(&world).0.alarm());
        ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    }
    assert_eq!(peer.token_requests.get(), before, "a dead grant is not asked about again");
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert_eq!(end(&messages)["done"]["health"], "fresh");
    assert_eq!(world.edge().badge().0, "");
}

#[test]
fn d23_a_passing_failure_is_tried_again_and_signs_nobody_out() {
    for fault in [
        Reply::Fail(HttpError::Network),
        Reply::Hang,
        Reply::text(500, "{\"error\":\"invalid_grant\"}"),
        Reply::text(429, "").header("retry-after", "120"),
        Reply::text(200, "<html>"),
        Reply::text(200, "{\"access_token\":\"a"),
    ] {
        let (world, peer) = world(1);
        connect(&world, &app(&world));
        *peer.token_fault.borrow_mut() = Some(fault.clone());
        for _ in 0..4 {
            sleep_until_something(&world, &peer);
            let (popup, _) = app(&world);
            assert_eq!(only_account(&world, &popup)["health"], "retrying", "{fault:?}");
        }
        assert_eq!(peer.token_requests.get(), 5, "{fault:?}");
        *peer.token_fault.borrow_mut() = None;
        sleep_until_something(&world, &peer);
        assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh", "{fault:?}");
    }
}

#[test]
fn the_server_s_wish_to_wait_is_honoured() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    *peer.token_fault.borrow_mut() = Some(Reply::text(429, "").header("retry-after", "600"));
    sleep_until_something(&world, &peer);
    let (asked, refused_at) = (peer.token_requests.get(), world.now());
    sleep_until_something(&world, &peer);
    assert_eq!(peer.token_requests.get(), asked + 1);
    assert!(world.now().since(refused_at) >= Duration::from_secs(600));
}

#[test]
fn d23_wrong_settings_are_said_and_not_tried_again() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    let refusal = json!({"error": "access_denied", "error_description": "Unauthorized"});
    *peer.token_fault.borrow_mut() = Some(Reply::json(401, &refusal));
    sleep_until_something(&world, &peer);
    assert_eq!(only_account(&world, &app(&world).0)["health"], "misconfigured");
    world.advance(Duration::from_secs(86_400));
    world.run(app(&world).0.alarm());
    assert_eq!(peer.token_requests.get(), 2);
}

#[test]
fn without_a_refresh_token_the_account_counts_down_and_then_asks() {
    let (world, peer) = world(1);
    peer.refresh_tokens.set(false);
    connect(&world, &app(&world));
    let account = only_account(&world, &app(&world).0);
    assert_eq!(
        (&account["health"], &account["can_refresh"], &account["next_refresh_at"]),
        (&json!("fresh"), &json!(false), &json!(null))
    );
    sleep_until_something(&world, &peer);
    assert_eq!(only_account(&world, &app(&world).0)["health"], "expiring");
    sleep_until_something(&world, &peer);
    let account = only_account(&world, &app(&world).0);
    assert_eq!(account["health"], "reauth_required");
    assert_eq!(account["problem"]["action"]["kind"], "sign_in");
    assert_eq!(peer.token_requests.get(), 1);
}

#[test]
fn a_wrong_or_jumping_clock_gives_no_loop_and_no_dead_token() {
    // CHECKLISTS D25: only this machine's own clock and the lifetime count.
    for jump in [-86_400_000, -3_600_000, 3_600_000, 86_400_000] {
        let (world, peer) = world(1);
        let id = connect(&world, &app(&world));
        world.shift_clock(jump);
        peer.expire_access_tokens();
        for _ in 0..5 {
            world.run(app(&world).0.alarm());
        }
        assert!(peer.token_requests.get() <= 2, "{jump}");
        let worker = app(&world);
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
        assert!(end(&messages).get("done").is_some(), "{jump}: {messages:?}");
    }
}

#[test]
fn a_token_that_cannot_be_written_is_not_used() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.fail_writes(Some(StoreError::Full));
    let refused = world.run(worker.0.tokens().refresh(&id, Reason::NewerThan(1)));
    assert!(refused.is_err());
    world.fail_writes(None);
    // The server has rotated, the record has not: the same token is presented again, within the server's leeway.
    assert_eq!(world.run(worker.0.tokens().refresh(&id, Reason::NewerThan(1))).unwrap().generation, 2);
    assert_eq!(only_account(&world, &worker.0)["health"], "fresh");
    assert!(peer.token_requests.get() >= 2);
}

#[test]
fn d15_signing_out_clears_everything_even_when_the_server_fails() {
    // CHECKLISTS D15.
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.http().queue(Reply::Fail(HttpError::Network));
    let answer = ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": id}));
    assert_eq!(answer["revoked"], false);
    assert!(answer["manage_url"].as_str().unwrap().starts_with("https://id.atlassian.com/"));
    assert!(world.stored().is_empty(), "{:?}", world.stored());
    assert!(!world.session().keys().any(|key| key.starts_with("token:")));
    assert_eq!(world.edge().alarm(), None);
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
    assert_eq!(end(&messages)["error"]["code"], "not_found");
}

#[test]
fn d20_who_waited_for_the_lock_looks_again_and_uses_what_is_new() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(Duration::from_secs(3500));
    let (first, _) = app(&world);
    let (second, _) = app(&world);
    let seen = world.run(first.tokens().generation(&id)).unwrap();
    let both = join_all([&first, &second].map(|app| app.tokens().refresh(&id, Reason::NewerThan(seen))));
    let answers = world.run(both);
    let tokens: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().access_token.expose().to_owned()).collect();
    assert_eq!(tokens[0], tokens[1], "the second got what the first had fetched");
    assert_eq!(peer.token_requests.get(), 2);
    assert_eq!(peer.unused_refresh_tokens(), 1);
}

#[test]
fn d24_what_a_new_token_is_refused_for_too_rotates_no_further_token() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.refuses_searches.set(true);
    for _ in 0..5 {
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "bugs in MOB"}));
        assert_eq!(end(&messages)["error"]["code"], "reauth_required");
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
        assert!(end(&messages).get("done").is_some(), "other things still work");
    }
    assert_eq!(peer.token_requests.get(), 2, "one renewal, and then it is known");
    // A token that is really void is another matter, each time.
    for round in 0..3 {
        peer.expire_access_tokens();
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
        assert!(end(&messages).get("done").is_some(), "round {round}: {messages:?}");
    }
    assert_eq!(peer.token_requests.get(), 5);
}

#[test]
fn a_token_that_nothing_renews_and_jira_refuses_is_given_up_with_a_word() {
    let (world, peer) = world(1);
    peer.refresh_tokens.set(false);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.expire_access_tokens();
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
    assert_eq!(end(&messages)["error"]["code"], "reauth_required");
    let account = only_account(&world, &app(&world).0);
    assert_eq!(
        (&account["health"], &account["problem"]["action"]["kind"]),
        (&json!("reauth_required"), &json!("sign_in"))
    );
    assert_eq!(world.edge().badge().0, "!");
    assert_eq!(world.extras().notifications().len(), 1);
    let found = ask_ok(&world, &app(&world).0, "dashboard", "account_details", json!({"account": id}));
    assert_eq!(
        (&found["history"][0]["kind"], &found["history"][1]["kind"]),
        (&json!("reauth_required"), &json!("token_refused"))
    );
}
