//! What Data Center's version 2 answers.

use super::auth::{self, Caller};
use super::fields::{Choice, Writer};
use super::{Place, Product, refusal};
use crate::data::Site;
use crate::evaluate::{self, Context};
use crate::params::Params;
use crate::state::Sim;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Jira's own limit of one page.
const MOST: usize = 1000;

/// `GET serverInfo`: for anybody.
pub(crate) async fn server_info(State(sim): State<Sim>) -> Json<Value> {
    Json(json!({"baseUrl": format!("{}/dc", sim.base()), "version": "10.3.4", "versionNumbers": [10, 3, 4],
        "deploymentType": "Server", "buildNumber": 10_030_004, "serverTitle": "Simulator",
        "serverTime": crate::date::stamp(sim.now())}))
}

/// What the search takes.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wish {
    jql: String,
    start_at: usize,
    max_results: Option<usize>,
    fields: Vec<String>,
    expand: Vec<String>,
}

/// `GET search`
pub(crate) async fn by_query(State(sim): State<Sim>, headers: HeaderMap, query: RawQuery) -> Response {
    let params = Params::form(&query.0.unwrap_or_default());
    let number = |name: &str| params.get(name).map(str::parse).transpose();
    let (Ok(start_at), Ok(max_results)) = (number("startAt"), number("maxResults")) else {
        return refusal::bad("startAt and maxResults are numbers");
    };
    let fields = params.all("fields").flat_map(|list| list.split(',')).filter(|word| !word.is_empty());
    let wish = Wish {
        jql: params.get("jql").unwrap_or_default().to_owned(),
        start_at: start_at.unwrap_or(0),
        max_results,
        fields: fields.map(str::to_owned).collect(),
        expand: params.all("expand").flat_map(|list| list.split(',')).map(str::to_owned).collect(),
    };
    answer(&sim, &headers, &wish)
}

/// `POST search`
pub(crate) async fn by_body(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(wish) => answer(&sim, &headers, &wish),
        Err(_) => refusal::payload(),
    }
}

fn answer(sim: &Sim, headers: &HeaderMap, wish: &Wish) -> Response {
    match auth::data_center(sim, headers) {
        Ok((caller, site)) => page(sim, (&caller, &site), wish),
        Err(refusal) => refusal,
    }
}

fn page(sim: &Sim, (caller, site): (&Caller, &Site), wish: &Wish) -> Response {
    let context = Context { site, me: &caller.user, now: sim.data_now(), product: Product::DataCenter };
    let found = match evaluate::read(&wish.jql).and_then(|query| evaluate::run(&context, &query)) {
        Ok(found) => found,
        Err(sentences) => return refusal::of(StatusCode::BAD_REQUEST, &sentences),
    };
    let choice = match wish.fields.is_empty() {
        true => Choice::of(std::iter::once("*navigable")),
        false => Choice::of(wish.fields.iter().map(String::as_str)),
    };
    let limit = wish.max_results.unwrap_or(50).min(MOST);
    let place = Place::data_center(sim);
    let writer = Writer { place: &place, site, me: &caller.user };
    let expand: Vec<&str> = wish.expand.iter().map(String::as_str).collect();
    let issues: Vec<Value> =
        found.iter().skip(wish.start_at).take(limit).map(|found| writer.found(found, &choice, &expand)).collect();
    Json(json!({"expand": "schema,names", "startAt": wish.start_at, "maxResults": limit, "total": found.len(),
        "issues": issues}))
    .into_response()
}
