//! The administrator's policy, over `chrome.storage.managed`.

use super::failed;
use super::value::from_js;
use crate::json;
use crate::platform::{Policy, StoreError};
use serde_json::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed"], js_name = get)]
    async fn read(keys: &JsValue) -> Result<JsValue, JsValue>;
}

/// The adapter of [`Policy`].
pub struct BrowserPolicy;

impl Policy for BrowserPolicy {
    async fn read(&self) -> Result<Value, StoreError> {
        let found = from_js(&read(&JsValue::NULL).await.map_err(failed)?);
        Ok(found.filter(Value::is_object).unwrap_or_else(|| json::object([])))
    }
}
