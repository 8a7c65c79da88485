//! JQL from outside, the way the simulator uses it.

mod atlassian;
mod clock;
mod hostile;
mod injection;
mod linear;
mod random;
mod round_trip;
#[cfg(feature = "tools")]
mod tool;
mod trees;
