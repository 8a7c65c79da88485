//! The log of requests. Nothing secret is in it: of a secret it keeps that it was there, and a fingerprint to compare.

use crate::date;
use crate::params::Params;
use crate::random::fingerprint;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;

/// Older entries are forgotten.
const LIMIT: usize = 20_000;

/// Parameters that nobody may read in a log.
const SECRETS: [&str; 9] = [
    "client_secret",
    "code",
    "code_verifier",
    "refresh_token",
    "access_token",
    "token",
    "password",
    "client_assertion",
    "request",
];

/// One request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// The server's clock when it came, as Jira writes moments.
    pub(crate) time: String,
    /// The same in milliseconds since 1970.
    pub(crate) time_ms: i64,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The status of the answer; 0 when the connection was closed without one.
    pub(crate) status: u16,
    /// Whether a fault had its hand in it.
    pub(crate) fault: bool,
    /// Whether it brought a refresh token that was used before, by anyone.
    pub(crate) reuse: bool,
    /// How many milliseconds before.
    pub(crate) reuse_after_ms: Option<i64>,
    /// Whether a client secret came along (in the body or as Basic authentication).
    pub(crate) has_secret: bool,
    /// Whether a PKCE verifier came along.
    pub(crate) has_verifier: bool,
    /// Whether a PKCE challenge came along.
    pub(crate) has_challenge: bool,
    /// Parameters of query and body; a secret is `{"fingerprint": …}`.
    pub(crate) parameters: Map<String, Value>,
    /// The scheme and a fingerprint of the `Authorization` header.
    pub(crate) authorization: Option<Value>,
    /// The `Origin` header.
    pub(crate) origin: Option<String>,
    /// The `Cookie` header was there.
    pub(crate) has_cookie: bool,
    /// The `Content-Type` header.
    pub(crate) content_type: Option<String>,
}

impl Entry {
    /// What a request looks like from outside.
    pub(crate) fn of(parts: &Parts, body: &[u8], now: i64) -> Self {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let params = Params::whole(parts, body);
        let has = |name: &str| params.get(name).is_some();
        Self {
            time: date::stamp(now),
            time_ms: now,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            status: 0,
            fault: false,
            reuse: false,
            reuse_after_ms: None,
            has_secret: has("client_secret") || scheme(&parts.headers) == Some("Basic"),
            has_verifier: has("code_verifier"),
            has_challenge: has("code_challenge"),
            parameters: params.0.iter().map(|(name, value)| (name.clone(), redact(name, value))).collect(),
            authorization: header("authorization")
                .map(|value| json!({"scheme": scheme(&parts.headers), "fingerprint": secret_of(&value)})),
            origin: header("origin"),
            has_cookie: parts.headers.contains_key("cookie"),
            content_type: header("content-type"),
        }
    }
}

fn scheme(headers: &HeaderMap) -> Option<&str> {
    headers.get("authorization")?.to_str().ok()?.split(' ').next()
}

fn secret_of(header: &str) -> String {
    fingerprint(header.split_once(' ').map_or(header, |(_, secret)| secret))
}

fn redact(name: &str, value: &str) -> Value {
    if SECRETS.contains(&name) { json!({"fingerprint": fingerprint(value)}) } else { value.into() }
}

/// The requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Log(VecDeque<Entry>);

impl Log {
    /// Adds a request.
    pub(crate) fn push(&mut self, entry: Entry) {
        if self.0.len() >= LIMIT {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    /// All that are kept.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.iter().cloned().collect()
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
