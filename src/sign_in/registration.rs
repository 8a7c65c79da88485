//! From the form to a registration: defaults, and what the server or the broker says of itself.

use crate::error::{Action, Code, Error, Result, quoted};
use crate::oauth::client::{ClientAuthentication, GrantKind, Registration};
use crate::oauth::discovery::{self, DiscoveryError, Metadata};
use crate::oauth::provider::{ProviderKind, jira_cloud, jira_data_center, microsoft_entra};
use crate::oauth::{address, parameters};
use crate::platform::{Http, HttpError, HttpRequest, Method, Platform};
use crate::secret::Secret;
use crate::sign_in::form::{ClientChoice, ConnectForm};
use crate::sign_in::granted::{need, need_hosts};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(20);

/// Makes the registration. Errors: `invalid_configuration` with the field to fix, `permission_needed` with the hosts and
/// permissions to ask for, `offline`.
pub async fn make<P: Platform>(platform: &P, form: &ConnectForm) -> Result<Registration> {
    let loopback = platform.build().loopback;
    if let Some(first) = form.problems(loopback).into_iter().next() {
        return Err(fix(first.field, first.message));
    }
    need(platform, form.origins(), form.permissions()).await?;
    let mut made = blank(form);
    match form.provider {
        ProviderKind::JiraCloud => cloud(&mut made, form, loopback),
        ProviderKind::JiraDataCenter => data_center(&mut made, form, loopback),
        ProviderKind::MicrosoftEntra => entra(&mut made, form, loopback),
        ProviderKind::Other if form.uses_discovery() => discovered(platform, &mut made, form).await?,
        ProviderKind::Other => typed(&mut made, form),
    }
    if made.broker {
        brokered(platform, &mut made, form).await?;
    }
    need_hosts(platform, &made).await?;
    Ok(made)
}

fn blank(form: &ConnectForm) -> Registration {
    let secret = Secret::new(form.client_secret.expose().trim());
    // Checked with the form.
    let extra = |lines: &str| parameters::read(lines).unwrap_or_default();
    Registration {
        provider: form.provider,
        grant: match form.client {
            ClientChoice::ClientCredentials => GrantKind::ClientCredentials,
            ClientChoice::ApiToken => GrantKind::ApiToken,
            ClientChoice::PersonalAccessToken => GrantKind::PersonalAccessToken,
            _ => GrantKind::AuthorizationCode,
        },
        client_id: form.client_id.trim().to_owned(),
        authentication: match form.client {
            ClientChoice::OwnApp | ClientChoice::ClientCredentials => ClientAuthentication::SecretPost { secret },
            _ => ClientAuthentication::None,
        },
        broker: form.client == ClientChoice::Broker,
        single_page: form.client == ClientChoice::SinglePage,
        scopes: words(&form.scopes),
        authorize_extra: extra(&form.authorize_parameters),
        token_extra: extra(&form.token_parameters),
        ..Registration::default()
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn owned(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

/// A root of the provider's own, or the simulator's in its place.
fn root(form: &ConnectForm, loopback: bool, name: &str, real: &str) -> String {
    let simulator = address::read_base(&form.simulator, loopback).ok().filter(|_| loopback);
    simulator.map_or_else(|| real.to_owned(), |simulator| format!("{simulator}/{name}"))
}

// Each fills in what is known of its kind. In place: a registration is large, and every move of one is code.

fn cloud(made: &mut Registration, form: &ConnectForm, loopback: bool) {
    made.api_root = root(form, loopback, "api", jira_cloud::API_ROOT);
    if made.is_made_by_hand() {
        made.site_url = address::read_base(&form.site, loopback).unwrap_or_default();
        made.user = form.email.trim().to_owned();
        return;
    }
    let auth = root(form, loopback, "auth", jira_cloud::AUTH_ROOT);
    made.authorization_endpoint = format!("{auth}/authorize");
    made.token_endpoint = format!("{auth}/oauth/token");
    made.revocation_endpoint = Some(format!("{auth}/oauth/revoke"));
    made.scopes = owned(jira_cloud::SCOPES);
}

fn data_center(made: &mut Registration, form: &ConnectForm, loopback: bool) {
    made.api_root = address::read_base(&form.base_url, loopback).unwrap_or_default();
    if !made.is_made_by_hand() {
        made.authorization_endpoint = format!("{}{}", made.api_root, jira_data_center::AUTHORIZE_PATH);
        made.token_endpoint = format!("{}{}", made.api_root, jira_data_center::TOKEN_PATH);
        made.scopes = owned(jira_data_center::SCOPES);
    }
}

fn entra(made: &mut Registration, form: &ConnectForm, loopback: bool) {
    let login = root(form, loopback, "entra", microsoft_entra::LOGIN_ROOT);
    let graph = root(form, loopback, "graph", microsoft_entra::GRAPH_ROOT);
    let tenant = form.tenant.trim();
    let endpoint = |name: &str| format!("{login}/{tenant}/oauth2/v2.0/{name}");
    made.authorization_endpoint = endpoint("authorize");
    made.token_endpoint = endpoint("token");
    if !made.single_page {
        made.token_endpoint.push('?');
        made.token_endpoint.push_str(microsoft_entra::NOT_SINGLE_PAGE);
    }
    made.userinfo_endpoint = Some(format!("{graph}/oidc/userinfo"));
    made.issuer = Some(microsoft_entra::issuer(&login, tenant));
    if made.grant != GrantKind::ClientCredentials {
        let typed = std::mem::replace(&mut made.scopes, owned(microsoft_entra::SCOPES));
        made.scopes.extend(typed.into_iter().filter(|scope| !microsoft_entra::SCOPES.contains(&scope.as_str())));
    } else if made.scopes.is_empty() {
        made.scopes = owned(&[microsoft_entra::MACHINE_SCOPE]);
    }
}

fn typed(made: &mut Registration, form: &ConnectForm) {
    // As they were checked: `https://` may be left out.
    let whole = |typed: &str| match typed.trim() {
        typed if typed.contains("://") => typed.to_owned(),
        typed => format!("https://{typed}"),
    };
    if made.grant == GrantKind::AuthorizationCode {
        made.authorization_endpoint = whole(&form.authorization_endpoint);
    }
    made.token_endpoint = whole(&form.token_endpoint);
    // What every server must take (RFC 6749 §2.3.1); one that describes itself may say otherwise.
    secret_in_header(made);
}

async fn discovered<P: Platform>(platform: &P, made: &mut Registration, form: &ConnectForm) -> Result<()> {
    let loopback = platform.build().loopback;
    let issuer = address::read_base(&form.issuer, loopback).map_err(|error| fix("issuer", error.sentence("issuer")))?;
    let mut last = DiscoveryError::Unreadable;
    for url in discovery::addresses(&issuer) {
        let Some(body) = fetch(platform, url, "issuer").await? else { continue };
        match discovery::judge(&body, &issuer, loopback) {
            Ok(found) => {
                described(made, found);
                return Ok(());
            }
            Err(error) => last = error,
        }
    }
    Err(fix("issuer", why(&last, "the server with this issuer")))
}

fn described(made: &mut Registration, found: Metadata) {
    let methods = found.token_endpoint_auth_methods_supported;
    // RFC 8414 §2: without a list the method is `client_secret_basic`.
    if !methods.is_some_and(|methods| methods.iter().any(|known| known == "client_secret_post")) {
        secret_in_header(made);
    }
    made.authorization_endpoint = found.authorization_endpoint;
    made.token_endpoint = found.token_endpoint;
    made.revocation_endpoint = found.revocation_endpoint;
    made.userinfo_endpoint = found.userinfo_endpoint;
    made.issuer = Some(found.issuer);
    made.issuer_is_sent = found.authorization_response_iss_parameter_supported;
}

fn secret_in_header(made: &mut Registration) {
    if let ClientAuthentication::SecretPost { secret } = &mut made.authentication {
        made.authentication = ClientAuthentication::SecretBasic { secret: std::mem::take(secret) };
    }
}

async fn brokered<P: Platform>(platform: &P, made: &mut Registration, form: &ConnectForm) -> Result<()> {
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
    if !address::same_origin(&found.authorization_endpoint, &made.authorization_endpoint) {
        let message =
            "This broker sends people to another place to sign in than your Jira. Do not go on; tell its people.";
        return Err(fix("broker_url", message.to_owned()));
    }
    made.client_id = found.client_id;
    made.authorization_endpoint = found.authorization_endpoint;
    made.token_endpoint = found.token_endpoint;
    // The secret that revocation wants is with the broker, whose contract has no revocation.
    made.revocation_endpoint = None;
    made.scopes = found.scopes;
    Ok(())
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

/// The public error of a field that has to be changed.
pub fn fix(field: &str, message: String) -> Error {
    Error::new(Code::InvalidConfiguration, message).with(Action::FixSettings { field: Some(field.to_owned()) })
}

fn why(error: &DiscoveryError, who: &str) -> String {
    match error {
        DiscoveryError::Unreadable => {
            format!("There is no description of itself from {who}. Check the address, or ask the people who run it.")
        }
        DiscoveryError::AnotherIssuer(other) => {
            format!("What {who} says is about another issuer, {}. Type that one.", quoted(other))
        }
        DiscoveryError::BadEndpoint(name) => {
            format!("The {name} that {who} names is not an https address. Ask the people who run it.")
        }
        DiscoveryError::NoS256 => {
            format!(
                "The sign-in of {who} lacks the protection we insist on (PKCE with S256). Ask the people who run it."
            )
        }
    }
}
