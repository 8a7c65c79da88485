//! Who calls, and whether they may.

use super::refusal;
use crate::data::Site;
use crate::oauth::Provider;
use crate::oauth::grants::Grant;
use crate::state::Sim;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

/// What a call needs of its token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// That it is good.
    Nothing,
    /// This scope.
    Scope(&'static str),
    /// All of these.
    All(&'static [&'static str]),
}

impl Wanted {
    /// Whether the call changes something.
    pub(crate) fn writes(self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Scope(scope) => scope.starts_with("write:"),
            Self::All(scopes) => scopes.iter().any(|scope| scope.starts_with("write:")),
        }
    }
}

/// What reading issues and projects needs.
pub(crate) const WORK: Wanted = Wanted::Scope("read:jira-work");
/// What reading people needs.
pub(crate) const PEOPLE: Wanted = Wanted::Scope("read:jira-user");

/// A personal access token of the Data Center's default person, always good. (Any other is unknown or expired: Data Center
/// does not say which.)
pub(crate) const PERSONAL_ACCESS_TOKEN: &str = "simulator-personal-access-token";
/// The same of a colleague.
const COLLEAGUE_S_TOKEN: &str = "simulator-personal-access-token-of-a-colleague";
/// The default person's API token of Jira Cloud, always good together with that person's mail address.
pub(crate) const API_TOKEN: &str = "simulator-api-token";

/// Whoever is behind a good token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// accountId
    pub(crate) user: String,
    pub(crate) scopes: Vec<String>,
    /// The cloudIds that were chosen at consent.
    pub(crate) sites: Vec<String>,
}

impl Caller {
    /// Whether a token of Data Center is good for more than reading. (A personal access token has all its owner's rights.)
    pub(crate) fn may_write(&self) -> bool {
        self.scopes.is_empty() || self.scopes.iter().any(|scope| scope != "READ")
    }
}

impl From<Grant> for Caller {
    fn from(grant: Grant) -> Self {
        Self { user: grant.user, scopes: grant.scopes, sites: grant.sites }
    }
}

/// The token of `Authorization: Bearer`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// Checks a call of api.atlassian.com.
#[expect(clippy::result_large_err, reason = "the refusal is the answer, made once per request")]
pub(crate) fn cloud(sim: &Sim, headers: &HeaderMap, wanted: Wanted) -> Result<Caller, Response> {
    let now = sim.now();
    let mut change = sim.change();
    change.counters.api_calls += 1;
    let grant = bearer(headers).and_then(|token| change.grants.access(token, now).cloned());
    match grant.filter(|grant| grant.provider == Provider::Cloud) {
        Some(grant) => fitting(grant.into(), wanted),
        None => Err(unknown_token(change.settings.expired_token_status)),
    }
}

#[expect(clippy::result_large_err, reason = "the refusal is the answer, made once per request")]
fn fitting(caller: Caller, wanted: Wanted) -> Result<Caller, Response> {
    let has = |scope: &&str| caller.scopes.iter().any(|given| given == scope);
    let fits = match wanted {
        Wanted::Nothing => true,
        Wanted::Scope(scope) => has(&scope),
        Wanted::All(scopes) => scopes.iter().all(has),
    };
    match fits {
        true => Ok(caller),
        false => Err(refusal::gateway(StatusCode::UNAUTHORIZED, "Unauthorized; scope does not match")),
    }
}

/// Mail address and API token of `Authorization: Basic`, which the gateway takes for a site's REST API only.
fn api_token(sim: &Sim, headers: &HeaderMap, wanted: Wanted) -> Option<Result<Caller, Response>> {
    let given = headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let mut change = sim.change();
    change.counters.api_calls += 1;
    let scopes = change.settings.api_token_scopes.clone();
    drop(change);
    let me = sim.world().me();
    if given != STANDARD.encode(format!("{}:{API_TOKEN}", me.email)) {
        return Some(Err(refusal::gateway(StatusCode::UNAUTHORIZED, "Unauthorized")));
    }
    let sites = sim.world().sites.iter().map(|site| site.cloud_id.clone()).collect();
    Some(fitting(Caller { user: me.account_id.clone(), scopes, sites }, wanted))
}

/// 401 is the honest answer; 403 and 404 have been seen in its place.
fn unknown_token(status: u16) -> Response {
    match status {
        403 => refusal::gateway(StatusCode::FORBIDDEN, "Forbidden"),
        404 => refusal::gateway(StatusCode::NOT_FOUND, "Not Found"),
        _ => refusal::gateway(StatusCode::UNAUTHORIZED, "Unauthorized"),
    }
}

/// Checks a call of a Cloud site's REST API.
#[expect(clippy::result_large_err, reason = "the refusal is the answer, made once per request")]
pub(crate) fn site(
    sim: &Sim,
    headers: &HeaderMap,
    cloud_id: &str,
    wanted: Wanted,
) -> Result<(Caller, Arc<Site>), Response> {
    let caller = api_token(sim, headers, wanted).unwrap_or_else(|| cloud(sim, headers, wanted))?;
    match sim.site(cloud_id).filter(|site| caller.sites.contains(&site.cloud_id)) {
        Some(site) => Ok((caller, site)),
        None => Err(refusal::gateway(StatusCode::NOT_FOUND, "Not Found")),
    }
}

/// Who calls the Data Center, if anybody.
pub(crate) fn local_caller(sim: &Sim, headers: &HeaderMap) -> Option<Caller> {
    let token = bearer(headers)?;
    let now = sim.now();
    let grant = sim.change().grants.access(token, now).cloned();
    let personal = || {
        let (world, holders) = (sim.world(), [PERSONAL_ACCESS_TOKEN, COLLEAGUE_S_TOKEN]);
        let user = world.users().get(holders.iter().position(|known| *known == token)?)?.account_id.clone();
        Some(Caller { user, scopes: Vec::new(), sites: Vec::new() })
    };
    grant.filter(|grant| grant.provider == Provider::DataCenter).map(Caller::from).or_else(personal)
}

/// Checks a call of the Data Center. `READ` is in every scope.
#[expect(clippy::result_large_err, reason = "the refusal is the answer, made once per request")]
pub(crate) fn data_center(sim: &Sim, headers: &HeaderMap) -> Result<(Caller, Arc<Site>), Response> {
    sim.change().counters.api_calls += 1;
    match (local_caller(sim, headers), sim.sites().into_iter().next()) {
        (Some(caller), Some(site)) => Ok((caller, site)),
        _ => Err(refusal::not_signed_in(headers.contains_key(AUTHORIZATION))),
    }
}

#[cfg(test)]
mod tests;
