use crate::testing::Server;
use serde_json::json;

#[tokio::test]
async fn settings_are_checked_and_change_one_by_one() {
    let server = Server::new();
    server.set(json!({"sites": 2})).await;
    server.set(json!({"consent": "deny"})).await;
    let now = server.get("/_control/settings").await.json();
    assert_eq!((&now["sites"], &now["consent"], &now["refresh_leeway"]), (&json!(2), &json!("deny"), &json!(600)));
    for wrong in [
        json!({"colour": 1}),
        json!({"sites": 3}),
        json!({"expired_token_status": 500}),
        json!([]),
        json!({"consent": "maybe"}),
    ] {
        assert_eq!(server.post("/_control/settings", wrong.clone()).await.status, 400, "{wrong}");
    }
    assert_eq!(server.get("/_control/settings").await.json(), now, "a refused change changes nothing");
}

#[tokio::test]
async fn the_clock_moves_the_date_header_and_what_jql_calls_now() {
    let server = Server::new();
    let before = server.get("/_control/me").await.json()["now_ms"].as_i64().unwrap();
    assert_eq!(before, *crate::testing::NOW, "a pinned moment stands still");
    server.later(86_400).await;
    assert_eq!(server.get("/_control/me").await.json()["now_ms"].as_i64().unwrap(), before + 86_400_000);
    let clock = server.get("/_control/clock").await.json()["now_ms"].as_i64().unwrap();
    let date = server.get("/generic/jwks").await.headers["date"].to_str().unwrap().to_owned();
    let day = crate::date::http(clock);
    assert_eq!(date.split(':').next(), day.split(':').next());
}

#[tokio::test]
async fn reset_goes_back_to_the_start() {
    let server = Server::accepting().await;
    let (token, refresh) = server.sign_in().await;
    server.later(100).await;
    server.post("/_control/faults", json!({"path": "/"})).await;
    assert_eq!(server.get("/_control/counters").await.json()["authorization_code"], 1);
    server.post("/_control/reset", json!({})).await;
    assert_eq!(server.get_as("/api/me", &token).await.status, 401);
    assert_eq!(server.refresh(&refresh).await.status, 403);
    assert_eq!(server.get("/_control/settings").await.json()["consent"], "ask");
    assert_eq!(server.get("/_control/counters").await.json()["authorization_code"], 0);
    assert_eq!(server.get("/_control/clock").await.json()["offset_seconds"], 0);
}

#[tokio::test]
async fn the_whole_data_is_given_out() {
    let server = Server::new();
    let data = server.get("/_control/issues").await.json();
    assert_eq!(data["issues"].as_array().unwrap().len(), 2000);
    assert_eq!(data["site"]["projects"].as_array().unwrap().len(), 6);
    let me = server.get("/_control/me").await.json();
    assert_eq!(data["site"]["currentUser"], me["accountId"]);
    assert!(data["issues"][0]["changelog"].is_array());
}
