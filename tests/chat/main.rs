//! How well plain words are understood: the reader, measured by what its queries find.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping; helpers are part of it")]
#![allow(clippy::print_stdout, reason = "the score is there to be read")]

#[path = "../jql/clock.rs"]
mod clock;
mod dice;
mod evaluate;
mod goals;
mod hostile;
mod issues;
mod pairs;
#[path = "../jql/random.rs"]
mod random;
mod rename;
mod renamed;
mod score;
mod sentences;
mod shared;
mod tool;
