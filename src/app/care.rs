//! Care for the tokens with nobody watching: what the alarm, the browser's start and every worker's start lead to.

use crate::app::App;
use crate::error::Result;
use crate::platform::{Alarm, Platform, Timestamp};
use crate::tokens::account::Tokens;
use crate::tokens::refresh::Reason;
use crate::tokens::schedule;
use futures_util::future::LocalBoxFuture;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

/// An alarm in the past would not fire on every browser; one this close always does.
const SOONEST: Duration = Duration::from_secs(1);
/// What is still due after a care (nothing could be written, say) is not tried again at once and for ever.
const AGAIN: Duration = Duration::from_secs(30);
/// Accounts refreshed at a time. A request that waits in the browser's own queue runs out of time.
const AT_ONCE: usize = 20;

impl<P: Platform> App<P> {
    /// The alarm fired (or the browser started): refreshes what is due by the clock, then sets the next alarm.
    pub async fn alarm(&self) {
        let now = self.now();
        let listing = self.tokens().list().await.unwrap_or_default();
        let is_due = |tokens: &Tokens| schedule::due(tokens).is_some_and(|due| due <= now);
        let due = listing.pairs.into_iter().filter(|pair| is_due(&pair.tokens)).map(|pair| pair.account.id);
        let due: Vec<String> = due.collect();
        for id in &due {
            self.0.refreshing.borrow_mut().insert(id.clone(), ());
        }
        if !due.is_empty() {
            let _shown = self.publish().await;
        }
        for some in due.chunks(AT_ONCE) {
            all_of(some.iter().map(|id| -> LocalBoxFuture<'_, ()> {
                Box::pin(async move {
                    // The outcome is stored with its account and shown from there.
                    let _outcome = self.tokens().refresh(id, Reason::Due).await;
                    self.0.refreshing.borrow_mut().remove(id);
                })
            }))
            .await;
        }
        let _shown = self.publish().await;
        let _set = self.set_alarm().await;
    }

    /// The browser started: alarms and pictures may be gone, tokens may have ended.
    pub async fn startup(&self) {
        self.alarm().await;
        // What cannot be tidied now is tidied at the next start.
        let _tidied = self.tokens().sweep().await;
        self.fetch_pictures().await;
    }

    /// The extension was installed or updated.
    pub async fn installed(&self) {
        self.startup().await;
    }

    /// A worker started, for whatever reason: an alarm that is missing, or later than it should be, is set (CHECKLISTS D27).
    pub async fn woke(&self) {
        let (Ok(set), Ok(snapshot)) = (self.platform().alarm().get().await, self.snapshot().await) else { return };
        let next = self.earliest(snapshot.tokens());
        if next.is_some_and(|next| set.is_none_or(|set| next < set)) {
            let _set = self.platform().alarm().set(next).await;
        }
    }

    /// Refreshes one account while pages show it as refreshing.
    pub async fn refresh_shown(&self, id: String, reason: Reason) -> Result<Tokens> {
        self.0.refreshing.borrow_mut().insert(id.clone(), ());
        let _shown = self.publish().await;
        let outcome = self.tokens().refresh(&id, reason).await;
        self.0.refreshing.borrow_mut().remove(&id);
        // Also a refresh that changed nothing is over, and pages were told that it is under way.
        self.tokens().mark_changed();
        outcome
    }

    /// Sets the one alarm to the earliest moment at which something is due or an account's health changes.
    pub(super) async fn set_alarm(&self) -> Result<()> {
        let listing = self.tokens().list().await?;
        let next = self.earliest(listing.pairs.iter().map(|pair| &pair.tokens));
        Ok(self.platform().alarm().set(next).await?)
    }

    fn earliest<'a>(&self, tokens: impl Iterator<Item = &'a Tokens>) -> Option<Timestamp> {
        let now = self.now();
        let next = tokens.filter_map(|tokens| schedule::next_wake(tokens, now)).min()?;
        Some(if next <= now { now.after(AGAIN) } else { next.max(now.after(SOONEST)) })
    }
}

/// Waits for all of them together. They are few: each is looked at whenever one of them may go on.
async fn all_of<'a>(work: impl Iterator<Item = LocalBoxFuture<'a, ()>>) {
    let mut work: Vec<_> = work.collect();
    poll_fn(|context| {
        work.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if work.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
