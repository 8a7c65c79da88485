//! The accounts that there are: listed, stored, changed.

use crate::error::{Code, Error, Result, quoted};
use crate::platform::Platform;
use crate::settings;
use crate::tokens::TokenService;
use crate::tokens::account::{ACCOUNT_PREFIX, Account, Tokens, account_key, tokens_key};
use crate::tokens::vault::{Found, LockState, Stored, VaultError};

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
    /// Whether a newer version of us wrote some, which stay where they are.
    pub newer: bool,
    /// Locked: nothing can be read.
    pub lock: LockState,
}

impl Listing {
    /// Puts a pair in its place; of those of one moment, the later comes after.
    fn add(&mut self, pair: Pair) {
        let place = self.pairs.partition_point(|known| known.account.created_at <= pair.account.created_at);
        self.pairs.insert(place, pair);
    }
}

impl<P: Platform> TokenService<P> {
    /// All accounts, oldest first; none while locked. Records that cannot be read are set aside, and said.
    pub async fn list(&self) -> Result<Listing> {
        let vault = self.vault();
        let mut found = Listing { lock: vault.lock_state().await?, ..Listing::default() };
        let keys = vault.keys(ACCOUNT_PREFIX).await?;
        let ids = keys.iter().filter_map(|key| key.strip_prefix(ACCOUNT_PREFIX));
        let token_keys: Vec<String> = ids.map(tokens_key).collect();
        if found.lock != LockState::Locked {
            let accounts = vault.read_many::<Account>(&keys).await?;
            let tokens = vault.read_many::<Tokens>(&token_keys).await?;
            for (at, (account, tokens)) in accounts.into_iter().zip(tokens).enumerate() {
                let Some(account) = self.judge(&mut found, &keys[at], account).await? else { continue };
                let newer = matches!(tokens, Err(VaultError::Newer));
                let tokens = self.judge(&mut found, &token_keys[at], tokens).await?;
                if !newer {
                    found.add(Pair { account, tokens: tokens.unwrap_or_default() });
                }
            }
        }
        found.unreadable |= vault.has_aside().await?;
        Ok(found)
    }

    /// What was found, if it can be read. What cannot is said, and set aside unless a newer version of us wrote it.
    async fn judge<T: Stored>(&self, listing: &mut Listing, key: &str, found: Found<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => return Ok(found.map(|(value, _)| value)),
            Err(VaultError::Unreadable) => {
                listing.unreadable = true;
                // If not now (no room, or another is at it), then the next time: the other accounts are there all the same.
                let _moved = self.vault().set_aside(key).await;
            }
            Err(VaultError::Newer) => listing.newer = true,
            Err(other) => return Err(other.into()),
        }
        Ok(None)
    }

    /// One account with its tokens; `None` if it is not there or cannot be read.
    pub async fn pair(&self, id: &str) -> Option<Pair> {
        self.pair_or_fail(id).await.ok().flatten()
    }

    /// The same; an error where it may be read at another time.
    pub async fn pair_or_fail(&self, id: &str) -> Result<Option<Pair>> {
        match self.read_pair(&account_key(id)).await {
            Err(VaultError::Unreadable | VaultError::Newer) => Ok(None),
            found => Ok(found?),
        }
    }

    pub(super) async fn read_pair(&self, key: &str) -> Result<Option<Pair>, VaultError> {
        let Some((account, _)) = self.vault().read::<Account>(key).await? else {
            return Ok(None);
        };
        let tokens = match self.vault().read::<Tokens>(&tokens_key(&account.id)).await {
            // They are set aside when all accounts are listed; until then they count as gone.
            Err(VaultError::Unreadable) => None,
            found => found?,
        };
        let tokens = tokens.map(|(tokens, _)| tokens).unwrap_or_default();
        Ok(Some(Pair { account, tokens }))
    }

    /// Stores a new sign-in: tokens first, then the account, whose record makes it visible; so that a worker killed in
    /// between leaves nothing half-made to be seen. A known account keeps the name and the pace that the person gave it.
    pub async fn save(&self, account: &Account, tokens: &Tokens) -> Result<()> {
        let _guard = self.lock(&account.id).await?;
        let _writing = self.invalidate(&account.id).await?;
        let (known, tokens) = self.save_tokens(&account.id, tokens).await?;
        self.change_account(&account.id, &|known| {
            let Some(known) = known else { return Some(account.clone()) };
            let Account { created_at, label, threshold_minutes, .. } = known;
            Some(Account { created_at, label, threshold_minutes, ..account.clone() })
        })
        .await?;
        // Whatever is in memory, be it the mark of an account whose tokens were removed: these count now.
        let _put_away = self.put_away(&account.id).await;
        self.adopt(&account.id, &tokens).await;
        self.acquired(&account.id, known.as_ref(), &tokens).await;
        Ok(())
    }

    /// Writes tokens in the place of those that are there; answers both. Who else writes there (a clock that was set, a new
    /// passphrase) does not cost a sign-in, whose code is used up.
    async fn save_tokens(&self, id: &str, tokens: &Tokens) -> Result<(Option<Tokens>, Tokens)> {
        let key = tokens_key(id);
        loop {
            let (known, revision) = match self.vault().read::<Tokens>(&key).await {
                Ok(old) => old.unzip(),
                Err(VaultError::Unreadable) => {
                    self.vault().set_aside(&key).await?;
                    (None, None)
                }
                Err(other) => return Err(other.into()),
            };
            let generation = known.as_ref().map_or(0, |old| old.generation) + 1;
            let tokens = Tokens { generation, ..tokens.clone() };
            match self.vault().write_if(&key, revision.unwrap_or(0), &tokens).await {
                Err(VaultError::Conflict) => {}
                other => return Ok(other.map(|_revision| (known, tokens))?),
            }
        }
    }

    /// Writes what `change` makes of the account's record, by compare-and-swap; `None` leaves it as it is.
    async fn change_account(&self, id: &str, change: &dyn Fn(Option<Account>) -> Option<Account>) -> Result<()> {
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
        self.change_account(id, &|known| Some(Account { site: Some(site.to_owned()), ..known? })).await
    }

    /// Gives an account a name of the person's own (none: the one at the server) and a threshold of its own (minutes; none: the
    /// general one). Errors: `not_found`, `invalid_configuration`.
    pub async fn set_account(&self, id: &str, label: Option<String>, threshold_minutes: Option<u32>) -> Result<()> {
        self.account(id).await?;
        threshold_minutes.map_or(Ok(()), settings::check_threshold)?;
        let label = label.map(|text| quoted(&text)).filter(|text| !text.is_empty());
        let _writing = self.invalidate(id).await?;
        let change = |known: Option<Account>| Some(Account { label: label.clone(), threshold_minutes, ..known? });
        self.change_account(id, &change).await?;
        self.put_away(id).await
    }
}
