//! Translates rich text: reads JSON lines `{"id", "from", "text"}`, where `from` is `markdown`, `wiki` or `adf` (then the text
//! is data), and writes, for each, `{"id", "adf", "markdown", "wiki", "text"}`. A line that is no such object ends the program
//! with its number.

use chat_for_jira::rich::{Document, adf, markdown, text, wiki};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

#[derive(Deserialize)]
struct Question {
    /// Anything: it comes back as it is.
    id: Value,
    from: String,
    text: Value,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    adf: Value,
    markdown: String,
    wiki: String,
    /// The plain text.
    text: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rich: {error}");
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
        let wrong = |reason: &dyn std::fmt::Display| io::Error::other(format!("line {}: {reason}", index + 1));
        let question: Question = serde_json::from_str(&line).map_err(|error| wrong(&error))?;
        let document = read(&question).ok_or_else(|| wrong(&"from is markdown or wiki with a string, or adf"))?;
        serde_json::to_writer(&mut out, &answer(question.id, &document))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn read(question: &Question) -> Option<Document> {
    let text = question.text.as_str();
    match question.from.as_str() {
        "markdown" => text.map(markdown::read),
        "wiki" => text.map(wiki::read),
        "adf" => Some(adf::read(&question.text)),
        _ => None,
    }
}

fn answer(id: Value, document: &Document) -> Answer {
    Answer {
        id,
        adf: adf::write(document),
        markdown: markdown::write(document),
        wiki: wiki::write(document),
        text: text::write(document),
    }
}
