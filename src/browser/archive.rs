//! Records in IndexedDB: `{revision, value}` under each key. Comparing and writing are one transaction, so no lock is needed.

use super::database::{Place, answer, complete};
use super::record::{as_record, record};
use super::{failed, indexed_db};
use crate::few::sorted;
use crate::platform::{Record, Store, StoreError};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = IDBKeyRange, js_name = bound)]
    fn between(first: &str, last: &str) -> Result<JsValue, JsValue>;
}

/// The adapter of the archive's [`Store`].
pub struct BrowserArchive(Place);

impl BrowserArchive {
    pub(super) const fn new() -> Self {
        Self(Place::new("chat-for-jira-archive", "records"))
    }

    async fn reading(&self) -> Result<indexed_db::Store, StoreError> {
        self.0.begin("readonly", "default").await.map(|(_reading, store)| store).map_err(failed)
    }

    /// Does `write` if the record is at revision `expected`, and waits until it is done. History that a power failure takes is
    /// no loss, so the disk is not waited for.
    async fn if_at(
        &self,
        key: &str,
        expected: u64,
        write: impl FnOnce(&indexed_db::Store) -> Result<indexed_db::Request, JsValue>,
    ) -> Result<(), StoreError> {
        let (writing, store) = self.0.begin("readwrite", "relaxed").await.map_err(failed)?;
        let revision = read(&store, key).await?.map_or(0, |record| record.revision);
        if revision != expected {
            return Err(StoreError::Conflict);
        }
        write(&store).map_err(failed)?;
        complete(&writing).await.map_err(failed)
    }
}

async fn read(store: &indexed_db::Store, key: &str) -> Result<Option<Record>, StoreError> {
    let asked = store.get(key).map_err(failed)?;
    as_record(key, &answer(&asked).await.map_err(failed)?)
}

impl Store for BrowserArchive {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        read(&self.reading().await?, key).await
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Record>>, StoreError> {
        let store = self.reading().await?;
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            found.push(read(&store, key).await?);
        }
        Ok(found)
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        let record = record(expected + 1, value)?;
        self.if_at(key, expected, |store| store.put(&record, key)).await.map(|()| expected + 1)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.if_at(key, expected, |store| store.delete(key)).await
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let store = self.reading().await?;
        // The last character there is: no key of ours has it.
        let range = between(prefix, &format!("{prefix}\u{ffff}")).map_err(failed)?;
        let asked = store.all_keys(&range).map_err(failed)?;
        let found: Array = answer(&asked).await.map_err(failed)?.unchecked_into();
        Ok(sorted(found.iter().filter_map(|key| key.as_string())))
    }
}
