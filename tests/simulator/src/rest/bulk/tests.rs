use crate::testing::{Client, Server, document, some_issue};
use serde_json::{Value, json};

async fn finished(jira: &Client<'_>, task: &Value) -> Value {
    let path = format!("bulk/queue/{}", task["taskId"].as_str().unwrap());
    assert_eq!(jira.get(&path).await["status"], "RUNNING");
    jira.get(&path).await
}

#[tokio::test]
async fn many_kinds_of_fields_are_edited_in_bulk() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let key = some_issue(&server, |issue| issue.project == "MOB" && issue.kind == "Bug" && issue.status == "Backlog");
    let component = server.sim.world().sites[0].project("MOB").unwrap().components[0].clone();
    let number: u64 = component.id.parse().unwrap();
    let body = json!({"selectedIssueIdsOrKeys": [key, "NOPE-1"],
        "selectedActions": ["components", "environment", "summary", "timeoriginalestimate", "customfield_10016"],
        "editedFieldsInput": {
            "multiselectComponents": {"fieldId": "components", "bulkEditMultiSelectFieldOption": "REPLACE",
                "components": [{"componentId": number}]},
            "richTextFields": [{"fieldId": "environment", "richText": {"adfValue": document("Firefox")}}],
            "singleLineTextFields": [{"fieldId": "summary", "text": "In bulk"}],
            "clearableNumberFields": [{"fieldId": "customfield_10016", "value": 5}],
            "originalEstimateField": {"originalEstimateField": "2h"}}});
    let task = jira.done("POST", "bulk/issues/fields", Some(body)).await;
    let done = finished(&jira, &task).await;
    assert_eq!((&done["failedAccessibleIssues"], &done["invalidOrInaccessibleIssueCount"]), (&json!({}), &json!(1)));
    let fields = jira.get(&format!("issue/{key}")).await["fields"].clone();
    assert_eq!((&fields["summary"], &fields["customfield_10016"]), (&json!("In bulk"), &json!(5.0)));
    assert_eq!((&fields["components"][0]["id"], &fields["environment"]), (&json!(component.id), &document("Firefox")));
    assert_eq!(fields["timeoriginalestimate"], 7200);
}

#[tokio::test]
async fn issues_are_moved_with_a_new_key_and_what_is_the_projects_stays_behind() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let key = some_issue(&server, |issue| issue.project == "MOB" && issue.kind == "Task" && !issue.sprints.is_empty());
    let id = jira.get(&format!("issue/{key}")).await["id"].clone();
    let kind = crate::data::catalog::type_of("Task").id;
    let group = |infer: bool| {
        json!({"inferClassificationDefaults": true, "inferFieldDefaults": true, "inferStatusDefaults": infer,
        "inferSubtaskTypeDefault": true, "issueIdsOrKeys": [key]})
    };
    let body = |target: String| json!({"targetToSourcesMapping": {target: group(true)}});
    let task = jira.done("POST", "bulk/issues/move", Some(body(format!("WEB,{kind}")))).await;
    assert_eq!(finished(&jira, &task).await["failedAccessibleIssues"], json!({}));
    let moved = jira.get(&format!("issue/{}", id.as_str().unwrap())).await;
    assert!(moved["key"].as_str().unwrap().starts_with("WEB-"));
    assert_eq!(
        (&moved["fields"]["project"]["key"], &moved["fields"]["customfield_10020"]),
        (&json!("WEB"), &Value::Null)
    );
    assert_eq!(jira.get(&format!("issue/{key}")).await["key"], moved["key"], "the old key still leads to it");
    for wrong in ["NOPE,1".to_owned(), "WEB,1".to_owned(), format!("WEB,{kind},WEB-1")] {
        let refused = jira.send("POST", "bulk/issues/move", Some(body(wrong))).await;
        assert!(refused.json()["errors"][0]["message"].is_string(), "{}", refused.text);
    }
}
