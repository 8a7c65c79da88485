//! What is said of texts that are being written, on the small site of the grammar's tests.

use super::{HintKind, Hints, hints};
use crate::chat::intent::{Context, Intent};
use crate::chat::read::tests::site::reader;
use crate::day;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A text with the cursor at `|`.
fn said(marked: &str, jql: bool) -> (String, Hints) {
    let text = marked.replacen('|', "", 1);
    let cursor = marked.split('|').next().unwrap_or_default().encode_utf16().count();
    let context = Context { today: day::read("2026-11-18").unwrap(), ..Context::default() };
    let hints = hints(&reader(), &text, cursor, &context, jql);
    (text, hints)
}

fn labels(marked: &str) -> Vec<String> {
    said(marked, false).1.items.into_iter().map(|item| item.label).collect()
}

/// The text as it is after the first thing offered was taken.
fn taken(marked: &str, jql: bool) -> String {
    let (text, hints) = said(marked, jql);
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap();
    format!("{}{}{}", part(0, hints.start), hints.items[0].text, part(hints.end, units.len()))
}

/// Each mark as its words, its kind and its meaning.
fn marks(marked: &str, jql: bool) -> Vec<String> {
    let (text, hints) = said(marked, jql);
    let units: Vec<u16> = text.encode_utf16().collect();
    let words = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap();
    let mark = |mark: &super::Mark| format!("{}|{:?}|{}", words(mark.start, mark.end), mark.kind, mark.meaning);
    hints.marks.iter().map(mark).collect()
}

#[test]
fn a_name_is_offered_once_two_of_its_letters_are_written() {
    assert_eq!(labels("issues of ma|"), ["Maria Lopez"]);
    assert_eq!(labels("issues of m|"), [""; 0]);
    assert_eq!(taken("issues of ma|", false), "issues of Maria Lopez");
    assert_eq!(taken("😀 issues of jü| today", false), "😀 issues of Jürgen Weiß today");
}

#[test]
fn plain_words_come_before_names_and_names_before_fields() {
    let offered = said("my open iss|", false).1.items;
    let kinds: Vec<_> = offered.iter().map(|item| (item.label.as_str(), item.kind)).collect();
    assert_eq!(kinds.first(), Some(&("issues", HintKind::Words)), "{kinds:?}");
    assert!(kinds.iter().skip(1).all(|(_, kind)| *kind == HintKind::Field), "{kinds:?}");
    assert_eq!(taken("bugs assigned t|", false), "bugs assigned to");
    assert_eq!(taken("bugs sorted by go l|", false), "bugs sorted by Go Live", "a field where nothing else fits");
    assert!(said("tell @is|", false).1.items.is_empty());
}

#[test]
fn every_word_that_is_offered_is_understood() {
    let (reader, today) = (reader(), day::read("2026-11-18").unwrap());
    for words in super::words::WORDS {
        let text = match words {
            "assigned to" | "reported by" => format!("issues {words} maria"),
            "how many" => format!("{words} bugs"),
            "in the current sprint" | "in the last sprint" | "in the next sprint" => format!("bugs {words}"),
            _ if words.starts_with("my ") => words.to_owned(),
            _ => format!("bugs {words}"),
        };
        let intent = reader.read(&text, &Context { today, ..Context::default() });
        match intent {
            Intent::Search(search) => assert!(search.ignored.is_empty(), "{text}: {:?}", search.ignored),
            Intent::Report(_) => {}
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn as_many_words_before_the_cursor_are_taken_as_a_name_begins_with() {
    assert_eq!(taken("bugs assigned to maria lo|", false), "bugs assigned to Maria Lopez");
    assert_eq!(taken("move it to in rev|", false), "move it to In Review");
    assert_eq!(labels("bugs in mobile sprint |"), [""; 0], "a space ends a word");
}

#[test]
fn what_is_written_whole_or_lies_inside_a_word_is_not_offered() {
    assert!(!labels("all bug|").contains(&"Bug".to_owned()));
    assert!(!labels("rogress|").contains(&"In Progress".to_owned()));
}

#[test]
fn behind_an_at_sign_people_are_offered_and_nobody_who_has_left() {
    let people = labels("tell @|");
    assert_eq!(people.len(), 5);
    assert!(!people.contains(&"Chris Old".to_owned()));
    assert_eq!(taken("tell @sam t|", false), "tell Sam Taylor");
}

#[test]
fn words_that_became_conditions_are_marked_with_what_they_ask_for() {
    assert_eq!(
        marks("  Maria's open bugs |", false),
        ["Maria's|Condition|assigned to Maria Lopez", "open|Condition|not done yet", "bugs|Condition|of type Bug"]
    );
}

#[test]
fn words_that_mean_nothing_are_marked_as_that() {
    assert_eq!(
        marks("overdue bugs xylophonic in mob|", false),
        [
            "overdue|Condition|past its due date, not done yet",
            "bugs|Condition|of type Bug",
            "xylophonic|Unknown|",
            "mob|Condition|in project MOB"
        ]
    );
    let typed = marks("overdue bugs xylo|", false);
    assert!(typed.iter().all(|mark| !mark.contains("Unknown")), "not before it is written: {typed:?}");
    assert_eq!(typed.len(), 2, "what stands before it is understood all the same: {typed:?}");
}

#[test]
fn of_a_change_the_names_are_marked() {
    let marks = marks("move MOB-12 to in review and assign it to olga|", false);
    assert!(marks.contains(&"MOB-12|Key|MOB-12".to_owned()), "{marks:?}");
    assert!(marks.contains(&"olga|Person|Olga Petrova".to_owned()), "{marks:?}");
}

#[test]
fn jql_is_known_by_a_field_and_a_sign_and_is_painted_and_completed() {
    for text in ["project = |", "status != |", "project = MOB and assignee |", "created >= -1w|"] {
        assert!(said(text, false).1.jql, "{text}");
    }
    for text in ["my bugs|", "bugs in review|", "what is 3 > 2?|", "MOB-12|", "|"] {
        assert!(!said(text, false).1.jql, "{text}");
    }
    assert_eq!(taken("project = mob|", false), "project = MOB");
    assert_eq!(taken("status = \"in rev|", false), "status = \"In Review\"");
    assert_eq!(
        marks("assignee = currentUser()|", false),
        ["assignee|Field|assigned to you", "=|Operator|assigned to you", "currentUser|Function|assigned to you"]
    );
}

#[test]
fn what_is_called_jql_is_jql_from_the_first_letter() {
    let hints = said("sta|", true).1;
    assert!(hints.jql);
    assert!(hints.items.iter().any(|item| item.text == "status" && item.kind == HintKind::Field));
    assert!(!said("|", true).1.items.is_empty());
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_was_perhaps_meant() {
    let problem = said("😀 = 1 and|", true).1.problem.unwrap();
    assert_eq!((problem.start, problem.end), (10, 10), "counted as browsers count");
    let problem = said("project = MOB and |", false).1.problem.unwrap();
    assert_eq!(problem.start, 18);
    let problem = said("status = Dome|", false).1.problem.unwrap();
    assert_eq!(problem.suggestions, ["Done"]);
    assert_eq!(said("status = Done|", false).1.problem, None);
}

#[test]
fn a_text_too_long_for_a_question_is_left_alone() {
    assert_eq!(said(&format!("{}|", "ma ".repeat(1_000)), false).1, Hints::default());
}
