//! What Jira's limits leave us: pauses that it asked for, how fast one issue may be written to, and the points of the hour.
//!
//! Source: developer.atlassian.com/cloud/jira/platform/rate-limiting. Kept for as long as the worker lives: a later one learns of
//! a pause with its first refused request.

use crate::few::Few;
use crate::jira::request::{Kind, Request};
use crate::oauth::date::seconds_until;
use crate::platform::{HttpResponse, Timestamp};
use serde::Serialize;
use std::cell::RefCell;
use std::time::Duration;

/// So many writes to one issue in so much time: a little less than what Jira refuses.
const PACES: [(usize, Duration); 2] = [(18, Duration::from_secs(2)), (90, Duration::from_secs(30))];
/// Where a refusal does not say how long to wait.
const SHORT: Duration = Duration::from_secs(2);
/// The index of Cloud's search lags behind by less than this.
const LAG: Duration = Duration::from_secs(120);
/// So many issues can be told to a search to be shown as they are.
const RECONCILED: usize = 50;
/// No limit lasts longer.
const LONGEST: Duration = Duration::from_secs(3600);

/// How far a pause reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Reach {
    /// The same request to anything.
    Endpoint,
    /// Writing to one issue.
    Issue,
    /// Everything that the account asks.
    Account,
}

/// The work waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pause {
    /// What waits.
    pub reach: Reach,
    /// Until this moment.
    pub until: Timestamp,
}

/// What is known of the limits, of all accounts.
#[derive(Default)]
pub struct Traffic(RefCell<Known>);

#[derive(Default)]
struct Known {
    /// With the moment they were asked for: a clock that is put back would make them longer.
    pauses: Few<String, (Timestamp, Pause)>,
    writes: Few<String, Vec<Timestamp>>,
    /// By account: the hour, and the points used in it.
    points: Few<String, (i64, u32)>,
    /// By account: the numbers of issues that were written to, the newest last, and when the last was.
    written: Few<String, (Timestamp, Vec<u64>)>,
}

impl Traffic {
    /// What `request` of this account has to wait for; `None` if it may go now.
    pub fn pause(&self, account: &str, request: &Request, now: Timestamp) -> Option<Pause> {
        let known = self.0.borrow();
        let places = [Reach::Endpoint, Reach::Issue, Reach::Account].map(|reach| place(account, request, reach));
        let told = places.iter().filter_map(|place| known.pauses.get(place));
        let asked = told.filter(|(since, _)| *since <= now).map(|(_, pause)| *pause);
        let written = known.writes.get(&place(account, request, Reach::Issue));
        let paced = issue(request).and(written).and_then(|times| paced(times, now));
        let all = asked.chain(paced.map(|until| Pause { reach: Reach::Issue, until }));
        all.filter(|pause| now < pause.until).max_by_key(|pause| pause.until)
    }

    /// `request` is about to be sent.
    pub fn leaves(&self, account: &str, request: &Request, now: Timestamp) {
        if issue(request).is_none() {
            return;
        }
        let mut known = self.0.borrow_mut();
        let place = place(account, request, Reach::Issue);
        let mut times = known.writes.remove(&place).unwrap_or_default();
        times.retain(|time| *time <= now && now.since(*time) < Duration::from_secs(30));
        times.push(now);
        known.writes.insert(place, times);
    }

    /// Jira refused `request` because of a limit (429), or for a while (503). Answers the pause that follows.
    pub fn refused(&self, account: &str, request: &Request, response: &HttpResponse, now: Timestamp) -> Pause {
        let reason = response.header("ratelimit-reason").unwrap_or_default();
        let reach = match reason {
            "jira-burst-based" => Reach::Endpoint,
            "jira-per-issue-on-write" if issue(request).is_some() => Reach::Issue,
            _ if reason.contains("quota") => Reach::Account,
            _ => Reach::Endpoint,
        };
        let asked = response.header("retry-after").and_then(|text| seconds_until(text, response.header("date")));
        let pause = Pause { reach, until: now.after(asked.unwrap_or(SHORT).min(LONGEST)) };
        self.0.borrow_mut().pauses.insert(place(account, request, reach), (now, pause));
        pause
    }

    /// `request` was answered with so many objects.
    pub fn spent(&self, account: &str, request: &Request, objects: usize, now: Timestamp) {
        let cost = 1 + request.weight.saturating_mul(u32::try_from(objects).unwrap_or(u32::MAX));
        let spent = self.points(account, now).saturating_add(cost);
        self.0.borrow_mut().points.insert(account.to_owned(), (hour(now), spent));
    }

    /// An issue was written to: a search that follows has to show it as it is now.
    pub fn wrote(&self, account: &str, issue: u64, now: Timestamp) {
        let mut issues = self.written(account, now);
        issues.retain(|known| *known != issue);
        issues.push(issue);
        let surplus = issues.len().saturating_sub(RECONCILED);
        issues.drain(..surplus);
        self.0.borrow_mut().written.insert(account.to_owned(), (now, issues));
    }

    /// The numbers of the issues that were written to a moment ago.
    pub fn written(&self, account: &str, now: Timestamp) -> Vec<u64> {
        let known = self.0.borrow();
        let fresh = known.written.get(account).filter(|(at, _)| *at <= now && now.since(*at) < LAG);
        fresh.map(|(_, issues)| issues.clone()).unwrap_or_default()
    }

    /// The points that this account has used since the hour began; Jira counts 65,000 for all users of an app together.
    pub fn points(&self, account: &str, now: Timestamp) -> u32 {
        let known = self.0.borrow();
        known.points.get(account).filter(|(of, _)| *of == hour(now)).map_or(0, |(_, points)| *points)
    }
}

fn hour(now: Timestamp) -> i64 {
    now.0.div_euclid(3_600_000)
}

fn issue(request: &Request) -> Option<&str> {
    match &request.kind {
        Kind::Write { issue, .. } => issue.as_deref(),
        Kind::Read => None,
    }
}

fn place(account: &str, request: &Request, reach: Reach) -> String {
    match reach {
        Reach::Endpoint => format!("{account} to {}", request.name),
        Reach::Issue => format!("{account} at {}", issue(request).unwrap_or_default()),
        Reach::Account => account.to_owned(),
    }
}

/// When the next write may go, after writes at these moments.
fn paced(times: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let next = |(most, span): &(usize, Duration)| {
        let oldest = times.len().checked_sub(*most).and_then(|at| times.get(at))?;
        Some(oldest.after(*span)).filter(|until| *oldest <= now && now < *until)
    };
    PACES.iter().filter_map(next).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jira::requests::{issues, metadata};

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn refusal(headers: &[(&str, &str)]) -> HttpResponse {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        HttpResponse { status: 429, headers, body: Vec::new() }
    }

    #[test]
    fn each_reason_pauses_what_it_is_about() {
        let (vote, other) = (issues::vote("A-1"), issues::vote("A-2"));
        let read = metadata::fields();
        for (reason, reach, waits) in [
            ("jira-burst-based", Reach::Endpoint, [true, true, false]),
            ("jira-per-issue-on-write", Reach::Issue, [true, false, false]),
            ("jira-quota-global-based", Reach::Account, [true, true, true]),
            ("jira-quota-tenant-based", Reach::Account, [true, true, true]),
            ("something-new", Reach::Endpoint, [true, true, false]),
        ] {
            let traffic = Traffic::default();
            let response = refusal(&[("retry-after", "7"), ("ratelimit-reason", reason)]);
            let pause = traffic.refused("me", &vote, &response, NOW);
            assert_eq!(pause, Pause { reach, until: NOW.after(Duration::from_secs(7)) }, "{reason}");
            let found = [&vote, &other, &read].map(|request| traffic.pause("me", request, NOW).is_some());
            assert_eq!(found, waits, "{reason}");
            assert!(traffic.pause("other", &vote, NOW).is_none());
            assert!(traffic.pause("me", &vote, pause.until).is_none());
        }
    }

    #[test]
    fn writes_to_one_issue_are_paced_and_others_are_not() {
        let (traffic, vote) = (Traffic::default(), issues::vote("A-1"));
        for _ in 0..18 {
            assert!(traffic.pause("me", &vote, NOW).is_none());
            traffic.leaves("me", &vote, NOW);
        }
        assert_eq!(traffic.pause("me", &vote, NOW).map(|pause| pause.until), Some(NOW.after(Duration::from_secs(2))));
        assert!(traffic.pause("me", &issues::vote("A-2"), NOW).is_none());
        assert!(traffic.pause("me", &metadata::fields(), NOW).is_none());
        assert!(traffic.pause("me", &vote, NOW.after(Duration::from_secs(2))).is_none());
    }

    #[test]
    fn a_clock_that_is_put_back_makes_no_pause_longer() {
        let (traffic, vote) = (Traffic::default(), issues::vote("A-1"));
        traffic.refused("me", &vote, &refusal(&[("retry-after", "7")]), NOW);
        (0..18).for_each(|_| traffic.leaves("me", &vote, NOW));
        let corrected = NOW.before(Duration::from_secs(1800));
        assert_eq!(traffic.pause("me", &vote, corrected), None);
        traffic.leaves("me", &vote, corrected);
        assert_eq!(traffic.pause("me", &vote, corrected), None);
    }

    #[test]
    fn the_newest_issues_that_were_written_to_are_known_for_a_while() {
        let traffic = Traffic::default();
        (1..=60).for_each(|issue| traffic.wrote("me", issue, NOW));
        traffic.wrote("me", 20, NOW);
        let written = traffic.written("me", NOW);
        assert_eq!((written.len(), written.first(), written.last()), (50, Some(&11), Some(&20)));
        assert!(traffic.written("other", NOW).is_empty());
        assert!(traffic.written("me", NOW.after(LAG)).is_empty());
        assert!(traffic.written("me", NOW.before(LAG)).is_empty(), "the clock was put back");
    }

    #[test]
    fn points_are_counted_by_the_hour() {
        let traffic = Traffic::default();
        traffic.spent("me", &metadata::fields(), 50, NOW);
        traffic.spent("me", &issues::vote("A-1"), 1, NOW);
        assert_eq!((traffic.points("me", NOW), traffic.points("other", NOW)), (52, 0));
        assert_eq!(traffic.points("me", NOW.after(Duration::from_secs(3600))), 0);
    }
}
