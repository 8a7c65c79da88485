//! What Jira does with requests that look as if a page of another site had made a browser send them, and the header by which
//! Data Center says whom it took the caller for.

use super::auth;
use crate::state::Sim;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, ORIGIN, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::response::IntoResponse as _;

/// The refusal of a write with an API token or a personal access token that comes from a browser, with an `Origin`.
/// `X-Atlassian-Token: no-check` does not help. Searches pass, and so does OAuth.
pub(crate) fn refuse(sim: &Sim, parts: &Parts) -> Option<Response<Body>> {
    let path = parts.uri.path();
    let writes = [Method::POST, Method::PUT, Method::DELETE].contains(&parts.method) && !path.contains("/search");
    let rest = ["/api/ex/jira/", "/dc/rest/api/", "/dc/rest/agile/"].iter().any(|root| path.starts_with(root));
    let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser = agent.contains("Mozilla/") && parts.headers.contains_key(ORIGIN);
    let refused = rest && writes && browser && by_plain_token(&parts.headers) && sim.change().settings.xsrf_check;
    refused.then(|| (StatusCode::FORBIDDEN, "XSRF check failed").into_response())
}

fn by_plain_token(headers: &HeaderMap) -> bool {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.starts_with("Basic ") || auth::bearer(headers) == Some(auth::PERSONAL_ACCESS_TOKEN)
}

/// `X-AUSERNAME` of Data Center: the caller's short name, or `anonymous`.
pub(crate) fn user_name(sim: &Sim, parts: &Parts) -> Option<(HeaderName, HeaderValue)> {
    if !parts.uri.path().starts_with("/dc/") {
        return None;
    }
    let caller = auth::local_caller(sim, &parts.headers);
    let name = caller.and_then(|caller| sim.world().user(&caller.user).map(|user| user.name.clone()));
    let value = HeaderValue::try_from(name.as_deref().unwrap_or("anonymous")).ok()?;
    Some((HeaderName::from_static("x-ausername"), value))
}

#[cfg(test)]
mod tests;
