//! When a whole sign-in ends by itself, as far as the provider says: of disuse, or some time after it whatever is done.

use crate::oauth::client::Registration;
use crate::platform::Timestamp;
use crate::tokens::account::Tokens;
use std::time::Duration;

/// So long before the end the person is told.
pub const WARNING: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// When the refresh token ends if it is not used until then (each use starts the time anew), or ends in any case. `None` where the
/// provider does not say, and where there is no refresh token.
pub fn session_end(registration: &Registration, tokens: &Tokens) -> Option<Timestamp> {
    tokens.refresh_token.as_ref()?;
    let limits = registration.limits();
    let idle = limits.inactivity.map(|span| tokens.refreshed_at.unwrap_or(tokens.issued_at).after(span));
    let absolute = limits.absolute.and_then(|span| Some(tokens.signed_in_at?.after(span)));
    [idle, absolute, tokens.refresh_ends_at].into_iter().flatten().min()
}
