use crate::testing::{Client, Server};
use serde_json::json;

#[tokio::test]
async fn changes_are_in_the_history_with_ids_and_texts() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let wei = server.sim.world().users().iter().find(|user| user.name == "wei.zhang").unwrap().account_id.clone();
    let body =
        json!({"fields": {"assignee": {"accountId": wei}, "summary": "Another one", "priority": {"name": "Lowest"}}});
    jira.done("PUT", "issue/MOB-12", Some(body)).await;
    let page = jira.get("issue/MOB-12/changelog").await;
    let last = page["values"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["author"]["displayName"], "Nora Berg");
    let item =
        |field: &str| last["items"].as_array().unwrap().iter().find(|item| item["field"] == field).unwrap().clone();
    assert_eq!((&item("assignee")["to"], &item("assignee")["toString"]), (&json!(wei), &json!("Wei Zhang")));
    assert_eq!((&item("priority")["to"], &item("priority")["toString"]), (&json!("5"), &json!("Lowest")));
    assert_eq!((&item("summary")["to"], &item("summary")["toString"]), (&json!(null), &json!("Another one")));
    let inside = jira.get("issue/MOB-12?expand=changelog,names,schema,transitions").await;
    assert_eq!(inside["changelog"]["histories"][0], last, "newest first");
    assert_eq!(inside["names"]["customfield_10016"], "Story Points");
    assert!(inside["transitions"].is_array() && inside["schema"]["labels"]["items"] == "string");
    let total = page["total"].as_u64().unwrap();
    let second = jira.get("issue/MOB-12/changelog?startAt=1&maxResults=1").await;
    assert_eq!((second["values"].as_array().unwrap().len(), &second["isLast"]), (1, &json!(total == 2)));
}
