use crate::testing::{Client, Server};
use serde_json::{Value, json};

fn find<'v>(list: &'v Value, name: &str, wanted: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|one| one[name] == wanted).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn the_screen_for_creating_says_what_it_wants() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let types = jira.get("issue/createmeta/SUP/issuetypes").await;
    let request = find(&types["issueTypes"], "name", "Service Request")["id"].as_str().unwrap().to_owned();
    let page = jira.get(&format!("issue/createmeta/SUP/issuetypes/{request}")).await;
    let fields = &page["fields"];
    assert_eq!(find(fields, "fieldId", "customfield_10051")["required"], true);
    assert_eq!(find(fields, "fieldId", "labels")["operations"], json!(["add", "set", "remove"]));
    assert_eq!(find(fields, "fieldId", "priority")["defaultValue"]["name"], "Medium");
    assert_eq!(find(fields, "fieldId", "priority")["allowedValues"].as_array().unwrap().len(), 5);
    assert_eq!(find(fields, "fieldId", "customfield_10020"), &Value::Null, "no sprints at a desk");
    let part = jira.get(&format!("issue/createmeta/SUP/issuetypes/{request}?maxResults=2&startAt=1")).await;
    assert_eq!(
        (part["fields"].as_array().unwrap().len(), &part["startAt"], &part["isLast"]),
        (2, &json!(1), &json!(false))
    );
    assert_eq!(jira.send("GET", "issue/createmeta/SUP/issuetypes/1", None).await.status, 404);
    assert_eq!(jira.send("GET", "issue/createmeta/NOPE/issuetypes", None).await.status, 404);
    let local = Client::data_center(&server).get("issue/createmeta/SUP/issuetypes").await;
    assert!(local["values"].is_array(), "Data Center has its own name for it");
}

#[tokio::test]
async fn the_screen_for_editing_is_empty_for_whom_may_not() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let fields = jira.get("issue/MOB-12/editmeta").await["fields"].clone();
    assert!(fields["summary"]["required"] == true && fields.get("project").is_none());
    server.set(json!({"denied_permissions": ["EDIT_ISSUES"]})).await;
    assert_eq!(jira.get("issue/MOB-12/editmeta").await["fields"], json!({}));
}
