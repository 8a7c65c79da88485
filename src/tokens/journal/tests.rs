use super::*;
use crate::platform::memory::World;
use std::rc::Rc;

#[test]
fn the_newest_five_hundred_lines_are_kept_and_read_back_newest_first() {
    let world = World::new(Timestamp(1_000), 1);
    let tokens = TokenService::new(Rc::new(world.worker()));
    for number in 0..KEPT + 20 {
        world.run(tokens.note("a", &[(EventKind::Refreshed, &number.to_string())]));
    }
    world.run(tokens.note("b", &[(EventKind::Acquired, "")]));
    let history = world.run(tokens.history("a")).unwrap();
    assert_eq!(history.len(), KEPT);
    assert_eq!(history[0].cause, (KEPT + 19).to_string());
    assert_eq!(history[KEPT - 1].cause, "20");
    assert!(history.iter().all(|line| line.account.as_deref() == Some("a") && line.level == Level::Info));
    assert_eq!(world.run(tokens.history("b")).unwrap().len(), 1);
    let bytes = world.archived()["events:a"].value.len();
    assert!(bytes < 25_000, "compact: {bytes} bytes");
}

#[test]
fn lines_written_at_the_same_moment_are_all_kept() {
    let world = World::new(Timestamp(1_000), 1);
    let (one, other) = (TokenService::new(Rc::new(world.worker())), TokenService::new(Rc::new(world.worker())));
    world.take_turns(Some(5));
    let both = futures_util::future::join(
        async {
            for _ in 0..50 {
                one.note("a", &[(EventKind::Refreshed, "")]).await;
            }
        },
        async {
            for _ in 0..50 {
                other.note("a", &[(EventKind::Rotated, "")]).await;
            }
        },
    );
    world.run(both);
    assert_eq!(world.run(one.history("a")).unwrap().len(), 100);
}

#[test]
fn open_pages_are_told_at_once() {
    let world = World::new(Timestamp(1_000), 1);
    let worker = world.worker();
    worker.messages().connect(7);
    let tokens = TokenService::new(Rc::new(worker.clone()));
    world.run(tokens.note("a", &[(EventKind::ReauthRequired, "why")]));
    let told = worker.messages().take(7);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["event"]["kind"], "token_event");
    assert_eq!(told[0]["event"]["event"]["kind"], "reauth_required");
    assert_eq!(told[0]["event"]["event"]["level"], "error");
    assert_eq!(told[0]["event"]["event"]["cause"], "why");
    assert_eq!(world.extras().notifications().len(), 1, "and the person is called");
}

#[test]
fn a_history_that_cannot_be_read_begins_anew() {
    let world = World::new(Timestamp(1_000), 1);
    let worker = world.worker();
    world.run(crate::platform::Platform::archive(&worker).put_if("events:a", 0, "not a history")).unwrap();
    let tokens = TokenService::new(Rc::new(worker));
    assert!(world.run(tokens.history("a")).unwrap().is_empty());
    world.run(tokens.note("a", &[(EventKind::Refreshed, "")]));
    assert_eq!(world.run(tokens.history("a")).unwrap().len(), 1);
}
