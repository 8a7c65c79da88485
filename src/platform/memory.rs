//! The in-memory twins of all ports.
//!
//! [`World`] is what outlives a worker: the stored records, the session, the alarm, the cipher's key, the clock, the server
//! at the other end. A [`Memory`] is the platform of one worker in it; [`World::worker`] makes one, and a second one stands
//! for another context of the same extension, or for the next life after the first was killed.
//!
//! Nothing here waits for real. [`World::run`] drives a future; where every task waits for time, it moves the clock to the
//! next moment something is due. A future that waits for nothing that can come is a panic, not a hang.

mod calls;
mod cipher;
mod edge;
mod extras;
mod http;
mod lies;
mod life;
mod lock;
mod records;
mod time;
mod worker;

pub use calls::Call;
pub use edge::{ConsentHandler, Edge, Messages};
pub use extras::Extras;
pub use http::{Exchange, Reply};
pub use lies::Lie;
pub use lock::Guard;
pub use worker::Memory;

use super::{StoreError, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// The id of the extension in this world.
const EXTENSION: &str = "abcdefghijklmnopabcdefghijklmnop";

/// What outlives a worker. Clones are the same world.
#[derive(Clone)]
pub struct World(Rc<Inner>);

struct Inner {
    records: RefCell<BTreeMap<String, super::Record>>,
    archive: RefCell<BTreeMap<String, super::Record>>,
    session: RefCell<BTreeMap<String, String>>,
    /// What every write answers instead of writing, while set.
    fault: RefCell<Option<StoreError>>,
    key: Cell<Option<[u8; 32]>>,
    time: time::Time,
    locks: lock::Locks,
    watcher: calls::Watcher,
    lies: lies::Lies,
    exchange: Exchange,
    edge: Edge,
    extras: Extras,
    random: Cell<u64>,
    /// The state of the generator that decides where tasks take turns; `None`: each runs as far as it can.
    turns: Cell<Option<u64>>,
    loopback: Cell<bool>,
    lives: Cell<u64>,
    deaths: Cell<u64>,
}

impl World {
    /// A new, empty world at the given moment. Equal seeds give equal random numbers.
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Self(Rc::new(Inner {
            records: RefCell::default(),
            archive: RefCell::default(),
            session: RefCell::default(),
            fault: RefCell::default(),
            key: Cell::new(None),
            time: time::Time::new(now),
            locks: lock::Locks::default(),
            watcher: calls::Watcher::default(),
            lies: lies::Lies::default(),
            exchange: Exchange::default(),
            edge: Edge::default(),
            extras: Extras::default(),
            random: Cell::new(seed),
            turns: Cell::new(None),
            loopback: Cell::new(false),
            lives: Cell::new(0),
            deaths: Cell::new(0),
        }))
    }

    /// The platform of a new worker (or another context) in this world.
    pub fn worker(&self) -> Memory {
        self.0.lives.set(self.0.lives.get() + 1);
        Memory::new(self.clone(), self.0.lives.get())
    }

    /// The browser is closed and opened again: the session and the badge are gone, and so is the alarm, which browsers do not
    /// promise to keep. Workers of before are to be killed or dropped by the caller.
    pub fn restart_browser(&self) {
        self.0.session.borrow_mut().clear();
        self.0.edge.restart();
        self.0.extras.restart();
    }

    /// The server at the other end: what it answers and what it was asked.
    pub fn http(&self) -> &Exchange {
        &self.0.exchange
    }

    /// Consent windows, alarm, permissions and badge.
    pub fn edge(&self) -> &Edge {
        &self.0.edge
    }

    /// The administrator's policy, notifications and header rules.
    pub fn extras(&self) -> &Extras {
        &self.0.extras
    }

    /// Everything in the store, as it lies there.
    pub fn stored(&self) -> BTreeMap<String, super::Record> {
        self.0.records.borrow().clone()
    }

    /// Everything in the archive, as it lies there.
    pub fn archived(&self) -> BTreeMap<String, super::Record> {
        self.0.archive.borrow().clone()
    }

    /// Puts a record into the store past all rules, as damage or another version would.
    pub fn plant(&self, key: &str, record: super::Record) {
        self.0.records.borrow_mut().insert(key.to_owned(), record);
    }

    /// Everything in the session store.
    pub fn session(&self) -> BTreeMap<String, String> {
        self.0.session.borrow().clone()
    }

    /// From now on every write to store and session ends with this error; `None`: writes work again.
    pub fn fail_writes(&self, error: Option<StoreError>) {
        *self.0.fault.borrow_mut() = error;
    }

    /// The cipher's key is gone, as after an eviction.
    pub fn lose_key(&self) {
        self.0.key.set(None);
    }

    /// From now on this is the cipher's key: that of a profile whose records were kept.
    pub fn set_key(&self, key: [u8; 32]) {
        self.0.key.set(Some(key));
    }

    /// Whether builds of this world may use plain http on loopback. At first not.
    pub fn allow_loopback(&self, allowed: bool) {
        self.0.loopback.set(allowed);
    }

    /// From now on a task may give the turn to others at every port call; the seed decides where. `None`: never.
    pub fn take_turns(&self, seed: Option<u64>) {
        self.0.turns.set(seed);
    }

    /// The present moment by the machine's clock.
    pub fn now(&self) -> Timestamp {
        self.0.time.now()
    }

    /// Time that has really passed, whatever the machine's clock says.
    pub fn passed(&self) -> Timestamp {
        self.0.time.passed()
    }

    /// Lets time pass: what was due by then is woken.
    pub fn advance(&self, span: Duration) {
        self.0.time.advance(span);
    }

    /// Puts the machine's clock forward or back by so many milliseconds; no time passes.
    pub fn shift_clock(&self, milliseconds: i64) {
        self.0.time.shift(milliseconds);
    }

    /// The person is where it is so many hours later than in Greenwich.
    pub fn go_to(&self, hours_ahead: i64) {
        self.0.time.go_to(hours_ahead);
    }

    /// Drives a future to its end; time passes where nothing else can happen.
    ///
    /// # Panics
    /// If the future waits for something that can never come.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        match self.drive(future, |_| false) {
            Some(output) => output,
            None => panic!("the future would wait forever"),
        }
    }

    /// Like [`World::run`]; `None` if a worker was killed and the future waits for it.
    ///
    /// # Panics
    /// If the future waits for something that can never come, and no worker was killed.
    pub fn run_until_killed<F: Future>(&self, future: F) -> Option<F::Output> {
        let before = self.0.deaths.get();
        let ended = self.drive(future, |inner| inner.deaths.get() > before);
        assert!(ended.is_some() || self.0.deaths.get() > before, "the future would wait forever");
        ended
    }
}

#[cfg(test)]
mod tests;
