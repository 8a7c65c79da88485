//! Locks, over Web Locks: one origin, so worker, popup, panel and tabs share them.

use super::value::object;
use crate::platform::{LOCK_BOUND, Lock, LockError};
use futures_util::future::{Either, select};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &JsValue, granted: &Function) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The adapter of [`Lock`].
#[derive(Clone)]
pub struct BrowserLock {
    end: AbortSignal,
}

impl BrowserLock {
    /// When `end` is aborted, every lock taken here is free.
    pub(super) fn new(end: AbortSignal) -> Self {
        Self { end }
    }
}

/// A promise and the function that fulfils it. That function is JavaScript's own: it works also when this module is dead.
fn promise() -> (Promise, Function) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil.unwrap_or_default().unchecked_into())
}

/// Frees the lock, or stops waiting for it, when dropped.
pub struct Guard {
    free: Function,
    waiting: AbortController,
    timer: Rc<RefCell<JsValue>>,
    end: AbortSignal,
    _granted: Closure<dyn FnMut(JsValue) -> Promise>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.waiting.abort();
        let _ = self.free.call0(&JsValue::UNDEFINED);
        clear_timeout(&self.timer.borrow());
        let _ = self.end.remove_event_listener_with_callback("abort", &self.free);
    }
}

impl Lock for BrowserLock {
    type Guard = Guard;

    async fn acquire(&self, name: &str) -> Result<Guard, LockError> {
        let (held, free) = promise();
        let (granted, tell) = promise();
        let timer = Rc::new(RefCell::new(JsValue::UNDEFINED));
        self.end.add_event_listener_with_callback("abort", &free).map_err(|_| LockError)?;
        let callback = Closure::once({
            let (free, timer) = (free.clone(), timer.clone());
            move |_lock: JsValue| {
                // The bound needs no Rust: a holder that trapped or hangs is freed all the same.
                timer.replace(set_timeout(&free, u32::try_from(LOCK_BOUND.as_millis()).unwrap_or(0)));
                let _ = tell.call0(&JsValue::UNDEFINED);
                held
            }
        });
        let waiting = AbortController::new().map_err(|_| LockError)?;
        let options = object([("signal", waiting.signal().into())]);
        let function = callback.as_ref().unchecked_ref::<Function>().clone();
        let guard = Guard { free, waiting, timer, end: self.end.clone(), _granted: callback };
        let ended = request(name, &options, &function).map_err(|_| LockError)?;
        match select(JsFuture::from(granted), JsFuture::from(ended)).await {
            Either::Left(_) => Ok(guard),
            Either::Right(_) => Err(LockError),
        }
    }
}
