//! A server that keeps to the standards: discovery, user information. (Its endpoints are in `oauth`.)

use crate::oauth::{Provider, clients};
use crate::settings::SecretIn;
use crate::state::Sim;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

/// Everything under `/generic` that is no endpoint of OAuth itself.
pub(crate) fn router() -> Router<Sim> {
    Router::new()
        .route("/generic/.well-known/openid-configuration", get(openid))
        .route("/generic/.well-known/oauth-authorization-server", get(oauth))
        // Where RFC 8414 puts it for an issuer with a path.
        .route("/.well-known/oauth-authorization-server/generic", get(oauth))
        .route("/generic/jwks", get(|| async { Json(json!({"keys": []})) }))
        .route("/generic/userinfo", get(userinfo).post(userinfo))
}

fn metadata(sim: &Sim) -> Value {
    let issuer = format!("{}/generic", sim.base());
    let methods = match sim.change().settings.generic_secret_in {
        SecretIn::Header => json!(["none", "client_secret_basic"]),
        SecretIn::Body => json!(["none", "client_secret_post"]),
        SecretIn::Either => json!(["none", "client_secret_basic", "client_secret_post"]),
    };
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "scopes_supported": clients::scopes(Provider::Generic),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    })
}

async fn oauth(State(sim): State<Sim>) -> Json<Value> {
    Json(metadata(&sim))
}

async fn openid(State(sim): State<Sim>) -> Json<Value> {
    let mut metadata = metadata(&sim);
    let issuer = format!("{}/generic", sim.base());
    metadata["jwks_uri"] = format!("{issuer}/jwks").into();
    metadata["userinfo_endpoint"] = format!("{issuer}/userinfo").into();
    metadata["subject_types_supported"] = json!(["public"]);
    metadata["id_token_signing_alg_values_supported"] = json!(["RS256"]);
    metadata["claims_supported"] = json!(["sub", "name", "email", "picture"]);
    Json(metadata)
}

async fn userinfo(State(sim): State<Sim>, headers: HeaderMap) -> Response {
    let now = sim.now();
    let grant = crate::rest::auth::bearer(&headers).and_then(|token| sim.change().grants.access(token, now).cloned());
    let fitting = grant.filter(|grant| grant.provider == Provider::Generic);
    let Some((grant, user)) = fitting.and_then(|grant| sim.world().user(&grant.user).map(|user| (grant, user))) else {
        let challenge = [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        return (StatusCode::UNAUTHORIZED, challenge).into_response();
    };
    let has = |scope: &str| grant.scopes.iter().any(|given| given == scope);
    if !has("openid") {
        let challenge = [(WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"openid\"")];
        return (StatusCode::FORBIDDEN, challenge).into_response();
    }
    let mut claims = json!({"sub": user.account_id});
    if has("profile") {
        claims["name"] = user.display_name.clone().into();
        claims["picture"] = user.avatar(sim.base()).into();
    }
    if has("email") {
        claims["email"] = user.email.clone().into();
    }
    Json(claims).into_response()
}

#[cfg(test)]
mod tests;
