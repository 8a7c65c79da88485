//! The REST API of Jira: version 3 as Cloud has it, version 2 as Data Center has it.

use crate::state::Sim;
use axum::Router;

mod adf;
mod agile;
mod attachments;
pub(crate) mod auth;
pub(crate) mod avatar;
mod bulk;
mod call;
mod change;
mod comments;
pub(crate) mod cross_site;
pub(crate) mod data_center;
mod field_list;
mod fields;
mod history;
mod issue;
pub(crate) mod limits;
mod links;
mod many;
mod metadata;
pub(crate) mod outline;
mod page_token;
mod people;
mod permissions;
mod project;
mod queries;
mod rank;
mod refusal;
mod rich;
pub(crate) mod routes;
mod screen;
mod search;
#[cfg(test)]
mod tests;
mod transitions;
mod values;
mod watch;
mod wiki;
mod worklogs;
mod write;

/// Which of the two products answers: their people and texts look different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    Cloud,
    DataCenter,
}

/// Where the addresses in answers begin, and in whose manner they are written.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) product: Product,
    /// `http://127.0.0.1:PORT`
    pub(crate) base: String,
    /// What `self` begins with: the site's address with `/rest/api/3` or `/rest/api/2`.
    pub(crate) rest: String,
}

impl Place {
    /// A Cloud site, by the address that its answers name themselves by.
    fn cloud(sim: &Sim, cloud_id: &str) -> Self {
        let base = sim.base().to_owned();
        Self { product: Product::Cloud, rest: format!("{base}/api/ex/jira/{cloud_id}/rest/api/3"), base }
    }

    /// The Data Center.
    fn data_center(sim: &Sim) -> Self {
        let base = sim.base().to_owned();
        Self { product: Product::DataCenter, rest: format!("{base}/dc/rest/api/2"), base }
    }
}

/// Both products.
pub(crate) fn router() -> Router<Sim> {
    routes::router().fallback(refusal::nothing_here)
}
