//! Comments.

use super::auth::{self, WORK};
use super::fields::Writer;
use super::{Place, Product, refusal};
use crate::data::model::{Comment, Issue};
use crate::date::stamp;
use crate::params::Params;
use crate::state::Sim;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// The field `comment` of an issue: all of them.
pub(crate) fn field(writer: &Writer<'_>, issue: &Issue) -> Value {
    let comments: Vec<Value> = issue.comments.iter().map(|comment| one(writer, issue, comment)).collect();
    json!({
        "comments": comments, "self": format!("{}/issue/{}/comment", writer.place.rest, issue.id),
        "maxResults": issue.comments.len(), "total": issue.comments.len(), "startAt": 0,
    })
}

fn one(writer: &Writer<'_>, issue: &Issue, comment: &Comment) -> Value {
    let mut value = json!({
        "self": format!("{}/issue/{}/comment/{}", writer.place.rest, issue.id, comment.id),
        "id": comment.id.to_string(), "author": writer.person(&comment.author), "body": writer.rich(&comment.body),
        "updateAuthor": writer.person(&comment.author), "created": stamp(comment.created),
        "updated": stamp(comment.created),
    });
    if writer.place.product == Product::Cloud {
        value["jsdPublic"] = true.into();
    }
    value
}

/// `GET issue/{key}/comment`: `startAt`, `maxResults` (100), `orderBy` (`created`, `-created`).
pub(crate) async fn list(
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
    let params = Params::form(&query.0.unwrap_or_default());
    let number = |name: &str, usual: usize| params.get(name).map_or(Some(usual), |text| text.parse().ok());
    let (Some(start), Some(limit)) = (number("startAt", 0), number("maxResults", 100)) else {
        return refusal::bad("startAt and maxResults are numbers");
    };
    let place = Place::cloud(&sim, &cloud_id);
    let writer = Writer { place: &place, site, me: &caller.user };
    let mut comments: Vec<&Comment> = issue.comments.iter().collect();
    match params.get("orderBy").unwrap_or("created") {
        "created" | "+created" => {}
        "-created" => comments.reverse(),
        other => return refusal::bad(&format!("Invalid value for orderBy: {other}")),
    }
    let page: Vec<Value> =
        comments.iter().skip(start).take(limit).map(|comment| one(&writer, issue, comment)).collect();
    Json(json!({"startAt": start, "maxResults": limit, "total": comments.len(), "comments": page})).into_response()
}
