//! The twins of what surrounds the worker: consent window, alarm, pages, permissions, toolbar button.

use super::EXTENSION;
use super::life::Life;
use crate::platform::{
    ALARM_AGAIN, Alarm, Badge, Consent, ConsentError, Permissions, PortId, Push, StoreError, Timestamp,
};
use crate::secret::Secret;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the person does with a consent window: gets its address and whether it is shown, answers how it ends; `None`: it
/// stays open.
pub type ConsentHandler = Box<dyn FnMut(&str, bool) -> Option<Result<String, ConsentError>>>;

/// What surrounds the worker.
pub struct Edge {
    person: RefCell<Option<ConsentHandler>>,
    windows: RefCell<Vec<(String, bool)>>,
    alarm: Cell<Option<Timestamp>>,
    granted: RefCell<BTreeSet<String>>,
    badge: RefCell<(String, String)>,
}

impl Default for Edge {
    fn default() -> Self {
        let granted =
            ["https://api.atlassian.com/*", "https://auth.atlassian.com/*", "alarms"].map(str::to_owned).into();
        Self {
            person: RefCell::default(),
            windows: RefCell::default(),
            alarm: Cell::default(),
            granted: RefCell::new(granted),
            badge: RefCell::default(),
        }
    }
}

impl Edge {
    /// From now on consent windows end as `person` says. Without it the person closes every window.
    pub fn on_consent(&self, person: impl FnMut(&str, bool) -> Option<Result<String, ConsentError>> + 'static) {
        *self.person.borrow_mut() = Some(Box::new(person));
    }

    /// The addresses of all consent windows so far, and whether each was shown.
    pub fn windows(&self) -> Vec<(String, bool)> {
        self.windows.borrow().clone()
    }

    /// What the alarm is set to.
    pub fn alarm(&self) -> Option<Timestamp> {
        self.alarm.get()
    }

    /// The browser lost the alarm.
    pub fn clear_alarm(&self) {
        self.alarm.set(None);
    }

    /// The person grants a host (a match pattern) or a permission (its name).
    pub fn grant(&self, origin: &str) {
        self.granted.borrow_mut().insert(origin.to_owned());
    }

    /// The person withdraws a host or a permission.
    pub fn withdraw(&self, origin: &str) {
        self.granted.borrow_mut().remove(origin);
    }

    /// The badge's text and the name of its title.
    pub fn badge(&self) -> (String, String) {
        self.badge.borrow().clone()
    }

    /// The alarm has fired, by a clock that shows this: it is set to fire again.
    fn fired(&self, now: Timestamp) {
        self.alarm.set(Some(now.after(ALARM_AGAIN)));
    }

    pub(super) fn restart(&self) {
        self.clear_alarm();
        self.badge.take();
    }
}

impl super::World {
    /// The alarm fires. What it leads to is up to the caller.
    pub fn fire_alarm(&self) {
        self.edge().fired(self.now());
    }
}

/// The twin of [`Consent`].
#[derive(Clone)]
pub struct MemoryConsent(pub(super) Life);

impl Consent for MemoryConsent {
    fn redirect_uri(&self) -> String {
        format!("https://{EXTENSION}.chromiumapp.org/oauth")
    }

    async fn launch(&self, url: &str, interactive: bool) -> Result<Secret, ConsentError> {
        self.0.call("consent.launch", url).await;
        let edge = &self.0.world().0.edge;
        edge.windows.borrow_mut().push((url.to_owned(), interactive));
        // Taken out while it runs: the handler may ask this world for its windows or give itself a successor.
        let person = edge.person.borrow_mut().take();
        let Some(mut person) = person else { return Err(ConsentError::Closed) };
        let end = person(url, interactive);
        edge.person.borrow_mut().get_or_insert(person);
        match end {
            Some(end) => end.map(Secret::from),
            None => std::future::pending().await,
        }
    }
}

/// The twin of [`Alarm`].
#[derive(Clone)]
pub struct MemoryAlarm(pub(super) Life);

impl Alarm for MemoryAlarm {
    async fn set(&self, at: Option<Timestamp>) -> Result<(), StoreError> {
        self.0.call("alarm.set", "").await;
        self.0.world().0.edge.alarm.set(at);
        Ok(())
    }

    async fn get(&self) -> Result<Option<Timestamp>, StoreError> {
        self.0.call("alarm.get", "").await;
        Ok(self.0.world().0.edge.alarm.get())
    }
}

/// The messages of one worker to its pages.
#[derive(Default)]
pub struct Messages {
    open: RefCell<BTreeMap<PortId, Vec<Value>>>,
}

impl Messages {
    /// A page has connected.
    pub fn connect(&self, port: PortId) {
        self.open.borrow_mut().entry(port).or_default();
    }

    /// A page has gone.
    pub fn disconnect(&self, port: PortId) {
        self.open.borrow_mut().remove(&port);
    }

    /// Takes what came for a page since the last time, oldest first.
    pub fn take(&self, port: PortId) -> Vec<Value> {
        self.open.borrow_mut().get_mut(&port).map(std::mem::take).unwrap_or_default()
    }
}

/// The twin of [`Push`].
#[derive(Clone)]
pub struct MemoryPush {
    life: Life,
    messages: Rc<Messages>,
}

impl MemoryPush {
    pub(super) fn new(life: Life) -> Self {
        Self { life, messages: Rc::default() }
    }

    pub(super) fn messages(&self) -> &Messages {
        &self.messages
    }
}

impl Push for MemoryPush {
    fn post(&self, port: PortId, message: &Value) {
        if self.life.is_dead() {
            return;
        }
        if let Some(inbox) = self.messages.open.borrow_mut().get_mut(&port) {
            inbox.push(message.clone());
        }
    }

    fn ports(&self) -> Vec<PortId> {
        self.messages.open.borrow().keys().copied().collect()
    }
}

/// The twin of [`Permissions`].
#[derive(Clone)]
pub struct MemoryPermissions(pub(super) Life);

impl Permissions for MemoryPermissions {
    async fn granted(&self, origins: &[String], permissions: &[&str]) -> Result<bool, StoreError> {
        self.0.call("permissions.granted", "").await;
        let granted = self.0.world().0.edge.granted.borrow();
        let all = granted.contains("https://*/*");
        let hosts = origins.iter().all(|origin| granted.contains(origin) || (all && origin.starts_with("https://")));
        Ok(hosts && permissions.iter().all(|permission| granted.contains(*permission)))
    }
}

/// The twin of [`Badge`].
#[derive(Clone)]
pub struct MemoryBadge(pub(super) Life);

impl Badge for MemoryBadge {
    async fn show(&self, text: &str, title: &str, _many: usize) -> Result<(), StoreError> {
        self.0.call("badge.show", text).await;
        *self.0.world().0.edge.badge.borrow_mut() = (text.to_owned(), title.to_owned());
        Ok(())
    }
}
