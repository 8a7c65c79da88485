//! The clients that are registered, one per provider.

use super::Provider;

/// A registered client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    /// Its name on the consent page.
    pub(crate) name: &'static str,
    /// Its id.
    pub(crate) id: &'static str,
    /// Its secret; a public client has none.
    pub(crate) secret: Option<&'static str>,
    /// The scopes it may ask for, each with what the consent page says about it.
    pub(crate) scopes: &'static [(&'static str, &'static str)],
}

const CLOUD: Client = Client {
    name: "Chat for Jira",
    id: "simulator-app",
    secret: Some("simulator-secret"),
    scopes: &[
        ("read:jira-user", "View the people of your Jira site"),
        ("read:jira-work", "View projects, issues and their history"),
        ("write:jira-work", "Create and change issues, comments and work logs"),
        ("read:me", "View your profile"),
        ("offline_access", "Stay connected when you are away"),
        ("read:board-scope:jira-software", "View boards"),
        ("read:sprint:jira-software", "View sprints"),
        ("write:sprint:jira-software", "Change sprints"),
        ("read:issue-details:jira", "View the details of issues"),
        ("read:jql:jira", "Use JQL"),
        ("read:project:jira", "View projects"),
        ("read:confluence-content.all", "View pages of Confluence"),
    ],
};

const DATA_CENTER: Client = Client {
    name: "Chat for Jira",
    id: "dc-app",
    secret: Some("dc-secret"),
    scopes: &[
        ("READ", "View projects and issues"),
        ("WRITE", "View and change projects and issues"),
        ("ADMIN", "Administer Jira, except for what only system administrators may"),
        ("SYSTEM_ADMIN", "Administer all of Jira"),
    ],
};

const GENERIC: Client = Client {
    name: "Chat for Jira",
    id: "generic-app",
    secret: None,
    scopes: &[
        ("openid", "Know who you are"),
        ("profile", "View your name and picture"),
        ("email", "View your e-mail address"),
        ("offline_access", "Stay connected when you are away"),
    ],
};

/// The client registered at a provider under `id`.
pub(crate) fn find(provider: Provider, id: &str) -> Option<Client> {
    let client = match provider {
        Provider::Cloud => CLOUD,
        Provider::DataCenter => DATA_CENTER,
        Provider::Generic => GENERIC,
    };
    (client.id == id).then_some(client)
}

/// The scopes that a provider knows.
pub(crate) fn scopes(provider: Provider) -> Vec<&'static str> {
    let client = match provider {
        Provider::Cloud => CLOUD,
        Provider::DataCenter => DATA_CENTER,
        Provider::Generic => GENERIC,
    };
    client.scopes.iter().map(|(scope, _)| *scope).collect()
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
