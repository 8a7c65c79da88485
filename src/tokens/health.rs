//! The health of an account: a state machine. The states and what leads from one to the other are in the table of `health.md`,
//! which the tests hold against [`transition`], arrow by arrow.
#![doc = include_str!("health.md")]

use crate::platform::Timestamp;
use crate::tokens::account::{Tokens, TroubleKind};
use crate::tokens::schedule::Pace;
use serde::Serialize;

#[cfg(test)]
mod tests;

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
    /// The token has ended, and can be renewed.
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

/// What can happen to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A token came that ends.
    Acquired,
    /// A token came that does not end.
    AcquiredForGood,
    /// The threshold before the token's end was passed.
    NearEnd,
    /// The token ended, and there is something to renew it with.
    Ended,
    /// The token ended, and there is nothing to renew it with.
    EndedForGood,
    /// A refresh began.
    RefreshBegan,
    /// It gave no token; another attempt may.
    RefreshFailed,
    /// The server called the grant void.
    GrantDied,
    /// The server does not accept the app.
    AppRefused,
    /// The tokens were removed here.
    Cleared,
    /// The passphrase is needed from now on.
    Locked,
}

impl Health {
    /// Whether the account can do nothing until the person acts.
    pub fn is_inactive(self) -> bool {
        matches!(self, Self::Expired | Self::ReauthRequired | Self::Misconfigured)
    }
}

/// The one transition function: the state after `happening` in `state`. What means nothing in a state leaves it as it is.
pub fn transition(state: Health, happening: Happening) -> Health {
    use Health as S;
    match (state, happening) {
        (_, Happening::Acquired) => S::Fresh,
        (_, Happening::AcquiredForGood) => S::NoExpiry,
        (_, Happening::Cleared) => S::SignedOut,
        (S::SignedOut | S::Locked, _) if happening != Happening::Locked => state,
        (S::SignedOut, _) => S::SignedOut,
        (_, Happening::Locked) => S::Locked,
        (_, Happening::GrantDied) => S::ReauthRequired,
        (_, Happening::AppRefused) => S::Misconfigured,
        (S::Fresh, Happening::NearEnd) => S::Expiring,
        (S::Fresh | S::Expiring, Happening::Ended) => S::Expired,
        (S::Fresh | S::Expiring | S::Retrying | S::Expired, Happening::EndedForGood) => S::ReauthRequired,
        (S::ReauthRequired | S::Misconfigured, Happening::RefreshFailed) => state,
        (_, Happening::RefreshBegan) => S::Refreshing,
        (_, Happening::RefreshFailed) => S::Retrying,
        _ => state,
    }
}

/// The health at `now`, leaving aside whether a refresh is under way: what the record tells has happened, and what the clock
/// tells, one after the other.
pub fn of(tokens: &Tokens, pace: &Pace, now: Timestamp) -> Health {
    let mut state = Health::SignedOut;
    let mut happened = |happening| state = transition(state, happening);
    if !tokens.access_token.is_empty() || tokens.trouble.is_some() {
        let for_good = tokens.expires_at.is_none();
        happened(if for_good { Happening::AcquiredForGood } else { Happening::Acquired });
    }
    match tokens.trouble.as_ref().map(|trouble| trouble.kind) {
        Some(TroubleKind::DeadGrant) => happened(Happening::GrantDied),
        Some(TroubleKind::Misconfigured) => happened(Happening::AppRefused),
        Some(TroubleKind::Passing) => happened(Happening::RefreshFailed),
        None => {}
    }
    if let Some(end) = tokens.expires_at {
        if now >= end.before(pace.threshold(tokens)) {
            happened(Happening::NearEnd);
        }
        if now >= end {
            happened(if tokens.is_renewable() { Happening::Ended } else { Happening::EndedForGood });
        }
    }
    state
}
