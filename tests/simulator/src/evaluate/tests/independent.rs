//! The evaluator beside an independent one, in another language, by somebody else: `shared/eval/jql_eval.py`, in a folder
//! beside the repository, over that folder's site and over the simulator's own. Both have to find the same issues.

use super::load;
use crate::data::Site;
use crate::evaluate::{Context, read, run};
use crate::rest::Product;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the other evaluator says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Said {
    Keys(Vec<String>),
    Error(String),
}

/// The folder; `None`, after saying so, when it is not there.
pub(super) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval");
    if folder.join("jql_eval.py").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED: there is no folder shared/eval beside the repository");
    None
}

/// What the other evaluator says of each query; `None`, after saying so, without Python.
pub(super) fn asked(folder: &Path, data: &Value, queries: &[String]) -> Option<Vec<Said>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/evaluate/tests/independent.py");
    let mut python = Command::new("python3");
    // -B: it leaves nothing behind in a folder that is not ours.
    python.arg("-B").arg(script).arg(folder.join("jql_eval.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut python) = python.spawn() else {
        eprintln!("SKIPPED: Python is not installed");
        return None;
    };
    let input = json!({"site": data["site"], "issues": data["issues"], "queries": queries}).to_string();
    python.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    let said: Vec<Said> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said.len(), queries.len());
    Some(said)
}

/// The keys that we find, in our order.
pub(super) fn found(site: &Site, now: i64, jql: &str) -> Result<Vec<String>, Vec<String>> {
    let context = Context { site, me: &site.me, now, product: Product::Cloud };
    Ok(run(&context, &read(jql)?)?.into_iter().map(|issue| issue.key.clone()).collect())
}

/// How the two differ over a query, if they do.
pub(super) fn difference(site: &Site, now: i64, jql: &str, said: &Said) -> Option<String> {
    let ours = found(site, now, jql);
    match (&ours, said) {
        (Err(_), Said::Error(_)) => None,
        (Ok(ours), Said::Keys(theirs)) => {
            let [a, b] = [ours, theirs].map(|keys| keys.iter().collect::<BTreeSet<_>>());
            let some = |one: &BTreeSet<&String>, other: &BTreeSet<&String>| {
                one.difference(other).take(5).map(|key| (*key).clone()).collect::<Vec<_>>()
            };
            let (only_ours, only_theirs) = (some(&a, &b), some(&b, &a));
            let (left, right) = (ours.len(), theirs.len());
            match a == b {
                true if ours == theirs => None,
                true => Some(format!("{jql}\n  the same {left} issues in another order")),
                false => {
                    Some(format!("{jql}\n  we {left}, they {right}; only we {only_ours:?}, only they {only_theirs:?}"))
                }
            }
        }
        (Ok(ours), Said::Error(error)) => Some(format!("{jql}\n  we find {}, they refuse: {error}", ours.len())),
        (Err(problems), Said::Keys(theirs)) => {
            Some(format!("{jql}\n  we refuse: {problems:?}, they find {}", theirs.len()))
        }
    }
}

/// Compares all queries; says how many each side answered.
pub(super) fn compare(folder: &Path, data: &Value, (site, now): (&Site, i64), queries: &[String]) -> Option<usize> {
    let said = asked(folder, data, queries)?;
    let differences: Vec<_> =
        queries.iter().zip(&said).filter_map(|(jql, said)| difference(site, now, jql, said)).collect();
    let shown: Vec<_> = differences.iter().take(40).cloned().collect();
    assert!(differences.is_empty(), "{} of {} differ:\n{}", differences.len(), queries.len(), shown.join("\n"));
    Some(said.iter().filter(|said| matches!(said, Said::Keys(keys) if !keys.is_empty())).count())
}

/// The folder's site and issues as they are written.
pub(super) fn written(folder: &Path) -> Value {
    let read =
        |name: &str| -> Value { serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap() };
    json!({"site": read("site.json"), "issues": read("issues.json")["issues"]})
}

/// Every query of the pairs: what is wanted, what also counts, what was asked before.
fn queries(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("dev.jsonl")).unwrap();
    let mut all = BTreeSet::new();
    for line in text.lines() {
        let pair: Value = serde_json::from_str(line).unwrap();
        let others = pair["alt_jql"].as_array().into_iter().flatten();
        all.extend(
            [&pair["gold_jql"], &pair["previous_jql"]]
                .into_iter()
                .chain(others)
                .filter_map(Value::as_str)
                .map(str::to_owned),
        );
    }
    all.into_iter().collect()
}

#[test]
fn every_query_that_people_meant_finds_what_the_other_evaluator_finds() {
    let Some(folder) = shared() else { return };
    let queries = queries(&folder);
    assert!(queries.len() > 100, "{}", queries.len());
    let data = written(&folder);
    let (site, now) = load::site(&data["site"], &data["issues"]);
    let Some(with_issues) = compare(&folder, &data, (&site, now), &queries) else { return };
    assert!(with_issues * 10 > queries.len() * 9, "only {with_issues} of {} find something", queries.len());
}
