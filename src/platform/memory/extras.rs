//! The twins of what only some installations have: a policy, notifications, header rules.

use super::life::Life;
use crate::json;
use crate::platform::{HeaderRule, Notify, Policy, Rules, StoreError};
use serde_json::Value;
use std::cell::{Cell, RefCell};

/// Policy, notifications and header rules of this world.
#[derive(Default)]
pub struct Extras {
    policy: RefCell<Option<Value>>,
    notifications: RefCell<Vec<(String, String, String)>>,
    rules: RefCell<Vec<HeaderRule>>,
    refuses_rules: Cell<bool>,
}

impl Extras {
    /// What the administrator sets from now on.
    pub fn set_policy(&self, policy: Value) {
        *self.policy.borrow_mut() = Some(policy);
    }

    /// The notifications that are shown: id, title, text.
    pub fn notifications(&self) -> Vec<(String, String, String)> {
        self.notifications.borrow().clone()
    }

    /// The person takes a notification away.
    pub fn dismiss(&self, id: &str) {
        self.notifications.borrow_mut().retain(|(known, _, _)| known != id);
    }

    /// The header rules in force.
    pub fn rules(&self) -> Vec<HeaderRule> {
        self.rules.borrow().clone()
    }

    /// Whether the permission for header rules is missing.
    pub fn refuse_rules(&self, refused: bool) {
        self.refuses_rules.set(refused);
    }

    pub(super) fn restart(&self) {
        self.notifications.borrow_mut().clear();
        self.rules.borrow_mut().clear();
    }
}

/// The twin of [`Policy`].
#[derive(Clone)]
pub struct MemoryPolicy(pub(super) Life);

impl Policy for MemoryPolicy {
    async fn read(&self) -> Result<Value, StoreError> {
        self.0.call("policy.read", "").await;
        Ok(self.0.world().extras().policy.borrow().clone().unwrap_or_else(|| json::object([])))
    }
}

/// The twin of [`Notify`].
#[derive(Clone)]
pub struct MemoryNotify(pub(super) Life);

impl Notify for MemoryNotify {
    async fn show(&self, id: &str, title: &str, message: &str) -> Result<(), StoreError> {
        self.clear(id).await?;
        let shown = (id.to_owned(), title.to_owned(), message.to_owned());
        self.0.world().extras().notifications.borrow_mut().push(shown);
        Ok(())
    }

    async fn clear(&self, id: &str) -> Result<(), StoreError> {
        self.0.call("notify.clear", id).await;
        self.0.world().extras().notifications.borrow_mut().retain(|(known, _, _)| known != id);
        Ok(())
    }
}

/// The twin of [`Rules`].
#[derive(Clone)]
pub struct MemoryRules(pub(super) Life);

impl Rules for MemoryRules {
    async fn set(&self, rules: &[HeaderRule]) -> Result<(), StoreError> {
        self.0.call("rules.set", "").await;
        let extras = self.0.world().extras();
        if extras.refuses_rules.get() && !rules.is_empty() {
            return Err(StoreError::Failed("the permission is missing".to_owned()));
        }
        *extras.rules.borrow_mut() = rules.to_vec();
        Ok(())
    }
}
