//! Microsoft Entra ID, version 2.0 of its endpoints, with one tenant: Harborline's.

use super::authorize::back::Denial;
use super::authorize::check::{Problem, pending, words};
use super::clients::{self, Kind};
use super::grants::Pending;
use super::{Provider, authorize, session};
use crate::html;
use crate::params::Params;
use crate::state::Sim;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};

mod discovery;
mod refusal;
#[cfg(test)]
mod tests;
mod token;
mod userinfo;

use refusal::Refusal;

/// The id of the one tenant.
pub(crate) const TENANT: &str = "2f8c0a54-6d1b-4e7a-9c35-b70e41d8a6f2";
/// Its domain, which names it as well.
const DOMAIN: &str = "harborline.example";

/// Everything of Entra, and the one address of Microsoft Graph that belongs to OpenID Connect.
pub(crate) fn router() -> Router<Sim> {
    Router::new()
        .route("/entra/{tenant}/v2.0/.well-known/openid-configuration", get(discovery::show))
        .route("/entra/{tenant}/discovery/v2.0/keys", get(discovery::keys))
        .route("/entra/{tenant}/oauth2/v2.0/authorize", get(start))
        .route("/entra/{tenant}/oauth2/v2.0/token", post(token::answer))
        .route("/entra/{tenant}/oauth2/v2.0/logout", get(logout))
        .route("/graph/oidc/userinfo", get(userinfo::show).post(userinfo::show))
}

/// What a tenant in an address stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tenant {
    /// `common` or `organizations`: whichever the person belongs to.
    Any,
    /// Harborline's.
    Own,
}

impl Tenant {
    fn of(name: &str) -> Result<Self, Refusal> {
        match name {
            "common" | "organizations" => Ok(Self::Any),
            TENANT | DOMAIN => Ok(Self::Own),
            _ => Err(Refusal::new("invalid_tenant", 90_002).saying(format!(
                "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are signing into the \
                 correct cloud. Check with your subscription administrator, this may happen if there are no active \
                 subscriptions for the tenant."
            ))),
        }
    }
}

async fn start(State(sim): State<Sim>, Path(tenant): Path<String>, headers: HeaderMap, query: RawQuery) -> Response {
    match Tenant::of(&tenant) {
        Ok(_) => authorize::start(Provider::Entra, &sim, &headers, &query),
        Err(refusal) => {
            html::message("Sorry, but we’re having trouble signing you in.", &refusal.text()).into_response()
        }
    }
}

/// Signs everybody out of this browser; goes on to `post_logout_redirect_uri` if it is a client's.
async fn logout(State(sim): State<Sim>, headers: HeaderMap, query: RawQuery) -> Response {
    let params = Params::form(&query.0.unwrap_or_default());
    let next = params.get("post_logout_redirect_uri").filter(|uri| clients::redirect_is_registered(uri));
    let answer = match next {
        Some(uri) => Redirect::to(uri).into_response(),
        None => {
            html::message("You signed out of your account", "It is a good idea to close all windows.").into_response()
        }
    };
    session::end(&sim, Provider::Entra, &headers, answer)
}

/// Whether an authorization request is in order for Entra.
pub(crate) fn check(params: &Params) -> Result<Pending, Problem> {
    let page = |refusal: Refusal| Problem::page(refusal.error(), refusal.text());
    let back = |refusal: Refusal| Problem::redirect(refusal.error(), refusal.text());
    let id = params.get("client_id").ok_or_else(|| page(Refusal::missing("client_id")))?;
    let client = clients::find(Provider::Entra, id).ok_or_else(|| page(Refusal::unknown_client(id)))?;
    let uri = params.get("redirect_uri").unwrap_or_default();
    if !clients::redirect_is_registered(uri) || client.kind == Kind::Machine {
        let text = format!(
            "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the \
             application '{id}'."
        );
        return Err(page(Refusal::new("invalid_request", 50_011).saying(text)));
    }
    if params.get("response_type") != Some("code") {
        let text = "The response_type is not one that this application may use.".to_owned();
        return Err(back(Refusal::new("unsupported_response_type", 700_054).saying(text)));
    }
    let scopes = words(params, "scope");
    if scopes.is_empty() {
        return Err(back(Refusal::missing("scope")));
    }
    one_resource(&scopes).map_err(back)?;
    Ok(pending(Provider::Entra, params, scopes, check_challenge(params, client.kind).map_err(back)?))
}

/// A token is good for one resource; the scopes of OpenID Connect belong to each.
fn one_resource(scopes: &[String]) -> Result<(), Refusal> {
    let mut resources = scopes.iter().filter_map(|scope| resource(scope));
    let first = resources.next();
    match resources.find(|other| Some(*other) != first) {
        None => Ok(()),
        Some(_) => Err(Refusal::new("invalid_scope", 28_000).saying(format!(
            "Provided value for the input parameter scope is not valid because it contains more than one resource. \
             Scope {} is not valid.",
            scopes.join(" ")
        ))),
    }
}

const GRAPH: &str = "https://graph.microsoft.com";

/// The resource that a scope belongs to: what stands before its last part, Microsoft Graph if nothing does.
fn resource(scope: &str) -> Option<&str> {
    if ["openid", "profile", "email", "offline_access"].contains(&scope) {
        return None;
    }
    Some(scope.contains("://").then(|| scope.rsplit_once('/')).flatten().map_or(GRAPH, |(resource, _)| resource))
}

fn check_challenge(params: &Params, kind: Kind) -> Result<Option<String>, Refusal> {
    let refused = |text: &str| Refusal::new("invalid_request", 9_002_325).saying(text.to_owned());
    let Some(challenge) = params.get("code_challenge") else {
        return match kind {
            Kind::SinglePage => {
                Err(refused("Proof Key for Code Exchange is required for cross-origin authorization code redemption."))
            }
            Kind::Public | Kind::Confidential | Kind::Machine => Ok(None),
        };
    };
    if params.get("code_challenge_method") != Some("S256") || challenge.chars().count() != 43 {
        let text = "The code_challenge or its code_challenge_method is not supported.".to_owned();
        return Err(Refusal::new("invalid_request", 501_491).saying(text));
    }
    Ok(Some(challenge.to_owned()))
}

/// What Entra says when it sends a person back without a code.
pub(crate) fn denial(sim: &Sim, denial: Denial) -> (&'static str, String) {
    let (error, code, text) = match denial {
        Denial::Declined => ("access_denied", 65_004, "User declined to consent to access the app."),
        Denial::NobodySignedIn => {
            ("login_required", 50_058, "A silent sign-in request was sent but no user is signed in.")
        }
        Denial::NotConsented => (
            "interaction_required",
            65_001,
            "The user or administrator has not consented to use the application. Send an interactive authorization \
             request for this user and resource.",
        ),
        Denial::SeveralSignedIn => (
            "interaction_required",
            16_000,
            "Either multiple user identities are available for the current request or selected account is not supported \
             for the scenario.",
        ),
    };
    (error, Refusal::new(error, code).saying(text.to_owned()).description(sim.now()))
}
