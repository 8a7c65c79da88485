use crate::testing::{Client, Server, document, some_issue};
use serde_json::{Value, json};

fn story(more: Value) -> Value {
    let mut fields = json!({"project": {"key": "MOB"}, "issuetype": {"name": "Story"}, "summary": "Pay with a watch"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"fields": fields})
}

#[tokio::test]
async fn an_issue_is_created_found_edited_and_deleted() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let me = server.sim.world().me().account_id.clone();
    let body = story(json!({
        "description": document("As asked for"), "labels": ["watch"], "priority": {"name": "High"},
        "assignee": {"accountId": me}, "duedate": "2026-12-01", "customfield_10016": 5,
        "components": [{"name": jira.get("project/MOB/components").await[0]["name"]}], "customfield_10050": {"value": "Mobile Crew"},
    }));
    let made = jira.done("POST", "issue", Some(body)).await;
    assert_eq!(made["key"], "MOB-391", "the next number");
    let issue = jira.get("issue/MOB-391").await;
    assert_eq!(issue["id"], made["id"]);
    let fields = &issue["fields"];
    assert_eq!((&fields["status"]["name"], &fields["reporter"]["accountId"]), (&json!("Backlog"), &json!(me)));
    assert_eq!((&fields["description"], &fields["customfield_10016"]), (&document("As asked for"), &json!(5.0)));
    assert_eq!(
        (&fields["duedate"], &fields["customfield_10050"]["value"]),
        (&json!("2026-12-01"), &json!("Mobile Crew"))
    );
    let found =
        jira.done("POST", "search/jql", Some(json!({"jql": "text ~ \"as asked for\" and labels = watch"}))).await;
    assert_eq!(found["issues"], json!([{"id": made["id"]}]), "a search finds it at once");
    let change =
        json!({"fields": {"summary": "Pay with a ring"}, "update": {"labels": [{"add": "ring"}, {"remove": "watch"}]}});
    assert_eq!(jira.send("PUT", "issue/MOB-391", Some(change)).await.status, 204);
    let edited = jira.done("PUT", "issue/MOB-391?returnIssue=true", Some(json!({"fields": {"assignee": null}}))).await;
    assert_eq!(
        (&edited["fields"]["summary"], &edited["fields"]["assignee"]),
        (&json!("Pay with a ring"), &Value::Null)
    );
    assert_eq!(edited["fields"]["labels"], json!(["ring"]));
    assert_eq!(jira.send("DELETE", "issue/MOB-391", None).await.status, 403, "only the lead deletes");
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    for (more, field, sentence) in [
        (json!({"summary": " "}), "summary", "You must specify a summary of the issue."),
        (json!({"summary": "a".repeat(256)}), "summary", "Summary must be less than 255 characters."),
        (json!({"summary": "two\nlines"}), "summary", "The summary is invalid because it contains newline characters."),
        (json!({"summary": 7}), "summary", "Operation value must be a string"),
        (
            json!({"description": "plain"}),
            "description",
            "Operation value must be an Atlassian Document (see the Atlassian Document Format)",
        ),
        (json!({"labels": ["two words"]}), "labels", "The label 'two words' contains spaces which is invalid."),
        (json!({"labels": "one"}), "labels", "data was not an array"),
        (json!({"duedate": "soon"}), "duedate", "Error parsing date string: soon"),
        (json!({"priority": {"name": "Huge"}}), "priority", "Priority 'Huge' is not valid"),
        (json!({"components": [{"name": "Nothing"}]}), "components", "Component name 'Nothing' is not valid"),
        (json!({"fixVersions": [{"id": "1"}]}), "fixVersions", "Version name '1' is not valid"),
        (json!({"assignee": {"accountId": "nobody"}}), "assignee", "User 'nobody' does not exist."),
        (
            json!({"assignee": {"name": "nora.berg"}}),
            "assignee",
            "'accountId' must be the only user identifying query parameter in GDPR strict mode.",
        ),
        (json!({"customfield_10016": "many"}), "customfield_10016", "Operation value must be a number"),
        (json!({"customfield_10050": {"value": "Nobody"}}), "customfield_10050", "Option value 'Nobody' is not valid"),
        (
            json!({"customfield_10052": {"value": "Major"}}),
            "customfield_10052",
            "Field 'customfield_10052' cannot be set. It is not on the appropriate screen, or unknown.",
        ),
        (json!({"parent": {"key": "MOB-99999"}}), "parent", "Could not find issue by id or key."),
        (
            json!({"parent": {"key": "WEB-1"}}),
            "parent",
            "Given parent work item does not belong to appropriate hierarchy.",
        ),
        (
            json!({"customfield_10020": 1}),
            "customfield_10020",
            "Sprint with id '1' does not exist or you do not have permission to view it.",
        ),
        (
            json!({"status": {"name": "Done"}}),
            "status",
            "Field 'status' cannot be set. It is not on the appropriate screen, or unknown.",
        ),
        (json!({"issuetype": {"name": "Incident"}}), "issuetype", "Specify a valid issue type"),
        (json!({"project": {"key": "NOPE"}}), "project", "Specify a valid project ID or key"),
    ] {
        let errors = jira.wrong("POST", "issue", story(more)).await;
        assert_eq!(errors, json!({field: sentence}));
    }
    let both = jira.wrong("POST", "issue", story(json!({"labels": ["a b"], "duedate": "x"}))).await;
    assert_eq!(both.as_object().unwrap().len(), 2);
    let twice = json!({"fields": {"labels": []}, "update": {"labels": [{"add": "x"}]}});
    let errors = jira.wrong("PUT", "issue/MOB-12", twice).await;
    assert_eq!(errors["labels"], "Field 'labels' cannot appear in both 'fields' and 'update'");
    assert_eq!(jira.send("POST", "issue", Some(json!([]))).await.status, 400);
    let count = json!({"jql": "project = MOB"});
    assert_eq!(jira.done("POST", "search/approximate-count", Some(count)).await["count"], 390, "nothing was made");
}

#[tokio::test]
async fn some_types_of_issue_want_more() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let of = |project: &str, kind: &str, more: Value| {
        let mut body = json!({"fields": {"project": {"key": project}, "issuetype": {"name": kind}}});
        body["fields"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let request = jira.wrong("POST", "issue", of("SUP", "Service Request", json!({}))).await;
    assert_eq!(
        request,
        json!({"summary": "You must specify a summary of the issue.", "customfield_10051": "Customer is required."})
    );
    let incident = jira.wrong("POST", "issue", of("OPS", "Incident", json!({"summary": "Down"}))).await;
    assert_eq!(incident, json!({"customfield_10052": "Severity is required."}));
    let subtask = jira.wrong("POST", "issue", of("MOB", "Sub-task", json!({"summary": "A part"}))).await;
    assert_eq!(subtask["parent"], "Issue type is a sub-task but parent issue key or id not specified.");
    let parent = some_issue(&server, |issue| issue.project == "MOB" && issue.kind == "Story");
    let made = jira
        .done("POST", "issue", Some(of("MOB", "Sub-task", json!({"summary": "A part", "parent": {"key": parent}}))))
        .await;
    let whole = jira.get(&format!("issue/{parent}")).await;
    assert!(whole["fields"]["subtasks"].to_string().contains(made["key"].as_str().unwrap()));
}

#[tokio::test]
async fn people_are_assigned_by_account_id_and_by_name_at_data_center() {
    let server = Server::new();
    let (jira, local) = (Client::cloud(&server).await, Client::data_center(&server));
    let wei = server.sim.world().users().iter().find(|user| user.name == "wei.zhang").unwrap().account_id.clone();
    let assignee = async || jira.get("issue/MOB-12?fields=assignee").await["fields"]["assignee"]["accountId"].clone();
    jira.done("PUT", "issue/MOB-12/assignee", Some(json!({"accountId": wei}))).await;
    assert_eq!(assignee().await, wei.as_str());
    jira.done("PUT", "issue/MOB-12/assignee", Some(json!({"accountId": null}))).await;
    assert_eq!(assignee().await, Value::Null);
    jira.done("PUT", "issue/MOB-12/assignee", Some(json!({"accountId": "-1"}))).await;
    assert!(assignee().await.is_string(), "the project's default");
    let old = jira.wrong("PUT", "issue/MOB-12/assignee", json!({"name": "wei.zhang"})).await;
    assert_eq!(old, json!(["'accountId' must be the only user identifying query parameter in GDPR strict mode."]));
    let left = server.sim.world().users().iter().find(|user| !user.active).unwrap().account_id.clone();
    let gone = jira.wrong("PUT", "issue/MOB-12/assignee", json!({"accountId": left})).await;
    assert!(gone["assignee"].as_str().unwrap().ends_with("cannot be assigned issues."));
    local.done("PUT", "issue/MOB-12/assignee", Some(json!({"name": "wei.zhang"}))).await;
    assert_eq!(local.get("issue/MOB-12").await["fields"]["assignee"]["name"], "wei.zhang");
    local.done("PUT", "issue/MOB-12", Some(json!({"fields": {"description": "h2. Plan\r\n* one"}}))).await;
    assert_eq!(local.get("issue/MOB-12").await["fields"]["description"], "h2. Plan\r\n* one", "as it was written");
}

#[tokio::test]
async fn a_deleted_issue_takes_its_links_with_it_and_its_subtasks_only_if_asked() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let parent = server.sim.sites()[0].each().find(|issue| issue.kind == "Sub-task").unwrap().parent.clone().unwrap();
    let project = parent.split('-').next().unwrap().to_owned();
    let lead = server.sim.sites()[0].project(&project).unwrap().lead.clone();
    let me = server.sim.world().me().account_id.clone();
    let cloud = server.sim.world().sites[0].cloud_id.clone();
    server.sim.edit(&cloud, |site| {
        site.projects.iter_mut().filter(|one| one.lead == lead).for_each(|one| one.lead = me.clone())
    });
    let refused = jira.send("DELETE", &format!("issue/{parent}"), None).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("deleteSubtasks"));
    assert_eq!(jira.send("DELETE", &format!("issue/{parent}?deleteSubtasks=true"), None).await.status, 204);
    assert_eq!(jira.send("GET", &format!("issue/{parent}"), None).await.status, 404);
    let site = server.sim.sites()[0].clone();
    assert!(site.each().all(|issue| issue.parent.as_ref() != Some(&parent)));
    assert!(site.each().all(|issue| issue.links.iter().all(|link| link.key != parent)));
    assert!(site.each().all(|issue| site.issue(&issue.key).unwrap().id == issue.id), "all places are right");
    server.post("/_control/reset", json!({})).await;
    assert_eq!(server.sim.sites()[0].issues.len(), 2000, "a reset brings everything back");
}

#[tokio::test]
async fn writing_needs_its_scope_and_its_permission() {
    let server = Server::accepting().await;
    let (reading, _) = server.sign_in().await;
    let root = format!("/api/ex/jira/{}/rest/api/3", server.sim.world().sites[0].cloud_id);
    let answer = server.post_as(&format!("{root}/issue"), &reading, story(json!({}))).await;
    assert_eq!((answer.status, &answer.json()["message"]), (401, &json!("Unauthorized; scope does not match")));
    let jira = Client::cloud(&server).await;
    server.set(json!({"denied_permissions": ["MOB:EDIT_ISSUES", "CREATE_ISSUES", "WEB:BROWSE_PROJECTS"]})).await;
    let change = Some(json!({"fields": {"summary": "x"}}));
    assert_eq!(jira.send("PUT", "issue/MOB-12", change.clone()).await.status, 403);
    assert_eq!(jira.send("PUT", "issue/PAY-12", change).await.status, 204);
    assert_eq!(jira.send("POST", "issue", Some(story(json!({})))).await.status, 400);
    assert_eq!(jira.send("GET", "issue/WEB-12", None).await.status, 404, "hidden looks like absent");
}
