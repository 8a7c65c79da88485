//! Judges JQL, for people who write it and for checks by others. `HELP` below says what it reads and writes.

use chat_for_jira::jql;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Write};
use std::process::ExitCode;

const HELP: &str = r#"jql: parses, formats and checks JQL, as Atlassian's own parser does

Reads JSON lines from the standard input, such as
    {"id": 1, "jql": "assignee=currentUser() order by created desc"}
and writes for each of them one line to the standard output:
    {"id":1,"ok":true,"start":null,"end":null,"message":null,"printed":"assignee = currentUser() ORDER BY created DESC"}

id       whatever it was in the line read, also an object or nothing (null)
ok       whether the text is JQL
start    where it stops being JQL, and the end of what is wrong there: characters (Unicode code points) from the
end      beginning, the first being 0; both are the number of characters when something is missing at the end
message  what is wrong there, a sentence
printed  the query in canonical form, which means the same

Empty lines are passed over. A line that is no such object is said on the standard error, with its number; the other lines
are answered all the same, and the program ends with status 1.
"#;

#[derive(Deserialize)]
struct Question {
    /// Anything: it comes back as it is.
    #[serde(default)]
    id: serde_json::Value,
    jql: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    ok: bool,
    start: Option<usize>,
    end: Option<usize>,
    message: Option<String>,
    printed: Option<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [] => run(),
        [help] if matches!(help.as_str(), "--help" | "-h" | "help") => {
            io::stdout().write_all(HELP.as_bytes()).map(|()| true)
        }
        _ => Err(io::Error::other("takes no arguments but --help; the queries come by the standard input")),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("jql: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers every line; false when some were no questions.
fn run() -> io::Result<bool> {
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
        match serde_json::from_slice(&line) {
            Ok(question) => {
                serde_json::to_writer(&mut out, &answer(question))?;
                out.write_all(b"\n")?;
            }
            Err(error) => {
                all_good = false;
                // Its own line number would be 1 for every line.
                let what = error.to_string().replace(" at line 1 column ", ", at byte ");
                eprintln!("jql: line {number}: no {{\"id\", \"jql\"}}: {what}");
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

fn answer(Question { id, jql }: Question) -> Answer {
    match jql::parse(&jql) {
        Ok(query) => {
            let printed = Some(jql::printer::print(&query));
            Answer { id, ok: true, start: None, end: None, message: None, printed }
        }
        Err(e) => {
            let [start, end] = [e.start, e.end].map(|byte| Some(characters_before(&jql, byte)));
            Answer { id, ok: false, start, end, message: Some(e.message), printed: None }
        }
    }
}

fn characters_before(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count()
}
