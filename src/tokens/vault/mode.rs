//! Which key the records are sealed with.
//!
//! Where there is no record `passphrase`, it is the device's. With a passphrase it is a random data key; the record keeps it
//! sealed under what follows from the passphrase, and the session store keeps it open for as long as the browser runs or until
//! it is locked. A passphrase that was removed leaves the data key sealed with the device's key, until no record needs it.

use super::VaultError;
use super::envelope::Under;
use crate::json;
use crate::platform::{Cipher, KEY_BYTES, Key, Platform, Record, SessionStore};
use crate::readable;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// Where the mode is kept; the one record that is not sealed itself.
pub(super) const MODE_KEY: &str = "passphrase";
/// Where the data key is while unlocked.
const SESSION_KEY: &str = "data-key";
const VERSION: u32 = 1;
/// More rounds than this were not written by us, and would stop the browser for minutes.
const MOST_ROUNDS: u32 = 20_000_000;

/// Whether there is a passphrase, and whether it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum LockState {
    /// There is no passphrase.
    #[default]
    None,
    /// There is one, and it was not given since the browser started, or it was locked again.
    Locked,
    /// It was given.
    Unlocked,
}

readable!(LockState: None "none", Locked "locked", Unlocked "unlocked");

/// The data key under what follows from the passphrase.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Wrapped {
    pub(super) salt: String,
    pub(super) rounds: u32,
    sealed: String,
}

readable!(Wrapped { salt, rounds, sealed });

/// Which key the records are sealed with. Record key [`MODE_KEY`].
///
/// Before changing this: a new field goes behind the semicolon of its `readable!`; anything else needs a new version, and a way
/// to read this one.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mode {
    pub(super) version: u32,
    /// Tells this data key from every other.
    pub(super) id: String,
    /// With a passphrase.
    pub(super) passphrase: Option<Wrapped>,
    /// After it was removed: the data key under the device's.
    pub(super) device: Option<String>,
    /// Whether some records may still be sealed with the other key.
    pub(super) unfinished: bool,
}

readable!(Mode { version, id, passphrase, device, unfinished });

/// The key at hand.
pub(super) enum Held<K> {
    /// There is no data key.
    None,
    /// There is one, and it is not at hand.
    Locked,
    /// Records are sealed with it.
    Data(K),
    /// Records are not sealed with it any more.
    Former(K),
}

impl<K> Held<K> {
    pub(super) fn data(&self) -> Option<&K> {
        match self {
            Self::Data(key) | Self::Former(key) => Some(key),
            Self::None | Self::Locked => None,
        }
    }

    /// What records are to be sealed with. Error: `Locked`.
    pub(super) fn target(&self) -> Result<Under, VaultError> {
        match self {
            Self::None | Self::Former(_) => Ok(Under::Device),
            Self::Data(_) => Ok(Under::Data),
            Self::Locked => Err(VaultError::Locked),
        }
    }
}

impl Mode {
    /// The mode that a record stands for; `None` also for one that is damaged: what it protected is then lost, and set aside
    /// record by record. Error: `Newer`.
    pub(super) fn of(record: Option<Record>) -> Result<Option<(Self, u64)>, VaultError> {
        let Some(record) = record else { return Ok(None) };
        let data = json::parse(record.value.as_bytes()).unwrap_or_default();
        if data["version"].as_u64().is_some_and(|version| version > u64::from(VERSION)) {
            return Err(VaultError::Newer);
        }
        let mode = <Self as json::Read>::read(&data);
        let sound = mode.filter(|mode| mode.passphrase.as_ref().is_none_or(|known| known.rounds <= MOST_ROUNDS));
        Ok(sound.map(|mode| (mode, record.revision)))
    }

    /// The data key, if it is at hand.
    pub(super) async fn key<P: Platform>(&self, platform: &P) -> Result<Held<DataKey<P>>, VaultError> {
        let bytes = match (self.bytes_at_hand(platform).await?, &self.passphrase) {
            (Some(bytes), _) => bytes,
            (None, Some(_)) => return Ok(Held::Locked),
            // The device's key is gone, and with it everything.
            (None, None) => return Ok(Held::None),
        };
        let key = platform.cipher().import(&bytes).await?;
        Ok(if self.passphrase.is_some() { Held::Data(key) } else { Held::Former(key) })
    }

    pub(super) async fn bytes_at_hand<P: Platform>(&self, platform: &P) -> Result<Option<Bytes>, VaultError> {
        if let Some(bytes) = self.bytes_in_session(platform).await? {
            return Ok(Some(bytes));
        }
        let Some(sealed) = self.device.as_ref().and_then(|text| STANDARD.decode(text).ok()) else { return Ok(None) };
        match platform.cipher().open(Key::Device, &self.context("device"), &sealed).await {
            Ok(bytes) => Ok(bytes.try_into().ok()),
            Err(error) if VaultError::from(error) == VaultError::Unreadable => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    pub(super) async fn bytes_in_session<P: Platform>(&self, platform: &P) -> Result<Option<Bytes>, VaultError> {
        let kept = platform.session().get(SESSION_KEY).await?;
        let text = kept.as_deref().and_then(|kept| kept.strip_prefix(&self.id)?.strip_prefix(' '));
        Ok(text.and_then(|text| STANDARD.decode(text).ok()?.try_into().ok()))
    }

    /// Puts the data key where it is at hand.
    pub(super) async fn hold<P: Platform>(&self, platform: &P, bytes: &Bytes) -> Result<(), VaultError> {
        let kept = format!("{} {}", self.id, STANDARD.encode(bytes));
        Ok(platform.session().set(SESSION_KEY, &kept).await?)
    }

    /// Gives a name to a data key.
    pub(super) fn named(id: String) -> Self {
        Self { version: VERSION, id, passphrase: None, device: None, unfinished: true }
    }

    /// The data key under this passphrase. Errors: `WrongPassphrase`, `Unreadable`.
    pub(super) async fn unwrap<P: Platform>(&self, platform: &P, typed: &Secret) -> Result<Bytes, VaultError> {
        let known = self.passphrase.as_ref().ok_or(VaultError::Unreadable)?;
        let salt = STANDARD.decode(&known.salt).map_err(|_changed| VaultError::Unreadable)?;
        let sealed = STANDARD.decode(&known.sealed).map_err(|_changed| VaultError::Unreadable)?;
        let key = platform.cipher().derive(typed, &salt, known.rounds).await?;
        let opened = platform.cipher().open(Key::Data(&key), &self.context(&known.salt), &sealed).await;
        let bytes = opened.map_err(|error| match VaultError::from(error) {
            VaultError::Unreadable => VaultError::WrongPassphrase,
            other => other,
        })?;
        bytes.try_into().map_err(|_length| VaultError::Unreadable)
    }

    /// The same with the data key under a new passphrase.
    pub(super) async fn wrap<P: Platform>(
        mut self,
        platform: &P,
        typed: &Secret,
        (salt, rounds): ([u8; 16], u32),
        bytes: &Bytes,
    ) -> Result<Self, VaultError> {
        let key = platform.cipher().derive(typed, &salt, rounds).await?;
        let salt = STANDARD.encode(salt);
        let sealed = platform.cipher().seal(Key::Data(&key), &self.context(&salt), bytes).await?;
        self.passphrase = Some(Wrapped { salt, rounds, sealed: STANDARD.encode(sealed) });
        self.device = None;
        Ok(self)
    }

    /// The same without a passphrase.
    pub(super) async fn open_up<P: Platform>(mut self, platform: &P, bytes: &Bytes) -> Result<Self, VaultError> {
        let sealed = platform.cipher().seal(Key::Device, &self.context("device"), bytes).await?;
        self.device = Some(STANDARD.encode(sealed));
        self.passphrase = None;
        self.unfinished = true;
        Ok(self)
    }

    fn context(&self, what: &str) -> String {
        format!("{MODE_KEY}.{VERSION}.{}.{what}", self.id)
    }
}

/// Forgets the data key.
pub(super) async fn let_go<P: Platform>(platform: &P) -> Result<(), VaultError> {
    Ok(platform.session().remove(SESSION_KEY).await?)
}

/// A data key.
pub(super) type Bytes = [u8; KEY_BYTES];
type DataKey<P> = <<P as Platform>::Cipher as Cipher>::DataKey;
