use super::*;
use crate::platform::Platform as _;
use crate::platform::contract::{self, Ground};
use crate::platform::{
    Alarm, Badge, Cipher, CipherError, Clock, Consent, ConsentError, Content, Http, HttpError, HttpRequest,
    HttpResponse, Key, Lock, Method, Permissions, Push, SessionStore, Store,
};
use futures_util::future::{join, join_all, select};
use serde_json::json;
use std::collections::BTreeSet;
use std::pin::pin;

fn world() -> World {
    World::new(Timestamp(1_800_000_000_000), 7)
}

fn request(url: &str) -> HttpRequest {
    let timeout = Duration::from_secs(20);
    HttpRequest { method: Method::Get, url: url.to_owned(), headers: Vec::new(), body: None, timeout }
}

/// The server that the contract asks for.
fn serve(world: &World) -> impl FnMut(&HttpRequest) -> Reply + 'static {
    let weak = Rc::downgrade(&world.0);
    let mut count = 0;
    move |request| {
        count += 1;
        let url = url::Url::parse(&request.url).unwrap();
        match url.path() {
            _ if url.port() == Some(9) => Reply::Fail(HttpError::Network),
            "/echo" => {
                let headers: serde_json::Map<_, _> = request
                    .headers
                    .iter()
                    .map(|(name, value)| (name.to_ascii_lowercase(), value.expose().into()))
                    .collect();
                let method = format!("{:?}", request.method).to_uppercase();
                let body = request.text();
                Reply::json(207, &json!({"method": method, "body": body, "headers": headers})).header("X-Echo", "yes")
            }
            "/bytes" => Reply::Answer(HttpResponse { status: 200, headers: Vec::new(), body: (0..=255).collect() }),
            "/back" => match &request.body {
                Some(Content::Bytes(body)) => {
                    Reply::Answer(HttpResponse { status: 200, headers: Vec::new(), body: body.clone() })
                }
                _ => panic!("no bytes"),
            },
            "/long" => Reply::text(200, &" ".repeat(url.query().unwrap().parse().unwrap())),
            "/status/204" => Reply::text(204, ""),
            "/redirect" => Reply::text(302, "").header("location", "/reached"),
            "/cookie" => Reply::text(200, "").header("set-cookie", "a=b"),
            "/cached" => Reply::text(200, &count.to_string()).header("cache-control", "max-age=3600"),
            "/hang" | "/half" => Reply::Hang,
            "/aborted" => Reply::text(200, &World(weak.upgrade().unwrap()).http().aborted().to_string()),
            "/broken" => Reply::Fail(HttpError::Network),
            path => {
                let status = path.strip_prefix("/status/").unwrap_or_else(|| panic!("{path}"));
                Reply::text(status.parse().unwrap(), "status")
            }
        }
    }
}

/// The person that the contract asks for.
fn consent(url: &str, shown: bool) -> Option<Result<String, ConsentError>> {
    let url = url::Url::parse(url).unwrap();
    let to = url.query_pairs().find(|(name, _)| name == "to").map(|(_, to)| to.into_owned());
    Some(match url.path() {
        "/consent" => Ok(to.unwrap()),
        "/question" if !shown => Err(ConsentError::InteractionRequired),
        "/closing" => Err(ConsentError::Closed),
        _ => Err(ConsentError::PageFailed),
    })
}

fn ground(turns: Option<u64>) -> (World, Ground<Memory>) {
    let world = world();
    world.allow_loopback(true);
    world.take_turns(turns);
    world.http().on(serve(&world));
    world.edge().grant("http://127.0.0.1/*");
    world.edge().on_consent(consent);
    let ground = Ground { here: world.worker(), there: world.worker(), server: "http://127.0.0.1:8000".to_owned() };
    (world, ground)
}

#[test]
fn the_twins_keep_the_contract_however_tasks_take_turns() {
    let mut broken = Vec::new();
    for turns in [None, Some(1), Some(2), Some(3)] {
        for name in contract::NAMES {
            let (world, ground) = ground(turns);
            if let Err(reason) = world.run(contract::run(name, &ground)) {
                broken.push(format!("{name} (turns {turns:?}): {reason}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_contract_finds_locks_and_writes_that_lie() {
    for (lie, broken) in [(Lie::OpenLocks, "lock::one_holder"), (Lie::BlindWrites, "store::a_stale_writer")] {
        let names = contract::NAMES.iter().filter(|name| name.contains(broken));
        let fails = names.filter(|name| {
            let (world, ground) = ground(None);
            world.lie(Some(lie));
            world.run(contract::run(name, &ground)).is_err()
        });
        assert!(fails.count() > 0, "{lie:?}");
    }
}

#[test]
fn a_worker_that_is_lied_to_reads_what_was_there_before_its_lock() {
    let world = world();
    let (one, other) = (world.worker(), world.worker());
    world.lie(Some(Lie::OldReads));
    world.run(async {
        let guard = one.lock().acquire("a").await.unwrap();
        other.store().put_if("a", 0, "new").await.unwrap();
        assert_eq!(one.store().get("a").await.unwrap(), None, "not read again");
        drop(guard);
        assert!(one.store().get("a").await.unwrap().is_some());
    });
}

#[test]
fn a_late_write_is_seen_by_its_writer_and_dies_with_it() {
    for dies in [false, true] {
        let world = world();
        let (one, other) = (world.worker(), world.worker());
        world.lie(Some(Lie::LateWrites(Duration::from_secs(5))));
        assert_eq!(world.run(one.store().put_if("a", 0, "x")), Ok(1));
        assert!(
            world.run(one.store().get("a")).unwrap().is_some() && world.run(other.store().get("a")).unwrap().is_none()
        );
        if dies {
            one.kill();
        }
        world.advance(Duration::from_secs(5));
        assert_eq!(world.run(other.store().get("a")).unwrap().is_some(), !dies);
    }
}

#[test]
fn who_watches_is_told_of_every_call_and_may_hold_it_up_or_kill() {
    let world = world();
    let worker = world.worker();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (told, victim) = (Rc::clone(&seen), worker.clone());
    world.watch(move |call| {
        told.borrow_mut().push((call.worker, call.name, call.about.to_owned()));
        if call.name == "session.get" {
            victim.kill();
        }
        if call.name == "store.put_if" { Duration::from_secs(3) } else { Duration::ZERO }
    });
    let before = world.now();
    world.run(worker.store().put_if("a", 0, "x")).unwrap();
    assert_eq!(world.now().since(before), Duration::from_secs(3), "held up");
    drop(world.run(worker.lock().acquire("b")));
    assert!(world.run_until_killed(worker.session().get("c")).is_none() && !worker.is_alive());
    let names: Vec<_> = seen.borrow().iter().map(|(_, name, about)| format!("{name} {about}")).collect();
    assert_eq!(names, ["store.put_if a", "store.stored a", "lock.acquire b", "lock.held b", "session.get c"]);
    assert!(seen.borrow().iter().all(|(number, ..)| *number == worker.number()));
}

#[test]
fn a_connection_that_breaks_takes_the_answer_along() {
    let world = world();
    let worker = world.worker();
    world.http().on(|_| Reply::text(200, "").late(Duration::from_secs(2)));
    let breaking = async {
        worker.clock().sleep(Duration::from_secs(1)).await;
        world.http().disconnect();
    };
    let (answer, ()) = world.run(join(worker.http().send(request("https://a.example/")), breaking));
    assert_eq!(answer.map(|_| ()), Err(HttpError::Network));
    assert_eq!(world.run(worker.http().send(request("https://a.example/"))).map(|_| ()), Err(HttpError::Network));
    assert_eq!(world.http().requests().len(), 1, "without a connection nothing reaches the server");
    world.http().reconnect();
    assert!(world.run(worker.http().send(request("https://a.example/"))).is_ok());
}

#[test]
fn the_contract_has_no_name_twice_and_knows_only_its_names() {
    let names: BTreeSet<_> = contract::NAMES.iter().collect();
    assert_eq!(names.len(), contract::NAMES.len());
    let (world, ground) = ground(None);
    assert!(world.run(contract::run("nobody::knows", &ground)).is_err());
}

#[test]
fn equal_seeds_give_equal_worlds() {
    let sealed = |seed| {
        let world = World::new(Timestamp(0), seed);
        world.run(world.worker().cipher().seal(Key::Device, "a", b"b"))
    };
    assert_eq!(sealed(1), sealed(1));
    assert_ne!(sealed(1), sealed(2));
}

#[test]
fn a_killed_worker_never_returns_and_leaves_what_it_wrote() {
    for calls in 0..4 {
        let world = world();
        let worker = world.worker();
        worker.kill_after(calls);
        let done = world.run_until_killed(async {
            let revision = worker.store().put_if("a", 0, "one").await?;
            let revision = worker.store().put_if("a", revision, "two").await?;
            worker.store().put_if("a", revision, "three").await
        });
        assert_eq!(done, (calls >= 3).then_some(Ok(3)));
        assert_eq!(world.stored().get("a").map_or(0, |record| record.revision), calls.min(3));
        assert_eq!(world.run(world.worker().store().get("a")), Ok(world.stored().get("a").cloned()));
    }
}

#[test]
fn a_worker_that_dies_while_it_waits_never_returns() {
    let world = world();
    world.http().on(|_| Reply::text(200, "late").late(Duration::from_secs(5)));
    for killed_first in [true, false] {
        let worker = world.worker();
        let work = async {
            match killed_first {
                true => drop(worker.http().send(request("https://a.example/")).await),
                false => worker.clock().sleep(Duration::from_secs(5)).await,
            }
        };
        let other = world.worker();
        let kill = async {
            other.clock().sleep(Duration::from_secs(1)).await;
            worker.kill();
        };
        assert!(world.run_until_killed(join(work, kill)).is_none());
    }
}

#[test]
fn a_killed_worker_frees_its_locks_and_posts_no_more() {
    let world = world();
    let first = world.worker();
    first.messages().connect(1);
    let guard = world.run(first.lock().acquire("a"));
    first.kill();
    first.push().post(1, &json!("late"));
    assert!(first.messages().take(1).is_empty());
    let before = world.now();
    assert!(world.run(world.worker().lock().acquire("a")).is_ok());
    assert_eq!(world.now(), before, "the lock was free at once");
    drop(guard);
}

#[test]
fn a_restart_of_the_browser_ends_session_alarm_and_badge_only() {
    let world = world();
    let worker = world.worker();
    world.run(async {
        worker.store().put_if("a", 0, "kept").await.unwrap();
        worker.session().set("a", "gone").await.unwrap();
        worker.alarm().set(Some(Timestamp(5))).await.unwrap();
        worker.badge().show("1", "one", 1).await.unwrap();
    });
    assert_eq!(world.edge().badge(), ("1".to_owned(), "one".to_owned()));
    let sealed = world.run(worker.cipher().seal(Key::Device, "a", b"kept")).unwrap();
    world.restart_browser();
    let worker = world.worker();
    assert_eq!(world.run(worker.session().get("a")), Ok(None));
    assert_eq!(world.run(worker.alarm().get()), Ok(None));
    assert_eq!(world.edge().badge(), (String::new(), String::new()));
    assert_eq!(world.run(worker.cipher().open(Key::Device, "a", &sealed)), Ok(b"kept".to_vec()));
    assert!(world.stored().contains_key("a"));
}

#[test]
fn a_lost_key_is_told_apart_from_damage() {
    let world = world();
    let worker = world.worker();
    let sealed = world.run(worker.cipher().seal(Key::Device, "a", b"text")).unwrap();
    world.lose_key();
    assert_eq!(world.run(worker.cipher().open(Key::Device, "a", &sealed)), Err(CipherError::KeyMissing));
    world.run(worker.cipher().seal(Key::Device, "b", b"a new key")).unwrap();
    assert_eq!(world.run(worker.cipher().open(Key::Device, "a", &sealed)), Err(CipherError::Refused));
}

#[test]
fn writes_fail_while_told_to() {
    let world = world();
    let worker = world.worker();
    world.fail_writes(Some(StoreError::Full));
    assert_eq!(world.run(worker.store().put_if("a", 0, "x")), Err(StoreError::Full));
    assert_eq!(world.run(worker.session().set("a", "x")), Err(StoreError::Full));
    world.fail_writes(None);
    assert_eq!(world.run(worker.store().put_if("a", 0, "x")), Ok(1));
}

#[test]
fn the_queue_goes_before_the_handler_and_without_both_there_is_no_connection() {
    let world = world();
    let worker = world.worker();
    let send = || world.run(worker.http().send(request("https://a.example/"))).map(|response| response.status);
    assert_eq!(send(), Err(HttpError::Network));
    world.http().on(|_| Reply::text(404, ""));
    world.http().queue(Reply::json(200, &json!({})));
    assert_eq!((send(), send()), (Ok(200), Ok(404)));
    assert_eq!(world.http().requests().len(), 3);
}

#[test]
fn time_passes_only_when_all_wait_and_in_order() {
    let world = world();
    let worker = world.worker();
    let before = world.now();
    world.http().on(|_| Reply::text(200, "").late(Duration::from_secs(3)));
    let order = RefCell::new(Vec::new());
    world.run(join_all([5, 1, 3].map(|seconds| {
        let (worker, order) = (&worker, &order);
        async move {
            worker.clock().sleep(Duration::from_secs(seconds)).await;
            order.borrow_mut().push(seconds);
        }
    })));
    assert_eq!(*order.borrow(), [1, 3, 5]);
    assert_eq!(world.now().since(before), Duration::from_secs(5));
    world.run(worker.http().send(request("https://a.example/"))).unwrap();
    assert_eq!(world.now().since(before), Duration::from_secs(8));
    world.shift_clock(-10_000);
    assert_eq!(worker.clock().now().since(before), Duration::ZERO);
    world.advance(Duration::from_secs(4));
    assert_eq!(worker.clock().now().since(before), Duration::from_secs(2));
}

#[test]
fn ten_thousand_wait_for_one_lock_in_their_order() {
    let world = world();
    let worker = world.worker();
    let order = RefCell::new(Vec::new());
    world.run(join_all((0..10_000).map(|number| {
        let (worker, order) = (&worker, &order);
        async move {
            let _guard = worker.lock().acquire("a").await.unwrap();
            worker.clock().sleep(Duration::from_millis(1)).await;
            order.borrow_mut().push(number);
        }
    })));
    assert!(order.borrow().is_sorted() && order.borrow().len() == 10_000);
}

#[test]
fn a_consent_window_left_open_waits_and_one_without_a_person_is_closed() {
    let world = world();
    let worker = world.worker();
    assert_eq!(world.run(worker.consent().launch("https://a.example/", true)).map(|_| ()), Err(ConsentError::Closed));
    world.edge().on_consent(|_, _| None);
    world.run(async {
        let window = pin!(worker.consent().launch("https://a.example/", false));
        let hour = pin!(worker.clock().sleep(Duration::from_secs(3600)));
        select(window, hour).await;
    });
    let urls: Vec<_> = world.edge().windows().into_iter().map(|(_, shown)| shown).collect();
    assert_eq!(urls, [true, false]);
}

#[test]
fn pages_get_their_messages_in_order_until_they_go() {
    let world = world();
    let worker = world.worker();
    worker.messages().connect(2);
    worker.push().post(2, &json!(1));
    worker.push().post(2, &json!(2));
    assert_eq!(worker.push().ports(), [2]);
    assert_eq!(worker.messages().take(2), [json!(1), json!(2)]);
    worker.messages().disconnect(2);
    worker.push().post(2, &json!(3));
    assert!(worker.messages().take(2).is_empty() && worker.push().ports().is_empty());
}

#[test]
fn all_of_https_covers_every_https_host() {
    let world = world();
    let worker = world.worker();
    let granted = |origin: &str| world.run(worker.permissions().granted(&[origin.to_owned()], &[]));
    world.edge().grant("https://*/*");
    assert_eq!((granted("https://a.example/*"), granted("http://a.example/*")), (Ok(true), Ok(false)));
    world.edge().withdraw("https://*/*");
    assert_eq!(granted("https://a.example/*"), Ok(false));
}

#[test]
#[should_panic(expected = "wait forever")]
fn waiting_for_nothing_is_a_failure() {
    world().run(std::future::pending::<()>());
}
