use crate::random;
use crate::testing::{REDIRECT, SCOPES, Server, VERIFIER, encode};
use serde_json::json;

#[tokio::test]
async fn a_code_with_the_right_secret_and_verifier_gives_both_tokens() {
    let server = Server::accepting().await;
    let back = server.authorize(&[]).await;
    assert_eq!(back.status, 303);
    assert_eq!(back.parameter("state").as_deref(), Some("the-state"));
    assert_eq!(back.parameter("iss"), None, "Atlassian does not send one");
    let answer = server.exchange(&back.parameter("code").unwrap(), &[]).await;
    assert_eq!(answer.status, 200);
    let tokens = answer.json();
    assert_eq!(tokens["access_token"].as_str().unwrap().len(), 2500);
    assert_eq!(tokens["refresh_token"].as_str().unwrap().len(), 1500);
    assert_eq!((&tokens["expires_in"], &tokens["scope"]), (&json!(3600), &json!(SCOPES)));
    assert!(answer.headers.contains_key("date"));
}

#[tokio::test]
async fn jira_cloud_without_the_right_secret_answers_as_it_really_does() {
    let server = Server::accepting().await;
    for change in [("client_secret", ""), ("client_secret", "guess"), ("client_id", "stranger")] {
        let code = server.authorize(&[]).await.parameter("code").unwrap();
        let answer = server.exchange(&code, &[change]).await;
        assert_eq!(answer.status, 401, "{change:?}");
        assert_eq!(answer.json(), json!({"error": "access_denied", "error_description": "Unauthorized"}));
    }
    server.set(json!({"cloud_secret_required": false})).await;
    let code = server.authorize(&[]).await.parameter("code").unwrap();
    assert_eq!(server.exchange(&code, &[("client_secret", "")]).await.status, 200);
}

#[tokio::test]
async fn an_exchange_that_does_not_fit_its_request_is_refused() {
    let server = Server::accepting().await;
    let other = VERIFIER.replace('d', "e");
    for change in [
        ("code_verifier", ""),
        ("code_verifier", other.as_str()),
        ("code_verifier", "short"),
        ("redirect_uri", "http://127.0.0.1/oauth"),
        ("code", "invented"),
    ] {
        let code = server.authorize(&[]).await.parameter("code").unwrap();
        let answer = server.exchange(&code, &[change]).await;
        assert_eq!((answer.status, &answer.json()["error"]), (403, &json!("invalid_grant")), "{change:?}");
    }
}

#[tokio::test]
async fn a_verifier_for_a_request_without_a_challenge_is_refused() {
    let server = Server::accepting().await;
    let plain = server.authorize(&[("code_challenge", ""), ("code_challenge_method", "")]).await;
    let code = plain.parameter("code").unwrap();
    assert_eq!(server.exchange(&code, &[]).await.status, 403);
    assert_eq!(server.exchange(&code, &[("code_verifier", "")]).await.status, 200);
}

#[tokio::test]
async fn the_second_use_of_a_code_ends_what_the_first_gave() {
    let server = Server::accepting().await;
    let code = server.authorize(&[]).await.parameter("code").unwrap();
    let tokens = server.exchange(&code, &[]).await.json();
    assert_eq!(server.exchange(&code, &[]).await.status, 403);
    assert_eq!(server.get_as("/api/me", tokens["access_token"].as_str().unwrap()).await.status, 401);
    assert_eq!(server.refresh(tokens["refresh_token"].as_str().unwrap()).await.status, 403);
}

#[tokio::test]
async fn a_code_is_short_lived() {
    let server = Server::accepting().await;
    let code = server.authorize(&[]).await.parameter("code").unwrap();
    server.later(61).await;
    assert_eq!(server.exchange(&code, &[]).await.status, 403);
}

#[tokio::test]
async fn a_bad_request_to_jira_cloud_ends_on_a_page_that_leads_nowhere() {
    let server = Server::accepting().await;
    for (change, error) in [
        (("client_id", "stranger"), "unauthorized_client"),
        (("redirect_uri", "https://evil.example/oauth"), "invalid_request"),
        (("redirect_uri", "https://eddjajdlncgkhefpahlmbnajipeodcfn.chromiumapp.org/other"), "invalid_request"),
        (("scope", "read:everything"), "invalid_scope"),
        (("scope", ""), "invalid_scope"),
        (("response_type", "token"), "unsupported_response_type"),
        (("audience", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("resource", "https://api.atlassian.com"), "invalid_request"),
    ] {
        let answer = server.authorize(&[change]).await;
        let address = answer.location().unwrap().to_owned();
        assert!(address.starts_with("/id/error?"), "{change:?} {address}");
        assert_eq!(answer.parameter("error").as_deref(), Some(error), "{change:?}");
        let page = server.get(&address).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("Simulator") && page.text.contains(error) && page.location().is_none());
    }
}

#[tokio::test]
async fn no_offline_access_no_refresh_token() {
    let server = Server::accepting().await;
    let code = server.authorize(&[("scope", "read:jira-work")]).await.parameter("code").unwrap();
    assert_eq!(server.exchange(&code, &[]).await.json().get("refresh_token"), None);
    server.set(json!({"give_refresh_token": false})).await;
    assert_eq!(server.sign_in().await.1, "");
}

#[tokio::test]
async fn a_refresh_token_of_jira_cloud_rotates_with_ten_minutes_of_leeway() {
    let server = Server::accepting().await;
    let (_, first) = server.sign_in().await;
    let second = server.refresh(&first).await.json()["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    server.later(500).await;
    let again = server.refresh(&first).await;
    assert_eq!(again.status, 200, "within the leeway");
    server.later(700).await;
    assert_eq!(server.refresh(&first).await.status, 403, "after it");
    let third = again.json()["refresh_token"].as_str().unwrap().to_owned();
    assert_eq!(server.refresh(&third).await.status, 403, "reuse ends the whole family");
}

#[tokio::test]
async fn a_dead_grant_is_refused_in_either_of_the_known_ways() {
    let server = Server::accepting().await;
    let (_, token) = server.sign_in().await;
    server.post("/_control/revoke_all", json!({})).await;
    let live = server.refresh(&token).await;
    assert_eq!(live.status, 403);
    assert_eq!(live.json(), json!({"error": "unauthorized_client", "error_description": "refresh_token is invalid"}));
    server.set(json!({"dead_grant": "invalid_grant"})).await;
    let documented = server.refresh(&token).await.json();
    assert_eq!(documented["error_description"], "Unknown or invalid refresh token.");
}

#[tokio::test]
async fn a_refresh_token_dies_of_ninety_idle_days() {
    let server = Server::accepting().await;
    let (_, token) = server.sign_in().await;
    server.later(89 * 86_400).await;
    let next = server.refresh(&token).await.json()["refresh_token"].as_str().unwrap().to_owned();
    server.later((89 + 91) * 86_400).await;
    assert_eq!(server.refresh(&next).await.status, 403);
}

#[tokio::test]
async fn an_access_token_ends_when_it_should() {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    server.later(3000).await;
    assert_eq!(server.get_as("/api/me", &token).await.status, 200);
    server.later(3600).await;
    assert_eq!(server.get_as("/api/me", &token).await.status, 401);
    server.later(0).await;
    server.post("/_control/expire_access_tokens", json!({})).await;
    assert_eq!(server.get_as("/api/me", &token).await.status, 401);
}

#[tokio::test]
async fn a_person_logs_in_chooses_a_site_and_accepts() {
    let server = Server::new();
    server.set(json!({"sites": 2})).await;
    let login = server.authorize(&[]).await;
    assert_eq!(login.status, 200);
    for id in ["id=\"user\"", "id=\"password\"", "id=\"login\"", "Simulator", "not Atlassian"] {
        assert!(login.text.contains(id), "{id}");
    }
    let me = server.sim.world().me().account_id.clone();
    let fields = [("request", login.request_id()), ("user", me), ("password", String::new())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let consent = server.form("/auth/login", &fields, &[]).await;
    let (one, two) = (&server.sim.world().sites[0].cloud_id, &server.sim.world().sites[1].cloud_id);
    for id in ["id=\"accept\"", "id=\"deny\"", &format!("id=\"site-{one}\""), &format!("id=\"site-{two}\"")] {
        assert!(consent.text.contains(id), "{id}");
    }
    let request = consent.request_id();
    let fields = [("request", request.as_str()), ("site", two), ("decision", "accept")];
    let back = server.form("/auth/consent", &fields, &[("cookie", &consent.cookie())]).await;
    let code = back.parameter("code").unwrap();
    let token = server.exchange(&code, &[]).await.json()["access_token"].as_str().unwrap().to_owned();
    let sites = server.get_as("/api/oauth/token/accessible-resources", &token).await.json();
    assert_eq!((sites.as_array().unwrap().len(), &sites[0]["id"]), (1, &json!(two)));
    let again = server.form("/auth/consent", &fields, &[("cookie", &consent.cookie())]).await;
    assert_eq!((again.status, again.location()), (200, None), "a form works once");
}

#[tokio::test]
async fn a_wrong_password_is_answered_by_a_page_that_does_not_end_the_flow() {
    let server = Server::new();
    let login = server.authorize(&[]).await;
    let request = login.request_id();
    let fields = [("request", request.as_str()), ("user", "nora.berg@harborline.example"), ("password", "wrong")];
    let answer = server.form("/auth/login", &fields, &[]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("id=\"error\"") && answer.text.contains("id=\"login\""));
}

#[tokio::test]
async fn denied_consent_comes_back_as_access_denied() {
    let server = Server::new();
    server.set(json!({"consent": "deny"})).await;
    let back = server.authorize(&[]).await;
    assert_eq!(back.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(back.parameter("state").as_deref(), Some("the-state"));
    assert_eq!(back.parameter("code"), None);
    server.set(json!({"consent": "accept", "tamper_state": true})).await;
    assert_ne!(server.authorize(&[]).await.parameter("state").as_deref(), Some("the-state"));
}

fn standard(changes: &str) -> String {
    let challenge = random::challenge(VERIFIER);
    let good = encode(&[
        ("redirect_uri", REDIRECT),
        ("state", "s"),
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    format!("{good}&{changes}")
}

#[tokio::test]
async fn data_center_wants_its_secret_and_the_redirect_address_also_on_refresh() {
    let server = Server::accepting().await;
    let path = "/dc/rest/oauth2/latest";
    let exchange = async |secret: &str| {
        let ask = format!("{path}/authorize?{}", standard("client_id=dc-app&scope=WRITE"));
        let code = server.get(&ask).await.parameter("code").unwrap();
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", "dc-app"),
            ("client_secret", secret),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        server.form(&format!("{path}/token"), &fields, &[]).await
    };
    assert_eq!(exchange("").await.status, 401);
    let tokens = exchange("dc-secret").await.json();
    assert!(tokens["created_at"].is_number() && tokens["scope"].is_null());
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    assert_eq!(server.get_as("/dc/rest/api/2/myself", access).await.status, 200);
    let base = [
        ("grant_type", "refresh_token"),
        ("client_id", "dc-app"),
        ("client_secret", "dc-secret"),
        ("refresh_token", refresh),
    ];
    let without = server.form(&format!("{path}/token"), &base, &[]).await;
    assert_eq!((without.status, without.json()), (400, json!({"error": "invalid_grant"})));
    let mut whole = base.to_vec();
    whole.push(("redirect_uri", REDIRECT));
    assert_eq!(server.form(&format!("{path}/token"), &whole, &[]).await.status, 200);
    assert_eq!(server.get_as("/dc/rest/api/2/myself", access).await.status, 401, "the old access token is dead");
    assert_eq!(server.form(&format!("{path}/token"), &whole, &[]).await.status, 400, "no leeway");
    server.set(json!({"data_center_secret_required": false})).await;
    assert_eq!(exchange("").await.status, 200);
}

#[tokio::test]
async fn the_generic_server_keeps_to_the_standards() {
    let server = Server::accepting().await;
    let metadata = server.get("/generic/.well-known/openid-configuration").await.json();
    let issuer = metadata["issuer"].as_str().unwrap().to_owned();
    assert_eq!(server.get("/generic/.well-known/oauth-authorization-server").await.json()["issuer"], issuer.as_str());
    let ask = async |rest: &str| server.get(&format!("/generic/authorize?{}", standard(rest))).await;
    let back = ask("client_id=generic-app&scope=openid+profile+offline_access").await;
    assert_eq!(back.parameter("iss").as_deref(), Some(issuer.as_str()));
    let code = back.parameter("code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "generic-app"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let tokens = server.form("/generic/token", &fields, &[]).await.json();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(server.get_as("/generic/userinfo", access).await.json()["name"], "Nora Berg");
    assert_eq!(server.get_as("/api/me", access).await.status, 401, "a token of another server");
    let revoke = [("client_id", "generic-app"), ("token", tokens["refresh_token"].as_str().unwrap())];
    assert_eq!(server.form("/generic/revoke", &revoke, &[]).await.status, 200);
    assert_eq!(server.get_as("/generic/userinfo", access).await.status, 401);
    server.set(json!({"wrong_issuer": true})).await;
    let strange = ask("client_id=generic-app&scope=openid").await;
    assert_eq!(strange.parameter("iss").as_deref(), Some("https://impostor.example"));
    assert_eq!(ask("client_id=generic-app&scope=nonsense").await.parameter("error").as_deref(), Some("invalid_scope"));
    assert_eq!(ask("client_id=stranger&scope=openid").await.status, 400);
}

#[tokio::test]
async fn a_silent_request_succeeds_once_the_person_is_known() {
    let server = Server::new();
    let ask = format!("/generic/authorize?{}", standard("client_id=generic-app&scope=openid"));
    let silent = format!("{ask}&prompt=none");
    assert_eq!(server.get(&silent).await.parameter("error").as_deref(), Some("login_required"));
    let request = server.get(&ask).await.request_id();
    let fields = [("request", request.as_str()), ("user", "Nora Berg"), ("password", "x")];
    let consent = server.form("/generic/login", &fields, &[]).await;
    let cookie = consent.cookie();
    let with_cookie =
        async |path: &str| server.ask(axum::http::Method::GET, path, &[("cookie", &cookie)], String::new()).await;
    assert_eq!(with_cookie(&silent).await.parameter("error").as_deref(), Some("consent_required"));
    let request = consent.request_id();
    let fields = [("request", request.as_str()), ("decision", "accept")];
    server.form("/generic/consent", &fields, &[("cookie", &cookie)]).await;
    assert!(with_cookie(&silent).await.parameter("code").is_some());
    assert!(with_cookie(&ask).await.parameter("code").is_some(), "no page the second time");
}
