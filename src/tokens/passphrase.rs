//! The passphrase and what hangs on it, for the whole service: while locked no token is at hand and none is renewed.
//!
//! Also what a start has to look after in the vault: a change that was left undone, and records that can be read again.

use crate::error::{Action, Code, Error, Result};
use crate::few::sorted;
use crate::json;
use crate::platform::{Clock, Platform, SessionStore, Store, Timestamp};
use crate::secret::Secret;
use crate::settings::{self, Settings, policy};
use crate::tokens::TokenService;
use crate::tokens::account::{ACCOUNT_PREFIX, Account, TOKENS_PREFIX, Tokens};
use crate::tokens::journal::{EventKind, events_key};
use crate::tokens::service::session_key;
use crate::tokens::statistics::statistics_key;
use crate::tokens::vault::{LockState, SHORTEST_PASSPHRASE, VaultError};
use std::cell::Cell;
use std::time::Duration;

/// When a person last used the extension.
const USED_KEY: &str = "used";
/// How often it is looked whether the last refresh has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// No refresh begins until this is dropped.
struct Locking<'a>(&'a Cell<bool>);

impl Drop for Locking<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<P: Platform> TokenService<P> {
    /// Whether there is a passphrase, and whether it was given.
    pub async fn lock_state(&self) -> Result<LockState> {
        Ok(self.vault().lock_state().await?)
    }

    /// Seals everything under a new passphrase; `old` is the one there is, if any. Afterwards it is unlocked.
    ///
    /// Errors: `invalid_configuration` (too short), `wrong_passphrase`, `storage_failed`. After the last the passphrase may be
    /// the new one already; the rest is made up for by itself.
    pub async fn set_passphrase(&self, old: Option<&Secret>, new: &Secret) -> Result<()> {
        if new.expose().chars().count() < SHORTEST_PASSPHRASE {
            let message = format!(
                "The passphrase is too short. Choose at least {SHORTEST_PASSPHRASE} characters, and remember them: nobody can \
                 recover it."
            );
            let field = Some("passphrase".to_owned());
            return Err(Error::new(Code::InvalidConfiguration, message).with(Action::FixSettings { field }));
        }
        let _writing = self.invalidate_all().await?;
        let done = self.vault().set_passphrase(old, new).await;
        self.mark_all_changed();
        Ok(done?)
    }

    /// Seals everything with the device's key again. Errors: `forbidden` by the administrator, `wrong_passphrase`, `storage_failed`.
    pub async fn remove_passphrase(&self, passphrase: &Secret) -> Result<()> {
        if policy::read(self.platform()).await.require_passphrase == Some(true) {
            let message = "Your administrator wants a passphrase here. You can change it, but not do without.";
            return Err(Error::new(Code::Forbidden, message));
        }
        let _writing = self.invalidate_all().await?;
        let done = self.vault().remove_passphrase(passphrase).await;
        self.mark_all_changed();
        Ok(done?)
    }

    /// Takes the tokens to hand again. Error: `wrong_passphrase`.
    pub async fn unlock(&self, passphrase: &Secret) -> Result<()> {
        let _writing = self.invalidate_all().await?;
        self.vault().unlock(passphrase).await?;
        self.settings_changed();
        self.note("", &[(EventKind::Unlocked, "")]).await;
        // It is a person who has typed this.
        Ok(self.platform().session().remove(USED_KEY).await?)
    }

    /// Takes every token and the key to them out of memory. A refresh that is under way is waited for: its answer may hold the
    /// only copy of a rotated token. Nothing happens where there is no passphrase.
    pub async fn lock_vault(&self) -> Result<()> {
        let _locking = self.stop_asking().await;
        if self.lock_state().await? == LockState::None {
            return Ok(());
        }
        // A picture that cannot be marked as old is no reason to stay open.
        let _writing = self.invalidate_all().await;
        self.vault().lock().await?;
        self.close();
        self.note("", &[(EventKind::Locked, "")]).await;
        for key in self.vault().keys(TOKENS_PREFIX).await? {
            if let Some(id) = key.strip_prefix(TOKENS_PREFIX) {
                self.platform().session().remove(&session_key(id)).await?;
            }
        }
        Ok(())
    }

    /// Lets no refresh begin until the answer is dropped, and waits for those that are under way.
    async fn stop_asking(&self) -> Locking<'_> {
        self.locking.set(true);
        let locking = Locking(&self.locking);
        while self.is_asking() {
            self.platform().clock().sleep(LOOK_AGAIN).await;
        }
        locking
    }

    /// Gives up the passphrase, and with it everything that nobody can open without it: all accounts with their tokens and their
    /// history, kept providers, and what was set aside. The servers are not told. It may be killed at any step, and be asked again.
    ///
    /// Errors: `bad_request` where there is no passphrase, `storage_failed`.
    pub async fn forget_passphrase(&self) -> Result<()> {
        let _locking = self.stop_asking().await;
        if self.lock_state().await? == LockState::None {
            return Err(Error::new(
                Code::BadRequest,
                "There is no passphrase that could be forgotten. Reload this page.",
            ));
        }
        let _writing = self.invalidate_all().await?;
        self.vault().lock().await?;
        self.close();
        for id in self.all_ids().await? {
            let _guard = self.lock(&id).await?;
            self.remove(&id).await?;
        }
        self.vault().forget_sealed().await?;
        self.note("", &[(EventKind::Cleared, "the passphrase was forgotten")]).await;
        self.platform().session().remove(USED_KEY).await?;
        self.settings_changed();
        self.unprepare().await;
        Ok(())
    }

    /// Of every account of which there is any trace.
    async fn all_ids(&self) -> Result<Vec<String>> {
        let mut keys = self.vault().keys("").await?;
        keys.extend(self.platform().archive().keys("").await?);
        keys.extend(self.vault().aside().await?.into_iter().map(|(_place, was)| was));
        let prefixes = [ACCOUNT_PREFIX, TOKENS_PREFIX, &events_key(""), &statistics_key("")];
        let id_in = |key: &String| {
            let id = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix));
            // The history without an id is the watch's own.
            id.filter(|id| !id.is_empty()).map(str::to_owned)
        };
        let mut ids = sorted(keys.iter().filter_map(id_in));
        ids.dedup();
        Ok(ids)
    }

    /// Whether a refresh may not begin now.
    pub(super) fn check_locking(&self) -> Result<()> {
        if self.locking.get() { Err(VaultError::Locked.into()) } else { Ok(()) }
    }

    /// Locks after so many minutes without use; 0 is never. `used`: a person is at it at this moment. Answers when it is to be
    /// asked again.
    pub async fn lock_if_idle(&self, minutes: u32, used: bool) -> Result<Option<Timestamp>> {
        if minutes == 0 || self.lock_state().await? != LockState::Unlocked {
            return Ok(None);
        }
        let (now, session) = (self.platform().clock().now(), self.platform().session());
        let kept = session.get(USED_KEY).await?.and_then(|text| json::from_text::<Timestamp>(&text));
        // A moment still to come was written before the clock was put back.
        let last = kept.filter(|last| *last <= now);
        let end = last.unwrap_or(now).after(Duration::from_secs(60 * u64::from(minutes)));
        if end <= now {
            self.lock_vault().await?;
            return Ok(None);
        }
        if used || last.is_none() {
            session.set(USED_KEY, &json::to_text(&now)).await?;
        }
        Ok(Some(end))
    }

    /// Finishes a change of the passphrase that was left undone. To be called at every start of a worker.
    pub async fn settle_vault(&self) -> Result<()> {
        Ok(self.vault().settle().await?)
    }

    /// Finishes what was left undone, and puts back the records that can be read again, tokens before the account that makes
    /// them visible. To be called when the browser starts and after unlocking.
    pub async fn mend(&self) -> Result<()> {
        let vault = self.vault();
        vault.settle().await?;
        if self.lock_state().await? == LockState::Locked || !vault.has_aside().await? {
            return Ok(());
        }
        let tokens = vault.recover::<Tokens>(TOKENS_PREFIX).await?;
        let accounts = vault.recover::<Account>(ACCOUNT_PREFIX).await?;
        let settings = vault.recover::<Settings>(settings::KEY).await?;
        for key in tokens.iter().chain(&accounts) {
            if let Some((_, id)) = key.split_once(':') {
                self.note(id, &[(EventKind::VaultRecovered, "")]).await;
            }
        }
        if !(tokens.is_empty() && accounts.is_empty() && settings.is_empty()) {
            self.settings_changed();
        }
        Ok(())
    }

    /// Gives up the records that were set aside because they could not be read.
    pub async fn forget_damaged(&self) -> Result<()> {
        self.vault().forget_aside().await?;
        self.mark_all_changed();
        self.sweep().await
    }
}
