//! What “all of them” and “those” are, after a search that found more than was shown.

use super::site::reader;
use crate::chat::intent::{Context, Intent, Target};
use crate::jql::parse;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn target(text: &str, all: Option<u32>) -> String {
    let query = parse("project = MOB").ok();
    let shown = vec!["MOB-1".to_owned(), "MOB-2".to_owned()];
    match reader().read(text, &Context { query, shown, all, ..Context::default() }) {
        Intent::Change(wish) => match wish.target {
            Target::Issues(keys) => keys.join(" "),
            Target::Matching(search) => format!("{} to {:?}", search.query, search.limit),
            Target::None => "none".to_owned(),
        },
        other => format!("{other:?}"),
    }
}

#[test]
fn all_of_them_are_also_those_that_were_not_shown() {
    for text in [
        "add label flaky to all of them",
        "comment on all of them: hello",
        "assign all of these to me",
        "move all to Done",
    ] {
        assert_eq!(target(text, Some(u32::MAX)), "project = MOB to None", "{text}");
        assert_eq!(target(text, Some(80)), "project = MOB to Some(80)", "{text}");
        assert_eq!(target(text, None), "MOB-1 MOB-2", "{text}");
    }
}

#[test]
fn those_are_the_ones_on_the_screen() {
    assert_eq!(target("add label flaky to those", Some(u32::MAX)), "MOB-1 MOB-2");
}

#[test]
fn jql_with_a_parenthesis_too_few_is_broken_jql() {
    let read = |text| reader().read(text, &Context::default());
    assert!(matches!(read("project = PAY AND status in ("), Intent::BrokenJql(_)));
}
