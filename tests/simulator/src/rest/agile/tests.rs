use crate::testing::{Client, Server, some_issue};
use serde_json::{Value, json};

async fn sprint(agile: &Client<'_>, board: &Value, state: &str) -> Value {
    agile.get(&format!("board/{board}/sprint?state={state}")).await["values"][0].clone()
}

#[tokio::test]
async fn boards_and_sprints_are_listed() {
    let server = Server::new();
    for agile in [Client::cloud(&server).await.agile(), Client::data_center(&server).agile()] {
        let boards = agile.get("board").await;
        assert_eq!(boards["total"], 4, "one for each software project");
        let mine = agile.get("board?projectKeyOrId=MOB").await["values"][0].clone();
        let id = &mine["id"];
        assert_eq!((&mine["type"], &mine["location"]["projectKey"]), (&json!("scrum"), &json!("MOB")));
        assert_eq!(agile.get(&format!("board/{id}")).await, mine);
        let all = agile.get(&format!("board/{id}/sprint")).await;
        assert_eq!(all["total"], 11);
        let active = sprint(&agile, id, "active").await;
        let issues = agile.get(&format!("sprint/{}/issue?maxResults=1", active["id"])).await;
        let narrowed = agile.get(&format!("sprint/{}/issue?jql=status%3DDone", active["id"])).await;
        assert!(issues["total"].as_u64() > narrowed["total"].as_u64());
        assert!(agile.get(&format!("board/{id}/backlog")).await["total"].as_u64() > Some(0));
        let columns = agile.get(&format!("board/{id}/configuration")).await["columnConfig"]["columns"].clone();
        assert_eq!(columns[0]["name"], "To Do");
        assert_eq!(agile.send("GET", &format!("board/{id}/sprint?state=odd"), None).await.status, 400);
        assert_eq!(agile.send("GET", "board/99", None).await.status, 404);
    }
}

#[tokio::test]
async fn boards_want_their_own_scopes() {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    let path = format!("/api/ex/jira/{}/rest/agile/1.0/board", server.sim.world().sites[0].cloud_id);
    let answer = server.get_as(&path, &token).await;
    assert_eq!((answer.status, &answer.json()["message"]), (401, &json!("Unauthorized; scope does not match")));
}

#[tokio::test]
async fn issues_are_planned_and_taken_back() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let agile = jira.agile();
    let board = agile.get("board?projectKeyOrId=MOB").await["values"][0]["id"].clone();
    let (next, closed) = (sprint(&agile, &board, "future").await, sprint(&agile, &board, "closed").await);
    let key = some_issue(&server, |issue| issue.project == "MOB" && issue.kind == "Story" && issue.status == "Backlog");
    let body = Some(json!({"issues": [key]}));
    let path = format!("sprint/{}/issue", next["id"]);
    assert_eq!(agile.send("POST", &path, body.clone()).await.status, 204);
    let find = json!({"jql": format!("key = {key} and sprint in futureSprints()")});
    let count = async || jira.done("POST", "search/approximate-count", Some(find.clone())).await["count"].clone();
    assert_eq!(count().await, 1);
    assert_eq!(agile.send("POST", "backlog/issue", body.clone()).await.status, 204);
    assert_eq!(count().await, 0);
    jira.done("PUT", &format!("issue/{key}"), Some(json!({"fields": {"customfield_10020": next["id"]}}))).await;
    assert_eq!(count().await, 1, "an edit plans as well");
    assert_eq!(agile.send("POST", &format!("sprint/{}/issue", closed["id"]), body.clone()).await.status, 400);
    assert_eq!(agile.send("POST", &path, Some(json!({"issues": ["WEB-12"]}))).await.status, 400);
    server.set(json!({"denied_permissions": ["SCHEDULE_ISSUES"]})).await;
    assert_eq!(agile.send("POST", &path, body).await.status, 403);
    let refused =
        jira.wrong("PUT", &format!("issue/{key}"), json!({"fields": {"customfield_10020": next["id"]}})).await;
    assert!(refused["customfield_10020"].as_str().unwrap().contains("Schedule Issues permission"));
}

#[tokio::test]
async fn a_sprint_is_made_started_and_closed_by_who_may() {
    let server = Server::new();
    let agile = Client::cloud(&server).await.agile();
    let board = agile.get("board?projectKeyOrId=MOB").await["values"][0]["id"].clone();
    let body = json!({"name": "Extra", "originBoardId": board, "goal": "More"});
    assert_eq!(agile.send("POST", "sprint", Some(body.clone())).await.status, 403, "the lead's");
    let (cloud, me) = (server.sim.world().sites[0].cloud_id.clone(), server.sim.world().me().account_id.clone());
    server.sim.edit(&cloud, |site| site.projects.iter_mut().for_each(|project| project.lead = me.clone()));
    let new = agile.done("POST", "sprint", Some(body)).await;
    let path = format!("sprint/{}", new["id"]);
    assert_eq!((&new["state"], &new["goal"]), (&json!("future"), &json!("More")));
    let start = json!({"state": "active"});
    assert_eq!(agile.send("POST", &path, Some(start.clone())).await.status, 400, "another one is active");
    let active = sprint(&agile, &board, "active").await;
    agile.done("POST", &format!("sprint/{}", active["id"]), Some(json!({"state": "closed"}))).await;
    assert_eq!(agile.done("POST", &path, Some(start)).await["state"], "active");
    assert_eq!(agile.send("POST", &path, Some(json!({"state": "future"}))).await.status, 400);
    assert_eq!(agile.done("PUT", &path, Some(json!({"name": "Renamed"}))).await["name"], "Renamed");
    let nameless = json!({"name": "", "originBoardId": board});
    assert_eq!(agile.send("POST", "sprint", Some(nameless)).await.status, 400);
}

#[tokio::test]
async fn issues_are_ranked_right_beside_another_in_their_order() {
    let server = Server::new();
    for client in [Client::cloud(&server).await, Client::data_center(&server)] {
        let path = if client.send("GET", "search/jql?jql=key=MOB-1", None).await.status == 200 {
            "search/jql"
        } else {
            "search"
        };
        let order = async |direction: &str| {
            let body = json!({"jql": format!("project = MOB ORDER BY Rank {direction}"), "fields": ["summary"], "maxResults": 4});
            let found = client.done("POST", path, Some(body)).await;
            found["issues"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["key"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let (top, end) = (order("ASC").await, order("DESC").await);
        let body = json!({"issues": [end[0], end[1]], "rankBeforeIssue": top[1]});
        client.agile().done("PUT", "issue/rank", Some(body)).await;
        assert_eq!(order("ASC").await, [&top[0], &end[0], &end[1], &top[1]].map(String::as_str));
        let body = json!({"issues": [end[0]], "rankAfterIssue": end[2]});
        client.agile().done("PUT", "issue/rank", Some(body)).await;
        assert_eq!(order("DESC").await[0], end[0]);
        for wrong in [
            json!({"issues": [top[0]]}),
            json!({"issues": [top[0]], "rankBeforeIssue": top[0]}),
            json!({"issues": [], "rankBeforeIssue": top[0]}),
        ] {
            client.agile().wrong("PUT", "issue/rank", wrong).await;
        }
    }
}
