//! Who calls, and whether they may.

use super::refusal;
use crate::data::Site;
use crate::oauth::Provider;
use crate::oauth::grants::Grant;
use crate::state::Sim;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

/// What a call needs of its token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// That it is good.
    Nothing,
    /// This scope.
    Scope(&'static str),
}

/// What reading issues and projects needs.
pub(crate) const WORK: Wanted = Wanted::Scope("read:jira-work");
/// What reading people needs.
pub(crate) const PEOPLE: Wanted = Wanted::Scope("read:jira-user");

/// A personal access token of the Data Center's default person, always good.
const PERSONAL_ACCESS_TOKEN: &str = "simulator-personal-access-token";

/// Whoever is behind a good token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// accountId
    pub(crate) user: String,
    pub(crate) scopes: Vec<String>,
    /// The cloudIds that were chosen at consent.
    pub(crate) sites: Vec<String>,
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
    let Some(grant) = grant.filter(|grant| grant.provider == Provider::Cloud) else {
        return Err(unknown_token(change.settings.expired_token_status));
    };
    if let Wanted::Scope(scope) = wanted
        && !grant.scopes.iter().any(|given| given == scope)
    {
        return Err(refusal::gateway(StatusCode::UNAUTHORIZED, "Unauthorized; scope does not match"));
    }
    Ok(grant.into())
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
pub(crate) fn site<'s>(
    sim: &'s Sim,
    headers: &HeaderMap,
    cloud_id: &str,
    wanted: Wanted,
) -> Result<(Caller, &'s Site), Response> {
    let caller = cloud(sim, headers, wanted)?;
    match sim.site(cloud_id).filter(|site| caller.sites.contains(&site.cloud_id)) {
        Some(site) => Ok((caller, site)),
        None => Err(refusal::gateway(StatusCode::NOT_FOUND, "Not Found")),
    }
}

/// Checks a call of the Data Center. `READ` is in every scope.
#[expect(clippy::result_large_err, reason = "the refusal is the answer, made once per request")]
pub(crate) fn data_center<'s>(sim: &'s Sim, headers: &HeaderMap) -> Result<(Caller, &'s Site), Response> {
    let now = sim.now();
    let mut change = sim.change();
    change.counters.api_calls += 1;
    let token = bearer(headers);
    let grant = token.and_then(|token| change.grants.access(token, now).cloned());
    drop(change);
    let personal = (token == Some(PERSONAL_ACCESS_TOKEN)).then(|| Caller {
        user: sim.world().me().account_id.clone(),
        scopes: Vec::new(),
        sites: Vec::new(),
    });
    let caller = grant.filter(|grant| grant.provider == Provider::DataCenter).map(Caller::from).or(personal);
    match (caller, sim.world().sites.first()) {
        (Some(caller), Some(site)) => Ok((caller, site)),
        _ => {
            let mut answer = (StatusCode::UNAUTHORIZED, "").into_response();
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("OAuth realm=\"jira\""));
            Err(answer)
        }
    }
}
