//! The chat: plain words to JQL by a small grammar over data, no language model; and the answer as cards.
//!
//! [`read`] finds what the words mean and which words mean nothing to it, [`answer`] holds the cards that pages render.
//! To teach it a phrase, add one line to the table in [`phrases`].

pub mod answer;
pub mod phrases;
pub mod read;
