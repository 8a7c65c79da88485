//! From the form to a registration: defaults, and what the server or the broker says of itself.

use crate::error::{Action, Code, Error, Result, quoted};
use crate::oauth::address;
use crate::oauth::client::{ClientAuthentication, Registration};
use crate::oauth::discovery::{self, DiscoveryError, Metadata};
use crate::oauth::provider::{ProviderKind, jira_cloud, jira_data_center};
use crate::platform::{Http, HttpError, HttpRequest, Method, Permissions, Platform};
use crate::secret::Secret;
use crate::sign_in::form::{ClientChoice, ConnectForm};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(20);

/// Makes the registration. Errors: `invalid_configuration` with the field to fix, `permission_needed` with the hosts to ask
/// for, `offline`.
pub async fn make<P: Platform>(platform: &P, form: &ConnectForm) -> Result<Registration> {
    let loopback = platform.build().loopback;
    if let Some(first) = form.problems(loopback).into_iter().next() {
        return Err(fix(first.field, first.message));
    }
    need_hosts(platform, form.origins()).await?;
    let direct = match form.provider {
        ProviderKind::JiraCloud => cloud(form, loopback),
        ProviderKind::JiraDataCenter => data_center(form, loopback),
        ProviderKind::Other if form.uses_discovery() => discovered(platform, form).await?,
        ProviderKind::Other => typed(form),
    };
    let made = if form.client == ClientChoice::Broker { brokered(platform, form, direct).await? } else { direct };
    // Every host that is ever sent a token.
    let hosts = [&made.token_endpoint, &made.api_root].into_iter().chain(&made.userinfo_endpoint);
    let hosts = hosts.chain(&made.revocation_endpoint);
    need_hosts(platform, hosts.filter_map(|address| address::host_pattern(address)).collect()).await?;
    Ok(made)
}

async fn need_hosts<P: Platform>(platform: &P, origins: Vec<String>) -> Result<()> {
    if platform.permissions().granted(&origins, &[]).await? {
        return Ok(());
    }
    let hosts = origins.join(", ");
    let message = format!("The browser has to allow access to {hosts} first. Choose “Allow” and confirm.");
    Err(Error::new(Code::PermissionNeeded, message).with(Action::GrantHosts { origins, permissions: Vec::new() }))
}

fn blank(form: &ConnectForm) -> Registration {
    let secret = Secret::new(form.client_secret.expose().trim());
    Registration {
        provider: form.provider,
        authorization_endpoint: String::new(),
        token_endpoint: String::new(),
        revocation_endpoint: None,
        userinfo_endpoint: None,
        issuer: None,
        issuer_is_sent: false,
        client_id: form.client_id.trim().to_owned(),
        authentication: match form.client {
            ClientChoice::OwnApp => ClientAuthentication::SecretPost { secret },
            ClientChoice::Broker | ClientChoice::Public => ClientAuthentication::None,
        },
        broker: form.client == ClientChoice::Broker,
        scopes: form.scopes.split_whitespace().map(str::to_owned).collect(),
        api_root: String::new(),
    }
}

fn cloud(form: &ConnectForm, loopback: bool) -> Registration {
    let simulator = address::read_base(&form.simulator, loopback).ok().filter(|_| loopback);
    let root =
        |name: &str, real: &str| simulator.as_ref().map_or_else(|| real.to_owned(), |sim| format!("{sim}/{name}"));
    let (auth, api_root) = (root("auth", jira_cloud::AUTH_ROOT), root("api", jira_cloud::API_ROOT));
    Registration {
        authorization_endpoint: format!("{auth}/authorize"),
        token_endpoint: format!("{auth}/oauth/token"),
        revocation_endpoint: Some(format!("{auth}/oauth/revoke")),
        scopes: jira_cloud::SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
        api_root,
        ..blank(form)
    }
}

fn data_center(form: &ConnectForm, loopback: bool) -> Registration {
    let base = address::read_base(&form.base_url, loopback).unwrap_or_default();
    Registration {
        authorization_endpoint: format!("{base}{}", jira_data_center::AUTHORIZE_PATH),
        token_endpoint: format!("{base}{}", jira_data_center::TOKEN_PATH),
        scopes: jira_data_center::SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
        api_root: base,
        ..blank(form)
    }
}

fn typed(form: &ConnectForm) -> Registration {
    // As they were checked: `https://` may be left out.
    let whole = |typed: &str| match typed.trim() {
        typed if typed.contains("://") => typed.to_owned(),
        typed => format!("https://{typed}"),
    };
    Registration {
        authorization_endpoint: whole(&form.authorization_endpoint),
        token_endpoint: whole(&form.token_endpoint),
        ..blank(form)
    }
}

async fn discovered<P: Platform>(platform: &P, form: &ConnectForm) -> Result<Registration> {
    let loopback = platform.build().loopback;
    let issuer = address::read_base(&form.issuer, loopback).map_err(|error| fix("issuer", error.sentence("issuer")))?;
    let mut last = DiscoveryError::Unreadable;
    for url in discovery::addresses(&issuer) {
        let Some(body) = fetch(platform, url, "issuer").await? else { continue };
        match discovery::judge(&body, &issuer, loopback) {
            Ok(found) => return Ok(from_metadata(form, found)),
            Err(error) => last = error,
        }
    }
    Err(fix("issuer", why(&last, "the server with this issuer")))
}

fn from_metadata(form: &ConnectForm, found: Metadata) -> Registration {
    let blank = blank(form);
    let methods = found.token_endpoint_auth_methods_supported.as_deref();
    let accepts = |method: &str| methods.is_some_and(|methods| methods.iter().any(|known| known == method));
    let authentication = match blank.authentication {
        // RFC 8414 §2: without a list the method is `client_secret_basic`.
        ClientAuthentication::SecretPost { secret } if !accepts("client_secret_post") => {
            ClientAuthentication::SecretBasic { secret }
        }
        other => other,
    };
    Registration {
        authorization_endpoint: found.authorization_endpoint,
        token_endpoint: found.token_endpoint,
        revocation_endpoint: found.revocation_endpoint,
        userinfo_endpoint: found.userinfo_endpoint,
        issuer: Some(found.issuer),
        issuer_is_sent: found.authorization_response_iss_parameter_supported,
        authentication,
        ..blank
    }
}

async fn brokered<P: Platform>(platform: &P, form: &ConnectForm, direct: Registration) -> Result<Registration> {
    let loopback = platform.build().loopback;
    let broker = address::read_base(&form.broker_url, loopback)
        .map_err(|error| fix("broker_url", error.sentence("broker's address")))?;
    let body = fetch(platform, discovery::broker_address(&broker), "broker_url").await?;
    let found = body
        .ok_or(DiscoveryError::Unreadable)
        .and_then(|body| discovery::judge_broker(&body, loopback))
        .map_err(|error| fix("broker_url", why(&error, "the broker at this address")))?;
    if found.provider != form.provider {
        let (its, chosen) = (found.provider.manners().name, form.provider.manners().name);
        return Err(fix(
            "broker_url",
            format!("This broker is for {its}, and you chose {chosen}. Choose {its} above."),
        ));
    }
    // A broker holds a secret; where people type their password is not its to say.
    if !address::same_origin(&found.authorization_endpoint, &direct.authorization_endpoint) {
        let message =
            "This broker sends people to another place to sign in than your Jira. Do not go on; tell its people.";
        return Err(fix("broker_url", message.to_owned()));
    }
    Ok(Registration {
        client_id: found.client_id,
        authorization_endpoint: found.authorization_endpoint,
        token_endpoint: found.token_endpoint,
        // The secret that revocation wants is with the broker, whose contract has no revocation.
        revocation_endpoint: None,
        scopes: found.scopes,
        ..direct
    })
}

/// The body of a description; `None` where there is none at this address.
async fn fetch<P: Platform>(platform: &P, url: String, field: &str) -> Result<Option<Vec<u8>>> {
    let headers = vec![("accept".to_owned(), Secret::new("application/json"))];
    let request = HttpRequest { method: Method::Get, url, headers, body: None, timeout: TIMEOUT };
    match platform.http().send(request).await {
        Ok(response) if response.is_success() => Ok(Some(response.body)),
        Ok(_refused) => Ok(None),
        Err(error) => {
            let what = if error == HttpError::Timeout { "does not answer in time" } else { "cannot be reached" };
            let message =
                format!("The server at this address {what}. Check the address and the network, then try again.");
            Err(Error::new(Code::Offline, message).with(Action::FixSettings { field: Some(field.to_owned()) }))
        }
    }
}

fn fix(field: &str, message: String) -> Error {
    Error::new(Code::InvalidConfiguration, message).with(Action::FixSettings { field: Some(field.to_owned()) })
}

fn why(error: &DiscoveryError, who: &str) -> String {
    match error {
        DiscoveryError::Unreadable => {
            format!(
                "There is no description of itself from {who}. Check the address; ask the people who run the server."
            )
        }
        DiscoveryError::AnotherIssuer(other) => {
            format!("What {who} says is about another issuer, {}. Type that one.", quoted(other))
        }
        DiscoveryError::BadEndpoint(name) => {
            format!("The {name} that {who} names is not an https address. Ask its people.")
        }
        DiscoveryError::NoS256 => format!("The sign-in of {who} lacks the protection we insist on (PKCE with S256)."),
    }
}
