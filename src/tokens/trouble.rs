//! What the person is told when a token endpoint gives no token.

use crate::error::{Action, Code, Error};
use crate::oauth::client::{ClientAuthentication, Registration};
use crate::oauth::token_endpoint::{Passing, TokenError};
use crate::platform::Timestamp;
use crate::tokens::account::{Trouble, TroubleKind};

/// What a failed refresh leaves behind.
pub fn of_refresh(error: &TokenError, registration: &Registration) -> Trouble {
    let (kind, message) = match error {
        TokenError::DeadGrant(words) => (TroubleKind::DeadGrant, dead_grant(words, registration)),
        TokenError::Misconfigured(words) => (TroubleKind::Misconfigured, misconfigured(words, registration)),
        TokenError::Passing(why) => (TroubleKind::Passing, passing(why, registration)),
    };
    Trouble { kind, message, attempts: 1, retry_at: None, failed_at: None, not_before: None }
}

/// What the service's refusal of a token leaves behind that nothing can renew.
pub fn of_refusal(registration: &Registration, now: Timestamp) -> Trouble {
    let name = capital(registration.provider.manners().name);
    let message =
        format!("{name} does not accept this token any more, and there is nothing to renew it with. Sign in again.");
    let kind = TroubleKind::DeadGrant;
    Trouble { kind, message, attempts: 1, retry_at: None, failed_at: Some(now), not_before: None }
}

/// The public error of a trouble that stands in the way of account `id`.
pub fn public(trouble: &Trouble, id: &str) -> Error {
    let (code, action) = match trouble.kind {
        TroubleKind::DeadGrant => (Code::ReauthRequired, Action::sign_in(id)),
        TroubleKind::Misconfigured => (Code::InvalidConfiguration, Action::FixSettings { field: None }),
        TroubleKind::Passing => (Code::RefreshFailed, Action::Retry { at: trouble.retry_at }),
    };
    Error::new(code, trouble.message.clone()).with(action)
}

/// The public error of a sign-in whose code gave no token.
pub fn of_exchange(error: &TokenError, registration: &Registration) -> Error {
    let name = registration.provider.manners().name;
    match error {
        TokenError::DeadGrant(words) => Error::new(
            Code::AcquisitionFailed,
            format!(
                "{} did not accept the sign-in code ({words}): it was used or ran out. Connect again.",
                capital(name)
            ),
        )
        .with(Action::Retry { at: None }),
        TokenError::Misconfigured(words) => Error::new(Code::InvalidConfiguration, misconfigured(words, registration))
            .with(Action::FixSettings { field: Some(field_to_fix(registration).to_owned()) }),
        TokenError::Passing(why) => {
            let code = if matches!(why, Passing::Network | Passing::Timeout) {
                Code::Offline
            } else {
                Code::AcquisitionFailed
            };
            Error::new(code, passing(why, registration)).with(Action::Retry { at: None })
        }
    }
}

/// The public error when there is nothing to refresh with.
pub fn sign_in_again(id: &str, ended: Option<Timestamp>) -> Error {
    let message = match ended {
        Some(_) => "The sign-in has ended, and the server gave nothing to renew it with. Sign in again.",
        None => "This account is signed out. Sign in again.",
    };
    Error::new(Code::ReauthRequired, message).with(Action::sign_in(id))
}

fn dead_grant(words: &str, registration: &Registration) -> String {
    let name = capital(registration.provider.manners().name);
    format!("{name} ended this sign-in ({words}). Sign in again; nothing else is lost.")
}

fn misconfigured(words: &str, registration: &Registration) -> String {
    let name = capital(registration.provider.manners().name);
    let help = registration.advice(words);
    format!("{name} does not accept this app ({words}). {help}")
}

fn passing(why: &Passing, registration: &Registration) -> String {
    let name = registration.provider.manners().name;
    match why {
        Passing::Network => format!("No connection to {name}. Check the network; it is tried again by itself."),
        Passing::Timeout => format!("{} did not answer in time. It is tried again by itself.", capital(name)),
        Passing::Busy { status, .. } => {
            format!("{} is busy or has a fault (status {status}). It is tried again by itself.", capital(name))
        }
        Passing::NoSecret => {
            "Your administrator's settings no longer hold the secret of this app. Tell them; it is tried \
                              again by itself."
                .to_owned()
        }
        Passing::Unreadable { status } => format!(
            "Instead of {name}, something else answered (status {status}), perhaps a proxy or a sign-in page of your \
             network. Check the address and the network."
        ),
    }
}

fn field_to_fix(registration: &Registration) -> &'static str {
    match (&registration.authentication, registration.broker) {
        (_, true) => "broker_url",
        (ClientAuthentication::None, _) => "client_id",
        _ => "client_secret",
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
