use crate::testing::{Client, Server};
use serde_json::Value;

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|user| user["displayName"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_a_name_and_told_by_account_id() {
    let server = Server::new();
    let (jira, local) = (Client::cloud(&server).await, Client::data_center(&server));
    let marias = jira.get("user/search?query=maria").await;
    assert_eq!(names(&marias), ["Maria Lindqvist", "Maria Rossi"]);
    assert!(marias[0].get("name").is_none() && marias[0].get("key").is_none(), "no user names");
    assert_eq!(names(&jira.get("user/search?query=ross").await), ["Maria Rossi"]);
    for old in
        ["user/search?username=maria", "user/assignable/search?username=x&project=MOB", "user?username=nora.berg"]
    {
        assert_eq!(jira.send("GET", old, None).await.status, 400, "{old}");
    }
    assert_eq!(jira.send("GET", "user/search", None).await.status, 400);
    assert_eq!(names(&local.get("user/search?username=maria").await), ["Maria Lindqvist", "Maria Rossi"]);
    assert_eq!(local.get("user?username=nora.berg").await["displayName"], "Nora Berg");
    let id = marias[0]["accountId"].as_str().unwrap();
    assert_eq!(jira.get(&format!("user?accountId={id}")).await["displayName"], "Maria Lindqvist");
    assert_eq!(jira.send("GET", "user?accountId=nobody", None).await.status, 404);
    assert_eq!(jira.get("users/search?maxResults=1000").await.as_array().unwrap().len(), 41);
}

#[tokio::test]
async fn only_people_who_work_here_can_be_assigned() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let all = jira.get("user/assignable/search?project=MOB&maxResults=1000").await;
    assert_eq!(all.as_array().unwrap().len(), 38);
    assert!(!names(&all).contains(&"Viktor Horvat") && !names(&all).contains(&"Automation for Jira"));
    assert_eq!(names(&jira.get("user/assignable/search?issueKey=MOB-12&query=wei").await), ["Wei Zhang"]);
    assert_eq!(jira.send("GET", "user/assignable/search?query=wei", None).await.status, 400);
    assert_eq!(jira.send("GET", "user/assignable/search?project=NOPE", None).await.status, 404);
}
