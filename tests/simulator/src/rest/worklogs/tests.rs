use crate::testing::{Client, Server, document, some_issue};
use serde_json::json;

#[tokio::test]
async fn time_is_logged_changed_and_taken_back() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let key = some_issue(&server, |issue| issue.worklogs.is_empty() && issue.remaining_estimate > Some(20_000));
    let path = format!("issue/{key}/worklog");
    let tracking = async || jira.get(&format!("issue/{key}")).await["fields"]["timetracking"].clone();
    let before = tracking().await["remainingEstimateSeconds"].as_i64().unwrap();
    let body =
        json!({"started": "2026-11-18T10:00:00.000+0100", "timeSpent": "1h 30m", "comment": document("Read the code")});
    let log = jira.done("POST", &path, Some(body)).await;
    assert_eq!((&log["timeSpentSeconds"], &log["started"]), (&json!(5400), &json!("2026-11-18T09:00:00.000+0000")));
    assert_eq!(log["comment"], document("Read the code"));
    assert_eq!(
        (&tracking().await["timeSpentSeconds"], &tracking().await["remainingEstimateSeconds"]),
        (&json!(5400), &json!(before - 5400))
    );
    let one = format!("{path}/{}", log["id"].as_str().unwrap());
    jira.done("PUT", &one, Some(json!({"timeSpentSeconds": 3600}))).await;
    assert_eq!(tracking().await["remainingEstimateSeconds"], before - 3600);
    jira.done("POST", &format!("{path}?adjustEstimate=new&newEstimate=2h"), Some(json!({"timeSpentSeconds": 60})))
        .await;
    assert_eq!(tracking().await["remainingEstimate"], "2h");
    jira.done("DELETE", &format!("{one}?adjustEstimate=leave"), None).await;
    assert_eq!(
        (&tracking().await["timeSpentSeconds"], &tracking().await["remainingEstimate"]),
        (&json!(60), &json!("2h"))
    );
    assert_eq!(jira.get(&path).await["total"], 1);
}

#[tokio::test]
async fn what_is_no_span_or_no_moment_is_refused() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let path = "issue/MOB-12/worklog";
    assert_eq!(
        jira.wrong("POST", path, json!({})).await,
        json!({"timeLogged": "You must indicate the time spent working."})
    );
    for wrong in [json!({"timeSpent": "soon"}), json!({"timeSpentSeconds": 30}), json!({"timeSpentSeconds": "3600"})] {
        assert_eq!(jira.wrong("POST", path, wrong).await, json!({"timeLogged": "Invalid time duration entered."}));
    }
    for started in ["yesterday", "2026-11-18", "2026-11-18T10:00:00", "2026-11-18T10:00:00.000Z"] {
        let errors = jira.wrong("POST", path, json!({"timeSpent": "1h", "started": started})).await;
        assert!(errors["started"].is_string(), "{started}");
    }
    let text = json!({"timeSpent": "1h", "comment": "plain"});
    assert_eq!(jira.wrong("POST", path, text).await, json!({"comment": "Comment body is not valid!"}));
    let new = jira.wrong("POST", &format!("{path}?adjustEstimate=new"), json!({"timeSpent": "1h"})).await;
    assert!(new["newEstimate"].is_string());
    assert_eq!(jira.send("GET", &format!("{path}/1"), None).await.status, 404);
    server.set(json!({"denied_permissions": ["WORK_ON_ISSUES"]})).await;
    assert_eq!(jira.send("POST", path, Some(json!({"timeSpent": "1h"}))).await.status, 400);
}
