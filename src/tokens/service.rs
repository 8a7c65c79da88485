//! Fresh tokens for whoever asks, and the accounts they belong to.

use crate::error::{Code, Error, Result, quoted};
use crate::few::Few;
use crate::json;
use crate::platform::{Clock, Platform, SessionStore, Timestamp};
use crate::readable;
use crate::secret::Secret;
use crate::settings::{self, Settings};
use crate::tokens::account::{ACCOUNT_PREFIX, Account, Tokens, account_key, tokens_key};
use crate::tokens::marks::Marks;
use crate::tokens::refresh::Reason;
use crate::tokens::schedule::Pace;
use crate::tokens::vault::{Vault, VaultError};
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

/// An account with its tokens.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The account.
    pub account: Account,
    /// Its tokens.
    pub tokens: Tokens,
}

/// All accounts that can be read, and whether some cannot.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// In the order of their first sign-in.
    pub pairs: Vec<Pair>,
    /// Whether records were set aside because they cannot be read.
    pub unreadable: bool,
}

impl Listing {
    /// Puts a pair in its place; of those of one moment, the later comes after.
    fn add(&mut self, pair: Pair) {
        let place = self.pairs.partition_point(|known| known.account.created_at <= pair.account.created_at);
        self.pairs.insert(place, pair);
    }
}

/// The token service over a platform.
pub struct TokenService<P: Platform> {
    platform: Rc<P>,
    cache: RefCell<Few<String, AccessToken>>,
    settings: RefCell<Option<Rc<Settings>>>,
    pub(super) marks: Marks,
    pub(super) asking: Cell<u32>,
}

impl<P: Platform> TokenService<P> {
    /// The service of this platform. Reads nothing yet.
    pub fn new(platform: Rc<P>) -> Self {
        Self {
            platform,
            cache: RefCell::default(),
            settings: RefCell::default(),
            marks: Marks::default(),
            asking: Cell::new(0),
        }
    }

    /// The settings in force, read once in a worker's life and after each change.
    pub async fn settings(&self) -> Rc<Settings> {
        let known = self.settings.borrow().clone();
        if let Some(known) = known {
            return known;
        }
        let found = Rc::new(settings::in_force(self.platform()).await.settings);
        *self.settings.borrow_mut() = Some(Rc::clone(&found));
        found
    }

    /// The settings have changed: they are read again, and so is everything that depends on them.
    pub fn settings_changed(&self) {
        self.settings.take();
        self.cache.take();
        self.mark_all_changed();
    }

    /// Drops every token from memory; the next who asks finds them in the session store or the vault.
    pub fn close(&self) {
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
        let now = self.platform.clock().now();
        if let Some(known) = self.cached(id).await
            && known.holds(now)
        {
            return Ok(known);
        }
        let tokens = self.stored_tokens(id).await?;
        let pace = self.pace(&self.account(id).await?).await;
        let due = pace.is_due(&tokens, now);
        let tokens = if due || !tokens.usable(now) { self.renew_or_keep(id, tokens, now).await? } else { tokens };
        self.adopt(id, &tokens).await;
        Ok(view_of(&tokens, &pace))
    }

    async fn renew_or_keep(&self, id: &str, tokens: Tokens, now: Timestamp) -> Result<Tokens> {
        let usable = tokens.usable(now);
        // A token that has ended is worth an attempt even before the next one is due.
        let reason = if usable { Reason::Due } else { Reason::NewerThan(tokens.generation) };
        match self.refresh(id, reason).await {
            Err(_passing) if usable => Ok(tokens),
            other => other,
        }
    }

    /// All accounts, oldest first. Records that cannot be read are set aside, and said.
    pub async fn list(&self) -> Result<Listing> {
        let mut found = Listing::default();
        for key in self.vault().keys(ACCOUNT_PREFIX).await? {
            match self.read_pair(&key).await {
                Ok(Some(pair)) => found.add(pair),
                Ok(None) => {}
                Err(VaultError::Unreadable) => {
                    found.unreadable = true;
                    // If not now (no room, or another is at it), then the next time: the other accounts are there all the same.
                    let _moved = self.vault().set_aside(&key).await;
                }
                Err(other) => return Err(other.into()),
            }
        }
        found.unreadable |= self.vault().has_aside().await?;
        Ok(found)
    }

    /// One account with its tokens; `None` if it is not there or cannot be read.
    pub async fn pair(&self, id: &str) -> Option<Pair> {
        self.read_pair(&account_key(id)).await.ok().flatten()
    }

    pub(super) async fn read_pair(&self, key: &str) -> Result<Option<Pair>, VaultError> {
        let Some((account, _)) = self.vault().read::<Account>(key).await? else {
            return Ok(None);
        };
        let tokens = self.vault().read::<Tokens>(&tokens_key(&account.id)).await?;
        Ok(tokens.map(|(tokens, _)| Pair { account, tokens }))
    }

    /// Stores a new sign-in: tokens first, then the account, whose record makes it visible; so that a worker killed in
    /// between leaves nothing half-made to be seen. A known account keeps the name and the pace that the person gave it.
    pub async fn save(&self, account: &Account, tokens: &Tokens) -> Result<()> {
        let _guard = self.lock(&account.id).await?;
        let _writing = self.invalidate(&account.id).await?;
        let old = self.vault().read::<Tokens>(&tokens_key(&account.id)).await;
        let (known, revision) = match old {
            Ok(old) => old.unzip(),
            Err(VaultError::Unreadable) => {
                self.vault().set_aside(&tokens_key(&account.id)).await?;
                (None, None)
            }
            Err(other) => return Err(other.into()),
        };
        let generation = known.as_ref().map_or(0, |old| old.generation) + 1;
        let tokens = Tokens { generation, ..tokens.clone() };
        self.vault().write_if(&tokens_key(&account.id), revision.unwrap_or(0), &tokens).await?;
        self.change_account(&account.id, |known| {
            let Some(known) = known else { return Some(account.clone()) };
            let Account { created_at, label, threshold_minutes, .. } = known;
            Some(Account { created_at, label, threshold_minutes, ..account.clone() })
        })
        .await?;
        self.adopt(&account.id, &tokens).await;
        self.acquired(&account.id, known.as_ref(), &tokens).await;
        Ok(())
    }

    /// Writes what `change` makes of the account's record, by compare-and-swap; `None` leaves it as it is.
    async fn change_account(&self, id: &str, change: impl Fn(Option<Account>) -> Option<Account>) -> Result<()> {
        let key = account_key(id);
        loop {
            let (known, revision) = self.vault().read::<Account>(&key).await?.unzip();
            let Some(next) = change(known) else {
                return Ok(());
            };
            match self.vault().write_if(&key, revision.unwrap_or(0), &next).await {
                Err(VaultError::Conflict) => {}
                other => return Ok(other.map(drop)?),
            }
        }
    }

    /// Chooses one of the account's sites.
    pub async fn choose_site(&self, id: &str, site: &str) -> Result<()> {
        let account = self.account(id).await?;
        if !account.sites.iter().any(|known| known.id == site) {
            return Err(Error::new(
                Code::NotFound,
                "This account has no such site any more. Sign in again to read its sites.",
            ));
        }
        let _writing = self.invalidate(id).await?;
        self.change_account(id, |known| Some(Account { site: Some(site.to_owned()), ..known? })).await
    }

    /// Gives an account a name of the person's own (none: the one at the server) and a threshold of its own (minutes; none: the
    /// general one). Errors: `not_found`, `invalid_configuration`.
    pub async fn set_account(&self, id: &str, label: Option<String>, threshold_minutes: Option<u32>) -> Result<()> {
        self.account(id).await?;
        threshold_minutes.map_or(Ok(()), settings::check_threshold)?;
        let label = label.map(|text| quoted(&text)).filter(|text| !text.is_empty());
        let _writing = self.invalidate(id).await?;
        let change = |known: Option<Account>| Some(Account { label: label.clone(), threshold_minutes, ..known? });
        self.change_account(id, change).await?;
        // When it is due is written beside the token.
        self.cache.borrow_mut().remove(id);
        Ok(self.platform.session().remove(&session_key(id)).await?)
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
        let Ok(account) = self.account(id).await else { return };
        let fresh = view_of(tokens, &self.pace(&account).await);
        if self.knows_newer(id, tokens.generation) {
            return;
        }
        let known = self.cache.borrow_mut().insert(id.to_owned(), fresh.clone());
        if known.is_none_or(|known| known.generation != fresh.generation || known.due_at != fresh.due_at) {
            // Only a shortcut past the vault: without it the next worker reads there.
            let _cached = self.platform.session().set(&session_key(id), &json::to_text(&fresh)).await;
            if self.knows_newer(id, tokens.generation) {
                let _gone = self.platform.session().remove(&session_key(id)).await;
            }
        }
    }

    /// The skew that was measured when the token in use came; `None` if none is in use.
    pub(super) fn known_skew(&self, id: &str) -> Option<i64> {
        self.cache.borrow().get(id)?.skew_ms
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

    async fn cached(&self, id: &str) -> Option<AccessToken> {
        let known = self.cache.borrow().get(id).cloned();
        if known.is_some() {
            return known;
        }
        let text = self.platform.session().get(&session_key(id)).await.ok()??;
        let found: AccessToken = json::from_text(&text)?;
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

fn session_key(id: &str) -> String {
    format!("token:{id}")
}
