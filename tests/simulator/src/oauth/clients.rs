//! The clients that are registered.

use super::Provider;

/// What a client is, and so how it may ask for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Keeps no secret.
    Public,
    /// Keeps no secret and runs in a page: Entra ties its tokens to the browser.
    SinglePage,
    /// Keeps a secret and acts for people.
    Confidential,
    /// Keeps a secret and acts for itself (client credentials).
    Machine,
}

/// A registered client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    /// Its name on the consent page.
    pub(crate) name: &'static str,
    /// Its id.
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
    /// Its secret; a public client has none.
    pub(crate) secret: Option<&'static str>,
    /// The scopes it may ask for, each with what the consent page says about it. (Entra: those it knows words for.)
    pub(crate) scopes: &'static [(&'static str, &'static str)],
}

/// All clients, the usual one of each provider first.
pub(crate) const ALL: [(Provider, Client); 8] = [
    (Provider::Cloud, client("simulator-app", Kind::Confidential, Some("simulator-secret"), CLOUD)),
    (Provider::DataCenter, client("dc-app", Kind::Confidential, Some("dc-secret"), DATA_CENTER)),
    (Provider::Generic, client("generic-app", Kind::Public, None, OPENID)),
    (Provider::Generic, client("generic-web", Kind::Confidential, Some("generic-secret"), OPENID)),
    (Provider::Generic, client("generic-daemon", Kind::Machine, Some("daemon-secret"), JOBS)),
    (Provider::Entra, client("entra-spa", Kind::SinglePage, None, OPENID)),
    (Provider::Entra, client("entra-web", Kind::Confidential, Some("entra-secret"), OPENID)),
    (Provider::Entra, client("entra-daemon", Kind::Machine, Some("entra-secret"), &[])),
];

const fn client(
    id: &'static str,
    kind: Kind,
    secret: Option<&'static str>,
    scopes: &'static [(&'static str, &'static str)],
) -> Client {
    Client { name: "Chat for Jira", id, kind, secret, scopes }
}

const CLOUD: &[(&str, &str)] = &[
    ("read:jira-user", "View the people of your Jira site"),
    ("read:jira-work", "View projects, issues and their history"),
    ("write:jira-work", "Create and change issues, comments and work logs"),
    ("read:me", "View your profile"),
    ("offline_access", "Stay connected when you are away"),
    ("read:board-scope:jira-software", "View boards"),
    ("read:sprint:jira-software", "View sprints"),
    ("write:sprint:jira-software", "Change sprints"),
    ("write:board-scope:jira-software", "Change boards"),
    ("write:issue:jira-software", "Rank issues"),
    ("read:issue-details:jira", "View the details of issues"),
    ("read:jql:jira", "Use JQL"),
    ("read:project:jira", "View projects"),
    ("read:confluence-content.all", "View pages of Confluence"),
];

const DATA_CENTER: &[(&str, &str)] = &[
    ("READ", "View projects and issues"),
    ("WRITE", "View and change projects and issues"),
    ("ADMIN", "Administer Jira, except for what only system administrators may"),
    ("SYSTEM_ADMIN", "Administer all of Jira"),
];

const OPENID: &[(&str, &str)] = &[
    ("openid", "Know who you are"),
    ("profile", "View your name and picture"),
    ("email", "View your e-mail address"),
    ("offline_access", "Stay connected when you are away"),
];

const JOBS: &[(&str, &str)] = &[("jobs:read", "Read jobs"), ("jobs:write", "Start jobs")];

/// The client registered at a provider under `id`.
pub(crate) fn find(provider: Provider, id: &str) -> Option<Client> {
    ALL.iter().find(|(at, client)| *at == provider && client.id == id).map(|(_, client)| *client)
}

/// The scopes that a provider knows.
pub(crate) fn scopes(provider: Provider) -> Vec<&'static str> {
    let usual = ALL.iter().find(|(at, _)| *at == provider);
    usual.map_or(&[][..], |(_, client)| client.scopes).iter().map(|(scope, _)| *scope).collect()
}

/// Whether people may be sent back to `uri`: the redirect address of any extension, or the machine's own loopback.
pub(crate) fn redirect_is_registered(uri: &str) -> bool {
    let Ok(url) = url::Url::parse(uri) else { return false };
    if url.fragment().is_some() {
        return false;
    }
    let Some(host) = url.host_str() else { return false };
    if url.scheme() == "http" {
        return host == "127.0.0.1" || host == "localhost";
    }
    let id = host.strip_suffix(".chromiumapp.org").unwrap_or_default();
    let is_id = id.chars().count() == 32 && id.chars().all(|letter| ('a'..='p').contains(&letter));
    // Compared as text too: an address that only parses to the registered one is not it.
    is_id && uri == format!("https://{id}.chromiumapp.org/oauth")
}
