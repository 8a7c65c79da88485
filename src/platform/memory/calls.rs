//! What passes between the workers and their ports, for whoever watches a world.

use super::World;
use std::cell::RefCell;
use std::time::Duration;

/// One call of a port, or news of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call<'a> {
    /// The worker that calls; see [`Memory::number`](super::Memory::number).
    pub worker: u64,
    /// The port and what is asked of it, such as `store.put_if` or `lock.acquire`; told before it happens, and the worker may
    /// still die. An answer that comes in is one more, `http.receive`. Others are news, where nothing can come
    /// in between: `lock.held`, `store.stored`, `archive.stored`, `http.leaves` (the next the server sees is of this worker),
    /// `http.answered` and `http.failed`.
    pub name: &'static str,
    /// The record's key, the lock's name, the address; empty where there is none.
    pub about: &'a str,
}

type Watch = Box<dyn FnMut(&Call<'_>) -> Duration>;

/// Who watches.
#[derive(Default)]
pub(super) struct Watcher(RefCell<Option<Watch>>);

impl Watcher {
    /// Tells who watches; answers how long the call is held up.
    pub(super) fn tell(&self, call: &Call<'_>) -> Duration {
        // Taken out while it runs: it may do anything to this world, also what is told again.
        let watch = self.0.borrow_mut().take();
        let Some(mut watch) = watch else { return Duration::ZERO };
        let span = watch(call);
        self.0.borrow_mut().get_or_insert(watch);
        span
    }
}

impl World {
    /// From now on `watch` is told of every call of a port and answers how long it is held up (a slow disk; for news it does
    /// not matter). It may change this world, and kill the worker: then the call does not happen.
    pub fn watch(&self, watch: impl FnMut(&Call<'_>) -> Duration + 'static) {
        *self.0.watcher.0.borrow_mut() = Some(Box::new(watch));
    }
}
