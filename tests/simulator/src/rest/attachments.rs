//! Files at issues.

use super::auth;
use super::call::{Answer, Call, Refused};
use super::change::By;
use super::refusal;
use crate::data::model::{Attachment, Issue};
use crate::random;
use crate::state::Sim;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde_json::{Value, json};

/// A file of a form.
struct Part {
    name: String,
    kind: String,
    content: Vec<u8>,
}

/// The parts named `file` of a multipart form (RFC 7578); `None` if the body is no such form.
fn parts(headers: &HeaderMap, body: &[u8]) -> Option<Vec<Part>> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (_, boundary) = kind.strip_prefix("multipart/form-data")?.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim_matches('"');
    let edge = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut rest = after(body, &edge)?;
    while !rest.starts_with(b"--") {
        let end = find(rest, &[b"\r\n", edge.as_slice()].concat())?;
        found.extend(part(&rest[2..end]));
        rest = after(&rest[end..], &edge)?;
    }
    Some(found)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn after<'t>(text: &'t [u8], wanted: &[u8]) -> Option<&'t [u8]> {
    find(text, wanted).map(|at| &text[at + wanted.len()..])
}

fn part(text: &[u8]) -> Option<Part> {
    let end = find(text, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&text[..end]).ok()?;
    let line = |name: &str| {
        head.lines()
            .find_map(|line| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value.trim())
    };
    let disposition = line("content-disposition")?;
    let value = |name: &str| {
        disposition
            .split_once(&format!(" {name}=\""))
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value)
    };
    (value("name") == Some("file")).then_some(())?;
    let kind = line("content-type").unwrap_or("application/octet-stream").to_owned();
    Some(Part { name: value("filename")?.to_owned(), kind, content: text[end + 4..].to_vec() })
}

/// `POST issue/{key}/attachments`: wants `X-Atlassian-Token: no-check`.
pub(crate) async fn add(call: Call, headers: HeaderMap, body: Bytes) -> Answer {
    if headers.get("x-atlassian-token").is_none_or(|value| value != "no-check") {
        return Err((StatusCode::FORBIDDEN, "XSRF check failed").into_response().into());
    }
    let issue = call.issue()?;
    call.must("CREATE_ATTACHMENTS", &issue.project)?;
    let files = parts(&headers, &body).filter(|files| !files.is_empty());
    let files = files.ok_or_else(|| refusal::bad("No file was found in the request."))?;
    let limit = call.sim.change().settings.attachment_limit;
    if let Some(large) = files.iter().find(|file| file.content.len() > limit) {
        let text = format!("The file {} exceeds its maximum permitted size of {limit} bytes.", large.name);
        return Err(refusal::of(StatusCode::PAYLOAD_TOO_LARGE, &[text]).into());
    }
    let by = By { who: &call.caller.user, now: call.now() };
    let new = call.edit(|site| {
        let mut new = Vec::new();
        for file in files {
            let id = site.next_id();
            let author = by.who.to_owned();
            let file = Attachment {
                id,
                name: file.name,
                author,
                created: by.now,
                kind: file.kind,
                content: file.content.into(),
            };
            if let Some(issue) = site.issue_mut(&issue.key) {
                issue.attachments.push(file.clone());
                issue.updated = by.now;
                by.note(issue, "Attachment", None, Some(file.name.clone()));
            }
            new.push(file);
        }
        Ok(new)
    })?;
    let writer = call.writer();
    Ok(Json(new.iter().map(|file| writer.attachment(file)).collect::<Vec<Value>>()).into_response())
}

/// The file that the path names, and its issue.
fn named<'c>(call: &'c Call, id: &str) -> Result<(&'c Issue, &'c Attachment), Refused> {
    let all = call.site.each().flat_map(|issue| issue.attachments.iter().map(move |file| (issue, file)));
    let mut mine = all.filter(|(issue, _)| call.may(super::permissions::BROWSE, &issue.project));
    mine.find(|(_, file)| file.id.to_string() == id).ok_or_else(|| {
        let text = format!("The attachment with id '{id}' does not exist");
        refusal::of(StatusCode::NOT_FOUND, &[text]).into()
    })
}

/// `GET attachment/{id}`
pub(crate) async fn show(call: Call) -> Answer {
    let (_, file) = named(&call, call.at(1))?;
    let mut value = call.writer().attachment(file);
    if call.cloud() {
        // A text everywhere else.
        value["id"] = file.id.into();
    }
    Ok(Json(value).into_response())
}

/// `DELETE attachment/{id}`
pub(crate) async fn delete(call: Call) -> Answer {
    let (issue, file) = named(&call, call.at(1))?;
    call.must_own(&file.author, "DELETE_ALL_ATTACHMENTS", &issue.project)?;
    let by = By { who: &call.caller.user, now: call.now() };
    call.edit(|site| {
        if let Some(issue) = site.issue_mut(&issue.key) {
            issue.attachments.retain(|one| one.id != file.id);
            by.note(issue, "Attachment", Some(file.name.clone()), None);
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn content(file: &Attachment) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name.replace('"', "'"));
    let headers = [(CONTENT_TYPE, file.kind.clone()), (CONTENT_DISPOSITION, disposition)];
    (headers, Bytes::copy_from_slice(&file.content)).into_response()
}

/// `GET attachment/content/{id}` of Cloud: leads to the media store, unless `redirect=false`.
pub(crate) async fn download(call: Call) -> Answer {
    let (_, file) = named(&call, call.at(2))?;
    if call.query.get("redirect") == Some("false") {
        return Ok(content(file));
    }
    let address = format!("{}/media/{}/{}/{}", call.place.base, call.site.cloud_id, file.id, ticket(file));
    Ok(Redirect::to(&address).into_response())
}

/// What makes an address of the media store good without signing in.
fn ticket(file: &Attachment) -> String {
    random::uuid_of(&format!("ticket {} {}", file.id, file.name))
}

/// `GET /media/{site}/{id}/{ticket}`: the media store asks for no token; the address is one.
pub(crate) async fn media(State(sim): State<Sim>, Path((site, id, given)): Path<(String, String, String)>) -> Response {
    let site = sim.sites().into_iter().find(|one| one.cloud_id == site);
    let file = site
        .iter()
        .flat_map(|site| site.each())
        .flat_map(|issue| &issue.attachments)
        .find(|file| file.id.to_string() == id);
    match file.filter(|file| ticket(file) == given) {
        Some(file) => content(file),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /dc/secure/attachment/{id}/{name}` of Data Center.
pub(crate) async fn secure(
    State(sim): State<Sim>,
    Path((id, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (_, site) = match auth::data_center(&sim, &headers) {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let file = site.each().flat_map(|issue| &issue.attachments).find(|file| file.id.to_string() == id);
    file.map_or_else(|| StatusCode::NOT_FOUND.into_response(), content)
}

/// `GET attachment/meta`
pub(crate) async fn settings(call: Call) -> Answer {
    let limit = call.sim.change().settings.attachment_limit;
    // Where files are switched off there is no limit to tell.
    let told = if limit == 0 { json!({"enabled": false}) } else { json!({"enabled": true, "uploadLimit": limit}) };
    Ok(Json(told).into_response())
}

#[cfg(test)]
mod tests;
