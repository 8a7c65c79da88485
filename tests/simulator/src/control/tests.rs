use crate::random::fingerprint;
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

#[tokio::test]
async fn grants_say_whether_a_session_is_really_alive() {
    let server = Server::accepting().await;
    let (_, first) = server.sign_in().await;
    let grant = async || server.get("/_control/grants").await.json()[0].clone();
    let start = grant().await;
    assert_eq!(
        (&start["client"], &start["refreshes"], &start["alive"]),
        (&json!("simulator-app"), &json!(0), &json!(true))
    );
    assert_eq!((&start["refresh_token"]["good"], &start["good_access_tokens"]), (&json!(true), &json!(1)));
    let second = server.refresh(&first).await.json()["refresh_token"].as_str().unwrap().to_owned();
    let (old, new) = (fingerprint(&first), fingerprint(&second));
    let refreshed = grant().await;
    assert_eq!((&refreshed["refreshes"], &refreshed["refresh_token"]["fingerprint"]), (&json!(1), &json!(new)));
    assert_eq!(refreshed["good_refresh_tokens"], json!([old, new]), "both, within the leeway");
    server.later(601).await;
    assert_eq!(grant().await["good_refresh_tokens"], json!([new]));
    let text = server.get("/_control/grants").await.text;
    assert!(!text.contains(&first) && !text.contains(&second), "no secret");
    server.refresh(&first).await;
    let dead = grant().await;
    assert_eq!(
        (&dead["alive"], &dead["good_refresh_tokens"], &dead["good_access_tokens"]),
        (&json!(false), &json!([]), &json!(0))
    );
}

#[tokio::test]
async fn the_log_says_where_a_request_came_from_and_whether_it_brought_a_used_token() {
    let server = Server::accepting().await;
    let (_, token) = server.sign_in().await;
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "simulator-app"),
        ("client_secret", "simulator-secret"),
        ("refresh_token", token.as_str()),
    ];
    for at in [0, 100, 700] {
        server.later(at).await;
        server.form("/auth/oauth/token", &fields, &[("origin", "chrome-extension://abc")]).await;
    }
    server.post("/_control/faults", json!({"path": "/auth", "status": 503})).await;
    server.refresh(&token).await;
    let log = server.get("/_control/log").await.json();
    let entries: Vec<_> = log.as_array().unwrap().iter().rev().take(4).rev().collect();
    let reuse: Vec<_> = entries.iter().map(|entry| entry["reuse"].as_bool().unwrap()).collect();
    assert_eq!(reuse, [false, true, true, true], "also when nobody acted on it");
    assert!((entries[2]["reuse_after_ms"].as_i64().unwrap() - 700_000).abs() < 2000);
    assert_eq!((&entries[0]["origin"], &entries[3]["origin"]), (&json!("chrome-extension://abc"), &json!(null)));
}
