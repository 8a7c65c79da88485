//! The history of an account: one line for everything that happens to its token, kept in the archive and told to open pages at once.

use crate::error::Result;
use crate::json::{self, Read};
use crate::platform::{Clock, Platform, Push, Store, StoreError, Timestamp};
use crate::readable;
use crate::tokens::TokenService;
use serde::Serialize;
use serde_json::Value;

#[cfg(test)]
mod tests;

/// So many lines are kept for each account, the newest.
pub const KEPT: usize = 500;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum EventKind {
    /// A sign-in gave a token.
    Acquired,
    /// A refresh gave a new access token.
    Refreshed,
    /// The server replaced the refresh token.
    Rotated,
    /// A refresh gave no token.
    RefreshFailed,
    /// Another attempt is planned.
    RetryScheduled,
    /// The token ends soon.
    Expiring,
    /// The token has ended.
    Expired,
    /// Only a new sign-in helps; the account is inactive.
    ReauthRequired,
    /// Only new settings help; the account is inactive.
    Misconfigured,
    /// A sign-in without a window was tried.
    SilentSignIn,
    /// The service refused a token that should have been good.
    TokenRefused,
    /// The server was asked to void the tokens.
    Revoked,
    /// The local tokens were removed.
    Cleared,
    /// The machine's clock was found to have moved against the server's.
    SkewCorrected,
    /// A session that ends of disuse comes near its end.
    InactivityNear,
    /// Records that could not be read are readable again.
    VaultRecovered,
    /// The passphrase is needed.
    Locked,
    /// The passphrase was given.
    Unlocked,
    /// The watch over the tokens began.
    MonitorStarted,
    /// The watch over the tokens ended.
    MonitorStopped,
}

readable!(EventKind: Acquired "acquired", Refreshed "refreshed", Rotated "rotated", RefreshFailed "refresh_failed",
    RetryScheduled "retry_scheduled", Expiring "expiring", Expired "expired", ReauthRequired "reauth_required",
    Misconfigured "misconfigured", SilentSignIn "silent_sign_in", TokenRefused "token_refused", Revoked "revoked", Cleared "cleared",
    SkewCorrected "skew_corrected", InactivityNear "inactivity_near", VaultRecovered "vault_recovered", Locked "locked",
    Unlocked "unlocked", MonitorStarted "monitor_started", MonitorStopped "monitor_stopped");

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Level {
    /// As it should be.
    Info,
    /// Worth a look.
    Warning,
    /// Nothing works until somebody acts.
    Error,
}

impl EventKind {
    /// How much it matters.
    pub fn level(self) -> Level {
        match self {
            Self::RefreshFailed
            | Self::RetryScheduled
            | Self::Expiring
            | Self::TokenRefused
            | Self::SkewCorrected
            | Self::InactivityNear => Level::Warning,
            Self::Expired | Self::ReauthRequired | Self::Misconfigured => Level::Error,
            _ => Level::Info,
        }
    }
}

/// One line of an account's history, as it is kept: `[moment, kind, cause]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event(pub Timestamp, pub EventKind, pub String);

impl Read for Event {
    fn read(data: &Value) -> Option<Self> {
        Some(Self(Read::read(&data[0])?, Read::read(&data[1])?, Read::read(&data[2])?))
    }
}

/// One line of an account's history, as pages show it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EventView {
    /// When, by this machine's clock.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// How much it matters.
    pub level: Level,
    /// Whose; none for the watch itself.
    pub account: Option<String>,
    /// Why, in a few words; may be empty. Holds no secret.
    pub cause: String,
}

impl Event {
    /// The line for pages.
    pub fn view(self, account: &str) -> EventView {
        let Self(at, kind, cause) = self;
        let account = Some(account.to_owned()).filter(|id| !id.is_empty());
        EventView { at, kind, level: kind.level(), account, cause }
    }
}

/// The archive's key of an account's history; of the watch's own for the empty id.
pub fn events_key(id: &str) -> String {
    format!("events:{id}")
}

impl<P: Platform> TokenService<P> {
    /// Adds lines to an account's history and tells every open page. A history that cannot be written is no reason to fail:
    /// the token counts, not what is said about it.
    pub(super) async fn note(&self, id: &str, events: &[(EventKind, &str)]) {
        if events.is_empty() {
            return;
        }
        let now = self.platform().clock().now();
        let lines: Vec<Event> = events.iter().map(|(kind, cause)| Event(now, *kind, (*cause).to_owned())).collect();
        let _kept = self.keep(id, &lines).await;
        if events.iter().any(|(kind, _)| matches!(kind, EventKind::ReauthRequired | EventKind::Misconfigured)) {
            self.call_for_help(id).await;
        }
        for line in lines {
            let event = json::object([("kind", "token_event".into()), ("event", json::to_value(&line.view(id)))]);
            let message = json::object([("event", event)]);
            for port in self.platform().push().ports() {
                self.platform().push().post(port, &message);
            }
        }
    }

    async fn keep(&self, id: &str, lines: &[Event]) -> Result<(), StoreError> {
        let longer = |kept: Option<&str>| {
            let mut all: Vec<Event> = kept.and_then(json::from_text).unwrap_or_default();
            all.extend_from_slice(lines);
            json::to_text(&all.split_off(all.len().saturating_sub(KEPT)))
        };
        self.rewrite_archived(&events_key(id), &longer).await
    }

    /// Writes what `change` makes of a text in the archive (none: there is none yet), by compare-and-swap.
    pub(super) async fn rewrite_archived(
        &self,
        key: &str,
        change: &dyn Fn(Option<&str>) -> String,
    ) -> Result<(), StoreError> {
        let archive = self.platform().archive();
        loop {
            let record = archive.get(key).await?;
            let revision = record.as_ref().map_or(0, |record| record.revision);
            let next = change(record.as_ref().map(|record| record.value.as_str()));
            match archive.put_if(key, revision, &next).await {
                Err(StoreError::Conflict) => {}
                other => return other.map(drop),
            }
        }
    }

    /// An account's history, newest first; the watch's own for the empty id.
    pub async fn history(&self, id: &str) -> Result<Vec<EventView>> {
        let record = self.platform().archive().get(&events_key(id)).await?;
        let all: Vec<Event> = record.and_then(|record| json::from_text(&record.value)).unwrap_or_default();
        Ok(all.into_iter().rev().map(|event| event.view(id)).collect())
    }
}
