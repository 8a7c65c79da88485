//! Care for the tokens with nobody watching: what the alarm, the browser's start and every worker's start lead to.

use crate::app::App;
use crate::app::overview::Status;
use crate::app::snapshot::{Entry, Snapshot};
use crate::error::Result;
use crate::json;
use crate::platform::{Alarm, Platform, SessionStore, Store, Timestamp};
use crate::tokens::account::{Account, Tokens, TroubleKind};
use crate::tokens::health::{self, Health};
use crate::tokens::limits;
use crate::tokens::refresh::Reason;
use crate::tokens::schedule::{PUT_BACK, Pace};
use futures_util::future::LocalBoxFuture;
use std::time::Duration;
use together::all_of;

mod together;

/// Browsers hold an alarm back for so long (CHECKLISTS D29); where they do not, more haste would only wake the worker oftener.
const SOONEST: Duration = Duration::from_secs(30);
/// Builds for demo and tests are not held back, and their tokens live for seconds.
const SOONEST_IN_TESTS: Duration = Duration::from_secs(1);
/// What is still due after a care (nothing could be written, say) is not tried again at once and for ever.
const AGAIN: Duration = Duration::from_secs(30);
/// Accounts refreshed at a time. A request that waits in the browser's own queue runs out of time.
const AT_ONCE: usize = 20;

/// Where the last look is written down, for as long as the browser runs.
const LOOKED_KEY: &str = "looked";
/// The archive's record of a watch that the person stopped.
const STOPPED_KEY: &str = "watch:stopped";

impl<P: Platform> App<P> {
    /// The alarm fired (or the browser started): refreshes what is due by the clock, writes down what the clock alone did, then
    /// sets the next alarm.
    pub fn alarm(&self) -> LocalBoxFuture<'_, ()> {
        Box::pin(async {
            self.look_if_watching(false).await;
            self.renew_some_names().await;
        })
    }

    /// `anew`: what failed in passing before says nothing any more, and is tried now.
    async fn look_if_watching(&self, anew: bool) {
        if self.is_watching().await {
            let _looked = self.look(anew).await;
        }
        let _shown = self.publish().await;
    }

    async fn look(&self, anew: bool) -> Result<()> {
        let now = self.now();
        let snapshot = self.snapshot().await?;
        let pace = |account: &Account| Pace::of(&snapshot.settings, account);
        let put_back = self.is_put_back().await;
        if put_back {
            // The alarm goes by the clock that was put back: hours away, perhaps, and this worker may die before it sets the next.
            let _set = self.platform().alarm().set(Some(now.after(AGAIN))).await;
        }
        let reason = |Entry(account, tokens): &Entry| {
            let unknown = tokens.is_renewable()
                && match &tokens.trouble {
                    None => put_back,
                    Some(trouble) => {
                        (anew || put_back) && trouble.kind == TroubleKind::Passing && !trouble.is_to_wait(now)
                    }
                };
            match pace(account).is_due(tokens, now) {
                true => Some((account.id.clone(), Reason::Due)),
                false => unknown.then(|| (account.id.clone(), Reason::NewerThan(tokens.generation))),
            }
        };
        let due: Vec<(String, Reason)> = snapshot.cared_for().iter().filter_map(reason).collect();
        self.refresh_these(&due).await;
        for Entry(account, tokens) in snapshot.cared_for() {
            let state = health::of(tokens, &pace(account), now);
            if matches!(state, Health::Expiring | Health::Expired | Health::ReauthRequired)
                && !due.iter().any(|(id, _)| *id == account.id)
            {
                self.time_passed(&account.id).await;
            }
            self.warn_of_session_end(account, tokens).await;
        }
        let needs_help = |Entry(account, tokens): &Entry| health::of(tokens, &pace(account), now).is_inactive();
        self.tokens().remind(&|id| snapshot.cared_for().iter().any(|each| each.0.id == id && needs_help(each))).await;
        // The moment of the beginning: a clock that was put back meanwhile is seen by the next look.
        Ok(self.platform().session().set(LOOKED_KEY, &json::to_text(&now)).await?)
    }

    async fn looked_at(&self) -> Option<Timestamp> {
        json::from_text(&self.platform().session().get(LOOKED_KEY).await.ok()??)
    }

    /// Whether the clock says less than at the last look. It was put back, and nothing tells how old the tokens are.
    async fn is_put_back(&self) -> bool {
        self.looked_at().await.is_some_and(|looked| self.now() < looked.before(PUT_BACK))
    }

    /// The clock alone changed this account's health: that is written down, and where a sign-in works without a window, it is
    /// tried.
    async fn time_passed(&self, id: &str) {
        let Some(pair) = self.tokens().pair(id).await else { return };
        let pace = self.tokens().pace(&pair.account).await;
        if self.tokens().note_time(&pair, &pace).await && pair.account.registration.can_ask_silently() {
            self.ask_for(&pair.account).await;
        }
    }

    async fn warn_of_session_end(&self, account: &Account, tokens: &Tokens) {
        let Some(end) = limits::session_end(&account.registration, tokens) else { return };
        let whole = end.since(tokens.refreshed_at.unwrap_or(tokens.issued_at));
        if self.now() >= end.before(limits::WARNING.min(whole / 3)) {
            self.tokens().note_session_end(&account.id, end).await;
        }
    }

    async fn refresh_these(&self, due: &[(String, Reason)]) {
        for (id, _) in due {
            self.begin_refresh(id);
        }
        if !due.is_empty() {
            let _shown = self.publish().await;
        }
        self.refresh_some_at_a_time(due, |id| self.end_refresh(id)).await;
    }

    /// Refreshes these accounts, [`AT_ONCE`] at a time, and says of each when it is over. The outcome is stored with its account
    /// and shown from there.
    async fn refresh_some_at_a_time(&self, due: &[(String, Reason)], over: impl Fn(&str)) {
        let over = &over;
        for some in due.chunks(AT_ONCE) {
            all_of(some.iter().map(|(id, reason)| -> LocalBoxFuture<'_, ()> {
                Box::pin(async move {
                    let _outcome = self.tokens().refresh(id, *reason).await;
                    over(id);
                })
            }))
            .await;
        }
    }

    /// The browser started: alarms and pictures may be gone, tokens may have ended.
    pub async fn startup(&self) {
        self.tokens().note_watch(true, "the browser started").await;
        self.wake_up().await;
    }

    /// What every request begins with: a clock that was put back is noticed. The alarm goes by that clock too, and a worker that
    /// runs already is not woken. Names can wait: the request does not wait for them.
    pub(super) async fn watch_the_clock(&self) {
        if self.is_put_back().await {
            self.look_if_watching(false).await;
        }
    }

    /// Everything that a start, or unlocking, makes possible again.
    pub async fn wake_up(&self) {
        // What cannot be mended or tidied now is so at the next start.
        let _mended = self.tokens().mend().await;
        self.publish_if_changed().await;
        self.look_if_watching(true).await;
        let _tidied = self.tokens().sweep().await;
        self.fetch_pictures().await;
    }

    /// The extension was installed or updated.
    pub async fn installed(&self) {
        self.startup().await;
    }

    /// A worker started, for whatever reason: an alarm that is missing, or later than it should be, is set (CHECKLISTS D27). A look
    /// that is overdue is made now: an alarm that came due while the machine slept may take its time.
    pub async fn woke(&self) {
        // A worker that died while it changed the passphrase has left something to do.
        let _settled = self.tokens().settle_vault().await;
        let (Ok(set), Ok(snapshot)) = (self.platform().alarm().get().await, self.snapshot().await) else { return };
        let next = self.next_look(&snapshot).await;
        if next.is_some_and(|next| next <= self.now()) {
            self.alarm().await;
        } else if next.is_some_and(|next| set.is_none_or(|set| next < set)) {
            let _set = self.platform().alarm().set(next).await;
        }
    }

    /// The administrator's policy has changed (a browser may learn of it some seconds after its start).
    pub async fn policy_changed(&self) {
        self.look_again().await;
    }

    /// Something may have been changed without this instance: what it remembers of settings and tokens is read anew, and all is shown.
    pub async fn look_again(&self) {
        self.tokens().settings_changed();
        self.publish_if_changed().await;
    }

    /// Refreshes one account while pages show it as refreshing.
    pub async fn refresh_shown(&self, id: String, reason: Reason) -> Result<Tokens> {
        self.begin_refresh(&id);
        let _shown = self.publish().await;
        let outcome = self.tokens().refresh(&id, reason).await;
        self.end_refresh(&id);
        outcome
    }

    /// Refreshes every account that can be. What fails is stored with its account.
    pub async fn refresh_all(&self) -> Result<()> {
        let snapshot = self.snapshot().await?;
        let renewable = snapshot.cared_for().iter().filter(|entry| entry.1.is_renewable());
        let seen = |Entry(account, tokens): &Entry| (account.id.clone(), Reason::NewerThan(tokens.generation));
        let all: Vec<(String, Reason)> = renewable.map(seen).collect();
        self.refresh_some_at_a_time(&all, |_| {}).await;
        Ok(())
    }

    fn begin_refresh(&self, id: &str) {
        self.0.refreshing.borrow_mut().insert(id.to_owned(), ());
        self.tokens().mark_changed(id);
    }

    /// Also a refresh that changed nothing is over, and pages were told that it is under way.
    fn end_refresh(&self, id: &str) {
        self.0.refreshing.borrow_mut().remove(id);
        self.tokens().mark_changed(id);
    }

    /// Starts or stops the watch. Error: `storage_failed`.
    pub async fn watch(&self, running: bool) -> Result<()> {
        let archive = self.platform().archive();
        let stopped = archive.get(STOPPED_KEY).await?;
        match (running, stopped) {
            (true, Some(record)) => archive.delete_if(STOPPED_KEY, record.revision).await?,
            (false, None) => drop(archive.put_if(STOPPED_KEY, 0, "true").await?),
            _ => return Ok(()),
        }
        self.tokens().note_watch(running, "by hand").await;
        self.tokens().close();
        if running {
            self.alarm().await;
            return Ok(());
        }
        self.publish().await
    }

    async fn is_watching(&self) -> bool {
        !matches!(self.platform().archive().get(STOPPED_KEY).await, Ok(Some(_)))
    }

    /// How the watch is doing.
    pub(super) async fn status(&self) -> Status {
        let alarm = self.platform().alarm().get().await.ok().flatten();
        Status {
            running: self.is_watching().await,
            last_check_at: self.looked_at().await,
            next_check_at: alarm,
            alarm_set: alarm.is_some(),
        }
    }

    /// Sets the one alarm to the next look, or to the moment of locking.
    pub(super) async fn set_alarm(&self, snapshot: &Snapshot) -> Result<()> {
        let soonest = if self.platform().build().loopback { SOONEST_IN_TESTS } else { SOONEST };
        let (now, look, lock) = (self.now(), self.next_look(snapshot).await, self.lock_time(false).await);
        let next = look.into_iter().chain(lock).min();
        let next = next.map(|next| if next <= now { now.after(AGAIN) } else { next.max(now.after(soonest)) });
        Ok(self.platform().alarm().set(next).await?)
    }

    /// Locks after the time without use that the person chose; `used`: a person is at it now. Answers when it is to be asked again.
    pub(super) async fn lock_time(&self, used: bool) -> Option<Timestamp> {
        let minutes = self.tokens().settings().await.auto_lock_minutes;
        let locked = self.tokens().lock_if_idle(minutes, used).await;
        locked.ok().flatten()
    }

    /// The earliest moment at which something is due or an account's health changes, and no later than the interval allows; `None` if
    /// there is nothing to look after.
    async fn next_look(&self, snapshot: &Snapshot) -> Option<Timestamp> {
        if snapshot.cared_for().is_empty() || !self.is_watching().await {
            return None;
        }
        if self.is_put_back().await {
            return Some(self.now());
        }
        let latest = self.now().after(snapshot.settings.check_interval());
        Some(snapshot.next_wake(self.now()).map_or(latest, |next| next.min(latest)))
    }
}
