//! A record as the browser's stores keep it: `{revision, value}`.

use super::value::{field, object};
use crate::platform::{Record, StoreError};
use wasm_bindgen::JsValue;

#[allow(clippy::as_conversions, reason = "a float to a whole number has no other way; it saturates")]
fn whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0).then_some(number as u64)
}

/// What stands for a record in a browser's store.
pub(super) fn record(revision: u64, value: &str) -> Result<JsValue, StoreError> {
    let number = u32::try_from(revision).map_err(|_| StoreError::Failed("too many revisions".to_owned()))?;
    Ok(object([("revision", number.into()), ("value", value.into())]))
}

/// The record that something stored under `key` stands for.
pub(super) fn as_record(key: &str, stored: &JsValue) -> Result<Option<Record>, StoreError> {
    if stored.is_undefined() {
        return Ok(None);
    }
    match (field(stored, "revision").as_f64().and_then(whole), field(stored, "value").as_string()) {
        (Some(revision), Some(value)) if revision > 0 => Ok(Some(Record { revision, value })),
        _ => Err(StoreError::Failed(format!("what is stored under {key} is not a record"))),
    }
}
