//! Fresh tokens for whoever asks, and the accounts they belong to.

use crate::error::{Code, Error, Result};
use crate::few::Few;
use crate::json;
use crate::platform::{Clock, Platform, SessionStore, Timestamp};
use crate::readable;
use crate::secret::Secret;
use crate::tokens::account::{ACCOUNT_PREFIX, Account, Tokens, account_key, tokens_key};
use crate::tokens::refresh::Reason;
use crate::tokens::vault::{Vault, VaultError};
use crate::tokens::{schedule, trouble};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Where the token-free picture of all accounts is kept for the first paint; see [`crate::app`].
pub const SNAPSHOT_KEY: &str = "snapshot";

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
}

readable!(AccessToken { secret, generation, expires_at, due_at });

impl AccessToken {
    /// The mark of an account that was signed out: of no use, and newer than every token.
    fn gone() -> Self {
        Self { secret: Secret::default(), generation: u64::MAX, expires_at: None, due_at: Some(Timestamp(i64::MIN)) }
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
    changed: Cell<bool>,
    pub(super) asking: Cell<u32>,
}

impl<P: Platform> TokenService<P> {
    /// The service of this platform. Reads nothing yet.
    pub fn new(platform: Rc<P>) -> Self {
        Self { platform, cache: RefCell::default(), changed: Cell::new(false), asking: Cell::new(0) }
    }

    /// An access token that can be used now: from memory, from the session store, from the vault, or by a refresh.
    ///
    /// A refresh that is due but fails in passing is no error while the old token still holds. Errors: as for
    /// [`TokenService::refresh`].
    pub async fn access_token(&self, id: &str) -> Result<AccessToken> {
        let now = self.platform.clock().now();
        if let Some(known) = self.cached(id).await
            && known.due_at.is_none_or(|due| now < due)
            && known.expires_at.is_none_or(|end| now < end)
        {
            return Ok(known);
        }
        let tokens = self.stored_tokens(id).await?;
        let due = schedule::due(&tokens).is_some_and(|due| due <= now);
        let tokens = if due || !tokens.usable(now) { self.renew_or_keep(id, tokens, now).await? } else { tokens };
        self.adopt(id, &tokens).await;
        Ok(view_of(&tokens))
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

    pub(super) async fn read_pair(&self, key: &str) -> Result<Option<Pair>, VaultError> {
        let Some((account, _)) = self.vault().read::<Account>(key).await? else {
            return Ok(None);
        };
        let tokens = self.vault().read::<Tokens>(&tokens_key(&account.id)).await?;
        Ok(tokens.map(|(tokens, _)| Pair { account, tokens }))
    }

    /// Stores a new sign-in: tokens first, then the account, whose record makes it visible; so that a worker killed in
    /// between leaves nothing half-made to be seen.
    pub async fn save(&self, account: &Account, tokens: &Tokens) -> Result<()> {
        let _guard = self.lock(&account.id).await?;
        self.invalidate().await?;
        let old = self.vault().read::<Tokens>(&tokens_key(&account.id)).await;
        let (generation, revision) = match old {
            Ok(old) => old.map_or((0, 0), |(old, revision)| (old.generation, revision)),
            Err(VaultError::Unreadable) => {
                self.vault().set_aside(&tokens_key(&account.id)).await?;
                (0, 0)
            }
            Err(other) => return Err(other.into()),
        };
        let tokens = Tokens { generation: generation + 1, ..tokens.clone() };
        self.vault().write_if(&tokens_key(&account.id), revision, &tokens).await?;
        self.change_account(&account.id, |known| {
            let created_at = known.map_or(account.created_at, |known| known.created_at);
            Some(Account { created_at, ..account.clone() })
        })
        .await?;
        self.vault().forget_aside().await?;
        self.adopt(&account.id, &tokens).await;
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
                other => {
                    self.mark_changed();
                    return Ok(other.map(drop)?);
                }
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
        self.invalidate().await?;
        self.change_account(id, |known| Some(Account { site: Some(site.to_owned()), ..known? })).await
    }

    /// The generation of the account's tokens as stored.
    pub async fn generation(&self, id: &str) -> Result<u64> {
        Ok(self.stored_tokens(id).await?.generation)
    }

    /// Whether anything about the accounts has changed since the last time this was asked.
    pub fn take_changed(&self) -> bool {
        self.changed.replace(false)
    }

    /// Has the accounts shown anew. Said once more after a write: another request may have shown what was there before it.
    pub fn mark_changed(&self) {
        self.changed.set(true);
    }

    /// Removes the picture that the first paint uses, before a record is written: a worker killed right after the write then
    /// leaves none rather than an old one.
    pub(super) async fn invalidate(&self) -> Result<()> {
        self.changed.set(true);
        Ok(self.platform.session().remove(SNAPSHOT_KEY).await?)
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
        let fresh = view_of(tokens);
        let known = self.cache.borrow_mut().insert(id.to_owned(), fresh.clone());
        if known.is_none_or(|known| known.generation != fresh.generation || known.due_at != fresh.due_at) {
            // Only a shortcut past the vault: without it the next worker reads there.
            let _cached = self.platform.session().set(&session_key(id), &json::to_text(&fresh)).await;
            if self.knows_newer(id, tokens.generation) {
                let _gone = self.platform.session().remove(&session_key(id)).await;
            }
        }
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

fn view_of(tokens: &Tokens) -> AccessToken {
    AccessToken {
        secret: tokens.access_token.clone(),
        generation: tokens.generation,
        expires_at: tokens.expires_at,
        due_at: schedule::due(tokens),
    }
}

fn session_key(id: &str) -> String {
    format!("token:{id}")
}
