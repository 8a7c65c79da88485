//! What drives a simulation: the browser that wakes the extension, the person who opens a page now and then, and the judge.

use super::dice::Dice;
use super::faults::{FAULTS, Fault, PHASES, Plan, Strikes};
use super::nature::{Condition, Nature};
use super::server::{Kind, Server};
use crate::peer::{START, page_of, stream};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Lie, Memory, World};
use chat_for_jira::platform::{Clock, Http, HttpRequest, Method, Platform, Timestamp};
use chat_for_jira::secret::Secret;
use chat_for_jira::tokens::account::TroubleKind;
use chat_for_jira::tokens::refresh::Reason;
use futures_util::future::join;
use serde_json::json;
use std::rc::Rc;
use std::time::Duration;

/// The browser ends a worker that has had nothing to do for so long.
const IDLE: Duration = Duration::from_secs(30);
/// Chromium looks at alarms at most so often.
const BETWEEN_ALARMS: Duration = Duration::from_secs(30);
/// After a token has come, the extension looks after the rest (`extension/background.js`).
const SETTLED: Duration = Duration::from_millis(250);
/// A token is to be renewed so long before its end.
const AHEAD: Duration = Duration::from_secs(600);
/// ... unless something was wrong so shortly before.
const UNDISTURBED: Duration = Duration::from_secs(25 * 60);
/// After waking, a token is to be had within this.
const CATCH_UP: Duration = Duration::from_secs(60);
/// The longest gap between two checks, and how often a failed attempt is repeated before the next of them.
const CHECK_INTERVAL: Duration = Duration::from_secs(300);
const RETRIES: usize = 3;

/// How a simulation is set up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setup {
    pub(super) seed: u64,
    pub(super) kind: Kind,
    pub(super) hours: u64,
    /// The lifetime of access tokens.
    pub(super) lifetime: Duration,
    /// In how many of 1000 refreshes a fault begins.
    pub(super) strikes: u64,
    /// Which faults do.
    pub(super) faults: &'static [Fault],
    /// How often in ten days a fault begins at any other time; nights, restarts, jumps of the clock and outages alike.
    pub(super) weather: u64,
    /// Whether the disk is slow and the server is slower, all the time.
    pub(super) sluggish: bool,
    /// How far the machine's clock is off from the beginning, in milliseconds.
    pub(super) clock_off: i64,
    /// What the platform lies about.
    pub(super) lie: Option<Lie>,
}

impl Setup {
    /// The usual mixture of faults.
    pub(super) fn usual(seed: u64, kind: Kind, hours: u64) -> Self {
        Self {
            seed,
            kind,
            hours,
            lifetime: Duration::from_secs(3600),
            strikes: 80,
            faults: &FAULTS,
            weather: 10,
            sluggish: false,
            clock_off: 0,
            lie: None,
        }
    }
}

/// What came of a simulation.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) online: Duration,
    pub(super) valid: Duration,
    /// Signed out by the server for a good reason, until the person signed in again.
    pub(super) waiting: Duration,
    /// The clock had been put back, and nothing showed it to the extension.
    pub(super) unseen: Duration,
    pub(super) refreshes: u64,
    pub(super) requests: usize,
    pub(super) wakes: u64,
    /// Sessions that ended because the answer to a rotation was lost.
    pub(super) ended: u64,
    /// Tokens that had ended and were used, because the clock had been put back.
    pub(super) stale: u64,
    pub(super) strikes: Strikes,
    /// What must not happen, and did.
    pub(super) wrongs: Vec<String>,
}

impl Report {
    pub(super) fn add(&mut self, other: Self) {
        self.online += other.online;
        self.valid += other.valid;
        self.waiting += other.waiting;
        self.unseen += other.unseen;
        self.refreshes += other.refreshes;
        self.requests = self.requests.max(other.requests);
        self.wakes += other.wakes;
        self.ended += other.ended;
        self.stale += other.stale;
        self.strikes.add(&other.strikes);
        self.wrongs.extend(other.wrongs);
    }

    /// The share of the time online without a valid token, in parts of a million.
    pub(super) fn gap(&self) -> u128 {
        (self.online - self.valid).as_millis() * 1_000_000 / self.online.as_millis().max(1)
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let days = |span: Duration| format!("{}.{}", span.as_secs() / 86_400, span.as_secs() % 86_400 / 8640);
        writeln!(out, "days online {}, of these without a valid token {} millionths", days(self.online), self.gap())?;
        writeln!(
            out,
            "days not counted: waiting for the person to sign in again {}, clock put back unseen {}",
            days(self.waiting),
            days(self.unseen)
        )?;
        writeln!(
            out,
            "workers {}, refreshes {}, at most {} requests between two looks",
            self.wakes, self.refreshes, self.requests
        )?;
        write!(
            out,
            "sessions that ended because the answer to a rotation could not be kept {} (Data Center has no leeway), lost 0",
            self.ended
        )
    }
}

/// What somebody wants of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Alarm,
    Startup,
    Popup,
    Refresh,
    Token,
}

/// What the vault holds.
#[derive(Clone, Debug, Default)]
struct Held {
    refresh: String,
    access: String,
    end: Timestamp,
}

/// A moment at which something must hold.
#[derive(Clone, Debug)]
enum Check {
    /// The token is not this one any more.
    Renewed(String),
    /// There is a valid token, if nothing went wrong since: not even at the moment of waking, so this counts what did by then.
    CaughtUp(u64),
}

/// A simulation under way.
struct Drive {
    nature: Rc<Nature>,
    world: World,
    setup: Setup,
    report: Report,
    id: String,
    worker: Option<(App<Memory>, Memory, Timestamp)>,
    held: Held,
    signed_in: bool,
    checks: Vec<(Timestamp, Check)>,
    last_alarm: Timestamp,
    accounted: Timestamp,
    next_act: Timestamp,
    next_weather: Option<Timestamp>,
}

/// Runs one simulation.
pub(super) fn run(setup: Setup) -> Report {
    let mut drive = Drive::new(setup);
    let end = drive.nature.now().after(Duration::from_secs(setup.hours * 3600));
    while drive.nature.now() < end && drive.report.wrongs.len() < 3 {
        drive.step(end);
    }
    drive.finish()
}

impl Drive {
    fn new(setup: Setup) -> Self {
        let world = World::new(START, setup.seed);
        let server = Server::new(setup.kind);
        server.lifetime.set(setup.lifetime);
        let nature = Nature::new(world.clone(), server, Dice::new(setup.seed));
        nature.put_clock(setup.clock_off);
        nature.sluggish.set(setup.sluggish);
        world.edge().grant("https://jira.example.com/*");
        world.edge().on_consent(|url, _| Some(Ok(consent(url))));
        let now = nature.now();
        let mut drive = Self {
            world,
            setup,
            report: Report::default(),
            id: String::new(),
            worker: None,
            held: Held::default(),
            signed_in: false,
            checks: Vec::new(),
            last_alarm: now,
            accounted: now,
            next_act: now.after(Duration::from_secs(3600)),
            next_weather: nature.dice.until_next(setup.weather).map(|span| now.after(span)),
            nature,
        };
        let (app, memory, _) = drive.worker();
        let messages = stream(&drive.world, &(app, memory), "options", "connect", json!({"form": setup.kind.form()}));
        let end = crate::peer::end(&messages);
        drive.id = end["done"]["id"].as_str().unwrap_or_else(|| panic!("{end}")).to_owned();
        drive.look();
        drive.world.lie(setup.lie);
        drive
    }

    fn finish(mut self) -> Report {
        self.report.refreshes = self.nature.server.refreshes.get();
        self.report.strikes = self.nature.strikes.borrow().clone();
        if super::number("TRACE") == Some(3) {
            println!("{}", self.nature.lately());
        }
        self.nature.end();
        self.report
    }

    fn wrong(&mut self, what: &str) {
        let Setup { seed, kind, .. } = self.setup;
        let now = self.nature.now();
        let (day, of_day) = (now.since(START).as_secs() / 86_400, now.since(START).as_secs() % 86_400);
        let moment = format!("day {day}, {:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60);
        self.report.wrongs.push(format!("SEED={seed} ({kind:?}) {moment}: {what}{}", self.nature.lately()));
    }

    // --- One thing after the other ------------------------------------------------------------------------------------

    /// Goes on to the next thing that happens, and lets it happen.
    fn step(&mut self, end: Timestamp) {
        let closed = self.nature.closed.get();
        let alarm = self
            .world
            .edge()
            .alarm()
            .filter(|_| closed.is_none())
            .map(|at| self.nature.true_time_of(at).max(self.last_alarm.after(BETWEEN_ALARMS)));
        let acts = closed.is_none().then_some(self.next_act);
        let check = self.checks.iter().map(|(at, _)| *at).min();
        let all = [alarm, acts, check, closed, self.next_weather, self.nature.next_end(), Some(end)];
        let next = all.into_iter().flatten().min().unwrap_or(end).max(self.nature.now());
        self.world.advance(next.since(self.nature.now()));
        self.account();
        if self.nature.next_end().is_some_and(|end| end <= next) {
            self.nature.lift();
        } else if check.is_some_and(|at| at <= next) {
            self.check();
        } else if closed.is_some_and(|at| at <= next) {
            self.nature.closed.set(None);
            self.nature.disturb();
            self.wakes_up();
            self.wake(Want::Startup);
        } else if alarm.is_some_and(|at| at <= next) {
            self.last_alarm = next;
            self.world.fire_alarm();
            self.wake(Want::Alarm);
        } else if self.next_weather.is_some_and(|at| at <= next) {
            self.weather();
        } else if acts.is_some_and(|at| at <= next) {
            // Awake for sixteen hours a day, with a look every hour or so.
            self.next_act = next.after(self.nature.dice.seconds(600, 7200));
            self.act();
        }
    }

    /// Counts the time since the last count.
    fn account(&mut self) {
        let (from, to) = (std::mem::replace(&mut self.accounted, self.nature.now()), self.nature.now());
        if !self.signed_in {
            self.report.waiting += to.since(from);
        } else if self.nature.only_put_back() {
            self.report.unseen += to.since(from);
        } else if self.nature.online() {
            self.report.online += to.since(from);
            self.report.valid += to.min(self.held.end).since(from);
            self.gap(to.since(self.held.end.max(from)));
        }
    }

    /// Counts the time in which the extension was at work: valid until the old token's end, and again since the new one was
    /// written. Not counted if anything hindered it at the beginning or at the end.
    fn account_work(&mut self, before: &Held, hindered: bool, slept: Duration) {
        let (from, to) = (std::mem::replace(&mut self.accounted, self.nature.now()), self.nature.now());
        if hindered || !self.nature.online() || !self.signed_in || slept != self.nature.slept.get() {
            return;
        }
        self.report.online += to.since(from);
        let renewed = if self.held.access == before.access { to } else { self.nature.stored_at.get().max(from) };
        let gap = renewed.min(to).since(before.end.max(from));
        self.gap(gap);
        self.report.valid += to.since(from).saturating_sub(gap);
    }

    fn gap(&self, span: Duration) {
        if span > Duration::from_secs(20) {
            self.nature.note(1, || format!("GAP {span:?}"));
        }
    }

    fn weather(&mut self) {
        let now = self.nature.now();
        self.next_weather = self.nature.dice.until_next(self.setup.weather).map(|span| now.after(span));
        let usual = [Fault::NetworkLoss, Fault::ServerError, Fault::Busy, Fault::ClockForward, Fault::ClockBack];
        let often = [Fault::Night, Fault::Night, Fault::Night, Fault::Night, Fault::Restart, Fault::Restart];
        let fault = self.nature.dice.pick(if self.nature.dice.permille(600) { often.as_slice() } else { &usual });
        if fault == Fault::Night && self.nature.closed.get().is_some() {
            return;
        }
        self.drop_worker();
        self.nature.begin(fault, None);
        self.accounted = self.nature.now();
        if fault == Fault::Night {
            self.wakes_up();
        }
    }

    /// The machine or the browser is back: within a minute there must be a token.
    fn wakes_up(&mut self) {
        let now = self.nature.now();
        self.checks.push((now.after(CATCH_UP), Check::CaughtUp(self.nature.disturbances.get())));
    }

    // --- The extension at work ----------------------------------------------------------------------------------------

    fn drop_worker(&mut self) {
        if let Some((_, memory, _)) = self.worker.take() {
            self.nature.kill(memory.number());
        }
    }

    /// The worker: the one that still lives, or a new one. The last: whether it is new.
    fn worker(&mut self) -> (App<Memory>, Memory, bool) {
        let now = self.nature.now();
        let usable = |(_, memory, used): &(_, Memory, Timestamp)| memory.is_alive() && now.since(*used) < IDLE;
        if !self.worker.as_ref().is_some_and(usable) {
            self.drop_worker();
        }
        let new = self.worker.is_none();
        if new {
            let memory = self.world.worker();
            self.nature.born(&memory);
            self.worker = Some((App::new(memory.clone()), memory, now));
            self.report.wakes += 1;
        }
        let (app, memory, _) = self.worker.as_ref().unwrap();
        (app.clone(), memory.clone(), new)
    }

    /// Whether the token in the vault will be renewed if the extension is asked now.
    fn is_refresh_near(&self) -> bool {
        let left = self.held.end.since(self.nature.now());
        self.signed_in && left < self.setup.lifetime / 3
    }

    fn plan(&self) {
        let dice = &self.nature.dice;
        let share = if self.is_refresh_near() { self.setup.strikes } else { 0 };
        let plan = dice.permille(share).then(|| {
            let (phase, calls) = dice.pick(&PHASES);
            Plan { fault: dice.pick(self.setup.faults), phase, calls: dice.below(calls) }
        });
        self.nature.plan.set(plan);
        self.nature.rival.set(None);
    }

    /// Wakes the extension, and looks at what it did.
    fn wake(&mut self, want: Want) {
        self.plan();
        self.nature.note(1, || format!("{want:?}, plan {:?}", self.nature.plan.get()));
        let rival = self.nature.plan.get().is_some_and(|plan| plan.fault == Fault::Rival);
        self.nature.woken();
        let (before, hindered, slept) = (self.held.clone(), !self.nature.online(), self.nature.slept.get());
        let (app, memory, new) = self.worker();
        self.nature.begins(memory.number());
        self.world.take_turns(rival.then(|| self.nature.dice.number()));
        let (nature, id, kind) = (Rc::clone(&self.nature), self.id.clone(), self.setup.kind);
        let working = async {
            let starting = async {
                if new {
                    memory.clock().sleep(SETTLED).await;
                    app.woke().await;
                }
            };
            let both = async {
                join(serve(&nature, &app, &id, kind, want), starting).await;
            };
            nature.as_long_as_it_lives(&memory, both).await;
            nature.rival.set(Some(nature.rival.get().unwrap_or(false)));
        };
        let rivalling = async {
            if rival && nature.called().await {
                race(&nature, &self.world, &app, &id, kind).await;
            }
        };
        self.world.run(join(working, rivalling));
        self.world.take_turns(None);
        self.nature.plan.set(None);
        let now = self.nature.now();
        self.worker.iter_mut().for_each(|worker| worker.2 = now);
        self.nature.looked(self.world.session().get("looked"), memory.is_alive());
        let asleep = slept != self.nature.slept.get();
        self.look();
        self.account_work(&before, hindered, slept);
        if asleep {
            self.wakes_up();
        }
        self.bounded();
    }

    /// The person does something.
    fn act(&mut self) {
        if !self.signed_in {
            return self.sign_in_again();
        }
        let want =
            self.nature.dice.pick(&[Want::Popup, Want::Popup, Want::Popup, Want::Token, Want::Token, Want::Refresh]);
        self.nature.asked.borrow_mut().clear();
        self.wake(want);
        // What the person asks for is no retry of ours.
        self.nature.asked.borrow_mut().clear();
    }

    fn sign_in_again(&mut self) {
        if !(self.nature.online() || self.nature.only_put_back()) || self.nature.is(Condition::SlowDisk) {
            return;
        }
        let (app, memory, _) = self.worker();
        let messages = stream(&self.world, &(app, memory), "popup", "reconnect", json!({"account": self.id}));
        let end = crate::peer::end(&messages);
        if end.get("done").is_none() {
            return self.wrong(&format!("signing in again failed: {end}"));
        }
        self.look();
        self.accounted = self.nature.now();
    }

    // --- The judge ----------------------------------------------------------------------------------------------------

    /// Looks into the vault, if anything was written.
    fn look(&mut self) {
        let wrongs = std::mem::take(&mut *self.nature.server.wrongs.borrow_mut());
        wrongs.iter().for_each(|what| self.wrong(what));
        if !self.nature.written.replace(false) {
            return;
        }
        let memory = self.world.worker();
        self.nature.judge.set(memory.number());
        let listing = self.world.run(App::new(memory).tokens().list()).unwrap();
        let pair = listing.pairs.first();
        let tokens = pair.map(|pair| &pair.tokens);
        let refresh = tokens.and_then(|tokens| tokens.refresh_token.as_ref());
        let passing =
            tokens.is_some_and(|tokens| tokens.trouble.as_ref().is_none_or(|known| known.kind == TroubleKind::Passing));
        match (refresh, passing) {
            (Some(refresh), true) => self.holds(refresh.expose(), tokens.unwrap().access_token.expose()),
            _ if self.signed_in => self.left(&format!("{:?}", tokens.map(|tokens| &tokens.trouble))),
            _ => {}
        }
    }

    /// The vault holds these tokens.
    fn holds(&mut self, refresh: &str, access: &str) {
        self.signed_in = true;
        self.held.refresh = refresh.to_owned();
        if self.held.access == access {
            return;
        }
        let end = self.nature.server.end_of(access).unwrap_or_default();
        self.held.access = access.to_owned();
        self.held.end = end;
        self.nature.renewed();
        self.checks.retain(|(_, check)| !matches!(check, Check::Renewed(_)));
        if self.setup.lifetime >= AHEAD * 3 {
            self.checks.push((end.before(AHEAD), Check::Renewed(access.to_owned())));
        }
    }

    /// The account has left the signed-in states.
    fn left(&mut self, trouble: &str) {
        self.signed_in = false;
        let (newest, now) = (self.held.refresh.clone(), self.nature.now());
        if self.nature.server.accepts(&newest, now) {
            self.wrong(&format!(
                "a session was lost: the server would have accepted the newest refresh token; {trouble}"
            ));
        } else if self.nature.server.answer_was_lost(&newest) {
            self.report.ended += 1;
        } else {
            self.wrong(&format!("a session ended although no answer was lost; {trouble}"));
        }
    }

    fn check(&mut self) {
        let now = self.nature.now();
        let (due, later) = std::mem::take(&mut self.checks).into_iter().partition(|(at, _)| *at <= now);
        self.checks = later;
        let due: Vec<(Timestamp, Check)> = due;
        for (_, check) in due {
            let fair = self.signed_in && self.nature.online();
            match check {
                Check::Renewed(access) => {
                    let undisturbed = now.since(self.nature.disturbed.get()) >= UNDISTURBED;
                    if fair && undisturbed && access == self.held.access {
                        self.wrong("online and undisturbed, and not renewed ten minutes before the end");
                    }
                }
                Check::CaughtUp(count) => {
                    if fair && self.nature.disturbances.get() == count && self.held.end <= now {
                        self.wrong("no token a minute after waking");
                    }
                }
            }
        }
    }

    /// Never more than the configured retries without waiting for the next check.
    fn bounded(&mut self) {
        let now = self.nature.now();
        let mut asked = self.nature.asked.borrow_mut();
        asked.retain(|at| now.since(*at) < CHECK_INTERVAL);
        self.report.requests = self.report.requests.max(asked.len());
        // A window of that length touches two checks, and tokens that live for less are renewed in it.
        let renewals = CHECK_INTERVAL.as_secs() / (self.setup.lifetime.as_secs() / 2);
        // A clock that is set, and a sleep, each make what was tried before count for nothing: one row more.
        let mut jumps = self.nature.jumps.borrow_mut();
        jumps.retain(|at| now.since(*at) < CHECK_INTERVAL);
        let rows = 2 + jumps.len();
        drop(jumps);
        let many = asked.len() > rows * (1 + RETRIES) + usize::try_from(renewals).unwrap();
        drop(asked);
        if many {
            self.wrong("more requests between two checks than the configured retries");
        }
    }
}

/// The extension does what somebody wants of it.
async fn serve(nature: &Nature, app: &App<Memory>, id: &str, kind: Kind, want: Want) {
    let ask = |page: &str, command: &str, args| app.handle(json!({"command": command, "args": args}), page_of(page));
    match want {
        Want::Alarm => app.alarm().await,
        Want::Startup => app.startup().await,
        Want::Popup => drop(ask("popup", "overview", json!({})).await),
        Want::Refresh => drop(ask("popup", "refresh", json!({"account": id})).await),
        Want::Token => {
            // As at the beginning and at the end of every command: the clock is looked at, what has changed is shown.
            drop(ask("panel", "get_token", json!({"account": id})).await);
            use_token(nature, app, id, kind).await;
            drop(ask("panel", "get_token", json!({"account": id})).await);
        }
    }
}

/// Asks Jira something, as the chat does: with the token that is had, and once more with a new one if it is refused.
async fn use_token(nature: &Nature, app: &App<Memory>, id: &str, kind: Kind) {
    let Ok(token) = app.tokens().access_token(id).await else { return };
    let ended = nature.server.end_of(token.secret.expose()).is_none_or(|end| end <= nature.now());
    if ended && !nature.age_unknown.get() && !nature.is(Condition::WrongClock) {
        nature.server.wrongs.borrow_mut().push("a token was handed out that had ended".to_owned());
    }
    let request = HttpRequest {
        method: Method::Get,
        url: kind.who().to_owned(),
        headers: vec![("authorization".to_owned(), Secret::new(format!("Bearer {}", token.secret.expose())))],
        body: None,
        timeout: Duration::from_secs(20),
    };
    if app.platform().http().send(request).await.is_ok_and(|response| response.status == 401) {
        drop(app.tokens().refresh(id, Reason::NewerThan(token.generation)).await);
    }
}

/// Another context wants something at the same moment: another page of this worker, or a worker of its own.
async fn race(nature: &Nature, world: &World, app: &App<Memory>, id: &str, kind: Kind) {
    let want = nature.dice.pick(&[Want::Alarm, Want::Popup, Want::Refresh, Want::Token, Want::Token]);
    let memory = world.worker();
    nature.born(&memory);
    let own = App::new(memory.clone());
    let app = if nature.dice.permille(300) { app } else { &own };
    nature.as_long_as_it_lives(&memory, serve(nature, app, id, kind, want)).await;
    nature.kill(memory.number());
}

/// The person allows it: the redirect with a code and the state.
fn consent(url: &str) -> String {
    let parameter = |name: &str| {
        let (_, query) = url.split_once('?').unwrap();
        let mut pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        pairs.find(|(known, _)| known == name).unwrap().1
    };
    format!("{}?code=code&state={}", parameter("redirect_uri"), parameter("state"))
}
