//! The picture of all accounts: without any token, kept in the session store, so that the first paint needs no vault.
//!
//! It is changed account by account: what a change costs does not grow with the accounts there are.

use crate::app::App;
use crate::app::overview::{AccountView, Overview, Status};
use crate::app::pictures::Pictures;
use crate::command::Page;
use crate::error::Result;
use crate::json::{self, Read};
use crate::oauth::client::ClientAuthentication;
use crate::platform::{Badge, Platform, Push, SessionStore, Timestamp};
use crate::readable;
use crate::secret::Secret;
use crate::settings::Settings;
use crate::tokens::account::{Account, Tokens};
use crate::tokens::accounts::{Listing, Pair};
use crate::tokens::marks::{Changed, PREPARED_KEY, SNAPSHOT_KEY};
use crate::tokens::schedule::Pace;
use crate::tokens::vault::LockState;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;
use std::cell::Cell;
use std::time::Duration;

/// Nothing is prepared for longer than this.
const LONGEST_PREPARED: Duration = Duration::from_secs(24 * 60 * 60);
/// Of more changes at once pages are sent the whole.
const ONE_BY_ONE: usize = 20;

/// An account and its tokens with every secret taken out.
#[derive(Clone, Debug, Serialize)]
pub struct Entry(pub(super) Account, pub(super) Tokens);

impl Read for Entry {
    fn read(data: &Value) -> Option<Self> {
        Some(Self(Read::read(&data[0])?, Read::read(&data[1])?))
    }
}

/// What is kept; health is made from it and the clock when it is asked for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Snapshot {
    pub(super) entries: Vec<Entry>,
    pub(super) unreadable: bool,
    /// Those of the accounts, so that the first paint takes one look into the session store.
    pub(super) pictures: Pictures,
    pub(super) settings: Settings,
    pub(super) status: Status,
    /// Whether a newer version of us wrote records that are not shown.
    pub(super) newer: bool,
    /// While locked, the accounts are those of before.
    pub(super) lock: LockState,
}

readable!(Snapshot { entries, unreadable; pictures, settings, status, newer, lock });

impl Snapshot {
    /// The accounts that are looked after: none while locked.
    pub(super) fn cared_for(&self) -> &[Entry] {
        if self.lock == LockState::Locked { &[] } else { &self.entries }
    }

    /// The earliest moment at which something is due, or an account's health changes by itself.
    pub(super) fn next_wake(&self, now: Timestamp) -> Option<Timestamp> {
        let wake = |Entry(account, tokens): &Entry| Pace::of(&self.settings, account).next_wake(tokens, now);
        self.cared_for().iter().filter_map(wake).min()
    }

    /// Puts an account in its place (of those of one moment, the later comes after), or takes it out.
    fn place(&mut self, id: &str, pair: Option<Pair>) {
        let known = self.entries.iter().position(|entry| entry.0.id == id);
        let entry = pair.map(without_secrets);
        match (known, entry) {
            (Some(at), Some(entry)) => self.entries[at] = entry,
            (Some(at), None) => drop(self.entries.remove(at)),
            (None, Some(entry)) => {
                let at = self.entries.partition_point(|known| known.0.created_at <= entry.0.created_at);
                self.entries.insert(at, entry);
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
            Some(mut snapshot) if !self.tokens().is_all_marked() => {
                self.refill(&mut snapshot, &marked).await;
                snapshot.status = self.status().await;
                Ok(snapshot)
            }
            _ => {
                let number = self.0.pictures.get();
                let mut snapshot = self.whole().await?;
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
        let mut snapshot = match self.kept().await? {
            Some(kept) if !changed.all => kept,
            _ => self.whole().await?,
        };
        let unread = self.refill(&mut snapshot, &changed.ids).await;
        self.set_alarm(&snapshot).await?;
        snapshot.status = self.status().await;
        let overview = self.render(&snapshot);
        self.push_changes(&overview, changed);
        // What cannot be kept (no room, say) is shown all the same, and stays marked.
        let kept = self.keep(&snapshot).await;
        self.show_badge(&overview.accounts).await?;
        kept?;
        self.tokens().shown(unread).await
    }

    fn push_changes(&self, overview: &Overview, changed: &Changed) {
        let found = |id: &String| overview.accounts.iter().find(|account| account.id == *id);
        let accounts: Option<Vec<&AccountView>> = changed.ids.iter().map(found).collect();
        match accounts {
            Some(accounts) if !changed.all && accounts.len() <= ONE_BY_ONE => {
                for account in accounts {
                    let account = json::to_value(account);
                    self.push_event(json::object([
                        ("kind", "account".into()),
                        ("account", account),
                        ("status", json::to_value(&overview.status)),
                    ]));
                }
            }
            _ => self.push_event(json::object([("kind", "overview".into()), ("overview", json::to_value(overview))])),
        }
    }

    async fn show_badge(&self, accounts: &[AccountView]) -> Result<()> {
        let (text, title) = match accounts.iter().filter(|account| account.health.is_inactive()).count() {
            0 => ("", "Chat for Jira".to_owned()),
            1 => ("!", "Chat for Jira: one account needs you".to_owned()),
            many => ("!", format!("Chat for Jira: {many} accounts need you")),
        };
        Ok(self.platform().badge().show(text, &title).await?)
    }

    /// Sends an event to every open page.
    pub(super) fn push_event(&self, event: Value) {
        let message = json::object([("event", event)]);
        for port in self.platform().push().ports() {
            self.platform().push().post(port, &message);
        }
    }

    async fn kept(&self) -> Result<Option<Snapshot>> {
        let kept = self.platform().session().get(SNAPSHOT_KEY).await?;
        Ok(kept.and_then(|text| json::from_text(&text)))
    }

    /// The accounts from the vault, for a new picture. While it is locked, the accounts that were known before stay to be seen, until the browser
    /// ends.
    async fn whole(&self) -> Result<Snapshot> {
        let Listing { pairs, unreadable, newer, lock } = self.tokens().list().await?;
        let entries = match lock {
            LockState::Locked => self.kept().await?.map(|kept| kept.entries).unwrap_or_default(),
            LockState::None | LockState::Unlocked => pairs.into_iter().map(without_secrets).collect(),
        };
        Ok(Snapshot { entries, unreadable, newer, lock, ..Snapshot::default() })
    }

    /// Reads these accounts anew, and pictures and settings. Answers those that could not be read now: they are
    /// as they were, for an account that is not in the picture is not looked after.
    async fn refill(&self, snapshot: &mut Snapshot, ids: &[String]) -> Vec<String> {
        let readable = snapshot.lock != LockState::Locked;
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
        session.set(SNAPSHOT_KEY, &json::to_text(snapshot)).await?;
        let prepared = self.prepared(snapshot);
        Ok(session.set(PREPARED_KEY, &json::text_of(&prepared)).await?)
    }

    /// The answer to `overview`, for the worker's script to give while this module is still loading: which pages may have it,
    /// and until when nothing in it changes by itself. `null` while something is under way.
    fn prepared(&self, snapshot: &Snapshot) -> Value {
        if !self.0.refreshing.borrow().is_empty() {
            return Value::Null;
        }
        let (now, build) = (self.now(), self.platform().build());
        let next = snapshot.next_wake(now);
        let pages: Vec<String> = Page::ALL.iter().map(|page| format!("{}{}", build.page_root, page.path())).collect();
        let value = json::to_value(&self.render(snapshot));
        json::object([
            ("until", json::to_value(&next.unwrap_or(now.after(LONGEST_PREPARED)))),
            ("pages", json::to_value(&pages)),
            ("answer", json::object([("ok", true.into()), ("value", value)])),
        ])
    }
}

/// Health asks only whether there is a token, so a mark takes the place of each.
fn without_secrets(pair: Pair) -> Entry {
    let Pair { mut account, mut tokens } = pair;
    let mark = |token: &Secret| Secret::new(if token.is_empty() { "" } else { "…" });
    account.registration.authentication = ClientAuthentication::None;
    tokens.access_token = mark(&tokens.access_token);
    tokens.refresh_token = tokens.refresh_token.as_ref().map(mark);
    Entry(account, tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_s_script_asks_early_for_what_is_prepared() {
        let script = include_str!("../../extension/backend.js");
        assert!(script.contains(&format!("const PREPARED = \"{PREPARED_KEY}\";")));
    }
}
