//! The checks of clock and randomness.

/// Time.
pub(super) mod clock {
    use crate::platform::contract::{Check, Ground, ensure, within};
    use crate::platform::{Clock, Platform};
    use futures_util::future::join;
    use std::time::Duration;

    /// Timers of browsers count in whole milliseconds from a clock of another grain.
    const GRAIN: Duration = Duration::from_millis(2);

    pub(in super::super) async fn time_passes<P: Platform>(ground: &Ground<P>) -> Check {
        let clock = ground.here.clock();
        let before = clock.now();
        clock.sleep(Duration::from_millis(20)).await;
        ensure(clock.now() > before, "the clock stood still")?;
        let year_2020 = 1_577_836_800_000;
        ensure(before.0 > year_2020, "the moment is not in milliseconds since 1970")
    }

    pub(in super::super) async fn a_sleep_waits_as_long_as_asked<P: Platform>(ground: &Ground<P>) -> Check {
        let clock = ground.here.clock();
        for span in [0, 1, 50].map(Duration::from_millis) {
            let before = clock.now();
            clock.sleep(span).await;
            let passed = clock.now().since(before) + GRAIN;
            ensure(passed >= span, "the sleep was too short")?;
            ensure(passed < span + Duration::from_secs(2), "the sleep was too long")?;
        }
        Ok(())
    }

    pub(in super::super) async fn sleeps_overlap<P: Platform>(ground: &Ground<P>) -> Check {
        let clock = ground.here.clock();
        let before = clock.now();
        let span = Duration::from_millis(400);
        join(clock.sleep(span), clock.sleep(span)).await;
        ensure(clock.now().since(before) < span * 2, "two sleeps at once took the time of both")
    }

    pub(in super::super) async fn no_sleep_is_too_long<P: Platform>(ground: &Ground<P>) -> Check {
        // Timers of browsers take 31 bits and fire at once when given more.
        let clock = ground.here.clock();
        for span in [Duration::from_millis(1 << 31), Duration::from_millis(1 << 32), Duration::MAX] {
            let ended = within(clock, Duration::from_millis(50), clock.sleep(span)).await;
            ensure(ended.is_none(), "a sleep of weeks ended at once")?;
        }
        Ok(())
    }
}

/// Randomness.
pub(super) mod random {
    use crate::platform::contract::{Check, Ground, ensure, same};
    use crate::platform::{Platform, Random};
    use std::collections::BTreeSet;

    pub(in super::super) async fn bytes_differ<P: Platform>(ground: &Ground<P>) -> Check {
        let mut seen = BTreeSet::new();
        for platform in [&ground.here, &ground.there].repeat(50) {
            let mut bytes = [0; 16];
            platform.random().fill(&mut bytes);
            seen.insert(bytes);
        }
        same("different ones of a hundred", seen.len(), 100)
    }

    pub(in super::super) async fn every_length_is_filled<P: Platform>(ground: &Ground<P>) -> Check {
        for length in [0, 1, 7, 8, 9, 32, 100] {
            // After 64 rounds a byte that was still never touched is not bad luck (256^-64).
            let mut touched = vec![false; length];
            for _ in 0..64 {
                let mut bytes = vec![0; length];
                ground.here.random().fill(&mut bytes);
                touched.iter_mut().zip(bytes).for_each(|(touched, byte)| *touched |= byte != 0);
            }
            ensure(touched.iter().all(|touched| *touched), "some bytes are never filled")?;
        }
        Ok(())
    }
}
