//! The sample data: a travel company, Harborline, that sells ferry and train journeys, and its small research lab.
//!
//! Made from a seed and a moment: the same two give the same data, down to the byte.

pub(crate) mod catalog;
mod dice;
pub(crate) mod export;
mod generate;
mod material;
pub(crate) mod model;
mod people;
mod projects;
mod prose;
#[cfg(test)]
mod tests;
pub(crate) mod workflow;

pub(crate) use model::{Issue, Site, User};

use std::sync::Arc;

/// All sites of the one person that uses the simulator.
#[derive(Debug)]
pub(crate) struct World {
    /// The large one first.
    pub(crate) sites: Vec<Arc<Site>>,
}

impl World {
    /// The data for a seed, as it stands at `now`.
    pub(crate) fn generate(seed: u64, now: i64) -> Self {
        Self { sites: projects::PLANS.iter().map(|plan| Arc::new(generate::site(plan, seed, now))).collect() }
    }

    /// Everybody, on every site.
    pub(crate) fn users(&self) -> &[User] {
        self.sites.first().map_or(&[], |site| &site.users)
    }

    /// The person with this accountId.
    pub(crate) fn user(&self, account_id: &str) -> Option<&User> {
        self.users().iter().find(|user| user.account_id == account_id)
    }

    /// The default person.
    pub(crate) fn me(&self) -> &User {
        let site = &self.sites[0];
        self.user(&site.me).unwrap_or(&site.users[0])
    }
}
