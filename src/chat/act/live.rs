//! What a worker is carrying out.

use crate::error::{Code, Error, Result};
use std::cell::{Cell, RefCell};

/// What this worker is carrying out.
#[derive(Default)]
pub struct Live {
    running: RefCell<Vec<String>>,
    writing: Cell<u32>,
}

impl Live {
    /// Whether a change is under way or being written down: what must not be dropped.
    pub fn is_writing(&self) -> bool {
        self.writing.get() > 0
    }

    /// Whether this plan is being carried out.
    pub fn is_running(&self, id: &str) -> bool {
        self.running.borrow().iter().any(|known| known == id)
    }

    /// Counts as writing until dropped.
    pub(super) fn write(&self) -> Writing<'_> {
        self.writing.set(self.writing.get() + 1);
        Writing(&self.writing)
    }

    /// Counts as running until dropped. Error: `bad_request`, if it is.
    pub(super) fn begin(&self, id: &str) -> Result<Running<'_>> {
        if self.is_running(id) {
            return Err(Error::new(Code::BadRequest, "This is being done already."));
        }
        self.running.borrow_mut().push(id.to_owned());
        Ok(Running { live: self, id: id.to_owned() })
    }
}

/// Counts as running until dropped, also when the page stops it.
pub(super) struct Running<'a> {
    live: &'a Live,
    id: String,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.live.running.borrow_mut().retain(|known| *known != self.id);
    }
}

/// See [`Live::write`].
pub(super) struct Writing<'a>(&'a Cell<u32>);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}
