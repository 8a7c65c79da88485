//! When a token is due for a refresh. Decided by the clock alone; the alarm only wakes us.

use crate::platform::Timestamp;
use crate::tokens::account::{Tokens, TroubleKind};
use std::time::Duration;

/// How long before its end a token counts as expiring; never more than a third of its lifetime.
const THRESHOLD: Duration = Duration::from_secs(10 * 60);
/// Time for one late alarm on top of the threshold.
const SLACK: Duration = Duration::from_secs(2 * 60);

/// How long before its end this token counts as expiring; zero if its end is unknown.
pub fn threshold(tokens: &Tokens) -> Duration {
    let lifetime = tokens.expires_at.map_or(Duration::ZERO, |end| end.since(tokens.issued_at));
    THRESHOLD.min(lifetime / 3)
}

/// When the next refresh is due; `None` if there is nothing to refresh with, or nothing that ends.
///
/// Ahead of the end by threshold and slack, but not in the first half of the lifetime: so a refresh is never followed by
/// another at once, however short the lifetime.
pub fn due(tokens: &Tokens) -> Option<Timestamp> {
    tokens.refresh_token.as_ref()?;
    match &tokens.trouble {
        Some(trouble) if trouble.kind != TroubleKind::Passing => None,
        Some(trouble) => trouble.retry_at,
        None => {
            let end = tokens.expires_at?;
            let half = tokens.issued_at.after(end.since(tokens.issued_at) / 2);
            Some(end.before(threshold(tokens) + SLACK).max(half))
        }
    }
}

/// The next moment after `now` at which this account's health changes by itself or work is due.
pub fn next_wake(tokens: &Tokens, now: Timestamp) -> Option<Timestamp> {
    if let Some(due) = due(tokens) {
        return Some(due.max(now));
    }
    let end = tokens.expires_at?;
    [end.before(threshold(tokens)), end].into_iter().find(|moment| *moment > now)
}
