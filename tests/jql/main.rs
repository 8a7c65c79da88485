//! JQL from outside, the way the simulator uses it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping; helpers are part of it")]

mod atlassian;
mod clock;
mod hostile;
mod injection;
mod linear;
mod random;
mod round_trip;
mod site;
#[cfg(feature = "tools")]
mod tool;
mod trees;
