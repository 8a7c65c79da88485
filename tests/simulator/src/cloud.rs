//! What api.atlassian.com and id.atlassian.com answer beside the REST API itself.

use crate::html;
use crate::params::Params;
use crate::rest::auth::{self, Wanted};
use crate::state::Sim;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

/// What is under `/api` beside Jira, `/id`, and the pictures.
pub(crate) fn router() -> Router<Sim> {
    Router::new()
        .route("/api/oauth/token/accessible-resources", get(accessible_resources))
        .route("/api/me", get(me))
        .route("/id/error", get(error_page))
        .route("/avatar/{name}", get(crate::rest::avatar::person))
        .route("/avatar/project/{name}", get(crate::rest::avatar::project))
}

/// The sites that this token is good for: one entry per site and product.
async fn accessible_resources(State(sim): State<Sim>, headers: HeaderMap) -> Response {
    let caller = match auth::cloud(&sim, &headers, Wanted::Nothing) {
        Ok(caller) => caller,
        Err(refusal) => return refusal,
    };
    let settings = sim.change().settings.clone();
    let of = |product: &str| -> Vec<String> {
        caller.scopes.iter().filter(|scope| scope.contains(product)).cloned().collect()
    };
    let entry = |id: &str, name: &str, scopes: Vec<String>| {
        json!({"id": id, "url": format!("{}/site/{name}", sim.base()), "name": name, "scopes": scopes,
            "avatarUrl": format!("{}/avatar/project/{name}.png", sim.base())})
    };
    let mine = sim.world().sites.iter().take(settings.sites).filter(|site| caller.sites.contains(&site.cloud_id));
    let mut entries: Vec<_> = mine.map(|site| entry(&site.cloud_id, &site.name, of("jira"))).collect();
    if settings.confluence_beside
        && let Some(site) = sim.world().sites.first()
    {
        entries.insert(0, entry(&site.cloud_id, &site.name, vec!["read:confluence-content.all".into()]));
    }
    Json(entries).into_response()
}

/// The person's profile. Needs `read:me`.
async fn me(State(sim): State<Sim>, headers: HeaderMap) -> Response {
    let caller = match auth::cloud(&sim, &headers, Wanted::Scope("read:me")) {
        Ok(caller) => caller,
        Err(refusal) => return refusal,
    };
    let Some(user) = sim.world().user(&caller.user) else { return StatusCode::NOT_FOUND.into_response() };
    Json(json!({
        "account_type": user.account_type, "account_id": user.account_id, "email": user.email, "name": user.display_name,
        "picture": user.avatar(sim.base()), "account_status": if user.active { "active" } else { "inactive" },
        "nickname": user.name, "zoneinfo": "Etc/UTC", "locale": "en-GB", "extended_profile": {"organization": "Harborline"},
    }))
    .into_response()
}

/// Where a bad authorization request ends. Nothing leads back from here.
async fn error_page(query: RawQuery) -> Html<String> {
    let params = Params::form(&query.0.unwrap_or_default());
    let (error, description) = (params.get("error").unwrap_or("unknown"), params.get("error_description"));
    html::page(
        "Something went wrong",
        &format!(
            "<h1>Something went wrong</h1><p>Your identity provider cannot follow this request.</p>\
             <dl><dt>Error</dt><dd id=\"error\">{}</dd><dt>Details</dt><dd id=\"description\">{}</dd></dl>",
            html::escape(error),
            html::escape(description.unwrap_or_default())
        ),
    )
}
