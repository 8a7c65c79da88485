//! The life of one worker: every port call passes here, so that a test can end it at any of them.

use super::time::{Timer, step};
use super::{Call, World};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// One worker's life. Clones are the same life.
#[derive(Clone)]
pub(super) struct Life(Rc<State>);

struct State {
    world: World,
    number: u64,
    calls: Cell<u64>,
    last: Cell<Option<u64>>,
    dead: Cell<bool>,
}

impl Life {
    pub(super) fn new(world: World, number: u64) -> Self {
        Self(Rc::new(State { world, number, calls: Cell::new(0), last: Cell::new(None), dead: Cell::new(false) }))
    }

    pub(super) fn world(&self) -> &World {
        &self.0.world
    }

    /// Tells lives apart in the lock table.
    pub(super) fn number(&self) -> u64 {
        self.0.number
    }

    pub(super) fn is_dead(&self) -> bool {
        self.0.dead.get()
    }

    pub(super) fn calls(&self) -> u64 {
        self.0.calls.get()
    }

    pub(super) fn kill_after(&self, calls: u64) {
        self.0.last.set(Some(self.calls() + calls));
    }

    pub(super) fn kill(&self) {
        if !self.0.dead.replace(true) {
            let inner = &self.world().0;
            inner.deaths.set(inner.deaths.get() + 1);
            inner.locks.free_all(self.0.number, inner.time.passed());
            inner.lies.died(self.0.number, inner.time.passed());
        }
    }

    /// Begins a port call: counts it, dies if it is one too many, tells who watches, gives the turn to other tasks where the
    /// world says so.
    pub(super) async fn call(&self, name: &'static str, about: &str) {
        self.0.calls.set(self.calls() + 1);
        if self.0.last.get().is_some_and(|last| self.calls() > last) {
            self.kill();
        }
        let held_up = self.news(name, about);
        if !held_up.is_zero() {
            Timer::new(self.world(), self.world().0.time.passed().after(held_up)).await;
        }
        while self.world().0.gives_turn() {
            turn().await;
        }
        if self.is_dead() {
            std::future::pending::<()>().await;
        }
    }

    /// Tells who watches, as long as the worker lives.
    pub(super) fn news(&self, name: &'static str, about: &str) -> Duration {
        if self.is_dead() {
            return Duration::ZERO;
        }
        self.world().0.watcher.tell(&Call { worker: self.number(), name, about })
    }
}

impl super::Inner {
    fn gives_turn(&self) -> bool {
        let Some(state) = self.turns.get() else { return false };
        let state = Cell::new(state);
        let number = step(&state);
        self.turns.set(Some(state.get()));
        number.is_multiple_of(2)
    }
}

/// Lets other tasks go first, once.
async fn turn() {
    let mut given = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut given, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}
