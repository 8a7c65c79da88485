//! Notifications, over `chrome.notifications`.

use super::value::object;
use super::{address, failed};
use crate::platform::{Notify, StoreError};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "notifications"], js_name = create)]
    async fn create(id: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "notifications"], js_name = clear)]
    async fn clear(id: &str) -> Result<JsValue, JsValue>;
}

/// The adapter of [`Notify`].
pub struct BrowserNotify;

impl Notify for BrowserNotify {
    async fn show(&self, id: &str, title: &str, message: &str) -> Result<(), StoreError> {
        let options = object([
            ("type", "basic".into()),
            // Seen from the worker's script, a relative address would be another one.
            ("iconUrl", address("extension/icons/128.png").into()),
            ("title", title.into()),
            ("message", message.into()),
        ]);
        create(id, &options).await.map(|_| ()).map_err(failed)
    }

    async fn clear(&self, id: &str) -> Result<(), StoreError> {
        clear(id).await.map(|_| ()).map_err(failed)
    }
}
