//! One issue.

use super::auth::{self, WORK};
use super::fields::{Choice, Writer};
use super::{Place, Product, refusal};
use crate::params::Params;
use crate::state::Sim;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};

/// `GET issue/{key}` of Cloud: all fields unless `fields` says which.
pub(crate) async fn show(
    State(sim): State<Sim>,
    Path((cloud_id, key)): Path<(String, String)>,
    headers: HeaderMap,
    query: RawQuery,
) -> Response {
    let (caller, site) = match auth::site(&sim, &headers, &cloud_id, WORK) {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let Some(issue) = site.issue(&key) else { return refusal::no_issue(Product::Cloud) };
    let place = Place::cloud(&sim, &cloud_id);
    let writer = Writer { place: &place, site, me: &caller.user };
    Json(writer.issue(issue, &wanted(&query.0.unwrap_or_default(), "*all"))).into_response()
}

/// The fields that a query string asks for, `usual` if it does not say.
pub(crate) fn wanted(query: &str, usual: &str) -> Choice {
    let params = Params::form(query);
    let words: Vec<&str> =
        params.all("fields").flat_map(|list| list.split(',')).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { Choice::of(std::iter::once(usual)) } else { Choice::of(words.into_iter()) }
}
