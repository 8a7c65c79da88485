use crate::testing::Server;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

fn me(token: &str) -> Request<Body> {
    Request::get("/api/me").header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap()
}

async fn fault(server: &Server, fault: Value) {
    let answer = server.post("/_control/faults", fault).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn a_fault_lasts_for_so_many_answers_and_no_more() {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    let wish = json!({"path": "/api/me", "method": "GET", "times": 2, "skip": 1, "status": 429, "headers": {"Retry-After": "3"}});
    fault(&server, wish).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(server.get_as("/api/me", &token).await.status);
    }
    assert_eq!(statuses, [200, 429, 429, 200]);
}

#[tokio::test]
async fn a_dropped_answer_may_hide_that_the_server_has_acted() {
    let server = Server::accepting().await;
    let (_, token) = server.sign_in().await;
    let refresh = || {
        let body = format!(
            "grant_type=refresh_token&client_id=simulator-app&client_secret=simulator-secret&refresh_token={token}"
        );
        let kind = "application/x-www-form-urlencoded";
        Request::post("/auth/oauth/token").header("content-type", kind).body(Body::from(body)).unwrap()
    };
    for (when, granted) in [("before", 0), ("after", 1)] {
        fault(&server, json!({"path": "/auth/oauth/token", "drop": when})).await;
        assert!(server.send(refresh()).await.is_err());
        assert_eq!(server.get("/_control/counters").await.json()["refresh_token"], granted, "{when}");
    }
    let statuses: Vec<Value> = server
        .get("/_control/log")
        .await
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["status"].clone())
        .collect();
    assert_eq!(statuses.last(), Some(&json!(0)));
}

#[tokio::test]
async fn bodies_can_be_wrong_in_all_the_usual_ways() {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    fault(&server, json!({"path": "/api/me", "malformed": true})).await;
    assert!(server.get_as("/api/me", &token).await.text.starts_with("<!doctype html>"));
    fault(&server, json!({"path": "/api/me", "body": {"odd": true}})).await;
    assert_eq!(server.get_as("/api/me", &token).await.json(), json!({"odd": true}));
    fault(&server, json!({"path": "/api/me", "truncate": true})).await;
    let answer = crate::pipeline::answer(&server.sim, crate::router(&server.sim), me(&token)).await.unwrap();
    assert!(axum::body::to_bytes(answer.into_body(), usize::MAX).await.is_err(), "it breaks off");
    assert_eq!(server.get_as("/api/me", &token).await.status, 200);
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_is_refused() {
    let server = Server::new();
    for wish in
        [json!({"path": "api"}), json!({"path": "/", "status": 99}), json!({"path": "/", "colour": 1}), json!({})]
    {
        assert_eq!(server.post("/_control/faults", wish).await.status, 400);
    }
    assert_eq!(server.get("/_control/faults").await.json(), json!([]));
}

#[tokio::test]
async fn no_secret_is_in_the_log() {
    let server = Server::accepting().await;
    let (access, refresh) = server.sign_in().await;
    server.get_as("/api/me", &access).await;
    let next = server.refresh(&refresh).await.json()["refresh_token"].as_str().unwrap().to_owned();
    let log = server.get("/_control/log").await.text;
    for secret in [access.as_str(), &refresh, &next, "simulator-secret", crate::testing::VERIFIER] {
        assert!(!log.contains(secret));
    }
    assert!(log.contains("fingerprint") && log.contains("grant_type"));
    server.ask((axum::http::Method::DELETE, "/_control/log"), &[], String::new()).await;
    assert_eq!(server.get("/_control/log").await.json(), json!([]));
}

/// The token endpoints, each with a request that it refuses with 4xx when nothing is wrong.
const ENDPOINTS: [&str; 5] = [
    "/auth/oauth/token",
    "/dc/rest/oauth2/latest/token",
    "/generic/token",
    "/entra/common/oauth2/v2.0/token",
    "/broker/token",
];

#[tokio::test]
async fn every_token_endpoint_can_be_busy_broken_or_gone() {
    let server = Server::new();
    let ask = |path: &str| {
        let kind = "application/x-www-form-urlencoded";
        Request::post(path).header("content-type", kind).body(Body::from("grant_type=refresh_token")).unwrap()
    };
    for path in ENDPOINTS {
        fault(&server, json!({"path": path, "status": 429, "headers": {"Retry-After": "17"}})).await;
        let busy = server.send(ask(path)).await.unwrap();
        assert_eq!((busy.status, busy.headers["retry-after"].to_str().unwrap()), (429, "17"), "{path}");
        fault(&server, json!({"path": path, "status": 503, "retry_after_date": 90})).await;
        let broken = server.send(ask(path)).await.unwrap();
        let in_90_seconds = crate::date::http(server.sim.now() + 90_000);
        let sent = broken.headers["retry-after"].to_str().unwrap();
        assert_eq!(sent.split(':').next(), in_90_seconds.split(':').next(), "{path}: a date");
        assert!(sent.ends_with("GMT"));
        for when in ["before", "after"] {
            fault(&server, json!({"path": path, "drop": when})).await;
            assert!(server.send(ask(path)).await.is_err(), "{path} {when}");
        }
        let own = server.send(ask(path)).await.unwrap();
        assert!([400, 401].contains(&own.status), "{path}: the faults are used up");
    }
}

#[tokio::test]
async fn a_body_can_come_slowly_and_whole() {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    let whole = server.get_as("/api/me", &token).await.json();
    fault(&server, json!({"path": "/api/me", "body_delay_ms": 300, "headers": {"X-Odd": "1"}})).await;
    let start = std::time::Instant::now();
    let slow = server.get_as("/api/me", &token).await;
    assert!(start.elapsed().as_millis() >= 300);
    assert_eq!((slow.json(), slow.headers.contains_key("x-odd")), (whole, true));
}
