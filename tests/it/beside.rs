//! Two instances beside each other in one worker: the small module finishes what it has begun while the whole one does everything
//! new, and looks again after each thing that ended there.

use crate::peer::{app, ask_ok, connect, end, only_account, page_of, stream, world};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Memory, World};
use chat_for_jira::tokens::vault::LockState;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

type Worker = (App<Memory>, Memory);

/// What the chat answers to a plain question.
fn asked(world: &World, worker: &Worker, account: &str) -> Value {
    end(&stream(world, worker, "panel", "ask", json!({"account": account, "text": "MOB-12"}))).clone()
}

#[test]
fn a_sign_out_that_was_begun_beside_it_is_known_after_another_look() {
    let (world, _peer) = world(1);
    let (old, new) = (app(&world), app(&world));
    let id = connect(&world, &old);
    assert!(asked(&world, &new, &id).get("done").is_some());
    ask_ok(&world, &old.0, "popup", "sign_out", json!({"account": id}));
    world.run(new.0.look_again());
    assert_eq!(asked(&world, &new, &id)["error"]["code"], "not_found");
    assert!(world.run(new.0.tokens().access_token(&id)).is_err(), "no token is left in its memory");
    assert!(world.session().keys().all(|key| !key.starts_with("token:")), "nor where others find it");
    let overview = ask_ok(&world, &new.0, "popup", "overview", json!({}));
    assert_eq!(overview["accounts"], json!([]));
}

#[test]
fn settings_that_were_changed_beside_it_hold_after_another_look() {
    let (world, _peer) = world(1);
    let (old, new) = (app(&world), app(&world));
    connect(&world, &old);
    assert!(!world.run(new.0.tokens().settings()).read_only);
    ask_ok(&world, &old.0, "options", "change_settings", json!({"change": {"read_only": true}}));
    world.run(new.0.look_again());
    assert!(world.run(new.0.tokens().settings()).read_only);
}

#[test]
fn a_lock_that_was_begun_beside_it_locks_it_too() {
    let (world, _peer) = world(1);
    let (old, new) = (app(&world), app(&world));
    let id = connect(&world, &old);
    ask_ok(&world, &old.0, "options", "set_passphrase", json!({"old": null, "new": "correct horse battery"}));
    assert!(asked(&world, &new, &id).get("done").is_some());
    ask_ok(&world, &old.0, "options", "lock", json!({}));
    world.run(new.0.look_again());
    assert_eq!(asked(&world, &new, &id)["error"]["code"], "locked");
    assert_eq!(world.run(new.0.tokens().list()).unwrap().lock, LockState::Locked);
}

#[test]
fn a_sign_in_that_ends_beside_it_is_shown_to_every_page() {
    let (world, _peer) = world(1);
    let (old, new) = (app(&world), app(&world));
    for (port, (app, memory)) in [(1, &old), (2, &new)] {
        memory.messages().connect(port);
        app.open_port(port, page_of("popup"));
    }
    ask_ok(&world, &new.0, "popup", "overview", json!({}));
    let id = connect(&world, &old);
    world.run(new.0.look_again());
    for (port, memory) in [(1, &old.1), (2, &new.1)] {
        let heard = memory.messages().take(port);
        assert!(heard.iter().any(|message| message.to_string().contains(&id)), "{port}: {heard:?}");
    }
    assert_eq!(only_account(&world, &new.0)["health"], "fresh");
}
