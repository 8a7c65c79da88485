//! The adapters over the browser's own interfaces, one per port, and nothing else: no rule of ours is decided here.
//!
//! Everything is bound from Rust, so that [`contract`](crate::platform::contract) covers the very code that ships.

mod alarm;
mod archive;
mod badge;
mod body;
mod cipher;
mod clock;
mod consent;
mod database;
mod http;
mod indexed_db;
mod key;
mod lock;
mod notify;
mod permissions;
mod policy;
mod push;
mod record;
mod rules;
mod session;
mod store;
mod value;
mod web_crypto;

pub use lock::Guard;
pub use value::{from_js, to_js};

use crate::platform::{Build, Platform, PortId, StoreError};
use js_sys::{Array, Function, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getManifest)]
    fn manifest() -> JsValue;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn address(path: &str) -> String;
}

/// The platform of a real extension worker. Clones are the same.
#[derive(Clone)]
pub struct Browser(Rc<Adapters>);

struct Adapters {
    store: store::BrowserStore,
    session: session::BrowserSession,
    http: http::BrowserHttp,
    clock: clock::BrowserClock,
    random: clock::BrowserRandom,
    consent: consent::BrowserConsent,
    alarm: alarm::BrowserAlarm,
    lock: lock::BrowserLock,
    cipher: cipher::BrowserCipher,
    push: push::BrowserPush,
    permissions: permissions::BrowserPermissions,
    badge: badge::BrowserBadge,
    archive: archive::BrowserArchive,
    notify: notify::BrowserNotify,
    policy: policy::BrowserPolicy,
    rules: rules::BrowserRules,
    build: Build,
}

impl Browser {
    /// The platform of the worker this runs in. When `end` is aborted, this instance is dead and its locks are free.
    /// `early` is the answer to a read of the session store that was begun before this.
    pub fn new(end: AbortSignal, early: Promise) -> Self {
        let lock = lock::BrowserLock::new(end);
        Self(Rc::new(Adapters {
            store: store::BrowserStore::new(lock.clone()),
            session: session::BrowserSession::new(early),
            http: http::BrowserHttp,
            clock: clock::BrowserClock,
            random: clock::BrowserRandom,
            consent: consent::BrowserConsent,
            alarm: alarm::BrowserAlarm,
            cipher: cipher::BrowserCipher::new(lock.clone()),
            lock,
            push: push::BrowserPush::default(),
            permissions: permissions::BrowserPermissions,
            badge: badge::BrowserBadge,
            archive: archive::BrowserArchive::new(),
            notify: notify::BrowserNotify,
            policy: policy::BrowserPolicy,
            rules: rules::BrowserRules,
            build: build(),
        }))
    }

    /// What a start has to look after, once nobody waits for an answer any more.
    pub async fn settle(&self) {
        store::close_to_content_scripts().await;
    }

    /// A page has connected: `post` sends it a message.
    pub fn connect(&self, port: PortId, post: Function) {
        self.0.push.connect(port, post);
    }

    /// A page has gone.
    pub fn disconnect(&self, port: PortId) {
        self.0.push.disconnect(port);
    }
}

/// What the manifest says about this build. Loopback is allowed where the manifest grants it: in demo and test builds.
fn build() -> Build {
    let manifest = manifest();
    let version = value::field(&manifest, "version").as_string().unwrap_or_default();
    let hosts = value::field(&manifest, "host_permissions").dyn_into::<Array>().unwrap_or_default();
    let loopback = hosts.iter().any(|host| host.as_string().as_deref() == Some("http://127.0.0.1/*"));
    Build { version, loopback, page_root: address("") }
}

/// The browser's own words on why it did not do what was asked.
fn words(error: &JsValue) -> String {
    let message = value::field(error, "message").as_string();
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser gave no reason".to_owned())
}

/// A refusal of the browser as a store's error.
fn failed(error: JsValue) -> StoreError {
    let words = words(&error);
    let full = words.to_ascii_lowercase().contains("quota") || value::field(&error, "name") == "QuotaExceededError";
    if full { StoreError::Full } else { StoreError::Failed(words) }
}

impl Platform for Browser {
    type Store = store::BrowserStore;
    type Session = session::BrowserSession;
    type Http = http::BrowserHttp;
    type Clock = clock::BrowserClock;
    type Random = clock::BrowserRandom;
    type Consent = consent::BrowserConsent;
    type Alarm = alarm::BrowserAlarm;
    type Lock = lock::BrowserLock;
    type Cipher = cipher::BrowserCipher;
    type Push = push::BrowserPush;
    type Permissions = permissions::BrowserPermissions;
    type Badge = badge::BrowserBadge;
    type Archive = archive::BrowserArchive;
    type Notify = notify::BrowserNotify;
    type Policy = policy::BrowserPolicy;
    type Rules = rules::BrowserRules;

    fn store(&self) -> &Self::Store {
        &self.0.store
    }
    fn session(&self) -> &Self::Session {
        &self.0.session
    }
    fn http(&self) -> &Self::Http {
        &self.0.http
    }
    fn clock(&self) -> &Self::Clock {
        &self.0.clock
    }
    fn random(&self) -> &Self::Random {
        &self.0.random
    }
    fn consent(&self) -> &Self::Consent {
        &self.0.consent
    }
    fn alarm(&self) -> &Self::Alarm {
        &self.0.alarm
    }
    fn lock(&self) -> &Self::Lock {
        &self.0.lock
    }
    fn cipher(&self) -> &Self::Cipher {
        &self.0.cipher
    }
    fn push(&self) -> &Self::Push {
        &self.0.push
    }
    fn permissions(&self) -> &Self::Permissions {
        &self.0.permissions
    }
    fn badge(&self) -> &Self::Badge {
        &self.0.badge
    }
    fn archive(&self) -> &Self::Archive {
        &self.0.archive
    }
    fn notify(&self) -> &Self::Notify {
        &self.0.notify
    }
    fn policy(&self) -> &Self::Policy {
        &self.0.policy
    }
    fn rules(&self) -> &Self::Rules {
        &self.0.rules
    }
    fn build(&self) -> Build {
        self.0.build.clone()
    }
}
