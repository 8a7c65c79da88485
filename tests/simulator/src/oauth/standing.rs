//! Whether a refresh token is still good: the one place that decides it, for the token endpoints and for tests that ask.

use super::Provider;
use super::clients::{self, Kind};
use super::grants::{Grants, Refresh};
use crate::settings::Settings;
use crate::state::seconds;

/// What a refresh token is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It gives new tokens.
    Good,
    /// It was used before, and this provider does not take it twice (any more).
    Consumed,
    /// It lay unused too long.
    Idle,
    /// Its time is over, however often it was replaced (Entra's single-page clients).
    Ended,
    /// It, or all of its grant, was revoked.
    Dead,
}

impl Refresh {
    /// What this token is worth at this moment.
    pub(crate) fn standing(&self, grants: &Grants, settings: &Settings, now: i64) -> Standing {
        let Some(grant) = grants.get(self.grant).filter(|grant| grant.alive && !self.revoked) else {
            return Standing::Dead;
        };
        if now - self.issued >= seconds(settings.refresh_idle_lifetime) {
            return Standing::Idle;
        }
        let single_page =
            clients::find(grant.provider, &grant.client).is_some_and(|known| known.kind == Kind::SinglePage);
        if single_page && now - grant.started >= seconds(settings.entra_spa_refresh_lifetime) {
            return Standing::Ended;
        }
        let taken_again = |used: i64| match grant.provider {
            Provider::Cloud => now - used <= seconds(settings.refresh_leeway),
            // Entra replaces refresh tokens without ending the old ones.
            Provider::Entra => true,
            Provider::DataCenter | Provider::Generic => false,
        };
        if self.rotated.is_none_or(taken_again) { Standing::Good } else { Standing::Consumed }
    }
}
