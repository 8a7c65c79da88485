//! How Entra says no: `error` as the standards have it, and a number that says why.

use crate::date::{Date, SECOND};
use crate::random;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

/// A refusal.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    error: &'static str,
    code: u32,
    text: String,
    suberror: Option<&'static str>,
}

impl Refusal {
    /// One whose sentence comes next.
    pub(crate) fn new(error: &'static str, code: u32) -> Self {
        Self { error, code, text: String::new(), suberror: None }
    }

    /// With this sentence.
    pub(crate) fn saying(self, text: String) -> Self {
        Self { text, ..self }
    }

    /// With `suberror`.
    pub(crate) fn further(self, suberror: &'static str) -> Self {
        Self { suberror: Some(suberror), ..self }
    }

    /// A parameter is missing.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new("invalid_request", 900_144)
            .saying(format!("The request body must contain the following parameter: '{name}'."))
    }

    /// Nobody knows this client.
    pub(crate) fn unknown_client(id: &str) -> Self {
        Self::new("unauthorized_client", 700_016).saying(format!(
            "Application with identifier '{id}' was not found in the directory 'Harborline'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in the \
             tenant. You may have sent your authentication request to the wrong tenant."
        ))
    }

    /// `error`
    pub(crate) fn error(&self) -> &'static str {
        self.error
    }

    /// The number and the sentence.
    pub(crate) fn text(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.text)
    }

    /// `error_description`, at this moment.
    pub(crate) fn description(&self, now: i64) -> String {
        self.traced(&Trace::new(now))
    }

    fn traced(&self, trace: &Trace) -> String {
        let Trace { id, correlation, time } = trace;
        format!("{} Trace ID: {id} Correlation ID: {correlation} Timestamp: {time}", self.text())
    }

    /// The answer of the token endpoint.
    pub(crate) fn answer(&self, now: i64) -> Response {
        let trace = Trace::new(now);
        let mut body = json!({
            "error": self.error, "error_description": self.traced(&trace), "error_codes": [self.code],
            "timestamp": trace.time, "trace_id": trace.id, "correlation_id": trace.correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = suberror.into();
        }
        let status = if self.error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        (status, [(CACHE_CONTROL, "no-store, no-cache")], Json(body)).into_response()
    }
}

/// What makes one refusal findable in Microsoft's logs.
struct Trace {
    id: String,
    correlation: String,
    time: String,
}

impl Trace {
    fn new(now: i64) -> Self {
        Self { id: random::uuid(), correlation: random::uuid(), time: timestamp(now) }
    }
}

/// `2026-11-21 03:11:47Z`
pub(crate) fn timestamp(now: i64) -> String {
    let day = Date::of(now);
    let second = (now - day.start()) / SECOND;
    format!("{} {:02}:{:02}:{:02}Z", day.iso(), second / 3600, second / 60 % 60, second % 60)
}
