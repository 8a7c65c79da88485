//! Whether an authorization request is in order.

use crate::oauth::clients::{self, Client, Kind};
use crate::oauth::grants::Pending;
use crate::oauth::{Provider, entra};
use crate::params::Params;
use crate::settings::Settings;

/// Why an authorization request is not followed.
pub(crate) struct Problem {
    pub(crate) error: &'static str,
    pub(crate) description: String,
    /// Whether the client may be told by a redirect: its id and redirect address are in order.
    pub(crate) tell_client: bool,
}

impl Problem {
    /// One that only the person is told.
    pub(crate) fn page(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into(), tell_client: false }
    }

    /// One that the client is told.
    pub(crate) fn redirect(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into(), tell_client: true }
    }
}

/// The request that waits for its person, if it is in order.
pub(crate) fn check(provider: Provider, settings: &Settings, params: &Params) -> Result<Pending, Problem> {
    if provider == Provider::Entra {
        return entra::check(params);
    }
    let id = params.get("client_id").ok_or_else(|| Problem::page("invalid_request", "client_id is missing"))?;
    let client = clients::find(provider, id)
        .ok_or_else(|| Problem::page("unauthorized_client", format!("Unknown client: {id}")))?;
    let redirect_uri = params.get("redirect_uri").unwrap_or_default();
    if !clients::redirect_is_registered(redirect_uri) {
        let text = format!("redirect_uri is not registered for client: {redirect_uri}");
        return Err(Problem::page("invalid_request", text));
    }
    if client.kind == Kind::Machine {
        return Err(Problem::redirect("unauthorized_client", "This client may only act for itself"));
    }
    if params.get("response_type") != Some("code") {
        return Err(Problem::redirect("unsupported_response_type", "Only response_type=code is supported"));
    }
    match provider {
        Provider::Cloud => check_cloud(params)?,
        Provider::Generic => check_generic(settings, params)?,
        Provider::DataCenter | Provider::Entra => {}
    }
    let scopes = check_scopes(&client, params)?;
    Ok(pending(provider, params, scopes, check_challenge(params, client.secret.is_none())?))
}

/// The request as it is kept. Its scopes and its challenge were checked.
pub(crate) fn pending(provider: Provider, params: &Params, scopes: Vec<String>, challenge: Option<String>) -> Pending {
    let text = |name: &str| params.get(name).map(str::to_owned);
    Pending {
        provider,
        client: text("client_id").unwrap_or_default(),
        redirect_uri: text("redirect_uri").unwrap_or_default(),
        state: text("state"),
        scopes,
        challenge,
        prompt: words(params, "prompt"),
        login_hint: text("login_hint"),
        nonce: text("nonce"),
    }
}

/// The words of a parameter.
pub(crate) fn words(params: &Params, name: &str) -> Vec<String> {
    params.get(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn check_scopes(client: &Client, params: &Params) -> Result<Vec<String>, Problem> {
    let scopes = words(params, "scope");
    let foreign: Vec<&str> = scopes
        .iter()
        .filter(|scope| !client.scopes.iter().any(|(known, _)| known == scope))
        .map(String::as_str)
        .collect();
    if scopes.is_empty() || !foreign.is_empty() {
        let text = format!("The requested scope is invalid, unknown, or malformed: {}", foreign.join(" "));
        return Err(Problem::redirect("invalid_scope", text));
    }
    Ok(scopes)
}

/// What only auth.atlassian.com insists on. It knows nothing of RFC 8707.
fn check_cloud(params: &Params) -> Result<(), Problem> {
    if params.get("audience") != Some("api.atlassian.com") {
        return Err(Problem::page("invalid_request", "audience must be api.atlassian.com"));
    }
    if params.get("resource").is_some() {
        return Err(Problem::page("invalid_request", "Incorrect request parameters"));
    }
    Ok(())
}

/// Parameters that this server was set to insist on, and `prompt`, where `none` stands alone (OpenID Connect, 3.1.2.1).
fn check_generic(settings: &Settings, params: &Params) -> Result<(), Problem> {
    let prompt = words(params, "prompt");
    if prompt.len() > 1 && prompt.iter().any(|word| word == "none") {
        return Err(Problem::redirect("invalid_request", "prompt=none cannot be combined"));
    }
    match Settings::missing(&settings.generic_required_authorize, |name| params.get(name)) {
        None => Ok(()),
        Some((error, text)) => Err(Problem::redirect(error, text)),
    }
}

fn check_challenge(params: &Params, required: bool) -> Result<Option<String>, Problem> {
    let Some(challenge) = params.get("code_challenge") else {
        if required {
            return Err(Problem::redirect("invalid_request", "code_challenge is missing"));
        }
        return Ok(None);
    };
    // Without a method it would be `plain` (RFC 7636, section 4.3).
    if params.get("code_challenge_method") != Some("S256") {
        return Err(Problem::redirect("invalid_request", "code_challenge_method must be S256"));
    }
    if challenge.chars().count() != 43 {
        return Err(Problem::redirect("invalid_request", "code_challenge is no SHA-256 digest"));
    }
    Ok(Some(challenge.to_owned()))
}
