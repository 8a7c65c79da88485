//! The vault: small records, each encrypted and bound to its key, versioned, written by compare-and-swap only.

use crate::error::{Action, Code, Error};
use crate::json::{self, Read};
use crate::platform::{Cipher, CipherError, Platform, Store, StoreError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;

/// What all keys of records set aside begin with.
const ASIDE_PREFIX: &str = "aside:";

/// A type with a place in the vault.
pub trait Stored: Serialize + Read {
    /// The version that is written.
    const VERSION: u32;

    /// Turns the stored form of an older `version` into the present one; `None` if that cannot be done.
    fn upgrade(_version: u32, _data: Value) -> Option<Value> {
        None
    }
}

/// Why the vault did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// Somebody else wrote the record in the meantime: read it again and decide anew.
    Conflict,
    /// The record cannot be read: the key is gone, the bytes were changed, or a newer version of us wrote it.
    Unreadable,
    /// The store failed; its own words.
    Failed(String),
}

impl From<StoreError> for VaultError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Full => Self::Failed("no room is left".into()),
            StoreError::Failed(words) => Self::Failed(words),
        }
    }
}

impl From<CipherError> for VaultError {
    fn from(error: CipherError) -> Self {
        match error {
            CipherError::KeyMissing | CipherError::Refused => Self::Unreadable,
            CipherError::Failed => Self::Failed("the browser's encryption does not answer".into()),
        }
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unreadable => Self::new(
                Code::VaultUnreadable,
                "The stored sign-in cannot be read any more: the browser's key for it is gone, or the file was changed. \
                 Connect again; nothing in Jira is lost.",
            )
            .with(Action::FixSettings { field: None }),
            VaultError::Conflict => Self::new(Code::StorageFailed, "Something else changed the same record. Try again.")
                .with(Action::Retry { at: None }),
            VaultError::Failed(words) => Self::new(
                Code::StorageFailed,
                format!("The browser's storage failed ({words}). Check that the disk has room, then try again."),
            )
            .with(Action::Retry { at: None }),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        VaultError::from(error).into()
    }
}

/// The vault over a platform's store and cipher.
pub struct Vault<'a, P: Platform> {
    platform: &'a P,
}

impl<'a, P: Platform> Vault<'a, P> {
    /// The vault of this platform.
    pub fn new(platform: &'a P) -> Self {
        Self { platform }
    }

    /// The record under `key` and its revision.
    pub async fn read<T: Stored>(&self, key: &str) -> Result<Option<(T, u64)>, VaultError> {
        let Some((wrapped, revision)) = self.read_wrapped(key).await? else {
            return Ok(None);
        };
        let value = unwrap_version::<T>(wrapped).ok_or(VaultError::Unreadable)?;
        Ok(Some((value, revision)))
    }

    async fn read_wrapped(&self, key: &str) -> Result<Option<(Value, u64)>, VaultError> {
        let Some(record) = self.platform.store().get(key).await? else {
            return Ok(None);
        };
        let sealed = STANDARD.decode(&record.value).map_err(|_changed| VaultError::Unreadable)?;
        let plain = self.platform.cipher().open(key, &sealed).await?;
        let wrapped = json::parse(&plain).ok_or(VaultError::Unreadable)?;
        Ok(Some((wrapped, record.revision)))
    }

    /// Writes the record if it is at revision `expected` (0: there is none). Answers the new revision.
    pub async fn write_if<T: Stored>(&self, key: &str, expected: u64, value: &T) -> Result<u64, VaultError> {
        let wrapped = json::object([("version", T::VERSION.into()), ("data", json::to_value(value))]);
        self.write_wrapped(key, expected, wrapped).await
    }

    async fn write_wrapped(&self, key: &str, expected: u64, wrapped: Value) -> Result<u64, VaultError> {
        let sealed = self.platform.cipher().seal(key, json::text_of(&wrapped).as_bytes()).await?;
        Ok(self.platform.store().put_if(key, expected, &STANDARD.encode(sealed)).await?)
    }

    /// Removes the record, whatever it is.
    pub async fn delete(&self, key: &str) -> Result<(), VaultError> {
        while let Some(record) = self.platform.store().get(key).await? {
            match self.platform.store().delete_if(key, record.revision).await {
                Err(StoreError::Conflict) => {}
                other => return Ok(other?),
            }
        }
        Ok(())
    }

    /// All keys that begin with `prefix`.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, VaultError> {
        Ok(self.platform.store().keys(prefix).await?)
    }

    /// Moves a record that cannot be read out of the way, unchanged.
    pub async fn set_aside(&self, key: &str) -> Result<(), VaultError> {
        let Some(record) = self.platform.store().get(key).await? else {
            return Ok(());
        };
        let aside = aside_key(key);
        let there = self.platform.store().get(&aside).await?.map_or(0, |old| old.revision);
        self.platform.store().put_if(&aside, there, &record.value).await?;
        Ok(self.platform.store().delete_if(key, record.revision).await?)
    }

    /// Whether records were set aside and not yet given up.
    pub async fn has_aside(&self) -> Result<bool, VaultError> {
        Ok(!self.keys(ASIDE_PREFIX).await?.is_empty())
    }

    /// Gives up the records that were set aside.
    pub async fn forget_aside(&self) -> Result<(), VaultError> {
        for key in self.keys(ASIDE_PREFIX).await? {
            self.delete(&key).await?;
        }
        Ok(())
    }
}

/// Where a record that cannot be read is moved to.
pub(super) fn aside_key(key: &str) -> String {
    format!("{ASIDE_PREFIX}{key}")
}

fn unwrap_version<T: Stored>(mut wrapped: Value) -> Option<T> {
    let version = u32::try_from(wrapped.get("version")?.as_u64()?).ok()?;
    let data = wrapped.get_mut("data")?.take();
    let data = if version == T::VERSION { data } else { T::upgrade(version, data)? };
    T::read(&data)
}
