//! The authorization server: what the three providers share. What differs between them is in [`Provider`].

use crate::state::Sim;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use serde::Serialize;

pub(crate) mod authorize;
pub(crate) mod clients;
pub(crate) mod entra;
pub(crate) mod grants;
mod pages;
pub(crate) mod revoke;
mod session;
pub(crate) mod standing;
#[cfg(test)]
mod tests;
pub(crate) mod token;

/// The kinds of server that the simulator plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Provider {
    /// auth.atlassian.com
    Cloud,
    /// Jira Data Center's own provider.
    DataCenter,
    /// A server that keeps to the standards.
    Generic,
    /// Microsoft Entra ID.
    Entra,
}

impl Provider {
    /// Where this provider's own pages live.
    pub(crate) fn root(self) -> &'static str {
        match self {
            Self::Cloud => "/auth",
            Self::DataCenter => "/dc/rest/oauth2/latest",
            Self::Generic => "/generic",
            Self::Entra => "/entra",
        }
    }

    /// The name on the pages.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Cloud => "Jira Cloud",
            Self::DataCenter => "Jira Data Center",
            Self::Generic => "OpenID Connect",
            Self::Entra => "Microsoft Entra ID",
        }
    }
}

/// The pages and endpoints of all providers.
pub(crate) fn router() -> Router<Sim> {
    let mut router = Router::new()
        .route("/auth/oauth/token", post(token::cloud))
        .route("/auth/oauth/revoke", post(revoke::cloud))
        .route("/dc/rest/oauth2/latest/token", post(token::data_center))
        .route("/generic/token", post(token::generic))
        .route("/generic/revoke", post(revoke::generic));
    for provider in [Provider::Cloud, Provider::DataCenter, Provider::Generic, Provider::Entra] {
        let at = |name: &str| format!("{}/{name}", provider.root());
        router = router.route(&at("login"), post(authorize::login)).route(&at("consent"), post(authorize::decide));
        router = router.route(&at("account"), post(authorize::choose));
        if provider != Provider::Entra {
            let start = move |State(sim): State<Sim>, headers: HeaderMap, query: RawQuery| async move {
                authorize::start(provider, &sim, &headers, &query)
            };
            router = router.route(&at("authorize"), get(start));
        }
    }
    router.merge(entra::router())
}
