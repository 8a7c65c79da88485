//! The search of Cloud: pages without a total, ids unless fields are asked for, no unbounded queries.

use super::auth::{self, Caller, WORK};
use super::fields::{Choice, Writer};
use super::{Place, Product, page_token, refusal};
use crate::data::{Issue, Site};
use crate::evaluate::{self, Context};
use crate::params::Params;
use crate::state::Sim;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// More than this is not given in one page, and with fields beyond id and key not even that.
const MOST: usize = 5000;
const MOST_WITH_FIELDS: usize = 100;

/// What the endpoint takes. A member it does not know makes it refuse the request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Wish {
    jql: String,
    next_page_token: Option<String>,
    max_results: Option<i64>,
    fields: Vec<String>,
    expand: Option<String>,
    properties: Vec<String>,
    fields_by_keys: bool,
    fail_fast: bool,
    reconcile_issues: Vec<i64>,
}

/// `GET search/jql`
pub(crate) async fn by_query(
    State(sim): State<Sim>,
    Path(cloud_id): Path<String>,
    headers: HeaderMap,
    query: RawQuery,
) -> Response {
    let params = Params::form(&query.0.unwrap_or_default());
    let words = |name: &'static str| -> Vec<String> {
        params.all(name).flat_map(|list| list.split(',')).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let max_results = match params.get("maxResults").map(str::parse) {
        None => None,
        Some(Ok(number)) => Some(number),
        Some(Err(_)) => return refusal::bad("The value of maxResults is not a number."),
    };
    let wish = Wish {
        jql: params.get("jql").unwrap_or_default().to_owned(),
        next_page_token: params.get("nextPageToken").map(str::to_owned),
        max_results,
        fields: words("fields"),
        expand: params.get("expand").map(str::to_owned),
        properties: words("properties"),
        reconcile_issues: words("reconcileIssues").iter().filter_map(|id| id.parse().ok()).collect(),
        ..Wish::default()
    };
    answer(&sim, &cloud_id, &headers, Some(wish))
}

/// `POST search/jql`
pub(crate) async fn by_body(
    State(sim): State<Sim>,
    Path(cloud_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&sim, &cloud_id, &headers, serde_json::from_slice(&body).ok())
}

fn answer(sim: &Sim, cloud_id: &str, headers: &HeaderMap, wish: Option<Wish>) -> Response {
    let (caller, site) = match auth::site(sim, headers, cloud_id, WORK) {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    match wish {
        Some(wish) => page(sim, (&caller, &site), &wish),
        None => refusal::payload(),
    }
}

fn page(sim: &Sim, (caller, site): (&Caller, &Site), wish: &Wish) -> Response {
    if wish.properties.len() > 5 || wish.reconcile_issues.len() > 50 {
        return refusal::payload();
    }
    let choice = Choice::of(wish.fields.iter().map(String::as_str));
    let most = if choice.is_empty() { MOST } else { MOST_WITH_FIELDS };
    let limit = match usize::try_from(wish.max_results.unwrap_or(50)) {
        Ok(limit) if limit > 0 => limit.min(most),
        _ => return refusal::bad("The value of maxResults must be between 1 and 5000."),
    };
    let now = sim.now();
    let start = match wish.next_page_token.as_deref().map(|token| page_token::read(token, &wish.jql, now)) {
        None => 0,
        Some(Some(start)) => start,
        Some(None) => return refusal::bad("The provided next page token is invalid or expired."),
    };
    let found = match find(sim, (caller, site), &wish.jql) {
        Ok(found) => found,
        Err(sentences) => return refusal::of(StatusCode::BAD_REQUEST, &sentences),
    };
    let place = Place::cloud(sim, &site.cloud_id);
    let writer = Writer { place: &place, site, me: &caller.user };
    let names_key = wish.fields.iter().any(|field| field == "key" || field == "issuekey");
    let expand: Vec<&str> = wish.expand.iter().flat_map(|all| all.split(',')).collect();
    let one = |issue: &&Issue| match choice.is_empty() {
        true if !names_key => json!({"id": issue.id.to_string()}),
        true => json!({"id": issue.id.to_string(), "key": issue.key}),
        false => writer.found(issue, &choice, &expand),
    };
    let issues: Vec<Value> = found.iter().skip(start).take(limit).map(one).collect();
    let end = start + issues.len();
    let mut answer = json!({"issues": issues, "isLast": end >= found.len()});
    if end < found.len() {
        answer["nextPageToken"] = page_token::write(&wish.jql, end, now).into();
    }
    Json(answer).into_response()
}

/// The issues of a bounded query, in its order.
fn find<'s>(sim: &Sim, (caller, site): (&'s Caller, &'s Site), jql: &str) -> Result<Vec<&'s Issue>, Vec<String>> {
    let context = Context { site, me: &caller.user, now: sim.data_now(), product: Product::Cloud };
    let query = evaluate::read(jql)?;
    if query.where_clause.is_none() {
        let unbounded = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";
        return Err(vec![unbounded.into()]);
    }
    evaluate::run(&context, &query)
}

/// What `search/approximate-count` takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    jql: String,
}

/// `POST search/approximate-count`
pub(crate) async fn count(
    State(sim): State<Sim>,
    Path(cloud_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (caller, site) = match auth::site(&sim, &headers, &cloud_id, WORK) {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let Ok(question) = serde_json::from_slice::<Question>(&body) else { return refusal::payload() };
    match find(&sim, (&caller, &site), &question.jql) {
        Ok(found) => Json(json!({"count": found.len()})).into_response(),
        Err(sentences) => refusal::of(StatusCode::BAD_REQUEST, &sentences),
    }
}

/// `GET` and `POST search`: gone since 2025.
pub(crate) async fn removed(State(sim): State<Sim>, Path(cloud_id): Path<String>, headers: HeaderMap) -> Response {
    match auth::site(&sim, &headers, &cloud_id, WORK) {
        Ok(_) => refusal::removed(),
        Err(refusal) => refusal,
    }
}
