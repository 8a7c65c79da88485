//! People.

use super::auth::{self, PEOPLE};
use super::{Place, Product};
use crate::data::User;
use crate::state::Sim;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// A person as other answers hold one.
pub(crate) fn user(place: &Place, user: &User) -> Value {
    let picture = user.avatar(&place.base);
    let avatars = json!({
        "48x48": picture, "24x24": format!("{picture}?size=24"),
        "16x16": format!("{picture}?size=16"), "32x32": format!("{picture}?size=32"),
    });
    match place.product {
        Product::Cloud => json!({
            "self": format!("{}/user?accountId={}", place.rest, user.account_id), "accountId": user.account_id,
            "emailAddress": user.email, "avatarUrls": avatars, "displayName": user.display_name, "active": user.active,
            "timeZone": "Etc/UTC", "accountType": user.account_type,
        }),
        Product::DataCenter => json!({
            "self": format!("{}/user?username={}", place.rest, user.name), "name": user.name,
            "key": format!("JIRAUSER{}", crate::random::fingerprint(&user.name)), "emailAddress": user.email,
            "avatarUrls": avatars, "displayName": user.display_name, "active": user.active, "timeZone": "Etc/UTC",
        }),
    }
}

/// `GET myself` of Cloud.
pub(crate) async fn myself(State(sim): State<Sim>, Path(cloud_id): Path<String>, headers: HeaderMap) -> Response {
    match auth::site(&sim, &headers, &cloud_id, PEOPLE) {
        Ok((caller, site)) => whole(&Place::cloud(&sim, &cloud_id), site.user(&caller.user)),
        Err(refusal) => refusal,
    }
}

/// The person with what only `myself` adds.
pub(crate) fn whole(place: &Place, person: Option<&User>) -> Response {
    let Some(person) = person else { return StatusCode::NOT_FOUND.into_response() };
    let mut value = user(place, person);
    value["locale"] = "en_GB".into();
    value["groups"] = json!({"size": 1, "items": []});
    value["applicationRoles"] = json!({"size": 1, "items": []});
    value["expand"] = "groups,applicationRoles".into();
    Json(value).into_response()
}
