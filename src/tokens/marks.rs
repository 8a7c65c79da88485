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
/// The mark of all accounts together; no account's id.
const ALL: &str = "*";

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
    /// By how many everything is being changed.
    writing_all: Cell<u32>,
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

/// Everything is being changed, until dropped.
pub(super) struct WritingAll<'a>(&'a Marks);

impl Drop for WritingAll<'_> {
    fn drop(&mut self) {
        self.0.writing_all.set(self.0.writing_all.get() - 1);
    }
}

impl Marks {
    fn names(&self) -> Vec<String> {
        let mut names = self.showing.borrow().clone();
        names.extend(self.writing.borrow().iter().map(|(id, _)| id.clone()));
        names.extend(self.written.borrow().iter().map(|(id, ())| id.clone()));
        let all = self.all.get() || self.showing_all.get() || self.writing_all.get() > 0;
        names.extend(all.then(|| ALL.to_owned()));
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
    /// Marks everything as about to change, before what all pictures rest on does; until the answer is dropped. What has really
    /// changed is marked afterwards, as ever.
    pub(super) async fn invalidate_all(&self) -> Result<WritingAll<'_>> {
        self.marks.writing_all.set(self.marks.writing_all.get() + 1);
        let writing = WritingAll(&self.marks);
        self.write_down().await?;
        Ok(writing)
    }

    /// Marks an account as about to change, before one of its records is written; until the answer is dropped.
    pub(super) async fn invalidate(&self, id: &str) -> Result<Writing<'_>> {
        let count = self.marks.writing.borrow().get(id).copied().unwrap_or(0);
        self.marks.writing.borrow_mut().insert(id.to_owned(), count + 1);
        let writing = Writing { marks: &self.marks, id: id.to_owned() };
        self.write_down().await?;
        Ok(writing)
    }

    /// Writes the marks down before what they are about is written; what is prepared for the first paint goes.
    async fn write_down(&self) -> Result<()> {
        self.read_marks().await?;
        self.write_marks().await?;
        Ok(self.platform().session().remove(PREPARED_KEY).await?)
    }

    /// Has an account shown anew.
    pub fn mark_changed(&self, id: &str) {
        self.marks.written.borrow_mut().insert(id.to_owned(), ());
    }

    /// Has everything shown anew.
    pub fn mark_all_changed(&self) {
        self.marks.all.set(true);
    }

    /// Whether anything has changed since the marks were last taken.
    pub fn has_changed_again(&self) -> bool {
        self.marks.all.get() || !self.marks.written.borrow().is_empty()
    }

    /// Whether anything is to be shown anew: also what could not be shown the last time.
    pub fn has_changed(&self) -> bool {
        self.has_changed_again() || self.marks.showing_all.get() || !self.marks.showing.borrow().is_empty()
    }

    /// The accounts whose picture may be old.
    pub async fn marked(&self) -> Result<Vec<String>> {
        self.read_marks().await?;
        let mut names = self.marks.names();
        names.retain(|name| name != ALL);
        Ok(names)
    }

    /// Takes the marks of what is about to be shown, with those of what could not be shown the last time. What is being written
    /// meanwhile is marked again when that is over.
    pub async fn take_changed(&self) -> Result<Changed> {
        self.read_marks().await?;
        let written = self.marks.written.take();
        let mut ids = sorted(self.marks.showing.take().into_iter().chain(written.iter().map(|(id, ())| id.clone())));
        ids.dedup();
        self.marks.showing.replace(ids.clone());
        let all = self.marks.all.replace(false) || self.marks.showing_all.get();
        self.marks.showing_all.set(all);
        Ok(Changed { all, ids })
    }

    /// Whether nothing of a kept picture can be relied on.
    pub fn is_all_marked(&self) -> bool {
        self.marks.all.get() || self.marks.showing_all.get()
    }

    /// A new picture was written: the marks that were taken for it go, but those of the accounts that could not be read.
    pub async fn shown(&self, unread: Vec<String>) -> Result<()> {
        self.marks.showing.replace(unread);
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
            if name == ALL {
                self.marks.all.set(true);
                continue;
            }
            self.marks.written.borrow_mut().insert(name, ());
        }
        Ok(())
    }
}
