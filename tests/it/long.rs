//! Months of simulated life with seeded random faults, and a judge who watches.
//!
//! A seed decides everything: when the person looks in, what goes wrong and in the middle of what. Faults begin at port calls
//! in the middle of a refresh (in every phase of it) and at any other time; see [`faults::Fault`]. Even seeds talk to a server
//! like Jira Cloud, odd ones to one like Jira Data Center; see [`server::Kind`].
//!
//! The judge asserts, for every seed:
//! - No session is lost: an account leaves the signed-in states only if the server would not accept the newest refresh token
//!   that was ever in the vault, and only if the server had acted on a request whose answer nobody could keep (it was not
//!   delivered in time, its worker was killed before the write, or nothing could be written).
//! - No refresh token is presented by a worker that took its lock after the token's successor was in the store; and never two at
//!   once, unless somebody outlived their lock.
//! - With tokens of an hour, a token is renewed at least ten minutes before its end, if the time is online and nothing went wrong
//!   in the 25 minutes before (an outage's `Retry-After` may last ten).
//! - A minute after waking, after a start of the browser or the end of a night, there is a valid token.
//! - A token that has ended is not handed out, unless the clock was put back since it came and so nothing tells its age.
//! - No worker goes round in circles, and between two looks there are never more requests than the configured retries allow.
//!
//! And over all seeds: of the time online, a valid token was in the vault for 99.9 %. *Online* is the time with the machine awake,
//! the browser open, the account signed in, a connection, a server that answers neither 429 nor 5xx nor too late, and a disk that
//! takes writes; the moments after an outage count from its end, however long the extension needs to find out. A clock that was put
//! back takes time out of the count as long as nothing can show it to the extension: alarms go by that clock, so until the next
//! wake there is nothing at all, and after it only a clock that shows less than at the last look or at the token's beginning can
//! be told from a right one. (The time taken out is printed.) For one seed alone the bound is 1 %: one long outage that ends
//! shortly before the next look weighs more there.
//!
//! `SEED=<n>` runs one seed, `SEEDS=<m>` so many; `DAYS` is 90 then. `TRACE=1` tells with each failure what went before, `TRACE=2`
//! each call of a port, `TRACE=3` all of the story.

#![allow(clippy::print_stdout, reason = "the table of what went wrong is what a long run is read for")]

use chat_for_jira::platform::memory::Lie;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

mod dice;
mod drive;
mod faults;
mod nature;
mod server;

use drive::{Report, Setup};
use faults::Fault;
use server::Kind;

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn kind_of(seed: u64) -> Kind {
    if seed.is_multiple_of(2) { Kind::Cloud } else { Kind::DataCenter }
}

/// Runs these on all cores.
fn run_all(setups: &[Setup]) -> Report {
    let (next, total) = (AtomicUsize::new(0), Mutex::new(Report::default()));
    let work = || {
        while let Some(setup) = setups.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut report = drive::run(*setup);
            if report.gap() > 10_000 && setup.hours >= 90 * 24 {
                report.wrongs.push(format!("SEED={}: without a token for {} millionths", setup.seed, report.gap()));
            }
            total.lock().unwrap().add(report);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    total.into_inner().unwrap()
}

fn days(span: Duration) -> u64 {
    span.as_secs() / 86_400
}

/// Everyday runs are short, because they are not optimised; `SEED` and `SEEDS` ask for long ones.
fn is_long() -> bool {
    number("SEED").or(number("SEEDS")).is_some()
}

#[test]
fn months_of_faults_lose_no_session() {
    let one = number("SEED").filter(|_| number("SEEDS").is_none());
    let seeds = number("SEEDS").unwrap_or(if one.is_some() { 1 } else { 2 });
    let first = number("SEED").unwrap_or(0);
    let length = number("DAYS").unwrap_or(if is_long() { 90 } else { 2 });
    let setups: Vec<_> = (first..first + seeds).map(|seed| Setup::usual(seed, kind_of(seed), length * 24)).collect();
    let report = run_all(&setups);
    println!("{seeds} seeds from {first}, {length} days each; how often each fault began in each phase of a refresh:");
    println!("{}", report.strikes.table());
    println!("{report}");
    assert!(report.wrongs.is_empty(), "{} wrongs:\n{}", report.wrongs.len(), report.wrongs.join("\n"));
    if days(report.online) >= 500 {
        assert!(report.gap() < 1000, "no valid token for {} millionths of the time online", report.gap());
    }
    if seeds >= 100 {
        assert_eq!(report.strikes.missing(), [], "every fault began in every phase");
    }
}

/// Shows what a promise is needed for: with the lie, one of the first seeds of the story is objected to; without it, none of
/// those is.
fn is_needed(lie: Lie, story: impl Fn(u64) -> Setup) {
    for seed in 0..20 {
        let honest = drive::run(story(seed));
        assert!(honest.wrongs.is_empty(), "without a lie: {}", honest.wrongs.join("\n"));
        let lied = drive::run(Setup { lie: Some(lie), ..story(seed) });
        if !lied.wrongs.is_empty() {
            println!("{lie:?}: {}", lied.wrongs.join("\n"));
            return;
        }
    }
    panic!("{lie:?} goes unnoticed");
}

/// Some hours in which the given faults begin in refreshes, and nothing else happens.
fn story(seed: u64, kind: Kind, faults: &'static [Fault]) -> Setup {
    Setup { strikes: 700, faults, weather: 0, ..Setup::usual(seed, kind, 8) }
}

#[test]
fn without_the_lock_two_ask_at_once() {
    is_needed(Lie::OpenLocks, |seed| story(seed, kind_of(seed), &[Fault::Rival]));
}

#[test]
fn without_reading_again_a_worker_goes_round_in_circles() {
    is_needed(Lie::OldReads, |seed| story(seed, kind_of(seed), &[Fault::Rival]));
}

#[test]
fn without_compare_and_swap_a_session_is_lost() {
    // It takes a holder who outlives their lock: a slow disk, and a server that needs almost all of its time.
    is_needed(Lie::BlindWrites, |seed| Setup {
        sluggish: true,
        strikes: 1000,
        hours: 24,
        ..story(seed, Kind::DataCenter, &[Fault::Rival])
    });
}

#[test]
fn without_writing_before_use_a_used_token_is_presented() {
    is_needed(Lie::LateWrites(Duration::from_secs(5)), |seed| story(seed, kind_of(seed), &[Fault::Kill]));
}

#[test]
fn d25_short_lifetimes_and_wrong_clocks_never_loop_and_always_have_a_token() {
    const DAY: i64 = 86_400_000;
    let hours = if is_long() { 48 } else { 2 };
    for lifetime in [60, 300, 600, 3600] {
        for clock_off in [0, DAY, -DAY] {
            let lifetime = Duration::from_secs(lifetime);
            let quiet = Setup { strikes: 0, weather: 0, clock_off, lifetime, ..Setup::usual(1, Kind::Cloud, hours) };
            let report = drive::run(quiet);
            assert!(report.wrongs.is_empty(), "{lifetime:?}, {clock_off}: {}", report.wrongs.join("\n"));
            assert!(report.gap() < 1000, "{lifetime:?}, {clock_off}: no token for {} millionths", report.gap());
            let most = hours * 3600 / (lifetime.as_secs() / 2) + 2 * hours;
            assert!(report.refreshes <= most, "{lifetime:?}, {clock_off}: {} refreshes", report.refreshes);
        }
    }
}

#[test]
fn d25_d28_jumps_nights_and_lost_alarms_never_loop() {
    let faults: &[Fault] = &[Fault::ClockForward, Fault::ClockBack, Fault::Night, Fault::Restart];
    let (hours, seeds) = if is_long() { (48, 20) } else { (6, 2) };
    for lifetime in [60, 300, 600, 3600] {
        let lifetime = Duration::from_secs(lifetime);
        let often =
            |seed| Setup { strikes: 20, faults, weather: 120, lifetime, ..Setup::usual(seed, kind_of(seed), hours) };
        let setups: Vec<_> = (0..seeds).map(often).collect();
        let report = run_all(&setups);
        assert!(report.wrongs.is_empty(), "{lifetime:?}: {}", report.wrongs.join("\n"));
        let most = seeds * hours * (3600 / (lifetime.as_secs() / 2) + 5);
        assert!(report.refreshes <= most, "{lifetime:?}: {} refreshes", report.refreshes);
    }
}
