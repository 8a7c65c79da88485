//! Faults on demand: which requests go wrong, how, and how often.

use crate::date;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{Response, StatusCode};
use futures_util::stream::{self, StreamExt as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// One fault: for the next `times` requests that match, something goes wrong.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// What the path begins with.
    pub(crate) path: String,
    /// The method; any if absent.
    #[serde(default)]
    pub(crate) method: Option<String>,
    /// How many answers; 1 if absent.
    #[serde(default = "once")]
    pub(crate) times: u64,
    /// How many matching requests are let through first.
    #[serde(default)]
    pub(crate) skip: u64,
    /// Milliseconds to wait before anything else.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Answer this status. Without it (and without `drop`, `truncate`, `malformed`, `body`) the real answer is given.
    #[serde(default)]
    pub(crate) status: Option<u16>,
    /// Answer this body: a JSON value, or a string sent as it is.
    #[serde(default)]
    pub(crate) body: Option<serde_json::Value>,
    /// Headers to add, such as `Retry-After`.
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// Close the connection without an answer: "before" the request is acted on, or "after" it.
    #[serde(default)]
    pub(crate) drop: Option<Drop>,
    /// Send `Retry-After` as a date, this many seconds from the server's clock.
    #[serde(default)]
    pub(crate) retry_after_date: Option<i64>,
    /// Milliseconds to wait in the middle of the answer's body.
    #[serde(default)]
    pub(crate) body_delay_ms: u64,
    /// Break the connection off in the middle of the real answer's body.
    #[serde(default)]
    pub(crate) truncate: bool,
    /// Answer a page of HTML where JSON is expected.
    #[serde(default)]
    pub(crate) malformed: bool,
}

/// When the connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drop {
    /// The server has not seen the request.
    Before,
    /// The server has acted on the request (a token was rotated); the client does not learn of it.
    After,
}

fn once() -> u64 {
    1
}

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault, or says what does not fit.
    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), String> {
        if !fault.path.starts_with('/') {
            return Err("path begins with /".into());
        }
        if fault.status.is_some_and(|status| StatusCode::from_u16(status).is_err()) {
            return Err("status is no HTTP status".into());
        }
        for (name, value) in &fault.headers {
            if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                return Err(format!("{name} cannot be sent as a header"));
            }
        }
        self.0.push(fault);
        Ok(())
    }

    /// Those that still wait.
    pub(crate) fn waiting(&self) -> &[Fault] {
        &self.0
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault for this request, if one waits. The first that matches counts, and is used up by one.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let matches = |fault: &Fault| {
            fault.times > 0
                && path.starts_with(&fault.path)
                && fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
        };
        let at = self.0.iter().position(matches)?;
        let fault = self.0.get_mut(at)?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times -= 1;
        let taken = fault.clone();
        if taken.times == 0 {
            self.0.remove(at);
        }
        Some(taken)
    }
}

impl Fault {
    /// Whether the request is answered without being acted on.
    pub(crate) fn replaces_the_answer(&self) -> bool {
        self.drop == Some(Drop::Before) || self.status.is_some() || self.body.is_some() || self.malformed
    }

    /// What this fault does to an answer on its way: headers, and a body that comes slowly or only in part.
    pub(crate) async fn marked(&self, answer: Response<Body>, now: i64) -> Response<Body> {
        let mut answer = self.add_headers(answer);
        if let Some(seconds) = self.retry_after_date
            && let Ok(value) =
                HeaderValue::try_from(date::http(now.saturating_add(seconds.saturating_mul(date::SECOND))))
        {
            answer.headers_mut().insert(RETRY_AFTER, value);
        }
        match (self.truncate, self.body_delay_ms) {
            (false, 0) => answer,
            (truncate, delay) => halved(answer, truncate, delay).await,
        }
    }

    /// The answer in place of the real one.
    pub(crate) fn answer(&self) -> Response<Body> {
        let status = StatusCode::from_u16(self.status.unwrap_or(200)).unwrap_or_default();
        let (kind, body) = match (&self.body, self.malformed) {
            (_, true) => ("text/html; charset=utf-8", "<!doctype html><title>Just a moment</title><p>…".to_owned()),
            (Some(serde_json::Value::String(text)), _) => ("text/plain; charset=utf-8", text.clone()),
            (Some(value), _) => ("application/json", value.to_string()),
            (None, _) => ("application/json", "{}".to_owned()),
        };
        let mut answer = Response::new(Body::from(body));
        *answer.status_mut() = status;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        answer
    }

    /// Adds this fault's headers.
    fn add_headers(&self, mut answer: Response<Body>) -> Response<Body> {
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}

/// The same answer, but half of its body comes `delay` milliseconds late, or the connection breaks off there.
async fn halved(answer: Response<Body>, break_off: bool, delay: u64) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half: Bytes = whole.slice(..whole.len() / 2);
    let rest = stream::once(async move {
        // Long enough for the first half to leave.
        tokio::time::sleep(Duration::from_millis(delay.max(50))).await;
        if break_off { Err(std::io::Error::other("broken off on purpose")) } else { Ok(whole.slice(whole.len() / 2..)) }
    });
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(half)]).chain(rest)))
}

#[cfg(test)]
mod tests;
