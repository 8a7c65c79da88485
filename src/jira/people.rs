//! Who signed in, and at which sites: asked with a token that has no account yet.

use crate::error::{Action, Code, Error, Result};
use crate::jira::client::authorized;
use crate::jira::error;
use crate::json;
use crate::oauth::address;
use crate::oauth::client::Registration;
use crate::oauth::provider::ProviderKind;
use crate::platform::{Http, Method, Platform};
use crate::secret::Secret;
use crate::tokens::account::{Identity, Site};
use serde_json::Value;

/// Asks the provider who the token belongs to. A server that does not tell leaves the identity empty. Error: `offline`; an
/// answer that was lost tells nothing, and taken for nobody it would make a second account of a known person.
pub async fn identity<P: Platform>(
    platform: &P,
    client: &Registration,
    token: &Secret,
    sites: &[Site],
) -> Result<Identity> {
    let root = &client.api_root;
    let asked: Vec<String> = match client.provider {
        ProviderKind::JiraCloud => {
            let of_site = sites.first().map(|site| format!("{root}/ex/jira/{}/rest/api/3/myself", site.id));
            [Some(format!("{root}/me")), of_site].into_iter().flatten().collect()
        }
        ProviderKind::JiraDataCenter => vec![format!("{root}/rest/api/2/myself")],
        ProviderKind::Other => client.userinfo_endpoint.iter().cloned().collect(),
    };
    for url in asked {
        // Without the scope for the first, the next may still tell; without any, the account is shown by its server's name.
        match get(platform, url, token).await {
            Ok(found) => return Ok(read_identity(&found)),
            Err(lost) if lost.code == Code::Offline => return Err(lost),
            Err(_refused) => {}
        }
    }
    Ok(Identity::default())
}

/// The person's Jira sites. Errors: `no_site` if there is none, transport errors and refusals as they come.
pub async fn sites<P: Platform>(platform: &P, client: &Registration, token: &Secret) -> Result<Vec<Site>> {
    let root = &client.api_root;
    match client.provider {
        ProviderKind::JiraCloud => {
            let found = get(platform, format!("{root}/oauth/token/accessible-resources"), token).await?;
            let sites = read_resources(&found, platform.build().loopback);
            if sites.is_empty() { Err(no_site()) } else { Ok(sites) }
        }
        ProviderKind::JiraDataCenter => {
            let name = root.split_once("://").map_or(root.as_str(), |(_, rest)| rest).to_owned();
            Ok(vec![Site { id: root.clone(), name, url: root.clone() }])
        }
        ProviderKind::Other => Ok(Vec::new()),
    }
}

fn no_site() -> Error {
    Error::new(
        Code::NoSite,
        "You signed in, but this Atlassian account has no Jira site that the app may use. Ask for access to a site, or sign \
         in with another account.",
    )
}

async fn get<P: Platform>(platform: &P, url: String, token: &Secret) -> Result<Value> {
    let request = authorized(Method::Get, url, token, None);
    let response = platform.http().send(request).await.map_err(|error| error::of_transport(&error))?;
    if !response.is_success() {
        let mut refused = error::of_response(&response, crate::platform::Clock::now(platform.clock()), "");
        refused.code = Code::AcquisitionFailed;
        if matches!(refused.action, Action::SignIn { .. }) {
            // There is no account yet to sign in to again.
            refused.action = Action::Retry { at: None };
        }
        return Err(refused);
    }
    json::parse(&response.body).ok_or_else(error::unreadable)
}

/// The resources that are Jira sites: ids are not unique across products, the scopes tell the product. Their addresses become
/// links, so only web addresses count.
fn read_resources(found: &Value, loopback: bool) -> Vec<Site> {
    let text = |resource: &Value, name: &str| resource[name].as_str().map(str::to_owned);
    let is_jira = |resource: &Value| {
        let scopes = resource["scopes"].as_array();
        scopes.is_some_and(|scopes| scopes.iter().filter_map(Value::as_str).any(|scope| scope.contains("jira")))
    };
    let mut sites: Vec<Site> = Vec::new();
    for resource in found.as_array().into_iter().flatten().filter(|resource| is_jira(resource)) {
        let (Some(id), Some(url)) = (text(resource, "id"), text(resource, "url")) else {
            continue;
        };
        if address::read_whole(&url, loopback).is_ok() && !sites.iter().any(|known| known.id == id) {
            let name = text(resource, "name").unwrap_or_else(|| url.clone());
            sites.push(Site { id, name, url: url.trim_end_matches('/').to_owned() });
        }
    }
    sites
}

/// `/me` of Atlassian, `myself` of Jira v3 and v2, and user info of OpenID Connect, told apart by their field names.
fn read_identity(found: &Value) -> Identity {
    let first = |names: &[&str]| names.iter().find_map(|name| found[*name].as_str().filter(|text| !text.is_empty()));
    let owned = |text: &str| text.to_owned();
    Identity {
        id: first(&["account_id", "accountId", "key", "sub", "name"]).map(owned).unwrap_or_default(),
        name: first(&["displayName", "name", "preferred_username", "sub"]).map(owned).unwrap_or_default(),
        email: first(&["email", "emailAddress"]).map(owned),
        avatar_url: first(&["picture"]).or_else(|| found["avatarUrls"]["48x48"].as_str()).map(owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_jira_sites_are_taken_and_each_once() {
        let site = |id: &str, scope: &str| json!({"id": id, "name": "N", "url": "https://n.atlassian.net/", "scopes": [scope]});
        let found = json!([
            site("1", "read:confluence-content.all"),
            site("2", "read:jira-work"),
            site("2", "write:jira-work"),
            7
        ]);
        let sites = read_resources(&found, false);
        assert_eq!(sites, [Site { id: "2".into(), name: "N".into(), url: "https://n.atlassian.net".into() }]);
        let script = json!([{"id": "3", "url": "javascript:alert(1)//", "scopes": ["read:jira-work"]}]);
        assert!(read_resources(&script, false).is_empty());
        assert!(read_resources(&json!({"message": "no"}), false).is_empty());
    }

    #[test]
    fn an_identity_is_read_from_each_server_s_own_shape() {
        let me =
            json!({"account_id": "a", "name": "Mia", "email": "m@example.com", "picture": "https://p.example.com/1"});
        let myself = json!({"key": "JIRAUSER1", "name": "mia", "displayName": "Mia", "emailAddress": "m@example.com",
            "avatarUrls": {"48x48": "https://p.example.com/1"}});
        for (found, id) in [(me, "a"), (myself, "JIRAUSER1")] {
            let identity = read_identity(&found);
            assert_eq!((identity.id.as_str(), identity.name.as_str()), (id, "Mia"));
            assert_eq!(identity.avatar_url.as_deref(), Some("https://p.example.com/1"));
        }
        assert_eq!(read_identity(&json!([])), Identity::default());
    }
}
