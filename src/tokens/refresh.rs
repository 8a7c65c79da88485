//! One refresh: lock, read again, refresh, write by compare-and-swap, only then use.
//!
//! The steps hold against every rival: another page of this extension waits at the lock and finds the work done; a holder
//! that outlived its lock finds another refresh token in the record and uses that; a worker killed between the answer and the
//! write presents the same refresh token again, which servers with rotation forgive for some minutes. Only the server's own
//! refusal, of the token that is still in the record, ends a session.

use crate::error::{Action, Code, Error, Result};
use crate::oauth::client::Registration;
use crate::oauth::token_endpoint::{self, Passing, TokenError};
use crate::platform::{Clock, Http, Lock, Platform, Timestamp};
use crate::secret::Secret;
use crate::tokens::account::{Account, Tokens, Trouble, TroubleKind, account_key, tokens_key};
use crate::tokens::vault::VaultError;
use crate::tokens::{TokenService, backoff, schedule, trouble};
use std::cell::Cell;

/// Why a refresh is wanted; decides what counts as already done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its time has come: nothing is done if it is not due (any more).
    Due,
    /// The token of this generation was refused, or the person asked while it was shown: nothing is done if there is a newer
    /// one.
    NewerThan(u64),
}

/// Counts as asking until dropped.
struct Asking<'a>(&'a Cell<u32>);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl<P: Platform> TokenService<P> {
    /// Refreshes the account's tokens if the reason still holds once the lock is had. Answers the tokens in force.
    ///
    /// Errors: `refresh_failed` (tried again by itself), `reauth_required`, `invalid_configuration`, `not_found`,
    /// `storage_failed`, `vault_unreadable`.
    pub async fn refresh(&self, id: &str, reason: Reason) -> Result<Tokens> {
        let asked_at = self.platform().clock().now();
        let _guard = self.lock(id).await?;
        let account = self.account(id).await?;
        let tokens = self.stored_tokens(id).await?;
        if self.is_done(&tokens, reason) {
            self.adopt(id, &tokens).await;
            return Ok(tokens);
        }
        // It failed while this caller waited for the lock: that counts for them too, or each would ask in turn.
        let meanwhile = |at: Timestamp| asked_at < at && at <= self.platform().clock().now();
        if let Some(failed) = tokens.trouble.as_ref().filter(|known| known.failed_at.is_some_and(meanwhile)) {
            return Err(trouble::public(failed, id));
        }
        let Some(presented) = tokens.refresh_token.clone() else {
            let known = tokens.trouble.as_ref().map(|known| trouble::public(known, id));
            return Err(known.unwrap_or_else(|| trouble::sign_in_again(id, tokens.expires_at)));
        };
        let request = token_endpoint::refresh(&account.registration, &presented, &account.redirect_uri);
        let _asking = self.asking();
        let answer = token_endpoint::judge(self.platform().http().send(request).await)
            .map_err(|error| error.fit_to_show(&account.registration, &[&presented]));
        let now = self.platform().clock().now();
        let settled = match &answer {
            Ok(grant) => self.settle(id, &presented, |old| old.renewed(grant.clone(), now)).await?,
            Err(error) => {
                let found = self.trouble(&account.registration, error, tokens.trouble.as_ref(), now);
                self.settle(id, &presented, |old| with_trouble(old, found.clone())).await?
            }
        };
        match &settled.trouble {
            Some(trouble) if answer.is_err() => Err(trouble::public(trouble, id)),
            _ => Ok(settled),
        }
    }

    /// Whether an answer of a token endpoint is awaited or being written: what must not be dropped.
    pub fn is_asking(&self) -> bool {
        self.asking.get() > 0
    }

    /// Counts as asking until dropped.
    fn asking(&self) -> Asking<'_> {
        self.asking.set(self.asking.get() + 1);
        Asking(&self.asking)
    }

    /// The lock that every writer of the account's tokens holds.
    pub(super) async fn lock(&self, id: &str) -> Result<<P::Lock as Lock>::Guard> {
        self.platform().lock().acquire(&format!("refresh:{id}")).await.map_err(|_bound| {
            Error::new(Code::RefreshFailed, "Another refresh of this account does not end. Try again in a minute.")
                .with(Action::Retry { at: None })
        })
    }

    fn is_done(&self, tokens: &Tokens, reason: Reason) -> bool {
        let now = self.platform().clock().now();
        match reason {
            Reason::Due => schedule::due(tokens).is_none_or(|due| due > now),
            Reason::NewerThan(seen) => tokens.generation > seen && tokens.usable(now),
        }
    }

    /// Writes what `change` makes of the record, as long as the record still holds the refresh token that was presented;
    /// otherwise somebody else has renewed it, and theirs is in force.
    async fn settle(&self, id: &str, presented: &Secret, change: impl Fn(Tokens) -> Tokens) -> Result<Tokens> {
        let key = tokens_key(id);
        loop {
            let Some((stored, revision)) = self.vault().read::<Tokens>(&key).await? else {
                return Err(Error::new(Code::NotFound, "This account was signed out in the meantime."));
            };
            let same = stored.refresh_token.as_ref().is_some_and(|token| token.expose() == presented.expose());
            let next = if same { change(stored) } else { stored };
            if same {
                self.invalidate().await?;
                match self.vault().write_if(&key, revision, &next).await {
                    Err(VaultError::Conflict) => continue,
                    other => other?,
                };
                self.mark_changed();
            }
            self.adopt(id, &next).await;
            return Ok(next);
        }
    }

    fn trouble(&self, client: &Registration, error: &TokenError, before: Option<&Trouble>, now: Timestamp) -> Trouble {
        let mut found = Trouble { failed_at: Some(now), ..trouble::of_refresh(error, client) };
        if let TokenError::Passing(why) = error {
            let retry_after = if let Passing::Busy { retry_after, .. } = why { *retry_after } else { None };
            found.attempts = before.map_or(1, |before| before.attempts.saturating_add(1));
            found.retry_at = Some(now.after(backoff::wait(found.attempts, retry_after, self.platform().random())));
        }
        found
    }

    /// The account's record.
    pub async fn account(&self, id: &str) -> Result<Account> {
        let found = self.vault().read::<Account>(&account_key(id)).await?;
        found.map(|(account, _)| account).ok_or_else(no_account)
    }

    /// The account's tokens as stored.
    pub(super) async fn stored_tokens(&self, id: &str) -> Result<Tokens> {
        let found = self.vault().read::<Tokens>(&tokens_key(id)).await?;
        found.map(|(tokens, _)| tokens).ok_or_else(no_account)
    }
}

fn with_trouble(tokens: Tokens, trouble: Trouble) -> Tokens {
    match trouble.kind {
        TroubleKind::DeadGrant => tokens.without_grant(trouble),
        TroubleKind::Misconfigured | TroubleKind::Passing => Tokens { trouble: Some(trouble), ..tokens },
    }
}

fn no_account() -> Error {
    Error::new(Code::NotFound, "There is no such account any more. Reload this page.")
}
