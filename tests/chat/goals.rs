//! What the reader has to reach, in percent. One place, so that a look at it tells where we stand.

/// Right answers, of all pairs of a set.
pub(crate) const RIGHT: f64 = 92.0;
/// A query where none or another one was wanted: wrong, and nothing tells the person.
pub(crate) const WRONG_BUT_CONFIDENT: f64 = 3.0;
/// Asked back, of those that mean several things.
pub(crate) const ASKED: f64 = 85.0;
/// Declined, of those that are no search.
pub(crate) const DECLINED: f64 = 95.0;
/// Points by which the score may change when everything on the site is called otherwise.
pub(crate) const RENAMING: f64 = 1.0;
/// Right answers, of the examples that lie beside the project.
pub(crate) const SHARED_RIGHT: f64 = 98.0;
/// Queries made of sentences that the checker refuses.
pub(crate) const REFUSED: f64 = 1.0;
