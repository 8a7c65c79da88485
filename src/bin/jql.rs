//! Judges JQL: reads JSON lines `{"id", "jql"}` and writes, for each, `{"id", "ok", "start", "end", "message", "printed"}`.
//! A line that is no such object ends the program with its number.

use chat_for_jira::jql;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

#[derive(Deserialize)]
struct Question {
    /// Anything: it comes back as it is.
    id: serde_json::Value,
    jql: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    ok: bool,
    /// Where the query stops being JQL, in bytes; null when it does not.
    start: Option<usize>,
    end: Option<usize>,
    message: Option<String>,
    /// The canonical text; null when the query is not JQL.
    printed: Option<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jql: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (index, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let question = serde_json::from_str(&line).map_err(|e| io::Error::other(format!("line {}: {e}", index + 1)))?;
        serde_json::to_writer(&mut out, &answer(question))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn answer(question: Question) -> Answer {
    let id = question.id;
    match jql::parse(&question.jql) {
        Ok(query) => {
            let printed = Some(jql::printer::print(&query));
            Answer { id, ok: true, start: None, end: None, message: None, printed }
        }
        Err(e) => {
            Answer { id, ok: false, start: Some(e.start), end: Some(e.end), message: Some(e.message), printed: None }
        }
    }
}
