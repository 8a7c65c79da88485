//! The alarm, over `chrome.alarms`.

use super::failed;
use super::value::{field, object};
use crate::platform::{ALARM_AGAIN, Alarm, StoreError, Timestamp};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = create)]
    async fn create(name: &str, when: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = get)]
    async fn get(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = clear)]
    async fn clear(name: &str) -> Result<JsValue, JsValue>;
}

/// The one name.
const NAME: &str = "wake";

/// The adapter of [`Alarm`].
pub struct BrowserAlarm;

impl Alarm for BrowserAlarm {
    #[allow(clippy::as_conversions, reason = "moments are far below 2^53, where floats are exact")]
    async fn set(&self, at: Option<Timestamp>) -> Result<(), StoreError> {
        match at {
            Some(at) => {
                let again = ALARM_AGAIN.as_secs_f64() / 60.0;
                create(NAME, &object([("when", (at.0 as f64).into()), ("periodInMinutes", again.into())])).await
            }
            None => clear(NAME).await,
        }
        .map(|_| ())
        .map_err(failed)
    }

    #[allow(clippy::as_conversions, reason = "a float to a whole number has no other way; it saturates")]
    async fn get(&self) -> Result<Option<Timestamp>, StoreError> {
        let time = field(&get(NAME).await.map_err(failed)?, "scheduledTime").as_f64();
        Ok(time.map(|time| Timestamp(time.round() as i64)))
    }
}
