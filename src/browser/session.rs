//! Values in `chrome.storage.session`, which lives in memory.

use super::failed;
use super::value::{field, object};
use crate::platform::{SessionStore, StoreError};
use wasm_bindgen::prelude::*;

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
pub struct BrowserSession;

impl SessionStore for BrowserSession {
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(field(&read(key).await.map_err(failed)?, key).as_string())
    }

    async fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        write(&object([(key, value.into())])).await.map(|_| ()).map_err(failed)
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        remove(key).await.map(|_| ()).map_err(failed)
    }
}
