//! Microsoft Graph's user information.

use super::{GRAPH, resource};
use crate::data::User;
use crate::oauth::Provider;
use crate::oauth::grants::Grant;
use crate::random;
use crate::rest::auth;
use crate::state::Sim;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// The name by which this client, and no other, knows a person.
pub(super) fn subject(grant: &Grant, user: &User) -> String {
    random::uuid_of(&format!("{} {}", grant.client, user.account_id)).replace('-', "")
}

/// Given and family name.
pub(super) fn names(user: &User) -> (&str, &str) {
    user.display_name.split_once(' ').unwrap_or((&user.display_name, ""))
}

/// `GET` or `POST /graph/oidc/userinfo`. Graph takes only tokens that were given for Graph.
pub(super) async fn show(State(sim): State<Sim>, headers: HeaderMap) -> Response {
    let now = sim.now();
    let grant = auth::bearer(&headers).and_then(|token| sim.change().grants.access(token, now).cloned());
    let Some(grant) = grant.filter(|grant| grant.provider == Provider::Entra && is_for_graph(grant)) else {
        return refusal(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", "Access token validation failure.");
    };
    let has = |scope: &str| grant.scopes.iter().any(|given| given == scope);
    let Some(user) = sim.world().user(&grant.user).filter(|_| has("openid")) else {
        return refusal(
            StatusCode::FORBIDDEN,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        );
    };
    let mut claims = json!({"sub": subject(&grant, user)});
    if has("profile") {
        let (given, family) = names(user);
        claims["name"] = user.display_name.clone().into();
        claims["given_name"] = given.into();
        claims["family_name"] = family.into();
        claims["picture"] = user.avatar(sim.base()).into();
    }
    if has("email") {
        claims["email"] = user.email.clone().into();
    }
    Json(claims).into_response()
}

fn is_for_graph(grant: &Grant) -> bool {
    grant.scopes.iter().filter_map(|scope| resource(scope)).all(|resource| resource == GRAPH)
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let inner: Value = json!({"request-id": random::uuid(), "client-request-id": random::uuid()});
    (status, Json(json!({"error": {"code": code, "message": message, "innerError": inner}}))).into_response()
}
