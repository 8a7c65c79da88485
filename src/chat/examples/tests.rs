//! Examples on the small site of the grammar's tests, and where nothing is known.

use super::examples;
use crate::chat::intent::Context;
use crate::chat::read::Reader;
use crate::chat::read::tests::site::reader;
use crate::vocabulary::Vocabulary;
use std::rc::Rc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn examples_name_what_the_site_has() {
    let context = Context { me: "u1".to_owned(), ..Context::default() };
    assert_eq!(
        examples(&reader(), &context),
        [
            "my open issues",
            "my overdue issues",
            "bugs in MOB created this week",
            "open issues in MOB by assignee",
            "how is the sprint going",
            "what is Sam Miller working on",
        ]
    );
}

#[test]
fn where_nothing_is_known_there_are_examples_all_the_same() {
    let made = examples(&Reader::new(Rc::new(Vocabulary::default())), &Context::default());
    assert!(made.len() >= 3, "{made:?}");
    assert!(made.contains(&"my open issues".to_owned()));
}
