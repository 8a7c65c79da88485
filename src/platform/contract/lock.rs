//! The checks of the locks.

use super::{Check, Ground, done, ensure, same, within};
use crate::platform::{Clock, LOCK_BOUND, Lock, Platform};
use futures_util::future::join_all;
use std::cell::Cell;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(60);

pub(super) async fn one_holder_at_a_time<P: Platform>(ground: &Ground<P>) -> Check {
    let (inside, most, turns) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let (inside, most, turns) = (&inside, &most, &turns);
    let tasks = (0..10).map(|number| async move {
        let platform = if number % 2 == 0 { &ground.here } else { &ground.there };
        let guard = done("acquire", platform.lock().acquire("contract/one").await)?;
        inside.set(inside.get() + 1);
        most.set(most.get().max(inside.get()));
        platform.clock().sleep(Duration::from_millis(5)).await;
        inside.set(inside.get() - 1);
        turns.set(turns.get() + 1);
        drop(guard);
        Ok(())
    });
    join_all(tasks).await.into_iter().collect::<Check>()?;
    same("holders at once and turns", (most.get(), turns.get()), (1, 10))
}

pub(super) async fn the_guard_frees_it<P: Platform>(ground: &Ground<P>) -> Check {
    let clock = ground.here.clock();
    let guard = done("acquire", ground.here.lock().acquire("contract/guard").await)?;
    let second = within(clock, SHORT, ground.there.lock().acquire("contract/guard")).await;
    ensure(second.is_none(), "a second holder came in")?;
    drop(guard);
    let third = within(clock, Duration::from_secs(5), ground.there.lock().acquire("contract/guard")).await;
    ensure(matches!(third, Some(Ok(_))), "the dropped guard did not free the lock")
}

pub(super) async fn names_are_apart<P: Platform>(ground: &Ground<P>) -> Check {
    let _held = done("acquire", ground.here.lock().acquire("contract/left").await)?;
    let other = within(ground.here.clock(), Duration::from_secs(5), ground.here.lock().acquire("contract/right")).await;
    ensure(matches!(other, Some(Ok(_))), "a lock of another name was held too")
}

pub(super) async fn one_who_stops_waiting_is_forgotten<P: Platform>(ground: &Ground<P>) -> Check {
    let clock = ground.here.clock();
    let first = done("acquire", ground.here.lock().acquire("contract/waiting").await)?;
    let waiting = within(clock, SHORT, ground.here.lock().acquire("contract/waiting")).await;
    ensure(waiting.is_none(), "a second holder came in")?;
    drop(first);
    let next = within(clock, Duration::from_secs(5), ground.there.lock().acquire("contract/waiting")).await;
    ensure(matches!(next, Some(Ok(_))), "one who had stopped waiting got the lock and kept it")
}

pub(super) async fn it_is_freed_after_the_bound<P: Platform>(ground: &Ground<P>) -> Check {
    let clock = ground.here.clock();
    let forgotten = done("acquire", ground.here.lock().acquire("contract/bound").await)?;
    let early = within(clock, LOCK_BOUND.saturating_sub(Duration::from_secs(3)), async {
        ground.there.lock().acquire("contract/bound").await
    });
    ensure(early.await.is_none(), "the lock was stolen")?;
    let late = within(clock, Duration::from_secs(8), ground.there.lock().acquire("contract/bound")).await;
    let Some(Ok(now)) = late else { return Err("the holder kept the lock past the bound".to_owned()) };
    // The forgotten guard is of a time that is over: dropping it must not free what another holds now.
    drop(forgotten);
    let second = within(clock, SHORT, ground.here.lock().acquire("contract/bound")).await;
    drop(now);
    ensure(second.is_none(), "a late guard freed the lock of another")
}
