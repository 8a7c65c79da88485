use crate::testing::{Client, Server};
use serde_json::json;

#[tokio::test]
async fn a_site_tells_its_names() {
    let server = Server::new();
    for jira in [Client::cloud(&server).await, Client::data_center(&server)] {
        for (path, count) in
            [("issuetype", 8), ("status", 11), ("priority", 5), ("resolution", 6), ("statuscategory", 3)]
        {
            assert_eq!(jira.get(path).await.as_array().unwrap().len(), count, "{path}");
        }
        assert_eq!(jira.get("status/10003").await["name"], "In Progress");
        assert_eq!(jira.send("GET", "status/1", None).await.status, 404);
        assert_eq!(jira.get("issuetype/10103").await["name"], "Bug");
        let fields = jira.get("field").await;
        let points = fields.as_array().unwrap().iter().find(|field| field["name"] == "Story Points").unwrap().clone();
        assert_eq!((&points["schema"]["type"], &points["clauseNames"][0]), (&json!("number"), &json!("cf[10016]")));
        let project = jira.get("project/MOB").await;
        assert_eq!((&project["name"], project["issueTypes"].as_array().unwrap().len()), (&json!("Mobile App"), 5));
        assert_eq!(jira.get("project/MOB/versions").await.as_array().unwrap().len(), 13);
        assert_eq!(jira.get("project/MOB/statuses").await[0]["statuses"].as_array().unwrap().len(), 8);
        assert_eq!(jira.send("GET", "project/NOPE", None).await.status, 404);
    }
}

#[tokio::test]
async fn lists_come_in_pages() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let labels = jira.get("label?maxResults=5").await;
    assert_eq!((&labels["isLast"], labels["values"].as_array().unwrap().len()), (&json!(false), 5));
    let rest = jira.get("label?startAt=5").await;
    assert_eq!(rest["isLast"], true);
    assert_eq!(json!(rest["values"].as_array().unwrap().len() + 5), rest["total"]);
    let open = jira.get("project/MOB/version?status=unreleased").await;
    assert!(open["values"].as_array().unwrap().iter().all(|version| version["released"] == false));
    assert_eq!(jira.send("GET", "label?startAt=x", None).await.status, 400);
}
