//! The ports: what the core needs from the world, in the core's own words.
//!
//! Each port is a small trait with its guarantees written on it. [`memory`] is the in-memory twin of all of them (tests and
//! benches), `browser` holds the adapters over the real extension APIs. [`contract`] checks that an implementation keeps
//! what is written here; the same checks run on the twins and, inside a real browser, on the adapters.
//!
//! The core runs on one thread (a service worker), so no future here is asked to be `Send`.
// Long because the ports are read together, as one list of what the core needs.
#![allow(async_fn_in_trait, reason = "one thread on every target: callers never need Send futures")]

use crate::json::Read;
use crate::secret::Secret;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

pub mod contract;
mod http;
pub mod memory;

pub use http::{Content, Http, HttpError, HttpRequest, HttpResponse, LONGEST_ANSWER, Method};

/// All ports together. One value of this type lives as long as the worker.
pub trait Platform: 'static {
    /// Records that outlive the browser.
    type Store: Store;
    /// Values that outlive the worker, not the browser.
    type Session: SessionStore;
    /// The network.
    type Http: Http;
    /// Time.
    type Clock: Clock;
    /// Randomness.
    type Random: Random;
    /// The person's consent in a browser window.
    type Consent: Consent;
    /// The one alarm.
    type Alarm: Alarm;
    /// Locks across all contexts of the extension.
    type Lock: Lock;
    /// Encryption at rest.
    type Cipher: Cipher;
    /// Messages to open pages.
    type Push: Push;
    /// Optional permissions.
    type Permissions: Permissions;
    /// The toolbar button.
    type Badge: Badge;
    /// Records that outlive the browser and hold no secret: history, statistics, caches.
    type Archive: Store;
    /// The administrator's settings.
    type Policy: Policy;
    /// Notifications of the system.
    type Notify: Notify;
    /// Headers of our own requests that the worker itself may not set.
    type Rules: Rules;

    /// Records that outlive the browser.
    fn store(&self) -> &Self::Store;
    /// Values that outlive the worker, not the browser.
    fn session(&self) -> &Self::Session;
    /// The network.
    fn http(&self) -> &Self::Http;
    /// Time.
    fn clock(&self) -> &Self::Clock;
    /// Randomness.
    fn random(&self) -> &Self::Random;
    /// The person's consent in a browser window.
    fn consent(&self) -> &Self::Consent;
    /// The one alarm.
    fn alarm(&self) -> &Self::Alarm;
    /// Locks across all contexts of the extension.
    fn lock(&self) -> &Self::Lock;
    /// Encryption at rest.
    fn cipher(&self) -> &Self::Cipher;
    /// Messages to open pages.
    fn push(&self) -> &Self::Push;
    /// Optional permissions.
    fn permissions(&self) -> &Self::Permissions;
    /// The toolbar button.
    fn badge(&self) -> &Self::Badge;
    /// Records that outlive the browser and hold no secret: history, statistics, caches.
    fn archive(&self) -> &Self::Archive;
    /// The administrator's settings.
    fn policy(&self) -> &Self::Policy;
    /// Notifications of the system.
    fn notify(&self) -> &Self::Notify;
    /// Headers of our own requests that the worker itself may not set.
    fn rules(&self) -> &Self::Rules;
    /// What this build is and may do.
    fn build(&self) -> Build;
}

/// What this build of the extension is and may do.
#[derive(Clone, Debug)]
pub struct Build {
    /// The extension's version, as in its manifest.
    pub version: String,
    /// Whether plain http to the loopback interface is allowed: true in demo and test builds only, whose manifest grants it.
    pub loopback: bool,
    /// `chrome-extension://<id>/`: what the address of every page of this extension starts with.
    pub page_root: String,
}

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "number"))]
pub struct Timestamp(pub i64);

impl Read for Timestamp {
    fn read(data: &Value) -> Option<Self> {
        data.as_i64().map(Self)
    }
}

impl Timestamp {
    /// The moment `span` later.
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The moment `span` earlier.
    pub fn before(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero if it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// Why a store did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The record is at another revision than the writer expected: read it again and decide anew.
    Conflict,
    /// No room is left.
    Full,
    /// The browser refused or the stored bytes are not a record; its own words.
    Failed(String),
}

/// A stored value and its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 1 for a new record, one more with each write.
    pub revision: u64,
    /// The value, opaque to the store.
    pub value: String,
}

/// Records that outlive the browser.
///
/// Guarantees: a write is whole or absent, also when the worker dies in the middle; of several writers that expect the same
/// revision, in whatever context, exactly one wins.
pub trait Store {
    /// The record under `key`.
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError>;
    /// The records under `keys`, in their order, read together.
    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Record>>, StoreError>;
    /// Writes `value` if the record is at revision `expected` (0: there is none). Answers the new revision.
    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError>;
    /// Removes the record if it is at revision `expected`.
    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError>;
    /// All keys that begin with `prefix`, sorted.
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
}

/// Values that outlive the worker and end with the browser. Nothing here ever touches the disk.
pub trait SessionStore {
    /// The value under `key`.
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Writes `value`, whatever was there.
    async fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    /// Removes the value; no error if there is none.
    async fn remove(&self, key: &str) -> Result<(), StoreError>;
}

/// Time.
pub trait Clock {
    /// The present moment by the machine's own clock, which may be wrong.
    fn now(&self) -> Timestamp;
    /// The day it is where the person is, in days since 1970-01-01: by the machine's own time zone, where it knows one.
    fn today(&self) -> i64 {
        self.now().0.div_euclid(86_400_000)
    }
    /// Waits.
    async fn sleep(&self, span: Duration);
}

/// Randomness fit for keys.
pub trait Random {
    /// Fills `bytes` from the system's generator.
    fn fill(&self, bytes: &mut [u8]);
}

/// How a consent window ended without coming back to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsentError {
    /// The person closed the window, or the provider showed an error page and the window was closed.
    Closed,
    /// The page could not be loaded (no network, or a status of 400 and above).
    PageFailed,
    /// Silent only: the provider wants to ask the person something.
    InteractionRequired,
    /// The browser cannot do this at all; its own words.
    Unavailable(String),
}

/// The person's consent, given in a browser window outside our pages.
pub trait Consent {
    /// Where the provider must send the person back: `https://<extension id>.chromiumapp.org/oauth`.
    fn redirect_uri(&self) -> String;
    /// Opens `url` and waits until the provider sends the person to the redirect address; answers that whole address.
    /// With `interactive` false nothing is shown.
    async fn launch(&self, url: &str, interactive: bool) -> Result<Secret, ConsentError>;
}

/// An alarm that has fired and was not set anew fires again after this: a worker killed before it could is followed by another.
pub const ALARM_AGAIN: Duration = Duration::from_secs(60);

/// The one alarm of the extension. It may fire late, twice or not at all: whoever wakes decides by the clock. Once it has fired,
/// it fires every [`ALARM_AGAIN`] until it is set anew or cleared.
pub trait Alarm {
    /// Sets the alarm to `at`, replacing the earlier one; `None` clears it.
    async fn set(&self, at: Option<Timestamp>) -> Result<(), StoreError>;
    /// What the alarm is set to.
    async fn get(&self) -> Result<Option<Timestamp>, StoreError>;
}

/// The browser refused the lock. One that is merely held is waited for: its holder's time is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockError;

/// After this a lock is freed even if its holder hangs.
pub const LOCK_BOUND: Duration = Duration::from_secs(25);

/// Exclusive locks by name, across worker, popup, panel and tabs.
///
/// Guarantees: one holder at a time; freed when the guard is dropped, when the context dies, and after [`LOCK_BOUND`] at the
/// latest; never stolen.
pub trait Lock {
    /// Frees the lock when dropped.
    type Guard;
    /// Waits for the lock `name`.
    async fn acquire(&self, name: &str) -> Result<Self::Guard, LockError>;
}

/// Why bytes could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CipherError {
    /// There is no key: what it sealed is lost, the person signs in anew.
    KeyMissing,
    /// The bytes are not what was sealed (changed, cut, or moved from another record), or the key that sealed them was lost and
    /// another was made since.
    Refused,
    /// The browser refused.
    Failed,
}

/// Which key seals or opens.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a, D> {
    /// The key of this profile, which never leaves the browser. It is made when it is first sealed with.
    Device,
    /// A key whose bytes are known, or follow from a passphrase.
    Data(&'a D),
}

/// How many bytes a key has.
pub const KEY_BYTES: usize = 32;

/// Encryption at rest: AES-256-GCM, a fresh random nonce each time.
pub trait Cipher {
    /// A key ready for use.
    type DataKey;
    /// Encrypts `plain`, bound to `context`.
    async fn seal(&self, key: Key<'_, Self::DataKey>, context: &str, plain: &[u8]) -> Result<Vec<u8>, CipherError>;
    /// Decrypts what [`Cipher::seal`] made with the same key for the same `context`.
    async fn open(&self, key: Key<'_, Self::DataKey>, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError>;
    /// The key of these bytes.
    async fn import(&self, bytes: &[u8; KEY_BYTES]) -> Result<Self::DataKey, CipherError>;
    /// The key that follows from a passphrase by PBKDF2 with HMAC-SHA-256 (RFC 8018). The rounds make guessing slow.
    async fn derive(&self, passphrase: &Secret, salt: &[u8], rounds: u32) -> Result<Self::DataKey, CipherError>;
}

/// One open page's connection.
pub type PortId = u32;

/// Messages to open pages. A page that has gone is not an error.
pub trait Push {
    /// Sends `message` to one page.
    fn post(&self, port: PortId, message: &Value);
    /// The connections that are open.
    fn ports(&self) -> Vec<PortId>;
}

/// Optional permissions. Asking for one needs the person's click and is done by the page.
pub trait Permissions {
    /// Whether all of `origins` (match patterns such as `https://jira.example.com/*`) and all of `permissions` (names as in the
    /// manifest) are granted.
    async fn granted(&self, origins: &[String], permissions: &[&str]) -> Result<bool, StoreError>;
}

/// The toolbar button: text and title always change together.
pub trait Badge {
    /// Shows `text` (at most four characters, empty for none) and the tooltip `title`: the name of a text in `_locales`, with `many`
    /// for its number. The browser says it in its own language.
    async fn show(&self, text: &str, title: &str, many: usize) -> Result<(), StoreError>;
}

/// What the administrator has set by policy. Read-only; changes come with the next worker at the latest.
pub trait Policy {
    /// All settings as one object; an empty one where there is no policy.
    async fn read(&self) -> Result<Value, StoreError>;
}

/// Notifications of the system. They may be switched off, which is not an error.
pub trait Notify {
    /// Shows a notification with the buttons *sign in again* and *later*, or replaces the one with the same id. Title and message
    /// are named as in `_locales`, so they hold nothing secret and nothing personal; one that is not there is shown as it is.
    async fn show(&self, id: &str, title: &str, message: &str) -> Result<(), StoreError>;
    /// Takes a notification away, if it is there.
    async fn clear(&self, id: &str) -> Result<(), StoreError>;
}

/// Changes the headers of this extension's own requests to one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderRule {
    /// What the address of the request begins with: scheme, host, port and path.
    pub url_prefix: String,
    /// Leaves out `Origin`, which browsers put on every `POST`.
    pub drop_origin: bool,
    /// Says this instead of the browser's own `User-Agent`.
    pub user_agent: Option<&'static str>,
}

/// Headers of our own requests that the worker itself may not set.
pub trait Rules {
    /// From now on exactly these rules hold, for requests of this extension's worker only. They end with the browser. Error: `Failed` where the
    /// permission is missing.
    async fn set(&self, rules: &[HeaderRule]) -> Result<(), StoreError>;
}
