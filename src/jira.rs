//! A typed client for Jira's REST API: Cloud v3 through Atlassian's gateway, Data Center v2 at its own address.

pub mod again;
pub mod client;
pub mod edition;
pub mod error;
mod form;
#[cfg(feature = "whole")]
pub mod issue;
#[cfg(feature = "whole")]
pub mod names;
mod patience;
pub mod people;
pub mod request;
#[cfg(feature = "whole")]
pub mod requests;
#[cfg(feature = "whole")]
pub mod search;
pub mod traffic;
#[cfg(feature = "whole")]
pub mod value;

pub use client::Jira;
