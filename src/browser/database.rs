//! IndexedDB, as far as the key and the archive need it. Nothing here waits for ever: a database that does not answer, is held
//! by another version of us, or is closed by the browser gives an error.

use super::indexed_db::{Database, Request, Store, Transaction, handle, open};
use super::value::{field, object};
use futures_util::future::{Either, select};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::pin::pin;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A disk that takes longer than this is broken.
const PATIENCE: Duration = Duration::from_secs(10);

/// One database with one object store, opened when first used.
pub(super) struct Place {
    name: &'static str,
    store: &'static str,
    open: RefCell<Option<Database>>,
}

/// The end of what `of` does: the event `good`, or one of `bad`, whose reason is then in its `error`.
async fn end(of: &JsValue, good: &str, bad: &[&str]) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        handle(of, good, resolve.unchecked_ref());
        for event in bad {
            handle(of, event, reject.unchecked_ref());
        }
    });
    match select(pin!(JsFuture::from(promise)), pin!(gloo_timers::future::sleep(PATIENCE))).await {
        Either::Left((Ok(_), _)) => Ok(()),
        Either::Left((Err(_event), _)) => Err(field(of, "error")),
        Either::Right(_) => Err("the database does not answer".into()),
    }
}

/// What a request found.
pub(super) async fn answer(request: &Request) -> Result<JsValue, JsValue> {
    end(request, "onsuccess", &["onerror"]).await?;
    Ok(request.result())
}

/// Waits until all of a transaction is written.
pub(super) async fn complete(transaction: &Transaction) -> Result<(), JsValue> {
    end(transaction, "oncomplete", &["onabort"]).await
}

impl Place {
    pub(super) const fn new(name: &'static str, store: &'static str) -> Self {
        Self { name, store, open: RefCell::new(None) }
    }

    /// A new transaction. It ends by itself as soon as nothing is asked of it in the same turn.
    pub(super) async fn begin(&self, mode: &str, durability: &str) -> Result<(Transaction, Store), JsValue> {
        let known = self.open.borrow().clone();
        // One that was closed meanwhile refuses, and is opened anew.
        if let Some(Ok(begun)) = known.map(|known| self.begin_in(&known, mode, durability)) {
            return Ok(begun);
        }
        let database = self.database().await?;
        self.open.replace(Some(database.clone()));
        self.begin_in(&database, mode, durability)
    }

    fn begin_in(&self, database: &Database, mode: &str, durability: &str) -> Result<(Transaction, Store), JsValue> {
        let options = object([("durability", durability.into())]);
        let transaction = database.transaction(self.store, mode, &options)?;
        let store = transaction.store(self.store)?;
        Ok((transaction, store))
    }

    async fn database(&self) -> Result<Database, JsValue> {
        let request = open(self.name, 1)?;
        let (asked, store) = (Request::from(JsValue::from(&request)), self.store);
        let upgrade =
            Closure::once(move || asked.result().unchecked_into::<Database>().create_store(store).map(|_| ()));
        handle(&request, "onupgradeneeded", upgrade.as_ref().unchecked_ref());
        end(&request, "onsuccess", &["onerror", "onblocked"]).await?;
        let database: Database = request.result().unchecked_into();
        // Another version of us wants it: out of its way at once, also when this module is dead, so in JavaScript's own words.
        let close: Function = field(&database, "close").unchecked_into();
        handle(&database, "onversionchange", &close.bind0(&database));
        Ok(database)
    }
}
