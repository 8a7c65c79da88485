//! Header rules, over the session rules of `chrome.declarativeNetRequest`.

use super::failed;
use super::value::{field, object};
use crate::platform::{HeaderRule, Rules, StoreError};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn address(path: &str) -> String;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "declarativeNetRequest"], js_name = getSessionRules)]
    async fn known() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "declarativeNetRequest"], js_name = updateSessionRules)]
    async fn update(change: &JsValue) -> Result<JsValue, JsValue>;
}

/// The adapter of [`Rules`].
pub struct BrowserRules;

impl Rules for BrowserRules {
    async fn set(&self, rules: &[HeaderRule]) -> Result<(), StoreError> {
        let known = match known().await {
            Ok(known) => known.dyn_into::<Array>().unwrap_or_default(),
            // Without the permission there is no such interface, and no rule either.
            Err(_missing) if rules.is_empty() => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        let old: Array = known.iter().map(|rule| field(&rule, "id")).collect();
        let new: Array = (1_u32..).zip(rules).map(|(id, rule)| written(id, rule)).collect();
        let change = object([("removeRuleIds", old.into()), ("addRules", new.into())]);
        update(&change).await.map(|_| ()).map_err(failed)
    }
}

/// As the browser wants it. Only for requests that this extension sends itself and that belong to no tab.
fn written(id: u32, rule: &HeaderRule) -> JsValue {
    let headers = Array::new();
    if rule.drop_origin {
        headers.push(&object([("header", "origin".into()), ("operation", "remove".into())]));
    }
    if let Some(agent) = rule.user_agent {
        headers.push(&object([("header", "user-agent".into()), ("operation", "set".into()), ("value", agent.into())]));
    }
    let own = address("");
    let own = own.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let list = |items: &[JsValue]| JsValue::from(items.iter().cloned().collect::<Array>());
    let condition = object([
        ("urlFilter", format!("|{}", rule.url_prefix).into()),
        ("initiatorDomains", list(&[own.into()])),
        ("resourceTypes", list(&["xmlhttprequest".into(), "other".into()])),
        ("tabIds", list(&[(-1).into()])),
    ]);
    let action = object([("type", "modifyHeaders".into()), ("requestHeaders", headers.into())]);
    object([("id", id.into()), ("priority", 1.into()), ("action", action), ("condition", condition)])
}
