use crate::random;
use crate::testing::{Answer, REDIRECT, Server, VERIFIER, encode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

async fn authorize(server: &Server, client: &str, more: &[(&str, &str)]) -> Answer {
    let challenge = random::challenge(VERIFIER);
    let mut fields = vec![
        ("client_id", client),
        ("scope", "openid offline_access"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    fields.extend_from_slice(more);
    server.get(&format!("/generic/authorize?{}", encode(&fields))).await
}

/// The exchange of a new code of `generic-web`, with these fields and headers.
async fn exchange(server: &Server, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
    let code = authorize(server, "generic-web", &[]).await.parameter("code").unwrap();
    let good = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    server.form("/generic/token", &[&good[..], fields].concat(), headers).await
}

fn basic(id_and_secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(id_and_secret))
}

fn refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!((answer.status, &answer.json()["error"]), (status, &json!(error)), "{}", answer.text);
}

#[tokio::test]
async fn a_confidential_client_shows_its_secret_where_it_belongs() {
    let server = Server::accepting().await;
    let good = basic("generic-web:generic-secret");
    let header = [("authorization", good.as_str())];
    let body = [("client_id", "generic-web"), ("client_secret", "generic-secret")];
    assert_eq!(exchange(&server, &[], &header).await.status, 200);
    refused(&exchange(&server, &body, &[]).await, 401, "invalid_client");
    refused(&exchange(&server, &body[..1], &[]).await, 401, "invalid_client");
    let wrong = exchange(&server, &[], &[("authorization", &basic("generic-web:guess"))]).await;
    refused(&wrong, 401, "invalid_client");
    assert!(wrong.headers.contains_key("www-authenticate"), "RFC 6749, section 5.2");
    for (place, in_header, in_body) in [("body", 401, 200), ("either", 200, 200), ("header", 200, 401)] {
        server.set(json!({"generic_secret_in": place})).await;
        assert_eq!(exchange(&server, &[], &header).await.status, in_header, "{place}");
        assert_eq!(exchange(&server, &body, &[]).await.status, in_body, "{place}");
    }
    let metadata = server.get("/generic/.well-known/openid-configuration").await.json();
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["none", "client_secret_basic"]));
}

#[tokio::test]
async fn a_machine_acts_for_itself_and_for_nobody_else() {
    let server = Server::accepting().await;
    let good = basic("generic-daemon:daemon-secret");
    let ask = async |authorization: &str, scope: &str| {
        let fields = [("grant_type", "client_credentials"), ("scope", scope)];
        server.form("/generic/token", &fields, &[("authorization", authorization)]).await
    };
    let all = ask(&good, "").await.json();
    assert_eq!((&all["scope"], all.get("refresh_token")), (&json!("jobs:read jobs:write"), None));
    assert_eq!(ask(&good, "jobs:read").await.json()["scope"], "jobs:read");
    refused(&ask(&good, "openid").await, 400, "invalid_scope");
    refused(&ask(&basic("generic-daemon:guess"), "").await, 401, "invalid_client");
    refused(&ask(&basic("generic-web:generic-secret"), "").await, 400, "unauthorized_client");
    let public = [("grant_type", "client_credentials"), ("client_id", "generic-app")];
    refused(&server.form("/generic/token", &public, &[]).await, 400, "unauthorized_client");
    let person = server.get_as("/generic/userinfo", all["access_token"].as_str().unwrap()).await;
    assert_eq!(person.status, 401, "there is nobody behind it");
    let page = authorize(&server, "generic-daemon", &[]).await;
    assert_eq!(page.parameter("error").as_deref(), Some("unauthorized_client"));
    assert_eq!(server.get("/_control/counters").await.json()["client_credentials"], 2);
}

#[tokio::test]
async fn the_server_can_insist_on_further_parameters() {
    let server = Server::accepting().await;
    server
        .set(json!({"generic_required_authorize": {"audience": "jira"}, "generic_required_token": {"resource": "urn:jira"}}))
        .await;
    let error = async |more: &[(&str, &str)]| authorize(&server, "generic-web", more).await.parameter("error");
    assert_eq!(error(&[]).await.as_deref(), Some("invalid_request"));
    assert_eq!(error(&[("audience", "other")]).await.as_deref(), Some("invalid_target"));
    let code = authorize(&server, "generic-web", &[("audience", "jira")]).await.parameter("code").unwrap();
    let good = basic("generic-web:generic-secret");
    let token = async |more: &[(&str, &str)]| {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        server.form("/generic/token", &[&fields[..], more].concat(), &[("authorization", &good)]).await
    };
    refused(&token(&[]).await, 400, "invalid_request");
    refused(&token(&[("resource", "urn:other")]).await, 400, "invalid_target");
    let refresh = token(&[("resource", "urn:jira")]).await.json()["refresh_token"].as_str().unwrap().to_owned();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    refused(&server.form("/generic/token", &fields, &[("authorization", &good)]).await, 400, "invalid_request");
    let whole = [&fields[..], &[("resource", "urn:jira")]].concat();
    assert_eq!(server.form("/generic/token", &whole, &[("authorization", &good)]).await.status, 200);
}

#[tokio::test]
async fn prompt_asks_again_or_not_at_all() {
    let server = Server::new();
    let none = authorize(&server, "generic-web", &[("prompt", "none")]).await;
    assert_eq!(none.parameter("error").as_deref(), Some("login_required"));
    let both = authorize(&server, "generic-web", &[("prompt", "none login")]).await;
    assert_eq!(both.parameter("error").as_deref(), Some("invalid_request"));
    let hinted = authorize(&server, "generic-web", &[("login_hint", "wei.zhang@harborline.example")]).await;
    assert!(hinted.text.contains("selected>Wei Zhang"), "the expected person is chosen");
    let request = hinted.request_id();
    let fields = [("request", request.as_str()), ("user", "Nora Berg")];
    let consent = server.form("/generic/login", &fields, &[]).await;
    assert!(consent.text.contains("id=\"accept\""), "whoever signs in goes on");
    let cookie = consent.cookie();
    let again = async |prompt: &str| {
        let challenge = random::challenge(VERIFIER);
        let fields = [
            ("client_id", "generic-web"),
            ("scope", "openid"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("prompt", prompt),
        ];
        let path = format!("/generic/authorize?{}", encode(&fields));
        server.ask((axum::http::Method::GET, &path), &[("cookie", &cookie)], String::new()).await
    };
    assert!(again("login").await.text.contains("id=\"password\""));
    assert!(again("select_account").await.text.contains("Pick an account"));
    assert!(again("consent").await.text.contains("id=\"accept\""));
}
