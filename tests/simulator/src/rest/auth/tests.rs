use super::{API_TOKEN, PERSONAL_ACCESS_TOKEN};
use crate::testing::{Answer, Server};
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

async fn basic(server: &Server, path: &str, mail_and_token: &str) -> Answer {
    let header = format!("Basic {}", STANDARD.encode(mail_and_token));
    server.ask((Method::GET, path), &[("authorization", &header)], String::new()).await
}

#[tokio::test]
async fn an_api_token_is_good_with_its_owners_mail_address_at_a_sites_api_only() {
    let server = Server::new();
    let site = &server.sim.world().sites[0].cloud_id;
    let path = format!("/api/ex/jira/{site}/rest/api/3/myself");
    let good = format!("nora.berg@harborline.example:{API_TOKEN}");
    assert_eq!(basic(&server, &path, &good).await.json()["displayName"], "Nora Berg");
    for wrong in [
        "nora.berg@harborline.example:guess".to_owned(),
        format!("wei.zhang@harborline.example:{API_TOKEN}"),
        API_TOKEN.to_owned(),
    ] {
        let answer = basic(&server, &path, &wrong).await;
        assert_eq!((answer.status, answer.json()), (401, json!({"code": 401, "message": "Unauthorized"})), "{wrong}");
    }
    assert_eq!(basic(&server, "/api/me", &good).await.status, 401, "a token for Jira, not for the account");
    assert_eq!(basic(&server, "/api/oauth/token/accessible-resources", &good).await.status, 401);
    assert_eq!(
        basic(&server, "/api/ex/jira/nowhere/rest/api/3/myself", &good).await.status,
        404,
        "a site that is not there"
    );
    server.set(json!({"api_token_scopes": ["read:jira-work"]})).await;
    let narrow = basic(&server, &path, &good).await;
    assert_eq!((narrow.status, &narrow.json()["message"]), (401, &json!("Unauthorized; scope does not match")));
}

#[tokio::test]
async fn a_site_tells_anybody_its_cloud_id() {
    let server = Server::new();
    let id = &server.sim.world().sites[0].cloud_id;
    assert_eq!(server.get("/site/harborline/_edge/tenant_info").await.json(), json!({"cloudId": id}));
    assert_eq!(server.get("/site/nowhere/_edge/tenant_info").await.status, 404);
}

#[tokio::test]
async fn data_center_says_whom_it_took_the_caller_for() {
    let server = Server::new();
    let path = "/dc/rest/api/2/myself";
    let good = server.get_as(path, PERSONAL_ACCESS_TOKEN).await;
    assert_eq!((good.status, &good.headers["x-ausername"]), (200, &axum::http::HeaderValue::from_static("nora.berg")));
    let wrong = server.get_as(path, "an-expired-token").await;
    assert_eq!(wrong.status, 401);
    assert_eq!(wrong.headers["x-seraph-loginreason"], "AUTHENTICATED_FAILED");
    assert!(wrong.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(wrong.text.contains("Unauthorized (401)"));
    let nobody = server.get(path).await;
    assert_eq!(
        (nobody.status, &nobody.headers["x-ausername"]),
        (401, &axum::http::HeaderValue::from_static("anonymous"))
    );
    assert_eq!(nobody.json()["message"], "Client must be authenticated to access this resource.");
}
