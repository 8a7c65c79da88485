//! What an answer of a token endpoint makes of the stored tokens, and how it is written.

use crate::error::{Code, Error, Result};
use crate::oauth::token_endpoint::{Grant, Passing, TokenError};
use crate::platform::{Clock, Platform, Timestamp};
use crate::tokens::account::{Tokens, Trouble, TroubleKind, tokens_key};
use crate::tokens::refresh::{Attempt, Presented};
use crate::tokens::schedule::Pace;
use crate::tokens::vault::VaultError;
use crate::tokens::{TokenService, backoff, observe, trouble};
use std::time::Duration;

/// Seconds between attempts to write a new pair of tokens. Together with the request still below the bound of the lock.
const WRITE_AGAIN: [u64; 2] = [1, 2];

/// No request takes longer: if one did, the machine slept meanwhile.
const LONGEST: Duration = Duration::from_secs(60);

/// What came back when a new token was asked for.
pub(super) struct Answered {
    pub(super) answer: Result<Grant, TokenError>,
    /// How far the server's clock is ahead of this machine's, milliseconds.
    pub(super) skew: Option<i64>,
    /// When.
    pub(super) now: Timestamp,
}

impl<P: Platform> TokenService<P> {
    /// The tokens after an answer. Where the clock was set meanwhile, what stays of the old ones follows it.
    pub(super) fn after(&self, attempt: &Attempt, answered: &Answered, old: Tokens) -> Tokens {
        let Answered { answer, skew, now } = answered;
        let moved = skew.filter(|found| observe::is_news(old.skew_ms, *found));
        let old = if let Some(skew) = moved { old.with_skew(skew) } else { old };
        match answer {
            // A token lives from when it was made, which was after it was asked for, however long the answer took. Where the
            // clock was put back meanwhile, it lives from then at the latest.
            Ok(grant) => {
                let issued_at = attempt.tokens.attempted_at.map_or(*now, |asked| asked.min(*now));
                Tokens { skew_ms: *skew, ..old.renewed(grant.clone(), issued_at) }
            }
            Err(error) => with_trouble(old, self.trouble(attempt, error, *now)),
        }
    }

    /// Writes what `change` makes of the record, as long as the record still is the one that was presented from; otherwise
    /// somebody else has renewed it, and theirs is in force.
    pub(super) async fn settle(
        &self,
        id: &str,
        presented: &Presented,
        change: &dyn Fn(Tokens) -> Tokens,
    ) -> Result<Tokens> {
        let key = tokens_key(id);
        let mut tries = WRITE_AGAIN.iter();
        let _writing = self.invalidate(id).await;
        loop {
            let Some((stored, revision)) = self.vault().read::<Tokens>(&key).await? else {
                return Err(Error::new(Code::NotFound, "This account was signed out in the meantime."));
            };
            let same = presented.is_of(&stored);
            let next = if same { change(stored) } else { stored };
            if same {
                match self.vault().write_if(&key, revision, &next).await {
                    Err(VaultError::Conflict) => continue,
                    // The server has replaced the old refresh token by now: this one is worth some patience.
                    Err(VaultError::Failed(words)) => match tries.next() {
                        Some(seconds) => {
                            self.platform().clock().sleep(Duration::from_secs(*seconds)).await;
                            continue;
                        }
                        None => return Err(VaultError::Failed(words).into()),
                    },
                    other => other?,
                };
            }
            self.adopt(id, &next).await;
            return Ok(next);
        }
    }

    fn trouble(&self, attempt: &Attempt, error: &TokenError, now: Timestamp) -> Trouble {
        let mut found = Trouble { failed_at: Some(now), ..trouble::of_refresh(error, &attempt.account.registration) };
        if let TokenError::Passing(why) = error {
            let retry_after = if let Passing::Busy { retry_after, .. } = why { *retry_after } else { None };
            (found.attempts, found.retry_at) = self.next_try(attempt, retry_after, now);
            found.not_before = retry_after.map(|span| now.after(span));
        }
        found
    }

    /// How many failures in a row this makes, and when to try again.
    fn next_try(&self, attempt: &Attempt, retry_after: Option<Duration>, now: Timestamp) -> (u32, Option<Timestamp>) {
        // What failed before the machine slept says nothing of the time after: who wakes it does not wait for the next look.
        let slept = attempt.tokens.attempted_at.is_some_and(|begun| now.since(begun) > LONGEST);
        let before = attempt.tokens.trouble.as_ref().filter(|_| !slept);
        // Somebody asked before the next try was due: one try more, and no new row of them.
        let early = before.filter(|known| known.failed_at.is_some_and(|at| at <= now));
        if let Some((known, planned)) = early.and_then(|known| Some((known, known.retry_at.filter(|at| now < *at)?))) {
            return (known.attempts, Some(planned.max(now.after(retry_after.unwrap_or_default()))));
        }
        let failures = before.map_or(1, |before| before.attempts.saturating_add(1));
        (failures, Some(now.after(self.wait(&attempt.pace, failures, retry_after))))
    }

    /// How long to wait after so many failures in a row: some retries with growing waits, then until the next look.
    fn wait(&self, pace: &Pace, failures: u32, retry_after: Option<Duration>) -> Duration {
        match failures % (pace.retries + 1) {
            0 => pace.check_interval.max(retry_after.unwrap_or_default()),
            nth => backoff::wait(nth, retry_after, self.platform().random()),
        }
    }
}

fn with_trouble(tokens: Tokens, trouble: Trouble) -> Tokens {
    match trouble.kind {
        TroubleKind::DeadGrant => tokens.without_grant(trouble),
        TroubleKind::Misconfigured | TroubleKind::Passing => Tokens { trouble: Some(trouble), ..tokens },
    }
}
