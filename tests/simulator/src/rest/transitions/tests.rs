use crate::testing::{Client, Server, document, some_issue};
use serde_json::{Value, json};

fn names(list: &Value) -> Vec<&str> {
    list["transitions"].as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect()
}

fn id(list: &Value, name: &str) -> Value {
    let found = list["transitions"].as_array().unwrap().iter().find(|step| step["name"] == name);
    json!({"transition": {"id": found.unwrap()["id"]}})
}

#[tokio::test]
async fn an_issue_takes_only_the_steps_of_its_workflow() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let key =
        some_issue(&server, |issue| issue.project == "MOB" && issue.status == "In Progress" && issue.kind == "Bug");
    let path = format!("issue/{key}/transitions");
    let list = jira.get(&path).await;
    assert_eq!(names(&list), ["Send to Review", "Block", "Done", "Won't Do"]);
    assert_eq!(list["transitions"][0]["to"]["statusCategory"]["key"], "indeterminate");
    let errors = jira.wrong("POST", &path, json!({"transition": {"id": "51"}})).await;
    assert_eq!(errors, json!(["Transition id '51' is not valid for this issue."]));
    assert_eq!(jira.wrong("POST", &path, json!({})).await, json!(["Missing 'transition' identifier"]));
    assert_eq!(jira.send("POST", &path, Some(id(&list, "Done"))).await.status, 204);
    let fields = jira.get(&format!("issue/{key}")).await["fields"].clone();
    assert_eq!((&fields["status"]["name"], &fields["resolution"]["name"]), (&json!("Done"), &json!("Fixed")));
    assert!(fields["resolutiondate"].is_string());
    let found = json!({"jql": format!("key = {key} and status was \"In Progress\" and status changed to Done by currentUser()")});
    assert_eq!(jira.done("POST", "search/approximate-count", Some(found)).await["count"], 1, "it is in the history");
    let again = jira.get(&path).await;
    assert_eq!(names(&again), ["Reopen"]);
    jira.done("POST", &path, Some(id(&again, "Reopen"))).await;
    let reopened = jira.get(&format!("issue/{key}")).await["fields"].clone();
    assert_eq!((&reopened["resolution"], &reopened["resolutiondate"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn a_screen_wants_its_fields_and_takes_no_others() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let key = some_issue(&server, |issue| issue.project == "SUP" && issue.status == "In Progress");
    let path = format!("issue/{key}/transitions");
    let list = jira.get(&format!("{path}?expand=transitions.fields")).await;
    let resolve =
        list["transitions"].as_array().unwrap().iter().find(|step| step["name"] == "Resolve").unwrap().clone();
    assert_eq!((&resolve["hasScreen"], &resolve["fields"]["resolution"]["required"]), (&json!(true), &json!(true)));
    assert_eq!(resolve["fields"]["resolution"]["allowedValues"].as_array().unwrap().len(), 6);
    let mut body = id(&list, "Resolve");
    assert_eq!(jira.wrong("POST", &path, body.clone()).await, json!({"resolution": "Resolution is required."}));
    body["fields"] = json!({"resolution": {"name": "Magic"}, "summary": "x"});
    let errors = jira.wrong("POST", &path, body.clone()).await;
    assert_eq!(errors["resolution"], "Resolution 'Magic' is not valid");
    assert!(errors["summary"].as_str().unwrap().contains("not on the appropriate screen"));
    body["fields"] = json!({"resolution": {"name": "Known Error"}});
    body["update"] = json!({"comment": [{"add": {"body": document("See the article.")}}]});
    assert_eq!(jira.send("POST", &path, Some(body)).await.status, 204);
    let issue = jira.get(&format!("issue/{key}")).await;
    assert_eq!(issue["fields"]["resolution"]["name"], "Known Error");
    let comments = issue["fields"]["comment"]["comments"].as_array().unwrap().clone();
    assert_eq!(comments.last().unwrap()["body"], document("See the article."));
}

#[tokio::test]
async fn a_step_nobody_may_take_is_not_offered() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    server.set(json!({"denied_permissions": ["TRANSITION_ISSUES"]})).await;
    assert_eq!(jira.get("issue/MOB-12/transitions").await["transitions"], json!([]));
    let refused = jira.wrong("POST", "issue/MOB-12/transitions", json!({"transition": {"id": "31"}})).await;
    assert_eq!(refused, json!(["You do not have permission to transition this issue."]));
}

#[tokio::test]
async fn data_center_has_the_same_steps() {
    let server = Server::new();
    let local = Client::data_center(&server);
    let key = some_issue(&server, |issue| issue.project == "OPS" && issue.status == "To Do");
    let path = format!("issue/{key}/transitions");
    let list = local.get(&path).await;
    local.done("POST", &path, Some(id(&list, "Start"))).await;
    assert_eq!(local.get(&format!("issue/{key}")).await["fields"]["status"]["name"], "In Progress");
}
