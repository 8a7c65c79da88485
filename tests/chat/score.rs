//! The score: an answer is right when its query finds the same issues as one of the readings that count, on each of several sets of
//! issues (so that no hit is by chance), or when it asks back or declines where that is right.
//!
//! `CHAT_REPORT=1` prints what is wrong of the pairs that may be looked at, `CHAT_REPORT=all` also of those held back.

use crate::evaluate::{World, order};
use crate::goals;
use crate::pairs::{self, Pair};
use chat_for_jira::chat::translate::{Outcome, Translator};
use chat_for_jira::jql;
use serde_json::Value;
use std::collections::HashMap;

pub(crate) const KINDS: [&str; 9] =
    ["long", "short", "similar", "exact", "followup", "ambiguous", "unsupported", "typo", "raw"];
/// Seeds of the sets of issues.
const SEEDS: [u64; 2] = [1, 2];

/// How an answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    /// A query that finds other things, or where none was wanted.
    Confident,
    Asked,
    Declined,
}

/// What became of a pair.
pub(crate) struct Row {
    pub(crate) pair: Pair,
    pub(crate) verdict: Verdict,
    /// Whether the result comes in the wanted order; none where no order is wanted.
    pub(crate) ordered: Option<bool>,
    pub(crate) got: String,
}

/// Sets of issues of one site, and what queries found in them.
pub(crate) struct Judge {
    worlds: Vec<World>,
    found: HashMap<String, Vec<Option<Vec<usize>>>>,
}

impl Judge {
    pub(crate) fn of_site(site: &Value) -> Self {
        Self { worlds: SEEDS.iter().map(|seed| World::new(site.clone(), *seed)).collect(), found: HashMap::new() }
    }

    /// What a query finds in each set, in its order; none where it is refused.
    fn run(&mut self, text: &str) -> Vec<Option<Vec<usize>>> {
        if let Some(known) = self.found.get(text) {
            return known.clone();
        }
        let run = |world: &World| world.run(&jql::parse(text).ok()?).ok();
        let found: Vec<_> = self.worlds.iter().map(run).collect();
        self.found.insert(text.to_owned(), found.clone());
        found
    }

    /// Whether both find the same issues everywhere.
    fn same(&mut self, one: &str, other: &str) -> bool {
        let sorted = |found: Vec<Option<Vec<usize>>>| -> Option<Vec<Vec<usize>>> {
            found
                .into_iter()
                .map(|one| {
                    one.map(|mut one| {
                        one.sort_unstable();
                        one
                    })
                })
                .collect()
        };
        let (one, other) = (sorted(self.run(one)), sorted(self.run(other)));
        let all = self.worlds[0].issues.len();
        // What finds nothing, or everything, says nothing.
        one.as_ref().is_some_and(|one| !one[0].is_empty() && one[0].len() < all) && one == other
    }

    /// Whether the issues that `got` finds are in the order of `wanted`.
    fn in_order(&mut self, got: &str, wanted: &str) -> bool {
        let Ok(query) = jql::parse(wanted) else { return false };
        let (Some(got), Some(wanted)) = (self.run(got).swap_remove(0), self.run(wanted).swap_remove(0)) else {
            return false;
        };
        let world = &self.worlds[0];
        got.len() == wanted.len()
            && got.iter().zip(&wanted).all(|(a, b)| order::ranks(world, &query, *a) == order::ranks(world, &query, *b))
    }

    pub(crate) fn judge(&mut self, pair: &Pair, outcome: &Outcome) -> Row {
        let mut ordered = None;
        let verdict = match (outcome, &pair.gold_jql) {
            (Outcome::Jql(got), Some(gold)) => {
                let hit = pair.readings().find(|reading| self.same(got, reading)).cloned();
                if jql::parse(gold).is_ok_and(|query| !query.order_by.is_empty()) {
                    ordered = Some(hit.as_ref().is_some_and(|hit| self.in_order(got, hit)));
                }
                if hit.is_some() { Verdict::Right } else { Verdict::Confident }
            }
            (other, None) if pair.expect.as_deref() == Some(other.parts().0) => Verdict::Right,
            (Outcome::Jql(_), None) => Verdict::Confident,
            (Outcome::Clarify(_), _) => Verdict::Asked,
            (Outcome::Decline(_), _) => Verdict::Declined,
        };
        let (word, jql) = outcome.parts();
        Row { pair: pair.clone(), verdict, ordered, got: format!("{word} {}", jql.unwrap_or_default()) }
    }
}

/// All pairs, read and judged on the site.
pub(crate) fn rows(site: &Value, pairs: &[Pair]) -> Vec<Row> {
    let translator = Translator::of_site(site).unwrap();
    let mut judge = Judge::of_site(site);
    let one = |pair: &Pair| judge.judge(pair, &translator.outcome(&pair.utterance, pair.previous_jql.as_deref()));
    pairs.iter().map(one).collect()
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "a few hundred pairs")]
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn count(rows: &[&Row], verdict: Verdict) -> usize {
    rows.iter().filter(|row| row.verdict == verdict).count()
}

/// The share of right answers, in percent.
pub(crate) fn right(rows: &[Row]) -> f64 {
    percent(rows.iter().filter(|row| row.verdict == Verdict::Right).count(), rows.len())
}

fn line(name: &str, rows: &[&Row]) {
    let [right, confident, asked, declined] =
        [Verdict::Right, Verdict::Confident, Verdict::Asked, Verdict::Declined].map(|verdict| count(rows, verdict));
    let share = percent(right, rows.len());
    println!("{name:<14}{:>6}{right:>7}{share:>8.1}{confident:>9}{asked:>7}{declined:>10}", rows.len());
}

fn print(title: &str, rows: &[Row]) {
    println!("\n{title:<14}{:>6}{:>7}{:>8}{:>9}{:>7}{:>10}", "pairs", "right", "%", "wrong", "asked", "declined");
    for kind in KINDS {
        let of_kind: Vec<&Row> = rows.iter().filter(|row| row.pair.kind == kind).collect();
        line(kind, &of_kind);
    }
    line("all", &rows.iter().collect::<Vec<_>>());
    let wanted: Vec<bool> = rows.iter().filter_map(|row| row.ordered).collect();
    println!("in the wanted order: {} of {}", wanted.iter().filter(|ordered| **ordered).count(), wanted.len());
}

fn report(rows: &[Row]) {
    let Ok(which) = std::env::var("CHAT_REPORT") else { return };
    for row in rows.iter().filter(|row| row.verdict != Verdict::Right || row.ordered == Some(false)) {
        if which == "all" || row.pair.set != "held" {
            let Pair { id, kind, utterance, gold_jql, previous_jql, expect, .. } = &row.pair;
            let wanted = gold_jql.as_ref().or(expect.as_ref()).map_or("", String::as_str);
            let before = previous_jql.as_ref().map(|jql| format!("\n  after:  {jql}")).unwrap_or_default();
            println!(
                "\n{id} {kind} {:?}\n  said:   {utterance}{before}\n  wanted: {wanted}\n  got:    {}",
                row.verdict, row.got
            );
        }
    }
}

/// Where the rows fall short of the goals.
fn shortfalls(set: &str, rows: &[Row]) -> Vec<String> {
    let of_kind = |kind: &str| {
        let of_kind: Vec<&Row> = rows.iter().filter(|row| row.pair.kind == kind).collect();
        percent(count(&of_kind, Verdict::Right), of_kind.len())
    };
    let all: Vec<&Row> = rows.iter().collect();
    let confident = percent(count(&all, Verdict::Confident), rows.len());
    let least = [
        ("right", right(rows), goals::RIGHT),
        ("asked back where it must", of_kind("ambiguous"), goals::ASKED),
        ("declined where it must", of_kind("unsupported"), goals::DECLINED),
    ];
    let mut missed: Vec<String> = least
        .iter()
        .filter(|(_, got, goal)| got < goal)
        .map(|(what, got, goal)| format!("{set}: {what}: {got:.1} %, goal {goal} %"))
        .collect();
    if confident > goals::WRONG_BUT_CONFIDENT {
        missed.push(format!("{set}: wrong but confident: {confident:.1} %, goal {} %", goals::WRONG_BUT_CONFIDENT));
    }
    missed
}

#[test]
fn our_own_pairs_reach_the_goals() {
    let site = pairs::site();
    let all = pairs::ours();
    let mut missed = Vec::new();
    for set in ["dev", "held"] {
        let of_set: Vec<Pair> = all.iter().filter(|pair| pair.set == set).cloned().collect();
        let rows = rows(&site, &of_set);
        print(set, &rows);
        report(&rows);
        missed.extend(shortfalls(set, &rows));
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_judge_tells_right_from_wrong() {
    let site = pairs::site();
    let mut judge = Judge::of_site(&site);
    let all = pairs::ours();
    let mut right = 0;
    for pair in all.iter().filter(|pair| pair.gold_jql.is_some()) {
        let gold = pair.gold_jql.clone().unwrap();
        let row = judge.judge(pair, &Outcome::Jql(gold.clone()));
        assert_eq!((row.verdict, row.ordered.unwrap_or(true)), (Verdict::Right, true), "{gold}");
        for wrong in ["key is not EMPTY", "key is EMPTY", "project = NOWHERE", "no query"] {
            assert_eq!(judge.judge(pair, &Outcome::Jql(wrong.to_owned())).verdict, Verdict::Confident, "{wrong}");
        }
        assert_eq!(judge.judge(pair, &Outcome::Clarify(String::new())).verdict, Verdict::Asked);
        right += 1;
    }
    assert!(right > 150, "{right}");
    let asking = all.iter().find(|pair| pair.kind == "ambiguous").unwrap();
    assert_eq!(judge.judge(asking, &Outcome::Clarify(String::new())).verdict, Verdict::Right);
    assert_eq!(judge.judge(asking, &Outcome::Decline(String::new())).verdict, Verdict::Declined);
}
