use super::TENANT;
use crate::random;
use crate::testing::{Answer, REDIRECT, Server, VERIFIER, encode};
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

const ORIGIN: (&str, &str) = ("origin", "chrome-extension://eddjajdlncgkhefpahlmbnajipeodcfn");
const SCOPE: &str = "openid profile email offline_access";

/// The address of an authorization request of a good client, with one parameter changed or (if empty) left out.
fn ask(client: &str, change: (&str, &str)) -> String {
    let challenge = random::challenge(VERIFIER);
    let good = [
        ("client_id", client),
        ("scope", SCOPE),
        ("redirect_uri", REDIRECT),
        ("state", "the-state"),
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let mut fields: Vec<_> = good.into_iter().filter(|(name, _)| *name != change.0).collect();
    fields.extend(Some(change).filter(|(_, value)| !value.is_empty()));
    format!("/entra/{TENANT}/oauth2/v2.0/authorize?{}", encode(&fields))
}

async fn token(server: &Server, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
    server.form(&format!("/entra/{TENANT}/oauth2/v2.0/token"), fields, headers).await
}

/// The exchange of a new code, with these fields added.
async fn exchange(server: &Server, client: &str, more: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
    let own = match more.iter().any(|(name, _)| *name == "code") {
        true => String::new(),
        false => server.get(&ask(client, ("x", ""))).await.parameter("code").unwrap(),
    };
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", client),
        ("code", &own),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
    token(server, &fields, headers).await
}

async fn refresh(server: &Server, client: &str, refresh_token: &str, headers: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", refresh_token)];
    if client == "entra-web" {
        fields.push(("client_secret", "entra-secret"));
    }
    token(server, &fields, headers).await
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("{name} is missing: {}", answer.text)).to_owned()
}

fn refused(answer: &Answer, status: u16, error: &str, code: u64) {
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["error"], &body["error_codes"]),
        (status, &json!(error), &json!([code])),
        "{body}"
    );
    let description = body["error_description"].as_str().unwrap();
    assert!(description.starts_with(&format!("AADSTS{code}: ")), "{description}");
    for name in ["timestamp", "trace_id", "correlation_id", "error_uri"] {
        assert!(body[name].is_string(), "{name}");
    }
    assert!(description.contains(body["trace_id"].as_str().unwrap()));
}

const SECRET: (&str, &str) = ("client_secret", "entra-secret");

#[tokio::test]
async fn entra_publishes_its_endpoints_and_a_template_for_the_issuer_of_many_tenants() {
    let server = Server::new();
    let of = async |tenant: &str| server.get(&format!("/entra/{tenant}/v2.0/.well-known/openid-configuration")).await;
    let own = of(TENANT).await.json();
    assert_eq!(own["issuer"], format!("{}/entra/{TENANT}/v2.0", server.sim.base()));
    assert_eq!(own, of("harborline.example").await.json(), "a domain names its tenant");
    assert!(own["token_endpoint"].as_str().unwrap().ends_with(&format!("/entra/{TENANT}/oauth2/v2.0/token")));
    assert!(own.get("code_challenge_methods_supported").is_none(), "Entra does not say it");
    assert!(own.get("revocation_endpoint").is_none(), "Entra has none");
    for tenant in ["common", "organizations"] {
        let many = of(tenant).await.json();
        assert_eq!(many["issuer"], format!("{}/entra/{{tenantid}}/v2.0", server.sim.base()));
        assert!(many["authorization_endpoint"].as_str().unwrap().contains(&format!("/entra/{tenant}/oauth2/")));
    }
    refused(&of("stranger.example").await, 400, "invalid_tenant", 90_002);
}

#[tokio::test]
async fn a_single_page_client_gets_its_tokens_with_an_origin_and_without_a_secret() {
    let server = Server::accepting().await;
    let answer = exchange(&server, "entra-spa", &[], &[ORIGIN]).await;
    let tokens = answer.json();
    assert_eq!((answer.status, &tokens["token_type"], &tokens["expires_in"]), (200, &json!("Bearer"), &json!(3600)));
    assert_eq!(tokens["scope"], "openid profile email", "offline_access is not listed");
    assert!((86_390..=86_400).contains(&tokens["refresh_token_expires_in"].as_i64().unwrap()));
    refused(&exchange(&server, "entra-spa", &[], &[]).await, 400, "invalid_request", 9_002_327);
    refused(&exchange(&server, "entra-spa", &[SECRET], &[ORIGIN]).await, 401, "invalid_client", 700_025);
    let token = text(&answer, "refresh_token");
    refused(&refresh(&server, "entra-spa", &token, &[]).await, 400, "invalid_request", 9_002_327);
    assert_eq!(refresh(&server, "entra-spa", &token, &[ORIGIN]).await.status, 200);
}

#[tokio::test]
async fn a_confidential_client_gets_its_tokens_with_its_secret_and_without_an_origin() {
    let server = Server::accepting().await;
    assert_eq!(exchange(&server, "entra-web", &[SECRET], &[]).await.status, 200);
    let basic = format!("Basic {}", STANDARD.encode("entra-web:entra-secret"));
    assert_eq!(exchange(&server, "entra-web", &[], &[("authorization", &basic)]).await.status, 200);
    refused(&exchange(&server, "entra-web", &[SECRET], &[ORIGIN]).await, 400, "invalid_request", 9_002_326);
    refused(&exchange(&server, "entra-web", &[], &[]).await, 401, "invalid_client", 7_000_218);
    let wrong = exchange(&server, "entra-web", &[("client_secret", "guess")], &[]).await;
    refused(&wrong, 401, "invalid_client", 7_000_215);
    refused(
        &exchange(&server, "entra-web", &[("client_id", "stranger")], &[]).await,
        400,
        "unauthorized_client",
        700_016,
    );
    refused(&exchange(&server, "entra-web", &[("grant_type", "")], &[]).await, 400, "invalid_request", 900_144);
    refused(
        &exchange(&server, "entra-web", &[SECRET, ("grant_type", "password")], &[]).await,
        400,
        "unsupported_grant_type",
        70_003,
    );
    let elsewhere = format!("/entra/{}/oauth2/v2.0/token", TENANT.replace('2', "3"));
    refused(&server.form(&elsewhere, &[("grant_type", "refresh_token")], &[]).await, 400, "invalid_tenant", 90_002);
    let json = server.post(&format!("/entra/{TENANT}/oauth2/v2.0/token"), json!({"grant_type": "refresh_token"})).await;
    refused(&json, 400, "invalid_request", 900_144);
}

#[tokio::test]
async fn a_code_is_good_once_for_its_client_address_and_verifier() {
    let server = Server::accepting().await;
    let other = VERIFIER.replace('d', "e");
    for (change, code) in [
        (("code", "invented"), 70_000),
        (("redirect_uri", "http://127.0.0.1/oauth"), 500_112),
        (("code_verifier", ""), 501_481),
        (("code_verifier", other.as_str()), 501_481),
    ] {
        refused(&exchange(&server, "entra-web", &[SECRET, change], &[]).await, 400, "invalid_grant", code);
    }
    let code = server.get(&ask("entra-web", ("x", ""))).await.parameter("code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "entra-web"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
        SECRET,
    ];
    let tokens = token(&server, &fields, &[]).await;
    refused(&token(&server, &fields, &[]).await, 400, "invalid_grant", 54_005);
    let dead = refresh(&server, "entra-web", &text(&tokens, "refresh_token"), &[]).await;
    refused(&dead, 400, "invalid_grant", 50_173);
    let late = server.get(&ask("entra-web", ("x", ""))).await.parameter("code").unwrap();
    server.later(61).await;
    refused(&exchange(&server, "entra-web", &[SECRET, ("code", &late)], &[]).await, 400, "invalid_grant", 70_008);
}

#[tokio::test]
async fn a_single_page_clients_refresh_tokens_end_a_day_after_the_sign_in_whatever_it_does() {
    let server = Server::accepting().await;
    let mut token = text(&exchange(&server, "entra-spa", &[], &[ORIGIN]).await, "refresh_token");
    for hours in [8, 16, 23] {
        server.later(hours * 3600).await;
        let next = refresh(&server, "entra-spa", &token, &[ORIGIN]).await;
        let left = next.json()["refresh_token_expires_in"].as_i64().unwrap();
        assert!((left - (24 - hours) * 3600).abs() <= 2, "{left} seconds left after {hours} hours");
        let new = text(&next, "refresh_token");
        assert_ne!(new, token, "a new one each time");
        token = new;
    }
    server.later(24 * 3600 + 2).await;
    let ended = refresh(&server, "entra-spa", &token, &[ORIGIN]).await;
    refused(&ended, 400, "invalid_grant", 700_084);
    assert_eq!(ended.json()["suberror"], "bad_token");
    server.later(0).await;
    server.set(json!({"entra_spa_refresh_lifetime": 60})).await;
    let token = text(&exchange(&server, "entra-spa", &[], &[ORIGIN]).await, "refresh_token");
    server.later(61).await;
    refused(&refresh(&server, "entra-spa", &token, &[ORIGIN]).await, 400, "invalid_grant", 700_084);
}

#[tokio::test]
async fn a_confidential_clients_refresh_tokens_slide_ninety_days_and_old_ones_stay_good() {
    let server = Server::accepting().await;
    let first = text(&exchange(&server, "entra-web", &[SECRET], &[]).await, "refresh_token");
    server.later(80 * 86_400).await;
    let second = text(&refresh(&server, "entra-web", &first, &[]).await, "refresh_token");
    assert_eq!(refresh(&server, "entra-web", &first, &[]).await.status, 200, "a replaced token is not ended");
    server.later(91 * 86_400).await;
    refused(&refresh(&server, "entra-web", &first, &[]).await, 400, "invalid_grant", 700_082);
    server.later(169 * 86_400).await;
    assert_eq!(refresh(&server, "entra-web", &second, &[]).await.status, 200);
    server.post("/_control/revoke_all", json!({})).await;
    refused(&refresh(&server, "entra-web", &second, &[]).await, 400, "invalid_grant", 50_173);
    refused(&refresh(&server, "entra-web", "invented", &[]).await, 400, "invalid_grant", 70_000);
    refused(&refresh(&server, "entra-spa", &second, &[ORIGIN]).await, 400, "invalid_grant", 70_000);
}

#[tokio::test]
async fn only_offline_access_brings_a_refresh_token_and_only_openid_an_id_token() {
    let server = Server::accepting().await;
    let with = async |scope: &str| {
        let code = server.get(&ask("entra-web", ("scope", scope))).await.parameter("code").unwrap();
        exchange(&server, "entra-web", &[SECRET, ("code", &code)], &[]).await.json()
    };
    let plain = with("api://jira-tools/Jobs.Read").await;
    assert!(plain.get("refresh_token").is_none() && plain.get("id_token").is_none(), "{plain}");
    assert_eq!(plain["scope"], "api://jira-tools/Jobs.Read");
    let whole = with(SCOPE).await;
    let token = whole["id_token"].as_str().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    assert_eq!(parts.len(), 3);
    assert_eq!(
        (&claims["aud"], &claims["tid"], &claims["name"]),
        (&json!("entra-web"), &json!(TENANT), &json!("Nora Berg"))
    );
    let me = server.get_as("/graph/oidc/userinfo", whole["access_token"].as_str().unwrap()).await;
    assert_eq!((&me.json()["sub"], &me.json()["email"]), (&claims["sub"], &json!("nora.berg@harborline.example")));
    let foreign = server.get_as("/graph/oidc/userinfo", plain["access_token"].as_str().unwrap()).await;
    assert_eq!((foreign.status, &foreign.json()["error"]["code"]), (401, &json!("InvalidAuthenticationToken")));
    assert_eq!(server.get("/graph/oidc/userinfo").await.status, 401);
    let graph = with("User.Read").await;
    let without = server.get_as("/graph/oidc/userinfo", graph["access_token"].as_str().unwrap()).await;
    assert_eq!(without.status, 403, "no openid");
}

#[tokio::test]
async fn a_machine_asks_for_itself_at_its_own_tenant_for_all_of_one_resource() {
    let server = Server::new();
    let with = async |client: &str, scope: &str, headers: &[(&str, &str)]| {
        let mut fields = vec![("grant_type", "client_credentials"), ("client_id", client)];
        fields.extend(Some(SECRET).filter(|_| client != "entra-spa"));
        fields.extend(Some(("scope", scope)).filter(|(_, scope)| !scope.is_empty()));
        token(&server, &fields, headers).await
    };
    let good = with("entra-daemon", "https://graph.microsoft.com/.default", &[]).await;
    let tokens = good.json();
    assert_eq!(good.status, 200);
    assert!(
        tokens["access_token"].is_string() && tokens.get("refresh_token").is_none() && tokens.get("scope").is_none()
    );
    refused(&with("entra-daemon", "https://graph.microsoft.com/User.Read", &[]).await, 400, "invalid_scope", 1_002_012);
    refused(&with("entra-daemon", "", &[]).await, 400, "invalid_request", 900_144);
    refused(&with("entra-daemon", "api://a/.default api://b/.default", &[]).await, 400, "invalid_scope", 28_000);
    refused(&with("entra-daemon", "api://a/.default", &[ORIGIN]).await, 400, "invalid_request", 9_002_326);
    refused(&with("entra-spa", "api://a/.default", &[ORIGIN]).await, 400, "unauthorized_client", 700_030);
    let fields =
        [("grant_type", "client_credentials"), ("client_id", "entra-daemon"), SECRET, ("scope", "api://a/.default")];
    refused(&server.form("/entra/common/oauth2/v2.0/token", &fields, &[]).await, 400, "invalid_request", 50_059);
}

#[tokio::test]
async fn a_request_that_is_not_in_order_ends_on_a_page_or_goes_back() {
    let server = Server::accepting().await;
    for change in [
        ("client_id", ""),
        ("client_id", "stranger"),
        ("client_id", "entra-daemon"),
        ("redirect_uri", "https://elsewhere.example/"),
    ] {
        let page = server.get(&ask("entra-spa", change)).await;
        assert_eq!((page.status, page.location()), (200, None), "{change:?}");
        assert!(page.text.contains("AADSTS"), "{change:?}");
    }
    let strange = ask("entra-spa", ("x", "")).replace(TENANT, "stranger");
    assert!(server.get(&strange).await.text.contains("AADSTS90002"));
    for (change, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", ""), "invalid_request"),
        (("scope", "api://a/x api://b/y"), "invalid_scope"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
    ] {
        let back = server.get(&ask("entra-spa", change)).await;
        assert_eq!(back.parameter("error").as_deref(), Some(error), "{change:?}");
        assert!(back.parameter("error_description").unwrap().starts_with("AADSTS"), "{change:?}");
        assert_eq!(back.parameter("state").as_deref(), Some("the-state"));
    }
    assert!(server.get(&ask("entra-web", ("code_challenge", ""))).await.parameter("code").is_some());
    server.set(json!({"consent": "deny"})).await;
    let denied = server.get(&ask("entra-spa", ("x", ""))).await;
    assert_eq!(denied.parameter("error").as_deref(), Some("access_denied"));
    assert!(denied.parameter("error_description").unwrap().starts_with("AADSTS65004"));
}

/// A browser with its cookie.
struct Browser<'s> {
    server: &'s Server,
    cookie: String,
}

impl Browser<'_> {
    async fn get(&self, path: &str) -> Answer {
        self.server.ask((Method::GET, path), &[("cookie", &self.cookie)], String::new()).await
    }

    async fn post(&mut self, page: &Answer, path: &str, field: (&str, &str)) -> Answer {
        let request = page.request_id();
        let answer = self.server.form(path, &[("request", &request), field], &[("cookie", &self.cookie)]).await;
        if answer.headers.contains_key("set-cookie") {
            self.cookie = answer.cookie();
        }
        answer
    }

    /// Signs a person in and says yes.
    async fn sign_in(&mut self, page: &Answer, mail: &str) -> Answer {
        let consent = self.post(page, "/entra/login", ("user", mail)).await;
        self.post(&consent, "/entra/consent", ("decision", "accept")).await
    }
}

const NORA: &str = "nora.berg@harborline.example";
const WEI: &str = "wei.zhang@harborline.example";

#[tokio::test]
async fn a_silent_request_succeeds_for_the_one_person_who_is_signed_in_and_has_consented() {
    let server = Server::new();
    let mut browser = Browser { server: &server, cookie: "none=1".into() };
    let silent = ask("entra-spa", ("prompt", "none"));
    let nobody = browser.get(&silent).await;
    assert_eq!(nobody.parameter("error").as_deref(), Some("login_required"));
    assert!(nobody.parameter("error_description").unwrap().starts_with("AADSTS50058"));
    let page = browser.get(&ask("entra-spa", ("x", ""))).await;
    let consent = browser.post(&page, "/entra/login", ("user", NORA)).await;
    let not_yet = browser.get(&silent).await;
    assert_eq!(not_yet.parameter("error").as_deref(), Some("interaction_required"));
    assert!(not_yet.parameter("error_description").unwrap().starts_with("AADSTS65001"));
    assert!(browser.post(&consent, "/entra/consent", ("decision", "accept")).await.parameter("code").is_some());
    let back = browser.get(&silent).await;
    assert!(back.parameter("code").is_some() && back.parameter("session_state").is_some());
    assert!(browser.get(&ask("entra-spa", ("x", ""))).await.parameter("code").is_some(), "no page the second time");
    let other = format!("{silent}&{}", encode(&[("login_hint", WEI)]));
    assert_eq!(browser.get(&other).await.parameter("error").as_deref(), Some("login_required"));
    assert!(browser.get(&ask("entra-spa", ("prompt", "login"))).await.text.contains("id=\"password\""));
}

#[tokio::test]
async fn several_people_in_one_browser_are_told_apart_by_hint_or_choice() {
    let server = Server::new();
    let mut browser = Browser { server: &server, cookie: "none=1".into() };
    let page = browser.get(&ask("entra-spa", ("x", ""))).await;
    browser.sign_in(&page, NORA).await;
    let select = ask("entra-spa", ("prompt", "select_account"));
    let list = browser.get(&select).await;
    let nora = server.sim.world().me().account_id.clone();
    assert!(list.text.contains(&format!("id=\"account-{nora}\"")) && list.text.contains("id=\"other-account\""));
    assert!(browser.post(&list, "/entra/account", ("user", &nora)).await.parameter("code").is_some());
    let list = browser.get(&select).await;
    let login = browser.post(&list, "/entra/account", ("user", "other")).await;
    assert!(login.text.contains("id=\"password\""), "another account signs in");
    assert!(browser.sign_in(&login, WEI).await.parameter("code").is_some());
    let silent = ask("entra-spa", ("prompt", "none"));
    let several = browser.get(&silent).await;
    assert_eq!(several.parameter("error").as_deref(), Some("interaction_required"));
    assert!(several.parameter("error_description").unwrap().starts_with("AADSTS16000"));
    for (mail, name) in [(NORA, "Nora Berg"), (WEI, "Wei Zhang")] {
        let hinted = format!("{silent}&{}", encode(&[("login_hint", mail)]));
        let code = browser.get(&hinted).await.parameter("code").unwrap();
        let tokens = exchange(&server, "entra-spa", &[("code", &code)], &[ORIGIN]).await.status;
        assert_eq!(tokens, 200, "{name}");
    }
    assert!(browser.get(&ask("entra-spa", ("x", ""))).await.text.contains("Pick an account"));
    browser.get(&format!("/entra/{TENANT}/oauth2/v2.0/logout")).await;
    assert_eq!(browser.get(&silent).await.parameter("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a_login_hint_names_the_person_where_there_are_no_pages() {
    let server = Server::accepting().await;
    let code = server.get(&ask("entra-spa", ("login_hint", WEI))).await.parameter("code").unwrap();
    let tokens = exchange(&server, "entra-spa", &[("code", &code)], &[ORIGIN]).await;
    let me = server.get_as("/graph/oidc/userinfo", &text(&tokens, "access_token")).await.json();
    assert_eq!(me["name"], "Wei Zhang");
}
