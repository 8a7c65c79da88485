//! The toolbar button, over `chrome.action`, in the language of the browser.

use super::failed;
use super::value::object;
use crate::platform::{Badge, StoreError};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setBadgeText)]
    async fn set_text(details: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setTitle)]
    async fn set_title(details: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn text_of(name: &str, number: &str) -> String;
}

/// The adapter of [`Badge`].
pub struct BrowserBadge;

impl Badge for BrowserBadge {
    async fn show(&self, text: &str, title: &str, many: usize) -> Result<(), StoreError> {
        set_text(&object([("text", text.into())])).await.map_err(failed)?;
        set_title(&object([("title", text_of(title, &many.to_string()).into())])).await.map_err(failed)?;
        Ok(())
    }
}
