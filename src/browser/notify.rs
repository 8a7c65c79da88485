//! Notifications, over `chrome.notifications`.

use super::value::object;
use super::{address, failed};
use crate::platform::{Notify, StoreError};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "notifications"], js_name = create)]
    async fn create(id: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "notifications"], js_name = clear)]
    async fn clear(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn text_of(name: &str) -> String;
}

/// What is pressed to sign in again, and what to be called later: `extension/notified.js` knows them by their order.
const BUTTONS: [&str; 2] = ["sign_in_again", "remind_later"];

fn text(name: &str) -> JsValue {
    let text = text_of(name);
    if text.is_empty() { name.into() } else { text.into() }
}

/// The adapter of [`Notify`].
pub struct BrowserNotify;

impl Notify for BrowserNotify {
    async fn show(&self, id: &str, title: &str, message: &str) -> Result<(), StoreError> {
        let options = object([
            ("type", "basic".into()),
            // Seen from the worker's script, a relative address would be another one.
            ("iconUrl", address("extension/icons/128.png").into()),
            ("title", text(title)),
            ("message", text(message)),
            ("buttons", BUTTONS.map(|name| object([("title", text(name))])).into_iter().collect::<Array>().into()),
        ]);
        create(id, &options).await.map(|_| ()).map_err(failed)
    }

    async fn clear(&self, id: &str) -> Result<(), StoreError> {
        clear(id).await.map(|_| ()).map_err(failed)
    }
}
