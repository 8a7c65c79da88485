//! What `extension/backend.js` calls: JavaScript values in and out, and nothing decided.
//!
//! No method takes `&mut self`: calls overlap at every wait.

use crate::app::App;
use crate::browser::{Browser, from_js, to_js};
use crate::command::Sender;
use crate::platform::PortId;
use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// `chrome.runtime.MessageSender`, as far as it is read here.
    #[wasm_bindgen(typescript_type = "chrome.runtime.MessageSender | undefined")]
    pub type MessageSender;
    #[wasm_bindgen(method, getter)]
    fn url(this: &MessageSender) -> Option<String>;
}

/// Who sent it. A sender that the browser does not name may do nothing, and has an empty address.
fn sender(from: &MessageSender) -> Sender {
    let known = from.is_object().then(|| from.url()).flatten();
    Sender { url: known.unwrap_or_default() }
}

/// The data of a message. What is no data fits no command, as `null` does.
fn message(value: JsValue) -> Value {
    from_js(&value).unwrap_or_default()
}

/// The backend of one worker.
#[wasm_bindgen]
pub struct Backend {
    app: App<Browser>,
    browser: Browser,
}

#[wasm_bindgen]
impl Backend {
    /// The backend. `end` is aborted when this instance trapped and is thrown away: its locks are then free. `early` is the
    /// answer of `chrome.storage.session.get` for what the first paint needs, asked for while this module was loading.
    #[wasm_bindgen(constructor)]
    pub fn new(end: AbortSignal, early: Promise) -> Self {
        let browser = Browser::new(end, early);
        Self { app: App::new(browser.clone()), browser }
    }

    /// Answers a one-shot request with the whole envelope.
    #[wasm_bindgen(unchecked_return_type = "{ ok: boolean }")]
    pub async fn handle(&self, request: JsValue, from: &MessageSender) -> JsValue {
        to_js(&self.app.handle(message(request), sender(from)).await)
    }

    /// A page has connected; `post` sends it a message.
    pub fn open_port(&self, port: PortId, post: Function, from: &MessageSender) {
        self.browser.connect(port, post);
        self.app.open_port(port, sender(from));
    }

    /// A message of a connected page. Ends when the work it started has ended.
    pub async fn port_message(&self, port: PortId, value: JsValue) {
        self.app.port_message(port, message(value)).await;
    }

    /// A page has gone.
    pub fn close_port(&self, port: PortId) {
        self.browser.disconnect(port);
        self.app.close_port(port);
    }

    /// The alarm fired.
    pub async fn alarm(&self) {
        self.app.alarm().await;
    }

    /// The browser has started.
    pub async fn startup(&self) {
        self.app.startup().await;
    }

    /// The extension was installed or updated.
    pub async fn installed(&self) {
        self.app.installed().await;
    }

    /// The administrator's policy has changed.
    pub async fn policy_changed(&self) {
        self.app.policy_changed().await;
    }

    /// The worker has started, for whatever reason.
    pub async fn woke(&self) {
        self.browser.settle().await;
        self.app.woke().await;
    }
}
