//! What else a status is called, by the shape of its name: whoever says “being inspected” means “Under Inspection”.

use super::{Index, Name, name};
use crate::chat::dictionary::Dictionary;
use crate::chat::lexicon::Slot;
use crate::chat::read::token;
use crate::vocabulary::{Kind, Vocabulary};

/// Beginnings of names that say the same.
const SHAPES: [&[&str]; 3] = [
    &["awaiting ", "waiting for ", "waiting on ", "pending ", "wait for ", "waits for ", "wait on "],
    &["in ", "under ", "undergoing ", "currently in "],
    &["ready for ", "awaiting ", "waiting for "],
];

impl Index {
    /// Other words for the statuses of a site, unless they are names of their own.
    pub(super) fn add_states(&mut self, vocabulary: &Vocabulary, words: &mut Dictionary) {
        for (at, entry) in vocabulary.entries(Kind::Status).iter().enumerate() {
            let called = token::words(&entry.name).join(" ");
            for (which, shape) in SHAPES.iter().enumerate() {
                let Some(rest) = shape.iter().find_map(|begin| called.strip_prefix(begin)) else { continue };
                for begin in *shape {
                    self.add_state(at, &format!("{begin}{rest}"), words);
                }
                let verb = done_to(rest).filter(|_| !rest.contains(' '));
                if let Some(verb) = verb {
                    let begin = if which == 1 { "being" } else { "to be" };
                    self.add_state(at, &format!("{begin} {verb}"), words);
                }
            }
        }
    }

    fn add_state(&mut self, at: usize, text: &str, words: &mut Dictionary) {
        if self.called(Slot::Status, text, words).is_none() {
            self.add(Name { slot: Slot::Status, alias: true, ..name(at) }, text, words);
        }
    }
}

/// What is done to an issue while what the noun says goes on: inspected for inspection.
fn done_to(noun: &str) -> Option<String> {
    const ENDS: [(&str, &str); 7] = [
        ("ification", "ified"),
        ("ation", "ated"),
        ("ion", "ed"),
        ("ing", "ed"),
        ("al", "ed"),
        ("ysis", "ysed"),
        ("review", "reviewed"),
    ];
    ENDS.iter().find_map(|(end, verb)| noun.strip_suffix(end).map(|stem| format!("{stem}{verb}")))
}
