//! Signing in at every kind of server, and the ways to connect that are kept.

use crate::peer::{app, ask_error, ask_ok, end, only_account, stream};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{ConsentError, HttpRequest, Timestamp};
use chat_for_jira::sign_in::flow::silent;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const START: Timestamp = Timestamp(1_790_000_000_000);
const TENANT: &str = "2f8c0a54-6d1b-4e7a-9c35-b70e41d8a6f2";
const LOGIN: &str = "https://login.microsoftonline.com";

/// A world in which the person says yes, as `person`, whatever is asked, and every host that a test names is granted.
fn world(granted: &[&str]) -> World {
    let world = World::new(START, 3);
    for name in granted {
        world.edge().grant(name);
    }
    world.edge().on_consent(|url, _shown| {
        Some(Ok(format!("{}?code=the-code&state={}", of(url, "redirect_uri"), of(url, "state"))))
    });
    world
}

/// A parameter of an address or a form.
fn of(text: &str, name: &str) -> String {
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    let mut pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    pairs.find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
}

fn header(request: &HttpRequest, name: &str) -> String {
    let found = request.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.expose().to_owned()).unwrap_or_default()
}

fn body(request: &HttpRequest) -> String {
    request.text().to_owned()
}

fn connect(world: &World, worker: &(App<Memory>, Memory), args: Value) -> Value {
    let messages = stream(world, worker, "options", "connect", args);
    end(&messages).clone()
}

fn id_token(person: &str) -> String {
    let claims = json!({"aud": "app", "iss": format!("{LOGIN}/{TENANT}/v2.0"), "tid": TENANT, "oid": format!("oid-{person}"),
        "sub": format!("sub-{person}"), "name": person, "preferred_username": format!("{person}@example.com")});
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// Entra, as far as it tells the two kinds of clients apart; signs in whoever `person` says.
fn entra(world: &World, person: &Rc<RefCell<String>>) {
    let person = Rc::clone(person);
    world.http().on(move |request| {
        assert!(request.url.starts_with(&format!("{LOGIN}/")), "{}", request.url);
        let (sent, from_page) = (body(request), !header(request, "origin").is_empty());
        let confidential = !of(&sent, "client_secret").is_empty();
        let refused = |code: u32, words: &str| {
            let words = format!("AADSTS{code}: {words}\r\nTrace ID: 1 Correlation ID: 2 Timestamp: 3");
            Reply::json(400, &json!({"error": "invalid_request", "error_description": words, "error_codes": [code]}))
        };
        if confidential && from_page {
            return refused(
                9_002_326,
                "Cross-origin token redemption is permitted only for the 'Single-Page Application'.",
            );
        }
        if !confidential && !from_page {
            return refused(
                9_002_327,
                "Tokens issued for the 'Single-Page Application' may only be redeemed cross-origin.",
            );
        }
        if of(&sent, "grant_type") == "client_credentials" {
            return Reply::json(200, &json!({"access_token": "machine", "expires_in": 3599, "token_type": "Bearer"}));
        }
        let person = person.borrow();
        Reply::json(
            200,
            &json!({"access_token": format!("access-{person}"), "refresh_token": "refresh", "expires_in": 3599,
            "refresh_token_expires_in": 86_399, "token_type": "Bearer", "id_token": id_token(&person)}),
        )
    });
}

fn entra_form(client: &str) -> Value {
    json!({"provider": "microsoft_entra", "client": client, "client_id": "app", "tenant": TENANT, "client_secret": "the-secret"})
}

const ENTRA_HOSTS: [&str; 2] = ["https://login.microsoftonline.com/*", "https://graph.microsoft.com/*"];
const RULES: &str = "declarativeNetRequestWithHostAccess";

fn entra_world() -> (World, Rc<RefCell<String>>) {
    let (world, person) = (world(&ENTRA_HOSTS), Rc::new(RefCell::new("Mia".to_owned())));
    entra(&world, &person);
    (world, person)
}

#[test]
fn entra_is_asked_with_an_origin_by_a_single_page_app_and_without_by_any_other() {
    let (world, _person) = entra_world();
    let worker = app(&world);
    let account = connect(&world, &worker, json!({"form": entra_form("single_page")}))["done"].clone();
    assert_eq!((account["name"].as_str(), account["email"].as_str()), (Some("Mia"), Some("Mia@example.com")));
    assert!(world.extras().rules().is_empty(), "nothing is changed where nothing has to be");
    let refused = connect(&world, &worker, json!({"form": entra_form("own_app")}))["error"].clone();
    assert_eq!(refused["code"], "permission_needed");
    assert_eq!(refused["action"], json!({"kind": "grant_hosts", "origins": [], "permissions": [RULES]}));
    world.edge().grant(RULES);
    let other = connect(&world, &worker, json!({"form": entra_form("own_app")}))["done"].clone();
    assert_eq!(other["id"], account["id"], "the same person at the same app");
    assert_eq!(world.extras().rules().len(), 1);
    // After a restart of the browser there is no rule, and the first refresh sets it.
    world.restart_browser();
    assert!(world.extras().rules().is_empty());
    let (next, _) = app(&world);
    ask_ok(&world, &next, "popup", "refresh", json!({"account": account["id"]}));
    assert_eq!(world.extras().rules().len(), 1);
}

#[test]
fn both_kinds_of_entra_apps_live_side_by_side_in_one_tenant() {
    let (world, _person) = entra_world();
    world.edge().grant(RULES);
    let worker = app(&world);
    let single = connect(&world, &worker, json!({"form": entra_form("single_page")}));
    let mut form = entra_form("own_app");
    form["tenant"] = "contoso.example".into();
    let confidential = connect(&world, &worker, json!({"form": form}));
    for account in [single, confidential] {
        let id = account["done"]["id"].clone();
        let refreshed = ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": id}));
        assert_eq!(refreshed["health"], "fresh", "{refreshed}");
    }
}

#[test]
fn the_hosts_and_the_permission_of_entra_are_known_before_anything_is_asked() {
    let world = World::new(START, 1);
    let (app, _) = app(&world);
    let check = ask_ok(&world, &app, "options", "check_form", json!({"form": entra_form("own_app")}));
    assert_eq!(check["problems"], json!([]));
    assert_eq!(check["origins"], json!(["https://graph.microsoft.com/*", "https://login.microsoftonline.com/*"]));
    assert_eq!(check["permissions"], json!([RULES]));
    assert_eq!(check["clients"], json!(["single_page", "public", "own_app", "client_credentials"]));
    let fields = "client_id client_secret tenant scopes authorize_parameters token_parameters simulator";
    assert_eq!(check["fields"], json!(fields.split(' ').collect::<Vec<_>>()));
}

#[test]
fn entra_s_own_number_leads_to_what_has_to_be_changed() {
    let (world, _person) = entra_world();
    let refused = |code: u32, error: &str| {
        let words = format!("AADSTS{code}: Something.\r\nTrace ID: 1 Timestamp: 3");
        world.http().queue(Reply::json(400, &json!({"error": error, "error_description": words})));
        let worker = app(&world);
        connect(&world, &worker, json!({"form": entra_form("single_page")}))["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(refused(9_002_326, "invalid_request").contains("choose “single-page app” and register"));
    assert!(refused(9_002_327, "invalid_request").contains("under “Web” or “Mobile and desktop"));
    assert!(refused(7_000_215, "invalid_client").contains("Paste the secret's value, not its id"));
    assert!(refused(700_016, "unauthorized_client").contains("Check the client id and the tenant"));
    assert!(refused(90_002, "invalid_request").contains("no such tenant"));
    assert!(refused(1, "invalid_client").contains("Check the client id"));
}

#[test]
fn another_account_is_chosen_at_the_server_and_becomes_one_of_its_own() {
    let (world, person) = entra_world();
    let worker = app(&world);
    let first = connect(&world, &worker, json!({"form": entra_form("single_page")}))["done"]["id"].clone();
    *person.borrow_mut() = "Ben".to_owned();
    let args = json!({"account": first, "other": true});
    let second = end(&stream(&world, &worker, "popup", "reconnect", args))["done"].clone();
    assert_ne!(second["id"], first);
    assert_eq!(second["name"], "Ben");
    let asked: Vec<String> = world.edge().windows().iter().map(|(url, _)| of(url, "prompt")).collect();
    assert_eq!(asked, ["", "select_account"]);
    let overview = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!(overview["accounts"].as_array().unwrap().len(), 2);
}

#[test]
fn a_silent_attempt_shows_nothing_and_never_changes_whose_account_it_is() {
    let (world, person) = entra_world();
    let (app, memory) = app(&world);
    let id = connect(&world, &(app.clone(), memory.clone()), json!({"form": entra_form("single_page")}))["done"]["id"]
        .clone();
    let id = id.as_str().unwrap();
    let try_it = || {
        let account = world.run(app.tokens().account(id)).unwrap();
        world.run(silent(&memory, app.tokens(), &account))
    };
    assert!(try_it().unwrap());
    let (url, shown) = world.edge().windows().pop().unwrap();
    assert!(!shown);
    assert_eq!((of(&url, "prompt"), of(&url, "login_hint")), ("none".into(), "Mia@example.com".into()));
    let before = world.stored();
    *person.borrow_mut() = "Ben".to_owned();
    assert_eq!(code(&try_it().unwrap_err()), "sign_in_mismatch");
    for end in ["login_required", "interaction_required", "consent_required"] {
        world.edge().on_consent(move |url, _| {
            Some(Ok(format!("{}?error={end}&state={}", of(url, "redirect_uri"), of(url, "state"))))
        });
        assert_eq!(code(&try_it().unwrap_err()), "reauth_required", "{end}");
    }
    world.edge().on_consent(|_, _| Some(Err(ConsentError::InteractionRequired)));
    assert_eq!(code(&try_it().unwrap_err()), "reauth_required");
    assert_eq!(world.stored(), before, "nothing was stored by any of these");
    assert!(!world.session().keys().any(|key| key.starts_with("flow")));
}

fn code(error: &chat_for_jira::error::Error) -> String {
    serde_json::to_value(error.code).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn jira_is_never_asked_in_silence() {
    let (world, _peer) = crate::peer::world(1);
    let worker = app(&world);
    let id = crate::peer::connect(&world, &worker);
    let account = world.run(worker.0.tokens().account(&id)).unwrap();
    let windows = world.edge().windows().len();
    assert!(!world.run(silent(&worker.1, worker.0.tokens(), &account)).unwrap());
    assert_eq!(world.edge().windows().len(), windows);
}

#[test]
fn a_machine_signs_in_and_renews_without_a_window() {
    let (world, _person) = entra_world();
    world.edge().grant(RULES);
    let worker = app(&world);
    let account = connect(&world, &worker, json!({"form": entra_form("client_credentials")}))["done"].clone();
    assert_eq!(account["name"], "app");
    assert!(world.edge().windows().is_empty());
    let sent = body(&world.http().requests()[0]);
    assert_eq!(of(&sent, "scope"), "https://graph.microsoft.com/.default");
    assert_eq!(of(&sent, "client_secret"), "the-secret");
    ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": account["id"]}));
    let sent = body(&world.http().requests()[1]);
    assert_eq!(of(&sent, "grant_type"), "client_credentials", "a renewal is a new request");
    let again = connect(&world, &worker, json!({"form": entra_form("client_credentials")}))["done"].clone();
    assert_eq!(again["id"], account["id"], "the same machine is the same account");
}

#[test]
fn own_parameters_reach_both_endpoints_of_a_server_and_its_secret_the_header() {
    let world = world(&["https://t.example.com/*"]);
    let form = json!({"provider": "other", "client": "own_app", "client_id": "c", "client_secret": "the-secret",
        "authorization_endpoint": "https://a.example.com/x", "token_endpoint": "t.example.com/y", "scopes": "jobs",
        "authorize_parameters": "audience=jobs api\nresource=urn:a\nresource=urn:b", "token_parameters": "audience=jobs api"});
    world.http().on(|_| Reply::json(200, &json!({"access_token": "a", "expires_in": 60})));
    let worker = app(&world);
    assert!(connect(&world, &worker, json!({"form": form}))["done"].is_object());
    let (url, _) = world.edge().windows().pop().unwrap();
    assert_eq!(of(&url, "audience"), "jobs api");
    assert!(url.contains("resource=urn%3Aa&resource=urn%3Ab"), "{url}");
    let sent = world.http().requests().remove(0);
    assert_eq!(of(&body(&sent), "audience"), "jobs api");
    assert_eq!(header(&sent, "authorization"), format!("Basic {}", STANDARD.encode("c:the-secret")));
    let mut bad = form;
    bad["authorize_parameters"] = "state=mine".into();
    let refused = connect(&world, &worker, json!({"form": bad}))["error"].clone();
    assert_eq!(refused["action"], json!({"kind": "fix_settings", "field": "authorize_parameters"}));
}

const CLOUD_ID: &str = "11111111-2222-3333-4444-555555555555";

/// Jira Cloud for an API token, and Data Center for a personal access token.
fn by_hand_world() -> World {
    let world = world(&["https://team.atlassian.net/*", "https://jira.example.com/*", RULES]);
    world.http().on(|request| {
        let sent = header(request, "authorization");
        let good =
            [format!("Basic {}", STANDARD.encode("mia@example.com:api-token-1")), "Bearer pat-token-1".to_owned()];
        if request.url.ends_with("/_edge/tenant_info") {
            assert!(sent.is_empty(), "the site itself gets no token");
            let known = request.url.starts_with("https://team.");
            return if known { Reply::json(200, &json!({"cloudId": CLOUD_ID})) } else { Reply::text(404, "no") };
        }
        if !good.contains(&sent) {
            return Reply::json(401, &json!({"message": "Unauthorized"}));
        }
        // As Jira's protection against forged requests.
        let forged = request.body.is_some()
            && (header(request, "user-agent").starts_with("Mozilla") || !header(request, "origin").is_empty());
        if forged {
            return Reply::text(403, "XSRF check failed");
        }
        let path =
            request.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path).unwrap();
        let cloud = format!("ex/jira/{CLOUD_ID}/rest/api/3/");
        match path {
            path if path == format!("{cloud}myself") => {
                Reply::json(200, &json!({"accountId": "mia", "displayName": "Mia"}))
            }
            "rest/api/2/myself" => Reply::json(200, &json!({"key": "JIRAUSER1", "name": "mia", "displayName": "Mia"})),
            path if path.contains("search") => Reply::json(200, &json!({"issues": [], "isLast": true, "total": 0})),
            _ => Reply::text(404, ""),
        }
    });
    world
}

fn api_token() -> Value {
    json!({"provider": "jira_cloud", "client": "api_token", "site": "team.atlassian.net", "email": "mia@example.com",
        "token": " api-token-1 ", "expires_on": "2027-01-31"})
}

#[test]
fn an_api_token_works_at_the_gateway_counts_down_and_is_replaced_by_hand() {
    let world = by_hand_world();
    let worker = app(&world);
    let account = connect(&world, &worker, json!({"form": api_token()}))["done"].clone();
    assert_eq!((&account["name"], &account["site"]["id"]), (&json!("Mia"), &json!(CLOUD_ID)));
    assert_eq!(account["site"]["url"], "https://team.atlassian.net");
    assert_eq!((&account["can_refresh"], &account["expires_at"]), (&json!(false), &json!(1_801_440_000_000_i64)));
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": account["id"], "text": "project = MOB"}));
    assert!(end(&messages)["done"].is_object(), "{messages:?}");
    let asked = world.http().requests().into_iter().rfind(|request| request.url.contains("search/jql")).unwrap();
    assert_eq!(header(&asked, "x-atlassian-token"), "no-check");
    assert_eq!(header(&asked, "user-agent"), "chat-for-jira");
    // A new one, from the account itself.
    let again = |token: Value| end(&stream(&world, &worker, "popup", "reconnect", token)).clone();
    let missing = again(json!({"account": account["id"]}))["error"].clone();
    assert_eq!(missing["action"], json!({"kind": "fix_settings", "field": "token"}));
    let old = json!({"account": account["id"], "token": "api-token-1", "expires_on": "2026-01-01"});
    assert_eq!(again(old)["error"]["action"]["field"], "expires_on");
    let renewed = again(json!({"account": account["id"], "token": "api-token-1"}))["done"].clone();
    assert_eq!(
        (&renewed["id"], &renewed["expires_at"], &renewed["health"]),
        (&account["id"], &Value::Null, &json!("no_expiry"))
    );
    assert!(world.edge().windows().is_empty());
}

#[test]
fn after_the_browser_s_start_a_token_made_by_hand_still_asks_without_an_origin() {
    let world = by_hand_world();
    let account = connect(&world, &app(&world), json!({"form": api_token()}))["done"].clone();
    world.restart_browser();
    let worker = app(&world);
    world.run(worker.0.startup());
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": account["id"], "text": "project = MOB"}));
    assert!(end(&messages)["done"].is_object(), "{messages:?}");
}

#[test]
fn a_token_made_by_hand_that_lacks_a_scope_is_kept() {
    let world = by_hand_world();
    let worker = app(&world);
    let account = connect(&world, &worker, json!({"form": api_token()}))["done"].clone();
    world.http().queue(Reply::json(401, &json!({"code": 401, "message": "Unauthorized; scope does not match"})));
    let ask = json!({"account": account["id"], "text": "project = MOB"});
    let messages = stream(&world, &worker, "panel", "ask", ask.clone());
    let error = &end(&messages)["error"];
    assert!(error["message"].as_str().unwrap().contains("scope"), "{error}");
    assert_ne!(only_account(&world, &worker.0)["health"], "reauth_required");
    let messages = stream(&world, &worker, "panel", "ask", ask);
    assert!(end(&messages)["done"].is_object(), "{messages:?}");
}

#[test]
fn the_paste_of_a_new_token_is_read_like_the_first() {
    let world = by_hand_world();
    let worker = app(&world);
    let account = connect(&world, &worker, json!({"form": api_token()}))["done"].clone();
    let again = |token: Value| end(&stream(&world, &worker, "popup", "reconnect", token)).clone();
    let day = json!({"account": account["id"], "token": "api-token-1", "expires_on": "31.1.2027"});
    assert_eq!(again(day)["error"]["action"]["field"], "expires_on");
    let broken = json!({"account": account["id"], "token": "api token-1"});
    assert_eq!(again(broken)["error"]["action"]["field"], "token");
    let spaced = json!({"account": account["id"], "token": " api-token-1\n", "expires_on": ""});
    assert_eq!(again(spaced)["done"]["id"], account["id"]);
}

#[test]
fn machines_of_one_name_at_two_servers_are_two_accounts() {
    let world = world(&["https://one.example.com/*", "https://two.example.com/*"]);
    world.http().on(|_| Reply::json(200, &json!({"access_token": "a", "expires_in": 3600, "token_type": "Bearer"})));
    let worker = app(&world);
    let form = |host: &str| {
        json!({"provider": "other", "client": "client_credentials", "client_id": "robot",
        "client_secret": "s3cret", "token_endpoint": format!("https://{host}.example.com/token")})
    };
    let one = connect(&world, &worker, json!({"form": form("one")}))["done"].clone();
    let two = connect(&world, &worker, json!({"form": form("two")}))["done"].clone();
    assert!(one["id"].is_string() && two["id"].is_string() && one["id"] != two["id"], "{one} {two}");
}

#[test]
fn a_personal_access_token_is_a_bearer_token_at_data_center() {
    let world = by_hand_world();
    let worker = app(&world);
    let form = json!({"provider": "jira_data_center", "client": "personal_access_token", "base_url": "https://jira.example.com/",
        "token": "pat-token-1"});
    let account = connect(&world, &worker, json!({"form": form}))["done"].clone();
    assert_eq!((&account["name"], &account["health"]), (&json!("Mia"), &json!("no_expiry")));
    let messages = stream(&world, &worker, "panel", "ask", json!({"account": account["id"], "text": "project = MOB"}));
    assert!(end(&messages)["done"].is_object(), "{messages:?}");
    let gone = ask_ok(&world, &worker.0, "popup", "sign_out", json!({"account": account["id"]}));
    assert_eq!(gone["revoked"], false);
    assert!(gone["manage_url"].as_str().unwrap().starts_with("https://jira.example.com/secure/ViewProfile.jspa"));
}

#[test]
fn a_wrong_token_and_a_wrong_site_point_at_their_fields() {
    let world = by_hand_world();
    let worker = app(&world);
    let refused = |name: &str, value: &str| {
        let mut form = api_token();
        form[name] = value.into();
        world.edge().grant("https://nobody.atlassian.net/*");
        let error = connect(&world, &worker, json!({"form": form}))["error"].clone();
        assert_eq!(error["code"], "invalid_configuration", "{error}");
        assert!(!error.to_string().contains("wrong-token"), "{error}");
        error["action"]["field"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused("token", "wrong-token"), "token");
    assert_eq!(refused("email", "ben@example.com"), "token");
    assert_eq!(refused("email", "nobody"), "email");
    assert_eq!(refused("site", "nobody.atlassian.net"), "site");
    assert_eq!(refused("expires_on", "soon"), "expires_on");
    assert!(world.stored().is_empty());
}

#[test]
fn a_kept_provider_is_listed_without_its_secret_used_and_forgotten() {
    let (world, _peer) = crate::peer::world(1);
    let worker = app(&world);
    let mut form = crate::peer::form();
    form["token"] = "a-token-of-mine".into();
    let kept = ask_ok(&world, &worker.0, "options", "add_provider", json!({"name": " Team ", "form": form}));
    let listed = ask_ok(&world, &worker.0, "options", "providers", json!({}));
    assert_eq!(listed, json!({"providers": [kept]}));
    assert_eq!((&kept["name"], &kept["has_secret"], &kept["managed"]), (&json!("Team"), &json!(true), &json!(false)));
    assert!(!listed.to_string().contains(crate::peer::CLIENT_SECRET));
    for (key, record) in world.stored() {
        assert!(key.starts_with("provider:") && !record.value.contains(crate::peer::CLIENT_SECRET), "{key}");
    }
    let account = connect(&world, &worker, json!({"provider": kept["id"]}))["done"].clone();
    assert_eq!(account["name"], "Mia Stone");
    let id = json!({"provider": kept["id"]});
    ask_ok(&world, &worker.0, "options", "remove_provider", id.clone());
    ask_ok(&world, &worker.0, "options", "remove_provider", id.clone());
    assert_eq!(ask_ok(&world, &worker.0, "options", "providers", json!({})), json!({"providers": []}));
    assert_eq!(connect(&world, &worker, id)["error"]["code"], "not_found");
    ask_ok(&world, &worker.0, "popup", "refresh", json!({"account": account["id"]}));
    assert_eq!(only_account(&world, &worker.0)["id"], account["id"], "its account stays");
}

#[test]
fn a_provider_that_cannot_work_is_not_kept() {
    let world = World::new(START, 1);
    let (app, _) = app(&world);
    let add = |name: &str, form: Value| {
        let error = ask_error(&world, &app, "options", "add_provider", json!({"name": name, "form": form}));
        error["action"]["field"].as_str().unwrap().to_owned()
    };
    assert_eq!(add("", crate::peer::form()), "name");
    assert_eq!(add(&"x".repeat(61), crate::peer::form()), "name");
    assert_eq!(add("x", json!({"provider": "jira_cloud", "client": "own_app"})), "client_id");
    assert_eq!(add("x", json!({"provider": "jira_cloud", "client": "public"})), "client");
    assert!(world.stored().is_empty());
}

#[test]
fn a_kept_way_with_tokens_made_by_hand_asks_each_person_for_theirs() {
    let world = by_hand_world();
    let worker = app(&world);
    let kept = ask_ok(&world, &worker.0, "options", "add_provider", json!({"name": "Team", "form": api_token()}));
    assert_eq!(
        (&kept["asks_for"], &kept["place"]),
        (&json!(["email", "token", "expires_on"]), &json!("team.atlassian.net"))
    );
    let refused = connect(&world, &worker, json!({"provider": kept["id"]}))["error"].clone();
    assert_eq!(refused["action"]["field"], "email");
    let account = connect(&world, &worker, json!({"provider": kept["id"], "form": api_token()}))["done"].clone();
    assert_eq!(account["name"], "Mia");
}

#[test]
fn sign_ins_of_one_person_that_end_together_make_one_account() {
    let (world, _person) = entra_world();
    world.edge().grant(RULES);
    let workers: Vec<_> = (0..6).map(|_| app(&world)).collect();
    let forms = BTreeMap::from([("form", entra_form("client_credentials"))]);
    let work = workers.iter().map(|(app, memory)| {
        memory.messages().connect(7);
        app.open_port(7, crate::peer::page_of("options"));
        let args = json!({"id": "s", "command": "connect", "args": forms});
        Box::pin(app.port_message(7, args))
    });
    world.take_turns(Some(5));
    world.run(futures_util::future::join_all(work));
    let accounts = world.stored().into_keys().filter(|key| key.starts_with("account:")).count();
    assert_eq!(accounts, 1);
    assert_eq!(world.http().requests().len(), 6);
}
