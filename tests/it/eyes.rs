//! What goes wrong only when two things meet: a failure in the middle, a rival, a rule that comes later.
#![allow(unused_imports, dead_code, reason = "more is to come")]

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
