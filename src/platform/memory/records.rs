//! The twins of the two stores.

use super::life::Life;
use crate::platform::{Record, SessionStore, Store, StoreError};

/// The twin of [`Store`].
#[derive(Clone)]
pub struct MemoryStore(pub(super) Life);

impl MemoryStore {
    /// Begins a write: `Conflict` unless the record is at revision `expected`.
    async fn begin(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.0.call().await;
        let inner = &self.0.world().0;
        if let Some(fault) = inner.fault.borrow().clone() {
            return Err(fault);
        }
        let revision = inner.records.borrow().get(key).map_or(0, |record| record.revision);
        if revision == expected { Ok(()) } else { Err(StoreError::Conflict) }
    }
}

impl Store for MemoryStore {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        self.0.call().await;
        Ok(self.0.world().0.records.borrow().get(key).cloned())
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        self.begin(key, expected).await?;
        let record = Record { revision: expected + 1, value: value.to_owned() };
        self.0.world().0.records.borrow_mut().insert(key.to_owned(), record);
        Ok(expected + 1)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.begin(key, expected).await?;
        self.0.world().0.records.borrow_mut().remove(key);
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.0.call().await;
        let records = self.0.world().0.records.borrow();
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
