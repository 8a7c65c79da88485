//! Time and randomness.

use crate::platform::{Clock, Random, Timestamp};
use std::time::Duration;

/// The adapter of [`Clock`].
pub struct BrowserClock;

/// The longest span a browser's timer takes (31 bits of milliseconds); a longer one fires at once.
const LONGEST: Duration = Duration::from_millis((1 << 31) - 1);

impl Clock for BrowserClock {
    #[allow(clippy::as_conversions, reason = "a float to a whole number has no other way; it saturates")]
    fn now(&self) -> Timestamp {
        Timestamp(js_sys::Date::now() as i64)
    }

    #[allow(clippy::as_conversions, reason = "a float to a whole number has no other way; it saturates")]
    fn today(&self) -> i64 {
        let now = js_sys::Date::new_0();
        // Minutes that the person's clock is behind UTC, at this moment: summer time is in it.
        let behind = now.get_timezone_offset() as i64;
        (now.get_time() as i64 - behind * 60_000).div_euclid(86_400_000)
    }

    async fn sleep(&self, span: Duration) {
        let mut left = span;
        while left > LONGEST {
            gloo_timers::future::sleep(LONGEST).await;
            left -= LONGEST;
        }
        gloo_timers::future::sleep(left).await;
    }
}

/// The adapter of [`Random`].
pub struct BrowserRandom;

impl Random for BrowserRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // A worker always has `crypto.getRandomValues`. Going on without it would make keys that can be guessed.
        getrandom::fill(bytes).expect("the browser gives random bytes");
    }
}
