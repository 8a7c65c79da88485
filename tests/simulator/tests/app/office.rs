//! The whole app, over the memory platform, at the simulator: the person, the browser and the wire between the two.

use chat_for_jira::app::App;
use chat_for_jira::command::Sender;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{Content, HttpError, HttpRequest, HttpResponse, Method, Timestamp};
use serde_json::{Value, json};
use simulator::{Options, Running};
use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// When everything takes place.
pub(crate) const START: &str = "2026-11-18T14:30:00Z";
/// What the person allows: reading and changing, boards too.
const SCOPES: [&str; 8] = [
    "write:jira-work",
    "read:board-scope:jira-software",
    "read:sprint:jira-software",
    "read:issue-details:jira",
    "read:jql:jira",
    "read:project:jira",
    "write:sprint:jira-software",
    "write:board-scope:jira-software",
];

/// What the network does to the next request whose method and path fit.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) method: &'static str,
    /// What the path ends with.
    pub(crate) path: String,
    /// So many that fit pass before.
    pub(crate) skip: usize,
    /// Whether the server sees it; its answer is lost in any case.
    pub(crate) arrives: bool,
    /// It is answered in the server's place: too much was asked, wait so many seconds.
    pub(crate) pause: Option<u32>,
    /// It is answered with this status, instead of not at all.
    pub(crate) status: Option<u16>,
}

/// One account at one simulator.
pub(crate) struct Office {
    pub(crate) world: World,
    pub(crate) app: App<Memory>,
    pub(crate) memory: Memory,
    pub(crate) account: String,
    wire: Rc<Wire>,
    /// Kept, because it ends when it is dropped.
    _server: Rc<(Runtime, Running)>,
}

/// The way to the server, past all faults for whoever tests.
struct Wire {
    address: String,
    faults: RefCell<Vec<Fault>>,
    /// What changed something and was acted on, as `PUT /issue/MOB-1`.
    writes: RefCell<Vec<String>>,
}

impl Office {
    /// Somebody who has signed in to Jira Cloud and allowed changes.
    pub(crate) fn cloud() -> Self {
        let office = Self::opened("cloud");
        let messages = office.stream("options", "reconnect", json!({"account": office.account, "scopes": scopes()}));
        assert!(end(&messages).get("done").is_some(), "{messages:?}");
        office
    }

    /// The same at Data Center.
    pub(crate) fn data_center() -> Self {
        Self::opened("data_center")
    }

    /// Somebody who has signed in, and allowed reading only.
    pub(crate) fn reading() -> Self {
        Self::opened("cloud")
    }

    fn opened(product: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let now = simulator::moment(START).unwrap();
        let running = runtime.block_on(simulator::start(Options { now: Some(now), ..Options::default() })).unwrap();
        let address = running.base().trim_start_matches("http://").to_owned();
        let wire = Rc::new(Wire { address, faults: RefCell::default(), writes: RefCell::default() });
        wire.control("settings", json!({"consent": "accept"}));
        Self::at(wire, Rc::new((runtime, running)), product)
    }

    fn at(wire: Rc<Wire>, server: Rc<(Runtime, Running)>, product: &str) -> Self {
        let world = World::new(Timestamp(simulator::moment(START).unwrap()), 7);
        world.allow_loopback(true);
        let (to_server, to_consent) = (Rc::clone(&wire), Rc::clone(&wire));
        world.http().on(move |request| to_server.answer(request));
        world.edge().on_consent(move |url, _| Some(Ok(to_consent.consent(url))));
        world.edge().grant("https://jira.example.com/*");
        world.edge().grant("declarativeNetRequestWithHostAccess");
        let memory = world.worker();
        let app = App::new(memory.clone());
        let mut office = Self { world, app, memory, account: String::new(), wire, _server: server };
        let cloud = json!({"provider": "jira_cloud", "client": "own_app", "client_id": "simulator-app", "client_secret": "simulator-secret"});
        let token = json!({"provider": "jira_data_center", "client": "personal_access_token", "base_url": "https://jira.example.com",
            "token": "simulator-personal-access-token"});
        let form = if product == "cloud" { cloud } else { token };
        let messages = office.stream("options", "connect", json!({"form": form}));
        let account = end(&messages)["done"]["id"].as_str().unwrap_or_else(|| panic!("{messages:?}")).to_owned();
        office.account = account;
        office
    }

    /// The same browser with a new worker; the old one is gone.
    pub(crate) fn new_worker(&mut self) {
        self.memory = self.world.worker();
        self.app = App::new(self.memory.clone());
    }

    /// The same server as it was at its start, and another browser.
    pub(crate) fn anew(&self) -> Self {
        self.wire.control("reset", json!({}));
        self.wire.control("settings", json!({"consent": "accept"}));
        self.wire.faults.borrow_mut().clear();
        self.wire.writes.borrow_mut().clear();
        let office = Self::at(Rc::clone(&self.wire), Rc::clone(&self._server), "cloud");
        let messages = office.stream("options", "reconnect", json!({"account": office.account, "scopes": scopes()}));
        assert!(end(&messages).get("done").is_some(), "{messages:?}");
        office
    }

    /// Runs a streamed command and gives all its messages.
    pub(crate) fn stream(&self, page: &str, command: &str, args: Value) -> Vec<Value> {
        self.memory.messages().connect(7);
        self.app.open_port(7, page_of(page));
        self.world.run(self.app.port_message(7, json!({"id": "s", "command": command, "args": args})));
        let messages = self.memory.messages().take(7);
        self.app.close_port(7);
        self.memory.messages().disconnect(7);
        messages
    }

    /// Asks once.
    pub(crate) fn ask(&self, command: &str, args: Value) -> Value {
        self.world.run(self.app.handle(json!({"command": command, "args": args}), page_of("panel")))
    }

    /// The plan of a wish.
    pub(crate) fn plan(&self, wish: Value) -> Value {
        card(&self.stream("panel", "plan", json!({"account": self.account, "wish": wish})), "plan")
    }

    /// The plan anew, with what was missing.
    pub(crate) fn fill(&self, plan: &Value, answers: Value) -> Value {
        let args = json!({"account": self.account, "plan": plan["id"], "answers": answers});
        card(&self.stream("panel", "plan", args), "plan")
    }

    /// What a page sends to confirm a plan.
    pub(crate) fn confirmation(&self, plan: &Value) -> Value {
        json!({"account": self.account, "plan": plan["id"], "hash": plan["hash"], "twice": true})
    }

    /// What came of a plan after it was confirmed.
    pub(crate) fn confirm(&self, plan: &Value) -> Value {
        assert_ne!(plan["hash"], "", "{plan:#}");
        // A person takes a moment.
        self.world.advance(Duration::from_secs(1));
        card(&self.stream("panel", "confirm", self.confirmation(plan)), "job")
    }

    /// Plans and confirms; everything has to be done.
    pub(crate) fn done(&self, wish: Value) -> Value {
        let plan = self.plan(wish.clone());
        let job = self.confirm(&plan);
        assert_eq!(job["done"], job["total"], "{wish}: {plan:#} {job:#}");
        job
    }

    /// Takes the last change back; everything has to be undone.
    pub(crate) fn undone(&self) -> Value {
        let plan = card(&self.stream("panel", "undo", json!({"account": self.account})), "plan");
        let job = self.confirm(&plan);
        assert_eq!(job["done"], job["total"], "{plan:#} {job:#}");
        plan
    }

    /// Goes on with a plan.
    pub(crate) fn go_on(&self, id: &Value, retry: bool) -> Value {
        card(&self.stream("panel", "go_on", json!({"account": self.account, "plan": id, "retry": retry})), "job")
    }

    /// An issue's fields as they are at the server.
    pub(crate) fn fields(&self, key: &str) -> Value {
        self.get(&format!("issue/{key}?fields=*all"))["fields"].take()
    }

    /// A `GET` of the REST API by the same person, past the app and all faults.
    pub(crate) fn get(&self, path: &str) -> Value {
        let (status, value) = self.rest("GET", path, Value::Null);
        assert!(status < 300, "{path}: {status} {value}");
        value
    }

    /// Any call of the REST API of Data Center, which sees the same data.
    pub(crate) fn rest(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.rest_of("simulator-personal-access-token", (method, path), body)
    }

    /// A call about boards and sprints by the same person; its status.
    pub(crate) fn agile(&self, method: &str, path: &str, body: Value) -> u16 {
        self.rest(method, &format!("../../agile/1.0/{path}"), body).0
    }

    fn rest_of(&self, token: &str, (method, path): (&str, &str), body: Value) -> (u16, Value) {
        let headers = vec![
            ("authorization".to_owned(), format!("Bearer {token}")),
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-atlassian-token".to_owned(), "no-check".to_owned()),
        ];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let at = path.strip_prefix("../../").map_or_else(|| format!("api/2/{path}"), str::to_owned);
        let answer = self.wire.exchange(method, &format!("/dc/rest/{at}"), &headers, &body);
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    /// A call by a colleague.
    pub(crate) fn colleague(&self, method: &str, path: &str, body: Value) {
        let (status, told) = self.rest_of("simulator-personal-access-token-of-a-colleague", (method, path), body);
        assert!(status < 300, "{path}: {status} {told}");
    }

    /// The network is well again.
    pub(crate) fn calm(&self) {
        self.wire.faults.borrow_mut().clear();
    }

    /// Another account of the same person, at Data Center.
    pub(crate) fn another_account(&self) -> String {
        let form = json!({"provider": "jira_data_center", "client": "personal_access_token", "base_url": "https://jira.example.com",
            "token": "simulator-personal-access-token"});
        let messages = self.stream("options", "connect", json!({"form": form}));
        end(&messages)["done"]["id"].as_str().unwrap_or_else(|| panic!("{messages:?}")).to_owned()
    }

    /// The first issues that a query finds.
    pub(crate) fn keys(&self, jql: &str, count: usize) -> Vec<String> {
        let body = json!({"jql": jql, "maxResults": count, "fields": ["summary"]});
        let (_, found) = self.rest("POST", "search", body);
        let keys = found["issues"].as_array().unwrap_or_else(|| panic!("{jql}: {found}"));
        keys.iter().map(|issue| issue["key"].as_str().unwrap().to_owned()).collect()
    }

    /// Changes settings of the simulator.
    pub(crate) fn settings(&self, settings: Value) {
        self.wire.control("settings", settings);
    }

    /// The server's clock goes so many seconds ahead of the start.
    pub(crate) fn later(&self, seconds: i64) {
        self.wire.control("clock", json!({"offset_seconds": seconds}));
    }

    /// The network fails so.
    pub(crate) fn fault(&self, fault: Fault) {
        self.wire.faults.borrow_mut().push(fault);
    }

    /// What changed something at the server since the last time.
    pub(crate) fn writes(&self) -> Vec<String> {
        std::mem::take(&mut self.wire.writes.borrow_mut())
    }
}

fn scopes() -> Vec<&'static str> {
    [&SCOPES[..], &["write:issue:jira-software"]].concat()
}

/// The only card of a kind.
pub(crate) fn card(messages: &[Value], kind: &str) -> Value {
    let found = messages.iter().find(|message| message["item"][kind].is_object());
    found.unwrap_or_else(|| panic!("no {kind}: {}", json!(messages)))["item"][kind].clone()
}

/// The end of a stream.
pub(crate) fn end(messages: &[Value]) -> &Value {
    messages.iter().find(|message| message.get("done").is_some() || message.get("error").is_some()).unwrap()
}

pub(crate) fn page_of(name: &str) -> Sender {
    Sender::of_page(format!("chrome-extension://abcdefghijklmnopabcdefghijklmnop/www/{name}/{name}.html"))
}

impl Wire {
    /// The simulator's address for one of the hosts that it plays.
    fn path(url: &str) -> Option<String> {
        let hosts = [
            ("https://api.atlassian.com/", "/api/"),
            ("https://auth.atlassian.com/", "/auth/"),
            ("https://jira.example.com/", "/dc/"),
        ];
        hosts.iter().find_map(|(host, path)| Some(format!("{path}{}", url.strip_prefix(host)?)))
    }

    fn answer(&self, request: &HttpRequest) -> Reply {
        let Some(path) = Self::path(&request.url) else { return Reply::Fail(HttpError::Network) };
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            _ => "DELETE",
        };
        let headers: Vec<(String, String)> =
            request.headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect();
        let body = match &request.body {
            Some(Content::Text(text)) => text.expose().as_bytes().to_vec(),
            Some(Content::Bytes(bytes)) => bytes.clone(),
            None => Vec::new(),
        };
        let fault = self.hit(method, &path);
        if let Some(seconds) = fault.as_ref().and_then(|fault| fault.pause) {
            return Reply::text(429, "")
                .header("retry-after", &seconds.to_string())
                .header("ratelimit-reason", "jira-burst-based");
        }
        let lost = fault
            .as_ref()
            .map(|fault| fault.status.map_or(Reply::Fail(HttpError::Network), |status| Reply::text(status, "")));
        if let Some(lost) = lost.clone().filter(|_| fault.as_ref().is_some_and(|fault| !fault.arrives)) {
            return lost;
        }
        let answer = self.exchange(method, &path, &headers, &body);
        let reads = method == "GET"
            || ["search", "jql", "bulkfetch", "approximate-count", "token"].iter().any(|end| path.ends_with(end));
        if !reads && answer.status < 300 {
            let short = path.split("/rest/").nth(1).unwrap_or(&path);
            let short = short.splitn(3, '/').nth(2).unwrap_or(short).split('?').next().unwrap_or_default();
            self.writes.borrow_mut().push(format!("{method} /{short}"));
        }
        lost.unwrap_or(Reply::Answer(answer))
    }

    fn hit(&self, method: &str, path: &str) -> Option<Fault> {
        let mut faults = self.faults.borrow_mut();
        let path = path.split('?').next().unwrap_or_default();
        let at = faults.iter().position(|fault| fault.method == method && path.ends_with(fault.path.as_str()))?;
        if faults[at].skip > 0 {
            faults[at].skip -= 1;
            return None;
        }
        Some(faults.remove(at))
    }

    /// The person says yes on the consent page.
    fn consent(&self, url: &str) -> String {
        let path = Self::path(url).unwrap();
        let answer = self.exchange("GET", &path, &[], &[]);
        answer.header("location").unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    fn control(&self, what: &str, body: Value) {
        let headers = [("content-type".to_owned(), "application/json".to_owned())];
        let answer = self.exchange("POST", &format!("/_control/{what}"), &headers, body.to_string().as_bytes());
        assert!(answer.status < 300, "{what}: {answer:?}");
    }

    /// One request over a connection of its own.
    fn exchange(&self, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> HttpResponse {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let at = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
        let (head, body) = answer.split_at(at);
        let head = String::from_utf8_lossy(head).into_owned();
        let mut lines = head.split("\r\n");
        let status =
            lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
        HttpResponse { status, headers: headers.collect(), body: body.get(4..).unwrap_or_default().to_vec() }
    }
}
