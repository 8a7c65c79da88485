//! Signing in: from the filled-in form to a stored account.
//!
//! [`form`] checks what was typed, [`registration`] asks the server or broker who it is, [`flow`] sends the person to
//! consent and exchanges the code. Nothing is stored before everything is known.

pub mod flow;
pub mod form;
pub mod registration;

pub use form::ConnectForm;
