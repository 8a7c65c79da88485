//! From the form to the account, and every way that can fail.

use crate::peer::{CLIENT_SECRET, app, ask_ok, connect, end, form, only_account, stream, world};
use chat_for_jira::platform::memory::Reply;
use chat_for_jira::platform::{ConsentError, HttpError};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Tries to connect; the error's code, sentence and action. Nothing may be stored afterwards.
fn fails(prepare: impl FnOnce(&chat_for_jira::platform::memory::World, &crate::peer::Peer), form: &Value) -> Value {
    let (world, peer) = world(1);
    prepare(&world, &peer);
    let worker = app(&world);
    let messages = stream(&world, &worker, "options", "connect", json!({"form": form}));
    let error = end(&messages)["error"].clone();
    assert!(world.stored().is_empty(), "nothing half-saved after {error}");
    assert!(!world.session().contains_key("flow"), "no flow left open after {error}");
    assert!(world.edge().windows().len() <= 1, "no loop of consent after {error}");
    assert!(error["message"].as_str().unwrap().len() > 30, "a whole sentence: {error}");
    error
}

#[test]
fn a_sign_in_is_stored_encrypted_and_shown_without_secrets() {
    let (world, peer) = world(1);
    let worker = app(&world);
    connect(&world, &worker);
    let account = only_account(&world, &worker.0);
    assert_eq!(account["name"], "Mia Stone");
    assert_eq!(account["health"], "fresh");
    assert_eq!(account["site"]["url"], "https://site-0.atlassian.net");
    assert_eq!(account["can_refresh"], true);
    assert!(world.edge().alarm().is_some());
    for (key, record) in world.stored() {
        for secret in peer.secrets.borrow().iter() {
            assert!(!record.value.contains(secret), "{key} holds {secret} in plain text");
        }
        assert!(!record.value.contains("Mia"), "{key}");
    }
    for (key, value) in world.session() {
        let allowed = key.starts_with("token:");
        for secret in peer.secrets.borrow().iter().filter(|_| !allowed) {
            assert!(!value.contains(secret), "session {key} holds {secret}");
        }
    }
}

#[test]
fn d30_the_next_worker_and_the_next_browser_know_the_account() {
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let (next, _) = app(&world);
    assert_eq!(only_account(&world, &next)["health"], "fresh");
    world.restart_browser();
    let (after, _) = app(&world);
    assert_eq!(only_account(&world, &after)["name"], "Mia Stone");
    world.run(after.startup());
    assert!(world.edge().alarm().is_some(), "the lost alarm is set again");
}

#[test]
fn connecting_again_updates_the_account_and_keeps_the_chosen_site() {
    let (world, peer) = world(1);
    peer.sites.set(3);
    let worker = app(&world);
    let id = connect(&world, &worker);
    ask_ok(&world, &worker.0, "popup", "choose_site", json!({"account": id, "site": "site-2"}));
    assert_eq!(connect(&world, &worker), id);
    assert_eq!(only_account(&world, &worker.0)["site"]["id"], "site-2");
    peer.sites.set(1);
    let messages = stream(&world, &worker, "popup", "reconnect", json!({"account": id}));
    assert_eq!(end(&messages)["done"]["site"]["id"], "site-0");
}

#[test]
fn no_site_no_account() {
    let error = fails(|_, peer| peer.sites.set(0), &form());
    assert_eq!(error["code"], "no_site");
}

#[test]
fn a_closed_window_a_page_that_fails_and_a_refusal_are_told_apart() {
    let ends = |how: Result<String, ConsentError>| {
        let error = fails(|world, _| world.edge().on_consent(move |_, _| Some(how.clone())), &form());
        error["code"].as_str().unwrap().to_owned()
    };
    let back = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth";
    assert_eq!(ends(Err(ConsentError::Closed)), "consent_closed");
    assert_eq!(ends(Err(ConsentError::PageFailed)), "offline");
    assert_eq!(ends(Ok(format!("{back}?error=access_denied"))), "consent_denied");
    assert_eq!(ends(Ok(format!("{back}?error=invalid_scope"))), "acquisition_failed");
    assert_eq!(ends(Ok(format!("{back}?code=x&state=guessed"))), "sign_in_mismatch");
    assert_eq!(ends(Ok("https://evil.example.com/?code=x".into())), "sign_in_mismatch");
}

#[test]
fn a_wrong_secret_points_at_its_field_and_is_not_quoted() {
    let wrong =
        json!({"provider": "jira_cloud", "client": "own_app", "client_id": "app", "client_secret": "wrong-pass"});
    let error = fails(|_, _| {}, &wrong);
    assert_eq!(error["code"], "invalid_configuration");
    assert_eq!(error["action"], json!({"kind": "fix_settings", "field": "client_secret"}));
    assert!(!error.to_string().contains("wrong-pass"));
}

#[test]
fn an_expired_code_a_dead_network_and_a_proxy_end_in_a_sentence() {
    let with = |reply: Reply| {
        let error = fails(|_, peer| *peer.token_fault.borrow_mut() = Some(reply), &form());
        error["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        with(Reply::json(403, &json!({"error": "invalid_grant", "error_description": "expired"}))),
        "acquisition_failed"
    );
    assert_eq!(with(Reply::Fail(HttpError::Network)), "offline");
    assert_eq!(with(Reply::Hang), "offline");
    assert_eq!(with(Reply::text(200, "<html>please log in to the Wi-Fi</html>")), "acquisition_failed");
    assert_eq!(with(Reply::text(503, "")), "acquisition_failed");
}

#[test]
fn a_host_without_permission_is_asked_for_by_name() {
    let data_center = json!({"provider": "jira_data_center", "client": "public", "client_id": "app",
        "base_url": "https://jira.example.com"});
    let error = fails(|_, _| {}, &data_center);
    assert_eq!(error["code"], "permission_needed");
    assert_eq!(
        error["action"],
        json!({"kind": "grant_hosts", "origins": ["https://jira.example.com/*"], "permissions": []})
    );
}

#[test]
fn a_broker_is_asked_who_to_be_and_the_secret_stays_with_it() {
    let (world, _peer) = world(1);
    world.edge().grant("https://broker.example.com/*");
    let about = json!({"client_id": "team-app", "provider": "jira_cloud", "scopes": ["read:jira-work", "offline_access"],
        "authorization_endpoint": "https://auth.atlassian.com/authorize", "token_endpoint": "https://broker.example.com/token"});
    world.http().queue(Reply::json(200, &about));
    world.http().queue(Reply::json(200, &json!({"access_token": "a", "refresh_token": "r", "expires_in": 60})));
    let sites = json!([{"id": "s", "name": "S", "url": "https://s.atlassian.net", "scopes": ["read:jira-work"]}]);
    world.http().queue(Reply::json(200, &sites));
    world.http().queue(Reply::json(200, &json!({"account_id": "mia", "name": "Mia"})));
    let brokered = json!({"provider": "jira_cloud", "client": "broker", "broker_url": "broker.example.com"});
    let messages = stream(&world, &app(&world), "options", "connect", json!({"form": brokered}));
    assert_eq!(end(&messages)["done"]["name"], "Mia", "{messages:?}");
    let sent = world.http().requests();
    assert_eq!(sent[0].url, "https://broker.example.com/.well-known/chat-for-jira");
    assert_eq!(sent[1].url, "https://broker.example.com/token");
    let form = sent[1].text();
    assert!(form.starts_with("grant_type=authorization_code&code=") && form.contains("&client_id=team-app"), "{form}");
    assert!(!form.contains("client_secret"));
}

#[test]
fn d04_a_state_counts_once() {
    // CHECKLISTS D4: the same answer, replayed into a second sign-in, is refused.
    let (world, peer) = world(1);
    let first = std::rc::Rc::new(std::cell::RefCell::new(None::<String>));
    world.edge().on_consent(move |url, _| {
        let answer = first.borrow_mut().get_or_insert_with(|| peer.consent(url)).clone();
        Some(Ok(answer))
    });
    let worker = app(&world);
    connect(&world, &worker);
    let messages = stream(&world, &worker, "options", "connect", json!({"form": form()}));
    assert_eq!(end(&messages)["error"]["code"], "sign_in_mismatch");
}

#[test]
fn d11_d18_no_address_and_no_message_to_any_page_holds_a_secret() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let mut seen = stream(&world, &worker, "options", "connect", json!({"form": form()}));
    let id = only_account(&world, &worker.0)["id"].as_str().unwrap().to_owned();
    seen.extend(stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "bugs in MOB"})));
    seen.push(ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": id})));
    peer.revoke_all();
    seen.push(crate::peer::ask_error(&world, &worker.0, "popup", "refresh", json!({"account": id})));
    seen.extend(stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "bugs in MOB"})));
    seen.push(ask_ok(&world, &worker.0, "popup", "overview", json!({})));
    seen.push(ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": id})));
    let all = Value::Array(seen).to_string();
    for secret in peer.secrets.borrow().iter() {
        assert!(!all.contains(secret.as_str()), "{secret} was sent to a page");
    }
    assert!(peer.secrets.borrow().contains(CLIENT_SECRET) && peer.secrets.borrow().len() > 4);
    for (url, _) in world.edge().windows() {
        assert!(!url.contains(CLIENT_SECRET));
    }
    for request in world.http().requests() {
        assert!(peer.secrets.borrow().iter().all(|secret| !request.url.contains(secret.as_str())), "{}", request.url);
    }
}

#[test]
fn the_prepared_answer_is_the_answer_and_ends_before_it_is_old() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let prepared = || {
        let kept: Value = serde_json::from_str(world.session().get("prepared").unwrap()).unwrap();
        kept
    };
    ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!(prepared()["answer"]["value"]["accounts"], json!([]));
    let id = connect(&world, &worker);
    let overview = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!(prepared()["answer"], json!({"ok": true, "value": overview}));
    assert_eq!(prepared()["until"], overview["accounts"][0]["next_refresh_at"]);
    let pages = prepared()["pages"].to_string();
    for page in ["popup", "panel", "options", "dashboard"] {
        assert!(pages.contains(&format!("/www/{page}/{page}.html\"")), "{pages}");
    }
    ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": id}));
    for key in ["snapshot", "prepared"] {
        assert!(world.session().get(key).is_none_or(|text| !text.contains("Mia")), "nothing old is given");
    }
}

#[test]
fn a_broker_does_not_say_where_people_type_their_password() {
    let error = fails(
        |world, _| {
            world.edge().grant("https://broker.example.com/*");
            let about = json!({"client_id": "c", "provider": "jira_cloud", "scopes": "read:jira-work",
                "authorization_endpoint": "https://auth.atlassian.com.evil.example/authorize",
                "token_endpoint": "https://broker.example.com/token"});
            world.http().queue(Reply::json(200, &about));
        },
        &json!({"provider": "jira_cloud", "client": "broker", "broker_url": "broker.example.com"}),
    );
    assert_eq!(error["action"], json!({"kind": "fix_settings", "field": "broker_url"}));
}

#[test]
fn d10_an_error_a_missing_code_and_a_foreign_redirect_never_lead_to_a_token_request() {
    let back = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth";
    for (end, code) in [
        (format!("{back}?error=access_denied"), "consent_denied"),
        (format!("{back}?error=server_error&error_description=no"), "acquisition_failed"),
        (format!("{back}?error=login_required"), "reauth_required"),
        (format!("{back}?"), "sign_in_mismatch"),
        (back.to_owned(), "sign_in_mismatch"),
        (format!("{back}#code=x"), "sign_in_mismatch"),
        ("https://evil.example.com/oauth?code=x".to_owned(), "sign_in_mismatch"),
        ("javascript:alert(1)".to_owned(), "sign_in_mismatch"),
    ] {
        let (world, peer) = world(1);
        let answer = end.clone();
        world.edge().on_consent(move |_, _| Some(Ok(answer.clone())));
        let worker = app(&world);
        let messages = stream(&world, &worker, "options", "connect", json!({"form": form()}));
        assert_eq!(crate::peer::end(&messages)["error"]["code"], code, "{end}");
        assert_eq!(peer.token_requests.get(), 0, "{end}");
        assert!(world.http().requests().is_empty(), "{end}");
    }
}
