//! The passphrase: setting, changing and removing it, unlocking and locking.
//!
//! Every change is one write to the record of the mode; what follows from it for the other records may take any number of
//! workers' lives.

use super::mode::{self, Bytes, LockState, MODE_KEY, Mode};
use super::{Vault, VaultError, WRITING};
use crate::json;
use crate::platform::{KEY_BYTES, Lock, Platform, Random, Record, Store};
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The fewest characters of a passphrase; there is no other rule.
pub const SHORTEST_PASSPHRASE: usize = 8;
/// How many rounds are used for a new one. A record with fewer gets as many when it is unlocked.
pub const ROUNDS: u32 = 600_000;

impl<P: Platform> Vault<'_, P> {
    /// Whether there is a passphrase, and whether it was given.
    pub async fn lock_state(&self) -> Result<LockState, VaultError> {
        let Some((mode, _)) = self.mode().await? else { return Ok(LockState::None) };
        if mode.passphrase.is_none() {
            return Ok(LockState::None);
        }
        let at_hand = mode.bytes_in_session(self.platform).await?.is_some();
        Ok(if at_hand { LockState::Unlocked } else { LockState::Locked })
    }

    /// Takes the data key to hand. Nothing happens where there is no passphrase. Error: `WrongPassphrase`.
    pub async fn unlock(&self, typed: &Secret) -> Result<(), VaultError> {
        let Some((mode, revision)) = self.mode().await?.filter(|(mode, _)| mode.passphrase.is_some()) else {
            return Ok(());
        };
        let bytes = mode.unwrap(self.platform, typed).await?;
        mode.hold(self.platform, &bytes).await?;
        if mode.passphrase.as_ref().is_some_and(|known| known.rounds < ROUNDS) {
            let stronger = mode.wrap(self.platform, typed, (self.random(), ROUNDS), &bytes).await?;
            // What was there before works as well.
            let _stronger = self.put_mode(&stronger, revision).await;
        }
        Ok(())
    }

    /// Forgets the data key, if there is a passphrase to get it back with.
    pub async fn lock(&self) -> Result<(), VaultError> {
        match self.lock_state().await? {
            LockState::None => Ok(()),
            LockState::Locked | LockState::Unlocked => mode::let_go(self.platform).await,
        }
    }

    /// Seals everything under a new passphrase; `old` is the one there is, if any. Afterwards it is unlocked. If it fails after
    /// the passphrase has been set, or the worker dies, [`Vault::settle`] goes on with it.
    ///
    /// Errors: `WrongPassphrase` (also where there is one and `old` is none), `Conflict`, `Newer`.
    pub async fn set_passphrase(&self, old: Option<&Secret>, new: &Secret) -> Result<(), VaultError> {
        let record = self.platform.store().get(MODE_KEY).await?;
        let (mode, revision, bytes) = match Mode::of(record.clone())? {
            Some((mode, revision)) if mode.passphrase.is_some() => {
                let bytes = mode.unwrap(self.platform, old.unwrap_or(&Secret::default())).await?;
                (mode, revision, bytes)
            }
            known => self.data_key_to_be(known, record).await?,
        };
        let mode = mode.wrap(self.platform, new, (self.random(), ROUNDS), &bytes).await?;
        self.begin(&mode, revision, &bytes).await?;
        self.settle().await
    }

    /// Where there is no passphrase yet: the data key that it is to protect, with its mode and what revision that has.
    async fn data_key_to_be(
        &self,
        known: Option<(Mode, u64)>,
        record: Option<Record>,
    ) -> Result<(Mode, u64, Bytes), VaultError> {
        if let Some((mode, revision)) = known
            && let Some(bytes) = mode.bytes_at_hand(self.platform).await?
        {
            // Records that were set aside may still need the former key, so it becomes the present one again.
            return Ok((Mode { unfinished: true, ..mode }, revision, bytes));
        }
        if let Some(useless) = record {
            // Damaged, or the key to it is gone.
            self.move_aside(MODE_KEY, &useless).await?;
        }
        Ok((Mode::named(STANDARD.encode(self.random::<9>())), 0, self.random::<KEY_BYTES>()))
    }

    /// Seals everything with the device's key again. Errors: `WrongPassphrase`, `Conflict`, `Newer`.
    pub async fn remove_passphrase(&self, typed: &Secret) -> Result<(), VaultError> {
        let Some((mode, revision)) = self.mode().await?.filter(|(mode, _)| mode.passphrase.is_some()) else {
            return self.settle().await;
        };
        let bytes = mode.unwrap(self.platform, typed).await?;
        let mode = mode.open_up(self.platform, &bytes).await?;
        self.begin(&mode, revision, &bytes).await?;
        self.settle().await
    }

    /// Puts a mode into force: from here on every writer obeys it.
    async fn begin(&self, mode: &Mode, revision: u64, bytes: &Bytes) -> Result<(), VaultError> {
        let _guard = self.platform.lock().acquire(WRITING).await?;
        if self.mode_revision().await? != revision {
            return Err(VaultError::Conflict);
        }
        // First, so that nobody is locked out at the moment the mode changes. Without its mode it is of no use to anybody.
        mode.hold(self.platform, bytes).await?;
        self.put_mode(mode, revision).await.map(drop)
    }

    pub(super) async fn put_mode(&self, mode: &Mode, revision: u64) -> Result<u64, VaultError> {
        Ok(self.platform.store().put_if(MODE_KEY, revision, &json::to_text(mode)).await?)
    }

    pub(super) async fn mode(&self) -> Result<Option<(Mode, u64)>, VaultError> {
        Mode::of(self.platform.store().get(MODE_KEY).await?)
    }

    pub(super) async fn mode_revision(&self) -> Result<u64, VaultError> {
        Ok(self.platform.store().get(MODE_KEY).await?.map_or(0, |record| record.revision))
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.platform.random().fill(&mut bytes);
        bytes
    }
}
