//! Three simulated months with seeded random faults, and the judge who watches.
use std::time::Duration;

mod dice;
mod drive;
mod faults;
mod nature;
mod server;

use drive::{Report, Setup};
use server::Kind;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs these seeds on all cores.
fn run_all(setups: Vec<Setup>) -> Report {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let total = std::sync::Mutex::new(Report::default());
    let work = || {
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(setup) = setups.get(at) else { return };
            let report = drive::run(*setup);
            total.lock().unwrap().add(report);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    total.into_inner().unwrap()
}

#[test]
fn ninety_days_of_faults_lose_no_session() {
    let (first, many) = (number("SEED").unwrap_or(0), number("SEEDS").unwrap_or(2));
    let seeds = first..first + number("SEED").map_or(many, |_| 1);
    let setups = seeds.flat_map(|seed| [Kind::Cloud, Kind::DataCenter].map(|kind| Setup::usual(seed, kind))).collect();
    let start = std::time::Instant::now();
    let report = run_all(setups);
    println!("{}", report.strikes.table());
    println!("{:?}", start.elapsed());
    println!(
        "online {:?} gap {} ppm, waiting {:?}, unseen {:?}, refreshes {}, wakes {}, most requests {}, ended {}, stale {}",
        report.online,
        report.gap(),
        report.waiting,
        report.unseen,
        report.refreshes,
        report.wakes,
        report.requests,
        report.ended,
        report.stale
    );
    for wrong in report.wrongs.iter().take(20) {
        println!("{wrong}");
    }
    assert!(report.wrongs.is_empty(), "{} wrongs", report.wrongs.len());
    assert!(report.gap() < 1000);
    let _ = Duration::ZERO;
}
