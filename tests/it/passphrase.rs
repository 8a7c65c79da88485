//! A passphrase: nothing works without it, nothing is lost with it, whatever happens while it is set, changed or removed.

use crate::peer::{Peer, app, ask_error, ask_ok, connect, end, only_account, page_of, stream, world};
use crate::vault::values;
use chat_for_jira::app::App;
use chat_for_jira::error::Code;
use chat_for_jira::platform::memory::{Memory, World};
use chat_for_jira::platform::{Clock as _, HeaderRule, Platform as _, Rules as _, StoreError};
use chat_for_jira::secret::Secret;
use chat_for_jira::tokens::refresh::Reason;
use chat_for_jira::tokens::vault::LockState;
use futures_util::future::{join, join3};
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ALL: u64 = 600;
const PASSPHRASE: &str = "correct horse";
const OTHER: &str = "battery staple";

/// A world with one account and, if asked for, a passphrase.
fn prepared(passphrase: bool) -> (World, Rc<Peer>, String) {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    if passphrase {
        set(&world, &worker.0, None, PASSPHRASE);
    }
    (world, peer, id)
}

fn set(world: &World, app: &App<Memory>, old: Option<&str>, new: &str) -> Value {
    ask_ok(world, app, "options", "set_passphrase", json!({"old": old, "new": new}))
}

/// The browser is closed and opened again.
fn restarted(world: &World) -> App<Memory> {
    world.restart_browser();
    let app = app(world).0;
    world.run(app.startup());
    app
}

fn unlock(world: &World, app: &App<Memory>, passphrase: &str) -> Value {
    ask_ok(world, app, "popup", "unlock", json!({"passphrase": passphrase}))
}

fn request(command: &str, args: Value) -> Value {
    json!({"command": command, "args": args})
}

/// Whether every sealed record is under this key.
fn all_under(world: &World, name: &str) -> bool {
    let begin = format!("3.{name}.");
    values(world)
        .iter()
        .filter(|(key, _)| *key != "passphrase" && *key != "settings")
        .all(|(_, value)| value.starts_with(&begin))
}

#[test]
fn with_a_passphrase_everything_is_sealed_under_it_and_works_as_before() {
    let (world, peer, id) = prepared(false);
    let app = app(&world).0;
    let seen = set(&world, &app, None, PASSPHRASE);
    assert_eq!((&seen["lock"], &seen["problem"]), (&json!("unlocked"), &json!(null)));
    assert!(all_under(&world, "p"), "{:?}", values(&world));
    world.run(app.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
    assert!(all_under(&world, "p"));
    assert_eq!(only_account(&world, &app)["health"], "fresh");
    let kept: Value = serde_json::from_str(&values(&world)["passphrase"]).unwrap();
    assert!(kept["passphrase"]["rounds"].as_u64().unwrap() >= 600_000);
    let everything = format!("{:?} {:?} {:?}", world.stored(), world.session(), world.archived());
    assert!(!everything.contains(PASSPHRASE));
    assert!(peer.secrets.borrow().iter().all(|secret| !format!("{:?}", world.stored()).contains(secret.as_str())));
}

#[test]
fn while_locked_nothing_is_read_refreshed_or_set_aside() {
    let (world, peer, id) = prepared(true);
    let before = values(&world);
    world.advance(Duration::from_secs(3500));
    let app = restarted(&world);
    let asked = peer.token_requests.get();
    let seen = ask_ok(&world, &app, "popup", "overview", json!({}));
    assert_eq!((&seen["lock"], &seen["accounts"]), (&json!("locked"), &json!([])));
    assert_eq!((&seen["problem"]["code"], &seen["problem"]["action"]["kind"]), (&json!("locked"), &json!("unlock")));
    world.run(app.alarm());
    world.run(app.woke());
    assert_eq!(ask_error(&world, &app, "popup", "refresh", json!({"account": id}))["code"], "locked");
    assert_eq!(ask_error(&world, &app, "popup", "sign_out", json!({"account": id}))["code"], "locked");
    assert_eq!(world.run(app.tokens().access_token(&id)).unwrap_err().code, Code::Locked);
    let worker = crate::peer::app(&world);
    let messages = stream(&world, &worker, "options", "connect", json!({"form": crate::peer::form()}));
    assert_eq!(end(&messages)["error"]["code"], "locked", "{messages:?}");
    assert_eq!(values(&world), before);
    assert!(peer.token_requests.get() <= asked + 1, "only the new sign-in asked the server");

    assert_eq!(ask_error(&world, &app, "popup", "unlock", json!({"passphrase": OTHER}))["code"], "wrong_passphrase");
    assert_eq!(values(&world), before);
    let seen = unlock(&world, &app, PASSPHRASE);
    assert_eq!(
        (&seen["lock"], &seen["problem"], &seen["accounts"][0]["health"]),
        (&json!("unlocked"), &json!(null), &json!("fresh"))
    );
    assert!(world.edge().alarm().is_some(), "what was due is done, and the next is planned");
    assert_eq!(world.run(app.tokens().access_token(&id)).unwrap().generation, 2);
}

#[test]
fn unlocked_outlives_the_worker_and_not_the_browser() {
    let (world, _peer, id) = prepared(true);
    assert!(world.run(app(&world).0.tokens().access_token(&id)).is_ok());
    assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh");
    assert_eq!(world.run(restarted(&world).tokens().lock_state()).unwrap(), LockState::Locked);
}

#[test]
fn locking_takes_every_token_out_of_memory_and_shows_it() {
    let (world, peer, id) = prepared(true);
    let worker = app(&world);
    world.run(worker.0.tokens().access_token(&id)).unwrap();
    worker.1.messages().connect(3);
    worker.0.open_port(3, page_of("popup"));
    let seen = ask_ok(&world, &worker.0, "popup", "lock", json!({}));
    assert_eq!((&seen["lock"], &seen["accounts"][0]["health"]), (&json!("locked"), &json!("locked")));
    let told = worker.1.messages().take(3);
    assert_eq!(told.last().unwrap()["event"]["overview"]["lock"], "locked");
    let session = format!("{:?}", world.session());
    assert!(peer.secrets.borrow().iter().all(|secret| !session.contains(secret.as_str())), "{session}");
    assert_eq!(world.run(worker.0.tokens().access_token(&id)).unwrap_err().code, Code::Locked);
    assert_eq!(
        ask_ok(&world, &app(&world).0, "popup", "overview", json!({}))["lock"],
        "locked",
        "also for the next worker"
    );
    assert!(world.edge().badge().1.contains("locked"), "the button says it");
    assert_eq!(unlock(&world, &worker.0, PASSPHRASE)["accounts"][0]["health"], "fresh");
    assert_eq!(world.edge().badge().1, "extension_name");
}

#[test]
fn locking_waits_for_the_answer_that_holds_the_only_copy_of_a_token() {
    for seed in 0..20 {
        let (world, peer, id) = prepared(true);
        peer.leeway.set(false);
        let server = Rc::clone(&peer);
        world.http().on(move |request| server.answer(request).late(Duration::from_secs(5)));
        let app = app(&world).0;
        world.take_turns(Some(seed));
        let (refreshed, locked, later) =
            world.run(join3(app.tokens().refresh(&id, Reason::NewerThan(1)), app.tokens().lock_vault(), async {
                app.platform().clock().sleep(Duration::from_secs(2)).await;
                app.tokens().refresh(&id, Reason::NewerThan(1)).await
            }));
        world.take_turns(None);
        locked.unwrap();
        let by_then = refreshed.is_ok();
        assert!(by_then || refreshed.unwrap_err().code == Code::Locked, "seed {seed}");
        assert!(later.is_ok() || later.unwrap_err().code == Code::Locked, "seed {seed}");
        let app = restarted(&world);
        unlock(&world, &app, PASSPHRASE);
        let next = world.run(app.tokens().refresh(&id, Reason::NewerThan(if by_then { 2 } else { 1 }))).unwrap();
        assert!(next.trouble.is_none(), "seed {seed}: the token in the vault is the one that the server knows");
    }
}

#[test]
fn every_change_may_be_killed_at_any_step() {
    // What is done, whether there is a passphrase before, what works afterwards: the one before or the one after.
    let stories = [
        ("set_passphrase", json!({"old": null, "new": PASSPHRASE}), false, [None, Some(PASSPHRASE)], "p"),
        ("set_passphrase", json!({"old": PASSPHRASE, "new": OTHER}), true, [Some(PASSPHRASE), Some(OTHER)], "p"),
        ("remove_passphrase", json!({"passphrase": PASSPHRASE}), true, [Some(PASSPHRASE), None], "d"),
    ];
    for (command, args, before, ways, under) in stories {
        for restart in [false, true] {
            let mut finished = false;
            for step in 0..ALL {
                let (world, _peer, _id) = prepared(before);
                let (dying, memory) = app(&world);
                memory.kill_after(step);
                let asked = dying.handle(request(command, args.clone()), page_of("options"));
                finished = world.run_until_killed(asked).is_some();
                if restart {
                    world.restart_browser();
                }
                let next = app(&world).0;
                world.run(next.woke());
                let state = world.run(next.tokens().lock_state()).unwrap();
                let what = format!("{command}, killed at step {step}, restarted: {restart}, {state:?}");
                let fits = |way: &Option<&str>| match (state, way) {
                    (LockState::None, way) => way.is_none(),
                    (_, Some(passphrase)) => world.run(next.tokens().unlock(&Secret::new(*passphrase))).is_ok(),
                    (_, None) => false,
                };
                let way = ways.iter().position(fits).unwrap_or_else(|| panic!("{what}: no way in"));
                assert!(!finished || way == 1, "{what}");
                world.run(next.startup());
                assert_eq!(only_account(&world, &next)["health"], "fresh", "{what}");
                assert!(!values(&world).keys().any(|key| key.starts_with("aside:")), "{what}");
                let expected = if way == 1 {
                    under
                } else if before {
                    "p"
                } else {
                    "d"
                };
                assert!(all_under(&world, expected), "{what}: {:?}", values(&world));
                assert_eq!(values(&world).contains_key("passphrase"), expected == "p", "{what}");
                if finished {
                    assert!(step > 20, "{what}");
                    break;
                }
            }
            assert!(finished, "{command} never finished");
        }
    }
}

#[test]
fn a_refresh_and_a_sign_in_at_the_moment_of_the_change_are_sealed_as_is_to_be() {
    for seed in 0..6 {
        let (world, _peer, id) = prepared(seed % 2 == 1);
        let app = app(&world).0;
        world.take_turns(Some(seed));
        let change = async {
            match seed % 2 {
                0 => app.tokens().set_passphrase(None, &Secret::new(PASSPHRASE)).await,
                _ => app.tokens().remove_passphrase(&Secret::new(PASSPHRASE)).await,
            }
        };
        let account = world.run(app.tokens().account(&id)).unwrap();
        let label = Some("Mine".to_owned());
        let copy = chat_for_jira::tokens::account::Account { id: "copy".to_owned(), ..account };
        let fresh = world.run(app.tokens().refresh(&id, Reason::Due)).unwrap();
        let writes = async {
            let (refreshed, labelled) =
                join(app.tokens().refresh(&id, Reason::NewerThan(1)), app.tokens().set_account(&id, label, None)).await;
            (refreshed.map(drop), labelled, app.tokens().save(&copy, &fresh).await)
        };
        let (changed, written) = world.run(join(change, writes));
        world.take_turns(None);
        changed.unwrap();
        assert!(matches!(written, (Ok(()), Ok(()), Ok(()))), "seed {seed}: {written:?}");
        assert!(all_under(&world, if seed % 2 == 0 { "p" } else { "d" }), "seed {seed}: {:?}", values(&world));
        world.restart_browser();
        let next = crate::peer::app(&world).0;
        world.run(next.tokens().unlock(&Secret::new(PASSPHRASE))).unwrap();
        let listing = world.run(next.tokens().list()).unwrap();
        assert_eq!((listing.pairs.len(), listing.unreadable), (2, false), "seed {seed}");
        let of_before = listing.pairs.iter().find(|pair| pair.account.id == id).unwrap();
        assert_eq!(of_before.tokens.generation, 2, "seed {seed}");
    }
}

#[test]
fn two_changes_at_once_end_in_one_of_them() {
    for seed in 0..4 {
        let (world, _peer, _id) = prepared(false);
        let (one, other) = (app(&world).0, app(&world).0);
        world.take_turns(Some(seed));
        let (first, second) = (Secret::new(PASSPHRASE), Secret::new(OTHER));
        let (first, second) =
            world.run(join(one.tokens().set_passphrase(None, &first), other.tokens().set_passphrase(None, &second)));
        world.take_turns(None);
        assert!(first.is_ok() || second.is_ok(), "seed {seed}");
        let next = restarted(&world);
        let works = |passphrase: &str| world.run(next.tokens().unlock(&Secret::new(passphrase))).is_ok();
        assert_eq!([works(PASSPHRASE), works(OTHER)], [first.is_ok(), second.is_ok()], "seed {seed}");
        world.run(next.startup());
        assert_eq!(world.run(next.tokens().list()).unwrap().pairs.len(), 1, "seed {seed}");
        assert!(all_under(&world, "p"), "seed {seed}");
    }
}

#[test]
fn what_is_too_short_or_wrong_changes_nothing() {
    let (world, _peer, _id) = prepared(false);
    let worker = app(&world).0;
    let before = values(&world);
    let refused = |args: Value| ask_error(&world, &worker, "options", "set_passphrase", args);
    let short = refused(json!({"old": null, "new": "sevench"}));
    assert_eq!((&short["code"], &short["action"]["field"]), (&json!("invalid_configuration"), &json!("passphrase")));
    assert!(short["message"].as_str().unwrap().contains("nobody can recover it"));
    assert_eq!(values(&world), before);
    set(&world, &worker, None, "é🦀漢字абвг");
    let before = values(&world);
    for old in [json!(null), json!(PASSPHRASE), json!("")] {
        assert_eq!(refused(json!({"old": old, "new": OTHER}))["code"], "wrong_passphrase");
    }
    let error = ask_error(&world, &worker, "options", "remove_passphrase", json!({"passphrase": OTHER}));
    assert_eq!(error["code"], "wrong_passphrase");
    assert!(!error.to_string().contains(OTHER));
    assert_eq!(
        ask_error(&world, &worker, "popup", "set_passphrase", json!({"old": null, "new": OTHER}))["code"],
        "forbidden"
    );
    assert_eq!(values(&world), before);
    assert_eq!(unlock(&world, &restarted(&world), "é🦀漢字абвг")["lock"], "unlocked");
}

#[test]
fn records_sealed_under_a_passphrase_stay_readable_for_every_later_version() {
    for fixture in [include_str!("fixtures/vault-2.json"), include_str!("fixtures/vault-3.json")] {
        stays_readable(fixture);
    }
}

fn stays_readable(fixture: &str) {
    let (world, fixture) = crate::vault::world_of(fixture);
    let app = restarted(&world);
    let settings = ask_ok(&world, &app, "options", "settings", json!({}));
    assert_eq!(settings["settings"]["retries"], 7, "what is no secret can be read while locked");
    assert_eq!(ask_ok(&world, &app, "popup", "overview", json!({}))["lock"], "locked");
    let passphrase = fixture["passphrase"].as_str().unwrap();
    let bytes = Secret::new(passphrase);
    world.run(app.tokens().unlock(&bytes)).unwrap();
    crate::vault::everything_of_the_fixture_is_there(&world, &app);
    world.run(app.tokens().remove_passphrase(&bytes)).unwrap();
    assert!(all_under(&world, "d"), "{:?}", values(&world));
    crate::vault::everything_of_the_fixture_is_there(&world, &restarted(&world));
}

#[test]
fn without_a_passphrase_there_is_nothing_to_lock() {
    let (world, _peer, id) = prepared(false);
    let worker = app(&world).0;
    for (page, command, args) in [
        ("popup", "lock", json!({})),
        ("popup", "unlock", json!({"passphrase": "whatever it is"})),
        ("options", "remove_passphrase", json!({"passphrase": "whatever it is"})),
    ] {
        let seen = ask_ok(&world, &worker, page, command, args);
        assert_eq!((&seen["lock"], &seen["problem"]), (&json!("none"), &json!(null)), "{command}");
    }
    assert!(world.run(worker.tokens().access_token(&id)).is_ok());
}

#[test]
fn a_disk_that_is_full_during_the_change_loses_nothing_and_the_next_start_goes_on() {
    let (world, _peer, _id) = prepared(false);
    let worker = app(&world).0;
    world.fail_writes(Some(StoreError::Full));
    let error = ask_error(&world, &worker, "options", "set_passphrase", json!({"old": null, "new": PASSPHRASE}));
    assert_eq!(error["code"], "storage_failed");
    world.fail_writes(None);
    assert_eq!(only_account(&world, &restarted(&world))["health"], "fresh");
    assert!(all_under(&world, "d"));
    assert_eq!(set(&world, &restarted(&world), None, PASSPHRASE)["lock"], "unlocked");
}

#[test]
fn a_damaged_passphrase_record_is_kept_and_the_person_signs_in_anew() {
    let (world, _peer, _id) = prepared(true);
    let before = values(&world);
    let record = chat_for_jira::platform::Record { revision: 9, value: "{\"version\":1,".to_owned() };
    world.plant("passphrase", record);
    let worker = app(&world);
    restarted(&world);
    let seen = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!((&seen["problem"]["code"], &seen["accounts"]), (&json!("vault_unreadable"), &json!([])));
    connect(&world, &worker);
    assert_eq!(set(&world, &worker.0, None, OTHER)["accounts"].as_array().unwrap().len(), 1);
    let kept: Vec<String> = values(&world).into_values().collect();
    assert!(before.iter().all(|(key, value)| key == "passphrase" || kept.contains(value)), "{:?}", values(&world));
    assert!(kept.contains(&"{\"version\":1,".to_owned()));
}

#[test]
fn the_passphrase_works_without_the_device_s_key() {
    let (world, _peer, _id) = prepared(true);
    world.lose_key();
    let app = restarted(&world);
    assert_eq!(unlock(&world, &app, PASSPHRASE)["accounts"][0]["health"], "fresh");
}

#[test]
fn left_alone_for_as_long_as_was_chosen_it_locks_itself() {
    let (world, _peer, _id) = prepared(true);
    let tokens = app(&world).0;
    let tokens = tokens.tokens();
    let minute = Duration::from_secs(60);
    let look = |used| world.run(tokens.lock_if_idle(10, used)).unwrap();
    assert_eq!(world.run(tokens.lock_if_idle(0, true)).unwrap(), None, "off by default");
    assert_eq!(look(false), Some(world.now().after(10 * minute)));
    world.advance(9 * minute);
    assert_eq!(look(true), Some(world.now().after(minute)), "looked at before it counts as used");
    assert_eq!(look(false), Some(world.now().after(10 * minute)));
    world.shift_clock(-86_400_000);
    assert_eq!(look(false), Some(world.now().after(10 * minute)), "a clock put back");
    world.advance(9 * minute);
    assert!(look(false).is_some());
    assert_eq!(world.run(tokens.lock_state()).unwrap(), LockState::Unlocked);
    world.advance(minute);
    assert_eq!(look(true), None);
    assert_eq!(world.run(tokens.lock_state()).unwrap(), LockState::Locked);
}

#[test]
fn the_choice_of_minutes_is_obeyed_by_alarm_and_by_every_request() {
    let (world, peer, id) = prepared(true);
    let minute = Duration::from_secs(60);
    ask_ok(&world, &app(&world).0, "options", "change_settings", json!({"change": {"auto_lock_minutes": 15}}));
    let asked = peer.token_requests.get();
    // The alarm may come late or not at all, but is set for the moment in time.
    assert!(world.edge().alarm().unwrap() <= world.now().after(15 * minute));
    for _ in 0..4 {
        world.advance(10 * minute);
        ask_ok(&world, &app(&world).0, "popup", "settings", json!({}));
        assert_eq!(ask_ok(&world, &app(&world).0, "popup", "overview", json!({}))["lock"], "unlocked", "in use");
        world.run(app(&world).0.alarm());
    }
    world.advance(16 * minute);
    let (late, memory) = app(&world);
    let messages = stream(&world, &(late.clone(), memory), "panel", "ask", json!({"account": id, "text": "MOB-12"}));
    assert_eq!(end(&messages)["error"]["code"], "locked", "{messages:?}");
    unlock(&world, &late, PASSPHRASE);
    world.advance(14 * minute);
    world.run(app(&world).0.alarm());
    assert_eq!(world.run(late.tokens().lock_state()).unwrap(), LockState::Unlocked);
    world.advance(2 * minute);
    world.run(app(&world).0.alarm());
    assert_eq!(world.run(late.tokens().lock_state()).unwrap(), LockState::Locked);
    let before = peer.token_requests.get();
    world.advance(300 * minute);
    world.run(app(&world).0.alarm());
    assert_eq!(
        (peer.token_requests.get(), world.edge().alarm()),
        (before, None),
        "while locked nothing is renewed or planned"
    );
    assert!(before > asked);
}

/// A world that holds one of everything that a passphrase protects: an account with a history, another, a kept way to connect, a
/// record that was set aside, and what an earlier version left; and settings, which it does not protect.
fn full_of_secrets() -> (World, Rc<Peer>, String) {
    let (world, peer, id) = prepared(true);
    let worker = app(&world).0;
    let account = world.run(worker.tokens().account(&id)).unwrap();
    let tokens = world.run(worker.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
    let other = chat_for_jira::tokens::account::Account { id: "other".to_owned(), ..account };
    world.run(worker.tokens().save(&other, &tokens)).unwrap();
    ask_ok(&world, &worker, "options", "add_provider", json!({"name": "Ours", "form": crate::peer::form()}));
    ask_ok(&world, &worker, "options", "change_settings", json!({"change": {"retries": 5}}));
    for (key, value) in [
        ("aside:1:tokens:lost", "3.p.1.AAAA"),
        ("aside:1:settings", "3.a.1.AAAA"),
        ("account:left", "3.d.1.AAAA"),
        ("provider:old", "AAAA"),
    ] {
        world.plant(key, chat_for_jira::platform::Record { revision: 1, value: value.to_owned() });
    }
    (world, peer, id)
}

fn nothing_is_left(world: &World, peer: &Peer, id: &str, what: &str) {
    assert_eq!(values(world).into_keys().collect::<Vec<_>>(), ["settings"], "{what}");
    let archived: Vec<String> = world.archived().into_keys().collect();
    assert!(archived.iter().all(|key| key == "events:" || key == "watch:stopped"), "{what}: {archived:?}");
    let everything = format!("{:?} {:?} {:?}", world.stored(), world.session(), world.archived());
    let secrets = peer.secrets.borrow();
    for word in secrets.iter().map(String::as_str).chain([id, "Mia", "example.com", "site-0", "data-key"]) {
        assert!(!everything.contains(word), "{what}: {word} in {everything}");
    }
}

#[test]
fn who_forgot_the_passphrase_begins_anew() {
    for locked in [false, true] {
        let (world, peer, id) = full_of_secrets();
        let rule = HeaderRule { url_prefix: "https://site-0".to_owned(), drop_origin: true, user_agent: None };
        let worker = if locked { (restarted(&world), world.worker()) } else { app(&world) };
        world.run(worker.1.rules().set(&[rule])).unwrap();
        let asked = peer.token_requests.get();
        let seen = ask_ok(&world, &worker.0, "popup", "forget_passphrase", json!({}));
        assert_eq!(
            (&seen["lock"], &seen["accounts"], &seen["problem"]),
            (&json!("none"), &json!([]), &json!(null)),
            "locked: {locked}"
        );
        nothing_is_left(&world, &peer, &id, "at once");
        assert_eq!(world.extras().rules(), [], "which name servers");
        assert_eq!(world.run(worker.0.tokens().access_token(&id)).unwrap_err().code, Code::NotFound);
        assert_eq!(world.edge().alarm(), None, "nothing is left to look after");
        let watch = world.run(worker.0.tokens().history("")).unwrap();
        assert!(watch.iter().any(|event| event.cause == "the passphrase was forgotten"), "{watch:?}");
        assert_eq!(peer.token_requests.get(), asked, "no server is asked for a token");
        let next = restarted(&world);
        nothing_is_left(&world, &peer, &id, "after the next start");
        let settings = ask_ok(&world, &next, "options", "settings", json!({}));
        assert_eq!(settings["settings"]["retries"], 5, "settings stay");
        let worker = app(&world);
        connect(&world, &worker);
        assert_eq!(only_account(&world, &worker.0)["health"], "fresh");
        assert!(all_under(&world, "d"));
        assert_eq!(set(&world, &worker.0, None, OTHER)["lock"], "unlocked", "a new one can be set");
        assert_eq!(unlock(&world, &restarted(&world), OTHER)["accounts"][0]["health"], "fresh");
    }
}

#[test]
fn without_a_passphrase_there_is_none_to_forget() {
    let (world, _peer, _id) = prepared(false);
    let before = values(&world);
    let worker = app(&world).0;
    for page in ["popup", "options"] {
        assert_eq!(ask_error(&world, &worker, page, "forget_passphrase", json!({}))["code"], "bad_request");
    }
    assert_eq!(values(&world), before);
    assert_eq!(only_account(&world, &worker)["health"], "fresh");
}

#[test]
fn forgetting_the_passphrase_may_be_killed_at_any_step_and_asked_again() {
    let mut finished = false;
    for step in 0..ALL {
        let (world, peer, id) = full_of_secrets();
        world.restart_browser();
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        let asked = dying.handle(request("forget_passphrase", json!({})), page_of("options"));
        finished = world.run_until_killed(asked).is_some();
        let next = app(&world).0;
        world.run(next.woke());
        let what = format!("killed at step {step}");
        // Until everything else is gone it is locked, and can be asked again or unlocked.
        if world.run(next.tokens().lock_state()).unwrap() == LockState::Locked {
            assert!(values(&world).contains_key("passphrase"), "{what}");
            ask_ok(&world, &next, "options", "forget_passphrase", json!({}));
        }
        nothing_is_left(&world, &peer, &id, &what);
        let worker = (restarted(&world), world.worker());
        let seen = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
        assert_eq!((&seen["lock"], &seen["problem"], &seen["accounts"]), (&json!("none"), &json!(null), &json!([])));
        connect(&world, &app(&world));
        assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh", "{what}");
        if finished {
            assert!(step > 40, "{what}");
            break;
        }
    }
    assert!(finished, "it never finished");
}

#[test]
fn who_remembers_after_all_finds_what_was_not_yet_removed() {
    for step in (0..ALL).step_by(7) {
        let (world, _peer, _id) = full_of_secrets();
        world.restart_browser();
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        let asked = dying.handle(request("forget_passphrase", json!({})), page_of("options"));
        if world.run_until_killed(asked).is_some() {
            assert!(step > 40);
            return;
        }
        let next = restarted(&world);
        if world.run(next.tokens().lock_state()).unwrap() == LockState::Locked {
            let seen = unlock(&world, &next, PASSPHRASE);
            let accounts = seen["accounts"].as_array().unwrap();
            assert!(accounts.iter().all(|account| account["health"] == "fresh"), "step {step}: {seen}");
        }
    }
    panic!("it never finished");
}

#[test]
fn a_refresh_under_way_and_a_sign_in_leave_nothing_behind_a_forgotten_passphrase() {
    for seed in 0..20 {
        let (world, peer, id) = full_of_secrets();
        let server = Rc::clone(&peer);
        world.http().on(move |request| server.answer(request).late(Duration::from_secs(2)));
        let worker = app(&world).0;
        let account = world.run(worker.tokens().account(&id)).unwrap();
        let tokens = world.run(worker.tokens().pair(&id)).unwrap().tokens;
        let copy = chat_for_jira::tokens::account::Account { id: "copy".to_owned(), ..account };
        world.take_turns(Some(seed));
        let (_refreshed, forgotten, saved) = world.run(join3(
            worker.tokens().refresh(&id, Reason::NewerThan(2)),
            worker.tokens().forget_passphrase(),
            worker.tokens().save(&copy, &tokens),
        ));
        world.take_turns(None);
        forgotten.unwrap();
        let next = restarted(&world);
        let listing = world.run(next.tokens().list()).unwrap();
        assert!(!listing.unreadable, "seed {seed}: {:?}", values(&world));
        // A sign-in that came later counts, and one that came before went with the others.
        assert!(listing.pairs.iter().all(|pair| saved.is_ok() && pair.account.id == "copy"), "seed {seed}");
        assert!(all_under(&world, "d"), "seed {seed}: {:?}", values(&world));
    }
}
