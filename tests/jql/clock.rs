//! The time that this thread has had a processor for: what other programs take meanwhile does not count.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Time so far; only differences mean something. Where the system does not tell (Linux does, in steps of a few milliseconds), it
/// is the ordinary time.
pub(crate) fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[test]
fn sleeping_takes_no_time_and_working_does() {
    let started = busy();
    let mut number = 0_u64;
    while busy() - started < Duration::from_millis(30) {
        number = std::hint::black_box(number + 1);
    }
    assert!(number > 0);
    if std::path::Path::new("/proc/thread-self/schedstat").exists() {
        let before = busy();
        std::thread::sleep(Duration::from_millis(60));
        assert!(busy() - before < Duration::from_millis(40));
    }
}
