//! Authorized requests to one site of one account.

use crate::error::{Code, Error, Result};
use crate::jira::edition::Edition;
use crate::jira::patience::{Failed, Outcome};
use crate::jira::request::{Answer, Body, Request};
use crate::jira::traffic::Pause;
use crate::jira::{error, form};
use crate::json;
use crate::oauth::client::Registration;
use crate::platform::{Clock, Content, Http, HttpError, HttpRequest, HttpResponse, Method, Platform, Timestamp};
use crate::secret::Secret;
use crate::settings::{self, policy};
use crate::tokens::TokenService;
use crate::tokens::account::{Account, Site};
use crate::tokens::refresh::Reason;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::time::Duration;

/// Below the worker's limit for one fetch (30 s).
pub(super) const TIMEOUT: Duration = Duration::from_secs(25);
/// A 403 or 404 within this time of the token's end may be the gateway's way to say that it has ended.
const NEAR_END: Duration = Duration::from_secs(60);

/// One site as one account sees it.
pub struct Jira<'a, P: Platform> {
    pub(super) tokens: &'a TokenService<P>,
    pub(super) platform: &'a P,
    pub(super) account: &'a Account,
    site: &'a Site,
    site_url: String,
    edition: Edition,
    pub(super) pauses: Option<&'a dyn Fn(Pause)>,
}

impl<'a, P: Platform> Jira<'a, P> {
    /// The chosen site of `account`. Error: `no_site` if the account has none.
    pub fn new(tokens: &'a TokenService<P>, platform: &'a P, account: &'a Account) -> Result<Self> {
        let kind = account.registration.provider;
        let site = account.chosen_site().filter(|_| kind.manners().is_jira).ok_or_else(|| {
            Error::new(Code::NoSite, "This account has no Jira site. Connect an account that has one.")
        })?;
        Ok(Self {
            tokens,
            platform,
            account,
            site,
            site_url: site.url.clone(),
            edition: Edition::of(kind),
            pauses: None,
        })
    }

    /// The address of an issue's page.
    pub fn browse_url(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.site_url)
    }

    /// What is told of each pause that Jira's limits ask for.
    #[must_use]
    pub fn telling(self, pauses: &'a dyn Fn(Pause)) -> Self {
        Self { pauses: Some(pauses), ..self }
    }

    /// Which product this is.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// A 401 (or, near the token's end, a 403 or 404: the gateway answers ended tokens so) renews the token once and asks
    /// again (CHECKLISTS D24).
    pub(super) async fn call(&self, request: &Request) -> Result<Value, Failed> {
        self.check_policy(request).await?;
        let path = request.path.as_str();
        let token = self.tokens.access_token(&self.account.id).await?;
        let first = self.send_once(request, &token.secret).await?;
        let now = self.platform.clock().now();
        let near_end = token.expires_at.is_some_and(|end| now >= end.before(NEAR_END));
        let suspect = first.status == 401 || (near_end && matches!(first.status, 403 | 404));
        let suspect = suspect && !self.tokens.is_refused_anyway(&self.account.id, token.generation, path);
        // A token that only lacks a scope is not void: another may have it, but without another this one is kept.
        let is_void = first.status == 401 && !error::is_of_scopes(&first);
        let reason = match is_void {
            true => Reason::Refused(token.generation),
            false => Reason::NewerThan(token.generation),
        };
        let response = match suspect {
            false => first,
            true => match self.tokens.refresh(&self.account.id, reason).await {
                Ok(renewed) => {
                    let second = self.send_once(request, &renewed.access_token).await?;
                    if second.status == 401 {
                        self.tokens.refused_anyway(&self.account.id, renewed.generation, path);
                    }
                    second
                }
                Err(error) if is_void => return Err(error.into()),
                Err(_the_first_answer_says_more) => first,
            },
        };
        // Where the clock cannot be set right now, it is at the next answer.
        let _observed = self.tokens.observe_date(&self.account.id, response.header("date")).await;
        self.read(request, &response)
    }

    /// Error: `forbidden`. At each use: the administrator, or the person, may have changed it since the sign-in.
    async fn check_policy(&self, request: &Request) -> Result<()> {
        let policy = policy::read(self.platform).await;
        if !policy.allows_site(&self.site_url) {
            let message = "Your administrator does not allow this Jira site any more. Choose another site or account.";
            return Err(Error::new(Code::Forbidden, message));
        }
        if request.is_write() { settings::check_writing(self.platform).await } else { Ok(()) }
    }

    async fn send_once(&self, request: &Request, token: &Secret) -> Result<HttpResponse, Failed> {
        let client = &self.account.registration;
        // Nothing renews a token made by hand, so nobody else has told the browser what its server does not bear.
        self.tokens.prepare(client).await;
        let root = self.edition.root(request.api, &client.api_root, self.site);
        let sent = authorized(client, token, request.method, format!("{root}{}", request.target()));
        let sent = match &request.body {
            Body::None => without_body(sent, client),
            Body::Json(body) => with_body(sent, client, json::text_of(body)),
            Body::File(file) => form::with_file(sent, file, self.platform.random()),
        };
        self.platform.http().send(sent).await.map_err(|problem| Failed {
            outcome: match problem {
                HttpError::Network => Outcome::Unknown,
                // Whoever waited so long is not to wait as long again; a change may have happened all the same.
                HttpError::Timeout | HttpError::TooLong { .. } if request.is_write() => Outcome::Unknown,
                _ => Outcome::Refused,
            },
            error: error::of_transport(&problem),
        })
    }

    fn read(&self, request: &Request, response: &HttpResponse) -> Result<Value, Failed> {
        let (id, traffic) = (&self.account.id, self.tokens.traffic());
        if response.is_success() {
            if request.answer == Answer::File {
                traffic.spent(id, request, 1, self.now());
                return Ok(STANDARD.encode(&response.body).into());
            }
            let empty = request.is_write() && response.body.iter().all(u8::is_ascii_whitespace);
            let found = if empty { Some(Value::Null) } else { json::parse(&response.body) };
            let found = found.ok_or_else(|| Failed { outcome: Outcome::Unknown, error: error::unreadable() })?;
            traffic.spent(id, request, objects(&found), self.now());
            return Ok(found);
        }
        let outcome = match response.status {
            429 => Outcome::NotDone,
            408 | 500..=599 => Outcome::Unknown,
            _ => Outcome::Refused,
        };
        if matches!(response.status, 429 | 503) {
            traffic.refused(id, request, response, self.now());
        }
        let error = match error::is_of_scopes(response) {
            true => error::of_scopes(request.scopes, id, self.account.registration.is_made_by_hand()),
            false => error::of_response(response, request.is_write(), self.now(), id),
        };
        Err(Failed { outcome, error })
    }

    pub(super) fn now(&self) -> Timestamp {
        self.platform.clock().now()
    }
}

/// A JSON request with an access token, in the header and nowhere else (CHECKLISTS D11).
pub fn authorized(client: &Registration, token: &Secret, method: Method, url: String) -> HttpRequest {
    let headers = vec![
        ("accept".to_owned(), Secret::new("application/json")),
        ("authorization".to_owned(), client.authorization_header(token)),
    ];
    HttpRequest { method, url, headers, body: None, timeout: TIMEOUT }
}

/// The same request with a JSON body.
fn with_body(mut request: HttpRequest, client: &Registration, body: String) -> HttpRequest {
    request.headers.push(("content-type".to_owned(), Secret::new("application/json")));
    if client.is_made_by_hand() {
        // Jira refuses what looks like a forged request of a browser; `oauth::rules` is the other half of the answer to that.
        request.headers.push(("x-atlassian-token".to_owned(), Secret::new("no-check")));
    }
    HttpRequest { body: Some(Content::Text(Secret::new(body))), ..request }
}

/// A request without a body, with what Jira wants of tokens that were made by hand.
fn without_body(mut request: HttpRequest, client: &Registration) -> HttpRequest {
    if client.is_made_by_hand() && request.method != Method::Get {
        request.headers.push(("x-atlassian-token".to_owned(), Secret::new("no-check")));
    }
    request
}

/// How many objects an answer has, as far as limits are concerned.
fn objects(found: &Value) -> usize {
    let lists = [&found["issues"], &found["values"], found];
    lists.iter().find_map(|list| list.as_array()).map_or(1, Vec::len)
}
