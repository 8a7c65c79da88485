//! The real browser adapters, run through the contract checks inside the worker of a test extension.
//!
//! `run.mjs` starts the browser and the server, and asks for one check after the other by name.

#[cfg(target_arch = "wasm32")]
pub mod bench;
#[cfg(target_arch = "wasm32")]
pub mod checks;
#[cfg(target_arch = "wasm32")]
pub mod reading;
