//! The worker is killed at every single step, and nothing is lost.

use crate::peer::{app, ask_ok, connect, form, only_account, page_of, world};
use serde_json::json;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// More port calls than any of these stories makes.
const ALL: u64 = 400;

#[test]
fn d21_a_refresh_killed_at_any_step_is_made_good_by_the_next_worker() {
    // CHECKLISTS D21. The server forgives the same refresh token for ten minutes, as Jira Cloud does.
    let mut finished = 0;
    for step in 0..ALL {
        let (world, peer) = world(step);
        connect(&world, &app(&world));
        world.advance(Duration::from_secs(2900));
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        finished += u32::from(world.run_until_killed(dying.alarm()).is_some());
        let (next, _) = app(&world);
        world.run(next.startup());
        let account = only_account(&world, &next);
        assert_eq!(account["health"], "fresh", "killed at step {step}: {account}");
        assert!(peer.token_requests.get() <= 3, "step {step}");
        assert!(world.edge().alarm().is_some(), "step {step}");
        if finished > 0 {
            assert!(step > 10, "the story is long enough to be worth killing: {step}");
            return;
        }
    }
    panic!("the refresh never finished");
}

#[test]
fn a_sign_in_killed_at_any_step_is_whole_or_absent() {
    for step in 0..ALL {
        let (world, _peer) = world(step);
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        memory.messages().connect(1);
        dying.open_port(1, page_of("options"));
        let request = json!({"id": "s", "command": "connect", "args": {"form": form()}});
        let finished = world.run_until_killed(dying.port_message(1, request)).is_some();
        let worker = app(&world);
        let overview = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
        let accounts = overview["accounts"].as_array().unwrap();
        assert!(accounts.iter().all(|account| account["health"] == "fresh"), "step {step}: {overview}");
        assert_eq!(overview["problem"], json!(null), "step {step}");
        // Trying again always works, and gives one account.
        connect(&world, &worker);
        assert_eq!(only_account(&world, &worker.0)["health"], "fresh", "step {step}");
        if finished {
            assert!(step > 10);
            return;
        }
    }
    panic!("the sign-in never finished");
}

#[test]
fn a_sign_out_killed_at_any_step_can_be_repeated() {
    for step in 0..ALL {
        let (world, _peer) = world(step);
        let id = connect(&world, &app(&world));
        let (dying, memory) = app(&world);
        memory.kill_after(step);
        let request = json!({"command": "sign_out", "args": {"account": id}});
        let finished = world.run_until_killed(dying.handle(request, page_of("popup"))).is_some();
        let (next, _) = app(&world);
        ask_ok(&world, &next, "popup", "sign_out", json!({"account": id}));
        let overview = ask_ok(&world, &next, "popup", "overview", json!({}));
        assert_eq!(overview["accounts"], json!([]), "step {step}");
        assert!(world.stored().is_empty(), "step {step}: {:?}", world.stored().keys());
        if finished {
            return;
        }
    }
    panic!("the sign-out never finished");
}
