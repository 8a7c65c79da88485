//! Seeded chance.

use std::cell::Cell;
use std::time::Duration;

/// A stream of numbers decided by its seed (SplitMix64).
pub(super) struct Dice(Cell<u64>);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Cell::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x9e37_79b9))
    }

    pub(super) fn number(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        let mixed = (self.0.get() ^ (self.0.get() >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// True in so many of 1000 cases.
    pub(super) fn permille(&self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// A span from `least` to `most` seconds, in milliseconds.
    pub(super) fn seconds(&self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least * 1000 + self.below((most - least) * 1000 + 1))
    }

    pub(super) fn pick<T: Copy>(&self, from: &[T]) -> T {
        from[usize::try_from(self.below(u64::try_from(from.len()).unwrap())).unwrap()]
    }

    /// How long until something that happens `times` in ten days happens next: anything around the mean, never together with
    /// the one before. `None`: it never happens.
    pub(super) fn until_next(&self, times: u64) -> Option<Duration> {
        let mean = 864_000_u64.checked_div(times)?;
        Some(self.seconds(mean / 10, mean * 19 / 10))
    }
}
