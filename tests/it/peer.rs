//! The other side in these tests: an authorization server with rotation, a small Jira, and a person at the consent window.

use chat_for_jira::app::App;
use chat_for_jira::command::Sender;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{HttpRequest, Timestamp};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

pub(crate) const START: Timestamp = Timestamp(1_790_000_000_000);
pub(crate) const REUSE_LEEWAY: Duration = Duration::from_secs(600);
/// The client secret of the own app; it must never be seen outside the vault and the token endpoint.
pub(crate) const CLIENT_SECRET: &str = "the-client-secret-e7c1";

/// The authorization server and Jira behind it.
pub(crate) struct Peer {
    world: World,
    pub(crate) lifetime: Cell<u64>,
    pub(crate) refresh_tokens: Cell<bool>,
    pub(crate) leeway: Cell<bool>,
    pub(crate) sites: Cell<usize>,
    /// Searches are refused whatever the token, as without the scope for them.
    pub(crate) refuses_searches: Cell<bool>,
    /// What the token endpoint answers instead, while set.
    pub(crate) token_fault: RefCell<Option<Reply>>,
    pub(crate) token_requests: Cell<u32>,
    /// How long a good answer of the token endpoint takes.
    pub(crate) delay: Cell<Duration>,
    number: Cell<u32>,
    /// Refresh tokens that may be used, and since when they are replaced.
    live: RefCell<BTreeMap<String, Option<Timestamp>>>,
    access: RefCell<BTreeMap<String, Timestamp>>,
    /// Everything secret that was ever handed out.
    pub(crate) secrets: RefCell<BTreeSet<String>>,
}

/// A world with a peer and a person who says yes.
pub(crate) fn world(seed: u64) -> (World, Rc<Peer>) {
    let world = World::new(START, seed);
    let peer = Rc::new(Peer {
        world: world.clone(),
        lifetime: Cell::new(3600),
        refresh_tokens: Cell::new(true),
        leeway: Cell::new(true),
        sites: Cell::new(1),
        refuses_searches: Cell::new(false),
        token_fault: RefCell::default(),
        token_requests: Cell::new(0),
        delay: Cell::new(Duration::ZERO),
        number: Cell::new(0),
        live: RefCell::default(),
        access: RefCell::default(),
        secrets: RefCell::new([CLIENT_SECRET.to_owned()].into()),
    });
    let server = Rc::clone(&peer);
    world.http().on(move |request| server.answer(request));
    let person = Rc::clone(&peer);
    world.edge().on_consent(move |url, _shown| Some(Ok(person.consent(url))));
    (world, peer)
}

impl Peer {
    /// The person allows the access: the redirect with a code and the state.
    pub(crate) fn consent(&self, url: &str) -> String {
        let parameter = |name: &str| {
            let (_, query) = url.split_once('?').unwrap();
            let mut pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
            pairs.find(|(known, _)| known == name).unwrap().1
        };
        let code = self.secret("code");
        format!("{}?code={code}&state={}", parameter("redirect_uri"), parameter("state"))
    }

    /// Ends every session, as when the person withdraws the grant.
    pub(crate) fn revoke_all(&self) {
        self.live.borrow_mut().clear();
        self.access.borrow_mut().clear();
    }

    /// Access tokens are void from now on, refresh tokens are not.
    pub(crate) fn expire_access_tokens(&self) {
        self.access.borrow_mut().clear();
    }

    /// How many refresh tokens are neither used nor revoked.
    pub(crate) fn unused_refresh_tokens(&self) -> usize {
        self.live.borrow().values().filter(|replaced| replaced.is_none()).count()
    }

    fn secret(&self, kind: &str) -> String {
        self.number.set(self.number.get() + 1);
        let text = format!("{kind}-secret-{}", self.number.get());
        self.secrets.borrow_mut().insert(text.clone());
        text
    }

    pub(crate) fn answer(&self, request: &HttpRequest) -> Reply {
        let path = request.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
        match path.unwrap_or_default() {
            "oauth/token" => self.token(request),
            "oauth/revoke" => Reply::text(200, ""),
            "oauth/token/accessible-resources" => self.authorized(request, || self.resources()),
            "me" => self
                .authorized(request, || json!({"account_id": "mia", "name": "Mia Stone", "email": "mia@example.com", "picture": "https://secure.gravatar.com/mia.png"})),
            "mia.png" => Reply::text(200, "GIF89a picture").header("content-type", "image/gif"),
            "ex/jira/site-0/rest/api/3/search/jql" if self.refuses_searches.get() => {
                Reply::json(401, &json!({"code": 401, "message": "Unauthorized; scope does not match"}))
            }
            "ex/jira/site-0/rest/api/3/search/jql" => self.authorized(request, || page(request)),
            path if path.starts_with("ex/jira/site-0/rest/api/3/search/jql?") => {
                self.authorized(request, || json!({"issues": [issue(1), issue(2)], "isLast": true}))
            }
            path if path.starts_with("ex/jira/site-0/rest/api/3/project/search?") => {
                self.authorized(request, || json!({"total": 12, "values": [{"key": "MOB", "name": "Mobile"}]}))
            }
            "ex/jira/site-0/rest/api/3/search/approximate-count" => self.authorized(request, || json!({"count": 120})),
            path if path.starts_with("ex/jira/site-0/rest/api/3/issue/MOB-12?") => {
                self.authorized(request, || issue(12))
            }
            _ => Reply::json(
                404,
                &json!({"errorMessages": ["Issue does not exist or you do not have permission to see it."]}),
            ),
        }
    }

    fn resources(&self) -> Value {
        let site = |n: usize| {
            json!({"id": format!("site-{n}"), "name": format!("Site {n}"), "url": format!("https://site-{n}.atlassian.net"),
                   "scopes": ["read:jira-work"]})
        };
        (0..self.sites.get()).map(site).collect()
    }

    fn authorized(&self, request: &HttpRequest, answer: impl Fn() -> Value) -> Reply {
        let sent = request.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.expose());
        let token = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        match self.access.borrow().get(token) {
            Some(end) if self.world.now() < *end => Reply::json(200, &answer()),
            _ => Reply::json(401, &json!({"code": 401, "message": "Unauthorized"})),
        }
    }

    fn token(&self, request: &HttpRequest) -> Reply {
        self.token_requests.set(self.token_requests.get() + 1);
        if let Some(fault) = self.token_fault.borrow().clone() {
            return fault;
        }
        let body: Value = serde_json::from_str(request.text()).unwrap();
        if body["client_secret"] != CLIENT_SECRET {
            return Reply::json(401, &json!({"error": "access_denied", "error_description": "Unauthorized"}));
        }
        if let Some(presented) = body["refresh_token"].as_str() {
            let now = self.world.now();
            let replaced = self.live.borrow().get(presented).copied();
            let in_leeway = |at: Timestamp| self.leeway.get() && now.since(at) < REUSE_LEEWAY;
            if !replaced.is_some_and(|replaced| replaced.is_none_or(in_leeway)) {
                let words = json!({"error": "unauthorized_client", "error_description": "refresh_token is invalid"});
                return Reply::json(403, &words);
            }
            self.live.borrow_mut().insert(presented.to_owned(), Some(replaced.flatten().unwrap_or(now)));
        } else if !body["code"].as_str().unwrap_or_default().starts_with("code-secret-") {
            return Reply::json(
                403,
                &json!({"error": "invalid_grant", "error_description": "authorization_code is invalid"}),
            );
        }
        Reply::json(200, &self.grant()).late(self.delay.get())
    }

    fn grant(&self) -> Value {
        let access = self.secret("access");
        let end = self.world.now().after(Duration::from_secs(self.lifetime.get()));
        self.access.borrow_mut().insert(access.clone(), end);
        let mut grant = json!({"access_token": access, "expires_in": self.lifetime.get(), "token_type": "bearer"});
        if self.refresh_tokens.get() {
            let refresh = self.secret("refresh");
            self.live.borrow_mut().insert(refresh.clone(), None);
            grant["refresh_token"] = refresh.into();
        }
        grant
    }
}

fn page(request: &HttpRequest) -> Value {
    let body: Value = serde_json::from_str(request.text()).unwrap();
    let first = if body["nextPageToken"].is_string() { 50 } else { 0 };
    let issues: Vec<Value> = (first..first + 50).map(issue).collect();
    match first {
        0 => json!({"issues": issues, "nextPageToken": "page-2", "isLast": false}),
        _ => json!({"issues": issues, "isLast": true}),
    }
}

fn issue(number: u32) -> Value {
    json!({"id": number.to_string(), "key": format!("MOB-{number}"), "fields": {"summary": format!("Issue {number}"),
        "status": {"name": "Open", "statusCategory": {"key": "new"}}, "issuetype": {"name": "Bug"}}})
}

/// The app in a new worker of this world.
pub(crate) fn app(world: &World) -> (App<Memory>, Memory) {
    let memory = world.worker();
    (App::new(memory.clone()), memory)
}

/// A page of ours.
pub(crate) fn page_of(name: &str) -> Sender {
    Sender::of_page(format!("chrome-extension://abcdefghijklmnopabcdefghijklmnop/www/{name}/{name}.html"))
}

/// The filled-in form of an own app at Jira Cloud.
pub(crate) fn form() -> Value {
    json!({"provider": "jira_cloud", "client": "own_app", "client_id": "app", "client_secret": CLIENT_SECRET})
}

/// Asks once and expects success.
pub(crate) fn ask_ok(world: &World, app: &App<Memory>, page: &str, command: &str, args: Value) -> Value {
    let mut answer = world.run(app.handle(json!({"command": command, "args": args}), page_of(page)));
    assert_eq!(answer["ok"], true, "{command}: {answer}");
    answer["value"].take()
}

/// Asks once and expects an error; answers it.
pub(crate) fn ask_error(world: &World, app: &App<Memory>, page: &str, command: &str, args: Value) -> Value {
    let mut answer = world.run(app.handle(json!({"command": command, "args": args}), page_of(page)));
    assert_eq!(answer["ok"], false, "{command}: {answer}");
    answer["error"].take()
}

/// Runs a streamed command on a fresh port and gives all its messages.
pub(crate) fn stream(
    world: &World,
    (app, memory): &(App<Memory>, Memory),
    page: &str,
    command: &str,
    args: Value,
) -> Vec<Value> {
    memory.messages().connect(7);
    app.open_port(7, page_of(page));
    world.run(app.port_message(7, json!({"id": "s", "command": command, "args": args})));
    let messages = memory.messages().take(7);
    app.close_port(7);
    memory.messages().disconnect(7);
    messages
}

/// The end of a stream.
pub(crate) fn end(messages: &[Value]) -> &Value {
    messages.iter().find(|message| message.get("done").is_some() || message.get("error").is_some()).unwrap()
}

/// Connects and gives the account's id.
pub(crate) fn connect(world: &World, worker: &(App<Memory>, Memory)) -> String {
    let messages = stream(world, worker, "options", "connect", json!({"form": form()}));
    let end = end(&messages);
    end["done"]["id"].as_str().unwrap_or_else(|| panic!("{end}")).to_owned()
}

/// The only account's view.
pub(crate) fn only_account(world: &World, app: &App<Memory>) -> Value {
    let mut overview = ask_ok(world, app, "popup", "overview", json!({}));
    assert_eq!(overview["accounts"].as_array().unwrap().len(), 1, "{overview}");
    overview["accounts"][0].take()
}
