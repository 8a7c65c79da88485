//! Signing in: from the filled-in form to a stored account.
//!
//! [`form`] checks what was typed, [`saved`] keeps it as a provider for later, [`registration`] asks the server or broker who it
//! is, [`flow`] sends the person to consent and exchanges the code. Nothing is stored before everything is known.

pub mod consent;
pub mod day;
pub mod flow;
pub mod form;
pub mod granted;
pub mod registration;
pub mod saved;
pub mod scopes;

pub use form::ConnectForm;
