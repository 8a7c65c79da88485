use super::*;
use serde_json::{Value, json};

const ISSUER: &str = "https://login.example.com/tenant";

fn good() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://login.example.com/authorize",
        "token_endpoint": "https://login.example.com/token",
        "code_challenge_methods_supported": ["plain", "S256"],
    })
}

fn judged(change: impl FnOnce(&mut Value)) -> Result<Metadata, DiscoveryError> {
    let mut document = good();
    change(&mut document);
    judge(document.to_string().as_bytes(), ISSUER, false)
}

#[test]
fn an_issuer_with_a_path_is_looked_up_in_both_places() {
    assert_eq!(
        addresses("https://login.example.com/tenant/"),
        [
            "https://login.example.com/tenant/.well-known/openid-configuration",
            "https://login.example.com/.well-known/oauth-authorization-server/tenant",
        ]
    );
}

#[test]
fn a_good_description_is_taken() {
    assert!(judged(|_| {}).is_ok());
    assert!(judged(|document| document["issuer"] = format!("{ISSUER}/").into()).is_ok());
    assert!(judged(|document| document["code_challenge_methods_supported"] = Value::Null).is_ok());
}

#[test]
fn d09_a_bad_description_is_refused_by_name() {
    let other = "https://evil.example.com";
    assert_eq!(judged(|d| d["issuer"] = other.into()).unwrap_err(), DiscoveryError::AnotherIssuer(other.into()));
    let plain = judged(|d| d["token_endpoint"] = "http://login.example.com/token".into());
    assert_eq!(plain.unwrap_err(), DiscoveryError::BadEndpoint("token_endpoint"));
    let weak = judged(|d| d["code_challenge_methods_supported"] = json!(["plain"]));
    assert_eq!(weak.unwrap_err(), DiscoveryError::NoS256);
    assert_eq!(judge(b"<html>", ISSUER, false).unwrap_err(), DiscoveryError::Unreadable);
}

#[test]
fn a_broker_s_scopes_are_a_list_or_a_text() {
    let read = |scopes: Value| {
        let document = json!({
            "client_id": "c", "scopes": scopes, "provider": "jira_cloud",
            "authorization_endpoint": "https://auth.atlassian.com/authorize",
            "token_endpoint": "https://broker.example.com/token",
        });
        judge_broker(document.to_string().as_bytes(), false).unwrap().scopes
    };
    assert_eq!(read(json!(["a", "b"])), ["a", "b"]);
    assert_eq!(read(json!("a b")), ["a", "b"]);
}
