use crate::testing::{Client, Server, document, some_issue};
use serde_json::json;

#[tokio::test]
async fn a_comment_is_written_changed_and_deleted() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let path = "issue/MOB-12/comment";
    let before = jira.get(path).await["total"].as_u64().unwrap();
    let new = jira.done("POST", path, Some(json!({"body": document("Hello")}))).await;
    assert_eq!((&new["body"], &new["author"]["displayName"]), (&document("Hello"), &json!("Nora Berg")));
    let one = format!("{path}/{}", new["id"].as_str().unwrap());
    let changed = jira.done("PUT", &one, Some(json!({"body": document("Hello again")}))).await;
    assert_eq!((&changed["body"], &changed["id"]), (&document("Hello again"), &new["id"]));
    assert_eq!(jira.get(&one).await, changed);
    let found = json!({"jql": "key = MOB-12 and comment ~ \"hello again\""});
    assert_eq!(jira.done("POST", "search/approximate-count", Some(found)).await["count"], 1);
    assert_eq!(jira.send("DELETE", &one, None).await.status, 204);
    assert_eq!(jira.send("GET", &one, None).await.status, 404);
    assert_eq!(jira.get(path).await["total"], before);
}

#[tokio::test]
async fn a_comment_must_be_a_text_of_the_right_kind() {
    let server = Server::new();
    let (jira, local) = (Client::cloud(&server).await, Client::data_center(&server));
    let path = "issue/MOB-12/comment";
    assert_eq!(
        jira.wrong("POST", path, json!({"body": "plain"})).await,
        json!({"comment": "Comment body is not valid!"})
    );
    assert_eq!(jira.wrong("POST", path, json!({})).await, json!({"comment": "Comment body is not valid!"}));
    let odd = json!({"type": "doc", "version": 1, "content": [{"type": "text", "text": "loose"}]});
    assert_eq!(jira.wrong("POST", path, json!({"body": odd})).await, json!(["INVALID_INPUT"]));
    let empty = json!({"type": "doc", "version": 1, "content": []});
    assert_eq!(
        jira.wrong("POST", path, json!({"body": empty})).await,
        json!({"comment": "Comment body can not be empty!"})
    );
    assert_eq!(
        local.wrong("POST", path, json!({"body": document("x")})).await,
        json!({"comment": "Comment body is not valid!"})
    );
    let new = local.done("POST", path, Some(json!({"body": "*bold* [~wei.zhang]"}))).await;
    assert_eq!(new["body"], "*bold* [~wei.zhang]", "wiki markup comes back as it came");
    assert_eq!(jira.get(path).await["comments"].as_array().unwrap().last().unwrap()["body"]["type"], "doc");
}

#[tokio::test]
async fn what_others_wrote_is_theirs() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let me = server.sim.world().me().account_id.clone();
    let foreign = |issue: &crate::data::Issue| issue.comments.first().is_some_and(|one| one.author != me);
    let key = some_issue(&server, foreign);
    let id = jira.get(&format!("issue/{key}/comment")).await["comments"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("issue/{key}/comment/{id}");
    assert_eq!(jira.send("PUT", &path, Some(json!({"body": document("mine now")}))).await.status, 403);
    assert_eq!(jira.send("DELETE", &path, None).await.status, 403);
    server.set(json!({"denied_permissions": ["ADD_COMMENTS"]})).await;
    let refused = jira.wrong("POST", "issue/MOB-12/comment", json!({"body": document("x")})).await;
    assert_eq!(refused, json!(["You do not have the permission to comment on this issue."]));
}
