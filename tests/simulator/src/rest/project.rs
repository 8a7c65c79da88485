//! Projects.

use super::Place;
use super::call::{Answer, Call};
use super::permissions::BROWSE;
use crate::data::model::Project;
use axum::Json;
use axum::response::IntoResponse as _;
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
pub(crate) async fn search(call: Call) -> Answer {
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", 50)?.min(100));
    let wanted = call.query.get("query").unwrap_or_default().to_lowercase();
    let keys: Vec<&str> = call.query.all("keys").collect();
    let found: Vec<&Project> = visible(&call)
        .filter(|one| one.name.to_lowercase().contains(&wanted) || one.key.to_lowercase().contains(&wanted))
        .filter(|one| keys.is_empty() || keys.contains(&one.key.as_str()))
        .collect();
    let values: Vec<Value> = found.iter().skip(start).take(limit).map(|project| whole(&call.place, project)).collect();
    Ok(Json(json!({
        "self": format!("{}/project/search?maxResults={limit}&startAt={start}", call.place.rest), "maxResults": limit,
        "startAt": start, "total": found.len(), "isLast": start + values.len() >= found.len(), "values": values,
    }))
    .into_response())
}

/// `GET project` of Data Center: all of them.
pub(crate) async fn list(call: Call) -> Answer {
    Ok(Json(visible(&call).map(|found| short(&call.place, found)).collect::<Vec<_>>()).into_response())
}

fn visible(call: &Call) -> impl Iterator<Item = &Project> {
    call.site.projects.iter().filter(|one| call.may(BROWSE, &one.key))
}

fn whole(place: &Place, project: &Project) -> Value {
    let mut value = short(place, project);
    value["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight".into();
    value["style"] = "classic".into();
    value["isPrivate"] = false.into();
    value["properties"] = json!({});
    value
}
