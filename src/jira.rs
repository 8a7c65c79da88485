//! A typed client for Jira's REST API: Cloud v3 through Atlassian's gateway, Data Center v2 at its own address.

pub mod adf;
pub mod again;
pub mod client;
pub mod edition;
pub mod error;
pub mod issue;
pub mod people;
pub mod request;
pub mod requests;
pub mod search;

pub use client::Jira;
