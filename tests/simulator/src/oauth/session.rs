//! Who is signed in at the authorization server in this browser.

use super::Provider;
use crate::random;
use crate::state::Sim;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};
use axum::response::Response;

const NAME: &str = "simulator_session";

/// The session cookie.
fn cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == NAME).map(|(_, value)| value.to_owned())
}

/// The accountIds of the people signed in, by the session cookie; the one used last at the end.
pub(crate) fn users(sim: &Sim, headers: &HeaderMap) -> Vec<String> {
    cookie(headers).and_then(|session| sim.change().grants.sessions.get(&session).cloned()).unwrap_or_default()
}

/// Signs a person in at one provider and gives the browser its cookie. (In truth they are different hosts.) Whoever was
/// signed in stays so at Entra, which keeps a list, and only there.
pub(crate) fn start(
    sim: &Sim,
    (provider, user): (Provider, &str),
    headers: &HeaderMap,
    mut response: Response,
) -> Response {
    let mut people = if provider == Provider::Entra { users(sim, headers) } else { Vec::new() };
    people.retain(|known| known != user);
    people.push(user.to_owned());
    let session = random::token(32);
    sim.change().grants.sessions.insert(session.clone(), people);
    set(&format!("{session}; Path={}", provider.root()), &mut response);
    response
}

/// Signs everybody out at one provider.
pub(crate) fn end(sim: &Sim, provider: Provider, headers: &HeaderMap, mut response: Response) -> Response {
    if let Some(session) = cookie(headers) {
        sim.change().grants.sessions.remove(&session);
    }
    set(&format!("; Path={}; Max-Age=0", provider.root()), &mut response);
    response
}

fn set(value: &str, response: &mut Response) {
    if let Ok(value) = HeaderValue::try_from(format!("{NAME}={value}; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
