//! What every request goes through: the log, faults, the server's clock.

use crate::date;
use crate::faults::{self, Drop};
use crate::log::Entry;
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
    let request = Request::from_parts(parts, Body::from(body));
    let fault = sim.change().faults.take(&entry.method, &entry.path);
    entry.fault = fault.is_some();
    let answer = match fault {
        None => Ok(route(router, request).await),
        Some(fault) => faulty(&fault, router, request).await,
    };
    entry.status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
    let mut answer = answer;
    if let (Ok(answer), Ok(value)) = (&mut answer, HeaderValue::try_from(date::http(sim.now()))) {
        answer.headers_mut().entry(DATE).or_insert(value);
    }
    sim.change().log.push(entry);
    answer
}

async fn faulty(fault: &faults::Fault, router: Router, request: Request<Body>) -> Result<Response<Body>, Dropped> {
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.drop == Some(Drop::Before) {
        return Err(Dropped);
    }
    let answer =
        if fault.replaces_the_answer() { fault.answer() } else { fault.add_headers(route(router, request).await) };
    if fault.drop == Some(Drop::After) {
        return Err(Dropped);
    }
    Ok(if fault.truncate { faults::truncated(answer).await } else { answer })
}

async fn route(router: Router, request: Request<Body>) -> Response<Body> {
    match router.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
