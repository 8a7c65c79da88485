//! The backend of *Chat for Jira*, a browser extension: it signs in with OAuth 2.0 and PKCE, keeps tokens fresh, and turns
//! plain words into JQL. Everything here is pure and runs natively; only `browser` and `bindings` know the browser.

pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(feature = "whole")]
pub mod chat;
pub mod command;
pub mod day;
pub mod error;
pub mod few;
pub mod jira;
#[cfg(feature = "whole")]
pub mod jql;
pub mod json;
pub mod oauth;
pub mod platform;
#[cfg(feature = "whole")]
pub mod rich;
pub mod secret;
pub mod settings;
pub mod sign_in;
pub mod tokens;
#[cfg(feature = "whole")]
pub mod vocabulary;
