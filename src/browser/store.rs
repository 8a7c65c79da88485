//! Records in `chrome.storage.local`: `{revision, value}` under each key.

use super::failed;
use super::lock::BrowserLock;
use super::record::{as_record, record};
use super::value::{field, object};
use crate::platform::{Lock, Record, Store, StoreError};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    async fn read(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    async fn write(items: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    async fn remove(key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = getKeys)]
    async fn all_keys() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = setAccessLevel)]
    async fn set_access_level(level: &JsValue) -> Result<JsValue, JsValue>;
}

/// Keeps content scripts out of the records, should there ever be one. A browser that does not know the call refuses it.
pub(super) async fn close_to_content_scripts() {
    let _refused = set_access_level(&object([("accessLevel", "TRUSTED_CONTEXTS".into())])).await;
}

/// The adapter of [`Store`].
pub struct BrowserStore {
    lock: BrowserLock,
}

impl BrowserStore {
    pub(super) fn new(lock: BrowserLock) -> Self {
        Self { lock }
    }

    /// Does `write` if the record is at revision `expected`, with no other writer in between.
    async fn if_at(
        &self,
        key: &str,
        expected: u64,
        write: impl AsyncFnOnce() -> Result<JsValue, JsValue>,
    ) -> Result<(), StoreError> {
        let guard = self.lock.acquire(&format!("store:{key}")).await;
        let _guard = guard.map_err(|_| StoreError::Failed("the record's lock could not be had".to_owned()))?;
        let revision = self.get(key).await?.map_or(0, |record| record.revision);
        if revision != expected {
            return Err(StoreError::Conflict);
        }
        write().await.map(|_| ()).map_err(failed)
    }
}

impl Store for BrowserStore {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        as_record(key, &field(&read(&key.into()).await.map_err(failed)?, key))
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Record>>, StoreError> {
        let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        let stored = read(&names).await.map_err(failed)?;
        keys.iter().map(|key| as_record(key, &field(&stored, key))).collect()
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        let record = record(expected + 1, value)?;
        self.if_at(key, expected, async || write(&object([(key, record)])).await).await.map(|()| expected + 1)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.if_at(key, expected, async || remove(key).await).await
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        // `getKeys` came with Chromium 130; before, the values have to be read along.
        let all: Array = match all_keys().await {
            Ok(keys) => keys.unchecked_into(),
            Err(_) => Object::keys(read(&JsValue::NULL).await.map_err(failed)?.unchecked_ref::<Object>()),
        };
        let sorted = all.sort();
        let keys = sorted.iter().filter_map(|key| key.as_string());
        Ok(keys.filter(|key| key.starts_with(prefix)).collect())
    }
}
