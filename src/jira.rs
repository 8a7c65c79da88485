//! A typed client for Jira's REST API: Cloud v3 through Atlassian's gateway, Data Center v2 at its own address.

pub mod client;
pub mod error;
pub mod issue;
pub mod people;
pub mod search;

pub use client::Jira;
