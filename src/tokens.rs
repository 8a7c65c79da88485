//! The token service: accounts, their encrypted records, and fresh tokens for whoever asks.
//!
//! A refresh is: lock, read again, refresh, write by compare-and-swap, only then use ([`refresh`]). Account and tokens are
//! separate records, so that renaming one can never bring an old version of the other back.

pub mod account;
pub mod accounts;
pub mod backoff;
pub(crate) mod flight;
pub mod health;
pub mod journal;
mod later;
pub mod limits;
pub mod marks;
pub mod observe;
mod passphrase;
pub(crate) mod record;
pub mod refresh;
mod rules;
pub mod schedule;
pub mod service;
mod settle;
mod sign_out;
pub mod statistics;
pub mod trouble;
pub mod vault;

pub use service::TokenService;
