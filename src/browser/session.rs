//! Values in `chrome.storage.session`, which lives in memory.

use super::failed;
use super::value::{field, object};
use crate::platform::{SessionStore, StoreError};
use js_sys::Promise;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = get)]
    async fn read(key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = set)]
    async fn write(items: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = remove)]
    async fn remove(key: &str) -> Result<JsValue, JsValue>;
}

/// The adapter of [`SessionStore`].
pub struct BrowserSession {
    /// What the worker's script began to read while this module was still loading, until it is used or may be old.
    early: RefCell<Option<Promise>>,
}

impl BrowserSession {
    pub(super) fn new(early: Promise) -> Self {
        Self { early: RefCell::new(Some(early)) }
    }

    /// The early answer, if it has this key: it is of use once, and only before the first write.
    async fn early(&self, key: &str) -> Option<String> {
        let early = self.early.take()?;
        field(&JsFuture::from(early).await.ok()?, key).as_string()
    }
}

impl SessionStore for BrowserSession {
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        if let Some(value) = self.early(key).await {
            return Ok(Some(value));
        }
        Ok(field(&read(key).await.map_err(failed)?, key).as_string())
    }

    async fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.early.take();
        write(&object([(key, value.into())])).await.map(|_| ()).map_err(failed)
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.early.take();
        remove(key).await.map(|_| ()).map_err(failed)
    }
}
