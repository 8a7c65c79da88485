//! The vault: small records, each encrypted and bound to its key and its version, written by compare-and-swap only.
//!
//! A record is sealed with the device's key, or, where there is a passphrase, with the data key that it protects ([`mode`]).
//! Each record says itself which ([`envelope`]), so that a change from one to the other may stop anywhere and go on later. What
//! cannot be read is moved aside and kept ([`aside`]).

use crate::json::{self, Read};
use crate::platform::{Cipher, Key, Lock, Platform, Record, Store, StoreError};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;

mod aside;
mod envelope;
mod error;
mod forget;
mod mode;
mod pack;
mod passphrase;
mod place;
mod reseal;

pub use error::VaultError;
pub use mode::LockState;
pub use passphrase::{ROUNDS, SHORTEST_PASSPHRASE};
pub use place::LONG;

use envelope::{Envelope, Header, Under};
use mode::{Held, Mode};

/// Held by whoever writes, and by whoever changes which key is used for writing.
const WRITING: &str = "vault";

/// A type with a place in the vault.
pub trait Stored: Serialize + Read {
    /// The version that is written.
    const VERSION: u32;
    /// Whether it can be read and written also while locked: it is then sealed with the device's key even where there is a
    /// passphrase. For what is no secret.
    const WHILE_LOCKED: bool = false;

    /// Turns the stored form of an older `version` into the present one; `None` if that cannot be done.
    fn upgrade(_version: u32, _data: Value) -> Option<Value> {
        None
    }
}

/// What is under a key: nothing, a value with its revision, or something that cannot be read.
pub type Found<T> = Result<Option<(T, u64)>, VaultError>;

/// The data of a record and its version.
type Opened = (u32, Value);

/// The vault over a platform's store and cipher.
pub struct Vault<'a, P: Platform> {
    platform: &'a P,
}

impl<'a, P: Platform> Vault<'a, P> {
    /// The vault of this platform. Remembers nothing.
    pub fn new(platform: &'a P) -> Self {
        Self { platform }
    }

    /// The record under `key` and its revision.
    pub async fn read<T: Stored>(&self, key: &str) -> Found<T> {
        self.open_one(key, T::WHILE_LOCKED, T::VERSION).await?.map(typed).transpose()
    }

    /// In a box and for every type the same: it is awaited in many places.
    fn open_one<'b>(&'b self, key: &'b str, while_locked: bool, newest: u32) -> LocalBoxFuture<'b, Found<Opened>> {
        Box::pin(async move {
            let keys = [key.to_owned()];
            self.open_many(&keys, while_locked, newest).await?.pop().unwrap_or(Ok(None))
        })
    }

    /// The records under `keys`, in their order. That one cannot be read says nothing about the others.
    pub async fn read_many<T: Stored>(&self, keys: &[String]) -> Result<Vec<Found<T>>, VaultError> {
        let opened = self.open_many(keys, T::WHILE_LOCKED, T::VERSION).await?;
        Ok(opened.into_iter().map(|found| found?.map(typed).transpose()).collect())
    }

    /// One call to the store, whatever the keys are: which key is in use is asked along.
    async fn open_many(
        &self,
        keys: &[String],
        while_locked: bool,
        newest: u32,
    ) -> Result<Vec<Found<Opened>>, VaultError> {
        let (records, mode) = self.records_and_mode(keys).await?;
        let mode = Mode::of(mode)?.map(|(mode, _)| mode);
        let held = match mode {
            Some(mode) => mode.key(self.platform).await?,
            None => Held::None,
        };
        let mut found = Vec::with_capacity(keys.len());
        for (key, record) in keys.iter().zip(records) {
            let Some(record) = record else {
                found.push(Ok(None));
                continue;
            };
            let opened = match &held {
                Held::Locked if !while_locked => Err(VaultError::Locked),
                _ => self.open(key, &record, held.data(), newest).await,
            };
            found.push(opened.map(|opened| Some((opened, record.revision))));
        }
        Ok(found)
    }

    /// A version later than `newest` is told before anything is tried: how it is sealed is not for us to say.
    async fn open(
        &self,
        key: &str,
        record: &Record,
        data: Option<&DataKey<P>>,
        newest: u32,
    ) -> Result<Opened, VaultError> {
        let envelope = Envelope::read(&record.value)?;
        if envelope.header.is_some_and(|header| header.version > newest) {
            return Err(VaultError::Newer);
        }
        let plain = json::parse(&self.unseal(key, &envelope, data).await?).ok_or(VaultError::Unreadable)?;
        match envelope.header {
            Some(header) => Ok((header.version, plain)),
            None => unwrapped(plain).ok_or(VaultError::Unreadable),
        }
    }

    async fn unseal(&self, key: &str, envelope: &Envelope, data: Option<&DataKey<P>>) -> Result<Vec<u8>, VaultError> {
        let with = match envelope.under() {
            Under::Device | Under::Always => Key::Device,
            Under::Data => Key::Data(data.ok_or(VaultError::Unreadable)?),
        };
        let context = envelope::context(envelope.header, key);
        let plain = self.platform.cipher().open(with, &context, &envelope.sealed).await?;
        if envelope.is_packed() { pack::unpack(&plain).ok_or(VaultError::Unreadable) } else { Ok(plain) }
    }

    /// Writes the record if it is at revision `expected` (0: there is none). Answers the new revision.
    pub fn write_if<'b, T: Stored>(
        &'b self,
        key: &'b str,
        expected: u64,
        value: &T,
    ) -> LocalBoxFuture<'b, Result<u64, VaultError>> {
        let plain = json::to_text(value);
        let under = if T::WHILE_LOCKED { Under::Always } else { Under::Device };
        self.write_text(key, expected, Header::new(under, T::VERSION), plain)
    }

    /// In a box and for every type the same: it is awaited in many places.
    fn write_text<'b>(
        &'b self,
        key: &'b str,
        expected: u64,
        header: Header,
        plain: String,
    ) -> LocalBoxFuture<'b, Result<u64, VaultError>> {
        Box::pin(async move { self.write(key, expected, header, plain.as_bytes()).await })
    }

    /// What is not always under the device's key is sealed with the one that is in use.
    async fn write(&self, key: &str, expected: u64, header: Header, plain: &[u8]) -> Result<u64, VaultError> {
        // Without the lock a slow writer could still use a key that was given up meanwhile.
        let _guard = self.platform.lock().acquire(WRITING).await?;
        let sealed = if header.under == Under::Always {
            self.sealed(key, header, None, plain).await?
        } else {
            let held = self.held().await?;
            let under = held.target()?;
            self.sealed(key, Header::new(under, header.version), held.data(), plain).await?
        };
        Ok(self.put_record(key, expected, &sealed).await?)
    }

    /// The whole record of what is to be stored under `key`.
    async fn sealed(
        &self,
        key: &str,
        header: Header,
        data: Option<&DataKey<P>>,
        plain: &[u8],
    ) -> Result<String, VaultError> {
        let with = match (header.under, data) {
            (Under::Device | Under::Always, _) => Key::Device,
            (Under::Data, Some(data)) => Key::Data(data),
            (Under::Data, None) => return Err(VaultError::Locked),
        };
        let context = envelope::context(Some(header), key);
        Ok(header.envelope(&self.platform.cipher().seal(with, &context, &pack::pack(plain)).await?))
    }

    /// Removes the record, whatever it is.
    pub async fn delete(&self, key: &str) -> Result<(), VaultError> {
        while let Some(record) = self.record(key).await? {
            match self.delete_record(key, record.revision).await {
                Err(StoreError::Conflict) => {}
                other => return Ok(other?),
            }
        }
        Ok(())
    }

    /// All keys that begin with `prefix`.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, VaultError> {
        Ok(match place::is_long(prefix) {
            true => self.platform.archive().keys(prefix).await?,
            false => self.platform.store().keys(prefix).await?,
        })
    }
}

/// The cipher's own form of a key.
type DataKey<P> = <<P as Platform>::Cipher as Cipher>::DataKey;

/// The first form had the version sealed in.
fn unwrapped(mut wrapped: Value) -> Option<Opened> {
    let version = u32::try_from(wrapped.get("version")?.as_u64()?).ok()?;
    Some((version, wrapped.get_mut("data")?.take()))
}

fn typed<T: Stored>(((version, data), revision): (Opened, u64)) -> Result<(T, u64), VaultError> {
    if version > T::VERSION {
        return Err(VaultError::Newer);
    }
    let data = if version == T::VERSION { Some(data) } else { T::upgrade(version, data) };
    let value = data.and_then(|data| T::read(&data)).ok_or(VaultError::Unreadable)?;
    Ok((value, revision))
}
