//! Giving up what a passphrase protects, together with the passphrase.

use super::aside::original;
use super::envelope::{Envelope, Under};
use super::mode::{self, MODE_KEY};
use super::{Vault, VaultError, WRITING};
use crate::platform::{Lock, Platform};

impl<P: Platform> Vault<'_, P> {
    /// Removes every record but those that can be read while locked, and then the passphrase itself: who dies before that leaves
    /// a vault that is still locked, and can be asked again.
    pub async fn forget_sealed(&self) -> Result<(), VaultError> {
        // So that nobody comes behind us with a record that nothing opens any more.
        let _guard = self.platform.lock().acquire(WRITING).await?;
        for key in self.all_keys().await? {
            if key != MODE_KEY && !self.is_for_all(&key).await? {
                self.delete(&key).await?;
            }
        }
        self.delete(MODE_KEY).await?;
        mode::let_go(self.platform).await
    }

    /// Whether a record is one that can be read while locked, and was not set aside.
    async fn is_for_all(&self, key: &str) -> Result<bool, VaultError> {
        let record = self.record(key).await?;
        let envelope = record.and_then(|record| Envelope::read(&record.value).ok());
        Ok(original(key) == key && envelope.is_some_and(|envelope| envelope.under() == Under::Always))
    }
}
