//! The token endpoints: who asks, with what, and what comes back.

use super::Provider;
use super::clients::{Client, Kind};
use super::grants::{Grant, GrantId};
use super::standing::Standing;
use crate::params::Params;
use crate::random;
use crate::settings::{DeadGrant, Settings};
use crate::state::{Changing, Sim, seconds};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::borrow::Cow;

pub(crate) mod client;

use client::authenticate;

/// Why no token is given, in the provider's own words.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    error: &'static str,
    description: Cow<'static, str>,
    /// Whether to say how clients authenticate themselves (RFC 6749, section 5.2).
    challenge: bool,
}

impl Refusal {
    fn new(status: u16, error: &'static str, description: impl Into<Cow<'static, str>>) -> Self {
        Self { status, error, description: description.into(), challenge: false }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = if self.description.is_empty() {
            json!({"error": self.error})
        } else {
            json!({"error": self.error, "error_description": self.description})
        };
        let mut answer = (StatusCode::from_u16(self.status).unwrap_or_default(), Json(body)).into_response();
        if self.challenge {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"simulator\""));
        }
        answer
    }
}

/// `POST /auth/oauth/token`: a form or JSON.
pub(crate) async fn cloud(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    answer(&sim, Provider::Cloud, &headers, Params::body(&headers, &body))
}

/// `POST /dc/rest/oauth2/latest/token`: a form, or parameters in the query as Atlassian's examples have them.
pub(crate) async fn data_center(State(sim): State<Sim>, query: RawQuery, headers: HeaderMap, body: Bytes) -> Response {
    let mut params = Params::form(&query.0.unwrap_or_default());
    params.0.extend(Params::body(&headers, &body).unwrap_or_default().0);
    answer(&sim, Provider::DataCenter, &headers, Some(params))
}

/// `POST /generic/token`: a form and nothing else (RFC 6749, section 4.1.3).
pub(crate) async fn generic(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::body(&headers, &body).filter(|_| !is_json(&headers));
    answer(&sim, Provider::Generic, &headers, params)
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    headers.get("content-type").and_then(|value| value.to_str().ok()).is_some_and(|kind| kind.contains("json"))
}

fn answer(sim: &Sim, provider: Provider, headers: &HeaderMap, params: Option<Params>) -> Response {
    let now = sim.now();
    let mut change = sim.change();
    let given = params
        .ok_or_else(|| missing(provider))
        .and_then(|params| give(&mut change, Request { provider, headers, params: &params, now }));
    if given.is_err() {
        change.counters.refused += 1;
    }
    drop(change);
    match given {
        Ok(tokens) => ([(CACHE_CONTROL, "no-store")], Json(tokens)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

struct Request<'a> {
    provider: Provider,
    headers: &'a HeaderMap,
    params: &'a Params,
    now: i64,
}

impl Request<'_> {
    fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.params.get(name).ok_or_else(|| missing(self.provider))
    }
}

fn give(change: &mut Changing, request: Request<'_>) -> Result<Value, Refusal> {
    let grant_type = request.required("grant_type")?;
    let client = authenticate(change, request.provider, request.headers, request.params)?;
    if request.provider == Provider::Generic {
        let required = &change.settings.generic_required_token;
        if let Some((error, text)) = Settings::missing(required, |name| request.params.get(name)) {
            return Err(Refusal::new(400, error, text));
        }
    }
    match grant_type {
        "authorization_code" => {
            let grant = redeem_code(change, &request, &client)?;
            change.counters.authorization_code += 1;
            Ok(issue(change, &request, grant))
        }
        "refresh_token" => {
            let grant = redeem_refresh(change, &request, &client)?;
            change.counters.refresh_token += 1;
            Ok(issue(change, &request, grant))
        }
        "client_credentials" if request.provider == Provider::Generic => {
            let grant = act_for_itself(change, &request, &client)?;
            change.counters.client_credentials += 1;
            Ok(issue(change, &request, grant))
        }
        _ if request.provider == Provider::Cloud => {
            Err(Refusal::new(403, "unauthorized_client", "grant_type is not enabled for client"))
        }
        _ => Err(Refusal::new(400, "unsupported_grant_type", "")),
    }
}

fn redeem_code(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    let bad = |cloud: &'static str, plain: &'static str| match request.provider {
        Provider::Cloud => Refusal::new(403, "invalid_grant", cloud),
        Provider::DataCenter | Provider::Generic | Provider::Entra => Refusal::new(400, "invalid_grant", plain),
    };
    let wrong_code = || bad("authorization_code is invalid", "The code is unknown, used or too old");
    let (text, redirect_uri) = (request.required("code")?, request.required("redirect_uri")?);
    let code = change.grants.codes.get(text).cloned().ok_or_else(wrong_code)?;
    if code.used {
        // Somebody has the code who should not (RFC 6749, section 4.1.2): nothing from it is good any more.
        change.grants.kill(code.grant);
        return Err(wrong_code());
    }
    let grant = change.grants.get(code.grant).filter(|grant| grant.alive).ok_or_else(wrong_code)?;
    let fits = grant.provider == request.provider && grant.client == client.id && request.now < code.expires;
    if !fits {
        return Err(wrong_code());
    }
    if grant.redirect_uri != redirect_uri {
        return Err(bad("redirect_uri is invalid", "The redirect address is not the one of the request"));
    }
    let verifier = request.params.get("code_verifier");
    let proven = match (&code.challenge, verifier) {
        (Some(challenge), Some(verifier)) => is_verifier(verifier) && random::challenge(verifier) == *challenge,
        (None, None) => true,
        // A verifier for a request without a challenge is a downgrade (RFC 9700, section 4.8.2).
        _ => false,
    };
    if !proven {
        return Err(bad("code_verifier is invalid", "The verifier does not fit the challenge"));
    }
    if let Some(code) = change.grants.codes.get_mut(text) {
        code.used = true;
    }
    Ok(code.grant)
}

/// 43 to 128 characters of the allowed alphabet (RFC 7636, section 4.1).
pub(crate) fn is_verifier(text: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
    (43..=128).contains(&text.chars().count()) && text.chars().all(allowed)
}

fn redeem_refresh(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    let dead = dead_grant(change, request.provider);
    let token = request.required("refresh_token")?;
    let Some(refresh) = change.grants.refresh(token) else { return Err(dead) };
    let Some(grant) = change.grants.get(refresh.grant) else { return Err(dead) };
    if grant.provider != request.provider || grant.client != client.id {
        return Err(dead);
    }
    // Data Center wants the redirect address here too, and does not say so when it is missing.
    let address_fits = request.provider != Provider::DataCenter
        || request.params.get("redirect_uri") == Some(grant.redirect_uri.as_str());
    if !address_fits {
        return Err(dead);
    }
    match refresh.standing(&change.grants, &change.settings, request.now) {
        Standing::Good => {}
        Standing::Consumed if request.provider != Provider::DataCenter => {
            change.grants.kill(refresh.grant);
            return Err(dead);
        }
        Standing::Consumed | Standing::Idle | Standing::Ended | Standing::Dead => return Err(dead),
    }
    change.grants.rotate(token, request.now);
    if request.provider == Provider::DataCenter {
        change.grants.kill_access_tokens(refresh.grant);
    }
    Ok(refresh.grant)
}

/// Client credentials (RFC 6749, section 4.4): no person, no refresh token. Without `scope`, all that the client may have.
fn act_for_itself(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    if client.kind != Kind::Machine {
        return Err(Refusal::new(400, "unauthorized_client", "This client may not act for itself"));
    }
    let mut scopes = super::authorize::check::words(request.params, "scope");
    if let Some(foreign) = scopes.iter().find(|scope| !client.scopes.iter().any(|(known, _)| known == scope)) {
        return Err(Refusal::new(400, "invalid_scope", format!("{foreign} is not for this client")));
    }
    if scopes.is_empty() {
        scopes = client.scopes.iter().map(|(scope, _)| (*scope).to_owned()).collect();
    }
    Ok(change.grants.add(Grant::of_machine(request.provider, client.id, scopes, request.now)))
}

fn issue(change: &mut Changing, request: &Request<'_>, id: GrantId) -> Value {
    let lifetime = change.settings.access_token_lifetime;
    let access = change.grants.issue_access(id, request.now + seconds(lifetime));
    let scopes = change.grants.get(id).map(|grant| grant.scopes.clone()).unwrap_or_default();
    let offline = request.provider == Provider::DataCenter || scopes.iter().any(|scope| scope == "offline_access");
    let mut answer = json!({"access_token": access, "expires_in": lifetime, "token_type": "Bearer"});
    if offline && change.settings.give_refresh_token {
        answer["refresh_token"] = change.grants.issue_refresh(id, request.now).into();
    }
    match request.provider {
        Provider::DataCenter => answer["created_at"] = (request.now / 1000).into(),
        Provider::Cloud | Provider::Generic | Provider::Entra => answer["scope"] = scopes.join(" ").into(),
    }
    answer
}

fn missing(provider: Provider) -> Refusal {
    match provider {
        Provider::Cloud => Refusal::new(400, "invalid_request", "Incorrect request parameters"),
        Provider::DataCenter => Refusal::new(400, "invalid_request", ""),
        Provider::Generic | Provider::Entra => {
            Refusal::new(400, "invalid_request", "A parameter is missing or the body is no form")
        }
    }
}

fn dead_grant(change: &Changing, provider: Provider) -> Refusal {
    match (provider, change.settings.dead_grant) {
        (Provider::Cloud, DeadGrant::UnauthorizedClient) => {
            Refusal::new(403, "unauthorized_client", "refresh_token is invalid")
        }
        (Provider::Cloud, DeadGrant::InvalidGrant) => {
            Refusal::new(403, "invalid_grant", "Unknown or invalid refresh token.")
        }
        (Provider::DataCenter, _) => Refusal::new(400, "invalid_grant", ""),
        (Provider::Generic | Provider::Entra, _) => {
            Refusal::new(400, "invalid_grant", "The refresh token is not good any more")
        }
    }
}
