//! Revocation (RFC 7009).

use super::Provider;
use super::token::client::authenticate;
use crate::params::Params;
use crate::state::Sim;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

/// `POST /auth/oauth/revoke`. An access token of Jira Cloud cannot be revoked by itself: it lives until it expires.
pub(crate) async fn cloud(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    revoke(&sim, Provider::Cloud, &headers, &body)
}

/// `POST /generic/revoke`. Ends the whole grant.
pub(crate) async fn generic(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    revoke(&sim, Provider::Generic, &headers, &body)
}

fn revoke(sim: &Sim, provider: Provider, headers: &HeaderMap, body: &[u8]) -> Response {
    let params = Params::body(headers, body).unwrap_or_default();
    let mut change = sim.change();
    let client = match authenticate(&change, provider, headers, &params) {
        Ok(client) => client,
        Err(refusal) => return refusal.into_response(),
    };
    let token = params.get("token").unwrap_or_default();
    let grant = change.grants.of_token(token);
    let owned = grant.filter(|id| change.grants.get(*id).is_some_and(|grant| grant.client == client.id));
    if let Some(id) = owned {
        change.counters.revocations += 1;
        match provider {
            Provider::Cloud => change.grants.kill_refresh_tokens(id),
            Provider::DataCenter | Provider::Generic | Provider::Entra => change.grants.kill(id),
        }
    }
    // An unknown token is no error: the client wanted it gone, and it is (RFC 7009, section 2.2).
    StatusCode::OK.into_response()
}
