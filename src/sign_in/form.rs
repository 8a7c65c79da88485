//! The connect form: what a person types, checked while typing.

use crate::oauth::address::{self, AddressError};
use crate::oauth::provider::{ProviderKind, jira_cloud};
use crate::readable;
use crate::secret::Secret;
use serde::Serialize;

#[cfg(test)]
mod tests;

/// What the connect form holds; an empty text means that it is not filled in.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConnectForm {
    /// Which kind of server.
    pub provider: ProviderKind,
    /// How the client proves itself.
    pub client: ClientChoice,
    /// A broker's base address.
    pub broker_url: String,
    /// The app's id.
    pub client_id: String,
    /// The app's secret.
    #[cfg_attr(test, ts(type = "string"))]
    pub client_secret: Secret,
    /// Data Center: the base address.
    pub base_url: String,
    /// Other servers: the issuer, for discovery.
    pub issuer: String,
    /// Other servers: where people consent, if there is no discovery.
    pub authorization_endpoint: String,
    /// Other servers: where codes are exchanged, if there is no discovery.
    pub token_endpoint: String,
    /// Other servers: what to ask for, with spaces between.
    pub scopes: String,
    /// Demo and test builds: the simulator's address in place of Atlassian's.
    pub simulator: String,
}

readable!(ConnectForm {
    provider, client;
    broker_url, client_id, client_secret, base_url, issuer, authorization_endpoint, token_endpoint, scopes, simulator
});

/// How the client proves itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "snake_case"))]
pub enum ClientChoice {
    /// A team's server holds the secret.
    Broker,
    /// The company's own app: id and secret.
    OwnApp,
    /// No secret at all.
    Public,
}

readable!(ClientChoice: Broker "broker", OwnApp "own_app", Public "public");

/// One thing that is wrong with the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FormProblem {
    /// The field's name.
    #[cfg_attr(test, ts(type = "keyof ConnectForm"))]
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl ConnectForm {
    /// Everything that is wrong, in the order of the fields. `loopback`: whether plain http to this machine is allowed.
    pub fn problems(&self, loopback: bool) -> Vec<FormProblem> {
        let mut found = Vec::new();
        let mut check = |field, message: Option<String>| {
            found.extend(message.map(|message| FormProblem { field, message }));
        };
        if self.client == ClientChoice::Broker {
            check("broker_url", base_problem(&self.broker_url, "broker's address", loopback));
        } else {
            check("client_id", self.client_id.trim().is_empty().then(|| "Paste the client id of the app.".to_owned()));
        }
        check("client_secret", self.secret_problem());
        match self.provider {
            ProviderKind::JiraCloud => {}
            ProviderKind::JiraDataCenter => {
                check("base_url", base_problem(&self.base_url, "address of your Jira", loopback))
            }
            ProviderKind::Other if self.uses_discovery() => {
                check("issuer", base_problem(&self.issuer, "issuer", loopback));
            }
            ProviderKind::Other => {
                check(
                    "authorization_endpoint",
                    problem(&self.authorization_endpoint, "authorization endpoint", loopback),
                );
                check("token_endpoint", problem(&self.token_endpoint, "token endpoint", loopback));
            }
        }
        if !self.simulator.trim().is_empty() {
            let refused = || "This build talks to Atlassian only. Leave this field empty.".to_owned();
            let message =
                if loopback { base_problem(&self.simulator, "simulator's address", true) } else { Some(refused()) };
            check("simulator", message);
        }
        check("client", self.client_problem());
        found
    }

    /// The hosts that must be reachable, as match patterns. Hosts that the manifest grants are among them; whoever asks the
    /// browser leaves out what is granted.
    pub fn origins(&self) -> Vec<String> {
        let typed: Vec<&str> = match (self.provider, self.client) {
            (_, ClientChoice::Broker) => vec![&self.broker_url, &self.base_url],
            (ProviderKind::JiraCloud, _) => vec![jira_cloud::AUTH_ROOT],
            (ProviderKind::JiraDataCenter, _) => vec![&self.base_url],
            (ProviderKind::Other, _) if self.uses_discovery() => vec![&self.issuer],
            (ProviderKind::Other, _) => vec![&self.token_endpoint],
        };
        let mut origins = Vec::new();
        for origin in
            typed.into_iter().filter_map(|text| address::read(text, true).ok()).map(|found| found.host_pattern())
        {
            if !origins.contains(&origin) {
                let place = origins.partition_point(|known| *known < origin);
                origins.insert(place, origin);
            }
        }
        origins
    }

    /// Other servers: whether the endpoints are looked up.
    pub fn uses_discovery(&self) -> bool {
        !self.issuer.trim().is_empty()
            || (self.authorization_endpoint.trim().is_empty() && self.token_endpoint.trim().is_empty())
    }

    fn secret_problem(&self) -> Option<String> {
        let missing = self.client_secret.expose().trim().is_empty();
        let message = "Paste the client secret of the app. It is stored encrypted on this machine only.";
        (self.client == ClientChoice::OwnApp && missing).then(|| message.to_owned())
    }

    fn client_problem(&self) -> Option<String> {
        let message = match (self.provider, self.client) {
            (ProviderKind::JiraCloud, ClientChoice::Public) => {
                "Jira Cloud wants a client secret from every app. Use your team's broker, or an app of your own company."
            }
            (ProviderKind::Other, ClientChoice::Broker) => {
                "A broker serves Jira only. Choose an app with a secret or a public client."
            }
            _ => return None,
        };
        Some(message.to_owned())
    }
}

fn base_problem(text: &str, what: &str, loopback: bool) -> Option<String> {
    address::read_base(text, loopback).err().map(|error| error.sentence(what))
}

fn problem(text: &str, what: &str, loopback: bool) -> Option<String> {
    address::read(text, loopback).err().map(|error: AddressError| error.sentence(what))
}
