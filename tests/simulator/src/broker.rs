//! A team's broker: it holds the client secret, adds it, and passes the provider's answer on unchanged. It stores nothing.

use crate::oauth::{Provider, clients};
use crate::params::Params;
use crate::pipeline;
use crate::state::Sim;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::sync::Arc;

const SCOPES: [&str; 5] = ["read:jira-user", "read:jira-work", "write:jira-work", "read:me", "offline_access"];

/// What a broker may hand on (RFC 6749, sections 4.1.3 and 6, and RFC 7636). Anything else is a mistake or an attack.
const ALLOWED: [&str; 7] =
    ["grant_type", "client_id", "code", "redirect_uri", "code_verifier", "refresh_token", "scope"];

/// Everything under `/broker`. What it asks of the provider goes through the same faults and the same log as any request.
pub(crate) fn router(sim: &Sim) -> Router<Sim> {
    let provider: Router = crate::oauth::router().with_state(Arc::clone(sim));
    Router::new().route("/broker/.well-known/chat-for-jira", get(description)).route(
        "/broker/token",
        post(move |State(sim): State<Sim>, headers: HeaderMap, body: Bytes| async move {
            token(sim, provider, headers, body).await
        }),
    )
}

async fn description(State(sim): State<Sim>) -> Json<Value> {
    let base = sim.base();
    Json(json!({
        "client_id": "simulator-app",
        "authorization_endpoint": format!("{base}/auth/authorize"),
        "token_endpoint": format!("{base}/broker/token"),
        "scopes": SCOPES,
        "provider": "jira_cloud",
    }))
}

fn refuse(status: StatusCode, description: &str) -> Response {
    (status, Json(json!({"error": "invalid_request", "error_description": description}))).into_response()
}

async fn token(sim: Sim, provider: Router, headers: HeaderMap, body: Bytes) -> Response {
    sim.change().counters.broker += 1;
    let register = sim.change().broker.clone();
    if let Some(origin) = headers.get(ORIGIN) {
        let known =
            register.extension_ids.iter().any(|id| origin.as_bytes() == format!("chrome-extension://{id}").as_bytes());
        if !known {
            return refuse(StatusCode::FORBIDDEN, "This extension is not registered with the broker");
        }
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let params = Params::body(&headers, &body).filter(|_| kind.starts_with("application/x-www-form-urlencoded"));
    let Some(params) = params else { return refuse(StatusCode::BAD_REQUEST, "The body must be a form") };
    if let Some((name, _)) = params.0.iter().find(|(name, _)| !ALLOWED.contains(&name.as_str())) {
        return refuse(StatusCode::BAD_REQUEST, &format!("{name} is not passed on"));
    }
    let redirect = params.get("redirect_uri");
    if redirect.is_some_and(|uri| !register.redirect_uris.iter().any(|known| known == uri)) {
        return refuse(StatusCode::BAD_REQUEST, "redirect_uri is not registered with the broker");
    }
    forward(&sim, provider, params).await
}

/// Asks the provider with the secret added.
async fn forward(sim: &Sim, provider: Router, mut params: Params) -> Response {
    let client = clients::find(Provider::Cloud, "simulator-app");
    params.0.retain(|(name, _)| name != "client_id");
    if let Some(client) = client {
        params.0.push(("client_id".into(), client.id.into()));
        params.0.push(("client_secret".into(), client.secret.unwrap_or_default().into()));
    }
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params.0).finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri("/auth/oauth/token")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let Ok(request) = request else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    // The future is boxed because the pipeline leads here, and from here into the pipeline again.
    match Box::pin(pipeline::answer(sim, provider, request)).await {
        Ok(answer) => answer,
        Err(_) => (StatusCode::BAD_GATEWAY, Json(json!({"error": "temporarily_unavailable"}))).into_response(),
    }
}

#[cfg(test)]
mod tests;
