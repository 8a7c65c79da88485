//! How long to wait after a failed attempt: exponential with full jitter, and never less than the server asked for.

use crate::platform::Random;
use std::time::Duration;

const BASE: Duration = Duration::from_secs(15);
const LONGEST: Duration = Duration::from_secs(15 * 60);
const SHORTEST: Duration = Duration::from_secs(1);

/// The wait after `attempts` failures in a row (1 or more). Full jitter: anything between one second and the bound, so that
/// many machines that failed together do not come back together.
pub fn wait(attempts: u32, retry_after: Option<Duration>, random: &impl Random) -> Duration {
    let bound = BASE.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1).min(10))).min(LONGEST);
    let mut bytes = [0_u8; 4];
    random.fill(&mut bytes);
    let share = f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX);
    SHORTEST.max(bound.mul_f64(share)).max(retry_after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::memory::World;
    use crate::platform::{Platform as _, Timestamp};

    #[test]
    fn waits_grow_to_a_bound_and_are_spread() {
        let worker = World::new(Timestamp(0), 3).worker();
        let random = worker.random();
        for attempts in 1..40 {
            let bound = BASE.saturating_mul(2_u32.saturating_pow(attempts.min(11) - 1)).min(LONGEST);
            let waits: Vec<_> = (0..200).map(|_| wait(attempts, None, random)).collect();
            assert!(waits.iter().all(|wait| (SHORTEST..=bound).contains(wait)), "{attempts}");
            assert!(waits.iter().any(|wait| *wait < bound / 4) && waits.iter().any(|wait| *wait > bound / 4 * 3));
        }
    }

    #[test]
    fn the_server_s_wish_is_the_least() {
        let worker = World::new(Timestamp(0), 3).worker();
        let random = worker.random();
        assert!(wait(1, Some(Duration::from_secs(600)), random) >= Duration::from_secs(600));
    }
}
