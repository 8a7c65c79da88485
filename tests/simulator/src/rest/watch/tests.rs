use crate::testing::{Client, Server, some_issue};
use serde_json::json;

#[tokio::test]
async fn people_watch_and_stop_watching() {
    let server = Server::new();
    let (jira, local) = (Client::cloud(&server).await, Client::data_center(&server));
    let me = server.sim.world().me().account_id.clone();
    let wei = server.sim.world().users().iter().find(|user| user.name == "wei.zhang").unwrap().account_id.clone();
    let key = some_issue(&server, |issue| !issue.watchers.contains(&me) && !issue.watchers.contains(&wei));
    let path = format!("issue/{key}/watchers");
    let before = jira.get(&path).await["watchCount"].as_u64().unwrap();
    assert_eq!(jira.send("POST", &path, None).await.status, 204, "without a body, oneself");
    jira.done("POST", &path, Some(json!(wei))).await;
    let now = jira.get(&path).await;
    assert_eq!((&now["watchCount"], &now["isWatching"]), (&json!(before + 2), &json!(true)));
    assert_eq!(jira.send("POST", &path, Some(json!({"accountId": wei}))).await.status, 400);
    assert_eq!(jira.send("POST", &path, Some(json!("nobody"))).await.status, 404);
    assert_eq!(jira.send("DELETE", &format!("{path}?username=wei.zhang"), None).await.status, 400, "no user names");
    server.set(json!({"denied_permissions": ["MANAGE_WATCHERS"]})).await;
    assert_eq!(jira.send("DELETE", &format!("{path}?accountId={wei}"), None).await.status, 403);
    assert_eq!(jira.send("DELETE", &format!("{path}?accountId={me}"), None).await.status, 204);
    server.set(json!({"denied_permissions": []})).await;
    local.done("DELETE", &format!("{path}?username=wei.zhang"), None).await;
    assert_eq!(jira.get(&path).await["watchCount"], before);
}

#[tokio::test]
async fn votes_are_for_open_issues_of_others() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let me = server.sim.world().me().account_id.clone();
    let open =
        some_issue(&server, |issue| issue.reporter != me && issue.resolution.is_none() && issue.voters.is_empty());
    let path = format!("issue/{open}/votes");
    jira.done("POST", &path, None).await;
    jira.done("POST", &path, None).await;
    assert_eq!((&jira.get(&path).await["votes"], &jira.get(&path).await["hasVoted"]), (&json!(1), &json!(true)));
    jira.done("DELETE", &path, None).await;
    assert_eq!(jira.get(&path).await["votes"], 0);
    let own = some_issue(&server, |issue| issue.reporter == me);
    assert_eq!(jira.send("POST", &format!("issue/{own}/votes"), None).await.status, 404);
    let done = some_issue(&server, |issue| issue.reporter != me && issue.resolution.is_some());
    assert_eq!(jira.send("POST", &format!("issue/{done}/votes"), None).await.status, 404);
}
