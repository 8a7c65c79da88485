//! How a person is sent back to the client, with a code or with the reason why not.

use super::check::Problem;
use crate::html;
use crate::oauth::grants::{Grant, Pending};
use crate::oauth::{Provider, entra, pages};
use crate::params::Params;
use crate::random;
use crate::state::{Sim, seconds};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

/// Why nobody gets a code.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Denial {
    /// The person said no.
    Declined,
    /// Silent, and nobody (or nobody that was asked for) is signed in.
    NobodySignedIn,
    /// Silent, and the person has not consented.
    NotConsented,
    /// Silent, and several people are signed in.
    SeveralSignedIn,
}

impl Denial {
    fn words(self, sim: &Sim, provider: Provider) -> (&'static str, String) {
        if provider == Provider::Entra {
            return entra::denial(sim, self);
        }
        let (error, text) = match self {
            Self::Declined => ("access_denied", "User did not authorize the request"),
            Self::NobodySignedIn => ("login_required", "Nobody is signed in"),
            Self::NotConsented => ("consent_required", "The person has not allowed this yet"),
            Self::SeveralSignedIn => ("account_selection_required", "Several people are signed in"),
        };
        (error, text.to_owned())
    }
}

/// Back with a code: `user` has consented to what `request` asks for, on these sites.
pub(crate) fn accept(sim: &Sim, request: &Pending, user: &str, sites: Vec<String>) -> Response {
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
            nonce: request.nonce.clone(),
            started: now,
            refreshes: 0,
            alive: true,
        });
        change.grants.issue_code(grant, request.challenge.clone(), expires)
    };
    send_back(sim, request, &[("code", &code)])
}

/// Back without one.
pub(crate) fn deny(sim: &Sim, request: &Pending, denial: Denial) -> Response {
    let (error, description) = denial.words(sim, request.provider);
    send_back(sim, request, &[("error", error), ("error_description", &description)])
}

/// The request was not in order. Jira Cloud never sends a person back with such a problem: it shows a page of
/// id.atlassian.com.
pub(crate) fn refuse(sim: &Sim, provider: Provider, params: &Params, problem: &Problem) -> Response {
    if provider == Provider::Cloud {
        let query = query(&[("error", problem.error), ("error_description", &problem.description)]);
        return Redirect::to(&format!("/id/error?{query}")).into_response();
    }
    if !problem.tell_client {
        let page = html::message("This request cannot be followed", &problem.description);
        // Entra's page of errors comes with 200.
        let status = if provider == Provider::Entra { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        return (status, page).into_response();
    }
    let request = super::check::pending(provider, params, Vec::new(), None);
    send_back(sim, &request, &[("error", problem.error), ("error_description", &problem.description)])
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
        match request.provider {
            Provider::Generic => {
                let own = format!("{}/generic", sim.base());
                query.append_pair("iss", if settings.wrong_issuer { "https://impostor.example" } else { &own });
            }
            Provider::Entra => {
                query.append_pair("session_state", &random::uuid());
            }
            Provider::Cloud | Provider::DataCenter => {}
        }
    }
    Redirect::to(address.as_str()).into_response()
}

fn query(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
