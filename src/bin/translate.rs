//! Turns plain words into JQL, for people who want to try it and for checks by others. `HELP` below says what it reads and writes.

use chat_for_jira::chat::translate::Translator;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Write};
use std::process::ExitCode;

const HELP: &str = r#"translate: turns plain words into JQL, as the chat does on a site given as a file

    translate SITE.json < questions.jsonl > answers.jsonl

Reads JSON lines from the standard input, such as
    {"id": "a1", "utterance": "my open bugs", "previous_jql": "project = MOB"}
and writes for each of them one line to the standard output:
    {"id":"a1","outcome":"jql","jql":"assignee = currentUser() AND type = Bug AND statusCategory != Done"}

id            whatever it was in the line read
utterance     the words
previous_jql  the search before, where the words may lean on one; may be missing or null
outcome       jql: a search; clarify: the chat would ask back; decline: no search for issues
jql           the query of a search, null otherwise

SITE.json has the lists of a site in the shapes of Jira's own answers (projects, users, statuses, fields, ...), and "today",
"currentUser" for the day it is and who asks. Empty lines and other members of the objects are passed over. A line that is no
such object is said on the standard error, with its number and what to do; the other lines are answered all the same, and the
program ends with status 1.
"#;

#[derive(Deserialize)]
struct Question {
    /// Anything: it comes back as it is.
    #[serde(default)]
    id: serde_json::Value,
    utterance: String,
    #[serde(default)]
    previous_jql: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: serde_json::Value,
    outcome: &'a str,
    jql: Option<&'a str>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [help] if matches!(help.as_str(), "--help" | "-h" | "help") => {
            io::stdout().write_all(HELP.as_bytes()).map(|()| true)
        }
        [site] => translator(site).and_then(|translator| run(&translator)),
        _ => Err(io::Error::other(
            "takes one argument, the file of a site, or --help; the words come by the standard input",
        )),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("translate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn translator(path: &str) -> io::Result<Translator> {
    let wrong = |what: String| io::Error::other(format!("{path}: {what}"));
    let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let data = serde_json::from_slice(&text).map_err(|error| wrong(format!("no JSON: {error}")))?;
    Translator::of_site(&data).map_err(wrong)
}

/// Answers every line; false when some were no questions.
fn run(translator: &Translator) -> io::Result<bool> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut all_good = true;
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Question>(&line) {
            Ok(Question { id, utterance, previous_jql }) => {
                let outcome = translator.outcome(&utterance, previous_jql.as_deref());
                let (outcome, jql) = outcome.parts();
                serde_json::to_writer(&mut out, &Answer { id, outcome, jql })?;
                out.write_all(b"\n")?;
            }
            Err(error) => {
                all_good = false;
                // Its own line number would be 1 for every line.
                let what = error.to_string().replace(" at line 1 column ", ", at byte ");
                eprintln!(
                    "translate: line {number}: no {{\"id\", \"utterance\"}}: {what}; write one JSON object on one line, --help shows it"
                );
            }
        }
        // Whoever asks one question at a time gets the answer before asking the next.
        if input.buffer().is_empty() {
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(all_good)
}
