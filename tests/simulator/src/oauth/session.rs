//! Who is signed in at the authorization server in this browser.

use super::Provider;
use crate::random;
use crate::state::Sim;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};
use axum::response::Response;

const NAME: &str = "simulator_session";

/// The accountId of the person signed in, by the session cookie.
pub(crate) fn user(sim: &Sim, headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let session = pairs.filter(|(name, _)| *name == NAME).map(|(_, value)| value.to_owned()).next()?;
    sim.change().grants.sessions.get(&session).cloned()
}

/// Signs a person in at one provider and gives the browser its cookie. (In truth they are different hosts.)
pub(crate) fn start(sim: &Sim, provider: Provider, user: &str, mut response: Response) -> Response {
    let session = random::token(32);
    sim.change().grants.sessions.insert(session.clone(), user.to_owned());
    if let Ok(value) =
        HeaderValue::try_from(format!("{NAME}={session}; Path={}; HttpOnly; SameSite=Lax", provider.root()))
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
