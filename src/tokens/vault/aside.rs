//! Records that cannot be read: moved out of the way, unchanged, until they can be read again or the person gives them up.
//!
//! `aside:<number>:<key>`, so that no earlier one is overwritten. The first version of us wrote `aside:<key>`.

use super::{Opened, Stored, Vault, VaultError, typed};
use crate::platform::{Platform, Record, Store, StoreError};

const PREFIX: &str = "aside:";

/// Where a record was before it was set aside; for any other, its own key.
pub(super) fn original(key: &str) -> &str {
    let Some(rest) = key.strip_prefix(PREFIX) else { return key };
    match rest.split_once(':') {
        Some((number, key)) if number.parse::<u32>().is_ok() => key,
        _ => rest,
    }
}

impl<P: Platform> Vault<'_, P> {
    /// Moves a record that cannot be read out of the way, unchanged.
    pub async fn set_aside(&self, key: &str) -> Result<(), VaultError> {
        match self.platform.store().get(key).await? {
            Some(record) => self.move_aside(key, &record).await,
            None => Ok(()),
        }
    }

    /// Moves this record, and no other that may be under the key by now. Never leaves neither: the copy comes first.
    pub(super) async fn move_aside(&self, key: &str, record: &Record) -> Result<(), VaultError> {
        for number in 1_u32.. {
            let place = format!("{PREFIX}{number}:{key}");
            match self.platform.store().put_if(&place, 0, &record.value).await {
                // Taken; by this very record, if a worker died between copy and removal.
                Err(StoreError::Conflict) => {
                    let there = self.platform.store().get(&place).await?;
                    if there.is_some_and(|there| there.value == record.value) {
                        break;
                    }
                }
                Ok(_) => break,
                Err(other) => return Err(other.into()),
            }
        }
        match self.platform.store().delete_if(key, record.revision).await {
            // Somebody else has moved it, or made it good.
            Err(StoreError::Conflict) => Ok(()),
            other => Ok(other?),
        }
    }

    /// The keys of the records that are set aside: where they are, and where they were.
    pub async fn aside(&self) -> Result<Vec<(String, String)>, VaultError> {
        let places = self.keys(PREFIX).await?;
        let with_origin = |place: String| {
            let key = original(&place).to_owned();
            (place, key)
        };
        Ok(places.into_iter().map(with_origin).collect())
    }

    /// Whether records are set aside.
    pub async fn has_aside(&self) -> Result<bool, VaultError> {
        Ok(!self.keys(PREFIX).await?.is_empty())
    }

    /// Puts those records back that can be read again, because the key is back or a newer version of us knows them, and whose
    /// place is free. `prefix` is what the keys of this type begin with. Answers the keys that are back.
    pub async fn recover<T: Stored>(&self, prefix: &str) -> Result<Vec<String>, VaultError> {
        self.recover_what_fits(prefix, T::VERSION, |opened| typed::<T>((opened, 0)).is_ok()).await
    }

    async fn recover_what_fits(
        &self,
        prefix: &str,
        newest: u32,
        fits: fn(Opened) -> bool,
    ) -> Result<Vec<String>, VaultError> {
        let mut back = Vec::new();
        for (place, key) in self.aside().await? {
            if !key.starts_with(prefix) {
                continue;
            }
            let fitting = self.open_aside(&place, &key, newest).await?.is_some_and(fits);
            if fitting && self.put_back(&place, &key).await? {
                back.push(key);
            }
        }
        Ok(back)
    }

    /// What a record that was set aside holds; `None` if it still cannot be read.
    async fn open_aside(&self, place: &str, key: &str, newest: u32) -> Result<Option<Opened>, VaultError> {
        let Some(record) = self.platform.store().get(place).await? else { return Ok(None) };
        let held = self.held().await?;
        match self.open(key, &record, held.data(), newest).await {
            Ok(opened) => Ok(Some(opened)),
            Err(VaultError::Failed(words)) => Err(VaultError::Failed(words)),
            Err(_still_unreadable) => Ok(None),
        }
    }

    /// Moves a record to where it was, if nothing else is there now.
    async fn put_back(&self, place: &str, key: &str) -> Result<bool, VaultError> {
        let store = self.platform.store();
        let Some(record) = store.get(place).await? else { return Ok(false) };
        match store.put_if(key, 0, &record.value).await {
            Ok(_) => {}
            // This very record, if a worker died between copy and removal; any other one stays, and so does this.
            Err(StoreError::Conflict) => {
                if store.get(key).await?.is_none_or(|there| there.value != record.value) {
                    return Ok(false);
                }
            }
            Err(other) => return Err(other.into()),
        }
        match store.delete_if(place, record.revision).await {
            Ok(()) | Err(StoreError::Conflict) => Ok(true),
            Err(other) => Err(other.into()),
        }
    }

    /// Gives up what was set aside of one record, which is itself given up.
    pub async fn forget_aside_of(&self, key: &str) -> Result<(), VaultError> {
        for (place, _) in self.aside().await?.into_iter().filter(|(_, was)| was == key) {
            self.delete(&place).await?;
        }
        Ok(())
    }

    /// Gives up the records that are set aside. Only ever because the person asks for it.
    pub async fn forget_aside(&self) -> Result<(), VaultError> {
        for key in self.keys(PREFIX).await? {
            self.delete(&key).await?;
        }
        Ok(())
    }
}
