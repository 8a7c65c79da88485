//! The native tool, as people run it: JSON lines in, JSON lines out.

use crate::atlassian;
use chat_for_jira::jql;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    id: Value,
    ok: bool,
    start: Option<usize>,
    end: Option<usize>,
    message: Option<String>,
    printed: Option<String>,
}

fn tool() -> Command {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_jql"));
    tool.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    tool
}

/// What the tool says to this input.
fn run(input: Vec<u8>) -> Output {
    let mut running = tool().spawn().expect("it starts");
    let mut stdin = running.stdin.take().expect("it is piped");
    // Beside the reading: both pipes are smaller than what goes through them.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = running.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads everything");
    output
}

fn answers(output: &Output) -> Vec<Answer> {
    let text = std::str::from_utf8(&output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

fn asked(queries: &[String]) -> Vec<Answer> {
    let lines: String =
        queries.iter().enumerate().map(|(id, jql)| format!("{}\n", json!({ "id": id, "jql": jql }))).collect();
    let output = run(lines.into_bytes());
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let answers = answers(&output);
    assert_eq!(answers.len(), queries.len());
    assert!(answers.iter().enumerate().all(|(id, answer)| answer.id == id), "one answer for each, in their order");
    answers
}

#[test]
fn atlassians_queries_are_answered_as_atlassian_judges_them() {
    let Some(package) = atlassian::package() else { return };
    let atlassian::Queries { valid, invalid } = atlassian::queries(&package);
    assert_eq!(valid.len() + invalid.len(), 672);
    let printed: Vec<_> = asked(&valid)
        .into_iter()
        .zip(&valid)
        .map(|(answer, jql)| {
            assert!(
                answer.ok && (answer.start, answer.end, &answer.message) == (None, None, &None),
                "{jql}: {answer:?}"
            );
            answer.printed.unwrap()
        })
        .collect();
    for (again, (printed, jql)) in asked(&printed).into_iter().zip(printed.iter().zip(&valid)) {
        assert_eq!(again.printed.as_ref(), Some(printed), "{jql}");
        assert_eq!(jql::parse(printed), jql::parse(jql), "{jql}");
    }
    for (answer, jql) in asked(&invalid).into_iter().zip(&invalid) {
        assert!(!answer.ok && answer.printed.is_none() && answer.message.is_some(), "{jql}: {answer:?}");
        let (start, end) = (answer.start.unwrap(), answer.end.unwrap());
        assert!(start <= end && end <= jql.chars().count(), "{jql}: {answer:?}");
    }
}

#[test]
fn positions_are_counted_in_characters() {
    for (jql, wrong) in [("a = 😀é b", "b"), ("😀 = \"é\" and é ^ 1", "^"), ("é is 😀", "😀"), ("é = ü and", "")]
    {
        let [answer] = <[Answer; 1]>::try_from(asked(&[jql.to_owned()])).unwrap();
        let (start, end) = (answer.start.unwrap(), answer.end.unwrap());
        let found: String = jql.chars().take(end).skip(start).collect();
        assert_eq!(found, wrong, "{jql}: {answer:?}");
        assert!(!wrong.is_empty() || start == jql.chars().count(), "{jql}: {answer:?}");
    }
}

#[test]
fn a_line_that_is_no_question_is_said_with_its_number_and_the_others_are_answered() {
    let mut input = b"{\"id\": {\"of\": [1]}, \"jql\": \"a=1\"}\r\n\n  \t\nnonsense\n{\"id\": 2}\n[1]\n".to_vec();
    input.extend(b"{\"id\": 3, \"jql\": \"\xff\"}\n{\"id\": 4, \"jql\": 7}\n{\"jql\": \"b = 2\"}\n");
    input.extend(b"{\"id\": \"last\", \"jql\": \"\", \"more\": true}");
    let output = run(input);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<_> = said.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(lines, ["line 4", "line 5", "line 6", "line 7", "line 8"], "{said}");
    let answers = answers(&output);
    let ids: Vec<_> = answers.iter().map(|answer| answer.id.clone()).collect();
    assert_eq!(ids, [json!({ "of": [1] }), Value::Null, json!("last")]);
    let printed: Vec<_> = answers.iter().map(|answer| answer.printed.as_deref().unwrap()).collect();
    assert_eq!(printed, ["a = 1", "b = 2", ""]);
}

#[test]
fn one_question_at_a_time_is_answered_at_once() {
    let mut running = tool().spawn().unwrap();
    let mut questions = running.stdin.take().unwrap();
    let mut answers = BufReader::new(running.stdout.take().unwrap());
    for id in 0..3 {
        writeln!(questions, "{}", json!({ "id": id, "jql": "a=1" })).unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&line).unwrap().id, id);
    }
    drop(questions);
    assert!(running.wait().unwrap().success());
}

#[test]
fn it_explains_itself_and_takes_nothing_else() {
    let help = tool().arg("--help").output().unwrap();
    assert!(help.status.success() && help.stdout.starts_with(b"jql: "));
    let wrong = tool().arg("a = 1").output().unwrap();
    assert!(!wrong.status.success() && !wrong.stderr.is_empty());
}
