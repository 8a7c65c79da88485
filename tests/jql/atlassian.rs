//! The queries with which Atlassian tests its own parser, judged by ours. They are read from the npm package and are no part
//! of this tree: `npm ci` in `tests/` brings them. Where Node is installed too, Atlassian's parser itself judges random texts.

use crate::hostile;
use crate::random::{Random, cases};
use chat_for_jira::jql;
use serde::Deserialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `@atlaskit/jql-parser` 3.0.1 ships. Another number means another package, and the lock file should know.
const VALID: usize = 242;
const INVALID: usize = 430;

#[derive(Deserialize)]
pub(crate) struct Queries {
    pub(crate) valid: Vec<String>,
    pub(crate) invalid: Vec<String>,
}

/// The folder of the package; `None`, after saying so, when it is not installed.
pub(crate) fn package() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/@atlaskit/jql-parser");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: @atlaskit/jql-parser is not installed; run `npm ci` in tests/");
    None
}

/// The package's queries, all files together.
pub(crate) fn queries(package: &Path) -> Queries {
    let files = std::fs::read_dir(package.join("test-utils/data")).expect("the package holds its tests");
    let mut all = Queries { valid: Vec::new(), invalid: Vec::new() };
    for file in files {
        let text = std::fs::read_to_string(file.expect("a readable folder").path()).expect("a readable file");
        let mut queries: Queries = serde_json::from_str(&text).expect("a list of valid and of invalid queries");
        all.valid.append(&mut queries.valid);
        all.invalid.append(&mut queries.invalid);
    }
    all
}

#[test]
fn every_query_is_judged_as_atlassian_judges_it() {
    let Some(package) = package() else { return };
    let queries = queries(&package);
    assert_eq!((queries.valid.len(), queries.invalid.len()), (VALID, INVALID), "the package changed");
    let refused = queries.valid.iter().filter_map(|q| jql::parse(q).err().map(|e| format!("{q}\n    {e}")));
    let accepted = queries.invalid.iter().filter(|q| jql::parse(q).is_ok()).map(|q| format!("{q}\n    accepted"));
    let wrong: Vec<_> = refused.chain(accepted).collect();
    assert!(wrong.is_empty(), "{} of {} judged otherwise:\n{}", wrong.len(), VALID + INVALID, wrong.join("\n"));
}

/// What Atlassian's parser says of the texts, asked for `what`; `None`, after saying so, without Node.
pub(crate) fn judged<T: serde::de::DeserializeOwned>(what: &str, texts: &[String]) -> Option<T> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jql/judge.mjs");
    let mut node = Command::new("node");
    let Ok(mut node) = node.arg(script).arg(what).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        eprintln!("SKIPPED: Node is not installed");
        return None;
    };
    // The script reads all of its input before it writes, so neither side waits for the other; dropping the pipe ends it.
    let asked = serde_json::to_vec(texts).expect("texts are JSON");
    node.stdin.take().expect("it is piped").write_all(&asked).expect("the script reads");
    let output = node.wait_with_output().expect("the script ends");
    assert!(output.status.success(), "the script failed");
    Some(serde_json::from_slice(&output.stdout).expect("what was asked for"))
}

#[test]
fn random_texts_are_judged_as_atlassian_judges_them() {
    if package().is_none() {
        return;
    }
    let mut random = Random::of_test(4);
    let texts: Vec<_> = (0..cases(3_000)).map(|_| hostile::text(&mut random)).collect();
    let Some(verdicts) = judged::<Vec<bool>>("valid", &texts) else { return };
    assert_eq!(verdicts.len(), texts.len());
    let both = [true, false].map(|verdict| verdicts.iter().filter(|v| **v == verdict).count());
    assert!(both.iter().all(|count| *count > texts.len() / 10), "valid and invalid: {both:?}");
    for (text, valid) in texts.iter().zip(verdicts) {
        let ours = jql::parse(text);
        assert_eq!(ours.is_ok(), valid, "{text:?}: {ours:?}");
    }
}
