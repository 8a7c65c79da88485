//! The manager's calls: tokens without tokens, figures, history, settings, and what the person is told.

use crate::peer::{CLIENT_SECRET, app, ask_error, ask_ok, connect, end, form, only_account, page_of, stream, world};
use chat_for_jira::platform::memory::{Reply, World};
use chat_for_jira::platform::{HttpError, Timestamp};
use serde_json::{Value, json};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const MINUTE: Duration = Duration::from_secs(60);

fn details(world: &World, id: &str) -> Value {
    ask_ok(world, &app(world).0, "dashboard", "account_details", json!({"account": id}))
}

fn kinds(history: &Value) -> Vec<&str> {
    history.as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect()
}

/// Lets so much time pass with alarms firing as they should, each in a worker of its own.
fn live(world: &World, span: Duration) {
    let end = world.now().after(span);
    while let Some(due) = world.edge().alarm().filter(|due| *due <= end) {
        world.advance(due.since(world.now()));
        world.edge().clear_alarm();
        world.run(app(world).0.alarm());
    }
    world.advance(end.since(world.now()));
}

#[test]
fn a_token_is_told_of_without_the_token() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.advance(MINUTE);
    let info = ask_ok(&world, &worker.0, "panel", "get_token", json!({"account": id}));
    assert_eq!((&info["health"], &info["token_type"]), (&json!("fresh"), &json!("Bearer")));
    assert_eq!((&info["remaining_ms"], &info["generation"]), (&json!(59 * 60_000), &json!(1)));
    assert_eq!((&info["has_refresh_token"], &info["refreshes"]), (&json!(true), &json!(0)));
    assert_eq!(peer.token_requests.get(), 1, "what holds is not renewed");
    let info = ask_ok(&world, &worker.0, "popup", "get_token", json!({"account": id, "force_refresh": true}));
    assert_eq!((&info["generation"], &info["refreshes"]), (&json!(2), &json!(1)));
    assert_eq!(info["remaining_ms"], json!(60 * 60_000));
    assert_eq!(peer.token_requests.get(), 2);
    for secret in peer.secrets.borrow().iter() {
        assert!(!info.to_string().contains(secret.as_str()), "no secret in what pages are told");
    }
    let error = ask_error(&world, &worker.0, "popup", "get_token", json!({"account": "nobody"}));
    assert_eq!(error["code"], "not_found");
}

#[test]
fn an_ended_token_is_renewed_by_whoever_asks_for_it() {
    let (world, _peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(Duration::from_secs(3 * 3600));
    let info = ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    assert_eq!(info["health"], "fresh");
}

#[test]
fn history_and_figures_tell_what_happened() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    live(&world, 50 * MINUTE);
    *peer.token_fault.borrow_mut() = Some(Reply::Fail(HttpError::Network));
    live(&world, 55 * MINUTE);
    *peer.token_fault.borrow_mut() = Some(Reply::text(429, "").header("retry-after", "60"));
    live(&world, 15 * MINUTE);
    *peer.token_fault.borrow_mut() = None;
    live(&world, 20 * MINUTE);
    let found = details(&world, &id);
    let mut told = kinds(&found["history"]);
    told.reverse();
    assert_eq!(told[..3], ["acquired", "refreshed", "rotated"]);
    assert_eq!(told[3..5], ["refresh_failed", "retry_scheduled"]);
    assert_eq!(told[told.len() - 2..], ["refreshed", "rotated"]);
    let figures = &found["statistics"];
    assert_eq!(figures["refreshes"], 2);
    let failures = figures["failures"].as_array().unwrap();
    let count = |kind: &str| {
        failures.iter().find(|failure| failure["kind"] == kind).map_or(0, |failure| failure["count"].as_u64().unwrap())
    };
    assert!(count("network") >= 4 && count("busy") >= 2, "{failures:?}");
    assert_eq!(found["token"]["refresh_failures"], json!(count("network") + count("busy")));
    let rate = figures["success_rate"].as_f64().unwrap();
    assert!(rate > 0.0 && rate < 0.5, "{rate}");
    let share = figures["valid_share"].as_f64().unwrap();
    assert!(share > 0.85 && share < 1.0, "some minutes without a token: {share}");
    assert!(figures["longest_gap_ms"].as_i64().unwrap() > 0);
    assert_eq!(figures["days"].as_array().unwrap().len(), 30);
    assert!(found["history"].as_array().unwrap().iter().all(|line| line["account"] == json!(id)));
}

#[test]
fn without_anything_to_renew_it_with_the_end_is_told_once_and_the_person_called_once() {
    let (world, peer) = world(1);
    peer.refresh_tokens.set(false);
    let id = connect(&world, &app(&world));
    live(&world, Duration::from_secs(3 * 3600));
    let found = details(&world, &id);
    assert_eq!(kinds(&found["history"]), ["reauth_required", "expired", "expiring", "acquired"]);
    assert_eq!(found["token"]["refresh_failures"], 1, "{}", found["statistics"]);
    assert_eq!(world.extras().notifications().len(), 1);
    let (called, title, text) = world.extras().notifications().remove(0);
    // Names of texts, so nothing personal can be in them.
    assert_eq!((called.as_str(), title.as_str(), text.as_str()), (id.as_str(), "extension_name", "notified_help"));
    assert_eq!(world.edge().badge().0, "!");
    // Declining changes nothing; saying yes gives the same account back, with its history.
    world.edge().on_consent(|_, _| Some(Err(chat_for_jira::platform::ConsentError::Closed)));
    let worker = app(&world);
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert_eq!(end(&messages)["error"]["code"], "consent_closed");
    assert_eq!(only_account(&world, &worker.0)["health"], "reauth_required");
    let person = peer.clone();
    world.edge().on_consent(move |url, _| Some(Ok(person.consent(url))));
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert_eq!(end(&messages)["done"]["id"], json!(id));
    assert_eq!(kinds(&details(&world, &id)["history"])[..2], ["acquired", "reauth_required"]);
    assert!(world.extras().notifications().is_empty(), "nobody is called any more");
}

#[test]
fn who_says_later_is_called_once_more_and_only_if_it_is_still_needed() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    peer.revoke_all();
    live(&world, Duration::from_secs(2 * 3600));
    let notified = || world.extras().notifications().len();
    assert_eq!(notified(), 1);
    let later = |account: &str| {
        let sender = chat_for_jira::command::Sender {
            around: chat_for_jira::command::Page::around("notification"),
            ..Default::default()
        };
        let request = json!({"command": "remind_later", "args": {"account": account}});
        world.run(app(&world).0.handle(request, sender))
    };
    assert_eq!(later(&id)["ok"], true);
    assert_eq!(later("nobody")["error"]["code"], "not_found");
    world.extras().dismiss(&id);
    live(&world, Duration::from_secs(3 * 3600));
    assert_eq!(notified(), 0, "not before the time");
    live(&world, Duration::from_secs(2 * 3600));
    assert_eq!(notified(), 1);
    world.extras().dismiss(&id);
    live(&world, Duration::from_secs(12 * 3600));
    assert_eq!(notified(), 0, "once more, and no oftener");
    // Signed in again meanwhile: nobody is called.
    later(&id);
    let person = peer.clone();
    world.edge().on_consent(move |url, _| Some(Ok(person.consent(url))));
    stream(&world, &app(&world), "popup", "reconnect", json!({"account": id}));
    live(&world, Duration::from_secs(6 * 3600));
    assert_eq!(notified(), 0);
}

#[test]
fn d46_nobody_is_called_who_does_not_want_it() {
    let (world, peer) = world(1);
    let worker = app(&world);
    connect(&world, &worker);
    let change = json!({"change": {"notifications": false}});
    let settings = ask_ok(&world, &worker.0, "options", "change_settings", change);
    assert_eq!(settings["settings"]["notifications"], false);
    peer.revoke_all();
    live(&world, Duration::from_secs(3600));
    assert_eq!(only_account(&world, &app(&world).0)["health"], "reauth_required");
    assert!(world.extras().notifications().is_empty());
    assert_eq!(world.edge().badge().0, "!", "the badge says it all the same");
}

#[test]
fn settings_are_kept_checked_and_followed() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let wrong = json!({"change": {"threshold_minutes": 0}});
    let error = ask_error(&world, &worker.0, "options", "change_settings", wrong);
    assert_eq!(
        (&error["code"], &error["action"]["field"]),
        (&json!("invalid_configuration"), &json!("threshold_minutes"))
    );
    let shown = ask_ok(&world, &worker.0, "options", "settings", json!({}));
    let names: Vec<&String> = shown["settings"].as_object().unwrap().keys().collect();
    let known =
        ["auto_lock_minutes", "check_interval_minutes", "notifications", "read_only", "retries", "threshold_minutes"];
    assert_eq!(names, known, "what pages have a field for, and nothing else");
    let change = json!({"change": {"threshold_minutes": 15, "check_interval_minutes": 30, "retries": 0}});
    ask_ok(&world, &worker.0, "options", "change_settings", change);
    let start = world.now();
    let account = only_account(&world, &app(&world).0);
    assert_eq!(account["next_refresh_at"], json!(start.after(43 * MINUTE).0), "15 minutes and 2 before the end");
    assert_eq!(world.edge().alarm(), Some(start.after(30 * MINUTE)), "the longest time between two looks");
    *peer.token_fault.borrow_mut() = Some(Reply::Fail(HttpError::Network));
    live(&world, 59 * MINUTE);
    assert_eq!(peer.token_requests.get(), 2, "no retries before the next look");
    // One account alone.
    *peer.token_fault.borrow_mut() = None;
    ask_ok(&world, &app(&world).0, "popup", "refresh", json!({"account": id}));
    let args = json!({"account": id, "label": " Work  account ", "threshold_minutes": 5});
    let account = ask_ok(&world, &app(&world).0, "dashboard", "set_account", args);
    assert_eq!(account["label"], "Work account");
    assert_eq!(account["next_refresh_at"], json!(world.now().after(53 * MINUTE).0));
    let error = ask_error(
        &world,
        &app(&world).0,
        "popup",
        "set_account",
        json!({"account": id, "label": null, "threshold_minutes": 0}),
    );
    assert_eq!(error["code"], "invalid_configuration");
}

#[test]
fn a_threshold_is_never_more_than_a_third_of_the_lifetime() {
    for (lifetime, expected) in [(60, 30), (300, 150), (600, 300), (3600, 2880), (7200, 6480)] {
        let (world, peer) = world(1);
        peer.lifetime.set(lifetime);
        connect(&world, &app(&world));
        let account = only_account(&world, &app(&world).0);
        let due = Timestamp(account["next_refresh_at"].as_i64().unwrap());
        assert_eq!(due.since(world.now()).as_secs(), expected, "a lifetime of {lifetime} s");
    }
}

#[test]
fn a_name_given_by_the_person_survives_a_refresh_at_the_same_moment_and_a_new_sign_in() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    for seed in 0..30 {
        world.take_turns(Some(seed));
        let rename = json!({"command": "set_account", "args": {"account": id, "label": format!("n{seed}"), "threshold_minutes": null}});
        let refresh = json!({"command": "refresh", "args": {"account": id}});
        let both = futures_util::future::join(
            worker.0.handle(rename, page_of("popup")),
            worker.0.handle(refresh, page_of("popup")),
        );
        let (renamed, refreshed) = world.run(both);
        assert_eq!((&renamed["ok"], &refreshed["ok"]), (&json!(true), &json!(true)), "{seed}");
        world.take_turns(None);
        let account = only_account(&world, &app(&world).0);
        assert_eq!(account["label"], json!(format!("n{seed}")));
    }
    assert_eq!(peer.unused_refresh_tokens(), 1, "no old token came back");
    let info = ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id, "force_refresh": true}));
    assert_eq!(info["generation"], 32);
    connect(&world, &worker);
    assert_eq!(only_account(&world, &app(&world).0)["label"], "n29");
}

#[test]
fn all_are_refreshed_together_and_cleared_one_by_one_or_together() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let first = connect(&world, &worker);
    let mut other = form();
    other["client_id"] = json!("another-app");
    let messages = stream(&world, &worker, "options", "connect", json!({"form": other}));
    let second = end(&messages)["done"]["id"].as_str().unwrap().to_owned();
    assert_ne!(first, second, "another app is another account");
    let before = peer.token_requests.get();
    let overview = ask_ok(&world, &worker.0, "dashboard", "refresh_all", json!({}));
    assert_eq!(peer.token_requests.get(), before + 2);
    assert!(overview["accounts"].as_array().unwrap().iter().all(|account| account["health"] == "fresh"));
    let overview = ask_ok(&world, &worker.0, "options", "clear_tokens", json!({"account": first}));
    let healths = |overview: &Value| -> Vec<String> {
        overview["accounts"].as_array().unwrap().iter().map(|account| account["health"].to_string()).collect()
    };
    assert_eq!(healths(&overview), ["\"signed_out\"", "\"fresh\""]);
    let error = ask_error(&world, &worker.0, "popup", "get_token", json!({"account": first}));
    assert_eq!((&error["code"], &error["action"]["kind"]), (&json!("reauth_required"), &json!("sign_in")));
    let overview = ask_ok(&world, &worker.0, "options", "clear_tokens", json!({"account": null}));
    assert_eq!(healths(&overview), ["\"signed_out\"", "\"signed_out\""]);
    assert!(!world.session().keys().any(|key| key.starts_with("token:")), "also in memory");
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": first}));
    assert_eq!(end(&messages)["done"]["health"], "fresh", "one click brings it back");
    assert_eq!(end(&messages)["done"]["id"], json!(first));
}

#[test]
fn a_watch_that_was_stopped_stays_stopped_until_it_is_started() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let overview = ask_ok(&world, &worker.0, "dashboard", "monitor", json!({"running": false}));
    assert_eq!((&overview["status"]["running"], &overview["status"]["alarm_set"]), (&json!(false), &json!(false)));
    assert_eq!(world.edge().alarm(), None);
    world.advance(Duration::from_secs(2 * 3600));
    world.restart_browser();
    world.run(app(&world).0.startup());
    world.run(app(&world).0.woke());
    assert_eq!((peer.token_requests.get(), world.edge().alarm()), (1, None));
    let info = ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    assert_eq!(info["health"], "fresh", "whoever asks still gets one");
    let overview = ask_ok(&world, &app(&world).0, "dashboard", "monitor", json!({"running": true}));
    assert_eq!((&overview["status"]["running"], &overview["status"]["alarm_set"]), (&json!(true), &json!(true)));
    let status = only_status(&world);
    assert_eq!(status["next_check_at"], json!(world.edge().alarm().unwrap().0));
    assert!(status["last_check_at"].is_number());
}

fn only_status(world: &World) -> Value {
    ask_ok(world, &app(world).0, "popup", "overview", json!({}))["status"].clone()
}

#[test]
fn d18_diagnostics_name_nobody_and_hold_no_secret() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    // A server that quotes what it was sent, and names the person.
    let echo =
        json!({"error": "invalid_client", "error_description": format!("mia@example.com, secret {CLIENT_SECRET}")});
    *peer.token_fault.borrow_mut() = Some(Reply::json(401, &echo));
    ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    let told = ask_ok(&world, &worker.0, "options", "diagnostics", json!({}));
    let text = told.to_string();
    for secret in
        peer.secrets.borrow().iter().map(String::as_str).chain(["Mia", "mia", "example.com", &id, "site-0", "Site 0"])
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let account = &told["accounts"][0];
    assert_eq!((&account["number"], &account["provider"]), (&json!(1), &json!("jira_cloud")));
    assert_eq!(account["token"]["health"], "misconfigured");
    assert_eq!(account["trouble"], json!(["misconfigured", 1]));
    assert!(account["history"].as_array().unwrap().len() >= 3 && account["statistics"]["refreshes"].is_number());
    assert!(told["settings"]["settings"]["retries"].is_number() && told["status"]["running"].is_boolean());
}

#[test]
fn a_connection_is_tried_step_by_step() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let test = ask_ok(&world, &worker.0, "popup", "test_connection", json!({"account": id}));
    assert_eq!(test["ok"], true);
    let steps: Vec<_> = test["steps"].as_array().unwrap().iter().map(|step| step["step"].clone()).collect();
    assert_eq!(steps, ["token", "site", "person", "projects", "issues"]);
    assert_eq!((&test["steps"][3]["found"], &test["steps"][3]["items"]), (&json!("12"), &json!(["MOB Mobile"])));
    assert_eq!(test["steps"][4]["items"], json!(["MOB-1 Issue 1", "MOB-2 Issue 2"]));
    assert_eq!((&test["steps"][1]["found"], &test["steps"][2]["found"]), (&json!("Site 0"), &json!("Mia Stone")));
    peer.expire_access_tokens();
    let test = ask_ok(&world, &worker.0, "popup", "test_connection", json!({"account": id}));
    assert_eq!((&test["ok"], test["steps"].as_array().unwrap().len()), (&json!(false), 2), "{test}");
    peer.revoke_all();
    world.advance(Duration::from_secs(3600));
    let test = ask_ok(&world, &worker.0, "popup", "test_connection", json!({"account": id}));
    assert_eq!(test["steps"][0]["problem"]["code"], "reauth_required");
}

#[test]
fn what_is_stored_is_counted_by_kind_and_deleted_by_kind() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let of =
        |all: &Value, kind: &str| all.as_array().unwrap().iter().find(|each| each["kind"] == kind).unwrap().clone();
    let all = ask_ok(&world, &worker.0, "options", "stored", json!({}));
    for (kind, can_delete) in [("accounts", false), ("history", true)] {
        let found = of(&all, kind);
        assert!(found["records"].as_u64().unwrap() > 0 && found["bytes"].as_u64().unwrap() > 100, "{found}");
        assert_eq!(found["can_delete"], can_delete);
    }
    assert_eq!(of(&all, "conversations")["records"], 0);
    let left = ask_ok(&world, &worker.0, "options", "delete_stored", json!({"kind": "history"}));
    assert_eq!(of(&left, "history")["records"], 0);
    assert_eq!(details(&world, &id)["history"], json!([]));
    assert_eq!(of(&left, "accounts"), of(&all, "accounts"), "nothing else went");
    let error = ask_error(&world, &worker.0, "options", "delete_stored", json!({"kind": "accounts"}));
    assert_eq!(error["code"], "refused");
    let error = ask_error(&world, &worker.0, "popup", "stored", json!({}));
    assert_eq!(error["code"], "forbidden");
}

#[test]
fn d13_a_sign_in_that_ends_of_disuse_is_counted_down_and_warned_of() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    let account = only_account(&world, &app(&world).0);
    let end = world.now().after(90 * 24 * 60 * MINUTE);
    assert_eq!(account["session_ends_at"], json!(end.0));
    *peer.token_fault.borrow_mut() = Some(Reply::Fail(HttpError::Network));
    world.advance(84 * 24 * 60 * MINUTE);
    world.run(app(&world).0.startup());
    world.run(app(&world).0.alarm());
    let found = details(&world, &id);
    let warnings = kinds(&found["history"]).into_iter().filter(|kind| *kind == "inactivity_near").count();
    assert_eq!(warnings, 1, "{}", found["history"]);
    *peer.token_fault.borrow_mut() = None;
    ask_ok(&world, &app(&world).0, "popup", "refresh", json!({"account": id}));
    let moved = only_account(&world, &app(&world).0)["session_ends_at"].as_i64().unwrap();
    assert!(moved > end.0 + 80 * 86_400_000, "each use starts it anew");
}

#[test]
fn it_locks_after_the_time_without_use_that_the_person_chose() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    ask_ok(&world, &worker.0, "options", "set_passphrase", json!({"old": null, "new": "correct horse"}));
    ask_ok(&world, &worker.0, "options", "change_settings", json!({"change": {"auto_lock_minutes": 20}}));
    live(&world, 15 * MINUTE);
    ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    live(&world, 15 * MINUTE);
    ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    live(&world, 26 * MINUTE);
    let error = ask_error(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
    assert_eq!((&error["code"], &error["action"]["kind"]), (&json!("locked"), &json!("unlock")));
    let error = ask_error(&world, &app(&world).0, "dashboard", "account_details", json!({"account": id}));
    assert_eq!(error["code"], "locked", "not that there is no such account");
    let error = ask_error(&world, &app(&world).0, "popup", "test_connection", json!({"account": id}));
    assert_eq!(error["code"], "locked", "nor here");
    live(&world, Duration::from_secs(3 * 3600));
    assert_eq!(peer.token_requests.get(), 2, "while locked nothing is refreshed");
    ask_ok(&world, &app(&world).0, "popup", "unlock", json!({"passphrase": "correct horse"}));
    assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh", "unlocking catches up");
}
