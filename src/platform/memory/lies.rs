//! Broken promises, to show what each promise is needed for: a world can be told to break one, and whatever rests on it must
//! then be seen to fail.

use super::World;
use super::records::lay;
use crate::platform::{Record, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

/// A promise that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Locks exclude nobody.
    OpenLocks,
    /// What a worker reads from the store between taking a lock and its next request is what was there before it waited for
    /// the lock: as if it did not read again, however often it tries. (Writes see what is there.)
    OldReads,
    /// A record is written or removed whatever its revision.
    BlindWrites,
    /// A write is acknowledged at once, seen by its writer alone, and kept only after this span: a writer that dies before
    /// takes it along. As if the value were used before it is written.
    LateWrites(Duration),
}

/// The records as they lay at a moment.
type Records = BTreeMap<String, Record>;

/// A write on its way.
pub(super) struct Late {
    pub(super) life: u64,
    /// When it happens.
    pub(super) due: Timestamp,
    /// Which store, told by the name of its news.
    pub(super) store: &'static str,
    pub(super) key: String,
    /// None: a removal.
    pub(super) record: Option<Record>,
}

/// The lie that is told, and what it takes to tell it.
#[derive(Default)]
pub(super) struct Lies {
    told: Cell<Option<Lie>>,
    /// What each worker that took a lock goes on seeing of the store.
    old: RefCell<BTreeMap<u64, (String, Records)>>,
    late: RefCell<Vec<Late>>,
}

impl Lies {
    pub(super) fn is(&self, lie: Lie) -> bool {
        self.told.get() == Some(lie)
    }

    /// The worker asks for the lock `name`.
    pub(super) fn asks(&self, life: u64, name: &str, records: &RefCell<Records>) {
        if self.is(Lie::OldReads) {
            let now = || (name.to_owned(), records.borrow().clone());
            self.old.borrow_mut().entry(life).or_insert_with(now);
        }
    }

    /// Its lock is free: the worker sees what there is.
    pub(super) fn frees(&self, life: u64, name: &str) {
        self.old.borrow_mut().retain(|known, (lock, _)| *known != life || lock != name);
    }

    /// The worker sends a request: it sees what there is.
    pub(super) fn sees(&self, life: u64) {
        self.old.borrow_mut().remove(&life);
    }

    /// The worker is dead, and with it what it only pretended to have written.
    pub(super) fn died(&self, life: u64, now: Timestamp) {
        self.sees(life);
        self.late.borrow_mut().retain(|late| late.life != life || late.due <= now);
    }

    /// What the worker is told lies under `key`; `None`: the truth.
    pub(super) fn shown(&self, life: u64, store: &'static str, key: &str) -> Option<Option<Record>> {
        if let Some((_, records)) = self.old.borrow().get(&life).filter(|_| store == super::records::STORE.stored) {
            return Some(records.get(key).cloned());
        }
        let late = self.late.borrow();
        let own = |late: &&Late| late.life == life && late.store == store && late.key == key;
        late.iter().rev().find(own).map(|late| late.record.clone())
    }

    /// How long a write is only pretended; `None`: it happens at once.
    pub(super) fn lateness(&self) -> Option<Duration> {
        if let Some(Lie::LateWrites(span)) = self.told.get() { Some(span) } else { None }
    }

    /// Only pretends a write for now.
    pub(super) fn hold_back(&self, late: Late) {
        self.late.borrow_mut().push(late);
    }

    /// Lets the writes to this store happen whose time has come.
    pub(super) fn settle(&self, now: Timestamp, store: &'static str, records: &RefCell<Records>) {
        let mut late = self.late.borrow_mut();
        let (ripe, rest) =
            std::mem::take(&mut *late).into_iter().partition(|late| late.store == store && late.due <= now);
        *late = rest;
        let ripe: Vec<Late> = ripe;
        ripe.into_iter().for_each(|Late { key, record, .. }| lay(records, &key, record));
    }
}

impl World {
    /// From now on this world breaks the promise, or with `None` keeps all of them. At first it keeps them.
    pub fn lie(&self, lie: Option<Lie>) {
        self.0.lies.told.set(lie);
    }
}
