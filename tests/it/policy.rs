//! What the administrator has set, seen from the pages.

use crate::peer::{CLIENT_SECRET, app, ask_error, ask_ok, end, form, only_account, stream, world};
use chat_for_jira::platform::memory::{Reply, World};
use serde_json::{Value, json};
use std::rc::Rc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A policy with the own app of the tests under the name `Company`.
fn policy(world: &World, secret: &str, more: Value) {
    let mut company = form();
    company["name"] = "Company".into();
    company["client_secret"] = secret.into();
    let mut whole = json!({"providers": [company]});
    whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.extras().set_policy(whole);
}

const COMPANY: &str = "policy:Company";

#[test]
fn a_managed_provider_is_listed_without_its_secret_and_cannot_be_removed() {
    let (world, _peer) = world(1);
    policy(&world, CLIENT_SECRET, json!({}));
    let (app, _) = app(&world);
    let listed = ask_ok(&world, &app, "options", "providers", json!({}));
    let company = &listed["providers"][0];
    assert_eq!(
        (&company["id"], &company["name"], &company["managed"]),
        (&json!(COMPANY), &json!("Company"), &json!(true))
    );
    assert!(!listed.to_string().contains(CLIENT_SECRET));
    let refused = ask_error(&world, &app, "options", "remove_provider", json!({"provider": COMPANY}));
    assert_eq!(refused["code"], "forbidden");
}

#[test]
fn the_policy_s_secret_is_used_and_never_copied_and_a_new_one_counts_at_once() {
    let (world, peer) = world(1);
    policy(&world, CLIENT_SECRET, json!({}));
    let worker = app(&world);
    let account = end(&stream(&world, &worker, "options", "connect", json!({"provider": COMPANY})))["done"].clone();
    let id = json!({"account": account["id"]});
    let stored = world.run(worker.0.tokens().account(account["id"].as_str().unwrap())).unwrap();
    assert!(stored.registration.authentication.secret().is_none(), "the vault has no copy");
    // The old secret does not do any more: the server has a new one, and so has the policy.
    policy(&world, "rotated-away-secret", json!({}));
    let refused = ask_error(&world, &worker.0, "popup", "refresh", id.clone());
    assert_eq!(refused["code"], "invalid_configuration");
    assert!(!refused.to_string().contains("rotated-away-secret"));
    policy(&world, CLIENT_SECRET, json!({}));
    let asked = peer.token_requests.get();
    ask_ok(&world, &worker.0, "popup", "refresh", id.clone());
    assert_eq!(peer.token_requests.get(), asked + 1);
    // Without any, nothing is sent, and nothing is lost.
    world.extras().set_policy(json!({}));
    let waiting = ask_error(&world, &worker.0, "popup", "refresh", id.clone());
    assert_eq!(
        (&waiting["code"], waiting["message"].as_str().unwrap().contains("administrator")),
        (&json!("refresh_failed"), true)
    );
    assert_eq!(peer.token_requests.get(), asked + 1);
    policy(&world, CLIENT_SECRET, json!({}));
    ask_ok(&world, &worker.0, "popup", "refresh", id.clone());
    ask_ok(&world, &worker.0, "popup", "sign_out", id);
    let revoked = world.http().requests().pop().unwrap();
    assert!(revoked.text().contains(CLIENT_SECRET), "the revocation is authenticated too");
}

#[test]
fn where_only_the_administrator_s_ways_count_no_other_is_taken() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let own = end(&stream(&world, &worker, "options", "connect", json!({"form": form()})))["done"]["id"].clone();
    let kept =
        ask_ok(&world, &worker.0, "options", "add_provider", json!({"name": "Mine", "form": form()}))["id"].clone();
    policy(&world, CLIENT_SECRET, json!({"allow_other_providers": false}));
    let windows = world.edge().windows().len();
    for (page, command, args) in [
        ("options", "connect", json!({"form": form()})),
        ("options", "connect", json!({"provider": kept})),
        ("popup", "reconnect", json!({"account": own})),
    ] {
        let refused = end(&stream(&world, &worker, page, command, args.clone()))["error"].clone();
        assert_eq!(refused["code"], "forbidden", "{command} {args}");
    }
    let refused = ask_error(&world, &worker.0, "options", "add_provider", json!({"name": "x", "form": form()}));
    assert_eq!(refused["code"], "forbidden");
    assert_eq!(world.edge().windows().len(), windows);
    assert!(end(&stream(&world, &worker, "options", "connect", json!({"provider": COMPANY})))["done"].is_object());
}

#[test]
fn signing_in_again_follows_what_the_policy_says_now() {
    let (world, _peer) = world(1);
    policy(&world, CLIENT_SECRET, json!({}));
    let worker = app(&world);
    let id = end(&stream(&world, &worker, "options", "connect", json!({"provider": COMPANY})))["done"]["id"].clone();
    policy(&world, "of another app", json!({}));
    let again = end(&stream(&world, &worker, "popup", "reconnect", json!({"account": id}))).clone();
    assert_eq!(again["error"]["code"], "invalid_configuration");
    policy(&world, CLIENT_SECRET, json!({}));
    let again = end(&stream(&world, &worker, "popup", "reconnect", json!({"account": id}))).clone();
    assert_eq!(again["done"]["id"], id);
}

#[test]
fn only_allowed_sites_become_an_account_s() {
    let (world, peer) = world(1);
    peer.sites.set(3);
    world.extras().set_policy(json!({"allowed_sites": ["site-1.atlassian.net"]}));
    let worker = app(&world);
    crate::peer::connect(&world, &worker);
    let account = only_account(&world, &worker.0);
    assert_eq!(account["sites"].as_array().unwrap().len(), 1);
    assert_eq!(account["site"]["id"], "site-1");
    world.extras().set_policy(json!({"allowed_sites": ["elsewhere.example.com"]}));
    let refused = end(&stream(&world, &worker, "options", "connect", json!({"form": form()})))["error"].clone();
    assert_eq!(refused["code"], "no_site");
    assert!(refused["message"].as_str().unwrap().contains("administrator"));
}

#[test]
fn the_options_page_learns_what_is_managed_and_what_is_wrong_with_it() {
    let (world, _peer) = world(1);
    let (app, _) = app(&world);
    let view = || ask_ok(&world, &app, "options", "policy", json!({}));
    assert_eq!(
        view(),
        json!({"managed": [], "allow_other_providers": true, "allowed_sites": null, "require_passphrase": false,
               "read_only": false, "problems": []})
    );
    policy(&world, CLIENT_SECRET, json!({"retries": "two", "read_only": true, "providers": [{"name": "Half"}]}));
    let view = view();
    assert_eq!(view["managed"], json!(["read_only"]));
    assert_eq!(view["problems"].as_array().unwrap().len(), 2, "{view}");
    assert!(!view.to_string().contains(CLIENT_SECRET));
}

#[test]
fn whatever_the_policy_is_the_person_can_still_sign_in_and_out() {
    for odd in [json!(null), json!([1]), json!("x"), json!({"providers": 1, "allowed_sites": null, "retries": -1})] {
        let (world, _peer) = world(1);
        world.extras().set_policy(odd);
        let worker = app(&world);
        let id = crate::peer::connect(&world, &worker);
        ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": id}));
        assert!(!ask_ok(&world, &worker.0, "options", "policy", json!({}))["problems"].as_array().unwrap().is_empty());
        ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": id}));
    }
}

#[test]
fn a_server_that_repeats_the_managed_secret_does_not_make_it_seen() {
    let (world, peer) = world(1);
    policy(&world, CLIENT_SECRET, json!({}));
    let worker = app(&world);
    let id = end(&stream(&world, &worker, "options", "connect", json!({"provider": COMPANY})))["done"]["id"].clone();
    let server = Rc::clone(&peer);
    world.http().on(move |request| match request.text() {
        body if body.contains("refresh_token") => {
            let words = format!("you sent {body}");
            Reply::json(400, &json!({"error": "invalid_client", "error_description": words}))
        }
        _ => server.answer(request),
    });
    let refused = ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id}));
    assert!(!refused.to_string().contains(CLIENT_SECRET), "{refused}");
}
