use crate::rest::auth::{API_TOKEN, PERSONAL_ACCESS_TOKEN};
use crate::testing::{Answer, Server};
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

const BROWSER: (&str, &str) =
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36");
const ORIGIN: (&str, &str) = ("origin", "chrome-extension://eddjajdlncgkhefpahlmbnajipeodcfn");

async fn send(server: &Server, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    server.ask((method, path), headers, "{}".into()).await
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == 403 && answer.text == "XSRF check failed"
}

#[tokio::test]
async fn a_write_with_a_plain_token_that_looks_like_a_browsers_is_refused() {
    let server = Server::accepting().await;
    let issue = format!("/api/ex/jira/{}/rest/api/3/issue/MOB-12", server.sim.world().sites[0].cloud_id);
    let local = "/dc/rest/api/2/issue/MOB-12";
    let basic = format!("Basic {}", STANDARD.encode(format!("nora.berg@harborline.example:{API_TOKEN}")));
    let personal = format!("Bearer {PERSONAL_ACCESS_TOKEN}");
    let (basic, personal) = (("authorization", basic.as_str()), ("authorization", personal.as_str()));
    let no_check = ("x-atlassian-token", "no-check");
    assert!(!is_refused(&send(&server, Method::PUT, &issue, &[basic, BROWSER, ORIGIN]).await), "off by default");
    server.set(json!({"xsrf_check": true})).await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert!(
            is_refused(&send(&server, method.clone(), &issue, &[basic, BROWSER, ORIGIN, no_check]).await),
            "{method}"
        );
        assert!(is_refused(&send(&server, method, local, &[personal, BROWSER, ORIGIN]).await));
    }
    for passing in [[basic, BROWSER, no_check], [basic, ORIGIN, no_check], [basic, ("user-agent", "Jira"), ORIGIN]] {
        assert!(!is_refused(&send(&server, Method::PUT, &issue, &passing).await), "{passing:?}");
    }
    assert!(!is_refused(&send(&server, Method::GET, &issue, &[basic, BROWSER, ORIGIN]).await), "reading is free");
    let search = issue.replace("issue/MOB-12", "search/jql");
    assert!(!is_refused(&send(&server, Method::POST, &search, &[basic, BROWSER, ORIGIN]).await), "so is searching");
    let oauth = format!("Bearer {}", server.sign_in().await.0);
    let oauth = ("authorization", oauth.as_str());
    assert!(!is_refused(&send(&server, Method::PUT, &issue, &[oauth, BROWSER, ORIGIN]).await), "and so is OAuth");
}
