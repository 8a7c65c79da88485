//! What is set by whom.

pub mod policy;
