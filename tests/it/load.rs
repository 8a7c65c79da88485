//! Many accounts.

use crate::peer::{app, ask_ok, connect, world};
use chat_for_jira::app::App;
use chat_for_jira::oauth::client::ClientAuthentication;
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{HttpRequest, Record, Timestamp};
use chat_for_jira::secret::Secret;
use chat_for_jira::tokens::account::{Account, Identity, Site, Tokens};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
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
        let body: Value = serde_json::from_str(request.text()).unwrap();
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

#[test]
fn of_many_accounts_those_come_first_that_need_the_person_and_each_picture_once() {
    let (world, _peer) = world(1);
    let worker = app(&world).0;
    let id = connect(&world, &app(&world));
    let pair = world.run(worker.tokens().pair(&id)).unwrap();
    for number in 1..50 {
        let mut account = Account { id: format!("account-{number:02}"), ..pair.account.clone() };
        account.created_at = pair.account.created_at.after(Duration::from_secs(number));
        let needs_the_person = [30, 49].contains(&number);
        let ended = Tokens { refresh_token: None, expires_at: Some(world.now()), ..pair.tokens.clone() };
        let tokens = if needs_the_person { ended } else { pair.tokens.clone() };
        world.run(worker.tokens().save(&account, &tokens)).unwrap();
    }
    world.run(worker.startup());
    let prepared: Value = serde_json::from_str(&world.session()["prepared"]).unwrap();
    let (next, _) = app(&world);
    let first = ask_ok(&world, &next, "popup", "overview", json!({}));
    assert_eq!(prepared["answer"]["value"]["accounts"], first["accounts"]);
    assert_eq!((first["accounts"].as_array().unwrap().len(), &first["more"]), (20, &json!(30)));
    let ids = |seen: &Value| -> Vec<String> {
        let accounts = seen["accounts"].as_array().unwrap();
        accounts.iter().map(|account| account["id"].as_str().unwrap().to_owned()).collect()
    };
    let expected = (1..18).chain([30, 49]).map(|number| format!("account-{number:02}"));
    assert_eq!(ids(&first), std::iter::once(id).chain(expected).collect::<Vec<_>>());
    let whole = ask_ok(&world, &next, "popup", "overview", json!({"all": true}));
    assert_eq!((whole["accounts"].as_array().unwrap().len(), &whole["more"]), (50, &json!(0)));
    for seen in [&first, &whole] {
        assert!(ids(seen).is_sorted_by_key(|id| id.strip_prefix("account-").map(str::to_owned)), "oldest first");
        assert_eq!(seen["pictures"].as_array().unwrap().len(), 1);
        assert!(seen["pictures"][0].as_str().unwrap().starts_with("data:image/gif"));
        assert!(seen["accounts"].as_array().unwrap().iter().all(|account| account["avatar"] == "0"));
    }
}

#[test]
fn a_look_at_which_nothing_has_changed_writes_the_picture_of_the_accounts_no_more() {
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let (worker, memory) = app(&world);
    world.run(worker.alarm());
    let (kept, before) = (world.session()["snapshot"].clone(), memory.calls());
    let writes = Rc::new(Cell::new(0));
    let counting = Rc::clone(&writes);
    world.watch(move |call| {
        counting.set(counting.get() + u32::from(call.name == "session.set" && call.about == "snapshot"));
        Duration::ZERO
    });
    world.run(worker.alarm());
    assert!(memory.calls() > before);
    assert_eq!((writes.get(), &world.session()["snapshot"]), (0, &kept));
}

/// As the simulator names things, and as long as its tokens are. `number`: which person.
fn lifelike(template: &Account, tokens: &Tokens, number: u32) -> (Account, Tokens) {
    let base = "http://localhost:43817";
    let site = |name: &str, digit: u32| Site {
        id: format!("{digit:08x}-6c4f-4a36-a1f0-31c4c7a5de11"),
        name: name.to_owned(),
        url: format!("{base}/site/{name}"),
    };
    let mut account = template.clone();
    account.id = random_text(43, number);
    account.identity = Identity {
        id: format!("712020:{}", random_text(36, number + 1)),
        name: format!("Nora Berg {number}"),
        email: Some(format!("{number}-nora.berg@harborline.example")),
        avatar_url: Some(format!("{base}/avatar/nora.berg.png")),
        username: None,
    };
    account.sites = vec![site("harborline", 0x1122_3344), site("northwind", 0x9922_3344)];
    account.site = Some(account.sites[0].id.clone());
    account.redirect_uri = "https://eddjajdlncgkhefpahlmbnajipeodcfn.chromiumapp.org/oauth".to_owned();
    let registration = &mut account.registration;
    registration.authorization_endpoint = format!("{base}/auth/authorize");
    registration.token_endpoint = format!("{base}/auth/oauth/token");
    registration.revocation_endpoint = Some(format!("{base}/auth/oauth/revoke"));
    registration.api_root = format!("{base}/api");
    registration.client_id = random_text(32, 3);
    registration.authentication =
        ClientAuthentication::SecretPost { secret: Secret::new(format!("ATOA{}", random_text(72, 4))) };
    let tokens = Tokens {
        access_token: Secret::new(random_text(2500, number + 5)),
        refresh_token: Some(Secret::new(random_text(1500, number + 6))),
        ..tokens.clone()
    };
    (account, tokens)
}

/// Of 64 different characters, and the same each time.
fn random_text(length: usize, seed: u32) -> String {
    let mut state = u64::from(seed);
    let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".as_bytes();
    let mut one = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(characters[usize::try_from(state >> 58).unwrap()])
    };
    (0..length).map(|_| one()).collect()
}

#[test]
fn an_account_takes_a_thousand_bytes_beyond_its_tokens() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let pair = world.run(worker.0.tokens().pair(&id)).unwrap();
    let before: BTreeSet<String> = world.stored().into_keys().collect();
    for number in 0..20 {
        let (account, tokens) = lifelike(&pair.account, &pair.tokens, 10 * number);
        world.run(worker.0.tokens().save(&account, &tokens)).unwrap();
        world.run(worker.0.tokens().set_account(&account.id, Some(format!("Berg at work {number}")), Some(7))).unwrap();
    }
    // As the browser counts them: the key, and the value as JSON.
    let bytes = |(key, record): (String, Record)| {
        key.len() + json!({"revision": record.revision, "value": record.value}).to_string().len()
    };
    let added = world.stored().into_iter().filter(|(key, _)| !before.contains(key)).map(bytes).sum::<usize>();
    let beyond = added / 20 - 4000;
    assert!((500..=1000).contains(&beyond), "{beyond} bytes");
}
