//! The picture of all accounts: without any token, kept in the session store, so that the first paint needs no vault.
//!
//! It is changed account by account: what a change costs does not grow with the accounts there are.

use crate::app::App;
use crate::app::overview::{MOST_AT_FIRST, Status};
use crate::app::pictures::Pictures;
use crate::command::Page;
use crate::error::Result;
use crate::json;
use crate::platform::{Badge, Platform, Push, SessionStore, Timestamp};
use crate::settings::Settings;
use crate::tokens::accounts::{Listing, Pair};
use crate::tokens::marks::{Changed, PREPARED_KEY, SNAPSHOT_KEY};
use crate::tokens::schedule::Pace;
use crate::tokens::vault::LockState;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use std::cell::Cell;
use std::time::Duration;

mod kept;

pub use kept::{Entry, Kept, LastKept};

use kept::without_secrets;

/// Nothing is prepared for longer than this.
const LONGEST_PREPARED: Duration = Duration::from_secs(24 * 60 * 60);
/// Of more changes at once pages are sent the whole.
const ONE_BY_ONE: usize = 20;

/// What is known of all accounts; health is made from it and the clock when it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) kept: Kept,
    /// Whether `kept` is what the session store holds.
    is_kept: bool,
    pub(super) pictures: Pictures,
    pub(super) settings: Settings,
    pub(super) status: Status,
}

impl Snapshot {
    /// The accounts that are looked after: none while locked.
    pub(super) fn cared_for(&self) -> &[Entry] {
        if self.kept.lock == LockState::Locked { &[] } else { &self.kept.entries }
    }

    /// The earliest moment at which something is due, or an account's health changes by itself.
    pub(super) fn next_wake(&self, now: Timestamp) -> Option<Timestamp> {
        let wake = |Entry(account, tokens): &Entry| Pace::of(&self.settings, account).next_wake(tokens, now);
        self.cared_for().iter().filter_map(wake).min()
    }

    /// Puts an account in its place (of those of one moment, the later comes after), or takes it out.
    fn place(&mut self, id: &str, pair: Option<Pair>) {
        self.is_kept = false;
        let entries = &mut self.kept.entries;
        let known = entries.iter().position(|entry| entry.0.id == id);
        match (known, pair.map(without_secrets)) {
            (Some(at), Some(entry)) => entries[at] = entry,
            (Some(at), None) => drop(entries.remove(at)),
            (None, Some(entry)) => {
                let at = entries.partition_point(|known| known.0.created_at <= entry.0.created_at);
                entries.insert(at, entry);
            }
            (None, None) => {}
        }
    }
}

/// Whether somebody is at it, until dropped.
struct Publishing<'a>(&'a Cell<bool>);

impl Drop for Publishing<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<P: Platform> App<P> {
    /// The picture as it is kept, brought up to date; or a new one.
    pub(super) async fn snapshot(&self) -> Result<Snapshot> {
        let marked = self.tokens().marked().await?;
        match self.kept().await? {
            Some(kept) if !self.tokens().is_all_marked() => {
                let mut snapshot = Snapshot { kept, is_kept: true, ..Snapshot::default() };
                self.refill(&mut snapshot, &marked).await;
                snapshot.status = self.status().await;
                Ok(snapshot)
            }
            _ => {
                let number = self.0.pictures.get();
                let mut snapshot = Snapshot { kept: self.whole().await?, ..Snapshot::default() };
                self.refill(&mut snapshot, &[]).await;
                snapshot.status = self.status().await;
                // One that was begun later may know more, and have been written first: rather none than an old one.
                let settled = !self.tokens().is_all_marked() && self.tokens().marked().await?.is_empty();
                if self.0.pictures.get() == number && settled {
                    self.keep(&snapshot).await?;
                }
                Ok(snapshot)
            }
        }
    }

    /// Sets the alarm by the accounts as they are now, and shows all open pages what has changed, and the toolbar button the
    /// accounts' health. Of several at once, one does the work of all.
    pub fn publish(&self) -> LocalBoxFuture<'_, Result<()>> {
        Box::pin(self.publish_in_turn())
    }

    async fn publish_in_turn(&self) -> Result<()> {
        if self.0.publishing.replace(true) {
            return Ok(());
        }
        let _publishing = Publishing(&self.0.publishing);
        loop {
            let changed = self.tokens().take_changed().await?;
            self.publish_these(&changed).await?;
            if !self.tokens().has_changed_again() {
                return Ok(());
            }
        }
    }

    /// [`App::publish`], if anything about the accounts has changed. A failure to show is no failure of what was done: pages
    /// ask again when they open.
    pub(super) async fn publish_if_changed(&self) {
        if self.tokens().has_changed() {
            let _shown = self.publish().await;
        }
    }

    async fn publish_these(&self, changed: &Changed) -> Result<()> {
        self.0.pictures.set(self.0.pictures.get() + 1);
        let (kept, is_kept) = match self.kept().await? {
            Some(kept) if !changed.all => (kept, true),
            _ => (self.whole().await?, false),
        };
        let mut snapshot = Snapshot { kept, is_kept, ..Snapshot::default() };
        let unread = self.refill(&mut snapshot, &changed.ids).await;
        self.set_alarm(&snapshot).await?;
        snapshot.status = self.status().await;
        self.push_changes(&snapshot, changed);
        // What cannot be kept (no room, say) is shown all the same, and stays marked.
        let kept = self.keep(&snapshot).await;
        self.show_badge(&snapshot).await?;
        kept?;
        self.tokens().shown(unread).await
    }

    fn push_changes(&self, snapshot: &Snapshot, changed: &Changed) {
        let status = json::to_value(&snapshot.status);
        let found = |id: &String| snapshot.kept.entries.iter().find(|entry| entry.0.id == *id);
        let entries: Option<Vec<&Entry>> = changed.ids.iter().map(found).collect();
        match entries {
            Some(entries) if !changed.all && entries.len() <= ONE_BY_ONE => {
                for entry in entries {
                    let account = json::to_value(&self.view(entry, snapshot));
                    self.push_event(json::object([
                        ("kind", "account".into()),
                        ("account", account),
                        ("status", status.clone()),
                    ]));
                }
            }
            _ => {
                let overview = json::to_value(&self.render(snapshot, MOST_AT_FIRST));
                self.push_event(json::object([("kind", "overview".into()), ("overview", overview)]));
            }
        }
    }

    async fn show_badge(&self, snapshot: &Snapshot) -> Result<()> {
        let entries = snapshot.kept.entries.iter();
        let many = entries.filter(|entry| self.health_of(entry, snapshot).is_inactive()).count();
        let (text, title) = match many {
            0 if snapshot.kept.lock == LockState::Locked => ("", "badge_locked"),
            0 => ("", "extension_name"),
            1 => ("!", "badge_one"),
            _ => ("!", "badge_many"),
        };
        Ok(self.platform().badge().show(text, title, many).await?)
    }

    /// Sends an event to every open page.
    pub(super) fn push_event(&self, event: Value) {
        let message = json::object([("event", event)]);
        for port in self.platform().push().ports() {
            self.platform().push().post(port, &message);
        }
    }

    /// What the session store holds, made from its text once.
    async fn kept(&self) -> Result<Option<Kept>> {
        let Some(text) = self.platform().session().get(SNAPSHOT_KEY).await? else { return Ok(None) };
        let mut last = self.0.last_kept.0.borrow_mut();
        if last.0 != text {
            let Some(kept) = json::from_text(&text) else { return Ok(None) };
            *last = (text, kept);
        }
        Ok(Some(last.1.clone()))
    }

    /// The accounts from the vault, for a new picture. While it is locked, the accounts that were known before stay to be seen, until the browser
    /// ends.
    async fn whole(&self) -> Result<Kept> {
        let Listing { pairs, unreadable, newer, lock } = self.tokens().list().await?;
        let entries = match lock {
            LockState::Locked => self.kept().await?.map(|kept| kept.entries).unwrap_or_default(),
            LockState::None | LockState::Unlocked => pairs.into_iter().map(without_secrets).collect(),
        };
        Ok(Kept { entries, unreadable, newer, lock })
    }

    /// Reads these accounts anew, and pictures and settings. Answers those that could not be read now: they are
    /// as they were, for an account that is not in the picture is not looked after.
    async fn refill(&self, snapshot: &mut Snapshot, ids: &[String]) -> Vec<String> {
        let readable = snapshot.kept.lock != LockState::Locked;
        let mut unread = Vec::new();
        for id in ids.iter().filter(|_| readable) {
            match self.tokens().pair_or_fail(id).await {
                Ok(pair) => snapshot.place(id, pair),
                Err(_for_now) => unread.push(id.clone()),
            }
        }
        snapshot.pictures = Pictures::kept(self.platform()).await;
        snapshot.settings = (*self.tokens().settings().await).clone();
        unread
    }

    async fn keep(&self, snapshot: &Snapshot) -> Result<()> {
        let session = self.platform().session();
        if !snapshot.is_kept {
            let text = json::to_text(&snapshot.kept);
            session.set(SNAPSHOT_KEY, &text).await?;
            self.0.last_kept.0.replace((text, snapshot.kept.clone()));
        }
        let prepared = self.prepared(snapshot);
        Ok(session.set(PREPARED_KEY, &json::text_of(&prepared)).await?)
    }

    /// The answer to `overview`, for pages and the worker's script to take while this module is still loading: which pages may have it,
    /// and until when nothing in it changes by itself. `null` while something is under way.
    fn prepared(&self, snapshot: &Snapshot) -> Value {
        if !self.0.refreshing.borrow().is_empty() {
            return Value::Null;
        }
        let (now, build) = (self.now(), self.platform().build());
        let next = snapshot.next_wake(now);
        let pages: Vec<String> = Page::PAGES.iter().map(|page| format!("{}{}", build.page_root, page.1)).collect();
        let value = json::to_value(&self.render(snapshot, MOST_AT_FIRST));
        json::object([
            ("until", json::to_value(&next.unwrap_or(now.after(LONGEST_PREPARED)))),
            ("pages", json::to_value(&pages)),
            ("answer", json::object([("ok", true.into()), ("value", value)])),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_the_worker_s_script_ask_early_for_what_is_prepared() {
        let script = include_str!("../../www/lib/prepared.js");
        assert!(script.contains(&format!("const PREPARED = \"{PREPARED_KEY}\";")));
    }
}
