use super::{KINDS, Lexicon, Node, PHRASES, Slot};
use crate::chat::dictionary::Dictionary;
use crate::jql::fields;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn lexicon() -> Lexicon {
    Lexicon::new(&mut Dictionary::default())
}

/// The lines of a section, without comments.
fn section(name: &str) -> Vec<&'static str> {
    let lines = PHRASES.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut current = "";
    let mut found = Vec::new();
    for line in lines {
        if line.starts_with('[') && line.ends_with(']') && !line.contains("=>") {
            current = line;
        } else if current == name {
            found.push(line);
        }
    }
    found
}

/// The names in braces of a text.
fn slots(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_line_has_its_arrow_and_every_phrase_its_pieces() {
    for line in section("[phrases]") {
        assert!(line.contains(" => "), "{line}");
        for name in line.rsplit_once(" => ").map(|(phrases, _)| slots(phrases)).unwrap_or_default() {
            let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
            assert!(Slot::named(bare).is_some(), "{{{name}}} in {line}");
        }
    }
    let lexicon = lexicon();
    for phrase in &lexicon.phrases {
        let nodes = lexicon.nodes(phrase);
        assert!(!nodes.is_empty());
        assert!(nodes.iter().any(|node| !matches!(node, Node::Maybe(_))), "a phrase of nothing");
    }
}

#[test]
fn every_kind_is_used() {
    let lexicon = lexicon();
    for kind in KINDS {
        assert!(lexicon.meanings.iter().any(|meaning| meaning.kind == kind), "{kind}");
    }
}

#[test]
fn every_field_and_value_is_of_something_that_can_be_asked_for() {
    let lexicon = lexicon();
    assert!(lexicon.fields.len() > 30 && lexicon.values.len() > 20);
    for (names, others) in &lexicon.fields {
        let own = names.split('|').any(|name| fields::field(name).is_some());
        let custom = names.contains(|c: char| c.is_ascii_uppercase());
        assert!((own || custom) && !others.is_empty(), "{names}");
    }
    for (kind, _) in &lexicon.values {
        assert!(Slot::named(kind).is_some(), "{kind}");
    }
}

#[test]
fn every_phrase_fills_the_slots_of_its_condition() {
    const OF_THE_SITE: [&str; 6] = ["finished", "done", "undone", "progress", "dropped", "givenup"];
    for line in section("[phrases]") {
        let Some((phrases, meaning)) = line.rsplit_once(" => ") else { continue };
        for one in meaning.split(" ; ").next().unwrap_or_default().split(" || ") {
            let bare = |slot: &str| slot.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            // A slot that stands twice is filled twice with the same.
            let mut named: Vec<String> = slots(one).into_iter().map(|slot| slot.to_string()).collect();
            named.sort();
            named.dedup();
            let mut needed: Vec<String> = named.iter().map(|slot| bare(slot)).collect();
            needed.retain(|slot| !OF_THE_SITE.contains(&slot.as_str()));
            for phrase in phrases.split(", ") {
                for slot in &needed {
                    let has = slots(phrase).into_iter().filter(|other| other == slot).count();
                    let needs = needed.iter().filter(|other| *other == slot).count();
                    assert!(has >= needs, "{{{slot}}} is missing in “{phrase}” of {meaning}");
                }
            }
        }
    }
}
