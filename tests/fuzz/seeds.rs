//! The texts that the repository's own tests are made of: every string in them is an input.

use chat_for_jira::rich::{adf, markdown, wiki};
use std::path::{Path, PathBuf};

/// Where the texts of a target are: files, or folders with all files below them.
fn places(target: &str) -> &'static [&'static str] {
    match target {
        "jql" | "site_query" => &[
            "src/jql",
            "tests/jql",
            "tests/simulator/src/evaluate",
            "tests/node_modules/@atlaskit/jql-parser/test-utils/data",
        ],
        "words" => &["src/chat", "tests/chat"],
        "adf" | "markdown" | "wiki" => &["src/rich", "tests/rich"],
        "jira_answer" => &["src/jira", "tests/it", "src/rich/adf", "tests/simulator/src/rest"],
        _ => &["src/oauth", "src/sign_in", "tests/it/providers.rs", "tests/simulator/src/oauth"],
    }
}

/// The first inputs of a target. What is short and plain comes along too: it is soon passed over.
pub(crate) fn of(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in places(target) {
        collect(&root.join(place), &mut files);
    }
    files.sort();
    let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
    let mut found: Vec<String> = texts.flat_map(|text| strings(&text)).collect();
    found.sort();
    found.dedup();
    assert!(found.len() > 50, "only {} texts in the tests for {target}", found.len());
    found.retain(|text| !text.is_empty());
    match target {
        "adf" => found.iter().flat_map(|text| documents(text)).collect(),
        _ => found.into_iter().map(String::into_bytes).chain(ANSWERS.iter().flat_map(|body| answers(body))).collect(),
    }
}

/// What a text is in Atlassian's format, read as Markdown and as wiki markup.
fn documents(text: &str) -> [Vec<u8>; 2] {
    [markdown::read(text), wiki::read(text)].map(|document| adf::write(&document).to_string().into_bytes())
}

/// Bodies of answers, good and bad ones.
const ANSWERS: [&str; 14] = [
    r#"{"access_token":"a-token-of-some-length","refresh_token":"another-token","expires_in":3600,"scope":"read:jira-work offline_access","token_type":"Bearer"}"#,
    r#"{"access_token":"a-token-of-some-length","expires_in":"3600","scope":["a","b"],"token_type":"bearer","id_token":"e30.eyJhdWQiOiJhcHAiLCJzdWIiOiJzIn0.c2ln","refresh_token_expires_in":86400}"#,
    r#"{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}"#,
    r#"{"error":"unauthorized_client","error_description":"refresh_token is invalid"}"#,
    r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"#,
    r#"{"error":"slow_down"}"#,
    r#"{"errorMessages":["The value 'X' does not exist for the field 'project'."],"errors":{"summary":"Too long."}}"#,
    r#"{"errorMessages":["Unbounded JQL queries are not allowed here. Please add a search restriction to your query."],"errors":{}}"#,
    r#"{"code":401,"message":"Unauthorized; scope does not match"}"#,
    r#"{"message":"XSRF check failed","status-code":403}"#,
    r#"{"key":"MOB-1","fields":{"summary":"a","description":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}}}"#,
    "<html><head><title>502</title></head><body>Bad gateway</body></html>",
    r#"{"issuer":"https://server.example","authorization_endpoint":"https://server.example/authorize","token_endpoint":"https://server.example/token","code_challenge_methods_supported":["S256"],"revocation_endpoint":"https://server.example/revoke"}"#,
    r#"{"authorization_endpoint":"https://server.example/authorize","token_endpoint":"http://127.0.0.1/token","scopes":["a"],"provider":"jira_cloud","client_id":"app"}"#,
];

/// A body as it is, and behind a few statuses and waits.
fn answers(body: &str) -> Vec<Vec<u8>> {
    let behind = |(status, line): (u8, &str)| [&[status], line.as_bytes(), b"\n", body.as_bytes()].concat();
    let fronts = [
        (0, ""),
        (4, ""),
        (5, "120"),
        (11, "30"),
        (11, "Sun, 06 Nov 1994 08:50:37 GMT|Sun, 06 Nov 1994 08:49:37 GMT"),
        (13, "x|y"),
    ];
    fronts.into_iter().map(behind).chain([body.as_bytes().to_vec()]).collect()
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) {
    if place.is_file() {
        files.push(place.to_owned());
    }
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}

/// The strings of a program: Rust's, plain and raw, and JSON's. It need not be exact: these are inputs.
fn strings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('"') {
        let hashes = before.chars().rev().take_while(|letter| *letter == '#').count();
        let raw = before.trim_end_matches('#').ends_with('r');
        if raw {
            let end = format!("\"{}", "#".repeat(hashes));
            let (inside, behind) = after.split_once(&end).unwrap_or((after, ""));
            found.push(inside.to_owned());
            rest = behind;
        } else {
            let (inside, behind) = plain(after);
            found.push(inside);
            rest = behind;
        }
    }
    found
}

/// The string that begins here, and what follows it.
fn plain(text: &str) -> (String, &str) {
    let mut inside = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('n') => inside.push('\n'),
                Some('t') => inside.push('\t'),
                Some('0') => inside.push('\0'),
                Some('\n') => {
                    letters = letters.as_str().trim_start().chars();
                }
                Some(other) => inside.push(other),
                None => {}
            },
            other => inside.push(other),
        }
    }
    (inside, letters.as_str())
}
