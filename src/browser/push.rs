//! Messages to open pages.

use super::value::to_js;
use crate::few::Few;
use crate::platform::{PortId, Push};
use js_sys::Function;
use serde_json::Value;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// The adapter of [`Push`]: for each open page the function that posts to it.
#[derive(Default)]
pub struct BrowserPush {
    pages: RefCell<Few<PortId, Function>>,
}

impl BrowserPush {
    pub(super) fn connect(&self, port: PortId, post: Function) {
        self.pages.borrow_mut().insert(port, post);
    }

    pub(super) fn disconnect(&self, port: PortId) {
        self.pages.borrow_mut().remove(&port);
    }
}

impl Push for BrowserPush {
    fn post(&self, port: PortId, message: &Value) {
        let post = self.pages.borrow().get(&port).cloned();
        if let Some(post) = post {
            // It fails when the page is just going; it asks anew when it is back.
            let _ = post.call1(&JsValue::UNDEFINED, &to_js(message));
        }
    }

    fn ports(&self) -> Vec<PortId> {
        self.pages.borrow().iter().map(|(port, _)| *port).collect()
    }
}
