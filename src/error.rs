//! The one public error: a stable code, a sentence for the person, and what to do next.

use crate::platform::Timestamp;
use serde::Serialize;
use std::ops::{Deref, DerefMut};

/// What went wrong, in the words of whoever has to act on it. Features keep enums of their own with the cause; they map to
/// this at the edge of the feature, once.
///
/// In a box, because every step of every command hands a result on: the smaller it is, the less code moves it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ErrorView"))]
pub struct Error(#[cfg_attr(test, ts(inline))] Box<Said>);

/// What an error says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Said {
    /// Stable, for programs and tests. Never renamed.
    pub code: Code,
    /// One or two sentences for the person: what happened, why, what to do. Holds no secret.
    pub message: String,
    /// What the page can offer.
    pub action: Action,
}

/// The stable codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Code {
    /// The request is not one we know, or its arguments do not fit.
    BadRequest,
    /// The sender may not use this command.
    Forbidden,
    /// The account, site or issue does not exist (or is hidden from this person).
    NotFound,
    /// The form or the provider's settings are wrong.
    InvalidConfiguration,
    /// The browser has not granted access to a host.
    PermissionNeeded,
    /// The person closed the sign-in window.
    ConsentClosed,
    /// The person (or an administrator) said no.
    ConsentDenied,
    /// The sign-in did not give a token.
    AcquisitionFailed,
    /// The answer to the sign-in is not the one asked for (state or issuer differ).
    SignInMismatch,
    /// The signed-in person has no Jira site.
    NoSite,
    /// The refresh did not give a token; it will be tried again.
    RefreshFailed,
    /// Only a new sign-in helps.
    ReauthRequired,
    /// No connection, or the server did not answer in time.
    Offline,
    /// The server asked to wait.
    RateLimited,
    /// The server failed or answered something unreadable.
    ServerFailed,
    /// Jira refused the request and said why.
    Refused,
    /// The query is not JQL.
    InvalidJql,
    /// The stored data cannot be read (the key is gone, or the bytes were changed).
    VaultUnreadable,
    /// There is a passphrase, and it was not given since the browser started.
    Locked,
    /// This is not the passphrase.
    WrongPassphrase,
    /// The browser's storage failed or is full.
    StorageFailed,
    /// The work was interrupted and cannot be taken up again; ask anew.
    Interrupted,
    /// A defect of ours.
    Internal,
}

/// What the page can offer next to the sentence.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Action {
    /// Nothing but reading.
    None,
    /// Try the same again, now or not before `at`.
    Retry {
        /// Not before this moment.
        at: Option<Timestamp>,
    },
    /// Sign in again with one click.
    SignIn {
        /// The account's id.
        account: String,
        /// Scopes to ask for beside those that it has.
        scopes: Vec<String>,
    },
    /// Open the settings, at this field of the connect form.
    FixSettings {
        /// The field's name in the connect form.
        field: Option<String>,
    },
    /// Ask for the passphrase.
    Unlock,
    /// Load the page anew: it is of another version than the backend. Only the worker's script says so.
    Reload,
    /// Ask the browser for these hosts and permissions (needs a click), then repeat.
    GrantHosts {
        /// Match patterns.
        origins: Vec<String>,
        /// Names of permissions, as in the manifest.
        permissions: Vec<&'static str>,
    },
}

impl Action {
    /// Signing in again with what the account has been asked for before.
    pub fn sign_in(account: &str) -> Self {
        Self::SignIn { account: account.to_owned(), scopes: Vec::new() }
    }
}

impl Deref for Error {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Said {
        &mut self.0
    }
}

impl Error {
    /// An error with nothing to offer.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Said { code, message: message.into(), action: Action::None }))
    }

    /// The same with something to offer.
    #[must_use]
    pub fn with(mut self, action: Action) -> Self {
        self.action = action;
        self
    }
}

/// A server's own words, fit to stand in a sentence: one line of a few hundred characters, without the invisible ones that
/// control a terminal or turn the direction of text.
pub fn quoted(words: &str) -> String {
    const LONGEST: usize = 300;
    let turns =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    let visible: String =
        words.chars().take(20 * LONGEST).map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}

/// What every operation of the core answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;
