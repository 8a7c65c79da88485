//! The twin of the network: a server that is a closure.

use super::EXTENSION;
use super::life::Life;
use super::time::Timer;
use crate::oauth::address::Address;
use crate::platform::{Http, HttpError, HttpRequest, HttpResponse, LONGEST_ANSWER, Method};
use crate::secret::Secret;
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::time::Duration;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Answers.
    Answer(HttpResponse),
    /// The request ends so.
    Fail(HttpError),
    /// Answers after a while; [`HttpError::Timeout`] if that is longer than the request waits.
    After(Duration, HttpResponse),
    /// Never answers.
    Hang,
}

impl Reply {
    /// An answer with a status and a JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self::Answer(HttpResponse { status, headers, body: body.to_string().into_bytes() })
    }

    /// An answer with a status and a text body.
    pub fn text(status: u16, body: &str) -> Self {
        Self::Answer(HttpResponse { status, headers: Vec::new(), body: body.as_bytes().to_vec() })
    }

    /// The same answer with one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer(response) | Self::After(_, response) = &mut self {
            response.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        self
    }

    /// The same answer, late.
    #[must_use]
    pub fn late(self, delay: Duration) -> Self {
        match self {
            Self::Answer(response) => Self::After(delay, response),
            other => other,
        }
    }
}

type Handler = Box<dyn FnMut(&HttpRequest) -> Reply>;

/// The server at the other end. Without a handler and with an empty queue there is no connection.
#[derive(Default)]
pub struct Exchange {
    queue: RefCell<VecDeque<Reply>>,
    handler: RefCell<Option<Handler>>,
    requests: RefCell<Vec<HttpRequest>>,
    aborted: Cell<u64>,
    offline: Cell<bool>,
    /// How often the connection broke.
    breaks: Cell<u64>,
}

impl Exchange {
    /// The next request that finds the queue empty, and all later ones, are answered by `handler`. It must not call this.
    pub fn on(&self, handler: impl FnMut(&HttpRequest) -> Reply + 'static) {
        *self.handler.borrow_mut() = Some(Box::new(handler));
    }

    /// Queues an answer; the queue goes before the handler.
    pub fn queue(&self, reply: Reply) {
        self.queue.borrow_mut().push_back(reply);
    }

    /// All requests that reached the server, oldest first.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.requests.borrow().clone()
    }

    /// How many requests were dropped by their sender before the answer.
    pub fn aborted(&self) -> u64 {
        self.aborted.get()
    }

    /// The connection breaks: what is under way ends as [`HttpError::Network`], and so does all that follows.
    pub fn disconnect(&self) {
        self.offline.set(true);
        self.breaks.set(self.breaks.get() + 1);
    }

    /// There is a connection again.
    pub fn reconnect(&self) {
        self.offline.set(false);
    }

    fn reply(&self, request: &HttpRequest) -> Reply {
        self.requests.borrow_mut().push(request.clone());
        if let Some(reply) = self.queue.borrow_mut().pop_front() {
            return reply;
        }
        match self.handler.borrow_mut().as_mut() {
            Some(handler) => handler(request),
            None => Reply::Fail(HttpError::Network),
        }
    }
}

/// The twin of [`Http`].
#[derive(Clone)]
pub struct MemoryHttp(pub(super) Life);

/// Counts the request as aborted unless it came to an end.
struct Pending<'a>(&'a Exchange, bool);

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.1 {
            self.0.aborted.set(self.0.aborted.get() + 1);
        }
    }
}

impl Http for MemoryHttp {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        self.0.call("http.send", &request.url).await;
        if !can_be_sent(&request) {
            return Err(HttpError::BadAddress);
        }
        self.0.world().0.lies.sees(self.0.number());
        let result = self.exchange(&self.as_it_arrives(&request)).await;
        self.0.news(if result.is_ok() { "http.answered" } else { "http.failed" }, &request.url);
        result.and_then(|response| match response.status {
            status if response.body.len() > LONGEST_ANSWER => Err(HttpError::TooLong { status }),
            301 | 302 | 303 | 307 | 308 => Err(HttpError::Network),
            _ => Ok(response),
        })
    }
}

impl MemoryHttp {
    /// As browsers send it: with the origin of whoever writes something, and by the header rules in force.
    fn as_it_arrives(&self, request: &HttpRequest) -> HttpRequest {
        let mut sent = request.clone();
        let rules = self.0.world().extras().rules();
        let rule = rules.iter().find(|rule| request.url.starts_with(&rule.url_prefix));
        if request.method != Method::Get && !rule.is_some_and(|rule| rule.drop_origin) {
            sent.headers.push(("origin".to_owned(), Secret::new(format!("chrome-extension://{EXTENSION}"))));
        }
        let agent = rule.and_then(|rule| rule.user_agent).unwrap_or("Mozilla/5.0");
        sent.headers.push(("user-agent".to_owned(), Secret::new(agent)));
        sent
    }

    async fn exchange(&self, request: &HttpRequest) -> Result<HttpResponse, HttpError> {
        let exchange = &self.0.world().0.exchange;
        if exchange.offline.get() {
            return Err(HttpError::Network);
        }
        let breaks = exchange.breaks.get();
        let mut pending = Pending(exchange, false);
        self.0.news("http.leaves", &request.url);
        let result = match exchange.reply(request) {
            Reply::Answer(response) => Ok(response),
            Reply::Fail(error) => Err(error),
            Reply::After(delay, response) => self.late(delay, response, request.timeout).await,
            Reply::Hang => self.wait(request.timeout).await.and(Err(HttpError::Timeout)),
        };
        if result.is_ok() {
            self.0.call("http.receive", &request.url).await;
        }
        pending.1 = true;
        if exchange.breaks.get() == breaks { result } else { Err(HttpError::Network) }
    }

    async fn wait(&self, span: Duration) -> Result<(), HttpError> {
        let world = self.0.world();
        Timer::new(world, world.0.time.passed().after(span)).await;
        if self.0.is_dead() {
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn late(&self, delay: Duration, response: HttpResponse, bound: Duration) -> Result<HttpResponse, HttpError> {
        let answer = pin!(self.wait(delay));
        let timeout = pin!(self.wait(bound));
        match select(answer, timeout).await {
            Either::Left(_) => Ok(response),
            Either::Right(_) => Err(HttpError::Timeout),
        }
    }
}

/// Whether the address is one of http and the headers are headers (as browsers see them: one byte for each character).
fn can_be_sent(request: &HttpRequest) -> bool {
    let address = Address::parse(&request.url).is_ok();
    let name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
    };
    let value = |value: &str| value.chars().all(|c| u8::try_from(c).is_ok() && !"\0\r\n".contains(c));
    address && request.headers.iter().all(|(known, secret)| name(known) && value(secret.expose()))
}
