//! Who signed in, and at which sites: asked with a token that has no account yet.

use crate::error::{Action, Code, Error, Result};
use crate::jira::client::{TIMEOUT, authorized};
use crate::jira::edition::Edition;
use crate::jira::error;
use crate::jira::request::Api;
use crate::json;
use crate::oauth::address;
use crate::oauth::client::{GrantKind, Registration};
use crate::oauth::provider::ProviderKind;
use crate::platform::{Http, HttpRequest, Method, Platform};
use crate::secret::Secret;
use crate::tokens::account::{Identity, Site};
use serde_json::Value;

/// So many are named of what there is more of.
const NAMED: usize = 5;

/// What somebody who is asked knows of.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In one word: a name, or how many.
    pub what: String,
    /// The first of many, each with its key.
    pub items: Vec<String>,
}

impl Found {
    /// One thing.
    pub fn one(what: String) -> Self {
        Self { what, items: Vec::new() }
    }
}

/// Who is asked, as whom, with what.
pub struct Asked<'a, P: Platform> {
    /// The world.
    pub platform: &'a P,
    /// The server and the client.
    pub client: &'a Registration,
    /// The access token.
    pub token: &'a Secret,
}

impl<P: Platform> Asked<'_, P> {
    /// Asks the provider who the token belongs to; `claims` is what an id token has said of it already. A server that does not
    /// tell leaves the identity empty.
    ///
    /// Errors: `offline`, `server_failed`, `rate_limited`: an answer that was lost tells nothing, and taken for nobody it would make
    /// a second account of a known person. `invalid_configuration`: a token that was made by hand is refused.
    pub async fn identity(&self, sites: &[Site], claims: Option<&Value>) -> Result<Identity> {
        let known = claims.map(|claims| self.read_claims(claims)).unwrap_or_default();
        if self.client.provider == ProviderKind::MicrosoftEntra && !known.id.is_empty() {
            // Its user info tells no more, and only to tokens that are for Microsoft Graph.
            return Ok(known);
        }
        let mut busy = None;
        for url in self.addresses(sites) {
            // Without the scope for the first, the next may still tell; without any, the account is shown by its server's name.
            match self.get(url).await {
                // OpenID Connect Core §5.3.2: what is about somebody else must not be used.
                Ok(found) if claims.is_some_and(|claims| claims["sub"] != found["sub"]) => {}
                Ok(found) => return Ok(merged(known, read_identity(&found))),
                Err(lost) if lost.code == Code::Offline => return Err(lost),
                Err(failed) if matches!(failed.code, Code::ServerFailed | Code::RateLimited) => busy = Some(failed),
                Err(refused) if self.client.is_made_by_hand() => return Err(self.refused_token(&refused)),
                Err(_refused) => {}
            }
        }
        match busy {
            Some(failed) if known.id.is_empty() => Err(failed),
            _ => Ok(known),
        }
    }

    fn addresses(&self, sites: &[Site]) -> Vec<String> {
        let root = &self.client.api_root;
        let of_site = || sites.first().map(|site| format!("{root}/ex/jira/{}/rest/api/3/myself", site.id));
        match (self.client.provider, self.client.grant) {
            (ProviderKind::JiraCloud, GrantKind::ApiToken) => of_site().into_iter().collect(),
            (ProviderKind::JiraCloud, _) => [Some(format!("{root}/me")), of_site()].into_iter().flatten().collect(),
            (ProviderKind::JiraDataCenter, _) => vec![format!("{root}/rest/api/2/myself")],
            (ProviderKind::MicrosoftEntra | ProviderKind::Other, _) => {
                self.client.userinfo_endpoint.iter().cloned().collect()
            }
        }
    }

    /// Entra names a person by `sub` differently to each app, and by `oid` always alike; and by a mail address or what looks like
    /// one.
    fn read_claims(&self, claims: &Value) -> Identity {
        let mut found = read_identity(claims);
        if self.client.provider == ProviderKind::MicrosoftEntra {
            let text = |name: &str| claims[name].as_str().map(str::to_owned);
            found.id = text("oid").unwrap_or(found.id);
            found.email = found.email.or(text("preferred_username").filter(|name| name.contains('@')));
        }
        found
    }

    async fn get(&self, url: String) -> Result<Value> {
        get(self.platform, authorized(self.client, self.token, Method::Get, url)).await
    }

    fn refused_token(&self, refused: &Error) -> Error {
        let mail = if self.client.grant == GrantKind::ApiToken { "the mail address, the scopes and " } else { "" };
        let message = format!(
            "Jira does not accept this token. Check {mail}that the token is whole and has not ended. ({})",
            refused.message
        );
        Error::new(Code::InvalidConfiguration, message).with(Action::FixSettings { field: Some("token".to_owned()) })
    }

    /// The person's Jira sites. Errors: `no_site` if there is none, transport errors and refusals as they come.
    pub async fn sites(&self) -> Result<Vec<Site>> {
        let root = &self.client.api_root;
        match (self.client.provider, self.client.grant) {
            (ProviderKind::JiraCloud, GrantKind::ApiToken) => Ok(vec![self.site_by_address().await?]),
            (ProviderKind::JiraCloud, _) => {
                let found = self.get(format!("{root}/oauth/token/accessible-resources")).await?;
                let sites = read_resources(&found, self.platform.build().loopback);
                if sites.is_empty() { Err(no_site()) } else { Ok(sites) }
            }
            (ProviderKind::JiraDataCenter, _) => {
                Ok(vec![Site { id: root.clone(), name: without_scheme(root), url: root.clone() }])
            }
            (ProviderKind::MicrosoftEntra | ProviderKind::Other, _) => Ok(Vec::new()),
        }
    }

    /// How many projects of a site the person sees, and the first of them. Errors as they come.
    pub async fn projects(&self, site: &Site) -> Result<Found> {
        let edition = Edition::of(self.client.provider);
        // Data Center has no pages of projects.
        let path = edition.either(format!("/project/search?maxResults={NAMED}"), "/project".to_owned());
        let found = self.look(edition, site, &path).await?;
        let list = if found.is_array() { &found } else { &found["values"] };
        let count = found["total"].as_u64().or(list.as_array().and_then(|all| u64::try_from(all.len()).ok()));
        Ok(Found { what: count.unwrap_or(0).to_string(), items: named(list, |project| json::text(project, "name")) })
    }

    /// The issues of a site that changed last. Errors as they come.
    pub async fn issues(&self, site: &Site) -> Result<Found> {
        let edition = Edition::of(self.client.provider);
        // Bounded: Cloud refuses a search for everything.
        let query = "jql=updated%20%3E%3D%20-52w%20ORDER%20BY%20updated%20DESC&fields=summary";
        let path = format!("{}?{query}&maxResults={NAMED}", edition.search_path());
        let found = self.look(edition, site, &path).await?;
        Ok(Found {
            what: String::new(),
            items: named(&found["issues"], |issue| json::text(&issue["fields"], "summary")),
        })
    }

    async fn look(&self, edition: Edition, site: &Site, path: &str) -> Result<Value> {
        self.get(format!("{}{path}", edition.root(Api::Platform, &self.client.api_root, site))).await
    }

    /// The site of an API token, which the person named by its address; the gateway knows it by an id that anybody may ask for.
    async fn site_by_address(&self) -> Result<Site> {
        let url = &self.client.site_url;
        let headers = vec![("accept".to_owned(), Secret::new("application/json"))];
        let asked = format!("{url}/_edge/tenant_info");
        let request = HttpRequest { method: Method::Get, url: asked, headers, body: None, timeout: TIMEOUT };
        let found = match get(self.platform, request).await {
            Err(lost) if lost.code == Code::Offline => return Err(lost),
            other => other.unwrap_or_default(),
        };
        let id = found["cloudId"].as_str().filter(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        match id {
            Some(id) if !id.is_empty() => Ok(Site { id: id.to_owned(), name: without_scheme(url), url: url.clone() }),
            _ => {
                let message =
                    "There is no Jira Cloud site at this address. It looks like https://your-team.atlassian.net.";
                let action = Action::FixSettings { field: Some("site".to_owned()) };
                Err(Error::new(Code::InvalidConfiguration, message).with(action))
            }
        }
    }
}

/// The first of a list, by key and name.
fn named(list: &Value, name: fn(&Value) -> &str) -> Vec<String> {
    let line = |each: &Value| format!("{} {}", json::text(each, "key"), name(each));
    list.as_array().into_iter().flatten().take(NAMED).map(line).collect()
}

fn without_scheme(url: &str) -> String {
    url.split_once("://").map_or(url, |(_, rest)| rest).to_owned()
}

/// What is known, and of what was found what is missing there.
/// What an id token said, and what the server says when asked, which is often more: an id token may hold nothing but the id.
fn merged(known: Identity, found: Identity) -> Identity {
    let told = known.name != known.id && !known.name.is_empty();
    Identity {
        name: if told { known.name } else { found.name },
        id: if known.id.is_empty() { found.id } else { known.id },
        email: known.email.or(found.email),
        avatar_url: known.avatar_url.or(found.avatar_url),
        username: known.username.or(found.username),
    }
}

fn no_site() -> Error {
    Error::new(
        Code::NoSite,
        "You signed in, but this Atlassian account has no Jira site that the app may use. Ask for access to a site, or sign \
         in with another account.",
    )
}

async fn get<P: Platform>(platform: &P, request: HttpRequest) -> Result<Value> {
    let response = platform.http().send(request).await.map_err(|error| error::of_transport(&error))?;
    if !response.is_success() {
        let mut refused = error::of_response(&response, false, crate::platform::Clock::now(platform.clock()), "");
        if !matches!(refused.code, Code::ServerFailed | Code::RateLimited) {
            refused.code = Code::AcquisitionFailed;
        }
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
        username: found["key"].as_str().and_then(|_| first(&["name"])).map(owned),
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
            assert_eq!(identity.in_queries(), if id == "a" { "a" } else { "mia" });
            assert_eq!(identity.avatar_url.as_deref(), Some("https://p.example.com/1"));
        }
        assert_eq!(read_identity(&json!([])), Identity::default());
    }
}
