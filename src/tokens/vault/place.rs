//! Where a record lies: what every start needs is in the store, which is small; what grows with use is in the archive.

use super::mode::MODE_KEY;
use super::{Vault, VaultError};
use crate::platform::{Platform, Record, Store, StoreError};

/// What the keys of records in the archive begin with. They are sealed like all others, and sealed anew with them.
pub const LONG: &str = "long:";

/// Whether a record lies in the archive.
pub(super) fn is_long(key: &str) -> bool {
    key.starts_with(LONG)
}

impl<P: Platform> Vault<'_, P> {
    /// The record under `key`, sealed.
    pub(super) async fn record(&self, key: &str) -> Result<Option<Record>, StoreError> {
        match is_long(key) {
            true => self.platform.archive().get(key).await,
            false => self.platform.store().get(key).await,
        }
    }

    /// Writes a sealed record if it is at revision `expected`.
    pub(super) async fn put_record(&self, key: &str, expected: u64, sealed: &str) -> Result<u64, StoreError> {
        match is_long(key) {
            true => self.platform.archive().put_if(key, expected, sealed).await,
            false => self.platform.store().put_if(key, expected, sealed).await,
        }
    }

    /// Removes a record if it is at revision `expected`.
    pub(super) async fn delete_record(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        match is_long(key) {
            true => self.platform.archive().delete_if(key, expected).await,
            false => self.platform.store().delete_if(key, expected).await,
        }
    }

    /// The records under keys of one place, and the one that says how they are sealed; of the store in one call.
    pub(super) async fn records_and_mode(
        &self,
        keys: &[String],
    ) -> Result<(Vec<Option<Record>>, Option<Record>), StoreError> {
        if keys.first().is_some_and(|key| is_long(key)) {
            let mode = self.platform.store().get(MODE_KEY).await?;
            return Ok((self.platform.archive().get_many(keys).await?, mode));
        }
        let mut asked = keys.to_vec();
        asked.push(MODE_KEY.to_owned());
        let mut records = self.platform.store().get_many(&asked).await?;
        let mode = records.pop().flatten();
        Ok((records, mode))
    }

    /// The keys of all records, in both places.
    pub(super) async fn all_keys(&self) -> Result<Vec<String>, VaultError> {
        let mut keys = self.keys("").await?;
        keys.extend(self.keys(LONG).await?);
        Ok(keys)
    }
}
