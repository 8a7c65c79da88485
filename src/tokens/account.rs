//! An account: one sign-in at one provider, with its sites; and its tokens, in a record of their own.

use crate::oauth::client::Registration;
use crate::oauth::token_endpoint::Grant;
use crate::platform::Timestamp;
use crate::readable;
use crate::secret::Secret;
use crate::tokens::vault::{LONG, Stored};
use serde::Serialize;
use std::time::Duration;

/// A Jira site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SiteView"))]
pub struct Site {
    /// Cloud: the cloudId. Data Center: the base address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address in the browser, without a slash at the end.
    pub url: String,
}

readable!(Site { id, name, url });

/// Who signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The provider's id for the person; empty where it does not tell.
    pub id: String,
    /// The display name; empty where it does not tell.
    pub name: String,
    /// The e-mail address, where visible.
    pub email: Option<String>,
    /// Where the picture is.
    pub avatar_url: Option<String>,
    /// Jira Data Center's own name for the person, which its queries want instead of the id.
    pub username: Option<String>,
}

impl Identity {
    /// The person as a value in a query; empty where nothing is known.
    pub fn in_queries(&self) -> &str {
        self.username.as_deref().unwrap_or(&self.id)
    }
}

readable!(Identity { id, name, email, avatar_url; username });

/// One sign-in. Record key `account:<id>`.
///
/// Before changing this: a new field goes behind the semicolon of its `readable!`, which makes it optional; anything else needs a new version and a step in `upgrade`.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// Random, ours.
    pub id: String,
    /// The server and the client.
    pub registration: Registration,
    /// Who signed in.
    pub identity: Identity,
    /// The person's Jira sites; empty for other servers.
    pub sites: Vec<Site>,
    /// The chosen site's id.
    pub site: Option<String>,
    /// Where the person is sent back to; some servers want it again on refresh.
    pub redirect_uri: String,
    /// The first sign-in.
    pub created_at: Timestamp,
    /// The person's own name for it.
    pub label: Option<String>,
    /// Minutes before its end at which its token counts as expiring, where that differs from the general setting.
    pub threshold_minutes: Option<u32>,
}

readable!(Account { id, registration, identity, sites, site, redirect_uri, created_at; label, threshold_minutes });

impl Stored for Account {
    const VERSION: u32 = 1;
}

impl Account {
    /// The chosen site; the first where the choice is gone.
    pub fn chosen_site(&self) -> Option<&Site> {
        let chosen = self.sites.iter().find(|site| Some(&site.id) == self.site.as_ref());
        chosen.or_else(|| self.sites.first())
    }
}

/// An account's tokens. Record key `tokens:<id>`.
///
/// The default is that of an account whose tokens are lost.
///
/// Before changing this: as for [`Account`].
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tokens {
    /// The access token; empty after the grant has died.
    pub access_token: Secret,
    /// The refresh token, if the server gives any and it is not known to be void.
    pub refresh_token: Option<Secret>,
    /// What was granted.
    pub scopes: Vec<String>,
    /// When the access token came, by this machine's clock.
    pub issued_at: Timestamp,
    /// When it ends, by this machine's clock: the moment of receipt and the lifetime, so that the server's clock does not
    /// matter. `None` if the server does not say.
    pub expires_at: Option<Timestamp>,
    /// One more with each new access token: how a caller knows that somebody else renewed it.
    pub generation: u64,
    /// The last successful refresh.
    pub refreshed_at: Option<Timestamp>,
    /// What stands in the way of a fresh token.
    pub trouble: Option<Trouble>,
    /// When a refresh was last begun. Written before the request is sent: what cannot be written now could not be kept either.
    /// Without trouble, and at another moment than the token came: nobody lived to write down how it ended.
    pub attempted_at: Option<Timestamp>,
    /// The server's clock when the access token came, less this machine's, in milliseconds.
    pub skew_ms: Option<i64>,
    /// When the person signed in: where a session ends some time after that, whatever is done.
    pub signed_in_at: Option<Timestamp>,
    /// When the refresh token ends, where the server says so.
    pub refresh_ends_at: Option<Timestamp>,
    /// Whether a new token is had by the client's own credentials, without a person and without a refresh token.
    pub by_credentials: bool,
}

readable!(Tokens {
    access_token, refresh_token, scopes, issued_at, expires_at, generation, refreshed_at, trouble;
    attempted_at, skew_ms, signed_in_at, refresh_ends_at, by_credentials
});

impl Stored for Tokens {
    const VERSION: u32 = 1;
}

/// What stands in the way of a fresh token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// What follows from it.
    pub kind: TroubleKind,
    /// A sentence for the person, without secrets.
    pub message: String,
    /// How many attempts failed in a row.
    pub attempts: u32,
    /// The next attempt, if there is to be one.
    pub retry_at: Option<Timestamp>,
    /// When the last attempt failed.
    pub failed_at: Option<Timestamp>,
    /// The server asked not to come back before this moment.
    pub not_before: Option<Timestamp>,
}

readable!(Trouble { kind, message, attempts, retry_at; failed_at, not_before });

impl Trouble {
    /// Whether the server has refused the app itself less than `interval` ago: who merely asks for a token is told so without
    /// asking the server again (CHECKLISTS D23). A clock that was put back behind the failure says nothing.
    pub fn is_settled(&self, interval: Duration, now: Timestamp) -> bool {
        let lately = |at: Timestamp| at <= now && now < at.after(interval);
        self.kind == TroubleKind::Misconfigured && self.failed_at.is_some_and(lately)
    }

    /// Whether the server's wish to be left alone still holds. A clock that was put back behind the failure says nothing.
    pub fn is_to_wait(&self, now: Timestamp) -> bool {
        let known = self.failed_at.is_some_and(|at| now >= at);
        known && self.not_before.is_some_and(|moment| now < moment)
    }
}

/// What follows from a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// It is tried again.
    Passing,
    /// Only a new sign-in helps.
    DeadGrant,
    /// Only new settings help.
    Misconfigured,
}

readable!(TroubleKind: Passing "passing", DeadGrant "dead_grant", Misconfigured "misconfigured");

impl Tokens {
    /// Tokens of a new sign-in. `asked` are the scopes asked for, which are the granted ones where the server is silent.
    pub fn first(grant: Grant, asked: &[String], now: Timestamp) -> Self {
        Self {
            expires_at: grant.expires_in.map(|lifetime| now.after(lifetime)),
            refresh_ends_at: grant.refresh_expires_in.map(|span| now.after(span)),
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            scopes: grant.scopes.unwrap_or_else(|| asked.to_vec()),
            issued_at: now,
            generation: 1,
            refreshed_at: None,
            trouble: None,
            attempted_at: None,
            skew_ms: None,
            signed_in_at: Some(now),
            by_credentials: false,
        }
    }

    /// Tokens after a refresh that was asked for at this moment: an answer without a refresh token leaves the old one in place
    /// (RFC 6749 §6).
    #[must_use]
    pub fn renewed(self, grant: Grant, asked_at: Timestamp) -> Self {
        let refresh_token = grant.refresh_token.clone().or(self.refresh_token);
        let told = grant.refresh_expires_in.map(|span| asked_at.after(span));
        let refresh_ends_at = if grant.refresh_token.is_some() { told } else { told.or(self.refresh_ends_at) };
        let Self { generation, signed_in_at, by_credentials, .. } = self;
        let kept = Self::first(grant, &self.scopes, asked_at);
        Self {
            refresh_token,
            generation: generation + 1,
            refreshed_at: Some(asked_at),
            attempted_at: Some(asked_at),
            signed_in_at,
            refresh_ends_at,
            by_credentials,
            ..kept
        }
    }

    /// The same tokens after the machine's clock was found to be so far behind the server's (milliseconds; negative: ahead). Their
    /// moments move with the clock, so that they still mean the same.
    #[must_use]
    pub fn with_skew(mut self, skew_ms: i64) -> Self {
        if let Some(known) = self.skew_ms.replace(skew_ms) {
            let by = known.saturating_sub(skew_ms);
            let others = [
                &mut self.expires_at,
                &mut self.signed_in_at,
                &mut self.refreshed_at,
                &mut self.attempted_at,
                &mut self.refresh_ends_at,
            ];
            for moment in others.into_iter().flatten().chain([&mut self.issued_at]) {
                moment.0 = moment.0.saturating_add(by);
            }
        }
        self
    }

    /// Tokens after they were removed here: the account stays, without any.
    #[must_use]
    pub fn cleared(self) -> Self {
        Self { access_token: Secret::default(), refresh_token: None, trouble: None, expires_at: None, ..self }
    }

    /// Whether there is something to get a new token with.
    pub fn is_renewable(&self) -> bool {
        self.refresh_token.is_some() || self.by_credentials
    }

    /// Tokens after the server called the grant dead: the pair is dropped, the account stays (CHECKLISTS D12).
    #[must_use]
    pub fn without_grant(self, trouble: Trouble) -> Self {
        Self { access_token: Secret::default(), refresh_token: None, trouble: Some(trouble), ..self }
    }

    /// Whether the access token can be used at `now`.
    pub fn usable(&self, now: Timestamp) -> bool {
        !self.access_token.is_empty() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// The record key of an account.
pub fn account_key(id: &str) -> String {
    format!("{ACCOUNT_PREFIX}{id}")
}

/// The record key of an account's tokens.
pub fn tokens_key(id: &str) -> String {
    format!("{TOKENS_PREFIX}{id}")
}

/// What the keys begin with under which the archive holds the names of the account's sites: `names:<account>:<site>:<kind>`.
pub fn names_key(id: &str) -> String {
    if id.is_empty() { "names:".to_owned() } else { format!("names:{id}:") }
}

/// What the keys of an account's sealed records in the archive begin with: conversations and answers.
pub fn long_key(id: &str) -> String {
    format!("{LONG}{id}:")
}

/// What the keys begin with under which the archive holds the plans of an account, and how far they are.
pub fn doing_key(id: &str) -> String {
    format!("doing:{id}:")
}

/// What all account keys begin with.
pub const ACCOUNT_PREFIX: &str = "account:";
/// What all tokens keys begin with.
pub const TOKENS_PREFIX: &str = "tokens:";
