//! What the passing of time and the answers of servers tell about a token: a clock that moved, an end that came near.

use crate::error::Result;
use crate::oauth::date::http_date;
use crate::platform::{Clock, Lock, Platform, Timestamp};
use crate::tokens::TokenService;
use crate::tokens::account::{Tokens, tokens_key};
use crate::tokens::accounts::Pair;
use crate::tokens::health::{self, Health};
use crate::tokens::journal::EventKind;
use crate::tokens::schedule::Pace;
use crate::tokens::statistics::FailureKind;
use crate::tokens::vault::VaultError;

/// The `Date` of an answer has whole seconds, and an answer takes its time: less than this is no news.
const NEWS_MS: i64 = 60_000;

/// The server's clock less this machine's, from the `Date` of an answer that has just come. Milliseconds.
pub fn skew(date: Option<&str>, now: Timestamp) -> Option<i64> {
    Some(http_date(date?)?.0.saturating_sub(now.0))
}

/// Whether the clock has moved by so much since the tokens came that their moments have to follow.
pub(super) fn is_news(known: Option<i64>, found: i64) -> bool {
    known.is_some_and(|known| known.saturating_sub(found).saturating_abs() > NEWS_MS)
}

impl<P: Platform> TokenService<P> {
    /// An answer of the account's server carried this `Date`: where the machine's clock has moved since the token came, the
    /// token's moments follow.
    pub async fn observe_date(&self, id: &str, date: Option<&str>) -> Result<()> {
        let Some(found) = skew(date, self.platform().clock().now()) else { return Ok(()) };
        if !is_news(self.known_skew(id), found) {
            return Ok(());
        }
        let _writing = self.invalidate(id).await?;
        loop {
            let Some((tokens, revision)) = self.vault().read::<Tokens>(&tokens_key(id)).await? else { break };
            if !is_news(tokens.skew_ms, found) {
                self.adopt(id, &tokens).await;
                break;
            }
            let moved = tokens.with_skew(found);
            match self.vault().write_if(&tokens_key(id), revision, &moved).await {
                Err(VaultError::Conflict) => {}
                other => {
                    other?;
                    self.adopt(id, &moved).await;
                    self.note(id, &[(EventKind::SkewCorrected, "the machine's clock was set")]).await;
                    break;
                }
            }
        }
        Ok(())
    }

    /// Writes into the history what the clock alone did to an account: its token came near its end, or ended. Each is said
    /// once. Answers whether it was said now that the token comes near its end.
    pub async fn note_time(&self, pair: &Pair, pace: &Pace) -> bool {
        let now = self.platform().clock().now();
        let state = health::of(&pair.tokens, pace, now);
        let (id, ended) = (&pair.account.id, "nothing was given to renew it with");
        let lines: &[(EventKind, &str)] = match state {
            Health::Expiring => &[(EventKind::Expiring, "")],
            Health::Expired => &[(EventKind::Expired, "")],
            Health::ReauthRequired if pair.tokens.trouble.is_none() => {
                &[(EventKind::Expired, ""), (EventKind::ReauthRequired, ended)]
            }
            _ => return false,
        };
        // Two looks may meet here (the browser's start and an alarm that was missed): the second finds what the first has said.
        let _guard = self.telling(id).await;
        let Some(said) = self.said_of_this_token(id).await else { return false };
        let new: Vec<_> = lines.iter().copied().filter(|(kind, _)| !said.contains(kind)).collect();
        self.note(id, &new).await;
        if !new.is_empty() {
            self.mark_changed(id);
        }
        if new.iter().any(|(kind, _)| *kind == EventKind::ReauthRequired) {
            self.count_failure(id, &pair.tokens, FailureKind::NothingToRenewWith).await;
        }
        state == Health::Expiring && !new.is_empty()
    }

    /// What the history says since the token came; `None` if it cannot be read now.
    async fn said_of_this_token(&self, id: &str) -> Option<Vec<EventKind>> {
        let anew = |kind: &EventKind| matches!(kind, EventKind::Acquired | EventKind::Refreshed);
        let history = self.history(id).await.ok()?;
        Some(history.into_iter().map(|line| line.kind).take_while(|kind| !anew(kind)).collect())
    }

    /// Held from the look into the history to the line that is added because of it. Without the lock it may be said twice.
    async fn telling(&self, id: &str) -> Option<<P::Lock as Lock>::Guard> {
        self.platform().lock().acquire(&format!("telling:{id}")).await.ok()
    }

    /// Writes into the history, once for each span of disuse, that the whole sign-in ends soon.
    pub async fn note_session_end(&self, id: &str, end: Timestamp) {
        let _guard = self.telling(id).await;
        let Some(said) = self.said_of_this_token(id).await else { return };
        if !said.contains(&EventKind::InactivityNear) {
            let days = end.since(self.platform().clock().now()).as_secs() / 86_400;
            self.note(id, &[(EventKind::InactivityNear, &format!("it ends in {days} days unless it is used"))]).await;
            self.mark_changed(id);
        }
    }

    /// Writes into the history that a sign-in without a window was tried, and how it ended.
    pub async fn note_silent(&self, id: &str, worked: bool) {
        let outcome = if worked { "it worked" } else { "the server wants to see the person" };
        self.note(id, &[(EventKind::SilentSignIn, outcome)]).await;
    }

    /// Writes into the watch's own history that it began or ended.
    pub async fn note_watch(&self, running: bool, cause: &str) {
        let kind = if running { EventKind::MonitorStarted } else { EventKind::MonitorStopped };
        self.note("", &[(kind, cause)]).await;
    }
}
