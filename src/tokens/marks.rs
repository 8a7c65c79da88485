//! Which accounts have changed since they were last shown.
//!
//! The picture that the first paint uses is made from the records. Before a record is written its account is marked in the
//! session store, so that a worker killed at any moment leaves a picture that is known to be old rather than one that lies.

use crate::error::Result;
use crate::few::{Few, sorted};
use crate::json;
use crate::platform::{Platform, SessionStore};
use crate::tokens::TokenService;
use std::cell::{Cell, RefCell};

/// The picture's place in the session store.
pub const SNAPSHOT_KEY: &str = "snapshot";
/// The place of what is prepared for the first paint.
pub const PREPARED_KEY: &str = "prepared";
/// The place of the marks.
const MARKS_KEY: &str = "changed";

/// The marks of this worker.
#[derive(Default)]
pub(super) struct Marks {
    /// Being written, and by how many at once.
    writing: RefCell<Few<String, u32>>,
    /// Written, and not yet shown; also what a worker before this left.
    written: RefCell<Few<String, ()>>,
    /// Being shown at this moment.
    showing: RefCell<Vec<String>>,
    /// Whether everything is to be shown anew.
    all: Cell<bool>,
    /// Whether everything is being shown anew at this moment.
    showing_all: Cell<bool>,
    /// Whether the marks of the worker before this were read.
    read: Cell<bool>,
}

/// An account's record is being written, until dropped.
pub(super) struct Writing<'a> {
    marks: &'a Marks,
    id: String,
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let mut writing = self.marks.writing.borrow_mut();
        let left = writing.get(&self.id).map_or(0, |count| count - 1);
        if left == 0 {
            writing.remove(&self.id);
        } else {
            writing.insert(self.id.clone(), left);
        }
        self.marks.written.borrow_mut().insert(self.id.clone(), ());
    }
}

impl Marks {
    fn names(&self) -> Vec<String> {
        let mut names = self.showing.borrow().clone();
        names.extend(self.writing.borrow().iter().map(|(id, _)| id.clone()));
        names.extend(self.written.borrow().iter().map(|(id, ())| id.clone()));
        names = sorted(names);
        names.dedup();
        names
    }
}

/// What has changed since it was last shown.
#[derive(Debug, Default)]
pub struct Changed {
    /// Everything may have.
    pub all: bool,
    /// These accounts have.
    pub ids: Vec<String>,
}

impl<P: Platform> TokenService<P> {
    /// Marks an account as about to change, before one of its records is written; until the answer is dropped.
    pub(super) async fn invalidate(&self, id: &str) -> Result<Writing<'_>> {
        let count = self.marks.writing.borrow().get(id).copied().unwrap_or(0);
        self.marks.writing.borrow_mut().insert(id.to_owned(), count + 1);
        let writing = Writing { marks: &self.marks, id: id.to_owned() };
        self.read_marks().await?;
        self.write_marks().await?;
        self.platform().session().remove(PREPARED_KEY).await?;
        Ok(writing)
    }

    /// Has an account shown anew.
    pub fn mark_changed(&self, id: &str) {
        self.marks.written.borrow_mut().insert(id.to_owned(), ());
    }

    /// Has everything shown anew.
    pub fn mark_all_changed(&self) {
        self.marks.all.set(true);
    }

    /// Whether anything is to be shown anew.
    pub fn has_changed(&self) -> bool {
        self.marks.all.get() || !self.marks.written.borrow().is_empty()
    }

    /// The accounts whose picture may be old.
    pub async fn marked(&self) -> Result<Vec<String>> {
        self.read_marks().await?;
        Ok(self.marks.names())
    }

    /// Takes the marks of what is about to be shown. What is being written meanwhile is marked again when that is over.
    pub async fn take_changed(&self) -> Result<Changed> {
        self.read_marks().await?;
        let written = self.marks.written.take();
        let ids: Vec<String> = written.iter().map(|(id, ())| id.clone()).collect();
        self.marks.showing.borrow_mut().extend(ids.iter().cloned());
        let all = self.marks.all.replace(false);
        self.marks.showing_all.set(self.marks.showing_all.get() || all);
        Ok(Changed { all, ids })
    }

    /// Whether nothing of a kept picture can be relied on.
    pub fn is_all_marked(&self) -> bool {
        self.marks.all.get() || self.marks.showing_all.get()
    }

    /// A new picture was written: the marks that were taken for it go.
    pub async fn shown(&self) -> Result<()> {
        self.marks.showing.take();
        self.marks.showing_all.set(false);
        self.write_marks().await
    }

    async fn write_marks(&self) -> Result<()> {
        let names = json::to_text(&self.marks.names());
        Ok(self.platform().session().set(MARKS_KEY, &names).await?)
    }

    async fn read_marks(&self) -> Result<()> {
        if self.marks.read.get() {
            return Ok(());
        }
        let kept = self.platform().session().get(MARKS_KEY).await?;
        self.marks.read.set(true);
        let names: Vec<String> = kept.and_then(|text| json::from_text(&text)).unwrap_or_default();
        for name in names {
            self.marks.written.borrow_mut().insert(name, ());
        }
        Ok(())
    }
}
