//! Time that moves only when told, and the loop that tells it.

use super::life::Life;
use super::{Inner, World};
use crate::platform::{Clock, Random, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// The world's clock and what waits for it.
pub(super) struct Time {
    /// Time passed, told as a moment. Timers go by this.
    passed: Cell<Timestamp>,
    /// How far the machine's clock is off it.
    offset: Cell<i64>,
    /// How far the person's time zone is ahead of UTC, in milliseconds.
    zone: Cell<i64>,
    timers: RefCell<BTreeMap<(Timestamp, u64), Waker>>,
    numbers: Cell<u64>,
}

impl Time {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            passed: Cell::new(now),
            offset: Cell::new(0),
            zone: Cell::new(0),
            timers: RefCell::default(),
            numbers: Cell::new(0),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp(self.passed.get().0.saturating_add(self.offset.get()))
    }

    /// The moment by which timers go.
    pub(super) fn passed(&self) -> Timestamp {
        self.passed.get()
    }

    pub(super) fn shift(&self, milliseconds: i64) {
        self.offset.set(self.offset.get().saturating_add(milliseconds));
    }

    pub(super) fn go_to(&self, hours_ahead: i64) {
        self.zone.set(hours_ahead.saturating_mul(3_600_000));
    }

    fn today(&self) -> i64 {
        self.now().0.saturating_add(self.zone.get()).div_euclid(86_400_000)
    }

    pub(super) fn advance(&self, span: Duration) {
        let until = self.passed.get().after(span);
        while self.wake_next(until) {}
        self.passed.set(until);
    }

    /// Moves to the earliest timer not later than `until` and wakes it; false if there is none.
    fn wake_next(&self, until: Timestamp) -> bool {
        let mut timers = self.timers.borrow_mut();
        let Some(entry) = timers.first_entry().filter(|entry| entry.key().0 <= until) else { return false };
        self.passed.set(self.passed.get().max(entry.key().0));
        let waker = entry.remove();
        drop(timers);
        waker.wake();
        true
    }
}

/// Waits until `due`. Dropped, it is forgotten.
pub(super) struct Timer {
    world: World,
    key: (Timestamp, u64),
}

impl Timer {
    pub(super) fn new(world: &World, due: Timestamp) -> Self {
        let time = &world.0.time;
        time.numbers.set(time.numbers.get() + 1);
        Self { world: world.clone(), key: (due, time.numbers.get()) }
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let time = &self.world.0.time;
        if time.passed() >= self.key.0 {
            return Poll::Ready(());
        }
        time.timers.borrow_mut().insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.world.0.time.timers.borrow_mut().remove(&self.key);
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl World {
    /// Polls until the future ends; `None` if it is stuck, or `stop` holds when it waits.
    pub(super) fn drive<F: Future>(&self, future: F, stop: impl Fn(&Inner) -> bool) -> Option<F::Output> {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(flag.clone());
        loop {
            while flag.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Some(output);
                }
            }
            if stop(&self.0) || !self.0.time.wake_next(Timestamp(i64::MAX)) {
                return None;
            }
        }
    }
}

/// The twin of [`Clock`].
#[derive(Clone)]
pub struct MemoryClock(pub(super) Life);

impl Clock for MemoryClock {
    fn now(&self) -> Timestamp {
        self.0.world().now()
    }

    fn today(&self) -> i64 {
        self.0.world().0.time.today()
    }

    async fn sleep(&self, span: Duration) {
        self.0.call("clock.sleep", "").await;
        let world = self.0.world();
        Timer::new(world, world.0.time.passed().after(span)).await;
        if self.0.is_dead() {
            std::future::pending::<()>().await;
        }
    }
}

/// The twin of [`Random`]: a stream decided by the world's seed.
#[derive(Clone)]
pub struct MemoryRandom(pub(super) World);

impl Random for MemoryRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = step(&self.0.0.random).to_le_bytes();
            chunk.iter_mut().zip(number).for_each(|(byte, new)| *byte = new);
        }
    }
}

/// The next number of the generator with this state (SplitMix64).
pub(super) fn step(state: &Cell<u64>) -> u64 {
    state.set(state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
    let mixed = (state.get() ^ (state.get() >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
