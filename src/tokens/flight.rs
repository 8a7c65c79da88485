//! One piece of work for all who ask for the same thing at the same moment, within one worker. (Between contexts, the lock and
//! the second look at the record do that; see [`refresh`](super::refresh).)

use crate::error::Result;
use crate::few::Few;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Work under way, by what it is for.
pub(crate) struct Flights<T>(RefCell<Few<String, Rc<Flight<T>>>>);

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

struct Flight<T> {
    state: RefCell<State<T>>,
    waiting: RefCell<Vec<Waker>>,
}

enum State<T> {
    Flying,
    Landed(Result<T>),
    /// Whoever did the work was cancelled: somebody else takes it up.
    Abandoned,
}

impl<T> Flight<T> {
    fn end(&self, state: State<T>) {
        *self.state.borrow_mut() = state;
        self.waiting.take().into_iter().for_each(Waker::wake);
    }
}

/// Ends the flight when dropped, however that comes about.
struct Pilot<'a, T> {
    flights: &'a Flights<T>,
    name: &'a str,
    flight: Rc<Flight<T>>,
}

impl<T> Drop for Pilot<'_, T> {
    fn drop(&mut self) {
        self.flights.0.borrow_mut().remove(self.name);
        if matches!(*self.flight.state.borrow(), State::Landed(_)) {
            return;
        }
        self.flight.end(State::Abandoned);
    }
}

impl<T: Clone> Flights<T> {
    /// Does `work` for `name`, or waits for somebody who is at it already and shares what comes of it.
    pub(crate) async fn share(&self, name: &str, work: impl AsyncFn() -> Result<T>) -> Result<T> {
        loop {
            let known = self.0.borrow().get(name).cloned();
            let Some(flight) = known else {
                return self.fly(name, work).await;
            };
            let outcome = poll_fn(|context| match &*flight.state.borrow() {
                State::Landed(outcome) => Poll::Ready(Some(outcome.clone())),
                State::Abandoned => Poll::Ready(None),
                State::Flying => {
                    flight.waiting.borrow_mut().push(context.waker().clone());
                    Poll::Pending
                }
            })
            .await;
            if let Some(outcome) = outcome {
                return outcome;
            }
        }
    }

    async fn fly(&self, name: &str, work: impl AsyncFn() -> Result<T>) -> Result<T> {
        let flight = Rc::new(Flight { state: RefCell::new(State::Flying), waiting: RefCell::default() });
        self.0.borrow_mut().insert(name.to_owned(), Rc::clone(&flight));
        let pilot = Pilot { flights: self, name, flight };
        let outcome = work().await;
        pilot.flight.end(State::Landed(outcome.clone()));
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Code, Error};
    use crate::platform::memory::World;
    use crate::platform::{Clock as _, Platform as _, Timestamp};
    use futures_util::future::{join_all, select};
    use std::cell::Cell;
    use std::pin::pin;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn many_who_ask_at_once_share_one_piece_of_work_and_later_ones_have_their_own() {
        let world = World::new(Timestamp(0), 1);
        let worker = world.worker();
        let (flights, done) = (Flights::default(), Cell::new(0));
        let work = async || {
            worker.clock().sleep(SECOND).await;
            done.set(done.get() + 1);
            Ok(done.get())
        };
        let answers = world.run(join_all((0..100).map(|_| flights.share("a", work))));
        assert!(answers.iter().all(|answer| matches!(answer, Ok(1))));
        assert_eq!(world.run(flights.share("a", work)).unwrap(), 2);
        assert!(flights.0.borrow().is_empty());
    }

    #[test]
    fn a_failure_is_shared_too_and_work_for_another_name_is_other_work() {
        let world = World::new(Timestamp(0), 1);
        let worker = world.worker();
        let (flights, begun) = (Flights::<()>::default(), Cell::new(0));
        let work = async || {
            begun.set(begun.get() + 1);
            worker.clock().sleep(SECOND).await;
            Err(Error::new(Code::Offline, "no"))
        };
        let names = ["a", "b", "a", "b"];
        let answers = world.run(join_all(names.map(|name| flights.share(name, work))));
        assert!(answers.iter().all(|answer| matches!(answer, Err(error) if error.code == Code::Offline)));
        assert_eq!(begun.get(), 2);
    }

    #[test]
    fn work_that_is_given_up_is_taken_up_by_one_who_waits() {
        let world = World::new(Timestamp(0), 1);
        let worker = world.worker();
        let (flights, begun) = (Flights::default(), Cell::new(0));
        let work = async || {
            begun.set(begun.get() + 1);
            worker.clock().sleep(SECOND * 10).await;
            Ok(begun.get())
        };
        let impatient = async {
            let soon = pin!(worker.clock().sleep(SECOND));
            select(pin!(flights.share("a", work)), soon).await;
        };
        let (_, waited) = world.run(futures_util::future::join(
            impatient,
            futures_util::future::join(flights.share("a", work), flights.share("a", work)),
        ));
        assert_eq!((waited.0.unwrap(), waited.1.unwrap()), (2, 2));
        assert_eq!(begun.get(), 2);
    }
}
