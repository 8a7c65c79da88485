//! The authorization request: check it, find out who is there, ask, send back.

use super::grants::{Grant, Pending};
use super::{Provider, clients, pages, session};
use crate::html;
use crate::params::Params;
use crate::random;
use crate::settings::ConsentMode;
use crate::state::{Sim, seconds};
use axum::extract::{Form, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

/// Why an authorization request is not followed.
struct Problem {
    error: &'static str,
    description: String,
    /// Whether the client may be told by a redirect: its id and redirect address are in order.
    tell_client: bool,
}

impl Problem {
    fn page(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into(), tell_client: false }
    }

    fn redirect(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into(), tell_client: true }
    }
}

/// `GET authorize`
pub(crate) fn start(provider: Provider, sim: State<Sim>, headers: HeaderMap, query: RawQuery) -> Response {
    let State(sim) = sim;
    let params = Params::form(&query.0.unwrap_or_default());
    match check(provider, &params) {
        Ok(request) => proceed(&sim, request, session::user(&sim, &headers)),
        Err(problem) => refuse(&sim, provider, &params, &problem),
    }
}

/// `POST login`: the form of the login page. Any password is right but the word "wrong".
pub(crate) async fn login(State(sim): State<Sim>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let form = Params(fields);
    let Some(request) = form.get("request").and_then(|id| sim.change().grants.pending.remove(id)) else {
        return pages::stale();
    };
    let name = form.get("user").unwrap_or_default().to_lowercase();
    let known = sim.world().users().iter().find(|user| {
        user.active
            && user.account_type == "atlassian"
            && [&user.account_id, &user.display_name, &user.email].iter().any(|text| text.to_lowercase() == name)
    });
    match known.filter(|_| form.get("password").unwrap_or_default() != "wrong") {
        Some(user) => {
            let provider = request.provider;
            let response = proceed(&sim, request, Some(user.account_id.clone()));
            session::start(&sim, provider, &user.account_id, response)
        }
        None => {
            let status = sim.change().settings.wrong_password_status;
            let page = pages::login(&sim, &keep(&sim, request), Some("That name and password do not belong together."));
            (StatusCode::from_u16(status).unwrap_or_default(), page).into_response()
        }
    }
}

/// `POST consent`: the form of the consent page.
pub(crate) async fn decide(
    State(sim): State<Sim>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let form = Params(fields);
    let Some(user) = session::user(&sim, &headers) else { return pages::stale() };
    let Some(request) = form.get("request").and_then(|id| sim.change().grants.pending.remove(id)) else {
        return pages::stale();
    };
    if form.get("decision") != Some("accept") {
        return deny(&sim, &request, "access_denied", "User did not authorize the request");
    }
    let sites: Vec<String> = form.all("site").map(str::to_owned).collect();
    if request.provider == Provider::Cloud && sites.is_empty() && !pages::sites(&sim).is_empty() {
        let page = pages::consent(&sim, &request, (&keep(&sim, request.clone()), &user), Some("Choose a site first."));
        return page.into_response();
    }
    accept(&sim, &request, &user, sites)
}

fn check(provider: Provider, params: &Params) -> Result<Pending, Problem> {
    let id = params.get("client_id").ok_or_else(|| Problem::page("invalid_request", "client_id is missing"))?;
    let client = clients::find(provider, id)
        .ok_or_else(|| Problem::page("unauthorized_client", format!("Unknown client: {id}")))?;
    let redirect_uri = params.get("redirect_uri").unwrap_or_default();
    if !clients::redirect_is_registered(redirect_uri) {
        let text = format!("redirect_uri is not registered for client: {redirect_uri}");
        return Err(Problem::page("invalid_request", text));
    }
    if params.get("response_type") != Some("code") {
        return Err(Problem::redirect("unsupported_response_type", "Only response_type=code is supported"));
    }
    if provider == Provider::Cloud {
        check_cloud(params)?;
    }
    let scopes: Vec<String> = params.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let foreign: Vec<&str> = scopes
        .iter()
        .filter(|scope| !client.scopes.iter().any(|(known, _)| known == scope))
        .map(String::as_str)
        .collect();
    if scopes.is_empty() || !foreign.is_empty() {
        let text = format!("The requested scope is invalid, unknown, or malformed: {}", foreign.join(" "));
        return Err(Problem::redirect("invalid_scope", text));
    }
    Ok(Pending {
        provider,
        client: id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: params.get("state").map(str::to_owned),
        scopes,
        challenge: check_challenge(params, client.secret.is_none())?,
        prompt: params.get("prompt").unwrap_or_default().to_owned(),
    })
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

/// Jira Cloud never sends a person back with such a problem: it shows a page of id.atlassian.com.
fn refuse(sim: &Sim, provider: Provider, params: &Params, problem: &Problem) -> Response {
    if provider == Provider::Cloud {
        let query = query(&[("error", problem.error), ("error_description", &problem.description)]);
        return Redirect::to(&format!("/id/error?{query}")).into_response();
    }
    if !problem.tell_client {
        let page = html::message("This request cannot be followed", &problem.description);
        return (StatusCode::BAD_REQUEST, page).into_response();
    }
    let request = Pending {
        provider,
        client: String::new(),
        redirect_uri: params.get("redirect_uri").unwrap_or_default().to_owned(),
        state: params.get("state").map(str::to_owned),
        scopes: Vec::new(),
        challenge: None,
        prompt: String::new(),
    };
    deny(sim, &request, problem.error, &problem.description)
}

/// Asks the next thing that has to be asked, or goes back with a code.
fn proceed(sim: &Sim, request: Pending, user: Option<String>) -> Response {
    let silent = request.prompt == "none";
    // A name of its own: in the head of the `match` the lock would be held through its arms.
    let mode = sim.change().settings.consent;
    match mode {
        ConsentMode::Ask => {}
        ConsentMode::Accept => {
            let sites = pages::sites(sim);
            return accept(sim, &request, &sim.world().me().account_id, sites);
        }
        ConsentMode::Deny => return deny(sim, &request, "access_denied", "User did not authorize the request"),
    }
    let Some(user) = user else {
        if silent {
            return deny(sim, &request, "login_required", "Nobody is signed in");
        }
        return pages::login(sim, &keep(sim, request), None).into_response();
    };
    if request.prompt != "consent" && sim.change().grants.has_consented(&user, &request) {
        let sites = pages::sites(sim);
        return accept(sim, &request, &user, sites);
    }
    if silent {
        return deny(sim, &request, "consent_required", "The person has not allowed this yet");
    }
    pages::consent(sim, &request, (&keep(sim, request.clone()), &user), None).into_response()
}

fn keep(sim: &Sim, request: Pending) -> String {
    let id = random::token(32);
    sim.change().grants.pending.insert(id.clone(), request);
    id
}

fn accept(sim: &Sim, request: &Pending, user: &str, sites: Vec<String>) -> Response {
    let now = sim.now();
    let code = {
        let mut change = sim.change();
        let expires = now + seconds(change.settings.code_lifetime);
        let grant = change.grants.add(Grant {
            provider: request.provider,
            client: request.client.clone(),
            user: user.to_owned(),
            scopes: request.scopes.clone(),
            sites,
            redirect_uri: request.redirect_uri.clone(),
            alive: true,
        });
        change.grants.issue_code(grant, request.challenge.clone(), expires)
    };
    send_back(sim, request, &[("code", &code)])
}

fn deny(sim: &Sim, request: &Pending, error: &str, description: &str) -> Response {
    send_back(sim, request, &[("error", error), ("error_description", description)])
}

fn send_back(sim: &Sim, request: &Pending, answer: &[(&str, &str)]) -> Response {
    let Ok(mut address) = url::Url::parse(&request.redirect_uri) else { return pages::stale() };
    let settings = sim.change().settings.clone();
    {
        let mut query = address.query_pairs_mut();
        query.extend_pairs(answer);
        if let Some(state) = &request.state {
            let tail = if settings.tamper_state { "-changed" } else { "" };
            query.append_pair("state", &format!("{state}{tail}"));
        }
        if request.provider == Provider::Generic {
            let own = format!("{}/generic", sim.base());
            query.append_pair("iss", if settings.wrong_issuer { "https://impostor.example" } else { &own });
        }
    }
    Redirect::to(address.as_str()).into_response()
}

fn query(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
