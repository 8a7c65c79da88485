//! The score under other names.

use crate::goals;
use crate::pairs::{self, Pair};
use crate::rename::Renaming;
use crate::score::{self, Verdict};
use chat_for_jira::jql::{self, check};
use chat_for_jira::vocabulary::{Entry, Kind, file};
use std::collections::BTreeSet;

const SEEDS: [u64; 2] = [11, 12];

#[test]
fn renamed_queries_find_the_same_issues() {
    let (site, all) = (pairs::site(), pairs::ours());
    let old = crate::evaluate::World::new(site.clone(), 1);
    for seed in SEEDS {
        let renaming = Renaming::new(&site, seed);
        let new = crate::evaluate::World::new(renaming.site(&site), 1);
        for pair in &all {
            let renamed = renaming.pair(pair);
            let queries =
                pair.readings().chain(&pair.previous_jql).zip(renamed.readings().chain(&renamed.previous_jql));
            for (before, after) in queries {
                let run = |world: &crate::evaluate::World, text: &str| {
                    world.run(&jql::parse(text).unwrap()).map(BTreeSet::from_iter)
                };
                assert_eq!(run(&new, after), run(&old, before), "{before}\n{after}");
                assert_eq!(check::check(&jql::parse(after).unwrap(), &new.names), [], "{after}");
            }
        }
    }
}

#[test]
fn no_old_name_is_left() {
    let site = pairs::site();
    let renaming = Renaming::new(&site, SEEDS[0]);
    let (old, new) = (file::read(&site), file::read(&renaming.site(&site)));
    for kind in [Kind::Project, Kind::Person, Kind::Sprint, Kind::Component, Kind::Version] {
        let other = |entry: &Entry| new.entries(kind).iter().find(|other| other.id == entry.id).unwrap().name.clone();
        let pairs: BTreeSet<(String, String)> =
            old.entries(kind).iter().map(|one| (one.name.clone(), other(one))).collect();
        let names: BTreeSet<&String> = pairs.iter().map(|(_, new)| new).collect();
        assert!(pairs.iter().all(|(old, new)| old != new), "{pairs:?}");
        assert_eq!(names.len(), pairs.len(), "as many names as before: {pairs:?}");
    }
}

#[test]
fn other_names_are_understood_as_well() {
    let (site, all) = (pairs::site(), pairs::ours());
    let before = score::rows(&site, &all);
    for seed in SEEDS {
        let renaming = Renaming::new(&site, seed);
        let renamed: Vec<Pair> = all.iter().map(|pair| renaming.pair(pair)).collect();
        let after = score::rows(&renaming.site(&site), &renamed);
        println!("names of seed {seed}: {:.1} %, before {:.1} %", score::right(&after), score::right(&before));
        if let Ok(which) = std::env::var("CHAT_REPORT") {
            let differs = before
                .iter()
                .zip(&after)
                .filter(|(one, other)| (one.verdict == Verdict::Right) != (other.verdict == Verdict::Right));
            for (one, other) in differs.filter(|(one, _)| which == "all" || one.pair.set != "held") {
                println!(
                    "  {} {:?}: {}\n    {}\n  {:?}: {}\n    {}",
                    one.pair.id,
                    one.verdict,
                    one.pair.utterance,
                    one.got,
                    other.verdict,
                    other.pair.utterance,
                    other.got
                );
            }
        }
        let change = (score::right(&after) - score::right(&before)).abs();
        assert!(change <= goals::RENAMING, "{change:.1} points by other names (seed {seed})");
    }
}
