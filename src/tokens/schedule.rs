//! When a token is due for a refresh. Decided by the clock alone; the alarm only wakes us.

use crate::platform::Timestamp;
use crate::settings::Settings;
use crate::tokens::account::{Account, Tokens, TroubleKind};
use std::time::Duration;

/// Time for one late alarm on top of the threshold.
const SLACK: Duration = Duration::from_secs(2 * 60);
/// A clock that says so much less than when the token came has been put back.
pub const PUT_BACK: Duration = Duration::from_secs(60);

/// How early and how often: the settings in force for one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    threshold: Duration,
    /// The longest time between two looks.
    pub check_interval: Duration,
    /// Attempts after a failed one, before the next look.
    pub retries: u32,
}

impl Pace {
    /// The pace of one account: its own threshold where it has one and the administrator leaves that to it.
    pub fn of(settings: &Settings, account: &Account) -> Self {
        let own = account
            .threshold_minutes
            .filter(|_| !settings.threshold_fixed)
            .map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        Self {
            threshold: own.unwrap_or(settings.threshold()),
            check_interval: settings.check_interval(),
            retries: settings.retries,
        }
    }

    /// How long before its end this token counts as expiring, at most a third of its lifetime; zero if its end is unknown.
    pub fn threshold(&self, tokens: &Tokens) -> Duration {
        let lifetime = tokens.expires_at.map_or(Duration::ZERO, |end| end.since(tokens.issued_at));
        self.threshold.min(lifetime / 3)
    }

    /// When the next refresh is due; `None` if there is nothing to refresh with, or nothing that ends.
    ///
    /// Ahead of the end by threshold and slack, but not in the first half of the lifetime: so a refresh is never followed by
    /// another at once, however short the lifetime.
    pub fn due(&self, tokens: &Tokens) -> Option<Timestamp> {
        if !tokens.is_renewable() {
            return None;
        }
        match &tokens.trouble {
            Some(trouble) if trouble.kind != TroubleKind::Passing => None,
            Some(trouble) => trouble.retry_at,
            None => {
                let end = tokens.expires_at?;
                let half = tokens.issued_at.after(end.since(tokens.issued_at) / 2);
                Some(end.before(self.threshold(tokens) + SLACK).max(half))
            }
        }
    }

    /// Whether a refresh is due at `now`. A clock that was put back behind the token's own beginning, or behind a failed attempt,
    /// says nothing about the token's end: that token is due, so that a new one sets it right. So is one whose last attempt was
    /// broken off: whoever began it had a reason.
    pub fn is_due(&self, tokens: &Tokens, now: Timestamp) -> bool {
        let Some(due) = self.due(tokens) else { return false };
        let open = match &tokens.trouble {
            Some(trouble) => trouble.failed_at.is_some_and(|at| now < at.before(PUT_BACK)),
            None => {
                now < tokens.issued_at.before(PUT_BACK) || tokens.attempted_at.is_some_and(|at| at != tokens.issued_at)
            }
        };
        due <= now || open
    }

    /// The next moment after `now` at which this account's health changes by itself or work is due.
    pub fn next_wake(&self, tokens: &Tokens, now: Timestamp) -> Option<Timestamp> {
        if let Some(due) = self.due(tokens) {
            return Some(if self.is_due(tokens, now) { now } else { due.max(now) });
        }
        let end = tokens.expires_at?;
        [end.before(self.threshold(tokens)), end].into_iter().find(|moment| *moment > now)
    }
}

#[cfg(test)]
mod tests;
