//! How Jira Cloud slows callers down. A quota or a burst limit is switched on by a setting; writes to one issue are always
//! counted, as the real service does: 20 in 2 seconds, 100 in 30.

use super::call::{Call, Refused};
use crate::date::{self, HOUR, SECOND};
use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use std::collections::{HashMap, VecDeque};

/// The windows of the limit of writes to one issue: milliseconds and how many.
const WINDOWS: [(i64, usize); 2] = [(2 * SECOND, 20), (30 * SECOND, 100)];

/// What was called lately.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// When each issue was written to, by its key or id as it was asked for.
    writes: HashMap<String, VecDeque<i64>>,
    /// When each endpoint was called, by method and first word of its path.
    bursts: HashMap<String, VecDeque<i64>>,
    /// The hour that points are counted for, and how many were used in it.
    hour: (i64, u64),
}

/// Counts a call, and refuses it when it is one too many.
pub(crate) fn check(call: &Call, method: &Method) -> Result<(), Refused> {
    if !call.cloud() {
        return Ok(());
    }
    // The server's clock, not the data's, which may stand still.
    let now = call.sim.now();
    let mut change = call.sim.change();
    let (quota, burst) = (change.settings.points_per_hour, change.settings.burst_per_second);
    let of_tenant = change.settings.quota_of_tenant;
    let usage = &mut change.usage;
    if let Some(limit) = burst {
        let name = format!("{method} {}", call.at(0));
        let times = usage.bursts.entry(name).or_default();
        if !take(times, now, &[(SECOND, limit)]) {
            return Err(refused("jira-burst-based", 1, None).into());
        }
    }
    if let Some(limit) = quota {
        let hour = now.div_euclid(HOUR);
        let used = if usage.hour.0 == hour { usage.hour.1 } else { 0 };
        usage.hour = (hour, used + 1);
        // An API token has no quota of points.
        let counted = !call.headers.get("authorization").is_some_and(|value| value.as_bytes().starts_with(b"Basic "));
        if counted && used >= limit {
            let reset = (hour + 1) * HOUR;
            let reason = if of_tenant { "jira-quota-tenant-based" } else { "jira-quota-global-based" };
            return Err(refused(reason, (reset - now) / SECOND + 1, Some((limit, reset))).into());
        }
    }
    let writes = ![Method::GET, Method::HEAD].contains(method)
        && call.at(0) == "issue"
        && !["bulk", "bulkfetch"].contains(&call.at(1));
    if writes && !call.at(1).is_empty() {
        let times = usage.writes.entry(call.at(1).to_ascii_uppercase()).or_default();
        if !take(times, now, &WINDOWS) {
            return Err(refused("jira-per-issue-on-write", 2, None).into());
        }
    }
    Ok(())
}

/// Notes a call unless one of the windows is full.
fn take(times: &mut VecDeque<i64>, now: i64, windows: &[(i64, usize)]) -> bool {
    let longest = windows.iter().map(|(span, _)| *span).max().unwrap_or(0);
    while times.front().is_some_and(|time| now - time >= longest) {
        times.pop_front();
    }
    let full = windows.iter().any(|(span, most)| times.iter().filter(|time| now - **time < *span).count() >= *most);
    if !full {
        times.push_back(now);
    }
    !full
}

fn refused(reason: &'static str, seconds: i64, quota: Option<(u64, i64)>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", HeaderValue::from(seconds));
    headers.insert("ratelimit-reason", HeaderValue::from_static(reason));
    if let Some((limit, reset)) = quota {
        headers.insert(HeaderName::from_static("x-ratelimit-limit"), HeaderValue::from(limit));
        headers.insert(HeaderName::from_static("x-ratelimit-remaining"), HeaderValue::from(0));
        if let Ok(value) = HeaderValue::try_from(date::zulu(reset)) {
            headers.insert(HeaderName::from_static("x-ratelimit-reset"), value);
        }
    }
    let body = json!({"errorMessages": ["Rate limit exceeded."], "errors": {}});
    (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response()
}

#[cfg(test)]
mod tests;
