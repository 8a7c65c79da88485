//! Epics named by their titles: looked for before the question runs, asked about where several are called so.

use crate::telling::{Office, issue, kinds, office};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn epic(number: usize, title: &str, open: bool) -> Value {
    let mut epic = issue(number);
    epic["fields"]["summary"] = title.into();
    epic["fields"]["status"]["statusCategory"]["key"] = if open { "new" } else { "done" }.into();
    epic
}

/// A Jira with three epics, and bugs below them.
fn finds(jql: &str) -> Vec<Value> {
    match jql {
        _ if jql.contains("summary ~ \"tablet support\"") => vec![epic(50, "Tablet support for the field", true)],
        _ if jql.contains("summary ~ checkout") => {
            vec![epic(51, "Checkout without an account", true), epic(52, "Checkout in one step", true)]
        }
        _ if jql.contains("summary ~ login") => vec![epic(53, "Login", true), epic(54, "Login by phone", true)],
        _ if jql.contains("summary ~ payment") => {
            vec![epic(55, "Payment by card", false), epic(56, "Payment again", true)]
        }
        _ if jql.contains("summary") => Vec::new(),
        _ => vec![issue(1)],
    }
}

fn asked(office: &Office, text: &str) -> (Vec<Value>, Vec<String>) {
    office.asked.borrow_mut().clear();
    let cards = office.ask(text, "c");
    let cards = cards.iter().filter(|message| message["item"].is_object()).map(|message| message["item"].clone());
    (cards.collect(), office.asked.borrow().clone())
}

#[test]
fn an_epic_is_found_by_words_of_its_title_and_told_by_name() {
    let office = office(finds);
    let (cards, asked) = asked(&office, "open tickets in the tablet support epic");
    assert_eq!(asked[0], "summary ~ \"tablet support\" ORDER BY updated DESC");
    assert!(asked[1].starts_with("statusCategory != Done AND parent = MOB-50"), "{}", asked[1]);
    let clauses = cards[0]["clauses"].as_array().unwrap();
    assert_eq!(clauses[1]["reading"], "MOB-50: Tablet support for the field");
    assert_eq!(kinds(&cards)[..2], ["understood", "issues"]);
}

#[test]
fn of_several_the_one_of_just_this_title_is_meant_or_the_only_one_left_open() {
    let office = office(finds);
    assert!(asked(&office, "tickets in the login epic").1[1].contains("parent = MOB-53"));
    assert!(asked(&office, "tickets in the payment epic").1[1].contains("parent = MOB-56"));
}

#[test]
fn where_several_could_be_meant_the_person_is_asked_and_the_answer_can_be_read() {
    let office = office(finds);
    let (cards, searched) = asked(&office, "how many tickets are in the checkout epic");
    assert_eq!(searched.len(), 1, "nothing is searched before it is known: {searched:?}");
    let choices = cards[0]["choices"].as_array().unwrap();
    assert_eq!(
        choices[0],
        json!({"label": "MOB-51 Checkout without an account",
        "text": "how many tickets are in the MOB-51 epic"})
    );
    let chosen = choices[1]["text"].as_str().unwrap();
    assert!(asked(&office, chosen).1[0].contains("parent = MOB-52"));
}

#[test]
fn an_epic_that_is_not_there_is_said_and_nothing_is_searched() {
    let office = office(finds);
    let (cards, asked) = asked(&office, "bugs in the flying cars epic");
    assert_eq!(asked.len(), 1);
    assert!(cards[0]["message"].as_str().unwrap().contains("No epic is called “flying cars”"), "{}", cards[0]);
    assert_eq!(cards[0]["choices"], json!([]));
}
