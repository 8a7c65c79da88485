//! The only place where JavaScript values become data and back.

use crate::json;
use js_sys::{Object, Reflect};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// The value as plain JSON data, as the browser itself writes it; `None` for a value that is no JSON: a function, a big
/// integer, a cycle.
pub fn from_js(value: &JsValue) -> Option<Value> {
    // For `undefined` and functions the answer is `undefined`, which is no text.
    let text: JsValue = js_sys::JSON::stringify(value).ok()?.into();
    json::parse(text.as_string()?.as_bytes())
}

/// The data as plain objects, arrays, text, numbers and `null`, as extension messages want it.
pub fn to_js(value: &Value) -> JsValue {
    // It fails only for whole numbers beyond 2^53: they go the way of JSON, which rounds them.
    value
        .serialize(&Serializer::json_compatible())
        .or_else(|_| js_sys::JSON::parse(&json::text_of(value)))
        .unwrap_or(JsValue::NULL)
}

/// The field of an object; `undefined` if there is none.
pub(super) fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// An object with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Defining a field of a fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
