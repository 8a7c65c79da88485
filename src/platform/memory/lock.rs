//! The twin of the locks: a queue by name.

use super::life::Life;
use super::time::Timer;
use super::{Lie, World};
use crate::platform::{LOCK_BOUND, Lock, LockError, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// One who holds or waits.
struct Ticket {
    number: u64,
    life: u64,
    waker: Option<Waker>,
}

/// Who wants one lock. The first holds it.
#[derive(Default)]
struct Queue {
    tickets: VecDeque<Ticket>,
    /// When the holder's time is up.
    until: Timestamp,
}

impl Queue {
    /// Another one holds from now on.
    fn next(&mut self, now: Timestamp) {
        self.until = now.after(LOCK_BOUND);
        if let Some(waker) = self.tickets.front_mut().and_then(|front| front.waker.take()) {
            waker.wake();
        }
    }

    fn holder(&self) -> Option<u64> {
        self.tickets.front().map(|front| front.number)
    }

    /// Takes out the tickets that `gone` names.
    fn remove(&mut self, now: Timestamp, gone: impl Fn(&Ticket) -> bool) {
        let holder = self.holder();
        self.tickets.retain(|ticket| !gone(ticket));
        if self.holder() != holder {
            self.next(now);
        }
    }

    /// Takes the holder out if its time is up.
    fn expire(&mut self, now: Timestamp) {
        if now >= self.until {
            self.tickets.pop_front();
            self.next(now);
        }
    }
}

/// The locks of all contexts.
#[derive(Default)]
pub(super) struct Locks {
    queues: RefCell<BTreeMap<String, Queue>>,
    numbers: Cell<u64>,
}

impl Locks {
    /// Frees what this life holds.
    pub(super) fn free_all(&self, life: u64, now: Timestamp) {
        self.queues.borrow_mut().values_mut().for_each(|queue| queue.remove(now, |ticket| ticket.life == life));
    }

    fn enter(&self, name: &str, life: u64, now: Timestamp) -> u64 {
        self.numbers.set(self.numbers.get() + 1);
        let number = self.numbers.get();
        let mut queues = self.queues.borrow_mut();
        let queue = queues.entry(name.to_owned()).or_default();
        queue.tickets.push_back(Ticket { number, life, waker: None });
        if queue.tickets.len() == 1 {
            queue.next(now);
        }
        number
    }
}

/// Holds the lock until dropped.
pub struct Guard {
    world: World,
    name: String,
    number: u64,
    life: u64,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.world.0.lies.frees(self.life, &self.name);
        let mut queues = self.world.0.locks.queues.borrow_mut();
        if let Some(queue) = queues.get_mut(&self.name) {
            let now = self.world.0.time.passed();
            if queue.holder() == Some(self.number) {
                queue.tickets.pop_front();
                queue.next(now);
            } else {
                queue.remove(now, |ticket| ticket.number == self.number);
            }
        }
    }
}

/// The twin of [`Lock`].
#[derive(Clone)]
pub struct MemoryLock(pub(super) Life);

impl Lock for MemoryLock {
    type Guard = Guard;

    async fn acquire(&self, name: &str) -> Result<Guard, LockError> {
        self.0.call("lock.acquire", name).await;
        let world = self.0.world().clone();
        world.0.lies.asks(self.0.number(), name, &world.0.records);
        let number = world.0.locks.enter(name, self.0.number(), world.0.time.passed());
        let open = world.0.lies.is(Lie::OpenLocks);
        let guard = Guard { world, name: name.to_owned(), number, life: self.0.number() };
        if !open {
            Waiting { guard: &guard, timer: None }.await;
        }
        self.0.news("lock.held", name);
        Ok(guard)
    }
}

/// Waits until the guard's ticket is the first of its queue.
struct Waiting<'a> {
    guard: &'a Guard,
    /// When the holder's time is up.
    timer: Option<Timer>,
}

impl Future for Waiting<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let guard = self.guard;
        let mut queues = guard.world.0.locks.queues.borrow_mut();
        let Some(queue) = queues.get_mut(&guard.name) else { return Poll::Pending };
        queue.expire(guard.world.0.time.passed());
        if queue.holder() == Some(guard.number) {
            return Poll::Ready(());
        }
        // The ticket is missing if the worker is dead: then this waits for ever. A new one stands at the end.
        let Some(own) = queue.tickets.iter_mut().rev().find(|ticket| ticket.number == guard.number) else {
            return Poll::Pending;
        };
        own.waker = Some(context.waker().clone());
        let mut timer = Timer::new(&guard.world, queue.until);
        drop(queues);
        let _ = Pin::new(&mut timer).poll(context);
        self.timer = Some(timer);
        Poll::Pending
    }
}
