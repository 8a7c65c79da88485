//! Texts with the queries they stand for, written by hand.
//!
//! A line of `pairs.jsonl`: `id`, `set` (`dev`: looked at while the reader is built; `held`: only counted), `kind`, `utterance`,
//! `gold_jql` (null where no query is wanted), `alt_jql` (other readings that count too), `previous_jql` (the search before, which a
//! follow-up refines), `expect` (`clarify` or `decline`) with its `reason`, `group` (wordings of one query).

use crate::evaluate::World;
use crate::tool::own;
use chat_for_jira::jql::{self, check};
use serde::Deserialize;
use serde_json::Value;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Pair {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) set: String,
    pub(crate) kind: String,
    pub(crate) utterance: String,
    pub(crate) gold_jql: Option<String>,
    #[serde(default)]
    pub(crate) alt_jql: Vec<String>,
    pub(crate) previous_jql: Option<String>,
    pub(crate) expect: Option<String>,
}

impl Pair {
    /// All queries that count as right, the gold one first.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &String> {
        self.gold_jql.iter().chain(&self.alt_jql)
    }
}

pub(crate) fn read(text: &str) -> Vec<Pair> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

/// Our own pairs.
pub(crate) fn ours() -> Vec<Pair> {
    read(&std::fs::read_to_string(own("pairs.jsonl")).unwrap())
}

/// Our own site's file.
pub(crate) fn site() -> Value {
    serde_json::from_str(&std::fs::read_to_string(own("site.json")).unwrap()).unwrap()
}

#[test]
fn every_query_written_for_the_site_passes_the_checker_and_finds_some_issues_but_not_all() {
    let world = World::new(site(), 1);
    let mut wrong = Vec::new();
    for pair in ours() {
        for (at, jql) in pair.readings().chain(&pair.previous_jql).enumerate() {
            let query = match jql::parse(jql) {
                Ok(query) => query,
                Err(error) => {
                    wrong.push(format!("{} {jql}: {error}", pair.id));
                    continue;
                }
            };
            for problem in check::check(&query, &world.names) {
                wrong.push(format!("{} {jql}: {}", pair.id, problem.message));
            }
            match world.run(&query) {
                Err(error) => wrong.push(format!("{} {jql}: {error}", pair.id)),
                Ok(found) if at == 0 && (found.is_empty() || found.len() == world.issues.len()) => {
                    wrong.push(format!("{} {jql}: finds {}", pair.id, found.len()));
                }
                Ok(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} queries are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn there_are_enough_pairs_of_every_kind_and_half_of_them_are_held_back() {
    let pairs = ours();
    assert!(pairs.len() >= 200, "{}", pairs.len());
    for kind in crate::score::KINDS {
        let of_kind: Vec<_> = pairs.iter().filter(|pair| pair.kind == kind).collect();
        let held = of_kind.iter().filter(|pair| pair.set == "held").count();
        assert!(
            of_kind.len() >= 8 && held * 3 >= of_kind.len() && held * 3 <= of_kind.len() * 2,
            "{kind}: {held} of {}",
            of_kind.len()
        );
    }
    for pair in &pairs {
        assert_eq!(pair.gold_jql.is_none(), pair.expect.is_some(), "{}", pair.id);
        let again =
            pairs.iter().filter(|other| other.utterance == pair.utterance && other.previous_jql == pair.previous_jql);
        assert_eq!(again.count(), 1, "{}", pair.utterance);
    }
}
