//! The whole app over the memory platform, natively and in wasm, and (natively) the house rules.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping; helpers are part of it")]

mod beside;
mod clock;
mod crowd;
mod epic;
mod eyes;
mod hostile;
mod jira;
mod kills;
mod late;
mod load;
#[cfg(not(target_arch = "wasm32"))]
mod long;
mod manager;
mod names;
mod passphrase;
mod peer;
mod policy;
mod ports;
mod providers;
mod refresh;
mod sign_in;
mod telling;
#[cfg(not(target_arch = "wasm32"))]
mod tidy;
mod vault;
