//! Reports by their usual names, and what they are about.

use super::site::{read, reader};
use crate::chat::intent::Intent;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn told(text: &str) -> String {
    match read(&reader(), text, None) {
        Intent::Report(report) => {
            let kind = serde_json::to_value(report.kind).unwrap();
            let within = report.within.map(|clause| format!(" of {clause}")).unwrap_or_default();
            let person = report.person.map(|id| format!(" for {id}")).unwrap_or_default();
            let since = report.since.map(|day| format!(" since {day}")).unwrap_or_default();
            format!("{}{within}{person}{since}", kind.as_str().unwrap_or_default())
        }
        other => super::site::told(&other),
    }
}

#[test]
fn reports_are_known_by_their_usual_names() {
    for (text, expected) in [
        ("my day", "my_day"),
        ("what does my day look like?", "my_day"),
        ("sprint report", "sprint"),
        ("how is the sprint going", "sprint"),
        ("standup", "standup"),
        ("workload by person", "workload"),
        ("how old are open issues", "ageing"),
        ("ageing", "ageing"),
        ("release readiness", "release"),
        ("pulse", "pulse"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_report_is_about_the_person_the_issues_and_the_time_that_are_named() {
    for (text, expected) in [
        ("standup for Maria", "standup for u1"),
        ("Maria's standup", "standup for u1"),
        ("pulse of MOB", "pulse of project = MOB"),
        ("release 2.0 ready?", "release of fixVersion = 2.0"),
        ("is 2.0 ready to ship?", "release of fixVersion = 2.0"),
        ("release readiness of 2.0", "release of fixVersion = 2.0"),
        ("what changed since yesterday", "changes since 2026-11-17"),
        ("what changed in MOB since Monday", "changes of project = MOB since 2026-11-16"),
        ("workload by person in PAY", "workload of project = PAY"),
        ("how old are open bugs in MOB", "ageing of issuetype = Bug AND project = MOB"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_report_about_a_name_that_two_people_share_asks_for_whom() {
    assert_eq!(told("standup for Sam"), "ask: Sam Miller | Sam Taylor");
}

#[test]
fn a_search_that_uses_the_words_of_a_report_stays_a_search() {
    for text in [
        "issues that changed since yesterday",
        "bugs of the current sprint",
        "issues about the standup",
        "issues with label flaky",
    ] {
        assert!(matches!(read(&reader(), text, None), Intent::Search(_)), "{text}: {}", told(text));
    }
}

#[test]
fn words_that_no_report_knows_are_said() {
    let told = told("sprint report frobnicate");
    assert!(told.starts_with("ask"), "{told}");
}
