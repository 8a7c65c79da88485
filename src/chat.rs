//! The chat: plain words to JQL and changes by a small grammar over data, no language model; and the answer as cards.
//!
//! [`read`] finds what the words mean: the phrases of the [`lexicon`] and the names of the site ([`index`]), with their times
//! ([`when`], [`date`]). [`answer`] tells what Jira says to that, as cards that pages render, [`report`] has the figures that take
//! more than one search, [`export`] makes files of them, and [`conversation`] keeps what was said. What is to be changed becomes a
//! [`plan`], is carried out by [`act`] after a person's yes, and taken back by [`undo`]. While a text is
//! typed, [`complete`] says what it is read as so far and what could come next; [`examples`] are questions that fit the site.
//!
#![doc = include_str!("chat/doing.md")]

pub mod act;
pub mod answer;
pub mod around;
pub mod complete;
pub mod conversation;
pub mod date;
pub mod dictionary;
pub mod epic;
pub mod examples;
pub mod export;
pub mod index;
pub mod intent;
mod kept;
pub mod lexicon;
pub mod plan;
pub mod read;
pub mod report;
pub mod time;
#[cfg(feature = "tools")]
pub mod translate;
pub mod undo;
pub mod when;
