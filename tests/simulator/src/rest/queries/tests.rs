use crate::testing::{Client, Server};
use serde_json::json;

#[tokio::test]
async fn queries_are_judged_one_by_one() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let queries = ["project = MOB", "project =", "project = NOPE", "colour = red"];
    let parsed = async |validation: &str| {
        let answer =
            jira.done("POST", &format!("jql/parse?validation={validation}"), Some(json!({"queries": queries}))).await;
        answer["queries"].as_array().unwrap().clone()
    };
    let strict = parsed("strict").await;
    let wrong: Vec<bool> = strict.iter().map(|one| one.get("errors").is_some()).collect();
    assert_eq!(wrong, [false, true, true, true]);
    assert_eq!(strict[2]["errors"], json!(["The value 'NOPE' does not exist for the field 'project'."]));
    let warn = parsed("warn").await;
    assert!(warn[1].get("errors").is_some() && warn[2].get("errors").is_none() && warn[2].get("warnings").is_some());
    let none = parsed("none").await;
    assert!(none[2].get("errors").is_none() && none[2].get("warnings").is_none());
    assert_eq!(jira.send("POST", "jql/parse", Some(json!({"queries": []}))).await.status, 400);
    assert_eq!(jira.send("POST", "jql/parse?validation=maybe", Some(json!({"queries": ["a = b"]}))).await.status, 400);
}

#[tokio::test]
async fn issues_are_matched_against_queries() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let id = async |key: &str| {
        jira.get(&format!("issue/{key}?fields=summary")).await["id"].as_str().unwrap().parse::<u64>().unwrap()
    };
    let (mobile, web) = (id("MOB-12").await, id("WEB-12").await);
    let body = json!({"jqls": ["project = MOB", "project in (MOB, WEB)", "project ="], "issueIds": [mobile, web]});
    let matches = jira.done("POST", "jql/match", Some(body)).await["matches"].clone();
    assert_eq!((&matches[0]["matchedIssues"], &matches[1]["matchedIssues"]), (&json!([mobile]), &json!([mobile, web])));
    assert!(!matches[2]["errors"].as_array().unwrap().is_empty());
    assert_eq!(jira.send("POST", "jql/match", Some(json!({"jqls": ["a = b"]}))).await.status, 400);
}

#[tokio::test]
async fn a_good_query_comes_with_its_tree() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let text = "project = MOB and status was not in (Done, \"In Progress\") before -1w and not assignee is EMPTY order by key desc";
    let answer = jira.done("POST", "jql/parse", Some(json!({"queries": [text, "project ="]}))).await["queries"].clone();
    let tree = &answer[0]["structure"];
    let clauses = &tree["where"]["clauses"];
    assert_eq!(tree["where"]["operator"], "and");
    let project = json!({"field": {"name": "project", "encodedName": "project"}, "operator": "=",
        "operand": {"value": "MOB", "encodedValue": "MOB"}});
    assert_eq!(clauses[0], project);
    assert_eq!(clauses[1]["operator"], "was not in");
    assert_eq!(clauses[1]["operand"]["values"][1], json!({"value": "In Progress", "encodedValue": "\"In Progress\""}));
    assert_eq!(clauses[1]["predicates"][0]["operator"], "before");
    assert_eq!(clauses[2]["clauses"][0]["operand"]["keyword"], "empty");
    assert_eq!(tree["orderBy"]["fields"][0]["direction"], "desc");
    assert_eq!(answer[1].get("structure"), None);
}
