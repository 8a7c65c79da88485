//! The world around the extension: true time, the faults in force, and the strikes in the middle of a refresh.

use super::dice::Dice;
use super::faults::{Fault, Phase, Plan, Strikes};
use super::server::{LONGEST_RETRY_AFTER, Server, http_date, is_token};
use chat_for_jira::platform::memory::{Call, Memory, Reply, World};
use chat_for_jira::platform::{HttpError, HttpRequest, StoreError, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

/// A clock that was put back by no more than this may go unseen.
const TOLERANCE: Duration = Duration::from_secs(60);

/// More calls of ports than anything one worker is to do can need.
const MANY_CALLS: u64 = 3000;

/// A fault that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Condition {
    Offline,
    Busy,
    Faulty,
    Slow,
    FullDisk,
    SlowDisk,
    /// The clock is off, and will be put right.
    WrongClock,
}

/// A living worker.
struct Alive {
    memory: Memory,
    phase: Phase,
    /// Calls of ports since it began what it does.
    calls: u64,
}

/// The world around the extension.
pub(super) struct Nature {
    pub(super) world: World,
    pub(super) server: Server,
    pub(super) dice: Dice,
    /// How far the machine's clock is from true time, in milliseconds.
    wrong: Cell<i64>,
    /// What is in force, and until when.
    conditions: RefCell<BTreeMap<Condition, Timestamp>>,
    retry_after: Cell<Option<Timestamp>>,
    /// Whether the server acts on requests that it answers too late or with an error.
    acts: Cell<bool>,
    alive: RefCell<BTreeMap<u64, Alive>>,
    /// Whose request the server sees next.
    sender: Cell<u64>,
    pub(super) plan: Cell<Option<Plan>>,
    pub(super) strikes: RefCell<Strikes>,
    /// The last moment at which anything was wrong.
    pub(super) disturbed: Cell<Timestamp>,
    /// How often anything went wrong or ended so far.
    pub(super) disturbances: Cell<u64>,
    /// When the clock was set or the machine slept, lately: after either, the tries before say nothing.
    pub(super) jumps: RefCell<Vec<Timestamp>>,
    /// For how long the machine was suspended so far.
    pub(super) slept: Cell<Duration>,
    /// The browser is closed until then.
    pub(super) closed: Cell<Option<Timestamp>>,
    /// The clock was put back, and the extension cannot have seen it: it has not been woken since (alarms go by that clock), or
    /// by then the clock showed more again than at its last look and at the token's beginning.
    put_back: Cell<bool>,
    /// The same, since a token endpoint last answered: what is written down then is reckoned by the clock as it was.
    put_back_since_answer: Cell<bool>,
    /// What the clock showed when the extension last looked, when a token endpoint last answered, and when the token in force
    /// came.
    shown_at_look: Cell<Timestamp>,
    shown_at_answer: Cell<Timestamp>,
    shown_at_token: Cell<Timestamp>,
    /// The clock was put back after the token in force came: nothing on the machine tells how old it is.
    pub(super) age_unknown: Cell<bool>,
    /// Whether the disk is slow and the server is slower, all the time.
    pub(super) sluggish: Cell<bool>,
    /// The rival may go.
    pub(super) rival: Cell<Option<bool>>,
    /// When tokens were last written.
    pub(super) stored_at: Cell<Timestamp>,
    /// Something was written since the judge last looked.
    pub(super) written: Cell<bool>,
    /// The judge's own worker, which nothing befalls.
    pub(super) judge: Cell<u64>,
    /// When requests for a token came, in the last hour.
    pub(super) asked: RefCell<Vec<Timestamp>>,
    waker: RefCell<Option<Waker>>,
    /// What has happened so far, as far as it is to be told: 1, the story; 2, also every call of a port.
    trace: RefCell<Vec<String>>,
    tracing: u64,
}

impl Nature {
    pub(super) fn new(world: World, server: Server, dice: Dice) -> Rc<Self> {
        let now = world.now();
        let nature = Rc::new(Self {
            world,
            server,
            dice,
            wrong: Cell::new(0),
            conditions: RefCell::default(),
            retry_after: Cell::new(None),
            acts: Cell::new(false),
            alive: RefCell::default(),
            sender: Cell::new(0),
            plan: Cell::new(None),
            strikes: RefCell::default(),
            disturbed: Cell::new(now),
            disturbances: Cell::new(0),
            jumps: RefCell::default(),
            slept: Cell::new(Duration::ZERO),
            closed: Cell::new(None),
            put_back: Cell::new(false),
            put_back_since_answer: Cell::new(false),
            shown_at_look: Cell::new(now),
            shown_at_answer: Cell::new(now),
            shown_at_token: Cell::new(now),
            age_unknown: Cell::new(false),
            sluggish: Cell::new(false),
            rival: Cell::new(None),
            stored_at: Cell::new(now),
            written: Cell::new(false),
            judge: Cell::new(0),
            asked: RefCell::default(),
            waker: RefCell::default(),
            trace: RefCell::default(),
            tracing: super::number("TRACE").unwrap_or_default(),
        });
        let (watching, serving) = (Rc::clone(&nature), Rc::clone(&nature));
        nature.world.watch(move |call| watching.watch(call));
        nature.world.http().on(move |request| serving.serve(request));
        nature
    }

    /// Lets go of the world, which holds this.
    pub(super) fn end(&self) {
        self.world.watch(|_| Duration::ZERO);
        self.world.http().on(|_| Reply::Hang);
        self.world.edge().on_consent(|_, _| None);
        self.alive.borrow_mut().clear();
    }

    /// Keeps a line for [`Nature::lately`].
    pub(super) fn note(&self, level: u64, line: impl FnOnce() -> String) {
        if level <= self.tracing && (self.tracing < 3 || level == 1) {
            let moment = self.now().since(crate::peer::START);
            let line = format!("    {moment:?} (clock {:+} s) {}", self.wrong.get() / 1000, line());
            self.trace.borrow_mut().push(line);
        }
    }

    /// The last things that happened, oldest first; none unless `TRACE` is set.
    pub(super) fn lately(&self) -> String {
        let trace = self.trace.borrow();
        let lines = trace[trace.len().saturating_sub(if self.tracing == 3 { usize::MAX } else { 150 })..].iter();
        lines.fold(String::new(), |text, line| format!("{text}\n{line}"))
    }

    // --- Time ---------------------------------------------------------------------------------------------------------

    /// True time, by which the server goes.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp(self.world.now().0 - self.wrong.get())
    }

    /// The true time at which the machine's clock will show this.
    pub(super) fn true_time_of(&self, shown: Timestamp) -> Timestamp {
        Timestamp(shown.0 - self.wrong.get())
    }

    /// Puts the machine's clock forward or back.
    pub(super) fn put_clock(&self, milliseconds: i64) {
        self.jumps.borrow_mut().push(self.now());
        self.world.shift_clock(milliseconds);
        self.wrong.set(self.wrong.get() + milliseconds);
        if milliseconds < 0 {
            self.put_back.set(true);
            self.put_back_since_answer.set(true);
            self.age_unknown.set(true);
        }
    }

    /// Something goes wrong, or is over.
    pub(super) fn disturb(&self) {
        self.disturbed.set(self.now());
        self.disturbances.set(self.disturbances.get() + 1);
    }

    /// The machine is suspended: no timer runs, what is under way breaks off.
    pub(super) fn suspend(&self, span: Duration) {
        self.disturb();
        self.world.shift_clock(i64::try_from(span.as_millis()).unwrap());
        self.slept.set(self.slept.get() + span);
        self.jumps.borrow_mut().push(self.now());
        self.break_connection();
        self.lift();
        self.disturb();
    }

    fn break_connection(&self) {
        self.world.http().disconnect();
        if !self.is(Condition::Offline) {
            self.world.http().reconnect();
        }
    }

    /// The extension is woken: from now on it can have seen that the clock was put back, if there is anything to see it by.
    pub(super) fn woken(&self) {
        let shown = self.world.now().after(TOLERANCE);
        if shown < self.shown_at_look.get().max(self.shown_at_token.get()) {
            self.put_back.set(false);
        }
    }

    /// What the extension has written down of its last look: by this it can see that the clock was put back.
    /// A worker that was killed meanwhile may have seen nothing.
    pub(super) fn looked(&self, written: Option<&String>, lives: bool) {
        let moment = written.and_then(|text| text.parse().ok()).unwrap_or(i64::MIN);
        self.shown_at_look.set(Timestamp(moment));
        if !lives && self.age_unknown.get() {
            self.put_back.set(true);
        }
    }

    /// New tokens are in the vault. A clock that was put back between the answer and its writing is as unseen as one that is put
    /// back after it.
    pub(super) fn renewed(&self) {
        self.put_back.set(self.put_back_since_answer.get());
        self.age_unknown.set(self.put_back_since_answer.get());
        self.shown_at_token.set(self.shown_at_answer.get());
    }

    /// Whether a clock that was put back, and could not be seen to be, is all that hinders.
    pub(super) fn only_put_back(&self) -> bool {
        let put_back = self.put_back.replace(false);
        let online = self.online();
        self.put_back.set(put_back);
        put_back && online
    }

    // --- What lasts ---------------------------------------------------------------------------------------------------

    pub(super) fn is(&self, condition: Condition) -> bool {
        self.conditions.borrow().contains_key(&condition)
    }

    /// Whether nothing keeps the extension from having a token: what is counted as online. A slow disk and a wrong clock do
    /// not; a clock that was put back does until the browser, whose alarms go by it, next wakes the extension.
    pub(super) fn online(&self) -> bool {
        let hinders = |condition: &Condition| !matches!(condition, Condition::SlowDisk | Condition::WrongClock);
        self.closed.get().is_none() && !self.put_back.get() && !self.conditions.borrow().keys().any(hinders)
    }

    /// When the next of the lasting faults ends.
    pub(super) fn next_end(&self) -> Option<Timestamp> {
        self.conditions.borrow().values().min().copied()
    }

    /// Ends what has lasted long enough.
    pub(super) fn lift(&self) {
        let now = self.now();
        let over: Vec<_> =
            self.conditions.borrow().iter().filter(|(_, end)| **end <= now).map(|(known, _)| *known).collect();
        for condition in over {
            self.conditions.borrow_mut().remove(&condition);
            self.disturb();
            self.note(1, || format!("over: {condition:?}"));
            match condition {
                Condition::Offline => self.world.http().reconnect(),
                Condition::FullDisk => self.world.fail_writes(None),
                Condition::WrongClock => self.put_clock(-self.wrong.get()),
                Condition::Busy | Condition::Faulty | Condition::Slow | Condition::SlowDisk => {}
            }
        }
    }

    fn lasts(&self, condition: Condition, span: Duration) {
        self.conditions.borrow_mut().insert(condition, self.now().after(span));
    }

    /// How long a fault lasts: mostly less than it takes for a token to end, now and then much longer.
    fn a_while(&self) -> Duration {
        if self.dice.permille(150) { self.dice.seconds(8 * 60, 120 * 60) } else { self.dice.seconds(5, 8 * 60) }
    }

    /// A fault begins. `worker` is the one in whose refresh it does, if it does in one.
    pub(super) fn begin(&self, fault: Fault, worker: Option<u64>) {
        self.note(1, || format!("begins: {fault:?} {worker:?}"));
        self.disturb();
        let span = self.a_while();
        match fault {
            Fault::Kill => worker.into_iter().for_each(|worker| self.kill(worker)),
            Fault::NetworkLoss => {
                self.world.http().disconnect();
                self.lasts(Condition::Offline, span);
            }
            Fault::BusyUntil | Fault::Busy => {
                let span = if fault == Fault::BusyUntil { span.min(LONGEST_RETRY_AFTER) } else { span };
                self.retry_after.set((fault == Fault::BusyUntil).then(|| self.now().after(span)));
                self.lasts(Condition::Busy, span);
            }
            Fault::ServerError | Fault::SlowAnswer => {
                self.acts.set(self.dice.permille(500));
                let condition = if fault == Fault::SlowAnswer { Condition::Slow } else { Condition::Faulty };
                self.lasts(condition, span);
            }
            Fault::ClockForward | Fault::ClockBack => self.jump(fault),
            Fault::Restart => {
                let all: Vec<u64> = self.alive.borrow().keys().copied().collect();
                all.into_iter().for_each(|worker| self.kill(worker));
                self.world.restart_browser();
                // When it last looked is forgotten with the browser, and so is that the clock was seen to be put back since.
                self.shown_at_look.set(Timestamp(i64::MIN));
                self.put_back.set(self.age_unknown.get());
                let gap =
                    if self.dice.permille(700) { self.dice.seconds(2, 300) } else { self.dice.seconds(300, 43_200) };
                self.closed.set(Some(self.now().after(gap)));
            }
            Fault::Night => {
                self.suspend(self.dice.seconds(60, 10 * 3600));
                if self.dice.permille(500) {
                    worker.into_iter().for_each(|worker| self.kill(worker));
                }
            }
            Fault::FullDisk => {
                self.world.fail_writes(Some(StoreError::Full));
                self.lasts(Condition::FullDisk, span);
            }
            Fault::SlowDisk => self.lasts(Condition::SlowDisk, span),
            Fault::Rival => self.rival.set(Some(true)),
        }
    }

    /// The clock is put forward or back, by minutes to a day. Three of four times it is put right later.
    fn jump(&self, fault: Fault) {
        let span = if self.dice.permille(500) { self.dice.seconds(60, 3600) } else { self.dice.seconds(3600, 86_400) };
        let span = i64::try_from(span.as_millis()).unwrap();
        self.put_clock(if fault == Fault::ClockForward { span } else { -span });
        if self.dice.permille(750) {
            self.lasts(Condition::WrongClock, self.dice.seconds(60, 86_400));
        } else {
            self.conditions.borrow_mut().remove(&Condition::WrongClock);
        }
    }

    // --- Workers ------------------------------------------------------------------------------------------------------

    pub(super) fn born(&self, memory: &Memory) {
        self.alive
            .borrow_mut()
            .insert(memory.number(), Alive { memory: memory.clone(), phase: Phase::Reading, calls: 0 });
    }

    pub(super) fn kill(&self, worker: u64) {
        if let Some(alive) = self.alive.borrow_mut().remove(&worker) {
            alive.memory.kill();
            self.server.died(worker);
        }
        if let Some(waker) = self.waker.borrow().as_ref() {
            waker.wake_by_ref();
        }
    }

    /// A worker begins something new.
    pub(super) fn begins(&self, worker: u64) {
        if let Some(alive) = self.alive.borrow_mut().get_mut(&worker) {
            alive.phase = Phase::Reading;
            alive.calls = 0;
        }
    }

    /// Ends when the work does, or when its worker is dead.
    pub(super) async fn as_long_as_it_lives(&self, memory: &Memory, work: impl Future<Output = ()>) {
        let mut work = std::pin::pin!(work);
        std::future::poll_fn(|context| {
            *self.waker.borrow_mut() = Some(context.waker().clone());
            let done = work.as_mut().poll(context).is_ready();
            if done || !memory.is_alive() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Waits for the strike that calls the rival; false if there is none.
    pub(super) async fn called(&self) -> bool {
        std::future::poll_fn(|_| self.rival.get().map_or(Poll::Pending, Poll::Ready)).await
    }

    // --- What passes --------------------------------------------------------------------------------------------------

    fn watch(&self, call: &Call<'_>) -> Duration {
        if call.worker == self.judge.get() {
            return Duration::ZERO;
        }
        self.lift();
        self.note(2, || format!("{} {} {}", call.worker, call.name, call.about));
        if self.goes_in_circles(call.worker) {
            self.server.wrongs.borrow_mut().push("a worker goes round in circles".to_owned());
            self.kill(call.worker);
        }
        let lock = call.about.starts_with("refresh:");
        let phase = match call.name {
            "lock.acquire" if lock => Some(Phase::Locking),
            "http.send" if is_token(call.about) => Some(Phase::Sending),
            "http.receive" if is_token(call.about) => Some(Phase::Receiving),
            _ => None,
        };
        if phase.is_some() {
            self.enters(call.worker, phase);
        }
        if !self.is_news(call) {
            self.strike(call.worker);
        }
        let storing = ["store.", "session.", "archive."].iter().any(|port| call.name.starts_with(port));
        if storing && (self.sluggish.get() || self.is(Condition::SlowDisk)) {
            self.dice.seconds(0, 1)
        } else {
            Duration::ZERO
        }
    }

    /// Whether the worker has called ports more often than anything it is to do can need.
    fn goes_in_circles(&self, worker: u64) -> bool {
        let mut alive = self.alive.borrow_mut();
        let Some(alive) = alive.get_mut(&worker) else { return false };
        alive.calls += 1;
        alive.calls > MANY_CALLS
    }

    /// Takes note of what has happened; false if it is none of that.
    fn is_news(&self, call: &Call<'_>) -> bool {
        match call.name {
            "lock.held" if call.about.starts_with("refresh:") => {
                self.server.holds_lock(call.worker, self.now());
                self.enters(call.worker, Some(Phase::Rereading));
            }
            "store.stored" if call.about.starts_with("tokens:") => {
                self.written.set(true);
                self.stored_at.set(self.now());
                self.server.stored(call.worker);
                if self.phase(call.worker) == Some(Phase::Writing) {
                    self.enters(call.worker, Some(Phase::After));
                }
            }
            "store.stored" if call.about.starts_with("account:") => self.written.set(true),
            "http.leaves" => self.sender.set(call.worker),
            "http.answered" | "http.failed" if is_token(call.about) => {
                self.server.ended(call.worker, call.name == "http.answered");
                self.put_back_since_answer.set(false);
                self.shown_at_answer.set(self.world.now());
                self.enters(call.worker, Some(Phase::Writing));
            }
            "store.put_if" if self.is(Condition::FullDisk) => {
                self.server.refused_to_store(call.worker);
                return false;
            }
            name => {
                return ["lock.held", "store.stored", "archive.stored", "http.answered", "http.failed"].contains(&name);
            }
        }
        true
    }

    fn enters(&self, worker: u64, phase: Option<Phase>) {
        if let (Some(alive), Some(phase)) = (self.alive.borrow_mut().get_mut(&worker), phase) {
            alive.phase = phase;
        }
    }

    fn phase(&self, worker: u64) -> Option<Phase> {
        self.alive.borrow().get(&worker).map(|alive| alive.phase)
    }

    /// Begins the planned fault, if its moment has come.
    fn strike(&self, worker: u64) {
        let (Some(mut plan), Some(phase)) = (self.plan.get(), self.phase(worker)) else { return };
        if plan.phase != phase {
            return;
        }
        if plan.calls > 0 {
            plan.calls -= 1;
            return self.plan.set(Some(plan));
        }
        self.plan.set(None);
        self.strikes.borrow_mut().count(plan.fault, phase);
        self.begin(plan.fault, Some(worker));
    }

    fn serve(&self, request: &HttpRequest) -> Reply {
        let worker = self.sender.get();
        if !is_token(&request.url) {
            return self.dated(self.judged(|now| self.server.resource(request, now)));
        }
        let now = self.now();
        self.asked.borrow_mut().push(now);
        self.server.inspect(worker, request, now);
        self.enters(worker, Some(Phase::Acting));
        self.strike(worker);
        let reply = self.judged(|now| self.server.token(request, now));
        self.strike(worker);
        // What began after the server had acted takes the answer along.
        let reply = match reply {
            Reply::Answer(_) if self.is(Condition::Faulty) => Reply::text(500, ""),
            Reply::Answer(_) if self.is(Condition::Slow) => Reply::Hang,
            other => other,
        };
        if !matches!(&reply, Reply::Answer(response) if response.status < 500) {
            self.server.withhold();
        }
        self.note(1, || format!("replies {reply:?}"));
        self.dated(reply)
    }

    /// What becomes of a request under the faults in force.
    fn judged(&self, act: impl Fn(Timestamp) -> Reply) -> Reply {
        let acted = |instead: Reply| {
            if self.acts.get() {
                drop(act(self.now()));
            }
            instead
        };
        if self.is(Condition::Busy) {
            let reply = Reply::text(429, "");
            return match self.retry_after.get() {
                Some(end) => reply.header("retry-after", &(end.since(self.now()).as_secs() + 1).to_string()),
                None => reply,
            };
        }
        if self.is(Condition::Faulty) {
            return acted(Reply::text(self.dice.pick(&[500, 502, 503, 504]), "{}"));
        }
        if self.is(Condition::Slow) {
            return acted(if self.dice.permille(500) {
                Reply::Hang
            } else {
                Reply::text(200, "{}").late(Duration::from_secs(45))
            });
        }
        act(self.now())
    }

    /// The answer with a date, after the time that answers take.
    fn dated(&self, reply: Reply) -> Reply {
        match reply {
            Reply::Answer(_) => {
                let delay = match self.sluggish.get() {
                    true => self.dice.seconds(16, 20),
                    false => Duration::from_millis(40 + self.dice.below(400)),
                };
                reply.header("date", &http_date(self.now())).late(delay)
            }
            Reply::Fail(HttpError::Network) => Reply::Fail(HttpError::Network),
            other => other,
        }
    }
}
