//! Optional permissions, over `chrome.permissions`.

use super::failed;
use super::value::object;
use crate::platform::{Permissions, StoreError};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
    async fn contains(permissions: &JsValue) -> Result<JsValue, JsValue>;
}

/// The adapter of [`Permissions`].
pub struct BrowserPermissions;

impl Permissions for BrowserPermissions {
    async fn granted(&self, origins: &[String], permissions: &[&str]) -> Result<bool, StoreError> {
        let origins: Array = origins.iter().map(|origin| JsValue::from_str(origin)).collect();
        let permissions: Array = permissions.iter().map(|permission| JsValue::from_str(permission)).collect();
        let wanted = object([("origins", origins.into()), ("permissions", permissions.into())]);
        Ok(contains(&wanted).await.map_err(failed)?.is_truthy())
    }
}
