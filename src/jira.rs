//! A typed client for Jira's REST API: Cloud v3 through Atlassian's gateway, Data Center v2 at its own address.

pub mod again;
pub mod client;
pub mod edition;
pub mod error;
mod form;
pub mod issue;
pub mod names;
mod patience;
pub mod people;
pub mod request;
pub mod requests;
pub mod search;
pub mod traffic;

pub use client::Jira;
