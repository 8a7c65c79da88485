//! Thousands who want a token at the same moment.

use crate::peer::{Peer, app, connect, page_of, world};
use chat_for_jira::app::App;
use chat_for_jira::error::Code;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use futures_util::future::{join, join_all};
use serde_json::json;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// How many ask.
const CROWD: usize = 10_000;
/// In words of the world: the token of one hour has ended.
const ENDED: Duration = Duration::from_secs(3700);

type Contexts = Vec<(App<Memory>, Memory)>;

/// An account whose token has ended, and so many contexts.
fn expired(contexts: usize) -> (World, Rc<Peer>, String, Contexts) {
    let (world, peer) = world(1);
    let id = connect(&world, &app(&world));
    world.advance(ENDED);
    let contexts = (0..contexts).map(|_| app(&world)).collect();
    (world, peer, id, contexts)
}

#[test]
fn d19_ten_thousand_callers_of_one_expired_account_make_one_request() {
    let (world, peer, id, contexts) = expired(1);
    let callers = (0..CROWD).map(|_| contexts[0].0.tokens().access_token(&id));
    let tokens = world.run(join_all(callers));
    assert_eq!(peer.token_requests.get(), 1 + 1, "one for the sign-in, one for all of them");
    assert!(tokens.iter().all(|token| token.as_ref().unwrap().generation == 2));
    assert!(tokens.iter().all(|token| token.as_ref().unwrap().expires_at > Some(world.now())));
}

#[test]
fn d19_d20_ten_thousand_callers_in_three_contexts_make_one_request_however_they_take_turns() {
    for seed in 0..2 {
        let (world, peer, id, contexts) = expired(3);
        world.take_turns(Some(seed));
        let callers = (0..CROWD).map(|number| contexts[number % 3].0.tokens().access_token(&id));
        let tokens = world.run(join_all(callers));
        assert_eq!(peer.token_requests.get(), 1 + 1, "seed {seed}");
        assert!(tokens.into_iter().all(|token| token.unwrap().generation == 2), "seed {seed}");
    }
}

#[test]
fn d19_an_answer_that_takes_its_time_is_waited_for_by_all() {
    let (world, peer, id, contexts) = expired(2);
    peer.delay.set(Duration::from_secs(12));
    let callers = (0..1000).map(|number| contexts[number % 2].0.tokens().access_token(&id));
    let before = world.now();
    let tokens = world.run(join_all(callers));
    assert!(world.now().since(before) >= Duration::from_secs(12));
    assert_eq!(peer.token_requests.get(), 1 + 1);
    assert!(tokens.into_iter().all(|token| token.unwrap().generation == 2));
}

#[test]
fn d19_alarm_popup_panel_and_api_calls_together_make_one_request() {
    for seed in 0..20 {
        let (world, peer, id, contexts) = expired(3);
        world.take_turns(Some(seed));
        let popup = |context: usize| {
            let request = json!({"command": "refresh", "args": {"account": id}});
            contexts[context].0.handle(request, page_of("popup"))
        };
        let callers = join_all((0..300).map(|number| contexts[number % 3].0.tokens().access_token(&id)));
        let people = join_all((0..3).map(popup));
        let alarms = join(contexts[0].0.alarm(), contexts[1].0.startup());
        let (answers, (tokens, _)) = world.run(join(people, join(callers, alarms)));
        assert_eq!(peer.token_requests.get(), 1 + 1, "seed {seed}");
        assert!(tokens.into_iter().all(|token| token.unwrap().generation == 2), "seed {seed}");
        assert!(answers.iter().all(|answer| answer["value"]["health"] == "fresh"), "seed {seed}: {answers:?}");
    }
}

#[test]
fn d19_a_failure_is_one_failure_for_the_whole_crowd() {
    let (world, peer, id, contexts) = expired(1);
    *peer.token_fault.borrow_mut() = Some(Reply::text(503, "").late(Duration::from_secs(1)));
    let callers = (0..CROWD).map(|_| contexts[0].0.tokens().access_token(&id));
    let outcomes = world.run(join_all(callers));
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_err_and(|error| error.code == Code::RefreshFailed)));
    assert_eq!(peer.token_requests.get(), 1 + 1);
}

#[test]
fn d21_d22_when_the_one_who_asks_is_killed_the_next_takes_over() {
    for step in 0..40 {
        let (world, peer, id, contexts) = expired(3);
        world.take_turns(Some(step));
        contexts[0].1.kill_after(step);
        let of = |context: usize| {
            let (app, id) = (&contexts[context].0, &id);
            join_all((0..50).map(move |_| app.tokens().access_token(id)))
        };
        // Those of the killed one never hear of it again: they are not waited for.
        let dying = contexts[0].0.clone();
        let survivors = world.run(async {
            let dying = std::pin::pin!(join_all((0..50).map(|_| dying.tokens().access_token(&id))));
            let living = std::pin::pin!(join(of(1), of(2)));
            match futures_util::future::select(living, dying).await {
                futures_util::future::Either::Left((survivors, _)) => survivors,
                futures_util::future::Either::Right((_, living)) => living.await,
            }
        });
        let tokens = survivors.0.into_iter().chain(survivors.1);
        assert!(tokens.map(|token| token.unwrap()).all(|token| token.expires_at > Some(world.now())), "step {step}");
        assert!(peer.token_requests.get() <= 1 + 2, "step {step}: at most the lost one is repeated");
    }
}
