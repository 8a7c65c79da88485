use super::*;

const HOUR: i64 = 3_600_000;

fn at(hours: i64) -> Timestamp {
    Timestamp(20_000 * DAY + hours * HOUR)
}

#[test]
fn time_is_split_into_what_was_covered_and_the_gap() {
    let mut figures = Statistics::begin(at(0));
    figures.account(Some(at(1)), at(3));
    figures.refreshed(Duration::from_millis(200), at(3));
    figures.account(Some(at(4)), at(4));
    let view = figures.view(at(4));
    assert_eq!(view.valid_share, Some(0.5));
    assert_eq!(view.longest_gap_ms, 2 * HOUR);
    assert_eq!((view.refreshes, view.success_rate, view.latency_median_ms), (1, Some(1.0), Some(200)));
}

#[test]
fn a_gap_that_is_looked_at_twice_is_one_gap() {
    let mut figures = Statistics::begin(at(0));
    figures.account(Some(at(1)), at(2));
    figures.account(Some(at(1)), at(5));
    figures.account(None, at(6));
    assert_eq!(figures.view(at(6)).longest_gap_ms, 5 * HOUR);
    assert_eq!(figures.view(at(6)).valid_share, Some(0.1666));
}

#[test]
fn a_clock_that_was_put_back_counts_nothing_twice() {
    let mut figures = Statistics::begin(at(0));
    figures.account(Some(at(10)), at(4));
    figures.account(Some(at(10)), at(1));
    figures.account(Some(at(10)), at(2));
    let view = figures.view(at(2));
    assert_eq!(view.valid_share, Some(1.0));
    assert!(view.days.iter().filter_map(|day| day.valid_share).all(|share| share <= 1.0));
}

#[test]
fn days_are_filled_in_and_at_most_thirty_kept() {
    let mut figures = Statistics::begin(at(0));
    for day in 0..40 {
        let now = at(24 * day + 12);
        figures.account(Some(now), now);
        figures.refreshed(Duration::from_millis(100), now);
        figures.failed(FailureKind::Network, now);
    }
    assert_eq!(figures.days.len(), 30);
    let view = figures.view(at(24 * 39 + 12));
    assert_eq!(view.days.len(), 30);
    assert!(view.days.is_sorted_by_key(|day| day.day));
    assert!(view.days.iter().all(|day| day.refreshes == 1 && day.failures == 1 && day.valid_share == Some(1.0)));
    assert_eq!((view.refreshes, view.failures[0].count, view.success_rate), (40, 40, Some(0.5)));
    assert!(json::to_text(&figures).len() < 4_000, "what is kept of an account stays small");
}

#[test]
fn a_day_without_anything_is_there_and_empty() {
    let view = Statistics::begin(at(0)).view(at(0));
    assert_eq!(view.days.len(), 30);
    assert!(view.days.iter().all(|day| day.valid_share.is_none() && day.refreshes == 0));
    assert_eq!((view.success_rate, view.latency_median_ms, view.valid_share), (None, None, None));
}

#[test]
fn median_and_percentile_are_of_the_newest() {
    let mut figures = Statistics::begin(at(0));
    for latency in 1..=1000 {
        figures.refreshed(Duration::from_millis(latency), at(0));
    }
    let view = figures.view(at(0));
    assert_eq!((view.latency_median_ms, view.latency_p95_ms), (Some(900), Some(990)));
    assert_eq!(figures.latencies.len(), LATENCIES);
}

#[test]
fn what_is_kept_is_read_back_as_it_was() {
    let mut figures = Statistics::begin(at(0));
    figures.account(Some(at(1)), at(2));
    figures.failed(FailureKind::Busy, at(2));
    let text = json::to_text(&figures);
    let read: Statistics = json::from_text(&text).unwrap();
    assert_eq!(json::to_text(&read), text);
}
