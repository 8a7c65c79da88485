//! The body of an answer, read piece by piece so that one without an end does not fill the memory.

use crate::platform::{HttpError, LONGEST_ANSWER};
use gloo_net::http::Response;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// All of it. Errors: `Network` where it breaks off, `TooLong`.
pub(super) async fn read(response: &Response) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| HttpError::Network)?;
        let Some(piece) = part(&piece, "value").dyn_into::<Uint8Array>().ok() else { return Ok(bytes) };
        let before = bytes.len();
        let after = usize::try_from(piece.length()).map_or(usize::MAX, |length| before.saturating_add(length));
        if after > LONGEST_ANSWER {
            return Err(HttpError::TooLong { status: response.status() });
        }
        bytes.resize(after, 0);
        piece.copy_to(bytes.get_mut(before..).unwrap_or_default());
    }
}

fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}
