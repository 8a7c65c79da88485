//! The control API under `/_control`: what tests may do to the server, and what it tells them.

use crate::data::export;
use crate::faults::Fault;
use crate::oauth::Provider;
use crate::oauth::clients;
use crate::oauth::entra::TENANT;
use crate::rest::auth::{API_TOKEN, PERSONAL_ACCESS_TOKEN};
use crate::rest::routes;
use crate::state::{BrokerRegister, Sim};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::ALLOW;
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;

mod grants;

/// All of `/_control`.
pub(crate) fn router() -> Router<Sim> {
    Router::new()
        .route("/_control", get(overview))
        .route("/_control/log", get(log).delete(clear_log))
        .route("/_control/counters", get(counters))
        .route("/_control/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_control/clock", get(clock).post(set_clock))
        .route("/_control/settings", get(settings).post(change_settings))
        .route("/_control/broker", get(broker).post(register))
        .route("/_control/grants", get(grants::list))
        .route("/_control/revoke_all", post(revoke_all))
        .route("/_control/expire_access_tokens", post(expire_access_tokens))
        .route("/_control/issues", get(issues))
        .route("/_control/me", get(me))
        .route("/_control/routes", get(list_routes))
        .route("/_control/reset", post(reset))
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn done(result: Result<Value, String>) -> Response {
    match result {
        Ok(value) => Json(value).into_response(),
        Err(text) => (StatusCode::BAD_REQUEST, Json(json!({"error": text}))).into_response(),
    }
}

async fn overview(State(sim): State<Sim>) -> Json<Value> {
    let base = sim.base();
    let clients = |provider| -> Value {
        let own = clients::ALL.iter().filter(|(at, _)| *at == provider);
        own.map(|(_, client)| json!({"client_id": client.id, "client_secret": client.secret})).collect()
    };
    let usual = |provider| clients::ALL.iter().find(|(at, _)| *at == provider).map(|(_, client)| *client);
    let id = |provider| usual(provider).map(|client| client.id);
    let secret = |provider| usual(provider).and_then(|client| client.secret);
    let (cloud, local, generic, entra) = (Provider::Cloud, Provider::DataCenter, Provider::Generic, Provider::Entra);
    Json(json!({
        "cloud": {"authorization": format!("{base}/auth/authorize"), "token": format!("{base}/auth/oauth/token"),
            "api": format!("{base}/api"), "client_id": id(cloud), "client_secret": secret(cloud),
            "scopes": clients::scopes(cloud), "api_token": API_TOKEN, "mail": sim.world().me().email},
        "data_center": {"base": format!("{base}/dc"), "client_id": id(local), "client_secret": secret(local),
            "scopes": clients::scopes(local), "personal_access_token": PERSONAL_ACCESS_TOKEN},
        "generic": {"issuer": format!("{base}/generic"), "client_id": id(generic), "scopes": clients::scopes(generic),
            "clients": clients(generic)},
        "entra": {"tenant": TENANT, "issuer": format!("{base}/entra/{TENANT}/v2.0"), "clients": clients(entra)},
        "broker": format!("{base}/broker"),
        "sites": sim.world().sites.iter().map(|site| json!({"id": site.cloud_id, "name": site.name, "issues": site.issues.len()}))
            .collect::<Vec<_>>(),
    }))
}

/// Every address of the REST APIs with its methods, as axum itself tells them to who asks in a wrong way.
async fn list_routes(State(sim): State<Sim>) -> Json<Value> {
    let mut all = Vec::new();
    for (path, methods) in routes::all() {
        let request = Request::builder().method(Method::OPTIONS).body(Body::empty()).unwrap_or_default();
        let Ok(answer) = methods.with_state(Sim::clone(&sim)).oneshot(request).await;
        let allowed = answer.headers().get(ALLOW).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let allowed: Vec<&str> = allowed.split(',').filter(|method| !["", "HEAD"].contains(method)).collect();
        all.push(json!({"path": path, "methods": allowed}));
    }
    Json(all.into())
}

async fn log(State(sim): State<Sim>) -> Response {
    Json(sim.change().log.entries()).into_response()
}

async fn clear_log(State(sim): State<Sim>) -> StatusCode {
    sim.change().log.clear();
    StatusCode::NO_CONTENT
}

async fn counters(State(sim): State<Sim>) -> Response {
    Json(sim.change().counters.clone()).into_response()
}

async fn faults(State(sim): State<Sim>) -> Response {
    Json(sim.change().faults.waiting()).into_response()
}

async fn add_fault(State(sim): State<Sim>, body: Bytes) -> Response {
    done(read::<Fault>(&body).and_then(|fault| sim.change().faults.add(fault)).map(|()| json!({})))
}

async fn clear_faults(State(sim): State<Sim>) -> StatusCode {
    sim.change().faults.clear();
    StatusCode::NO_CONTENT
}

async fn clock(State(sim): State<Sim>) -> Json<Value> {
    Json(
        json!({"now_ms": sim.now(), "data_now_ms": sim.data_now(), "offset_seconds": sim.change().clock_offset / 1000}),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    offset_seconds: i64,
}

async fn set_clock(State(sim): State<Sim>, body: Bytes) -> Response {
    done(read::<Offset>(&body).map(|offset| {
        sim.change().clock_offset = offset.offset_seconds.saturating_mul(1000);
        json!({"now_ms": sim.now()})
    }))
}

async fn settings(State(sim): State<Sim>) -> Response {
    Json(sim.change().settings.clone()).into_response()
}

async fn change_settings(State(sim): State<Sim>, body: Bytes) -> Response {
    let mut change = sim.change();
    let changed = read::<Value>(&body).and_then(|wish| change.settings.changed(&wish));
    done(changed.map(|settings| {
        let zone = settings.time_zone_hours;
        if zone != change.settings.time_zone_hours {
            let sites = change.sites.iter_mut();
            sites.for_each(|site| Arc::make_mut(site).users.iter_mut().for_each(|user| user.zone = zone));
        }
        change.settings = settings;
        json!(change.settings)
    }))
}

async fn broker(State(sim): State<Sim>) -> Response {
    Json(sim.change().broker.clone()).into_response()
}

async fn register(State(sim): State<Sim>, body: Bytes) -> Response {
    done(read::<BrokerRegister>(&body).map(|register| {
        let mut change = sim.change();
        change.broker.redirect_uris.extend(register.redirect_uris);
        change.broker.extension_ids.extend(register.extension_ids);
        json!(change.broker)
    }))
}

async fn revoke_all(State(sim): State<Sim>) -> StatusCode {
    sim.change().grants.kill_all();
    StatusCode::NO_CONTENT
}

async fn expire_access_tokens(State(sim): State<Sim>) -> StatusCode {
    let now = sim.now();
    sim.change().grants.expire_access_tokens(now);
    StatusCode::NO_CONTENT
}

/// The first site; its vocabulary and every issue with its history.
async fn issues(State(sim): State<Sim>) -> Response {
    let site = sim.sites().into_iter().next().ok_or_else(|| "there is no site".to_owned());
    done(site.map(|site| export::everything(&site, sim.data_now())))
}

async fn me(State(sim): State<Sim>) -> Json<Value> {
    let me = sim.world().me();
    let now = sim.data_now();
    Json(json!({"accountId": me.account_id, "displayName": me.display_name, "emailAddress": me.email,
        "now": crate::date::stamp(now), "now_ms": now}))
}

async fn reset(State(sim): State<Sim>) -> StatusCode {
    sim.reset();
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests;
