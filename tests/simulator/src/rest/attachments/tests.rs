use crate::testing::{Client, Server};
use serde_json::json;

const NO_CHECK: (&str, &str) = ("x-atlassian-token", "no-check");

#[tokio::test]
async fn a_file_goes_up_and_comes_down() {
    let server = Server::new();
    let (jira, local) = (Client::cloud(&server).await, Client::data_center(&server));
    let up = jira.upload("issue/MOB-12/attachments", ("notes.txt", "one\r\n--two"), &[NO_CHECK]).await;
    assert_eq!(up.status, 200, "{}", up.text);
    let file = up.json()[0].clone();
    assert_eq!(
        (&file["filename"], &file["size"], &file["mimeType"]),
        (&json!("notes.txt"), &json!(10), &json!("text/plain"))
    );
    let id = file["id"].as_str().unwrap();
    let mut alone = jira.get(&format!("attachment/{id}")).await;
    assert_eq!(alone["id"].to_string(), id, "a number in this answer, a text in all others");
    alone["id"] = id.into();
    assert_eq!(alone, file);
    let down = jira.send("GET", &format!("attachment/content/{id}"), None).await;
    assert_eq!(down.status, 303, "it leads to the media store");
    let address = down.location().unwrap().strip_prefix(server.sim.base()).unwrap().to_owned();
    assert_eq!(server.get(&address).await.text, "one\r\n--two", "which wants no token");
    assert_eq!(server.get(&format!("{address}x")).await.status, 404, "but its own address");
    let direct = jira.send("GET", &format!("attachment/content/{id}?redirect=false"), None).await;
    assert_eq!((direct.status, direct.text.as_str()), (200, "one\r\n--two"));
    let content = local.get(&format!("attachment/{id}")).await["content"].as_str().unwrap().to_owned();
    let path = content.strip_prefix(server.sim.base()).unwrap().to_owned();
    assert_eq!(server.get_as(&path, crate::rest::auth::PERSONAL_ACCESS_TOKEN).await.text, "one\r\n--two");
    assert_eq!(server.get(&path).await.status, 401);
    assert_eq!(jira.send("DELETE", &format!("attachment/{id}"), None).await.status, 204);
    assert_eq!(jira.send("GET", &format!("attachment/{id}"), None).await.status, 404);
}

#[tokio::test]
async fn a_file_that_is_too_large_unmarked_or_unwanted_is_refused() {
    let server = Server::new();
    let jira = Client::cloud(&server).await;
    let path = "issue/MOB-12/attachments";
    let unmarked = jira.upload(path, ("a.txt", "a"), &[]).await;
    assert_eq!((unmarked.status, unmarked.text.as_str()), (403, "XSRF check failed"));
    server.set(json!({"attachment_limit": 5})).await;
    assert_eq!(jira.get("attachment/meta").await["uploadLimit"], 5);
    assert_eq!(jira.upload(path, ("a.txt", "123456"), &[NO_CHECK]).await.status, 413);
    assert_eq!(jira.upload(path, ("a.txt", "12345"), &[NO_CHECK]).await.status, 200);
    assert_eq!(jira.upload("issue/MOB-99999/attachments", ("a.txt", "a"), &[NO_CHECK]).await.status, 404);
    let no_form = jira.send("POST", path, Some(json!({}))).await;
    assert_eq!(no_form.status, 403);
    server.set(json!({"denied_permissions": ["CREATE_ATTACHMENTS"]})).await;
    assert_eq!(jira.upload(path, ("a.txt", "a"), &[NO_CHECK]).await.status, 403);
}
