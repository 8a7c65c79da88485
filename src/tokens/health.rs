//! The health of an account, from its tokens and the clock.

use crate::platform::Timestamp;
use crate::tokens::account::{Tokens, TroubleKind};
use crate::tokens::schedule;
use serde::Serialize;

/// How an account is doing. `expired`, `reauth_required` and `misconfigured` are called inactive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Health {
    /// The token is good.
    Fresh,
    /// It ends soon.
    Expiring,
    /// A new one is being fetched.
    Refreshing,
    /// The last attempt failed, another follows.
    Retrying,
    /// The token has ended.
    Expired,
    /// Only a new sign-in helps.
    ReauthRequired,
    /// Only new settings help.
    Misconfigured,
    /// The passphrase is needed first.
    Locked,
    /// A token that does not end, or whose end the server does not tell.
    NoExpiry,
    /// There is no token.
    SignedOut,
}

impl Health {
    /// Whether the account can do nothing until the person acts.
    pub fn is_inactive(self) -> bool {
        matches!(self, Self::Expired | Self::ReauthRequired | Self::Misconfigured)
    }
}

/// The health at `now`, leaving aside whether a refresh is under way.
pub fn of(tokens: &Tokens, now: Timestamp) -> Health {
    match tokens.trouble.as_ref().map(|trouble| trouble.kind) {
        Some(TroubleKind::DeadGrant) => return Health::ReauthRequired,
        Some(TroubleKind::Misconfigured) => return Health::Misconfigured,
        Some(TroubleKind::Passing) => return Health::Retrying,
        None => {}
    }
    match tokens.expires_at {
        _ if tokens.access_token.is_empty() => Health::SignedOut,
        None => Health::NoExpiry,
        Some(end) if now >= end && tokens.refresh_token.is_none() => Health::ReauthRequired,
        Some(end) if now >= end => Health::Expired,
        Some(end) if now >= end.before(schedule::threshold(tokens)) => Health::Expiring,
        Some(_) => Health::Fresh,
    }
}
