//! Care for the tokens with nobody watching: what the alarm, the browser's start and every worker's start lead to.

use crate::app::App;
use crate::error::Result;
use crate::platform::{Alarm, Platform, Timestamp};
use crate::tokens::account::Tokens;
use crate::tokens::refresh::Reason;
use crate::tokens::schedule;
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
        let work: Vec<_> = due.map(|id| self.refresh_shown(id, Reason::Due)).collect();
        // Each outcome is stored with its account and shown from there.
        let _outcomes = futures_util::future::join_all(work).await;
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
        self.0.refreshing.borrow_mut().insert(id.clone());
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
