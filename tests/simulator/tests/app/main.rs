//! The whole app at the simulator: what it tells of Jira, what it changes there, and how it takes that back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping; helpers are part of it")]

mod doing;
mod office;
mod safety;
mod telling;
