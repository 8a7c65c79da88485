//! What the worker of the test extension calls.

use chat_for_jira::browser::Browser;
use chat_for_jira::platform::contract::{self, Ground};
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

/// The names of all checks, in the order they want to run in.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    contract::NAMES.iter().map(|name| (*name).to_owned()).collect()
}

/// Runs one check against a server at this address. Answers nothing, or what was promised and what came instead.
#[wasm_bindgen]
pub async fn run(name: String, server: String) -> Option<String> {
    let (Ok(here), Ok(there)) = (AbortController::new(), AbortController::new()) else {
        return Some("the browser has no AbortController".to_owned());
    };
    let ground = Ground {
        here: Browser::new(here.signal(), nothing_early()),
        there: Browser::new(there.signal(), nothing_early()),
        server,
    };
    contract::run(&name, &ground).await.err()
}

/// Takes a lock in an instance that then ends without a word, as one does that trapped. Answers once it is taken.
#[wasm_bindgen]
pub async fn take_and_die(name: String) -> bool {
    use chat_for_jira::platform::{Lock, Platform};
    let Ok(end) = AbortController::new() else { return false };
    let browser = Browser::new(end.signal(), nothing_early());
    let Ok(guard) = browser.lock().acquire(&name).await else { return false };
    std::mem::forget(guard);
    end.abort();
    true
}

/// No read was begun before.
pub(crate) fn nothing_early() -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, _| {
        let _ = resolve.call1(&wasm_bindgen::JsValue::UNDEFINED, &js_sys::Object::new());
    })
}
