//! Random queries over a site's own words: every field, operator and function, right and wrong, alone and joined.

mod maker;
mod special;
mod words;

use super::independent;
use super::load;
use crate::data::export;
use crate::testing::{NOW, WORLD};
use maker::Maker;
use serde_json::Value;
use words::Words;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// Random queries; `JQL_ROUNDS` times as many as usual, from the seed `JQL_SEED`.
fn agree(data: &Value, (site, now): (&crate::data::Site, i64), number: u64) {
    let Some(folder) = independent::shared() else { return };
    let variable = |name: &str| std::env::var(name).ok().map(|text| text.parse::<usize>().unwrap());
    let (rounds, seed) = (variable("JQL_ROUNDS").unwrap_or(1), variable("JQL_SEED").unwrap_or(1));
    let words = Words::of(data, now);
    for round in 0..rounds {
        let start = u64::try_from(seed + round).unwrap() * 1_000_003 + number;
        let mut maker = Maker { dice: Dice(start), words: &words };
        let queries: Vec<String> = (0..250).map(|_| maker.query()).collect();
        let Some(finding) = independent::compare(&folder, data, (site, now), &queries) else { return };
        assert!(
            finding * 3 > queries.len(),
            "seed {}: only {finding} of {} find something",
            seed + round,
            queries.len()
        );
    }
}

#[test]
fn random_queries_find_the_same_on_another_site() {
    let Some(folder) = independent::shared() else { return };
    let data = independent::written(&folder);
    let (site, now) = load::site(&data["site"], &data["issues"]);
    agree(&data, (&site, now), 1);
}

#[test]
fn random_queries_find_the_same_on_the_simulators_site() {
    let data = export::everything(&WORLD.sites[0], *NOW);
    agree(&data, (&WORLD.sites[0], *NOW), 2);
}
