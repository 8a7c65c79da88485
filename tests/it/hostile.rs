//! What an attacker, a broken server or bad timing would try.

use crate::peer::{CLIENT_SECRET, app, ask_error, ask_ok, connect, end, form, only_account, page_of, stream, world};
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{Clock as _, HttpError, Platform as _, SessionStore as _, StoreError};
use chat_for_jira::tokens::refresh::Reason;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SECOND: Duration = Duration::from_secs(1);

/// Lets so much time pass inside a story.
async fn pause(memory: &Memory, span: Duration) {
    memory.clock().sleep(span).await;
}

/// From now on every answer needs five seconds.
fn slow_server(world: &World, peer: &Rc<crate::peer::Peer>) {
    let server = Rc::clone(peer);
    world.http().on(move |request| server.answer(request).late(5 * SECOND));
}

#[test]
fn a_question_given_up_during_a_refresh_does_not_lose_the_rotation() {
    // A server without any leeway, as Data Center: the answer that carries the new pair comes once.
    for by_closing in [true, false] {
        let (world, peer) = world(1);
        peer.leeway.set(false);
        let (app, memory) = app(&world);
        let id = connect(&world, &(app.clone(), memory.clone()));
        slow_server(&world, &peer);
        peer.expire_access_tokens();
        memory.messages().connect(1);
        app.open_port(1, page_of("panel"));
        let ask = json!({"id": "q", "command": "ask", "args": {"account": id, "text": "bugs in MOB"}});
        world.run(join(app.port_message(1, ask), async {
            pause(&memory, 6 * SECOND).await;
            if by_closing {
                app.close_port(1);
            } else {
                app.port_message(1, json!({"id": "q", "cancel": true})).await;
            }
        }));
        assert_eq!(world.http().aborted(), 1, "the question itself was given up, once the new pair was written");
        ask_ok(&world, &app, "popup", "refresh", json!({"account": id}));
        assert_eq!(only_account(&world, &app)["health"], "fresh");
    }
}

#[test]
fn a_new_pair_that_could_not_be_written_stays_unused() {
    let (world, peer) = world(1);
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory));
    world.advance(Duration::from_secs(3500));
    world.fail_writes(Some(StoreError::Full));
    let token = world.run(app.tokens().access_token(&id)).expect("the old token holds for some minutes");
    assert_eq!(token.generation, 1);
    assert_eq!(world.run(app.tokens().access_token(&id)).unwrap().generation, 1, "nor is it kept in memory");
    assert_eq!(peer.token_requests.get(), 1, "what could not be kept is not asked for");
}

#[test]
fn d22_a_refresh_that_outlives_its_lock_leaves_the_new_sign_in_alone() {
    // The answer, good or bad, comes after the person has signed in anew, and after somebody else changed the record.
    for fault in [None, Some(Reply::json(400, &json!({"error": "invalid_grant"})))] {
        let (world, peer) = world(1);
        let (app, memory) = app(&world);
        let id = connect(&world, &(app.clone(), memory));
        let account = world.run(app.tokens().account(&id)).unwrap();
        let server = Rc::clone(&peer);
        let planted = world.clone();
        let others = crate::peer::app(&world).0;
        let record = {
            // What the other context writes: another pair under a later revision.
            let grant = chat_for_jira::oauth::token_endpoint::Grant {
                access_token: chat_for_jira::secret::Secret::new("theirs"),
                refresh_token: Some(chat_for_jira::secret::Secret::new("their-refresh")),
                expires_in: Some(Duration::from_secs(3600)),
                ..Default::default()
            };
            let before = planted.stored();
            let tokens = chat_for_jira::tokens::account::Tokens::first(grant, &[], planted.now());
            world.run(others.tokens().save(&account, &tokens)).unwrap();
            let key = format!("tokens:{id}");
            let written = planted.stored()[&key].clone();
            planted.plant(&key, before[&key].clone());
            (key, written)
        };
        world.http().on(move |request| {
            planted.plant(&record.0, record.1.clone());
            fault.clone().unwrap_or_else(|| server.answer(request))
        });
        let (late, _) = crate::peer::app(&world);
        let tokens = world.run(late.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
        assert_eq!(tokens.access_token.expose(), "theirs");
        assert!(tokens.trouble.is_none());
    }
}

#[test]
fn a_sign_out_or_a_sign_in_waits_for_the_refresh_under_way() {
    // Otherwise the refresh would bring tokens of before back, or its new pair would never be voided.
    let (world, peer) = world(1);
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory.clone()));
    slow_server(&world, &peer);
    let out = json!({"command": "sign_out", "args": {"account": id}});
    let (refreshed, ()) = world.run(join(app.tokens().refresh(&id, Reason::NewerThan(1)), async {
        pause(&memory, SECOND).await;
        app.handle(out, page_of("popup")).await;
    }));
    let revoked = world.http().requests().pop().unwrap();
    assert!(revoked.url.ends_with("/oauth/revoke"));
    let newest = refreshed.unwrap().refresh_token.unwrap();
    assert!(revoked.text().contains(newest.expose()), "the newest pair is the one that is voided");
    assert!(world.stored().is_empty(), "{:?}", world.stored().keys());

    let id = connect(&world, &(app.clone(), memory.clone()));
    let account = world.run(app.tokens().account(&id)).unwrap();
    let tokens = world.run(app.tokens().refresh(&id, Reason::Due)).unwrap();
    let mut order = RefCell::new(Vec::new());
    world.run(join(
        async {
            app.tokens().refresh(&id, Reason::NewerThan(1)).await.unwrap();
            order.borrow_mut().push("refreshed");
        },
        async {
            pause(&memory, SECOND).await;
            app.tokens().save(&account, &tokens).await.unwrap();
            order.borrow_mut().push("signed in");
        },
    ));
    assert_eq!(*order.get_mut(), ["refreshed", "signed in"]);
    let kept = world.run(app.tokens().refresh(&id, Reason::Due)).unwrap();
    assert_eq!(kept.generation, 3, "a new sign-in counts on, so that nobody takes an older token for a newer one");
}

#[test]
fn a_chosen_site_is_seen_at_once_and_by_the_next_worker() {
    let (world, peer) = world(1);
    peer.sites.set(3);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let answer = ask_ok(&world, &worker.0, "popup", "choose_site", json!({"account": id, "site": "site-1"}));
    assert_eq!(answer["site"]["id"], "site-1");
    for step in 0..40 {
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        let site = format!("site-{}", step % 2);
        let request = json!({"command": "choose_site", "args": {"account": id, "site": site}});
        world.run_until_killed(dying.handle(request, page_of("popup")));
        let (next, _) = app(&world);
        let shown = only_account(&world, &next)["site"]["id"].clone();
        let stored = world.run(next.tokens().account(&id)).unwrap().site;
        assert_eq!(shown, json!(stored), "killed at step {step}");
    }
}

#[test]
fn two_choices_at_once_both_end_well() {
    for seed in 0..50 {
        let (world, peer) = world(1);
        peer.sites.set(3);
        let (app, memory) = app(&world);
        let id = connect(&world, &(app.clone(), memory));
        let other = crate::peer::app(&world).0;
        world.take_turns(Some(seed));
        let (one, two) =
            world.run(join(app.tokens().choose_site(&id, "site-1"), other.tokens().choose_site(&id, "site-2")));
        assert!(one.is_ok() && two.is_ok(), "seed {seed}: {one:?} {two:?}");
    }
}

#[test]
fn a_token_that_holds_is_used_although_its_refresh_fails() {
    let (world, peer) = world(1);
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory));
    world.advance(Duration::from_secs(3500));
    *peer.token_fault.borrow_mut() = Some(Reply::Fail(HttpError::Network));
    assert_eq!(world.run(app.tokens().access_token(&id)).unwrap().generation, 1);
    world.advance(Duration::from_secs(200));
    assert!(world.run(app.tokens().access_token(&id)).is_err(), "an ended token is not handed out");
}

#[test]
fn d27_every_start_of_a_worker_looks_after_the_alarm() {
    // CHECKLISTS D27: one that is missing, and one that is too late (its worker died before setting it anew).
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let due = world.edge().alarm();
    world.edge().clear_alarm();
    world.run(app(&world).0.woke());
    assert_eq!(world.edge().alarm(), due);
    let (app, memory) = app(&world);
    let late = due.map(|due| due.after(Duration::from_secs(7200)));
    world.run(chat_for_jira::platform::Alarm::set(memory.alarm(), late)).unwrap();
    world.run(app.woke());
    assert_eq!(world.edge().alarm(), due);
}

#[test]
fn a_sign_in_killed_between_its_two_records_is_not_seen_and_not_kept() {
    for step in 0..300 {
        let (world, _peer) = world(step);
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        memory.messages().connect(1);
        dying.open_port(1, page_of("options"));
        let request = json!({"id": "s", "command": "connect", "args": {"form": form()}});
        let finished = world.run_until_killed(dying.port_message(1, request)).is_some();
        let stored = world.stored();
        let has = |prefix: &str| stored.keys().any(|key| key.starts_with(prefix));
        assert!(has("tokens:") || !has("account:"), "step {step}: an account without tokens");
        let next = app(&world).0;
        world.run(next.startup());
        let stored = world.stored();
        assert!(stored.is_empty() || stored.len() == 2, "step {step}: {:?}", stored.keys());
        if finished {
            return;
        }
    }
    panic!("the sign-in never finished");
}

#[test]
fn nothing_secret_lies_in_the_session_beside_the_tokens_of_accounts() {
    // At every step of a sign-in and of what follows, also where the worker dies.
    for step in (0..80).step_by(3) {
        let (world, peer) = world(step);
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        memory.messages().connect(1);
        dying.open_port(1, page_of("options"));
        let request = json!({"id": "s", "command": "connect", "args": {"form": form()}});
        world.run_until_killed(dying.port_message(1, request));
        for (key, value) in world.session().iter().filter(|(key, _)| !key.starts_with("token:")) {
            for secret in peer.secrets.borrow().iter() {
                assert!(!value.contains(secret.as_str()), "step {step}: session {key} holds {secret}");
            }
        }
    }
}

#[test]
fn only_one_sign_in_window_is_open_at_a_time() {
    let (world, _peer) = world(1);
    world.edge().on_consent(|_, _| None);
    let (app, memory) = app(&world);
    memory.messages().connect(1);
    app.open_port(1, page_of("options"));
    let connect = |id: &str| json!({"id": id, "command": "connect", "args": {"form": form()}});
    world.run(join(app.port_message(1, connect("a")), async {
        pause(&memory, SECOND).await;
        app.port_message(1, connect("b")).await;
        app.port_message(1, json!({"id": "a", "cancel": true})).await;
    }));
    let messages = memory.messages().take(1);
    let of = |id: &str| messages.iter().rfind(|message| message["id"] == id).unwrap().clone();
    assert_eq!((&of("b")["error"]["code"], &of("a")["done"]), (&json!("bad_request"), &json!(null)));
    assert_eq!(world.edge().windows().len(), 1);
}

#[test]
fn an_answer_to_another_sign_in_counts_for_none() {
    // Another worker began a sign-in while this one's window was open: its state is the one that is remembered.
    let (world, peer) = world(1);
    let (app, memory) = app(&world);
    let inner = world.clone();
    world.edge().on_consent(move |url, _| {
        let platform = inner.worker();
        let other = r#"{"state":"another","verifier":"v","redirect_uri":"u","started_at":0}"#;
        inner.run(async { platform.session().set("flow", other).await.unwrap() });
        Some(Ok(peer.consent(url)))
    });
    let messages = stream(&world, &(app, memory), "options", "connect", json!({"form": form()}));
    assert_eq!(end(&messages)["error"]["code"], "sign_in_mismatch", "{messages:?}");
    assert!(world.stored().is_empty());
}

#[test]
fn the_host_a_broker_names_is_asked_for_before_any_code_goes_there() {
    let (world, _peer) = world(1);
    world.edge().grant("https://broker.example.com/*");
    let about = json!({"client_id": "team-app", "provider": "jira_cloud", "scopes": "read:jira-work",
        "authorization_endpoint": "https://auth.atlassian.com/authorize", "token_endpoint": "https://tokens.example.net/t"});
    world.http().queue(Reply::json(200, &about));
    let form = json!({"provider": "jira_cloud", "client": "broker", "broker_url": "broker.example.com"});
    let messages = stream(&world, &app(&world), "options", "connect", json!({"form": form}));
    assert_eq!(end(&messages)["error"]["code"], "permission_needed", "{messages:?}");
    assert_eq!((world.http().requests().len(), world.edge().windows().len()), (1, 0));
}

#[test]
fn a_gateway_s_404_near_the_end_of_a_token_renews_it_and_another_does_not() {
    for (passed, requests) in [(3570, 2), (60, 1)] {
        let (world, peer) = world(1);
        // Without a refresh ahead of the end: the alarm was late, and the refresh that was due is not yet answered well.
        let worker = app(&world);
        let id = connect(&world, &worker);
        let due_at = passed >= 3000;
        if due_at {
            world.advance(Duration::from_secs(3305));
            *peer.token_fault.borrow_mut() = Some(Reply::text(503, ""));
            for _ in 0..4 {
                world.run(worker.0.tokens().access_token(&id)).unwrap();
                world.advance(Duration::from_secs(61));
            }
            *peer.token_fault.borrow_mut() = None;
            world.advance(Duration::from_secs(21));
        } else {
            world.advance(Duration::from_secs(passed));
        }
        world.http().queue(Reply::json(404, &json!({"message": "Not Found"})));
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "MOB-12"}));
        assert_eq!(end(&messages).get("done").is_some(), due_at, "{passed}: {messages:?}");
        let failed_first = if due_at { 4 } else { 0 };
        assert_eq!(peer.token_requests.get(), requests + failed_first, "{passed}");
    }
}

#[test]
fn waits_grow_with_every_failure_in_a_row() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    world.advance(Duration::from_secs(3000));
    *peer.token_fault.borrow_mut() = Some(Reply::Fail(HttpError::Network));
    let (_, requests) = an_hour_of_alarms(&world, &peer);
    // Without growth (15 s at most each time) there would be hundreds.
    assert!((5..60).contains(&requests), "{requests}");
}

#[test]
fn a_page_that_goes_stops_its_question() {
    let (world, peer) = world(1);
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory.clone()));
    slow_server(&world, &peer);
    memory.messages().connect(1);
    app.open_port(1, page_of("panel"));
    let ask = json!({"id": "q", "command": "ask", "args": {"account": id, "text": "bugs in MOB"}});
    world.run(join(app.port_message(1, ask), async {
        pause(&memory, SECOND).await;
        app.close_port(1);
    }));
    assert_eq!(world.http().aborted(), 1);
}

#[test]
fn a_sign_in_whose_worker_died_at_the_end_is_told_to_the_page_that_resumes() {
    let mut told = 0;
    for step in 0..300 {
        let (world, _peer) = world(step);
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        memory.messages().connect(1);
        dying.open_port(1, page_of("options"));
        let request = json!({"id": "s", "command": "connect", "args": {"form": form()}});
        if world.run_until_killed(dying.port_message(1, request)).is_some() {
            assert!(told > 0, "no step of the sign-in was told of");
            return;
        }
        let (next, memory) = app(&world);
        memory.messages().connect(1);
        next.open_port(1, page_of("options"));
        world.run(next.port_message(1, json!({"id": "s", "resume": 0})));
        let messages = memory.messages().take(1);
        let end = end(&messages);
        if end["done"].is_object() {
            told += 1;
            assert_eq!(end["done"]["health"], "fresh", "step {step}");
        } else {
            assert_eq!(end["error"]["code"], "interrupted", "step {step}: {end}");
        }
        assert!(world.edge().windows().len() <= 1, "a sign-in is never run a second time by itself");
    }
    panic!("the sign-in never finished");
}

#[test]
fn an_account_keeps_its_place_and_leaves_nothing_in_memory() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let first = world.run(worker.0.tokens().account(&id)).unwrap().created_at;
    world.advance(60 * SECOND);
    assert_eq!(connect(&world, &worker), id);
    assert_eq!(world.run(worker.0.tokens().account(&id)).unwrap().created_at, first);
    ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": id}));
    assert!(world.run(worker.0.tokens().access_token(&id)).is_err(), "signed out, also for this worker");
}

#[test]
fn a_newer_token_that_has_ended_too_is_renewed() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.run(worker.0.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
    world.advance(Duration::from_secs(4000));
    let renewed = world.run(worker.0.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
    assert_eq!((renewed.generation, peer.token_requests.get()), (3, 3));
}

#[test]
fn many_callers_share_one_failure() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let (app, _) = worker;
    world.advance(Duration::from_secs(4000));
    let busy = Reply::text(503, "").late(2 * SECOND);
    *peer.token_fault.borrow_mut() = Some(busy);
    let before = peer.token_requests.get();
    let answers = world.run(join_all((0..50).map(|_| app.tokens().access_token(&id))));
    assert!(answers.iter().all(Result::is_err));
    assert_eq!(peer.token_requests.get() - before, 1, "who waited while an attempt failed shares its outcome");
    // The next one who asks, later, has an attempt of their own; also where the clock was put back in between.
    *peer.token_fault.borrow_mut() = None;
    world.shift_clock(-60_000);
    assert!(world.run(app.tokens().access_token(&id)).is_ok());
}

#[test]
fn a_refresh_that_changes_nothing_does_not_stay_on_the_screen() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.revoke_all();
    ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    worker.1.messages().connect(3);
    worker.0.open_port(3, page_of("popup"));
    ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    let events = worker.1.messages().take(3);
    let mut changes = events.iter().filter(|message| message["event"]["kind"] == "account");
    let last = changes.next_back().map(|message| message["event"]["account"]["health"].clone());
    assert_eq!(last, Some(json!("reauth_required")), "{} events", events.len());
}

/// Fires the alarm again and again for an hour; how often it fired, and how many token requests that made.
fn an_hour_of_alarms(world: &World, peer: &crate::peer::Peer) -> (u32, u32) {
    let (start, before) = (world.now(), peer.token_requests.get());
    let mut fired = 0;
    while let Some(due) = world.edge().alarm()
        && due.since(start) < Duration::from_secs(3600)
    {
        world.advance(due.since(world.now()));
        world.edge().clear_alarm();
        world.run(app(world).0.alarm());
        fired += 1;
        assert!(fired < 5000, "a busy loop");
    }
    (fired, peer.token_requests.get() - before)
}

#[test]
fn a_full_disk_or_a_lifetime_of_nothing_is_no_busy_loop() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    world.advance(Duration::from_secs(3000));
    world.fail_writes(Some(StoreError::Full));
    let (fired, requests) = an_hour_of_alarms(&world, &peer);
    assert!(fired <= 125 && requests <= 125, "full: {fired} alarms, {requests} requests");
    let (world, peer) = crate::peer::world(1);
    world.http().queue(Reply::json(200, &json!({"access_token": "a", "refresh_token": "r", "expires_in": "0"})));
    let sites = json!([{"id": "s", "name": "S", "url": "https://s.atlassian.net", "scopes": ["read:jira-work"]}]);
    world.http().queue(Reply::json(200, &sites));
    connect(&world, &app(&world));
    let (fired, requests) = an_hour_of_alarms(&world, &peer);
    assert_eq!(requests, 0, "a lifetime of zero says nothing");
    assert!(fired <= 12, "only the regular looks: {fired}");
}

#[test]
fn an_old_picture_never_overwrites_a_new_one() {
    let mut wrong = Vec::new();
    for seed in 0..200 {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        let (app, _) = worker;
        world.restart_browser();
        world.take_turns(Some(seed));
        let overview = app.handle(json!({"command": "overview"}), page_of("panel"));
        let request = json!({"command": "sign_out", "args": {"account": id}});
        world.run(join(overview, app.handle(request, page_of("popup"))));
        world.take_turns(None);
        let next = crate::peer::app(&world).0;
        if ask_ok(&world, &next, "popup", "overview", json!({}))["accounts"] != json!([]) {
            wrong.push(seed);
        }
    }
    assert!(wrong.is_empty(), "seeds {wrong:?}");
}

#[test]
fn a_token_asked_for_during_a_sign_out_is_not_left_behind() {
    let mut wrong = Vec::new();
    for seed in 0..200 {
        let (world, _peer) = world(1);
        let id = connect(&world, &app(&world));
        world.restart_browser();
        world.take_turns(Some(seed));
        let (app, _) = app(&world);
        let request = json!({"command": "sign_out", "args": {"account": id}});
        let _answers = world.run(join(app.tokens().access_token(&id), app.handle(request, page_of("popup"))));
        if world.session().keys().any(|key| key.starts_with("token:")) {
            wrong.push(seed);
        }
    }
    assert!(wrong.is_empty(), "seeds {wrong:?}");
}

#[test]
fn a_token_read_before_a_refresh_does_not_replace_the_new_one() {
    let mut wrong = Vec::new();
    for seed in 0..200 {
        let (world, _peer) = world(1);
        let id = connect(&world, &app(&world));
        world.restart_browser();
        let (app, _) = app(&world);
        world.take_turns(Some(seed));
        let refresh = app.handle(json!({"command": "refresh", "args": {"account": id}}), page_of("popup"));
        let _answers = world.run(join(app.tokens().access_token(&id), refresh));
        world.take_turns(None);
        if world.run(app.tokens().access_token(&id)).unwrap().generation != 2 {
            wrong.push(seed);
        }
    }
    assert!(wrong.is_empty(), "seeds {wrong:?}");
}

#[test]
fn a_lost_key_found_by_two_at_once_is_no_failure() {
    let mut wrong = Vec::new();
    for seed in 0..100 {
        let (world, _peer) = world(1);
        connect(&world, &app(&world));
        world.lose_key();
        world.restart_browser();
        world.take_turns(Some(seed));
        let (app, _) = app(&world);
        let ask = || app.handle(json!({"command": "overview"}), page_of("popup"));
        let (one, (other, ())) = world.run(join(ask(), join(ask(), app.startup())));
        for answer in [one, other] {
            if answer["value"]["problem"]["code"] != "vault_unreadable" {
                wrong.push((seed, answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of 200, first {:?}", wrong.len(), wrong.first());
}

#[test]
fn one_damaged_record_on_a_full_disk_hides_no_other_account() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    connect(&world, &worker);
    let mut damaged = world.stored().into_iter().find(|(key, _)| key.starts_with("account:")).unwrap().1;
    damaged.value = "AAAA".into();
    world.plant("account:another", damaged);
    world.restart_browser();
    world.fail_writes(Some(StoreError::Full));
    let listing = world.run(app(&world).0.tokens().list()).unwrap();
    assert_eq!((listing.pairs.len(), listing.unreadable), (1, true));
}

#[test]
fn nothing_is_left_of_an_account_whose_worker_died_halfway() {
    for step in 0..60 {
        let (world, _peer) = world(step);
        let id = connect(&world, &app(&world));
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        let request = json!({"command": "sign_out", "args": {"account": id}});
        let finished = world.run_until_killed(dying.handle(request, page_of("popup"))).is_some();
        let next = app(&world).0;
        world.run(next.startup());
        let gone = ask_ok(&world, &next, "popup", "overview", json!({}))["accounts"] == json!([]);
        if gone {
            assert!(world.stored().is_empty(), "step {step}: {:?}", world.stored().keys());
            assert!(!world.session().keys().any(|key| key.starts_with("token:")), "step {step}");
        }
        if finished {
            assert!(gone);
            return;
        }
    }
    panic!("the sign-out never finished");
}

#[test]
fn the_alarm_of_a_thousand_accounts_reads_each_a_few_times() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let account = world.run(worker.0.tokens().account(&id)).unwrap();
    let tokens = world.run(worker.0.tokens().refresh(&id, Reason::Due)).unwrap();
    for number in 1..100 {
        let copy = chat_for_jira::tokens::account::Account { id: format!("copy-{number}"), ..account.clone() };
        world.run(worker.0.tokens().save(&copy, &tokens)).unwrap();
    }
    world.advance(Duration::from_secs(3000));
    let (next, memory) = app(&world);
    world.run(next.alarm());
    assert_eq!(peer.token_requests.get(), 101);
    assert!(memory.calls() < 100 * 60, "{} port calls for 100 accounts", memory.calls());
}

#[test]
fn what_a_server_says_is_cut_cleaned_and_without_our_secrets() {
    let said: Rc<RefCell<Vec<String>>> = Rc::default();
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let server = Rc::clone(&peer);
    let echo = |request: &chat_for_jira::platform::HttpRequest| {
        let body = request.text();
        let words = format!("<b>\u{1b}[31m\u{202e}\n{body}{}", "long ".repeat(200_000));
        Reply::json(400, &json!({"error": "invalid_request", "error_description": words}))
    };
    world
        .http()
        .on(move |request| if request.url.ends_with("/oauth/token") { echo(request) } else { server.answer(request) });
    let messages = [
        ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id})),
        end(&stream(&world, &worker, "options", "connect", json!({"form": form()})))["error"].clone(),
    ];
    for error in messages {
        said.borrow_mut().push(error["message"].as_str().unwrap().to_owned());
    }
    for message in said.borrow().iter() {
        assert!(message.chars().count() < 700, "{} characters", message.chars().count());
        assert!(!message.contains(|c: char| c.is_control() || c == '\u{202e}'), "{message:?}");
        for secret in peer.secrets.borrow().iter() {
            assert!(!message.contains(secret.as_str()), "{secret} in {message}");
        }
        assert!(!message.contains(CLIENT_SECRET));
    }
}

#[test]
fn a_refusal_in_the_callback_is_cut_and_cleaned() {
    let (world, _peer) = world(1);
    world.edge().on_consent(|url, _| {
        let query = url.split_once('?').unwrap().1;
        let state = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state").unwrap().1;
        let words = "%00%0A%E2%80%AEwords+".repeat(20_000);
        Some(Ok(format!(
            "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth?error=x&error_description={words}&state={state}"
        )))
    });
    let messages = stream(&world, &app(&world), "options", "connect", json!({"form": form()}));
    let message = end(&messages)["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.chars().count() < 700, "{}", message.len());
    assert!(!message.contains(|c: char| c.is_control() || c == '\u{202e}'));
}

/// The form of a server whose endpoints are typed in.
fn typed(authorization: &str, token: &str) -> Value {
    json!({"provider": "other", "client": "public", "client_id": "app", "authorization_endpoint": authorization,
        "token_endpoint": token, "scopes": "openid"})
}

#[test]
fn endpoints_typed_without_a_scheme_work_as_the_form_says_they_do() {
    let (world, _peer) = world(1);
    world.edge().grant("https://login.example.com/*");
    let worker = app(&world);
    let form = typed("login.example.com/authorize", "login.example.com/token");
    let check = ask_ok(&world, &worker.0, "options", "check_form", json!({"form": form}));
    assert_eq!(check["problems"], json!([]));
    world.http().queue(Reply::json(200, &json!({"access_token": "a", "expires_in": 600})));
    let messages = stream(&world, &worker, "options", "connect", json!({"form": form}));
    assert!(end(&messages)["done"].is_object(), "{messages:?}");
    assert_eq!(world.http().requests()[0].url, "https://login.example.com/token");
}

#[test]
fn no_token_goes_to_a_host_the_person_did_not_allow() {
    let (world, _peer) = world(1);
    world.edge().grant("https://login.example.com/*");
    let about = json!({"issuer": "https://login.example.com", "authorization_endpoint": "https://login.example.com/a",
        "token_endpoint": "https://login.example.com/t", "userinfo_endpoint": "https://elsewhere.example.net/me",
        "revocation_endpoint": "https://third.example.org/revoke"});
    world.http().queue(Reply::json(200, &about));
    let form = json!({"provider": "other", "client": "public", "client_id": "app", "issuer": "login.example.com"});
    let messages = stream(&world, &app(&world), "options", "connect", json!({"form": form}));
    let error = &end(&messages)["error"];
    assert_eq!(error["code"], "permission_needed", "{messages:?}");
    let origins = error["action"]["origins"].to_string();
    assert!(origins.contains("elsewhere.example.net") && origins.contains("third.example.org"), "{origins}");
}

#[test]
fn a_person_who_cannot_be_learnt_for_a_moment_is_no_second_account() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let server = Rc::clone(&peer);
    world.http().on(move |request| {
        let about_person = request.url.ends_with("/me") || request.url.ends_with("/myself");
        if about_person { Reply::Fail(HttpError::Network) } else { server.answer(request) }
    });
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert!(end(&messages).get("error").is_some_and(|error| error["code"] == "offline"), "{messages:?}");
    assert_eq!(only_account(&world, &worker.0)["id"], json!(id));
}

#[test]
fn an_empty_page_that_is_not_the_last_is_not_called_empty() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.http().queue(Reply::json(200, &json!({"issues": [], "nextPageToken": "later"})));
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "my open issues"}));
    assert!(!messages.iter().any(|message| message["item"]["kind"] == "empty"), "{messages:?}");
    assert!(end(&messages)["done"]["more"].is_string(), "{messages:?}");
}

#[test]
fn a_flood_of_words_is_answered_in_a_few() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let letters = || 'A'..='Z';
    let keys: Vec<String> =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}")))).collect();
    for text in [
        keys.join(" "),
        "x".repeat(100_000),
        "(".repeat(100_000),
        "in ".repeat(30_000),
        "\u{0}\u{202e}é ".repeat(20_000),
    ] {
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": text}));
        let size: usize = messages.iter().map(|message| message.to_string().len()).sum();
        assert!(size < 500_000, "{size} bytes of answer to {}…", text.chars().take(10).collect::<String>());
    }
}

#[test]
fn odd_messages_over_a_port_are_refused_or_dropped_and_never_break() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let (app, memory) = worker;
    memory.messages().connect(1);
    let ask = |id: Value| json!({"id": id, "command": "ask", "args": {"account": "a", "text": "my open issues"}});
    // Before the page has opened its connection nothing is done.
    world.run(app.port_message(1, ask(json!("early"))));
    assert!(memory.messages().take(1).is_empty());
    app.open_port(1, page_of("panel"));
    for message in
        [json!(null), json!([]), json!("x"), json!({}), ask(json!(7)), ask(json!(null)), ask(json!({"a": 1}))]
    {
        world.run(app.port_message(1, message.clone()));
        assert!(memory.messages().take(1).is_empty(), "{message}");
    }
    let odd = [
        json!({"id": "a"}),
        json!({"id": "a", "command": "__proto__"}),
        json!({"id": "a", "command": "constructor", "args": {"__proto__": {}}}),
        json!({"id": "a", "command": "ask", "args": []}),
        json!({"id": "a", "command": "ask", "args": {"account": 7, "text": {}}}),
        json!({"id": "a", "command": "connect", "args": {"form": form()}}),
        json!({"id": "a", "command": ["ask"], "args": {"account": id, "text": "x"}}),
        json!({"id": "a", "command": "more", "args": {"account": id, "more": "{\"jql\":7}"}}),
        json!({"id": "a", "resume": 0}),
        json!({"id": "__proto__", "resume": 3}),
        json!({"id": "a", "resume": -1, "command": "nothing"}),
    ];
    for message in odd {
        world.run(app.port_message(1, message.clone()));
        let answers = memory.messages().take(1);
        assert!(answers.len() == 1 && answers[0]["error"].is_object(), "{message}: {answers:?}");
    }
    world.run(app.port_message(1, json!({"id": "never", "cancel": true})));
    assert!(memory.messages().take(1).is_empty());
    assert!(!world.session().keys().any(|key| key.starts_with("stream:")), "{:?}", world.session().keys());
}

#[test]
fn two_pages_with_the_same_request_id_get_their_own_answers() {
    for seed in 0..20 {
        let (world, _peer) = world(1);
        let worker = app(&world);
        let id = connect(&world, &worker);
        let (app, memory) = worker;
        for port in [1, 2] {
            memory.messages().connect(port);
            app.open_port(port, page_of("panel"));
        }
        world.take_turns(Some(seed));
        let ask = |text: &str| json!({"id": "q", "command": "ask", "args": {"account": id, "text": text}});
        world.run(join(app.port_message(1, ask("bugs in MOB")), app.port_message(2, ask("MOB-12"))));
        let kinds = |port| {
            let messages = memory.messages().take(port);
            let items = messages.iter().filter(|message| message.get("item").is_some());
            items.map(|message| message["item"]["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(1), ["understood", "issues", "count"], "seed {seed}");
        assert_eq!(kinds(2), ["issue"], "seed {seed}");
    }
}

#[test]
fn a_form_of_the_store_build_cannot_leave_atlassian_or_https() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let cloud = |simulator: &str| json!({"provider": "jira_cloud", "client": "own_app", "client_id": "a", "client_secret": "s", "simulator": simulator});
    let hostile = [
        cloud("http://127.0.0.1:8080"),
        cloud("https://evil.example.com"),
        typed("javascript://x/%0aalert(1)", "https://a.example.com/t"),
        typed("https://a.example.com/a", "http://a.example.com/t"),
        typed("https://a.example.com/a", "http://localhost/t"),
        typed("https://me:pw@a.example.com/a", "https://a.example.com/t"),
        typed("https:a.example.com", "https://a.example.com/t"),
    ];
    for form in hostile {
        let messages = stream(&world, &worker, "options", "connect", json!({"form": form}));
        assert_eq!(end(&messages)["error"]["code"], "invalid_configuration", "{form}: {messages:?}");
    }
    assert!(world.http().requests().is_empty() && world.edge().windows().is_empty());
}
