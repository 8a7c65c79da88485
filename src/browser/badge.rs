//! The toolbar button, over `chrome.action`.

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
}

/// The adapter of [`Badge`].
pub struct BrowserBadge;

impl Badge for BrowserBadge {
    async fn show(&self, text: &str, title: &str) -> Result<(), StoreError> {
        set_text(&object([("text", text.into())])).await.map_err(failed)?;
        set_title(&object([("title", title.into())])).await.map_err(failed)?;
        Ok(())
    }
}
