//! Time in proportion to the length.

use crate::clock;
use crate::engine::Work;
use std::time::Duration;

/// How long the long input is, in bytes, and in how many parts the same length is given again.
const LONG: usize = 100_000;
const PARTS: usize = 8;
/// Work in proportion takes as long for the whole as for the parts together, work that grows with the square 8 times as long.
const MOST: u32 = 4;
/// How often both are measured before it counts: the machine has other things to do too.
const TRIES: usize = 6;
/// What is shorter is no measure.
const LEAST: Duration = Duration::from_millis(8);

/// The input, one of its parts repeated until it is long; `share` says which.
pub(crate) fn stretched(input: &[u8], share: usize, length: usize) -> Vec<u8> {
    let middle = input.len().max(1);
    let (from, width) = (share % middle, 1 + (share / middle) % 24);
    let (before, rest) = input.split_at(from.min(input.len()));
    let (part, behind) = rest.split_at(width.min(rest.len()));
    let times = length.saturating_sub(input.len()) / part.len().max(1);
    [before, &part.repeat(times), behind].concat()
}

/// Whether the work on the stretched input takes time in proportion; otherwise a sentence about it.
pub(crate) fn in_proportion(work: Work<'_>, input: &[u8], share: usize) -> Result<(), String> {
    let (long, short) = (stretched(input, share, LONG), stretched(input, share, LONG / PARTS));
    let time = |input: &[u8], times: usize| {
        let started = clock::busy();
        (0..times).for_each(|_| drop(std::hint::black_box(work(input))));
        clock::busy() - started
    };
    let (mut whole, mut parts) = (Duration::MAX, Duration::from_secs(60));
    for _ in 0..TRIES {
        whole = whole.min(time(&long, 1));
        parts = parts.min(time(&short, PARTS));
        if whole < parts.max(LEAST) * MOST {
            return Ok(());
        }
    }
    let what = String::from_utf8_lossy(input);
    Err(format!(
        "not in proportion: {whole:?} for {} bytes, {parts:?} in {PARTS} parts; from {what:?}, share {share}",
        long.len()
    ))
}
