//! The device's key: a non-extractable `CryptoKey` in IndexedDB, which stores it without ever showing its bytes.

use super::database::{Place, answer, complete};
use super::lock::BrowserLock;
use super::web_crypto::{CryptoKey, generate};
use crate::platform::Lock;
use js_sys::Array;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

const NAME: &str = "records";

/// The device's key, wherever it is.
pub(super) struct Keys {
    lock: BrowserLock,
    place: Place,
    /// The key, once it was read: opening the database each time would take longer than the encryption.
    known: RefCell<Option<CryptoKey>>,
}

impl Keys {
    pub(super) fn new(lock: BrowserLock) -> Self {
        Self { lock, place: Place::new("chat-for-jira-key", "keys"), known: RefCell::default() }
    }

    /// The key, if there is one.
    pub(super) async fn get(&self) -> Result<Option<CryptoKey>, JsValue> {
        let known = self.known.borrow().clone();
        if known.is_some() {
            return Ok(known);
        }
        let (_reading, store) = self.place.begin("readonly", "default").await?;
        let found = answer(&store.get(NAME)?).await?;
        let key = (!found.is_undefined()).then(|| found.unchecked_into());
        self.known.replace(key.clone());
        Ok(key)
    }

    /// The key; a new one if there is none. Under a lock, so that all contexts agree on it.
    pub(super) async fn get_or_make(&self, (algorithm, usages): (JsValue, Array)) -> Result<CryptoKey, JsValue> {
        if let Some(key) = self.get().await? {
            return Ok(key);
        }
        let _guard = self.lock.acquire("cipher:key").await.map_err(|_| "the key's lock could not be had")?;
        if let Some(key) = self.get().await? {
            return Ok(key);
        }
        let key: CryptoKey = generate(&algorithm, false, &usages).await?.unchecked_into();
        // Safely on the disk before it is used: records sealed with a key that is not are lost.
        let (writing, store) = self.place.begin("readwrite", "strict").await?;
        store.add(&key, NAME)?;
        complete(&writing).await?;
        self.known.replace(Some(key.clone()));
        Ok(key)
    }
}
