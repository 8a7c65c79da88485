use super::*;
use crate::json;
use serde_json::json;

fn refusal(status: u16, words: &str, write: bool) -> Error {
    let body = json::text_of(&json!({"errorMessages": [words], "errors": {}})).into_bytes();
    of_response(&HttpResponse { status, headers: vec![], body }, write, Timestamp(0), "a")
}

/// The error of a line: what happens, and to what.
fn happens(what: &str, to: &str) -> Error {
    let pause = |reach| paused(Pause { reach, until: Timestamp(7) });
    match what {
        "no connection" => of_transport(&HttpError::Network),
        "no answer in time" => of_transport(&HttpError::Timeout),
        "an answer without an end" => of_transport(&HttpError::TooLong { status: 200 }),
        "an answer that cannot be read" => unreadable(),
        "nobody knows whether it was done" => unknown_outcome(&unreadable()),
        "a pause of the endpoint" => pause(Reach::Endpoint),
        "a pause of the issue" => pause(Reach::Issue),
        "a pause of the account" => pause(Reach::Account),
        answer => {
            let (status, words) = answer.split_once(' ').unwrap_or((answer, ""));
            let (status, words) = (status.parse().unwrap(), words.trim_matches('`'));
            if words.contains("scope does not match") {
                return of_scopes(&["SCOPE"], "a", to.contains("by hand"));
            }
            refusal(status, words, to == "change")
        }
    }
}

fn next(action: &Action) -> String {
    match action {
        Action::None => "none".to_owned(),
        Action::Retry { at: None } => "retry".to_owned(),
        Action::Retry { at: Some(Timestamp(7)) } => "retry at its end".to_owned(),
        Action::SignIn { account, scopes } if account == "a" && scopes.is_empty() => "sign in".to_owned(),
        Action::SignIn { account, scopes } if account == "a" => format!("sign in for `{}`", scopes.join(" ")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_line_of_the_table_is_so() {
    let table = include_str!("table.md").lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut lines = 0;
    for line in table {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [what, to, code, button, sentence] = cells[..] else { panic!("{line}") };
        let error = happens(what, to);
        assert_eq!(json!(error.code), code.trim_matches('`'), "{line}");
        assert_eq!(next(&error.action), button, "{line}");
        assert_eq!(error.message, sentence, "{line}");
        lines += 1;
    }
    assert_eq!(lines, 25);
}

#[test]
fn every_status_has_a_sentence_with_a_next_step() {
    for status in 400..600 {
        for write in [false, true] {
            let error = refusal(status, "", write);
            assert!(error.message.ends_with('.') && error.message.matches(". ").count() >= 1, "{}", error.message);
        }
    }
}

#[test]
fn the_words_of_the_gateway_and_of_single_fields_are_kept_and_those_of_a_page_are_not() {
    let said = |body: &str| {
        let response = HttpResponse { status: 400, headers: vec![], body: body.into() };
        of_response(&response, true, Timestamp(0), "a").message.clone()
    };
    assert!(said(r#"{"code":400,"message":"of the gateway"}"#).contains("of the gateway"));
    assert!(
        said(r#"{"errorMessages":[],"errors":{"summary":"You must specify a summary."}}"#)
            .contains("specify a summary")
    );
    assert!(!said("<html><script>x</script></html>").contains('<'));
}
