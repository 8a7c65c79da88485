use crate::testing::{Client, Server, some_issue};
use serde_json::{Value, json};

#[tokio::test]
async fn a_hundred_issues_are_fetched_at_once_and_what_is_missing_is_told() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let body = json!({"issueIdsOrKeys": ["WEB-12", "MOB-12", "MOB-99999", "mob-12"], "fields": ["summary"]});
    let answer = jira.done("POST", "issue/bulkfetch", Some(body)).await;
    assert_eq!(answer["issues"].as_array().unwrap().len(), 2, "each once");
    assert_eq!(answer["issueErrors"][0]["id"], "MOB-99999");
    assert_eq!(answer["issues"][0]["fields"].as_object().unwrap().len(), 1);
    let many: Vec<String> = (1..=101).map(|number| format!("MOB-{number}")).collect();
    assert_eq!(jira.send("POST", "issue/bulkfetch", Some(json!({"issueIdsOrKeys": many}))).await.status, 400);
}

#[tokio::test]
async fn what_cannot_be_created_is_told_by_its_place() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let story = |summary: &str| json!({"fields": {"project": {"key": "MOB"}, "issuetype": {"name": "Story"}, "summary": summary}});
    let body = json!({"issueUpdates": [story("One"), story(""), story("Three")]});
    let answer = jira.done("POST", "issue/bulk", Some(body)).await;
    assert_eq!(
        (answer["issues"].as_array().unwrap().len(), &answer["errors"][0]["failedElementNumber"]),
        (2, &json!(1))
    );
    assert_eq!(answer["errors"][0]["elementErrors"]["errors"]["summary"], "You must specify a summary of the issue.");
    let none = jira.send("POST", "issue/bulk", Some(json!({"issueUpdates": [story("")]}))).await;
    assert_eq!(none.status, 400);
}

async fn finished(jira: &Client<'_>, path: &str, body: Value) -> Value {
    let id = jira.done("POST", path, Some(body)).await["taskId"].as_str().unwrap().to_owned();
    assert_eq!(jira.get(&format!("bulk/queue/{id}")).await["status"], "RUNNING");
    let task = jira.get(&format!("bulk/queue/{id}")).await;
    assert_eq!(task["status"], "COMPLETE");
    task
}

#[tokio::test]
async fn many_issues_take_a_step_and_those_that_cannot_say_why() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let open = some_issue(&server, |issue| issue.project == "MOB" && issue.status == "In Progress");
    let done = some_issue(&server, |issue| issue.project == "MOB" && issue.status == "Done");
    let body =
        json!({"bulkTransitionInputs": [{"selectedIssueIdsOrKeys": [open, done, "MOB-99999"], "transitionId": "41"}]});
    let task = finished(&jira, "bulk/issues/transition", body).await;
    assert_eq!((&task["totalIssueCount"], &task["invalidOrInaccessibleIssueCount"]), (&json!(3), &json!(1)));
    assert_eq!(task["processedAccessibleIssues"].as_array().unwrap().len(), 1);
    assert!(task["failedAccessibleIssues"].to_string().contains("Transition id '41' is not valid for this issue."));
    assert_eq!(jira.get(&format!("issue/{open}")).await["fields"]["status"]["name"], "In Review");
    assert_eq!(jira.send("GET", "bulk/queue/none", None).await.status, 404);
}

#[tokio::test]
async fn many_issues_are_edited_at_once_and_deleted_only_by_the_lead() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let body = json!({"selectedIssueIdsOrKeys": ["MOB-12", "WEB-12"], "selectedActions": ["labels", "priority"],
        "editedFieldsInput": {"priority": {"priorityId": "5"},
            "labelsFields": [{"fieldId": "labels", "bulkEditMultiSelectFieldOption": "ADD", "labels": [{"name": "together"}]}]}});
    finished(&jira, "bulk/issues/fields", body).await;
    for key in ["MOB-12", "WEB-12"] {
        let fields = jira.get(&format!("issue/{key}")).await["fields"].clone();
        assert_eq!(fields["priority"]["name"], "Lowest");
        assert!(fields["labels"].as_array().unwrap().contains(&json!("together")));
    }
    let odd = json!({"selectedIssueIdsOrKeys": ["MOB-12"], "selectedActions": ["colour"], "editedFieldsInput": {}});
    assert_eq!(jira.send("POST", "bulk/issues/fields", Some(odd)).await.status, 400);
    let task = finished(&jira, "bulk/issues/delete", json!({"selectedIssueIdsOrKeys": ["MOB-12"]})).await;
    assert!(task["failedAccessibleIssues"].to_string().contains("You do not have permission to delete issues"));
}
