use crate::testing::{Client, Server};
use serde_json::json;

#[tokio::test]
async fn a_person_learns_what_is_allowed_where() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    server.set(json!({"denied_permissions": ["MOB:EDIT_ISSUES"]})).await;
    let have = async |query: &str, name: &str| {
        jira.get(&format!("mypermissions?permissions={name}&{query}")).await["permissions"][name]["havePermission"]
            .clone()
    };
    assert_eq!(have("", "EDIT_ISSUES").await, true, "somewhere");
    assert_eq!(have("projectKey=MOB", "EDIT_ISSUES").await, false);
    assert_eq!(have("issueKey=WEB-12", "EDIT_ISSUES").await, true);
    assert_eq!(have("", "ADMINISTER").await, false);
    assert_eq!(jira.send("GET", "mypermissions", None).await.status, 400, "Cloud wants to be told which");
    assert_eq!(jira.send("GET", "mypermissions?permissions=FLY", None).await.status, 400);
    assert_eq!(jira.send("GET", "mypermissions?permissions=EDIT_ISSUES&projectKey=NOPE", None).await.status, 404);
    let all = Client::data_center(&server).get("mypermissions").await;
    assert_eq!(all["permissions"].as_object().unwrap().len(), 25);
}
