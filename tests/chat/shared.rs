//! The examples that lie beside the project, with the scorer that comes with them. Where they are not, or where there is no Python,
//! these tests say so and pass.

use crate::goals;
use crate::pairs::{self, Pair};
use crate::rename::Renaming;
use crate::tool;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const NAMES: u64 = 21;

/// The folder; `None`, after saying so, where it is not there.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let there = folder.join("score.py").is_file() && Command::new("python3").arg("--version").output().is_ok();
    if !there {
        eprintln!("SKIPPED: there is no Python or no {}", folder.display());
    }
    there.then_some(folder)
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A place for files of this run.
fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chat-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    place
}

/// What the scorer finds: one object a pair, with `right` and `how`.
fn scored(folder: &Path, data: &Path, pairs: &Path, at: &Path) -> Vec<Value> {
    let output = tool::run(&data.join("site.json"), std::fs::read(pairs).unwrap());
    assert!(output.status.success(), "{output:?}");
    let (predictions, findings) = (at.join("predictions.jsonl"), at.join("findings.json"));
    std::fs::write(&predictions, output.stdout).unwrap();
    let mut scorer = Command::new("python3");
    scorer.arg("-B").arg(folder.join("score.py")).arg(pairs).arg(&predictions);
    scorer.args(["--seeds", "", "--data"]).arg(data).arg("--json").arg(&findings);
    if std::env::var("CHAT_REPORT").is_ok() {
        scorer.arg("--wrong");
    }
    let said = scorer.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    println!("{}", String::from_utf8_lossy(&said.stdout));
    read(&findings).as_array().unwrap().clone()
}

fn right(findings: &[Value]) -> f64 {
    crate::score::percent(findings.iter().filter(|one| one["right"] == true).count(), findings.len())
}

#[test]
fn the_shared_examples_reach_the_goals() {
    let Some(folder) = folder() else { return };
    let at = place("shared");
    let findings = scored(&folder, &folder, &folder.join("dev.jsonl"), &at);
    let share = |fits: &dyn Fn(&Value) -> bool, of: &dyn Fn(&Value) -> bool| {
        let all = findings.iter().filter(|one| of(one)).count();
        crate::score::percent(findings.iter().filter(|one| of(one) && fits(one)).count(), all)
    };
    let is_right = |one: &Value| one["right"] == true;
    let confident = |one: &Value| {
        let how = one["how"].as_str().unwrap();
        one["right"] != true && !how.starts_with("outcome") && (one["scored"] == true || how.ends_with("got jql"))
    };
    let of_kind = |kind: &'static str| move |one: &Value| one["kind"] == kind;
    assert!(share(&is_right, &|_| true) >= goals::SHARED_RIGHT);
    assert!(share(&confident, &|_| true) <= goals::WRONG_BUT_CONFIDENT);
    assert!(share(&is_right, &of_kind("ambiguous")) >= goals::ASKED);
    assert!(share(&is_right, &of_kind("unsupported")) >= goals::DECLINED);
    std::fs::remove_dir_all(at).unwrap();
}

#[test]
fn the_shared_examples_are_understood_under_other_names_as_well() {
    let Some(folder) = folder() else { return };
    let at = place("renamed");
    let site = read(&folder.join("site.json"));
    let renaming = Renaming::new(&site, NAMES);
    let mut issues = read(&folder.join("issues.json"));
    renaming.issues(&mut issues);
    std::fs::write(at.join("site.json"), renaming.site(&site).to_string()).unwrap();
    std::fs::write(at.join("issues.json"), issues.to_string()).unwrap();
    let all: Vec<Pair> = pairs::read(&std::fs::read_to_string(folder.join("dev.jsonl")).unwrap());
    let renamed: Vec<String> = all.iter().map(|pair| line(&renaming.pair(pair))).collect();
    std::fs::write(at.join("pairs.jsonl"), renamed.concat()).unwrap();
    let gold: Vec<String> =
        all.iter().map(|pair| renaming.pair(pair)).filter(|pair| pair.gold_jql.is_some()).map(as_prediction).collect();
    let perfect = gold_score(&folder, &at, &gold);
    assert!(perfect > 99.9, "the renamed queries find what they should in {perfect:.1} %");
    let before = right(&scored(&folder, &folder, &folder.join("dev.jsonl"), &at));
    let after = right(&scored(&folder, &at, &at.join("pairs.jsonl"), &at));
    println!("under other names {after:.1} %, before {before:.1} %");
    assert!((after - before).abs() <= goals::RENAMING, "{:.1} points by other names", after - before);
    std::fs::remove_dir_all(at).unwrap();
}

fn line(pair: &Pair) -> String {
    let Pair { id, kind, utterance, gold_jql, alt_jql, previous_jql, expect, .. } = pair;
    let line = json!({"id": id, "kind": kind, "utterance": utterance, "gold_jql": gold_jql, "alt_jql": alt_jql,
        "previous_jql": previous_jql, "expect": expect});
    format!("{line}\n")
}

fn as_prediction(pair: Pair) -> String {
    format!("{}\n", json!({"id": pair.id, "outcome": "jql", "jql": pair.gold_jql}))
}

/// The score of the wanted queries themselves, of the pairs that want one: it tells whether the renaming is whole.
fn gold_score(folder: &Path, at: &Path, gold: &[String]) -> f64 {
    let (predictions, findings) = (at.join("gold.jsonl"), at.join("gold.json"));
    std::fs::write(&predictions, gold.concat()).unwrap();
    let mut scorer = Command::new("python3");
    scorer.arg("-B").arg(folder.join("score.py")).arg(at.join("pairs.jsonl")).arg(&predictions);
    let said = scorer.args(["--seeds", "", "--data"]).arg(at).arg("--json").arg(&findings).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let findings: Vec<Value> =
        read(&findings).as_array().unwrap().iter().filter(|one| one["scored"] == true).cloned().collect();
    right(&findings)
}
