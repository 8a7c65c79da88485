//! After a change of the mode: sealing every record with the key that is now to be used, one by one, taking up what an earlier
//! worker left undone.

use super::aside::original;
use super::envelope::{Envelope, Header, Under};
use super::mode::{self, Held, MODE_KEY, Mode};
use super::{DataKey, Vault, VaultError, WRITING, unwrapped};
use crate::json;
use crate::platform::{Lock, Platform, Store};

impl<P: Platform> Vault<'_, P> {
    /// The key at hand, as the mode stands.
    pub(super) async fn held(&self) -> Result<Held<DataKey<P>>, VaultError> {
        match self.mode().await? {
            Some((mode, _)) => mode.key(self.platform).await,
            None => Ok(Held::None),
        }
    }

    /// Finishes what a change of the passphrase began. Does nothing if nothing is left to do, or while locked.
    pub async fn settle(&self) -> Result<(), VaultError> {
        loop {
            match self.settle_as_it_stands().await {
                // A record was signed out meanwhile, or another context does the same or changed the mode again.
                Err(VaultError::Conflict) => {}
                other => return other,
            }
        }
    }

    async fn settle_as_it_stands(&self) -> Result<(), VaultError> {
        let Some((mode, revision)) = self.mode().await?.filter(|(mode, _)| mode.unfinished) else {
            return Ok(());
        };
        let held = mode.key(self.platform).await?;
        let Ok(target) = held.target() else { return Ok(()) };
        let mut data_key_needed = false;
        for key in self.all_keys().await? {
            if key != MODE_KEY {
                data_key_needed |= self.reseal(&key, target, &held, revision).await?;
            }
        }
        self.finish(mode, revision, data_key_needed).await
    }

    async fn finish(&self, mode: Mode, revision: u64, data_key_needed: bool) -> Result<(), VaultError> {
        let _guard = self.platform.lock().acquire(WRITING).await?;
        if mode.passphrase.is_some() || data_key_needed {
            let mode = Mode { unfinished: false, ..mode };
            return self.put_mode(&mode, revision).await.map(drop);
        }
        self.platform.store().delete_if(MODE_KEY, revision).await?;
        mode::let_go(self.platform).await
    }

    /// Seals one record with the other key. Answers whether the data key is needed for it, now or some day.
    async fn reseal(
        &self,
        key: &str,
        target: Under,
        held: &Held<DataKey<P>>,
        revision: u64,
    ) -> Result<bool, VaultError> {
        // Under the lock the mode cannot change between the look and the write.
        let _guard = self.platform.lock().acquire(WRITING).await?;
        if self.mode_revision().await? != revision {
            return Err(VaultError::Conflict);
        }
        let Some(record) = self.record(key).await? else { return Ok(false) };
        let envelope = match Envelope::read(&record.value) {
            Ok(envelope) => envelope,
            // Nobody knows what is in it, so nothing it may need is thrown away.
            Err(error) => return Ok(error == VaultError::Newer),
        };
        let (under, is_old) = (envelope.under(), envelope.header.is_none() && target == Under::Data);
        if (under == target && !is_old) || under == Under::Always {
            return Ok(under == Under::Data);
        }
        match self.resealed(original(key), &envelope, target, held.data()).await {
            Ok(sealed) => {
                self.put_record(key, record.revision, &sealed).await?;
                Ok(target == Under::Data)
            }
            Err(VaultError::Unreadable) => Ok(under == Under::Data),
            Err(other) => Err(other),
        }
    }

    async fn resealed(
        &self,
        key: &str,
        envelope: &Envelope,
        target: Under,
        data: Option<&DataKey<P>>,
    ) -> Result<String, VaultError> {
        let plain = self.unseal(key, envelope, data).await?;
        let Some(header) = envelope.header else {
            let (version, data_inside) = json::parse(&plain).and_then(unwrapped).ok_or(VaultError::Unreadable)?;
            let text = json::text_of(&data_inside);
            return self.sealed(key, Header::new(target, version), data, text.as_bytes()).await;
        };
        self.sealed(key, Header::new(target, header.version), data, &plain).await
    }
}
