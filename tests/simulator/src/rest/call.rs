//! One call of the REST API, of either product: who calls, where, for what. Whoever may not call never gets here.

use super::auth::{self, Caller, Wanted};
use super::{Place, Product, limits, refusal};
use crate::data::{Issue, Site};
use crate::params::Params;
use crate::state::Sim;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::sync::Arc;

/// A call that may go on.
pub(crate) struct Call {
    pub(crate) sim: Sim,
    pub(crate) place: Place,
    pub(crate) caller: Caller,
    /// The site as it was when the call came.
    pub(crate) site: Arc<Site>,
    pub(crate) query: Params,
    pub(crate) headers: HeaderMap,
    /// The parts of the path below the API's root.
    path: Vec<String>,
}

/// A refusal, as small as a pointer, so that results stay small.
#[derive(Debug)]
pub(crate) struct Refused(Box<Response>);

impl From<Response> for Refused {
    fn from(answer: Response) -> Self {
        Self(Box::new(answer))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// What a handler answers.
pub(crate) type Answer = Result<Response, Refused>;

impl FromRequestParts<Sim> for Call {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, sim: &Sim) -> Result<Self, Refused> {
        let parts: &Parts = parts;
        Self::of(parts, sim)
    }
}

/// Where a path leads.
struct Target {
    cloud_id: Option<String>,
    agile: bool,
    path: Vec<String>,
}

impl Target {
    fn of(path: &str) -> Option<Self> {
        let decode = |part: &str| Params::form(&format!("v={}", part.replace('+', "%2B"))).get("v").map(str::to_owned);
        let mut words = path.split('/').filter(|word| !word.is_empty()).map(decode);
        let mut next = || words.next().flatten();
        let cloud_id = match next()?.as_str() {
            "dc" => None,
            _ => {
                next()?;
                next()?;
                Some(next()?)
            }
        };
        next()?;
        let agile = next()? == "agile";
        next()?;
        Some(Self { cloud_id, agile, path: words.flatten().collect() })
    }
}

impl Call {
    fn of(parts: &Parts, sim: &Sim) -> Result<Self, Refused> {
        let target =
            Target::of(parts.uri.path()).ok_or_else(|| refusal::gateway(StatusCode::NOT_FOUND, "Not Found"))?;
        let words: Vec<&str> = target.path.iter().map(String::as_str).collect();
        let wanted = needed(&parts.method, target.agile, &words);
        let (place, (caller, site)) = match &target.cloud_id {
            Some(id) => {
                let place = Place::cloud(sim, id);
                (place, auth::site(sim, &parts.headers, id, wanted)?)
            }
            None => (Place::data_center(sim), auth::data_center(sim, &parts.headers)?),
        };
        let query = Params::form(parts.uri.query().unwrap_or_default());
        let headers = parts.headers.clone();
        let call = Self { sim: Arc::clone(sim), place, caller, site, query, headers, path: target.path };
        if wanted.writes() && call.place.product == Product::DataCenter && !call.caller.may_write() {
            return Err(refusal::gateway(StatusCode::FORBIDDEN, "Forbidden; the token's scope is READ").into());
        }
        limits::check(&call, &parts.method)?;
        Ok(call)
    }

    /// The part of the path at `place`, counted below the API's root.
    pub(crate) fn at(&self, place: usize) -> &str {
        self.path.get(place).map_or("", String::as_str)
    }

    /// The issue that the path names, if the caller may see it.
    pub(crate) fn issue(&self) -> Result<&Issue, Refused> {
        self.find(self.at(1))
    }

    /// An issue by key or id, if the caller may see it.
    pub(crate) fn find(&self, key_or_id: &str) -> Result<&Issue, Refused> {
        self.site
            .issue(key_or_id)
            .filter(|issue| self.may(super::permissions::BROWSE, &issue.project))
            .ok_or_else(|| refusal::no_issue(self.place.product).into())
    }

    /// A number of the query, `usual` if it is not there.
    pub(crate) fn number(&self, name: &str, usual: usize) -> Result<usize, Refused> {
        let text = self.query.get(name);
        text.map_or(Ok(usual), |text| {
            text.parse().map_err(|_| refusal::bad(&format!("The value of {name} is not a number.")).into())
        })
    }

    /// Words of the query, of several parameters or divided by commas.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        let all = self.query.all(name).flat_map(|list| list.split(','));
        all.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Changes the site. Nothing inside may ask the simulator (its clock, its settings): the change holds it.
    pub(crate) fn edit<T>(&self, edit: impl FnOnce(&mut Site) -> Result<T, Refused>) -> Result<T, Refused> {
        let done = self.sim.edit(&self.site.cloud_id, edit);
        done.unwrap_or_else(|| Err(refusal::no_issue(self.place.product).into()))
    }

    /// What the sample data calls now.
    pub(crate) fn now(&self) -> i64 {
        self.sim.data_now()
    }

    /// The site as it is now, after a change.
    pub(crate) fn fresh(&self) -> Arc<Site> {
        self.sim.site(&self.site.cloud_id).unwrap_or_else(|| Arc::clone(&self.site))
    }

    /// Whether this is Jira Cloud.
    pub(crate) fn cloud(&self) -> bool {
        self.place.product == Product::Cloud
    }
}

/// A body that must be a JSON object.
pub(crate) fn object(body: &[u8]) -> Result<Value, Refused> {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) if value.is_object() => Ok(value),
        _ => Err(refusal::payload().into()),
    }
}

/// The scopes a call needs at Cloud.
fn needed(method: &Method, agile: bool, path: &[&str]) -> Wanted {
    if agile {
        return match (method == Method::GET, path) {
            (true, ["sprint", ..] | ["board", _, "sprint", ..]) => Wanted::All(&["read:sprint:jira-software"]),
            (true, ["board", _, "issue" | "backlog"]) => {
                Wanted::All(&["read:board-scope:jira-software", "read:issue-details:jira"])
            }
            (true, _) => Wanted::All(&["read:board-scope:jira-software", "read:project:jira"]),
            (false, ["issue", "rank"]) => Wanted::All(&["write:issue:jira-software"]),
            (false, ["backlog", ..]) => Wanted::All(&["write:board-scope:jira-software"]),
            (false, _) => Wanted::All(&["write:sprint:jira-software"]),
        };
    }
    let reads = method == Method::GET
        || matches!(path, ["search", ..] | ["jql", ..] | ["issue", "bulkfetch"] | ["permissions", ..]);
    match path {
        ["myself" | "user" | "users" | "groupuserpicker", ..] => auth::PEOPLE,
        _ if reads => auth::WORK,
        _ => Wanted::Scope("write:jira-work"),
    }
}
