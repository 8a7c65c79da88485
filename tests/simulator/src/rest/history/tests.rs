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

#[tokio::test]
async fn the_changes_of_many_issues_are_told_by_field_and_in_pages_and_inside_of_one_no_more_than_forty() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    for number in 0..45_i64 {
        server.later(60 * (number + 1)).await;
        let body =
            json!({"fields": {"summary": format!("Name {number}"), "priority": {"id": (number % 2 + 1).to_string()}}});
        jira.done("PUT", "issue/MOB-12", Some(body)).await;
    }
    let inside = jira.get("issue/MOB-12?expand=changelog").await["changelog"].take();
    assert_eq!(inside["histories"].as_array().unwrap().len(), 40);
    assert!(inside["total"].as_u64().unwrap() >= 45);
    let id = jira.get("issue/MOB-12").await["id"].take();
    let (mut seen, mut page) = (0, None::<String>);
    loop {
        let body = json!({"issueIdsOrKeys": ["MOB-12", "MOB-13", "NOPE-1"], "fieldIds": ["summary"], "maxResults": 20, "nextPageToken": page.unwrap_or_else(|| "0".to_owned())});
        let told = jira.done("POST", "changelog/bulkfetch", Some(body)).await;
        for log in told["issueChangeLogs"].as_array().unwrap() {
            for entry in log["changeHistories"].as_array().unwrap() {
                assert_eq!(entry["items"].as_array().unwrap().len(), 1, "{entry}");
                assert_eq!(entry["items"][0]["fieldId"], "summary");
                seen += usize::from(log["issueId"] == id);
            }
        }
        page = told["nextPageToken"].as_str().map(str::to_owned);
        if page.is_none() {
            break;
        }
    }
    assert!(seen >= 45, "{seen}");
}
