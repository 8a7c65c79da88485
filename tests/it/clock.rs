//! Clocks that are wrong, jump, or stand still while the machine sleeps.

use crate::peer::{Peer, app, ask_ok, connect, end, only_account, stream, world};
use chat_for_jira::platform::Timestamp;
use chat_for_jira::platform::memory::{Reply, World};
use serde_json::json;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const MINUTE: Duration = Duration::from_secs(60);

/// `Thu, 01 Jan 1970 00:00:00 GMT` and so on.
fn http_date(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Civil calendar from days, years beginning in March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = names[usize::try_from(month - 1).unwrap()];
    format!("Thu, {day:02} {name} {year} {:02}:{:02}:{:02} GMT", rest / 3600, rest / 60 % 60, rest % 60)
}

/// From now on every answer of the peer says what its own clock says, which is ahead of the machine's by so much at this moment.
fn dated(world: &World, peer: &std::rc::Rc<Peer>, ahead: i64) {
    let (server, clock, start) = (peer.clone(), world.clone(), world.now());
    let passed_at_start = world.passed();
    world.http().on(move |request| {
        let passed = clock.passed().since(passed_at_start);
        let date = http_date(Timestamp(start.0 + ahead).after(passed));
        server.answer(request).header("date", &date)
    });
}

#[test]
fn d25_a_clock_that_is_a_day_wrong_makes_no_loop_and_no_ended_token() {
    for ahead in [-86_400_000, -3_600_000, 0, 3_600_000, 86_400_000] {
        let (world, peer) = world(1);
        dated(&world, &peer, ahead);
        let id = connect(&world, &app(&world));
        let info = ask_ok(&world, &app(&world).0, "popup", "get_token", json!({"account": id}));
        let skew = info["clock_skew_ms"].as_i64().unwrap();
        assert!((skew - ahead).abs() <= 1000, "{ahead}: measured {skew}");
        for _ in 0..24 * 12 {
            world.advance(5 * MINUTE);
            if world.edge().alarm().is_some_and(|due| due <= world.now()) {
                world.edge().clear_alarm();
                world.run(app(&world).0.alarm());
            }
            assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh", "{ahead}");
        }
        let requests = peer.token_requests.get();
        assert!((24..=34).contains(&requests), "{ahead}: {requests} requests in a day");
    }
}

#[test]
fn a_clock_that_is_put_forward_or_back_is_noticed_at_the_next_answer_and_the_token_s_end_follows() {
    for jump in [-20 * 60_000_i64, 20 * 60_000, 6 * 3_600_000, -6 * 3_600_000] {
        let (world, peer) = world(1);
        dated(&world, &peer, 0);
        let worker = app(&world);
        let id = connect(&world, &worker);
        world.advance(25 * MINUTE);
        let true_end = world.now().0 + 35 * 60_000 + jump;
        world.shift_clock(jump);
        let messages = stream(&world, &worker, "panel", "ask", json!({"account": id, "text": "bugs in MOB"}));
        assert!(end(&messages).get("done").is_some(), "{messages:?}");
        let account = only_account(&world, &app(&world).0);
        let refreshed = peer.token_requests.get() > 1;
        let expected = if refreshed { world.now().0 + 3_600_000 } else { true_end };
        let found = account["expires_at"].as_i64().unwrap();
        assert!((found - expected).abs() <= 2000, "{jump}: {found} instead of {expected}");
        assert!(peer.token_requests.get() <= 2, "{jump}");
        if !refreshed {
            let found = ask_ok(&world, &app(&world).0, "dashboard", "account_details", json!({"account": id}));
            assert_eq!(found["history"][0]["kind"], "skew_corrected", "{jump}");
        }
    }
}

#[test]
fn a_clock_put_back_after_a_failure_does_not_keep_the_next_attempt_waiting() {
    let (world, peer) = world(1);
    connect(&world, &app(&world));
    world.advance(49 * MINUTE);
    *peer.token_fault.borrow_mut() = Some(Reply::text(503, "").header("retry-after", "120"));
    world.run(app(&world).0.alarm());
    assert_eq!(only_account(&world, &app(&world).0)["health"], "retrying");
    *peer.token_fault.borrow_mut() = None;
    world.shift_clock(-86_400_000);
    world.run(app(&world).0.woke());
    assert_eq!(only_account(&world, &app(&world).0)["health"], "fresh");
}

#[test]
fn d28_a_machine_that_slept_through_its_alarms_catches_up_as_soon_as_it_wakes() {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(Duration::from_secs(10 * 3600));
    // The browser fires the missed alarm some time, or only another event starts the worker: either is enough.
    world.run(app(&world).0.woke());
    assert_eq!(peer.token_requests.get(), 2);
    let found = ask_ok(&world, &app(&world).0, "dashboard", "account_details", json!({"account": id}));
    assert_eq!(found["account"]["health"], "fresh");
    assert!(found["statistics"]["longest_gap_ms"].as_i64().unwrap() >= 9 * 3_600_000, "the gap is not hidden");
    world.run(app(&world).0.alarm());
    assert_eq!(peer.token_requests.get(), 2, "the alarm that fires late finds nothing to do");
}

#[test]
fn d29_there_is_one_alarm_and_it_is_never_closer_than_browsers_allow() {
    for lifetime in [1, 10, 60, 61, 300, 3600] {
        let (world, peer) = world(1);
        peer.lifetime.set(lifetime);
        connect(&world, &app(&world));
        for _ in 0..50 {
            let wait = world.edge().alarm().expect("an alarm is set").since(world.now());
            assert!(wait >= Duration::from_secs(30), "{lifetime} s: the alarm is {wait:?} away");
            world.advance(wait);
            world.edge().clear_alarm();
            world.run(app(&world).0.alarm());
        }
    }
}

#[test]
fn tokens_that_live_for_seconds_are_renewed_again_and_again_where_the_browser_does_not_hold_alarms_back() {
    let (world, peer) = world(1);
    world.allow_loopback(true);
    peer.lifetime.set(6);
    connect(&world, &app(&world));
    for _ in 0..20 {
        let due = world.edge().alarm().expect("an alarm is set");
        world.advance(due.since(world.now()));
        world.edge().clear_alarm();
        world.run(app(&world).0.alarm());
    }
    let requests = peer.token_requests.get();
    assert!((15..=21).contains(&requests), "{requests} requests in twenty looks");
}
