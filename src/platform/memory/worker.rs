//! The platform of one worker: all twins together.

use super::edge::{MemoryAlarm, MemoryBadge, MemoryConsent, MemoryPermissions, MemoryPush, Messages};
use super::extras::{MemoryNotify, MemoryPolicy, MemoryRules};
use super::life::Life;
use super::{EXTENSION, World, cipher, http, lock, records, time};
use crate::platform::{Build, Platform};

/// The platform of one worker. Clones are the same worker.
#[derive(Clone)]
pub struct Memory {
    world: World,
    life: Life,
    store: records::MemoryStore,
    session: records::MemorySession,
    http: http::MemoryHttp,
    clock: time::MemoryClock,
    random: time::MemoryRandom,
    consent: MemoryConsent,
    alarm: MemoryAlarm,
    lock: lock::MemoryLock,
    cipher: cipher::MemoryCipher,
    push: MemoryPush,
    permissions: MemoryPermissions,
    badge: MemoryBadge,
    archive: records::MemoryStore,
    policy: MemoryPolicy,
    notify: MemoryNotify,
    rules: MemoryRules,
}

impl Memory {
    pub(super) fn new(world: World, number: u64) -> Self {
        let life = Life::new(world.clone(), number);
        Self {
            store: records::MemoryStore::new(life.clone(), &records::STORE, |inner| &inner.records),
            archive: records::MemoryStore::new(life.clone(), &records::ARCHIVE, |inner| &inner.archive),
            policy: MemoryPolicy(life.clone()),
            notify: MemoryNotify(life.clone()),
            rules: MemoryRules(life.clone()),
            session: records::MemorySession(life.clone()),
            http: http::MemoryHttp(life.clone()),
            clock: time::MemoryClock(life.clone()),
            random: time::MemoryRandom(world.clone()),
            consent: MemoryConsent(life.clone()),
            alarm: MemoryAlarm(life.clone()),
            lock: lock::MemoryLock(life.clone()),
            cipher: cipher::MemoryCipher(life.clone()),
            push: MemoryPush::new(life.clone()),
            permissions: MemoryPermissions(life.clone()),
            badge: MemoryBadge(life.clone()),
            world,
            life,
        }
    }

    /// Tells this worker apart from all others of its world.
    pub fn number(&self) -> u64 {
        self.life.number()
    }

    /// Whether it has not been killed.
    pub fn is_alive(&self) -> bool {
        !self.life.is_dead()
    }

    /// How many port calls this worker has made.
    pub fn calls(&self) -> u64 {
        self.life.calls()
    }

    /// Kills the worker at the port call after the next `calls` ones: that one, and all later ones, never return.
    pub fn kill_after(&self, calls: u64) {
        self.life.kill_after(calls);
    }

    /// Kills the worker now: no port call returns any more, and its locks are free.
    pub fn kill(&self) {
        self.life.kill();
    }

    /// The messages of this worker to its pages.
    pub fn messages(&self) -> &Messages {
        self.push.messages()
    }
}

impl Platform for Memory {
    type Store = records::MemoryStore;
    type Session = records::MemorySession;
    type Http = http::MemoryHttp;
    type Clock = time::MemoryClock;
    type Random = time::MemoryRandom;
    type Consent = MemoryConsent;
    type Alarm = MemoryAlarm;
    type Lock = lock::MemoryLock;
    type Cipher = cipher::MemoryCipher;
    type Push = MemoryPush;
    type Permissions = MemoryPermissions;
    type Badge = MemoryBadge;
    type Archive = records::MemoryStore;
    type Policy = MemoryPolicy;
    type Notify = MemoryNotify;
    type Rules = MemoryRules;

    fn store(&self) -> &Self::Store {
        &self.store
    }
    fn session(&self) -> &Self::Session {
        &self.session
    }
    fn http(&self) -> &Self::Http {
        &self.http
    }
    fn clock(&self) -> &Self::Clock {
        &self.clock
    }
    fn random(&self) -> &Self::Random {
        &self.random
    }
    fn consent(&self) -> &Self::Consent {
        &self.consent
    }
    fn alarm(&self) -> &Self::Alarm {
        &self.alarm
    }
    fn lock(&self) -> &Self::Lock {
        &self.lock
    }
    fn cipher(&self) -> &Self::Cipher {
        &self.cipher
    }
    fn push(&self) -> &Self::Push {
        &self.push
    }
    fn permissions(&self) -> &Self::Permissions {
        &self.permissions
    }
    fn badge(&self) -> &Self::Badge {
        &self.badge
    }
    fn archive(&self) -> &Self::Archive {
        &self.archive
    }
    fn policy(&self) -> &Self::Policy {
        &self.policy
    }
    fn notify(&self) -> &Self::Notify {
        &self.notify
    }
    fn rules(&self) -> &Self::Rules {
        &self.rules
    }
    fn build(&self) -> Build {
        Build {
            version: "0.0.0".to_owned(),
            loopback: self.world.0.loopback.get(),
            page_root: format!("chrome-extension://{EXTENSION}/"),
        }
    }
}
