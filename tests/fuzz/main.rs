//! Whatever comes from outside, changed at random: it must end nobody's run and take no longer than its length asks for.
//!
//! Needs nothing but the compiler: inputs come from the texts in the repository's own tests, are changed blindly, and are kept
//! when what the code makes of them is of a kind not seen before. A run is decided by its seed: `JQL_SEED=7`, as for all random tests. Usually so many
//! inputs are tried for each target; with `SECONDS=600` it goes on for so many seconds, shared among the targets.
//! `tests/fuzz/guided` has the same targets for `cargo fuzz`.

mod changes;
#[path = "../jql/clock.rs"]
mod clock;
mod engine;
#[path = "../jql/random.rs"]
#[allow(dead_code, reason = "the random queries use more of it")]
mod random;
mod seeds;
mod targets;
mod time;

/// A test for each target.
macro_rules! targets {
    ($($name:ident),+) => {
        $(#[test]
        fn $name() {
            engine::run(stringify!($name), targets::$name);
        })+

        /// How many share the time.
        pub(crate) const TARGETS: u32 = 0 $(+ { let _ = stringify!($name); 1 })+;
    };
}

targets!(jql, site_query, words, adf, markdown, wiki, jira_answer, token_answer, metadata, addresses);

/// The engine is worth something: it finds what is wrong with code that is.
mod the_engine {
    use super::{engine, time};

    #[test]
    fn finds_a_panic_behind_two_steps() {
        let careless = |input: &[u8]| {
            let text = String::from_utf8_lossy(input);
            let step = text.matches("order by").count().min(3);
            assert!(step < 3 || !text.contains("(("), "a fault");
            format!("{} {}", ["NONE", "ONE", "TWO", "MANY"][step], if text.contains("((") { "GROUP" } else { "" })
        };
        let found = engine::search("jql", &careless, engine::Until::Inputs(100_000)).unwrap_err();
        assert!(found.contains("a fault"), "{found}");
        let least = found.split("with ").nth(1).unwrap().split('\n').next().unwrap();
        assert_eq!(least.matches("order by").count(), 3, "{least}");
        assert!(least.chars().count() < 32, "made as short as it can be: {least}");
    }

    #[test]
    fn finds_work_that_grows_with_the_square() {
        let careless = |input: &[u8]| {
            let same = |byte: &u8| input.iter().filter(|other| std::hint::black_box(*other) == byte).count();
            format!("PAIRS {}", input.iter().step_by(100).map(same).sum::<usize>().min(1))
        };
        let found = engine::search("jql", &careless, engine::Until::Inputs(2_000)).unwrap_err();
        assert!(found.contains("in proportion"), "{found}");
    }

    #[test]
    fn lets_work_in_proportion_pass() {
        let fair = |input: &[u8]| format!("SUM {}", input.iter().map(|byte| u64::from(*byte)).sum::<u64>().min(1));
        assert!(engine::search("jql", &fair, engine::Until::Inputs(2_000)).is_ok());
        assert!(time::in_proportion(&fair, b"a = b or ", 7).is_ok());
    }
}
