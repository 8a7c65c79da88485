//! What the tests share: a simulator without a socket, and the ways of a client.

use crate::data::World;
use crate::params::Params;
use crate::pipeline::{self, Dropped};
use crate::random;
use crate::state::{Options, Sim, Simulator};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

pub(crate) const REDIRECT: &str = "https://eddjajdlncgkhefpahlmbnajipeodcfn.chromiumapp.org/oauth";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const SCOPES: &str = "read:jira-user read:jira-work read:me offline_access";

/// When all tests take place.
pub(crate) static NOW: LazyLock<i64> = LazyLock::new(|| crate::moment("2026-11-18T14:30:00Z").unwrap());
/// The data of all tests.
pub(crate) static WORLD: LazyLock<Arc<World>> = LazyLock::new(|| Arc::new(World::generate(1, *NOW)));

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    /// Where it redirects to.
    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get("location").and_then(|value| value.to_str().ok())
    }

    /// A parameter of the address it redirects to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let (_, query) = self.location()?.split_once('?')?;
        Params::form(query).get(name).map(str::to_owned)
    }

    /// The value of the hidden field of the form.
    pub(crate) fn request_id(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"request\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    pub(crate) fn cookie(&self) -> String {
        self.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    }
}

pub(crate) struct Server {
    pub(crate) sim: Sim,
    router: Router,
}

impl Server {
    pub(crate) fn new() -> Self {
        let options = Options { now: Some(*NOW), ..Options::default() };
        let sim = Arc::new(Simulator::over(Arc::clone(&WORLD), options));
        let router = crate::router(&sim);
        Self { sim, router }
    }

    /// One that sends everybody back with a code at once.
    pub(crate) async fn accepting() -> Self {
        let server = Self::new();
        server.set(json!({"consent": "accept"})).await;
        server
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Answer, Dropped> {
        let (parts, body) = pipeline::answer(&self.sim, self.router.clone(), request).await?.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, text })
    }

    pub(crate) async fn ask(&self, (method, path): (Method, &str), headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask((Method::GET, path), &[], String::new()).await
    }

    pub(crate) async fn get_as(&self, path: &str, token: &str) -> Answer {
        self.ask((Method::GET, path), &[("authorization", &format!("Bearer {token}"))], String::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask((Method::POST, path), &[("content-type", "application/json")], body.to_string()).await
    }

    pub(crate) async fn post_as(&self, path: &str, token: &str, body: Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        self.ask((Method::POST, path), &headers, body.to_string()).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend_from_slice(headers);
        self.ask((Method::POST, path), &all, encode(fields)).await
    }

    pub(crate) async fn set(&self, settings: Value) {
        let answer = self.post("/_control/settings", settings).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    pub(crate) async fn later(&self, seconds: i64) {
        self.post("/_control/clock", json!({"offset_seconds": seconds})).await;
    }

    /// The authorization request of a good client of Jira Cloud, with these parameters changed or (if empty) left out.
    pub(crate) async fn authorize(&self, changes: &[(&str, &str)]) -> Answer {
        let challenge = random::challenge(VERIFIER);
        let good = [
            ("audience", "api.atlassian.com"),
            ("client_id", "simulator-app"),
            ("scope", SCOPES),
            ("redirect_uri", REDIRECT),
            ("state", "the-state"),
            ("response_type", "code"),
            ("prompt", "consent"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        self.get(&format!("/auth/authorize?{}", encode(&changed(&good, changes)))).await
    }

    /// The exchange of a good client of Jira Cloud, with these members changed or (if empty) left out.
    pub(crate) async fn exchange(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let good = [
            ("grant_type", "authorization_code"),
            ("client_id", "simulator-app"),
            ("client_secret", "simulator-secret"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.form("/auth/oauth/token", &changed(&good, changes), &[]).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", "simulator-app"),
            ("client_secret", "simulator-secret"),
            ("refresh_token", token),
        ];
        self.form("/auth/oauth/token", &fields, &[]).await
    }

    /// Signs in at Jira Cloud: access and refresh token.
    pub(crate) async fn sign_in(&self) -> (String, String) {
        let code = self.authorize(&[]).await.parameter("code").unwrap();
        let tokens = self.exchange(&code, &[]).await.json();
        let text = |name: &str| tokens[name].as_str().unwrap_or_default().to_owned();
        (text("access_token"), text("refresh_token"))
    }
}

pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn changed<'t>(good: &[(&'t str, &'t str)], changes: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    let mut fields: Vec<_> =
        good.iter().copied().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name)).collect();
    fields.extend(changes.iter().copied().filter(|(_, value)| !value.is_empty()));
    fields
}

/// A client of one REST API that may do everything its person may.
pub(crate) struct Client<'s> {
    pub(crate) server: &'s Server,
    root: String,
    authorization: String,
}

impl<'s> Client<'s> {
    /// At Jira Cloud, with all scopes.
    pub(crate) async fn cloud(server: &'s Server) -> Self {
        server.set(json!({"consent": "accept"})).await;
        let scopes = crate::oauth::clients::scopes(crate::oauth::Provider::Cloud).join(" ");
        let code = server.authorize(&[("scope", &scopes)]).await.parameter("code").unwrap();
        let token = server.exchange(&code, &[]).await.json()["access_token"].as_str().unwrap().to_owned();
        let root = format!("/api/ex/jira/{}/rest/api/3", server.sim.world().sites[0].cloud_id);
        Self { server, root, authorization: format!("Bearer {token}") }
    }

    /// At Data Center, with the personal access token.
    pub(crate) fn data_center(server: &'s Server) -> Self {
        let authorization = format!("Bearer {}", crate::rest::auth::PERSONAL_ACCESS_TOKEN);
        Self { server, root: "/dc/rest/api/2".into(), authorization }
    }

    /// The same client at Jira Software's API.
    pub(crate) fn agile(&self) -> Self {
        let root = self.root.replace("/api/3", "/agile/1.0").replace("/api/2", "/agile/1.0");
        Self { server: self.server, root, authorization: self.authorization.clone() }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let headers = [("content-type", "application/json"), ("authorization", self.authorization.as_str())];
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        self.server.ask((method, &format!("{}/{path}", self.root)), &headers, body).await
    }

    /// A `GET` that succeeds.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.send("GET", path, None).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// A call that succeeds.
    pub(crate) async fn done(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let answer = self.send(method, path, body).await;
        assert!((200..300).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text);
        serde_json::from_str(&answer.text).unwrap_or_default()
    }

    /// A call that is refused with these errors by field.
    pub(crate) async fn wrong(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.send(method, path, Some(body)).await;
        assert_eq!(answer.status, 400, "{method} {path}: {}", answer.text);
        let json = answer.json();
        if json["errorMessages"] == json!([]) { json["errors"].clone() } else { json["errorMessages"].clone() }
    }

    /// A file sent as a form of several parts.
    pub(crate) async fn upload(&self, path: &str, file: (&str, &str), headers: &[(&str, &str)]) -> Answer {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: text/plain\r\n\r\n{}\r\n--edge--\r\n",
            file.0, file.1
        );
        let mut all = vec![
            ("content-type", "multipart/form-data; boundary=edge"),
            ("authorization", self.authorization.as_str()),
        ];
        all.extend_from_slice(headers);
        self.server.ask((Method::POST, &format!("{}/{path}", self.root)), &all, body).await
    }
}

/// A text as a document.
pub(crate) fn document(text: &str) -> Value {
    json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]})
}

/// The key of an issue of the large site for which `fits` holds.
pub(crate) fn some_issue(server: &Server, fits: impl Fn(&crate::data::Issue) -> bool) -> String {
    server.sim.sites()[0].each().find(|issue| fits(issue)).unwrap().key.clone()
}
