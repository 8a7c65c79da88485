//! What `extension/backend.js` calls: JavaScript values in and out, and nothing decided.
//!
//! No method takes `&mut self`: calls overlap at every wait.

use crate::app::App;
use crate::browser::{Browser, from_js, to_js};
use crate::command::{Page, Sender};
use crate::platform::PortId;
use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
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
    Sender::of_page(known.unwrap_or_default())
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
    #[wasm_bindgen(unchecked_return_type = "Promise<{ ok: boolean }>")]
    pub fn handle(&self, request: JsValue, from: &MessageSender) -> Promise {
        self.answer(request, sender(from))
    }

    /// Answers a request of the person at a place of the browser around our pages: see [`Page::around`].
    #[wasm_bindgen(unchecked_return_type = "Promise<{ ok: boolean }>")]
    pub fn handle_around(&self, place: &str, request: JsValue) -> Promise {
        self.answer(request, Sender { around: Page::around(place), ..Sender::default() })
    }

    fn answer(&self, request: JsValue, sender: Sender) -> Promise {
        let app = self.app.clone();
        promise(Box::pin(async move { to_js(&app.handle(message(request), sender).await) }))
    }

    /// A page has connected; `post` sends it a message.
    pub fn open_port(&self, port: PortId, post: Function, from: &MessageSender) {
        self.browser.connect(port, post);
        self.app.open_port(port, sender(from));
    }

    /// A page has gone.
    pub fn close_port(&self, port: PortId) {
        self.browser.disconnect(port);
        self.app.close_port(port);
    }

    /// The alarm fired.
    pub fn alarm(&self) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.alarm().await }))
    }

    /// The browser has started.
    pub fn startup(&self) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.startup().await }))
    }

    /// The extension was installed or updated.
    pub fn installed(&self) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.installed().await }))
    }

    /// The administrator's policy has changed, or another instance of this worker has changed something: what is remembered of
    /// accounts and settings is read anew.
    pub fn look_again(&self) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.look_again().await }))
    }

    /// The worker has started, for whatever reason.
    pub fn woke(&self) -> Promise {
        let (app, browser) = (self.app.clone(), self.browser.clone());
        done(Box::pin(async move {
            browser.settle().await;
            app.woke().await;
        }))
    }
}

/// What the module that a worker starts with leaves to the whole one.
#[cfg(not(feature = "whole"))]
#[wasm_bindgen]
impl Backend {
    /// The next account for which the whole backend is to ask silently; each is answered once.
    pub fn left_over(&self) -> Option<String> {
        self.app.left_over()
    }
}

#[cfg(feature = "whole")]
#[wasm_bindgen]
impl Backend {
    /// A message of a connected page. Ends when the work it started has ended.
    pub fn port_message(&self, port: PortId, value: JsValue) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.port_message(port, message(value)).await }))
    }

    /// Somebody is about to chat.
    pub fn begin_chat(&self) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.begin_chat().await }))
    }

    /// What a small module left over: a new token for this account, if it can be had without a window.
    pub fn ask_silently(&self, account: String) -> Promise {
        let app = self.app.clone();
        done(Box::pin(async move { app.ask_silently(&account).await }))
    }
}

/// The work as a promise: one kind for all, because each kind takes code of its own.
fn promise(work: LocalBoxFuture<'static, JsValue>) -> Promise {
    future_to_promise(async move { Ok(work.await) })
}

/// The same where there is nothing to answer.
fn done(work: LocalBoxFuture<'static, ()>) -> Promise {
    promise(Box::pin(async move {
        work.await;
        JsValue::UNDEFINED
    }))
}
