//! The twins of the two stores.

use super::Inner;
use super::life::Life;
use crate::platform::{Record, SessionStore, Store, StoreError};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The twin of [`Store`].
#[derive(Clone)]
pub struct MemoryStore {
    life: Life,
    place: fn(&Inner) -> &Records,
}

type Records = RefCell<BTreeMap<String, Record>>;

impl MemoryStore {
    pub(super) fn new(life: Life, place: fn(&Inner) -> &Records) -> Self {
        Self { life, place }
    }

    fn records(&self) -> &Records {
        (self.place)(&self.life.world().0)
    }

    /// Begins a write: `Conflict` unless the record is at revision `expected`.
    async fn begin(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.life.call().await;
        if let Some(fault) = self.life.world().0.fault.borrow().clone() {
            return Err(fault);
        }
        let revision = self.records().borrow().get(key).map_or(0, |record| record.revision);
        if revision == expected { Ok(()) } else { Err(StoreError::Conflict) }
    }
}

impl Store for MemoryStore {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        self.life.call().await;
        Ok(self.records().borrow().get(key).cloned())
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Record>>, StoreError> {
        self.life.call().await;
        let records = self.records().borrow();
        Ok(keys.iter().map(|key| records.get(key).cloned()).collect())
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        self.begin(key, expected).await?;
        let record = Record { revision: expected + 1, value: value.to_owned() };
        self.records().borrow_mut().insert(key.to_owned(), record);
        Ok(expected + 1)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.begin(key, expected).await?;
        self.records().borrow_mut().remove(key);
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.life.call().await;
        let records = self.records().borrow();
        Ok(records.keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

/// The twin of [`SessionStore`].
#[derive(Clone)]
pub struct MemorySession(pub(super) Life);

impl SessionStore for MemorySession {
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.call().await;
        Ok(self.0.world().0.session.borrow().get(key).cloned())
    }

    async fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.0.call().await;
        let inner = &self.0.world().0;
        if let Some(fault) = inner.fault.borrow().clone() {
            return Err(fault);
        }
        inner.session.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.call().await;
        self.0.world().0.session.borrow_mut().remove(key);
        Ok(())
    }
}
