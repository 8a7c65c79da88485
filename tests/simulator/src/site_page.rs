//! The pages of a site that people open from the extension: one issue, readable.

use crate::data::{Issue, Site};
use crate::date::{Date, stamp};
use crate::html::{self, escape};
use crate::rest::outline::{Block, Span, blocks};
use crate::state::Sim;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

/// `/site/{name}/…` for the Cloud sites, `/dc/browse/…` for Data Center.
pub(crate) fn router() -> Router<Sim> {
    Router::new()
        .route("/site/{name}/browse/{key}", get(cloud))
        .route("/site/{name}", get(front))
        .route("/site/{name}/_edge/tenant_info", get(tenant_info))
        .route("/dc/browse/{key}", get(data_center))
        .route("/", get(|| async { Redirect::to("/_control") }))
}

async fn cloud(State(sim): State<Sim>, Path((name, key)): Path<(String, String)>) -> Response {
    show(sim.sites().iter().find(|site| site.name == name).map(AsRef::as_ref), &key)
}

/// The site's cloudId, for anybody who asks.
async fn tenant_info(State(sim): State<Sim>, Path(name): Path<String>) -> Response {
    match sim.world().sites.iter().find(|site| site.name == name) {
        Some(site) => Json(json!({"cloudId": site.cloud_id})).into_response(),
        None => (StatusCode::NOT_FOUND, html::message("Your Atlassian Cloud site is currently unavailable", ""))
            .into_response(),
    }
}

async fn data_center(State(sim): State<Sim>, Path(key): Path<String>) -> Response {
    show(sim.sites().first().map(AsRef::as_ref), &key)
}

async fn front(State(sim): State<Sim>, Path(name): Path<String>) -> Response {
    let sites = sim.sites();
    let Some(site) = sites.iter().find(|site| site.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let rows: String = site
        .projects
        .iter()
        .map(|project| {
            let count = site.issues.iter().filter(|issue| issue.project == project.key).count();
            format!(
                "<li><b>{}</b> {} <small>({count} issues)</small></li>",
                escape(&project.key),
                escape(&project.name)
            )
        })
        .collect();
    html::page(&site.title, &format!("<h1>{}</h1><ul class=\"plain\">{rows}</ul>", escape(&site.title))).into_response()
}

fn show(site: Option<&Site>, key: &str) -> Response {
    match site.and_then(|site| Some((site, site.issue(key)?))) {
        Some((site, issue)) => {
            html::page(&format!("{} {}", issue.key, issue.summary), &page(site, issue)).into_response()
        }
        None => (StatusCode::NOT_FOUND, html::message("No such issue", key)).into_response(),
    }
}

fn page(site: &Site, issue: &Issue) -> String {
    let name = |id: &str| site.user(id).map(|user| escape(&user.display_name)).unwrap_or_default();
    let person = |id: &Option<String>| id.as_deref().map_or_else(|| "Nobody".to_owned(), name);
    let facts = [
        ("Type", escape(issue.kind)),
        ("Status", escape(issue.status)),
        ("Priority", escape(issue.priority)),
        ("Assignee", person(&issue.assignee)),
        ("Reporter", name(&issue.reporter)),
        ("Created", Date::of(issue.created).iso()),
        ("Due", issue.due.map(Date::iso).unwrap_or_else(|| "–".into())),
        ("Labels", escape(&issue.labels.join(", "))),
        ("Components", escape(&issue.components.join(", "))),
    ];
    let facts: String = facts.iter().map(|(label, value)| format!("<dt>{label}</dt><dd>{value}</dd>")).collect();
    let comments: String = issue
        .comments
        .iter()
        .map(|comment| {
            let (who, when) = (name(&comment.author), stamp(comment.created));
            format!("<h2>{who} <small>{when}</small></h2>{}", rich(site, &comment.body))
        })
        .collect();
    format!(
        "<article><small>{key}</small><h1>{summary}</h1><dl>{facts}</dl>{text}{comments}</article>",
        key = escape(&issue.key),
        summary = escape(&issue.summary),
        text = rich(site, issue.description.as_deref().unwrap_or("No description.")),
    )
}

/// A text as markup.
fn rich(site: &Site, text: &str) -> String {
    let items = |items: &[Vec<Span<'_>>]| -> String {
        items.iter().map(|item| format!("<li>{}</li>", line(site, item))).collect()
    };
    let one = |block: &Block<'_>| match block {
        Block::Heading(text) => format!("<h2>{}</h2>", escape(text)),
        Block::Paragraph(spans) => format!("<p>{}</p>", line(site, spans)),
        Block::Bullets(list) => format!("<ul>{}</ul>", items(list)),
        Block::Numbers(list) => format!("<ol>{}</ol>", items(list)),
    };
    blocks(text).iter().map(one).collect()
}

fn line(site: &Site, spans: &[Span<'_>]) -> String {
    let one = |span: &Span<'_>| match span {
        Span::Text(text) => escape(text),
        Span::Mention(person) => {
            let name = site.user(person).map_or("", |user| user.display_name.as_str());
            format!("<b>@{}</b>", escape(name))
        }
    };
    spans.iter().map(one).collect()
}
