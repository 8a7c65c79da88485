//! What is used of the browser's IndexedDB.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `IDBRequest`.
    pub(super) type Request;
    #[wasm_bindgen(catch, js_namespace = indexedDB, js_name = open)]
    pub(super) fn open(name: &str, version: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn result(this: &Request) -> JsValue;

    /// `IDBDatabase`.
    #[derive(Clone)]
    pub(super) type Database;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    pub(super) fn create_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn transaction(
        this: &Database,
        store: &str,
        mode: &str,
        options: &JsValue,
    ) -> Result<Transaction, JsValue>;

    /// `IDBTransaction`.
    pub(super) type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    pub(super) fn store(this: &Transaction, name: &str) -> Result<Store, JsValue>;

    /// `IDBObjectStore`.
    pub(super) type Store;
    #[wasm_bindgen(method, catch)]
    pub(super) fn get(this: &Store, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn add(this: &Store, value: &JsValue, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn put(this: &Store, value: &JsValue, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn delete(this: &Store, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    pub(super) fn all_keys(this: &Store, range: &JsValue) -> Result<Request, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    pub(super) fn handle(of: &JsValue, event: &str, handler: &Function) -> bool;
}
