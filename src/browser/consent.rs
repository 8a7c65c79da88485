//! Consent windows, over `chrome.identity`.

use super::value::object;
use super::words;
use crate::platform::{Consent, ConsentError};
use crate::secret::Secret;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "identity"], js_name = getRedirectURL)]
    fn redirect_url(path: &str) -> String;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "identity"], js_name = launchWebAuthFlow)]
    async fn launch(details: &JsValue) -> Result<JsValue, JsValue>;
}

/// The adapter of [`Consent`].
pub struct BrowserConsent;

impl Consent for BrowserConsent {
    fn redirect_uri(&self) -> String {
        redirect_url("oauth")
    }

    async fn launch(&self, url: &str, interactive: bool) -> Result<Secret, ConsentError> {
        match launch(&object([("url", url.into()), ("interactive", interactive.into())])).await {
            Ok(address) => address.as_string().map(Secret::from).ok_or(ConsentError::Closed),
            Err(error) => Err(judge(words(&error))),
        }
    }
}

/// Chromium tells its errors apart by their English text only (`chrome/browser/extensions/api/identity`).
fn judge(words: String) -> ConsentError {
    let known = [
        ("did not approve", ConsentError::Closed),
        ("could not be loaded", ConsentError::PageFailed),
        ("interaction required", ConsentError::InteractionRequired),
    ];
    let lower = words.to_ascii_lowercase();
    let found = known.into_iter().find(|(text, _)| lower.contains(text));
    found.map_or(ConsentError::Unavailable(words), |(_, error)| error)
}
