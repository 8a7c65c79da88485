//! The token endpoint: code exchange and refresh, built and judged (RFC 6749 §4.1.3, §4.1.4, §5, §6).

use crate::error::quoted;
use crate::json;
use crate::oauth::client::{ClientAuthentication, Registration};
use crate::oauth::date::{http_date, seconds_until};
use crate::oauth::parameters;
use crate::oauth::provider::Encoding;
use crate::platform::{Content, HttpError, HttpRequest, HttpResponse, Method, Timestamp};
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use std::time::Duration;

#[cfg(test)]
mod tests;

/// Below the time a lock may be held, so that its holder ends by itself, and below the worker's limit for one fetch (30 s).
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// A good answer.
#[derive(Clone, Debug, Default)]
pub struct Grant {
    /// The new access token.
    pub access_token: Secret,
    /// The new refresh token; without one the old stays valid (RFC 6749 §6).
    pub refresh_token: Option<Secret>,
    /// The access token's lifetime; `None` if the server did not say.
    pub expires_in: Option<Duration>,
    /// What was granted; `None` means: what was asked for (RFC 6749 §5.1).
    pub scopes: Option<Vec<String>>,
    /// The refresh token's lifetime, where the server says it.
    pub refresh_expires_in: Option<Duration>,
    /// Who signed in, as OpenID Connect tells it.
    pub id_token: Option<Secret>,
    /// The moment of the answer by the server's clock, where it says so.
    pub served_at: Option<Timestamp>,
}

impl Grant {
    /// A token that was made by hand, of which nothing else is known.
    pub fn of_token(access_token: Secret) -> Self {
        Self { access_token, ..Self::default() }
    }
}

/// Why there is no token, sorted by what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// The code or refresh token is void: only a new sign-in helps. The server's words.
    DeadGrant(String),
    /// The client id, secret or redirect address is wrong: only new settings help. The server's words.
    Misconfigured(String),
    /// It may work later. The token may have been used up all the same; that is found out by trying again.
    Passing(Passing),
}

impl TokenError {
    /// The same with the server's words made fit to be shown and kept: a server may quote what it was sent.
    #[must_use]
    pub fn fit_to_show(self, registration: &Registration, sent: &[&Secret]) -> Self {
        let secrets = || sent.iter().copied().chain(registration.authentication.secret());
        let hide = |words: String| {
            // A shorter one would be found in ordinary words.
            let long = secrets().map(Secret::expose).filter(|secret| secret.len() >= 6);
            quoted(&long.fold(words, |words, secret| words.replace(secret, "…")))
        };
        match self {
            Self::DeadGrant(words) => Self::DeadGrant(hide(words)),
            Self::Misconfigured(words) => Self::Misconfigured(hide(words)),
            Self::Passing(why) => Self::Passing(why),
        }
    }
}

/// Why it may work later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passing {
    /// No connection, or it broke off.
    Network,
    /// No answer in time.
    Timeout,
    /// The server has a fault or is busy, and perhaps says when to come back.
    Busy {
        /// The status code.
        status: u16,
        /// The `Retry-After` header.
        retry_after: Option<Duration>,
    },
    /// The administrator's settings, which hold the client secret, have none now. Nothing was sent.
    NoSecret,
    /// What came is not an answer of a token endpoint (a proxy's page, half a body).
    Unreadable {
        /// The status code.
        status: u16,
    },
}

/// The request that exchanges an authorization code.
pub fn exchange(registration: &Registration, code: &Secret, verifier: &Secret, redirect_uri: &str) -> HttpRequest {
    let parameters = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", redirect_uri),
        ("code_verifier", verifier.expose()),
    ];
    request(registration, parameters)
}

/// The request that refreshes. It names no scope, so that it never asks for more than was granted (CHECKLISTS D14).
pub fn refresh(registration: &Registration, refresh_token: &Secret, redirect_uri: &str) -> HttpRequest {
    let mut parameters = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token.expose())];
    if registration.provider.manners().refresh_sends_redirect_uri {
        parameters.push(("redirect_uri", redirect_uri));
    }
    request(registration, parameters)
}

/// The request for a token of the client's own, without a person (RFC 6749 §4.4).
pub fn client_credentials(registration: &Registration) -> HttpRequest {
    let scope = registration.scopes.join(" ");
    let mut parameters = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        parameters.push(("scope", &scope));
    }
    request(registration, parameters)
}

fn request<'a>(registration: &'a Registration, mut parameters: Vec<(&'a str, &'a str)>) -> HttpRequest {
    let mut headers = vec![("accept".to_owned(), Secret::new("application/json"))];
    parameters.push(("client_id", &registration.client_id));
    match &registration.authentication {
        ClientAuthentication::None | ClientAuthentication::FromPolicy { .. } => {}
        ClientAuthentication::SecretPost { secret } => parameters.push(("client_secret", secret.expose())),
        ClientAuthentication::SecretBasic { secret } => {
            headers.push(("authorization".to_owned(), basic(&registration.client_id, secret)));
        }
    }
    parameters.extend(parameters::allowed(&registration.token_extra));
    // A broker speaks the standard, whatever its provider wants.
    let encoding = if registration.broker { Encoding::Form } else { registration.provider.manners().encoding };
    let (content_type, body) = encode(encoding, &parameters);
    headers.push(("content-type".to_owned(), Secret::new(content_type)));
    HttpRequest {
        method: Method::Post,
        url: registration.token_endpoint.clone(),
        headers,
        body: Some(Content::Text(Secret::new(body))),
        timeout: TIMEOUT,
    }
}

fn encode(encoding: Encoding, parameters: &[(&str, &str)]) -> (&'static str, String) {
    match encoding {
        Encoding::Form => ("application/x-www-form-urlencoded", form(parameters)),
        Encoding::Json => {
            let mut object = Map::new();
            for (name, value) in parameters {
                object.insert((*name).to_owned(), Value::from(*value));
            }
            ("application/json", json::text_of(&Value::Object(object)))
        }
    }
}

/// Parameters as `application/x-www-form-urlencoded`.
pub(super) fn form(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
pub(super) fn basic(client_id: &str, secret: &Secret) -> Secret {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let joined = format!("{}:{}", encode(client_id), encode(secret.expose()));
    Secret::new(format!("Basic {}", STANDARD.encode(joined)))
}

/// Judges an answer. The body decides before the status does: servers put the same refusal under 400, 401 and 403.
pub fn judge(answer: Result<HttpResponse, HttpError>) -> Result<Grant, TokenError> {
    let response = answer.map_err(|error| {
        TokenError::Passing(match error {
            HttpError::Timeout => Passing::Timeout,
            HttpError::Network | HttpError::BadAddress => Passing::Network,
            HttpError::TooLong { status } => Passing::Unreadable { status },
        })
    })?;
    let status = response.status;
    if matches!(status, 408 | 429) || status >= 500 {
        let retry_after = response.header("retry-after").and_then(|text| seconds_until(text, response.header("date")));
        return Err(TokenError::Passing(Passing::Busy { status, retry_after }));
    }
    let unreadable = TokenError::Passing(Passing::Unreadable { status });
    let Some(Value::Object(body)) = json::parse(&response.body) else {
        return Err(unreadable);
    };
    match body.get("error").and_then(Value::as_str) {
        Some(error) => Err(refusal(error, text(&body, "error_description"))),
        None if response.is_success() => {
            let served_at = response.header("date").and_then(http_date);
            grant(&body).ok_or(unreadable)?.map(|grant| Grant { served_at, ..grant })
        }
        None => Err(unreadable),
    }
}

/// The meaning of an error body. Sources: RFC 6749 §5.2; OpenID Connect Core §3.1.2.6, whose errors Entra gives here too;
/// Atlassian's answers of 2025 and 2026.
fn refusal(error: &str, description: String) -> TokenError {
    let words = if description.is_empty() { error.to_owned() } else { description };
    match error {
        // Entra's protection against loops, which another attempt at once would only prolong.
        "invalid_grant" if words.contains("AADSTS50196") => {
            TokenError::Passing(Passing::Busy { status: 429, retry_after: None })
        }
        "invalid_grant" | "interaction_required" | "login_required" | "consent_required" => {
            TokenError::DeadGrant(words)
        }
        // What Jira Cloud really answers for a refresh token that is void; bare, it means the client.
        "unauthorized_client" if words.to_ascii_lowercase().contains("refresh_token is invalid") => {
            TokenError::DeadGrant(words)
        }
        "server_error" | "temporarily_unavailable" | "slow_down" => {
            TokenError::Passing(Passing::Busy { status: 503, retry_after: None })
        }
        _ => TokenError::Misconfigured(words),
    }
}

/// `None` if there is no access token in it.
fn grant(body: &Map<String, Value>) -> Option<Result<Grant, TokenError>> {
    let access_token = Secret::new(text(body, "access_token"));
    if access_token.is_empty() {
        return None;
    }
    let kind = text(body, "token_type");
    if !kind.is_empty() && !kind.eq_ignore_ascii_case("bearer") {
        let words = format!("it gives tokens of type “{kind}”, and only “bearer” is supported");
        return Some(Err(TokenError::Misconfigured(words)));
    }
    let refresh_token = Some(Secret::new(text(body, "refresh_token"))).filter(|token| !token.is_empty());
    let expires_in = body.get("expires_in").and_then(lifetime);
    let refresh_expires_in = ["refresh_token_expires_in", "refresh_expires_in"].iter().find_map(|name| body.get(*name));
    Some(Ok(Grant {
        served_at: None,
        access_token,
        refresh_token,
        expires_in,
        scopes: body.get("scope").and_then(scopes),
        refresh_expires_in: refresh_expires_in.and_then(lifetime),
        id_token: Some(Secret::new(text(body, "id_token"))).filter(|token| !token.is_empty()),
    }))
}

fn text(body: &Map<String, Value>, name: &str) -> String {
    body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A number of seconds, as number or as text; what is no number, not above zero or beyond a century says nothing. (Zero is how
/// some servers say “without end”; taken at its word, the token would be due the moment it came, for ever.)
fn lifetime(value: &Value) -> Option<Duration> {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 86_400);
    let span = match value.as_str() {
        // Whole seconds are all that servers write; the standard library's reader of fractions is large.
        Some(text) => Duration::from_secs(text.trim().split('.').next()?.parse().ok()?),
        None => Duration::try_from_secs_f64(value.as_f64()?).ok()?,
    };
    (!span.is_zero() && span < CENTURY).then_some(span)
}

/// A text with spaces (or commas, as some servers write it), or a list.
fn scopes(value: &Value) -> Option<Vec<String>> {
    let split = |text: &str| text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    match value {
        Value::String(text) => Some(split(text)),
        Value::Array(list) => Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => None,
    }
}
