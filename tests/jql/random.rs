//! Numbers that look random and are the same in every run (splitmix64). A longer run asks for another seed and for more
//! cases: `JQL_SEED=7 JQL_ROUNDS=100 cargo test --test jql`.

/// A generator of numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The generator of a test, told from the others by its number. Says its seed, which is shown when the test fails.
    pub(crate) fn of_test(number: u64) -> Self {
        let seed: u64 = variable("JQL_SEED").unwrap_or(1);
        eprintln!("JQL_SEED={seed}");
        Self(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93).wrapping_add(number))
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(limit).expect("a limit fits")).expect("it is below the limit")
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        of.get(self.below(of.len())).expect("it is below the length")
    }
}

/// How many cases to try: so many times the usual number as `JQL_ROUNDS` says.
pub(crate) fn cases(usual: usize) -> usize {
    usual * variable::<usize>("JQL_ROUNDS").unwrap_or(1)
}

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}
