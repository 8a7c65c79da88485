//! What every request goes through: the log, faults, the server's clock.

use crate::date;
use crate::faults::{Drop, Fault};
use crate::log::Entry;
use crate::params::Params;
use crate::rest::cross_site;
use crate::state::Sim;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{DATE, HeaderValue};
use axum::http::{Request, Response, StatusCode};
use std::time::Duration;
use tower::ServiceExt as _;

/// Nobody sends more than this to an authorization server or to Jira's search.
const BODY_LIMIT: usize = 4 << 20;

/// The connection is closed without an answer.
#[derive(Debug)]
pub(crate) struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the connection is closed on purpose")
    }
}

impl std::error::Error for Dropped {}

/// Answers one request.
pub(crate) async fn answer(sim: &Sim, router: Router, request: Request<Body>) -> Result<Response<Body>, Dropped> {
    if request.uri().path().starts_with("/_control") {
        return Ok(route(router, request).await);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(answer);
    };
    let mut entry = Entry::of(&parts, &body, sim.now());
    let user_name = cross_site::user_name(sim, &parts);
    let fault = sim.change().faults.take(&entry.method, &entry.path);
    entry.fault = fault.is_some();
    if let Some(fault) = &fault {
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    }
    entry.reuse_after_ms = Params::whole(&parts, &body).get("refresh_token").and_then(|token| sim.used_before(token));
    entry.reuse = entry.reuse_after_ms.is_some();
    let answer = act(sim, fault.as_ref(), router, Request::from_parts(parts, Body::from(body))).await;
    entry.status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
    sim.change().log.push(entry);
    let mut answer = answer?;
    answer.headers_mut().extend(user_name);
    if let Ok(value) = HeaderValue::try_from(date::http(sim.now())) {
        answer.headers_mut().entry(DATE).or_insert(value);
    }
    Ok(answer)
}

/// The answer, with the fault's hand in it.
async fn act(
    sim: &Sim,
    fault: Option<&Fault>,
    router: Router,
    request: Request<Body>,
) -> Result<Response<Body>, Dropped> {
    let Some(fault) = fault else { return Ok(real(sim, router, request).await) };
    if fault.drop == Some(Drop::Before) {
        return Err(Dropped);
    }
    let answer = if fault.replaces_the_answer() { fault.answer() } else { real(sim, router, request).await };
    if fault.drop == Some(Drop::After) {
        return Err(Dropped);
    }
    Ok(fault.marked(answer, sim.now()).await)
}

async fn real(sim: &Sim, router: Router, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    match cross_site::refuse(sim, &parts) {
        Some(refused) => refused,
        None => route(router, Request::from_parts(parts, body)).await,
    }
}

async fn route(router: Router, request: Request<Body>) -> Response<Body> {
    match router.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
