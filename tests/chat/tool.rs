//! The native tool, as people run it: JSON lines in, JSON lines out.

use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A file of these tests.
pub(crate) fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chat").join(name)
}

/// What the tool says to this input, on the site in this file.
pub(crate) fn run(site: &Path, input: Vec<u8>) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_translate"));
    tool.arg(site).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = tool.spawn().expect("it starts");
    let mut stdin = running.stdin.take().expect("it is piped");
    // Beside the reading: both pipes are smaller than what goes through them.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = running.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads everything");
    output
}

fn answers(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

#[test]
fn every_question_gets_one_answer_in_its_place() {
    let asked = [
        json!({"id": "a", "utterance": "project = PUMP", "more": true}),
        json!({"id": {"of": [1]}, "utterance": "project = (PUMP", "previous_jql": null}),
        json!({"utterance": "sing me a song", "previous_jql": "no query at all ="}),
    ];
    let lines: String = asked.iter().map(|line| format!("{line}\r\n\n")).collect();
    let output = run(&own("site.json"), lines.into_bytes());
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let expected = [
        json!({"id": "a", "outcome": "jql", "jql": "project = PUMP"}),
        json!({"id": {"of": [1]}, "outcome": "clarify", "jql": null}),
        json!({"id": null, "outcome": "decline", "jql": null}),
    ];
    assert_eq!(answers(&output), expected);
}

#[test]
fn a_line_that_is_no_question_is_said_with_its_number_and_what_to_do() {
    let mut input = b"{\"id\": 1, \"utterance\": \"project = PUMP\"}\nnonsense\n\n{\"id\": 2}\n[1]\n".to_vec();
    input.extend(
        b"{\"utterance\": \"\xff\"}\n{\"id\": 3, \"utterance\": 7}\n{\"id\": 4, \"utterance\": \"project = PUMP\"}",
    );
    let output = run(&own("site.json"), input);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<_> = said.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(lines, ["line 2", "line 4", "line 5", "line 6", "line 7"], "{said}");
    assert!(said.lines().all(|line| line.contains("write one JSON object")), "{said}");
    let ids: Vec<_> = answers(&output).iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [json!(1), json!(4)]);
}

#[test]
fn it_explains_itself_and_says_what_is_wrong_with_a_site() {
    let tool = || Command::new(env!("CARGO_BIN_EXE_translate"));
    let help = tool().arg("--help").output().unwrap();
    assert!(help.status.success() && help.stdout.starts_with(b"translate: "));
    for arguments in [&[][..], &["a", "b"]] {
        let wrong = tool().args(arguments).output().unwrap();
        assert!(!wrong.status.success() && !wrong.stderr.is_empty());
    }
    for (file, what) in [("pairs.jsonl", "no JSON"), ("main.rs", "no JSON"), ("missing.json", "missing.json")] {
        let wrong = run(&own(file), Vec::new());
        let said = String::from_utf8(wrong.stderr).unwrap();
        assert!(wrong.status.code() == Some(1) && said.contains(what), "{said}");
    }
}
