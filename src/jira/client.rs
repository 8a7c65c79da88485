//! Authorized requests to one site of one account.

use crate::error::{Code, Error, Result};
use crate::jira::error;
use crate::json;
use crate::oauth::client::Registration;
use crate::oauth::provider::ProviderKind;
use crate::platform::{Clock, Http, HttpRequest, HttpResponse, Method, Platform, Timestamp};
use crate::secret::Secret;
use crate::settings::policy;
use crate::tokens::TokenService;
use crate::tokens::account::{Account, Site};
use crate::tokens::refresh::Reason;
use serde_json::Value;
use std::time::Duration;

/// Below the worker's limit for one fetch (30 s).
pub(super) const TIMEOUT: Duration = Duration::from_secs(25);
/// A 403 or 404 within this time of the token's end may be the gateway's way to say that it has ended.
const NEAR_END: Duration = Duration::from_secs(60);

/// One site as one account sees it.
pub struct Jira<'a, P: Platform> {
    tokens: &'a TokenService<P>,
    platform: &'a P,
    account: &'a Account,
    rest_root: String,
    site_url: String,
    cloud: bool,
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
            rest_root: rest_root(kind, &account.registration.api_root, site),
            site_url: site.url.clone(),
            cloud: kind == ProviderKind::JiraCloud,
        })
    }

    /// Whether this is Jira Cloud (REST v3) and not Data Center (REST v2).
    pub fn is_cloud(&self) -> bool {
        self.cloud
    }

    /// The address of an issue's page.
    pub fn browse_url(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.site_url)
    }

    /// Reads `path` (below the REST root, with its query).
    pub async fn get(&self, path: &str) -> Result<Value> {
        self.call(Method::Get, path, None).await
    }

    /// Asks with a JSON body. For requests that only read: it may be sent twice.
    pub async fn query(&self, path: &str, body: &Value) -> Result<Value> {
        self.call(Method::Post, path, Some(json::text_of(body))).await
    }

    /// A 401 (or, near the token's end, a 403 or 404: the gateway answers ended tokens so) renews the token once and asks
    /// again (CHECKLISTS D24).
    async fn call(&self, method: Method, path: &str, body: Option<String>) -> Result<Value> {
        // At each use: the administrator may have changed it since the sign-in.
        if !policy::read(self.platform).await.allows_site(&self.site_url) {
            let message = "Your administrator does not allow this Jira site any more. Choose another site or account.";
            return Err(Error::new(Code::Forbidden, message));
        }
        let token = self.tokens.access_token(&self.account.id).await?;
        let first = self.send(method, path, body.clone(), &token.secret).await?;
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
                    let second = self.send(method, path, body, &renewed.access_token).await?;
                    if second.status == 401 {
                        self.tokens.refused_anyway(&self.account.id, renewed.generation, path);
                    }
                    second
                }
                Err(error) if is_void => return Err(error),
                Err(_the_first_answer_says_more) => first,
            },
        };
        // Where the clock cannot be set right now, it is at the next answer.
        let _observed = self.tokens.observe_date(&self.account.id, response.header("date")).await;
        self.read(&response)
    }

    async fn send(&self, method: Method, path: &str, body: Option<String>, token: &Secret) -> Result<HttpResponse> {
        let client = &self.account.registration;
        // Nothing renews a token made by hand, so nobody else has told the browser what its server does not bear.
        self.tokens.prepare(client).await;
        let mut request = authorized(client, token, method, format!("{}{path}", self.rest_root));
        if let Some(body) = body {
            request = with_body(request, client, body);
        }
        self.platform.http().send(request).await.map_err(|error| error::of_transport(&error))
    }

    fn read(&self, response: &HttpResponse) -> Result<Value> {
        if !response.is_success() {
            return Err(error::of_response(response, self.now(), &self.account.id));
        }
        json::parse(&response.body).ok_or_else(error::unreadable)
    }

    fn now(&self) -> Timestamp {
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
    HttpRequest { body: Some(Secret::new(body)), ..request }
}

fn rest_root(kind: ProviderKind, api_root: &str, site: &Site) -> String {
    match kind {
        ProviderKind::JiraCloud => format!("{api_root}/ex/jira/{}/rest/api/3", site.id),
        _ => format!("{api_root}/rest/api/2"),
    }
}
