//! The twins of the stores.

use super::lies::Late;
use super::life::Life;
use super::{Inner, Lie};
use crate::platform::{Record, SessionStore, Store, StoreError};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The twin of [`Store`].
#[derive(Clone)]
pub struct MemoryStore {
    life: Life,
    place: fn(&Inner) -> &Records,
    names: &'static Names,
}

type Records = RefCell<BTreeMap<String, Record>>;

/// What the calls of one store are called.
pub(super) struct Names {
    get: &'static str,
    put_if: &'static str,
    delete_if: &'static str,
    keys: &'static str,
    pub(super) stored: &'static str,
}

pub(super) const STORE: Names = Names {
    get: "store.get",
    put_if: "store.put_if",
    delete_if: "store.delete_if",
    keys: "store.keys",
    stored: "store.stored",
};

pub(super) const ARCHIVE: Names = Names {
    get: "archive.get",
    put_if: "archive.put_if",
    delete_if: "archive.delete_if",
    keys: "archive.keys",
    stored: "archive.stored",
};

impl MemoryStore {
    pub(super) fn new(life: Life, names: &'static Names, place: fn(&Inner) -> &Records) -> Self {
        Self { life, place, names }
    }

    /// The records as they lie there now.
    fn records(&self) -> &Records {
        let inner = &self.life.world().0;
        let records = (self.place)(inner);
        inner.lies.settle(inner.time.passed(), self.names.stored, records);
        records
    }

    /// What lies under the key, as this worker is to see it.
    fn seen(&self, key: &str) -> Option<Record> {
        let records = self.records();
        let shown = self.life.world().0.lies.shown(self.life.number(), self.names.stored, key);
        shown.unwrap_or_else(|| records.borrow().get(key).cloned())
    }

    /// Begins a write: the record's revision; `Conflict` unless it is `expected`.
    fn begin(&self, key: &str, expected: u64) -> Result<u64, StoreError> {
        let inner = &self.life.world().0;
        if let Some(fault) = inner.fault.borrow().clone() {
            return Err(fault);
        }
        let pretended = inner.lies.lateness().map(|_| self.seen(key));
        let there = pretended.unwrap_or_else(|| self.records().borrow().get(key).cloned());
        let revision = there.map_or(0, |record| record.revision);
        if revision == expected || inner.lies.is(Lie::BlindWrites) { Ok(revision) } else { Err(StoreError::Conflict) }
    }

    /// Ends a write.
    fn end(&self, key: &str, record: Option<Record>) {
        let inner = &self.life.world().0;
        match inner.lies.lateness() {
            Some(span) => inner.lies.hold_back(Late {
                life: self.life.number(),
                due: inner.time.passed().after(span),
                store: self.names.stored,
                key: key.to_owned(),
                record,
            }),
            None => lay(self.records(), key, record),
        }
        self.life.news(self.names.stored, key);
    }
}

/// Puts a record in its place, or takes it out.
pub(super) fn lay(records: &Records, key: &str, record: Option<Record>) {
    match record {
        Some(record) => drop(records.borrow_mut().insert(key.to_owned(), record)),
        None => drop(records.borrow_mut().remove(key)),
    }
}

impl Store for MemoryStore {
    async fn get(&self, key: &str) -> Result<Option<Record>, StoreError> {
        self.life.call(self.names.get, key).await;
        Ok(self.seen(key))
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Record>>, StoreError> {
        self.life.call(self.names.get, &keys.join(" ")).await;
        Ok(keys.iter().map(|key| self.seen(key)).collect())
    }

    async fn put_if(&self, key: &str, expected: u64, value: &str) -> Result<u64, StoreError> {
        self.life.call(self.names.put_if, key).await;
        let revision = self.begin(key, expected)? + 1;
        self.end(key, Some(Record { revision, value: value.to_owned() }));
        Ok(revision)
    }

    async fn delete_if(&self, key: &str, expected: u64) -> Result<(), StoreError> {
        self.life.call(self.names.delete_if, key).await;
        self.begin(key, expected)?;
        self.end(key, None);
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.life.call(self.names.keys, prefix).await;
        let records = self.records().borrow();
        let from = records.range(prefix.to_owned()..).map(|(key, _)| key);
        Ok(from.take_while(|key| key.starts_with(prefix)).cloned().collect())
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
