//! Texts that lean on the question before: narrow it, widen it, replace or drop a condition, sort it anew.

mod clauses;
mod correct;
mod cue;
mod merge;
mod spoken;

pub(super) use clauses::{flat, widened};
pub(super) use cue::{Cue, Lean, cue, is_fragment, segments};
pub(super) use merge::merge;
pub(super) use spoken::person;
