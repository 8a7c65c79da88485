use crate::testing::{Answer, Server, encode};
use serde_json::{Value, json};

const SITE: &str = "/api/ex/jira/3b1f5c0e-7a52-4d1c-9c55-2f60c1a7e481/rest/api/3";

async fn signed_in() -> (Server, String) {
    let server = Server::accepting().await;
    let (token, _) = server.sign_in().await;
    (server, token)
}

async fn search(server: &Server, token: &str, fields: &[(&str, &str)]) -> Answer {
    server.get_as(&format!("{SITE}/search/jql?{}", encode(fields)), token).await
}

fn sentences(answer: &Answer) -> Value {
    answer.json()["errorMessages"].clone()
}

#[tokio::test]
async fn a_search_gives_ids_only_and_no_total() {
    let (server, token) = signed_in().await;
    let page = search(&server, &token, &[("jql", "project = MOB")]).await.json();
    assert_eq!(page["issues"].as_array().unwrap().len(), 50);
    assert_eq!(page["issues"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id"]);
    assert_eq!((&page["isLast"], page.get("total"), page.get("startAt")), (&json!(false), None, None));
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let (server, token) = signed_in().await;
    let jql = "project in (MOB, WEB) ORDER BY key";
    let mut body = json!({"jql": jql, "fields": ["summary"], "maxResults": 5000});
    let mut keys = Vec::new();
    loop {
        let page = server.post_as(&format!("{SITE}/search/jql"), &token, body.clone()).await.json();
        let issues = page["issues"].as_array().unwrap().clone();
        assert!(issues.len() <= 100, "fewer when fields are asked for");
        keys.extend(issues.iter().map(|issue| issue["key"].as_str().unwrap().to_owned()));
        if page["isLast"] == true {
            assert_eq!(page.get("nextPageToken"), None);
            break;
        }
        body["nextPageToken"] = page["nextPageToken"].clone();
    }
    assert_eq!(keys.len(), 820);
    let different: std::collections::HashSet<&String> = keys.iter().collect();
    assert_eq!(different.len(), 820);
    let count = server.post_as(&format!("{SITE}/search/approximate-count"), &token, json!({"jql": jql})).await;
    assert_eq!(count.json(), json!({"count": 820}));
}

#[tokio::test]
async fn a_page_token_belongs_to_its_query_and_ends_after_a_week() {
    let (server, token) = signed_in().await;
    let page = search(&server, &token, &[("jql", "project = MOB")]).await.json();
    let next = page["nextPageToken"].as_str().unwrap();
    assert_eq!(search(&server, &token, &[("jql", "project = WEB"), ("nextPageToken", next)]).await.status, 400);
    assert_eq!(search(&server, &token, &[("jql", "project = MOB"), ("nextPageToken", next)]).await.status, 200);
    server.set(json!({"access_token_lifetime": 10_000_000})).await;
    let (token, _) = server.sign_in().await;
    server.later(7 * 86_400 + 1).await;
    assert_eq!(search(&server, &token, &[("jql", "project = MOB"), ("nextPageToken", next)]).await.status, 400);
}

#[tokio::test]
async fn an_unbounded_query_is_refused_in_jiras_words() {
    let (server, token) = signed_in().await;
    let words = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";
    for jql in ["", "order by key desc"] {
        let answer = search(&server, &token, &[("jql", jql)]).await;
        assert_eq!((answer.status, sentences(&answer)), (400, json!([words])), "{jql}");
        let count = server.post_as(&format!("{SITE}/search/approximate-count"), &token, json!({"jql": jql})).await;
        assert_eq!(count.status, 400);
    }
}

#[tokio::test]
async fn a_wrong_query_is_refused_with_every_reason() {
    let (server, token) = signed_in().await;
    let answer = search(&server, &token, &[("jql", "project = NOPE AND colour = red AND status > Done")]).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        sentences(&answer),
        json!([
            "The value 'NOPE' does not exist for the field 'project'.",
            "Field 'colour' does not exist or you do not have permission to view it.",
            "The operator '>' is not supported by the 'status' field."
        ])
    );
    let many = "project = MOB ORDER BY key, created, updated, due, status, priority, summary, reporter";
    assert_eq!(search(&server, &token, &[("jql", many)]).await.status, 400);
    assert_eq!(search(&server, &token, &[("jql", "project = (")]).await.status, 400);
    assert_eq!(search(&server, &token, &[("jql", "project = MOB"), ("maxResults", "0")]).await.status, 400);
    let old = json!({"jql": "project = MOB", "startAt": 50});
    assert_eq!(
        server.post_as(&format!("{SITE}/search/jql"), &token, old).await.status,
        400,
        "startAt is of the old search"
    );
}

#[tokio::test]
async fn the_old_search_is_gone() {
    let (server, token) = signed_in().await;
    let answer = server.get_as(&format!("{SITE}/search?jql=project=MOB"), &token).await;
    assert_eq!(answer.status, 410);
    assert!(answer.text.contains("The requested API has been removed."));
}

#[tokio::test]
async fn a_token_is_good_for_its_scopes_and_sites_only() {
    let server = Server::accepting().await;
    let code = server.authorize(&[("scope", "read:jira-work")]).await.parameter("code").unwrap();
    let token = server.exchange(&code, &[]).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(search(&server, &token, &[("jql", "key = MOB-1")]).await.status, 200);
    let myself = server.get_as(&format!("{SITE}/myself"), &token).await;
    assert_eq!((myself.status, &myself.json()["message"]), (401, &json!("Unauthorized; scope does not match")));
    assert_eq!(server.get_as("/api/me", &token).await.status, 401);
    let other = SITE.replace("3b1f5c0e", "b8a2d6f4");
    assert_eq!(server.get_as(&format!("{other}/issue/LAB-1"), &token).await.status, 404);
    for status in [401, 403, 404] {
        server.set(json!({"expired_token_status": status})).await;
        assert_eq!(server.get_as(&format!("{SITE}/issue/MOB-1"), "dead").await.status, status);
    }
}

#[tokio::test]
async fn a_person_may_have_no_site_or_two() {
    let (server, _) = signed_in().await;
    for (sites, confluence, listed) in [(0, false, 0), (2, false, 2), (1, true, 2)] {
        server.set(json!({"sites": sites, "confluence_beside": confluence})).await;
        let (token, _) = server.sign_in().await;
        let list = server.get_as("/api/oauth/token/accessible-resources", &token).await.json();
        assert_eq!(list.as_array().unwrap().len(), listed);
        let jira = |entry: &&Value| entry["scopes"].to_string().contains("jira");
        assert_eq!(list.as_array().unwrap().iter().filter(jira).count(), sites);
    }
}

#[tokio::test]
async fn an_issue_has_its_fields_and_a_missing_one_says_so() {
    let (server, token) = signed_in().await;
    let missing = server.get_as(&format!("{SITE}/issue/MOB-99999"), &token).await;
    assert_eq!(missing.status, 404);
    assert_eq!(sentences(&missing), json!(["Issue does not exist or you do not have permission to see it."]));
    let issue = server.get_as(&format!("{SITE}/issue/mob-12"), &token).await.json();
    let fields = issue["fields"].as_object().unwrap();
    assert_eq!(issue["key"], "MOB-12");
    for name in ["summary", "status", "issuetype", "priority", "assignee", "reporter", "created", "updated", "comment"]
    {
        assert!(fields.contains_key(name), "{name}");
    }
    assert!(["new", "indeterminate", "done"].contains(&fields["status"]["statusCategory"]["key"].as_str().unwrap()));
    assert!(fields["reporter"]["avatarUrls"]["48x48"].as_str().unwrap().starts_with("http://127.0.0.1"));
    let two = server.get_as(&format!("{SITE}/issue/MOB-12?fields=summary,status"), &token).await.json();
    assert_eq!(two["fields"].as_object().unwrap().len(), 2);
    let without = server.get_as(&format!("{SITE}/issue/MOB-12?fields=-comment"), &token).await.json();
    assert_eq!(without["fields"].as_object().unwrap().len(), fields.len() - 1);
}

#[tokio::test]
async fn texts_are_documents_on_cloud_and_wiki_markup_on_data_center() {
    let (server, token) = signed_in().await;
    let commented = server.sim.world().sites[0].issues.iter().find(|issue| {
        issue.description.as_deref().is_some_and(|text| text.contains("\n- ")) && issue.comments.len() > 1
    });
    let key = commented.unwrap().key.clone();
    let cloud = server.get_as(&format!("{SITE}/issue/{key}"), &token).await.json();
    assert_eq!(cloud["fields"]["description"]["type"], "doc");
    assert!(cloud["fields"]["description"].to_string().contains("bulletList"));
    let comments =
        server.get_as(&format!("{SITE}/issue/{key}/comment?maxResults=1&orderBy=-created"), &token).await.json();
    assert_eq!(
        (comments["comments"].as_array().unwrap().len(), &comments["comments"][0]["body"]["type"]),
        (1, &json!("doc"))
    );
    let personal = "simulator-personal-access-token";
    let local = server.get_as(&format!("/dc/rest/api/2/issue/{key}"), personal).await.json();
    assert!(local["fields"]["description"].as_str().unwrap().contains("\r\n* "));
    assert_eq!(local["fields"]["reporter"].get("accountId"), None);
}

#[tokio::test]
async fn data_center_searches_by_start_and_total() {
    let server = Server::new();
    let ask = |query: &str| format!("/dc/rest/api/2/search?{query}");
    let personal = "simulator-personal-access-token";
    let page = server.get_as(&ask("jql=project%3DMOB&startAt=380&maxResults=50&fields=summary"), personal).await.json();
    assert_eq!(
        (&page["total"], &page["startAt"], page["issues"].as_array().unwrap().len()),
        (&json!(390), &json!(380), 10)
    );
    let all = server.get_as(&ask("maxResults=1"), personal).await.json();
    assert_eq!(all["total"], 2000, "an unbounded query is fine here");
    let mine = server.get_as(&ask("jql=assignee%3Dnora.berg&maxResults=0"), personal).await.json();
    assert!(mine["total"].as_u64().unwrap() > 20, "people go by their short names");
    assert_eq!(server.get(&ask("jql=project%3DMOB")).await.status, 401);
    assert_eq!(server.get_as("/dc/rest/api/3/myself", personal).await.status, 404);
}

#[tokio::test]
async fn pages_for_people_can_be_read() {
    let server = Server::new();
    let page = server.get("/site/harborline/browse/MOB-12").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("MOB-12") && page.text.contains("Simulator"));
    assert_eq!(server.get("/site/harborline/browse/MOB-99999").await.status, 404);
    let picture = server.get("/avatar/nora.berg.png").await;
    assert_eq!(picture.headers["content-type"], "image/png");
}

#[tokio::test]
async fn projects_are_listed() {
    let (server, token) = signed_in().await;
    let all = server.get_as(&format!("{SITE}/project/search"), &token).await.json();
    assert_eq!((&all["total"], &all["isLast"]), (&json!(6), &json!(true)));
    let some = server.get_as(&format!("{SITE}/project/search?query=pay&maxResults=1"), &token).await.json();
    assert_eq!(some["values"][0]["key"], "PAY");
}
