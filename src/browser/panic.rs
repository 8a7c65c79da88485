//! What is said when the module panics, before it traps.

use wasm_bindgen::JsValue;

/// From now on a panic leaves one line in the worker's console: where it happened, and never what was said, because the words
/// of a panic may hold what was being worked on.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        web_sys::console::error_1(&JsValue::from_str(&format!("Chat for Jira panicked at {place}")));
    }));
}
