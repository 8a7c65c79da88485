//! One refresh: lock, read again, refresh, write by compare-and-swap, only then use.
//!
//! The steps hold against every rival: another page of this extension waits at the lock and finds the work done; a holder
//! that outlived its lock finds another refresh token in the record and uses that; a worker killed between the answer and the
//! write presents the same refresh token again, which servers with rotation forgive for some minutes. Only the server's own
//! refusal, of the token that is still in the record, ends a session.

use crate::error::{Action, Code, Error, Result};
use crate::oauth::client::Registration;
use crate::oauth::token_endpoint::{self, Grant, TokenError};
use crate::platform::{Clock, Http, Lock, Platform, Timestamp};
use crate::secret::Secret;
use crate::settings::policy;
use crate::tokens::account::{Account, Tokens, account_key, tokens_key};
use crate::tokens::schedule::Pace;
use crate::tokens::settle::Answered;
use crate::tokens::vault::VaultError;
use crate::tokens::{TokenService, observe, trouble};
use futures_util::future::{FutureExt as _, LocalBoxFuture};
use std::cell::Cell;

/// So many places of one account are remembered that refuse every token of it.
const REFUSED_PLACES: usize = 50;

/// Why a refresh is wanted; decides what counts as already done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its time has come: nothing is done if it is not due (any more).
    Due,
    /// The person asked while the token of this generation was shown, or it has ended: nothing is done if there is a newer one.
    NewerThan(u64),
    /// The service refused the token of this generation: nothing is done if there is a newer one.
    Refused(u64),
}

impl Reason {
    /// In the history's words.
    fn cause(self) -> &'static str {
        match self {
            Self::Due => "its time had come",
            Self::NewerThan(_) => "it was asked for",
            Self::Refused(_) => "the service refused the token",
        }
    }
}

/// What a new token is asked for with.
pub(super) enum Presented {
    /// The refresh token.
    Token(Secret),
    /// The client's own credentials; the generation that is to be replaced.
    Credentials(u64),
}

impl Presented {
    /// Whether the stored tokens are still the ones this was taken from.
    pub(super) fn is_of(&self, stored: &Tokens) -> bool {
        match self {
            Self::Token(token) => stored.refresh_token.as_ref().is_some_and(|known| known.expose() == token.expose()),
            Self::Credentials(generation) => stored.generation == *generation,
        }
    }

    fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Token(token) => Some(token),
            Self::Credentials(_) => None,
        }
    }
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
    pub fn refresh<'a>(&'a self, id: &'a str, reason: Reason) -> LocalBoxFuture<'a, Result<Tokens>> {
        Box::pin(self.refresh_in_turn(id, reason))
    }

    async fn refresh_in_turn(&self, id: &str, reason: Reason) -> Result<Tokens> {
        let asked_at = self.platform().clock().now();
        if let Reason::Refused(generation) = reason {
            self.refuse(id, generation);
        }
        let _guard = self.lock(id).await?;
        // From here on locking waits for this.
        let _asking = self.asking();
        self.check_locking()?;
        let account = self.account(id).await?;
        let pace = self.pace(&account).await;
        let (tokens, presented) = loop {
            let (tokens, revision) = self.stored_tokens_at(id).await?;
            if self.is_done(&tokens, &pace, reason) {
                self.adopt(id, &tokens).await;
                return Ok(tokens);
            }
            // It failed while this caller waited for the lock: that counts for them too, or each would ask in turn.
            let meanwhile = |at: Timestamp| asked_at < at && at <= self.platform().clock().now();
            if let Some(failed) = tokens.trouble.as_ref().filter(|known| known.failed_at.is_some_and(meanwhile)) {
                return Err(trouble::public(failed, id));
            }
            if let Some(busy) = tokens.trouble.as_ref().filter(|known| known.is_to_wait(asked_at)) {
                return Err(trouble::public(busy, id));
            }
            let Some(presented) = presented(&tokens) else {
                return Err(self.nothing_to_present(&account, tokens, revision, reason).await);
            };
            // Written before anything is sent: a store that takes no write now would lose what the server answers.
            let begun = Tokens { attempted_at: Some(self.platform().clock().now()), ..tokens.clone() };
            match self.vault().write_if(&tokens_key(id), revision, &begun).await {
                Err(VaultError::Conflict) => {}
                other => {
                    other?;
                    break (begun, presented);
                }
            }
        };
        self.ask(&Attempt { account, pace, tokens, presented, cause: reason.cause() }).boxed_local().await
    }

    /// Asks the token endpoint and writes down what it answers, under the account's lock.
    async fn ask(&self, attempt: &Attempt) -> Result<Tokens> {
        let (id, presented) = (&attempt.account.id, &attempt.presented);
        let begun = self.platform().clock().now();
        let (answer, skew) = match policy::at_use(self.platform(), &attempt.account.registration).await {
            Ok(client) => self.send(attempt, &client).boxed_local().await,
            Err(error) => (Err(error), None),
        };
        let now = self.platform().clock().now();
        let answered = Answered { answer, skew, now };
        let settled = self.settle(id, presented, &|old| self.after(attempt, &answered, old)).await?;
        let answer = answered.answer;
        self.record(attempt, &answer, &settled, now.since(begun)).await;
        match &settled.trouble {
            Some(trouble) if answer.is_err() => Err(trouble::public(trouble, id)),
            _ => Ok(settled),
        }
    }

    /// Sends the request; the answer, and by how much the server's clock is ahead (milliseconds).
    async fn send(&self, attempt: &Attempt, client: &Registration) -> (Result<Grant, TokenError>, Option<i64>) {
        let request = match &attempt.presented {
            Presented::Token(token) => token_endpoint::refresh(client, token, &attempt.account.redirect_uri),
            Presented::Credentials(_) => token_endpoint::client_credentials(client),
        };
        self.prepare(client).await;
        let answer = self.platform().http().send(request).await;
        let date = answer.as_ref().ok().and_then(|answer| answer.header("date"));
        let skew = observe::skew(date, self.platform().clock().now());
        let sent: Vec<&Secret> = attempt.presented.secret().into_iter().collect();
        (token_endpoint::judge(answer).map_err(|error| error.fit_to_show(client, &sent)), skew)
    }

    /// The service refused even a token that was fetched because it had refused the one before: for another reason then, such as
    /// a missing scope, and for what was asked for (`path`).
    pub fn refused_anyway(&self, id: &str, generation: u64, path: &str) {
        let place = path.split('?').next().unwrap_or_default().to_owned();
        let mut known = self.refused_anyway.borrow_mut();
        // The token before was given up for this refusal alone: what is known of it holds for its successor, or two such places
        // asked in turn would rotate for ever.
        let (_, mut places) = known.remove(id).filter(|(of, _)| *of + 1 >= generation).unwrap_or_default();
        places.push(place);
        places.drain(..places.len().saturating_sub(REFUSED_PLACES));
        known.insert(id.to_owned(), (generation, places));
    }

    /// Whether another new token would be refused just so.
    pub fn is_refused_anyway(&self, id: &str, generation: u64, path: &str) -> bool {
        let place = path.split('?').next().unwrap_or_default();
        let known = self.refused_anyway.borrow();
        known.get(id).is_some_and(|(of, there)| *of == generation && there.iter().any(|known| known == place))
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

    fn is_done(&self, tokens: &Tokens, pace: &Pace, reason: Reason) -> bool {
        let now = self.platform().clock().now();
        match reason {
            // Where the grant ended meanwhile nothing is due either, and there is no token.
            Reason::Due => !pace.is_due(tokens, now) && !tokens.access_token.is_empty(),
            Reason::NewerThan(seen) | Reason::Refused(seen) => tokens.generation > seen && tokens.usable(now),
        }
    }

    /// There is nothing to renew this token with. One that the service itself refused is given up, so that nobody uses it again.
    async fn nothing_to_present(&self, account: &Account, tokens: Tokens, revision: u64, reason: Reason) -> Error {
        let id = &account.id;
        let refused =
            matches!(reason, Reason::Refused(_)) && tokens.trouble.is_none() && !tokens.access_token.is_empty();
        if !refused {
            let known = tokens.trouble.as_ref().map(|known| trouble::public(known, id));
            return known.unwrap_or_else(|| trouble::sign_in_again(id, tokens.expires_at));
        }
        let found = trouble::of_refusal(&account.registration, self.platform().clock().now());
        let _writing = self.invalidate(id).await;
        let given_up = tokens.clone().without_grant(found.clone());
        // Whoever changed it meanwhile knows more; the next refusal is written then.
        if self.vault().write_if(&tokens_key(id), revision, &given_up).await.is_ok() {
            self.adopt(id, &given_up).await;
            self.given_up(id, &tokens, &found).await;
        }
        trouble::public(&found, id)
    }

    /// The account's record.
    pub async fn account(&self, id: &str) -> Result<Account> {
        let found = self.vault().read::<Account>(&account_key(id)).await?;
        found.map(|(account, _)| account).ok_or_else(no_account)
    }

    /// The account's tokens as stored.
    pub(super) async fn stored_tokens(&self, id: &str) -> Result<Tokens> {
        Ok(self.stored_tokens_at(id).await?.0)
    }

    async fn stored_tokens_at(&self, id: &str) -> Result<(Tokens, u64)> {
        self.vault().read::<Tokens>(&tokens_key(id)).await?.ok_or_else(no_account)
    }
}

/// One refresh that is being asked for.
pub(super) struct Attempt {
    pub(super) account: Account,
    pub(super) pace: Pace,
    /// As they were before.
    pub(super) tokens: Tokens,
    pub(super) presented: Presented,
    pub(super) cause: &'static str,
}

fn presented(tokens: &Tokens) -> Option<Presented> {
    match &tokens.refresh_token {
        Some(token) => Some(Presented::Token(token.clone())),
        None => tokens.by_credentials.then_some(Presented::Credentials(tokens.generation)),
    }
}

/// The error for an account that is not there.
pub fn no_account() -> Error {
    Error::new(Code::NotFound, "There is no such account any more. Reload this page.")
}
