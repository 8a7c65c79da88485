//! JQL from outside, the way the simulator uses it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping; helpers are part of it")]

mod atlassian;
mod hostile;
mod random;
mod round_trip;
mod site;
mod trees;
