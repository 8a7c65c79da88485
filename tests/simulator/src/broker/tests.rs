use crate::testing::{REDIRECT, Server, VERIFIER};
use serde_json::json;

const ORIGIN: (&str, &str) = ("origin", "chrome-extension://eddjajdlncgkhefpahlmbnajipeodcfn");

async fn exchange(server: &Server, change: (&str, &str), origin: (&str, &str)) -> crate::testing::Answer {
    let code = server.authorize(&[]).await.parameter("code").unwrap();
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "simulator-app"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    fields.retain(|(name, _)| *name != change.0);
    fields.push(change);
    server.form("/broker/token", &fields, &[origin]).await
}

#[tokio::test]
async fn the_broker_adds_the_secret_and_nothing_else() {
    let server = Server::accepting().await;
    let description = server.get("/broker/.well-known/chat-for-jira").await.json();
    assert_eq!((&description["client_id"], &description["provider"]), (&json!("simulator-app"), &json!("jira_cloud")));
    let answer = exchange(&server, ("grant_type", "authorization_code"), ORIGIN).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let log = server.get("/_control/log").await.json();
    let of = |path: &str| log.as_array().unwrap().iter().find(|entry| entry["path"] == path).unwrap().clone();
    assert_eq!(of("/broker/token")["has_secret"], false);
    assert_eq!(
        (&of("/auth/oauth/token")["has_secret"], &of("/auth/oauth/token")["has_verifier"]),
        (&json!(true), &json!(true))
    );
}

#[tokio::test]
async fn the_broker_refuses_who_and_what_it_does_not_know() {
    let server = Server::accepting().await;
    let stranger = ("origin", "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_eq!(exchange(&server, ("scope", "read:me"), stranger).await.status, 403);
    let elsewhere = ("redirect_uri", "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.chromiumapp.org/oauth");
    assert_eq!(exchange(&server, elsewhere, ORIGIN).await.status, 400);
    assert_eq!(exchange(&server, ("client_secret", "mine"), ORIGIN).await.status, 400);
    let json = server.post("/broker/token", json!({"grant_type": "refresh_token"})).await;
    assert_eq!(json.status, 400, "forms only");
    server.post("/_control/broker", json!({"extension_ids": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]})).await;
    assert_eq!(exchange(&server, ("scope", "read:me"), stranger).await.status, 200);
}

#[tokio::test]
async fn a_refusal_of_the_provider_passes_the_broker_unchanged() {
    let server = Server::accepting().await;
    let (_, refresh) = server.sign_in().await;
    server.post("/_control/revoke_all", json!({})).await;
    let fields = [("grant_type", "refresh_token"), ("client_id", "simulator-app"), ("refresh_token", refresh.as_str())];
    let answer = server.form("/broker/token", &fields, &[ORIGIN]).await;
    assert_eq!((answer.status, answer.text), (403, server.refresh(&refresh).await.text));
    server
        .post("/_control/faults", json!({"path": "/auth/oauth/token", "status": 503, "headers": {"Retry-After": "7"}}))
        .await;
    let busy = server.form("/broker/token", &fields, &[ORIGIN]).await;
    assert_eq!((busy.status, &busy.headers["retry-after"]), (503, &axum::http::HeaderValue::from_static("7")));
}
