//! The twins of the two stores.

use super::Lie;
use super::life::Life;
use crate::platform::{Record, SessionStore, Store, StoreError};

/// The twin of [`Store`].
#[derive(Clone)]
pub struct MemoryStore(pub(super) Life);

impl MemoryStore {
    /// What lies under the key, as this worker is to see it.
    fn seen(&self, key: &str) -> Option<Record> {
        let inner = &self.0.world().0;
        inner.lies.settle(inner.time.passed(), &inner.records);
        inner.lies.shown(self.0.number(), key).unwrap_or_else(|| inner.records.borrow().get(key).cloned())
    }

    /// Begins a write: the record's revision; `Conflict` unless it is `expected`.
    fn begin(&self, key: &str, expected: u64) -> Result<u64, StoreError> {
        let inner = &self.0.world().0;
        if let Some(fault) = inner.fault.borrow().clone() {
            return Err(fault);
        }
        let revision = self.seen(key).map_or(0, |record| record.revision);
        if revision == expected || inner.lies.is(Lie::BlindWrites) { Ok(revision) } else { Err(StoreError::Conflict) }
    }

    /// Ends a write.
    fn end(&self, key: &str, record: Option<Record>) {
        let inner = &self.0.world().0;
        if !inner.lies.holds_back(self.0.number(), inner.time.passed(), key, record.as_ref()) {
            match record {
                Some(record) => drop(inner.records.borrow_mut().insert(key.to_owned(), record)),
                None => drop(inner.records.borrow_mut().remove(key)),
            }
        }
        self.0.news("store.stored", key);
    }
}

impl Store for MemoryStore {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        self.0.call("store.get", key).await;
        Ok(self.seen(key))
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        self.0.call("store.put_if", key).await;
        let revision = self.begin(key, expected)? + 1;
        self.end(key, Some(Record { revision, value: value.to_owned() }));
        Ok(revision)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.0.call("store.delete_if", key).await;
        self.begin(key, expected)?;
        self.end(key, None);
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.0.call("store.keys", prefix).await;
        let inner = &self.0.world().0;
        inner.lies.settle(inner.time.passed(), &inner.records);
        let records = inner.records.borrow();
        Ok(records.keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

/// The twin of [`SessionStore`].
#[derive(Clone)]
pub struct MemorySession(pub(super) Life);

impl SessionStore for MemorySession {
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.call("session.get", key).await;
        Ok(self.0.world().0.session.borrow().get(key).cloned())
    }

    async fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.0.call("session.set", key).await;
        let inner = &self.0.world().0;
        if let Some(fault) = inner.fault.borrow().clone() {
            return Err(fault);
        }
        inner.session.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.call("session.remove", key).await;
        self.0.world().0.session.borrow_mut().remove(key);
        Ok(())
    }
}
