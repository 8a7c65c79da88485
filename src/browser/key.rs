//! Where the cipher's key lives: a non-extractable `CryptoKey` in IndexedDB, which stores it without ever showing its bytes.

use super::value::object;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `CryptoKey`.
    #[derive(Clone)]
    pub(super) type Key;

    type Request;
    #[wasm_bindgen(catch, js_namespace = indexedDB, js_name = open)]
    fn open(name: &str, version: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn result(this: &Request) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Request, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Request, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Request, handler: &Function);

    type Database;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, store: &str, mode: &str, options: &JsValue) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn store(this: &Transaction, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_oncomplete(this: &Transaction, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onabort(this: &Transaction, handler: &Function);

    type Store;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn add(this: &Store, value: &Key, key: &str) -> Result<Request, JsValue>;
}

/// Database, store and key in it.
const NAMES: (&str, &str, &str) = ("chat-for-jira-key", "keys", "records");

/// An open database; closed when dropped, so that it never stands in the way of another context.
struct Open(Database);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.close();
    }
}

async fn done(request: &Request) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(resolve.unchecked_ref());
        request.set_onerror(reject.unchecked_ref());
    });
    JsFuture::from(promise).await?;
    Ok(request.result())
}

async fn database() -> Result<Open, JsValue> {
    let request = open(NAMES.0, 1)?;
    let upgrade = Closure::once({
        let request: Request = request.clone().unchecked_into();
        move || request.result().unchecked_into::<Database>().create_store(NAMES.1).map(|_| ())
    });
    request.set_onupgradeneeded(upgrade.as_ref().unchecked_ref());
    Ok(Open(done(&request).await?.unchecked_into()))
}

/// The key, if there is one.
pub(super) async fn load() -> Result<Option<Key>, JsValue> {
    let database = database().await?;
    let transaction = database.0.transaction(NAMES.1, "readonly", &JsValue::UNDEFINED)?;
    let key = done(&transaction.store(NAMES.1)?.get(NAMES.2)?).await?;
    Ok((!key.is_undefined()).then(|| key.unchecked_into()))
}

/// Stores the key. Returns when it is safely on the disk: records sealed with a key that is not are lost.
pub(super) async fn save(key: &Key) -> Result<(), JsValue> {
    let database = database().await?;
    let transaction = database.0.transaction(NAMES.1, "readwrite", &object([("durability", "strict".into())]))?;
    transaction.store(NAMES.1)?.add(key, NAMES.2)?;
    let complete = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(resolve.unchecked_ref());
        transaction.set_onabort(reject.unchecked_ref());
    });
    JsFuture::from(complete).await.map(|_| ())
}
