//! The authorization request: check it, find out who is there, ask, send back.

use super::grants::Pending;
use super::{Provider, pages, session};
use crate::data::User;
use crate::params::Params;
use crate::random;
use crate::settings::ConsentMode;
use crate::state::Sim;
use axum::extract::{Form, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

pub(crate) mod back;
pub(crate) mod check;

use back::{Denial, accept, deny};

/// `GET authorize`
pub(crate) fn start(provider: Provider, sim: &Sim, headers: &HeaderMap, query: &RawQuery) -> Response {
    let params = Params::form(query.0.as_deref().unwrap_or_default());
    let settings = sim.change().settings.clone();
    match check::check(provider, &settings, &params) {
        Ok(request) => proceed(sim, request, &session::users(sim, headers)),
        Err(problem) => back::refuse(sim, provider, &params, &problem),
    }
}

/// `POST login`: the form of the login page. Any password is right but the word "wrong".
pub(crate) async fn login(
    State(sim): State<Sim>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let form = Params(fields);
    let Some(mut request) = form.get("request").and_then(|id| sim.change().grants.pending.remove(id)) else {
        return pages::stale();
    };
    let person = person(&sim, form.get("user").unwrap_or_default());
    match person.filter(|_| form.get("password").unwrap_or_default() != "wrong") {
        Some(user) => {
            let (provider, id) = (request.provider, user.account_id.clone());
            // It was asked who it is, and this is the answer, whomever the client expected.
            request.prompt.retain(|word| word != "login" && word != "select_account");
            request.login_hint = None;
            let response = proceed(&sim, request, std::slice::from_ref(&id));
            session::start(&sim, (provider, &id), &headers, response)
        }
        None => {
            let status = sim.change().settings.wrong_password_status;
            let page = pages::login(&sim, &keep(&sim, request), Some("That name and password do not belong together."));
            (StatusCode::from_u16(status).unwrap_or_default(), page).into_response()
        }
    }
}

/// `POST account`: the form of the page that asks which of the people signed in shall go on.
pub(crate) async fn choose(
    State(sim): State<Sim>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let form = Params(fields);
    let Some(mut request) = form.get("request").and_then(|id| sim.change().grants.pending.remove(id)) else {
        return pages::stale();
    };
    request.prompt.retain(|word| word != "select_account");
    request.login_hint = None;
    let chosen = form.get("user").unwrap_or_default();
    if !session::users(&sim, &headers).iter().any(|user| user == chosen) {
        // "Use another account"
        return pages::login(&sim, &keep(&sim, request), None).into_response();
    }
    let id = chosen.to_owned();
    let provider = request.provider;
    let response = proceed(&sim, request, std::slice::from_ref(&id));
    session::start(&sim, (provider, &id), &headers, response)
}

/// `POST consent`: the form of the consent page.
pub(crate) async fn decide(
    State(sim): State<Sim>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let form = Params(fields);
    let Some(user) = session::users(&sim, &headers).pop() else { return pages::stale() };
    let Some(request) = form.get("request").and_then(|id| sim.change().grants.pending.remove(id)) else {
        return pages::stale();
    };
    if form.get("decision") != Some("accept") {
        return deny(&sim, &request, Denial::Declined);
    }
    let sites: Vec<String> = form.all("site").map(str::to_owned).collect();
    if request.provider == Provider::Cloud && sites.is_empty() && !pages::sites(&sim).is_empty() {
        let page = pages::consent(&sim, &request, (&keep(&sim, request.clone()), &user), Some("Choose a site first."));
        return page.into_response();
    }
    accept(&sim, &request, &user, sites)
}

/// Somebody who works here, by accountId, whole name or mail address.
fn person<'s>(sim: &'s Sim, name: &str) -> Option<&'s User> {
    let name = name.to_lowercase();
    sim.world().users().iter().find(|user| {
        user.active
            && user.account_type == "atlassian"
            && [&user.account_id, &user.display_name, &user.email].iter().any(|text| text.to_lowercase() == name)
    })
}

/// Asks the next thing that has to be asked, or goes back with a code. `users` are signed in, the last one most recently.
fn proceed(sim: &Sim, request: Pending, users: &[String]) -> Response {
    let silent = request.prompts("none");
    // A name of its own: in the head of the `match` the lock would be held through its arms.
    let mode = sim.change().settings.consent;
    match mode {
        ConsentMode::Ask => {}
        ConsentMode::Accept => {
            let expected = request.login_hint.as_deref().and_then(|hint| person(sim, hint));
            let user = expected.unwrap_or_else(|| sim.world().me());
            return accept(sim, &request, &user.account_id, pages::sites(sim));
        }
        ConsentMode::Deny => return deny(sim, &request, Denial::Declined),
    }
    let user = match who(sim, &request, users) {
        Who::This(user) => user,
        Who::Nobody if silent => return deny(sim, &request, Denial::NobodySignedIn),
        Who::Several if silent => return deny(sim, &request, Denial::SeveralSignedIn),
        Who::Nobody => return pages::login(sim, &keep(sim, request), None).into_response(),
        Who::Several => return pages::accounts(sim, request.provider, &keep(sim, request), users).into_response(),
    };
    if !request.prompts("consent") && sim.change().grants.has_consented(&user, &request) {
        return accept(sim, &request, &user, pages::sites(sim));
    }
    if silent {
        return deny(sim, &request, Denial::NotConsented);
    }
    pages::consent(sim, &request, (&keep(sim, request.clone()), &user), None).into_response()
}

/// Who goes on.
enum Who {
    This(String),
    Nobody,
    Several,
}

/// Entra knows several people in one browser, and heeds `login_hint`; for the others the last one counts.
fn who(sim: &Sim, request: &Pending, users: &[String]) -> Who {
    let Some(last) = users.last().filter(|_| !request.prompts("login")) else { return Who::Nobody };
    if request.prompts("select_account") {
        return Who::Several;
    }
    let hinted = request.login_hint.as_deref().map(|hint| person(sim, hint).map(|user| user.account_id.clone()));
    match (hinted, users) {
        (Some(hinted), _) => match hinted.filter(|hinted| users.contains(hinted)) {
            Some(user) => Who::This(user),
            None => Who::Nobody,
        },
        (None, [_, _, ..]) if request.provider == Provider::Entra => Who::Several,
        (None, _) => Who::This(last.clone()),
    }
}

fn keep(sim: &Sim, request: Pending) -> String {
    let id = random::token(32);
    sim.change().grants.pending.insert(id.clone(), request);
    id
}
