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

impl<P: Platform> App<P> {
    /// The alarm fired (or the browser started): refreshes what is due by the clock, then sets the next alarm.
    pub async fn alarm(&self) {
        let now = self.now();
        let listing = self.tokens().list().await.unwrap_or_default();
        let is_due = |tokens: &Tokens| schedule::due(tokens).is_some_and(|due| due <= now);
        let due = listing.pairs.iter().filter(|pair| is_due(&pair.tokens)).map(|pair| pair.account.id.clone());
        all_of(due.map(|id| -> LocalBoxFuture<'_, ()> {
            Box::pin(async move {
                // The outcome is stored with its account and shown from there.
                let _outcome = self.refresh_shown(id, Reason::Due).await;
            })
        }))
        .await;
        let _shown = self.publish().await;
        let _set = self.set_alarm().await;
    }

    /// The browser started: alarms and pictures may be gone, tokens may have ended.
    pub async fn startup(&self) {
        self.alarm().await;
        self.fetch_pictures().await;
    }

    /// The extension was installed or updated.
    pub async fn installed(&self) {
        self.startup().await;
    }

    /// A worker started, for whatever reason: an alarm that is missing is set again (CHECKLISTS D27).
    pub async fn woke(&self) {
        if matches!(self.platform().alarm().get().await, Ok(None)) {
            let _set = self.set_alarm().await;
        }
    }

    /// Refreshes one account while pages show it as refreshing.
    pub async fn refresh_shown(&self, id: String, reason: Reason) -> Result<Tokens> {
        self.0.refreshing.borrow_mut().insert(id.clone(), ());
        let _shown = self.publish().await;
        let outcome = self.tokens().refresh(&id, reason).await;
        self.0.refreshing.borrow_mut().remove(&id);
        outcome
    }

    /// Sets the one alarm to the earliest moment at which something is due or an account's health changes.
    pub(super) async fn set_alarm(&self) -> Result<()> {
        let now = self.now();
        let listing = self.tokens().list().await?;
        let next: Option<Timestamp> =
            listing.pairs.iter().filter_map(|pair| schedule::next_wake(&pair.tokens, now)).min();
        Ok(self.platform().alarm().set(next.map(|next| next.max(now.after(SOONEST)))).await?)
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
