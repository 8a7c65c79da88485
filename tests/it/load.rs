//! Many accounts.

use crate::peer::{app, connect, world};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{HttpRequest, Timestamp};
use chat_for_jira::secret::Secret;
use chat_for_jira::tokens::account::{Account, Tokens};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);
/// How many accounts: a thousand in the long runs, fewer in everyday ones.
fn many() -> u32 {
    if std::env::var_os("SEEDS").is_some() { 1000 } else { 60 }
}

/// The most requests for tokens that may be under way at once.
const AT_ONCE: usize = 20;

/// A token endpoint for refresh tokens that are called `<account>/<number>`.
#[derive(Default)]
struct Server {
    /// When each account's token ends.
    ends: RefCell<BTreeMap<String, Timestamp>>,
    /// The number of each account's refresh token in force.
    numbers: RefCell<BTreeMap<String, u32>>,
    requests: Cell<u32>,
    under_way: Cell<usize>,
    most_under_way: Cell<usize>,
    /// The least time a token had left when it was renewed.
    least_left: Cell<Option<Duration>>,
}

impl Server {
    fn answer(&self, world: &World, request: &HttpRequest) -> Reply {
        let body: Value = serde_json::from_str(request.body.as_ref().unwrap().expose()).unwrap();
        let presented = body["refresh_token"].as_str().unwrap().to_owned();
        let (account, number) = presented.split_once('/').unwrap();
        let mut numbers = self.numbers.borrow_mut();
        let known = numbers.get_mut(account).unwrap();
        assert_eq!(known.to_string(), number, "each refresh token is used once");
        *known += 1;
        let left = self.ends.borrow()[account].since(world.now());
        self.least_left.set(Some(self.least_left.get().map_or(left, |least| least.min(left))));
        self.ends.borrow_mut().insert(account.to_owned(), world.now().after(HOUR));
        self.requests.set(self.requests.get() + 1);
        let refresh = format!("{account}/{known}");
        let answer = json!({"access_token": format!("access-{refresh}"), "refresh_token": refresh, "expires_in": 3600});
        Reply::json(200, &answer).late(Duration::from_millis(200))
    }

    fn watch(&self, name: &str) {
        match name {
            "http.leaves" => self.under_way.set(self.under_way.get() + 1),
            "http.answered" => self.under_way.set(self.under_way.get() - 1),
            _ => {}
        }
        self.most_under_way.set(self.most_under_way.get().max(self.under_way.get()));
    }

    /// The account whose token ends first, and when.
    fn soonest_end(&self) -> (String, Timestamp) {
        let ends = self.ends.borrow();
        let (account, end) = ends.iter().min_by_key(|(_, end)| **end).unwrap();
        (account.clone(), *end)
    }
}

/// A world with so many accounts, the first of whose tokens ends after `first`, the others each `apart` later.
fn accounts(count: u32, first: Duration, apart: Duration) -> (World, Rc<Server>) {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let template = connect(&world, &worker);
    let pair = world.run(worker.0.tokens().pair(&template)).unwrap();
    let server = Rc::new(Server::default());
    for number in 0..count {
        let id = if number == 0 { template.clone() } else { format!("account-{number:04}") };
        let mut account = Account { id: id.clone(), ..pair.account.clone() };
        account.identity.id = format!("person-{number}");
        let end = world.now().after(first + apart * number);
        let tokens = Tokens {
            access_token: Secret::new(format!("access-{id}")),
            refresh_token: Some(Secret::new(format!("{id}/0"))),
            issued_at: end.before(HOUR),
            expires_at: Some(end),
            ..pair.tokens.clone()
        };
        world.run(worker.0.tokens().save(&account, &tokens)).unwrap();
        server.ends.borrow_mut().insert(id.clone(), end);
        server.numbers.borrow_mut().insert(id, 0);
    }
    world.run(worker.0.alarm());
    let (answering, answering_in, watching) = (Rc::clone(&server), world.clone(), Rc::clone(&server));
    world.http().on(move |request| answering.answer(&answering_in, request));
    world.watch(move |call| {
        watching.watch(call.name);
        Duration::ZERO
    });
    (world, server)
}

/// Lets time pass until the alarm is due, and lets it fire into a new worker.
fn sleep_until_alarm(world: &World) -> (App<Memory>, Memory) {
    let due = world.edge().alarm().expect("an alarm is set");
    world.advance(due.since(world.now()));
    world.fire_alarm();
    let (next, memory) = app(world);
    world.run(next.alarm());
    (next, memory)
}

#[test]
fn many_tokens_that_end_within_an_hour_are_all_renewed_in_time() {
    let (world, server) = accounts(many(), 15 * MINUTE, 45 * MINUTE / many());
    let (start, mut wakes) = (world.now(), 0);
    while world.now().since(start) < HOUR + 10 * MINUTE {
        sleep_until_alarm(&world);
        wakes += 1;
        let (account, end) = server.soonest_end();
        let left = end.since(world.now());
        assert!(left > 10 * MINUTE, "{account} has {left:?} left after {:?}", world.now().since(start));
    }
    assert!(server.least_left.get().unwrap() >= 10 * MINUTE, "{:?}", server.least_left.get());
    assert!((many()..2 * many()).contains(&server.requests.get()), "{}", server.requests.get());
    assert!(server.most_under_way.get() <= AT_ONCE);
    assert!(wakes <= 2 * 70, "one alarm, half a minute apart at the least: {wakes}");
}

#[test]
fn many_tokens_that_ended_over_night_are_renewed_at_once_a_few_at_a_time() {
    let (world, server) = accounts(many(), 50 * MINUTE, Duration::ZERO);
    world.advance(8 * HOUR);
    let before = world.now();
    sleep_until_alarm(&world);
    assert_eq!(server.requests.get(), many(), "each once");
    assert_eq!(server.most_under_way.get(), AT_ONCE, "bounded, and not one after the other");
    assert!(world.now().since(before) < MINUTE, "{:?}", world.now().since(before));
    assert!(server.soonest_end().1 > world.now().after(HOUR - MINUTE));
}

/// How many port calls it takes to look after so many accounts, one of which is due; to start a worker for no reason; and to
/// use the token of one.
fn calls(count: u32) -> [u64; 3] {
    let (world, server) =
        accounts(count, 15 * MINUTE, Duration::from_millis(if count > 1 { 2_000_000 / u64::from(count) } else { 0 }));
    // The first is due after three minutes, the second later.
    let (woken, memory) = app(&world);
    world.run(woken.woke());
    let started = memory.calls();
    let (_, memory) = loop {
        let worker = sleep_until_alarm(&world);
        if server.requests.get() > 0 {
            break worker;
        }
    };
    assert_eq!(server.requests.get(), 1, "one was due");
    let looked = memory.calls();
    let (user, memory) = app(&world);
    let id = server.ends.borrow().keys().next().unwrap().clone();
    world.run(user.tokens().access_token(&id)).unwrap();
    [looked, started, memory.calls()]
}

#[test]
fn what_a_refresh_a_start_and_a_token_cost_does_not_grow_with_the_accounts() {
    let (few, many) = (calls(2), calls(60));
    for (name, (few, many)) in ["a refresh", "a start", "a token"].iter().zip(few.into_iter().zip(many)) {
        assert!(many <= few + 5, "{name}: {few} port calls with 2 accounts, {many} with 60");
    }
}
