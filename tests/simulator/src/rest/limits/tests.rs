use crate::testing::{Answer, Client, Server};
use serde_json::json;

fn reason(answer: &Answer) -> (u16, String) {
    let text =
        |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    assert!(answer.status != 429 || !text("retry-after").is_empty());
    (answer.status, text("ratelimit-reason"))
}

#[tokio::test]
async fn writes_to_one_issue_are_limited_and_reads_are_not() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let write = async |key: &str| reason(&jira.send("POST", &format!("issue/{key}/watchers"), None).await);
    for _ in 0..20 {
        assert_eq!(write("MOB-12").await.0, 204);
    }
    assert_eq!(write("MOB-12").await, (429, "jira-per-issue-on-write".into()));
    assert_eq!(write("mob-12").await.0, 429, "it is the same issue");
    assert_eq!(write("MOB-13").await.0, 204);
    assert_eq!(jira.send("GET", "issue/MOB-12", None).await.status, 200);
    server.later(3).await;
    assert_eq!(write("MOB-12").await.0, 204);
    for round in 2..6 {
        server.later(round * 3).await;
        for _ in 0..20 {
            write("MOB-12").await;
        }
    }
    server.later(20).await;
    assert_eq!(write("MOB-12").await.0, 429, "a hundred in thirty seconds");
}

#[tokio::test]
async fn quotas_and_bursts_say_which_they_are() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    server.set(json!({"burst_per_second": 2})).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(reason(&jira.send("GET", "status", None).await));
    }
    assert_eq!(statuses[2], (429, "jira-burst-based".into()));
    assert_eq!(jira.send("GET", "priority", None).await.status, 200, "each endpoint has its own");
    server.set(json!({"burst_per_second": null, "points_per_hour": 1})).await;
    jira.send("GET", "status", None).await;
    let full = jira.send("GET", "status", None).await;
    assert_eq!(reason(&full), (429, "jira-quota-global-based".into()));
    assert_eq!(full.headers["x-ratelimit-remaining"], "0");
    assert!(full.headers["x-ratelimit-reset"].to_str().unwrap().ends_with("00:00.000Z"), "the top of the hour");
    server.set(json!({"quota_of_tenant": true})).await;
    assert_eq!(reason(&jira.send("GET", "status", None).await).1, "jira-quota-tenant-based");
    assert_eq!(Client::data_center(&server).send("GET", "status", None).await.status, 200, "Cloud only");
    server.later(3600).await;
    server.set(json!({"access_token_lifetime": 7200})).await;
    let jira = Client::cloud(&server).await;
    assert_eq!(jira.send("GET", "status", None).await.status, 200, "the next hour");
}
