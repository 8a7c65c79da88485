//! Figures about an account's token: how often it was renewed, how fast, and for what share of the time there was a valid one.
//!
//! Time is accounted for from record to record: whenever something happens, the span since the last time is split into the
//! part in which the token held and the gap after its end.

use crate::error::Result;
use crate::few::{Few, sorted};
use crate::json;
use crate::platform::{Platform, Store, Timestamp};
use crate::readable;
use crate::tokens::TokenService;
use serde::Serialize;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// So many durations are kept for median and percentile.
const LATENCIES: usize = 200;
/// So many of them are drawn.
const SHOWN: usize = 60;
/// So many days are kept.
const DAYS: usize = 30;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Why a refresh gave no token, as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum FailureKind {
    /// No connection.
    Network,
    /// No answer in time.
    Timeout,
    /// The server asked to come back later (429).
    Busy,
    /// The server had a fault (5xx).
    Server,
    /// Something else than a token endpoint answered.
    Unreadable,
    /// The server ended the sign-in.
    DeadGrant,
    /// The server does not accept the app.
    Misconfigured,
    /// There was nothing to renew it with.
    NothingToRenewWith,
}

readable!(FailureKind: Network "network", Timeout "timeout", Busy "busy", Server "server", Unreadable "unreadable",
    DeadGrant "dead_grant", Misconfigured "misconfigured", NothingToRenewWith "nothing_to_renew_with");

/// One day's figures. Days are those of UTC, numbered from 1970-01-01.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Day {
    number: i64,
    refreshes: u32,
    failures: u32,
    valid_ms: i64,
    total_ms: i64,
}

readable!(Day { number, refreshes, failures, valid_ms, total_ms });

/// What is kept of an account. Archive key `statistics:<id>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Statistics {
    since: Timestamp,
    refreshes: u64,
    failures: Few<FailureKind, u64>,
    latencies: Vec<u32>,
    days: Vec<Day>,
    valid_ms: i64,
    total_ms: i64,
    longest_gap_ms: i64,
    /// Up to here time is accounted for.
    until: Timestamp,
    /// Since when there is no valid token.
    gap_since: Option<Timestamp>,
}

readable!(Statistics {
    since,
    refreshes,
    failures,
    latencies,
    days,
    valid_ms,
    total_ms,
    longest_gap_ms,
    until,
    gap_since
});

/// Failures of one kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FailureCount {
    /// Why.
    pub kind: FailureKind,
    /// How many.
    pub count: u64,
}

/// One day of the chart.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayView {
    /// The day's beginning (UTC).
    pub day: Timestamp,
    /// Successful refreshes.
    pub refreshes: u32,
    /// Failed ones.
    pub failures: u32,
    /// The share of the day's accounted time with a valid token, 0 to 1; none if nothing was accounted for.
    pub valid_share: Option<f64>,
}

/// An account's figures, as pages show them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StatisticsView {
    /// Since when it is counted.
    pub since: Timestamp,
    /// Successful refreshes.
    pub refreshes: u64,
    /// Failed ones, by kind; kinds that never happened are left out.
    pub failures: Vec<FailureCount>,
    /// Successful refreshes among all, 0 to 1; none before the first.
    pub success_rate: Option<f64>,
    /// Of the last refreshes, from question to answer, milliseconds.
    pub latency_median_ms: Option<u32>,
    /// As above: 95 of 100 were faster.
    pub latency_p95_ms: Option<u32>,
    /// The last of these durations themselves, oldest first.
    pub latencies_ms: Vec<u32>,
    /// The share of time with a valid token, 0 to 1.
    pub valid_share: Option<f64>,
    /// The longest time without one, milliseconds.
    pub longest_gap_ms: i64,
    /// The last thirty days, oldest first; days without anything are there too.
    pub days: Vec<DayView>,
}

impl Statistics {
    /// Figures that begin now.
    pub fn begin(now: Timestamp) -> Self {
        Self { since: now, until: now, ..Self::default() }
    }

    /// Accounts for the time until `now`, in which there was a token that ends (or ended) at `valid_until`; `None`: there was
    /// none. A clock that was put back adds nothing.
    pub fn account(&mut self, valid_until: Option<Timestamp>, now: Timestamp) {
        let from = std::mem::replace(&mut self.until, now);
        if now <= from {
            return;
        }
        let end = valid_until.unwrap_or(from).max(from).min(now);
        self.spread(from, end, true);
        self.spread(end, now, false);
        if end > from {
            self.gap_since = None;
        }
        if end < now {
            let since = *self.gap_since.get_or_insert(end);
            self.longest_gap_ms = self.longest_gap_ms.max(now.0 - since.0);
        }
    }

    /// A refresh that took `latency` gave a token.
    pub fn refreshed(&mut self, latency: Duration, now: Timestamp) {
        self.refreshes += 1;
        self.day(now.0.div_euclid(DAY)).refreshes += 1;
        self.latencies.push(u32::try_from(latency.as_millis()).unwrap_or(u32::MAX));
        let over = self.latencies.len().saturating_sub(LATENCIES);
        self.latencies.drain(..over);
        self.gap_since = None;
    }

    /// A refresh gave none.
    pub fn failed(&mut self, kind: FailureKind, now: Timestamp) {
        let count = self.failures.get(&kind).copied().unwrap_or_default();
        self.failures.insert(kind, count + 1);
        self.day(now.0.div_euclid(DAY)).failures += 1;
    }

    /// Adds a span, day by day.
    fn spread(&mut self, from: Timestamp, to: Timestamp, valid: bool) {
        let span = to.0 - from.0;
        self.total_ms += span;
        self.valid_ms += if valid { span } else { 0 };
        // What lies further back than the days that are kept is in the sums only.
        let first = from.0.max(to.0 - i64::try_from(DAYS).unwrap_or(30) * DAY);
        let (mut at, end) = (first, to.0);
        while at < end {
            let number = at.div_euclid(DAY);
            let part = end.min((number + 1) * DAY) - at;
            let day = self.day(number);
            day.total_ms += part;
            day.valid_ms += if valid { part } else { 0 };
            at += part;
        }
    }

    /// The day with this number, made if it is not there; at most [`DAYS`] are kept.
    fn day(&mut self, number: i64) -> &mut Day {
        let place = self.days.partition_point(|day| day.number < number);
        if self.days.get(place).is_none_or(|day| day.number != number) {
            self.days.insert(place, Day { number, ..Day::default() });
        }
        let over = if place == 0 { 0 } else { self.days.len().saturating_sub(DAYS).min(place) };
        self.days.drain(..over);
        &mut self.days[place - over]
    }

    /// The figures for pages.
    pub fn view(&self, now: Timestamp) -> StatisticsView {
        let failed: u64 = self.failures.iter().map(|(_, count)| count).sum();
        let failures = self.failures.iter().map(|(kind, count)| FailureCount { kind: *kind, count: *count });
        let sorted = sorted(self.latencies.iter().copied());
        let today = now.0.div_euclid(DAY);
        StatisticsView {
            since: self.since,
            refreshes: self.refreshes,
            failures: failures.collect(),
            success_rate: share(self.refreshes, self.refreshes + failed),
            latency_median_ms: at_percent(&sorted, 50),
            latency_p95_ms: at_percent(&sorted, 95),
            latencies_ms: self.latencies[self.latencies.len().saturating_sub(SHOWN)..].to_vec(),
            valid_share: share(whole(self.valid_ms), whole(self.total_ms)),
            longest_gap_ms: self.longest_gap_ms,
            days: (0..30).rev().map(|back| self.day_view(today - back)).collect(),
        }
    }

    fn day_view(&self, number: i64) -> DayView {
        let day = self.days.iter().find(|day| day.number == number).cloned().unwrap_or_default();
        DayView {
            day: Timestamp(number * DAY),
            refreshes: day.refreshes,
            failures: day.failures,
            valid_share: share(whole(day.valid_ms), whole(day.total_ms)),
        }
    }
}

fn whole(milliseconds: i64) -> u64 {
    u64::try_from(milliseconds).unwrap_or(0)
}

/// `part` of `all`, to four digits; none of nothing.
fn share(part: u64, all: u64) -> Option<f64> {
    let parts = u32::try_from(part.saturating_mul(10_000).checked_div(all)?).ok()?;
    Some(f64::from(parts) / 10_000.0)
}

/// The value that `percent` of a hundred do not exceed.
fn at_percent(sorted: &[u32], percent: usize) -> Option<u32> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// The archive's key of an account's figures.
pub fn statistics_key(id: &str) -> String {
    format!("statistics:{id}")
}

impl<P: Platform> TokenService<P> {
    /// Changes an account's figures. Like the history, they never stand in the way of the token.
    pub(super) async fn count(&self, id: &str, now: Timestamp, change: &dyn Fn(&mut Statistics)) {
        let counted = |kept: Option<&str>| {
            let mut figures = kept.and_then(json::from_text).unwrap_or_else(|| Statistics::begin(now));
            change(&mut figures);
            json::to_text(&figures)
        };
        let _kept = self.rewrite_archived(&statistics_key(id), &counted).await;
    }

    /// An account's figures up to `now`; those of one that was never counted begin now.
    pub async fn statistics(&self, id: &str, now: Timestamp) -> Result<Statistics> {
        let record = self.platform().archive().get(&statistics_key(id)).await?;
        let kept = record.and_then(|record| json::from_text(&record.value));
        Ok(kept.unwrap_or_else(|| Statistics::begin(now)))
    }
}
