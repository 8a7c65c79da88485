//! Rich text from outside: random documents and random texts through every form and back.

mod documents;
mod forms;
mod hostile;
mod links;
mod nodes;
#[path = "../jql/random.rs"]
mod random;
mod round_trip;
mod texts;
