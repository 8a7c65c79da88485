use crate::testing::{Client, Server, document};
use serde_json::{Value, json};

fn link(from: &str, to: &str) -> Value {
    json!({"type": {"name": "Blocks"}, "inwardIssue": {"key": from}, "outwardIssue": {"key": to}})
}

#[tokio::test]
async fn a_link_is_seen_from_both_sides_and_goes_from_both() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let links =
        async |key: &str| jira.get(&format!("issue/{key}")).await["fields"]["issuelinks"].as_array().unwrap().clone();
    let before = (links("MOB-12").await.len(), links("WEB-12").await.len());
    let mut body = link("MOB-12", "WEB-12");
    body["comment"] = json!({"body": document("First this")});
    assert_eq!(jira.send("POST", "issueLink", Some(body)).await.status, 201);
    jira.done("POST", "issueLink", Some(link("MOB-12", "WEB-12"))).await;
    let (from, to) = (links("MOB-12").await, links("WEB-12").await);
    assert_eq!((from.len(), to.len()), (before.0 + 1, before.1 + 1), "twice is once");
    let (from, to) = (from.last().unwrap(), to.last().unwrap());
    assert_eq!((&from["outwardIssue"]["key"], &to["inwardIssue"]["key"]), (&json!("WEB-12"), &json!("MOB-12")));
    assert_eq!(from["id"], to["id"]);
    let one = format!("issueLink/{}", from["id"].as_str().unwrap());
    let shown = jira.get(&one).await;
    assert_eq!((&shown["inwardIssue"]["key"], &shown["outwardIssue"]["key"]), (&json!("MOB-12"), &json!("WEB-12")));
    let count = json!({"jql": "key in linkedIssues(\"WEB-12\", \"is blocked by\") and key = MOB-12"});
    assert_eq!(jira.done("POST", "search/approximate-count", Some(count)).await["count"], 1);
    assert_eq!(jira.send("DELETE", &one, None).await.status, 204);
    assert_eq!((links("MOB-12").await.len(), links("WEB-12").await.len()), before);
    assert_eq!(jira.send("GET", &one, None).await.status, 404);
}

#[tokio::test]
async fn a_link_needs_two_issues_and_a_type() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    assert_eq!(jira.get("issueLinkType").await["issueLinkTypes"].as_array().unwrap().len(), 4);
    let mut odd = link("MOB-12", "WEB-12");
    odd["type"] = json!({"name": "Hates"});
    assert_eq!(jira.send("POST", "issueLink", Some(odd)).await.status, 404);
    assert_eq!(jira.send("POST", "issueLink", Some(link("MOB-12", "MOB-99999"))).await.status, 404);
    assert_eq!(jira.send("POST", "issueLink", Some(link("MOB-12", "MOB-12"))).await.status, 400);
    server.set(json!({"denied_permissions": ["LINK_ISSUES"]})).await;
    assert_eq!(jira.send("POST", "issueLink", Some(link("MOB-12", "WEB-12"))).await.status, 403);
}
