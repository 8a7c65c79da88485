//! Projects.

use super::auth::{self, WORK};
use super::{Place, refusal};
use crate::data::model::Project;
use crate::params::Params;
use crate::state::Sim;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// A project as issues hold one.
pub(crate) fn short(place: &Place, project: &Project) -> Value {
    let picture = format!("{}/avatar/project/{}.png", place.base, project.key);
    json!({
        "self": format!("{}/project/{}", place.rest, project.id), "id": project.id, "key": project.key,
        "name": project.name, "projectTypeKey": project.kind, "simplified": false,
        "avatarUrls": {"48x48": picture, "24x24": format!("{picture}?size=24"), "16x16": format!("{picture}?size=16"),
            "32x32": format!("{picture}?size=32")},
        "projectCategory": {"self": format!("{}/projectCategory/{}", place.rest, project.category.0),
            "id": project.category.0, "name": project.category.1, "description": ""},
    })
}

/// `GET project/search`: `startAt`, `maxResults` (50, at most 100), `query` (in key or name), `keys`.
pub(crate) async fn search(
    State(sim): State<Sim>,
    Path(cloud_id): Path<String>,
    headers: HeaderMap,
    query: RawQuery,
) -> Response {
    let site = match auth::site(&sim, &headers, &cloud_id, WORK) {
        Ok((_, site)) => site,
        Err(refusal) => return refusal,
    };
    let params = Params::form(&query.0.unwrap_or_default());
    let number = |name: &str, usual: usize| params.get(name).map_or(Some(usual), |text| text.parse().ok());
    let (Some(start), Some(limit)) = (number("startAt", 0), number("maxResults", 50)) else {
        return refusal::bad("startAt and maxResults are numbers");
    };
    let limit = limit.min(100);
    let wanted = params.get("query").unwrap_or_default().to_lowercase();
    let keys: Vec<&str> = params.all("keys").collect();
    let fits = |project: &&Project| {
        (project.name.to_lowercase().contains(&wanted) || project.key.to_lowercase().contains(&wanted))
            && (keys.is_empty() || keys.contains(&project.key.as_str()))
    };
    let place = Place::cloud(&sim, &cloud_id);
    let found: Vec<&Project> = site.projects.iter().filter(fits).collect();
    let values: Vec<Value> = found.iter().skip(start).take(limit).map(|project| whole(&place, project)).collect();
    Json(json!({
        "self": format!("{}/project/search?maxResults={limit}&startAt={start}", place.rest), "maxResults": limit,
        "startAt": start, "total": found.len(), "isLast": start + values.len() >= found.len(), "values": values,
    }))
    .into_response()
}

fn whole(place: &Place, project: &Project) -> Value {
    let mut value = short(place, project);
    value["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight".into();
    value["style"] = "classic".into();
    value["isPrivate"] = false.into();
    value["properties"] = json!({});
    value
}
