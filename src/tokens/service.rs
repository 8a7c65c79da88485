//! Fresh tokens for whoever asks, and the accounts they belong to.

use crate::error::{Error, Result};
use crate::few::Few;
use crate::jira::traffic::Traffic;
use crate::json;
use crate::platform::{Clock, Platform, SessionStore, Timestamp};
use crate::readable;
use crate::secret::Secret;
use crate::settings::{self, Settings};
use crate::tokens::account::{Account, Tokens};
use crate::tokens::accounts::Pair;
use crate::tokens::flight::Flights;
use crate::tokens::marks::Marks;
use crate::tokens::refresh::Reason;
use crate::tokens::schedule::Pace;
use crate::tokens::vault::Vault;
use crate::tokens::{schedule, trouble};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// An access token to use now.
#[derive(Clone, Debug, Serialize)]
pub struct AccessToken {
    /// The token.
    pub secret: Secret,
    /// Which one it is; goes into [`Reason::NewerThan`] if the server refuses it.
    pub generation: u64,
    /// When it ends, if known.
    pub expires_at: Option<Timestamp>,
    /// From here on a newer one is fetched before use.
    due_at: Option<Timestamp>,
    /// Before this the clock is known to have been put back, and says nothing about the token's end.
    issued_at: Timestamp,
    /// See [`Tokens::skew_ms`].
    skew_ms: Option<i64>,
}

readable!(AccessToken { secret, generation, expires_at, due_at, issued_at, skew_ms });

impl AccessToken {
    /// The mark of an account that was signed out: of no use, and newer than every token.
    fn gone() -> Self {
        let (secret, never) = (Secret::default(), Timestamp(i64::MIN));
        Self { secret, generation: u64::MAX, expires_at: None, due_at: Some(never), issued_at: never, skew_ms: None }
    }

    fn holds(&self, now: Timestamp) -> bool {
        now >= self.issued_at.before(schedule::PUT_BACK)
            && self.due_at.is_none_or(|due| now < due)
            && self.expires_at.is_none_or(|end| now < end)
    }
}

/// The token service over a platform.
pub struct TokenService<P: Platform> {
    platform: Rc<P>,
    cache: RefCell<Few<String, AccessToken>>,
    /// One more whenever everything in memory was dropped: what was read before that is not to come back.
    dropped: Cell<u64>,
    settings: RefCell<Option<Rc<Settings>>>,
    flights: Flights<AccessToken>,
    /// By account: the generation of a token that the service refused although it was new, and for which places.
    pub(super) refused_anyway: RefCell<Few<String, (u64, Vec<String>)>>,
    pub(super) marks: Marks,
    pub(super) asking: Cell<u32>,
    /// Whether this worker has told the browser the header rules.
    pub(super) prepared: Cell<bool>,
    /// Whether it is about to be locked.
    pub(super) locking: Cell<bool>,
    /// What the service's limits leave to those who use the tokens.
    traffic: Traffic,
}

impl<P: Platform> TokenService<P> {
    /// The service of this platform. Reads nothing yet.
    pub fn new(platform: Rc<P>) -> Self {
        Self {
            platform,
            cache: RefCell::default(),
            dropped: Cell::new(0),
            settings: RefCell::default(),
            flights: Flights::default(),
            refused_anyway: RefCell::default(),
            marks: Marks::default(),
            asking: Cell::new(0),
            prepared: Cell::new(false),
            locking: Cell::new(false),
            traffic: Traffic::default(),
        }
    }

    /// What Jira's limits leave to all who use these tokens.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// The settings in force, read once in a worker's life and after each change.
    pub async fn settings(&self) -> Rc<Settings> {
        let known = self.settings.borrow().clone();
        if let Some(known) = known {
            return known;
        }
        let dropped = self.dropped.get();
        let found = Rc::new(settings::in_force(self.platform()).await.settings);
        if self.dropped.get() == dropped {
            *self.settings.borrow_mut() = Some(Rc::clone(&found));
        }
        found
    }

    /// The settings have changed: they are read again, and so is everything that depends on them.
    pub fn settings_changed(&self) {
        self.settings.take();
        self.close();
    }

    /// Drops every token from memory; the next who asks finds them in the session store or the vault.
    pub fn close(&self) {
        self.dropped.set(self.dropped.get() + 1);
        self.cache.take();
        self.mark_all_changed();
    }

    /// How early and how often this account's token is renewed.
    pub async fn pace(&self, account: &Account) -> Pace {
        Pace::of(&*self.settings().await, account)
    }

    /// An access token that can be used now: from memory, from the session store, from the vault, or by a refresh.
    ///
    /// A refresh that is due but fails in passing is no error while the old token still holds. Errors: as for
    /// [`TokenService::refresh`].
    pub async fn access_token(&self, id: &str) -> Result<AccessToken> {
        let cached = self.cached(id).await;
        // The machine may have slept while it was read.
        let now = self.platform.clock().now();
        if let Some(known) = cached.filter(|known| known.holds(now)) {
            return Ok(known);
        }
        self.flights.share(id, async || self.fetch(id).await).await
    }

    async fn fetch(&self, id: &str) -> Result<AccessToken> {
        let tokens = self.stored_tokens(id).await?;
        let pace = self.pace(&self.account(id).await?).await;
        let now = self.platform.clock().now();
        let due = pace.is_due(&tokens, now);
        let usable = tokens.usable(now) && !self.is_refused(id, tokens.generation);
        let wait = tokens.trouble.as_ref().filter(|known| known.is_settled(pace.check_interval, now));
        if let Some(known) = wait.filter(|_| !usable) {
            return Err(trouble::public(known, id));
        }
        let tokens = if due || !usable { self.renew_or_keep(id, tokens, (now, usable)).await? } else { tokens };
        self.adopt(id, &tokens).await;
        Ok(view_of(&tokens, &pace))
    }

    async fn renew_or_keep(&self, id: &str, tokens: Tokens, (now, usable): (Timestamp, bool)) -> Result<Tokens> {
        // A token that has ended is worth an attempt even before the next one is due.
        let reason = if usable { Reason::Due } else { Reason::NewerThan(tokens.generation) };
        match self.refresh(id, reason).await {
            // A failure in passing leaves the token in the vault; the end of the grant, which somebody else may have met
            // meanwhile, does not.
            Err(error) if usable => self.stored_tokens(id).await.ok().filter(|kept| kept.usable(now)).ok_or(error),
            other => other,
        }
    }

    /// The generation of the account's tokens as stored.
    pub async fn generation(&self, id: &str) -> Result<u64> {
        Ok(self.stored_tokens(id).await?.generation)
    }

    /// Takes tokens that are in the vault into use.
    pub(super) async fn adopt(&self, id: &str, tokens: &Tokens) {
        if self.knows_newer(id, tokens.generation) {
            return;
        }
        if tokens.access_token.is_empty() {
            self.cache.borrow_mut().remove(id);
            // A failure leaves a token the server refuses by now; the vault is what counts.
            let _gone = self.platform.session().remove(&session_key(id)).await;
            return;
        }
        let dropped = self.dropped.get();
        let Ok(account) = self.account(id).await else { return };
        let fresh = view_of(tokens, &self.pace(&account).await);
        let is_over = self.knows_newer(id, tokens.generation) || self.is_refused(id, tokens.generation);
        if is_over || self.dropped.get() != dropped {
            return;
        }
        let known = self.cache.borrow_mut().insert(id.to_owned(), fresh.clone());
        if known.is_none_or(|known| known.generation != fresh.generation || known.due_at != fresh.due_at) {
            // Only a shortcut past the vault: without it the next worker reads there.
            let _cached = self.platform.session().set(&session_key(id), &json::to_text(&fresh)).await;
            if self.knows_newer(id, tokens.generation) || self.dropped.get() != dropped {
                let _gone = self.platform.session().remove(&session_key(id)).await;
            }
        }
    }

    /// The skew that was measured when the token in use came; `None` if none is in use.
    pub(super) fn known_skew(&self, id: &str) -> Option<i64> {
        self.cache.borrow().get(id)?.skew_ms
    }

    /// The service refused the token of this generation: nobody in this worker uses it again, also who asks while it is renewed.
    /// Another worker that finds it in the session store learns it by a refusal of its own.
    pub(super) fn refuse(&self, id: &str, generation: u64) {
        let known = self.cache.borrow().get(id).filter(|known| known.generation == generation).cloned();
        if let Some(known) = known {
            let refused = AccessToken { due_at: AccessToken::gone().due_at, ..known };
            self.cache.borrow_mut().insert(id.to_owned(), refused);
        }
    }

    fn is_refused(&self, id: &str, generation: u64) -> bool {
        let never = AccessToken::gone().due_at;
        self.cache.borrow().get(id).is_some_and(|known| known.generation == generation && known.due_at == never)
    }

    fn knows_newer(&self, id: &str, generation: u64) -> bool {
        self.cache.borrow().get(id).is_some_and(|known| known.generation > generation)
    }

    /// Takes the tokens of an account that is signed out from use.
    pub(super) async fn forget(&self, id: &str) -> Result<()> {
        // Newer than any token: whoever has read the vault before this does not bring the token back.
        self.cache.borrow_mut().insert(id.to_owned(), AccessToken::gone());
        Ok(self.platform.session().remove(&session_key(id)).await?)
    }

    /// Has the next who asks read the vault: when a token is due, which is written beside it, has changed.
    pub(super) async fn put_away(&self, id: &str) -> Result<()> {
        self.cache.borrow_mut().remove(id);
        Ok(self.platform.session().remove(&session_key(id)).await?)
    }

    async fn cached(&self, id: &str) -> Option<AccessToken> {
        let known = self.cache.borrow().get(id).cloned();
        if known.is_some() {
            return known;
        }
        let dropped = self.dropped.get();
        let text = self.platform.session().get(&session_key(id)).await.ok()??;
        let found: AccessToken = json::from_text(&text).filter(|_| self.dropped.get() == dropped)?;
        let mut cache = self.cache.borrow_mut();
        if let Some(faster) = cache.get(id) {
            return Some(faster.clone());
        }
        cache.insert(id.to_owned(), found.clone());
        Some(found)
    }

    pub(super) fn vault(&self) -> Vault<'_, P> {
        Vault::new(&*self.platform)
    }

    pub(super) fn platform(&self) -> &P {
        &self.platform
    }

    /// The error for an account that only a new sign-in can help; `None` if something else can be done.
    pub fn needs_sign_in(pair: &Pair, now: Timestamp) -> Option<Error> {
        let Pair { account, tokens } = pair;
        match &tokens.trouble {
            Some(known) => Some(trouble::public(known, &account.id)),
            None if tokens.usable(now) || tokens.refresh_token.is_some() => None,
            None => Some(trouble::sign_in_again(&account.id, tokens.expires_at)),
        }
    }
}

fn view_of(tokens: &Tokens, pace: &Pace) -> AccessToken {
    AccessToken {
        secret: tokens.access_token.clone(),
        generation: tokens.generation,
        expires_at: tokens.expires_at,
        due_at: pace.due(tokens),
        issued_at: tokens.issued_at,
        skew_ms: tokens.skew_ms,
    }
}

pub(super) fn session_key(id: &str) -> String {
    format!("token:{id}")
}
