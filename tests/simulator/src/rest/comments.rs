//! Comments.

use super::call::{Answer, Call, Refused, object};
use super::fields::Writer;
use super::rich::{self, Written};
use super::values::Problems;
use super::write::Said;
use super::{Product, refusal};
use crate::data::model::{Comment, Issue};
use crate::date::stamp;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
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
    let (editor, updated) =
        comment.edited.as_ref().map_or((&comment.author, comment.created), |(editor, when)| (editor, *when));
    let mut value = json!({
        "self": format!("{}/issue/{}/comment/{}", writer.place.rest, issue.id, comment.id),
        "id": comment.id.to_string(), "author": writer.person(&comment.author),
        "body": rich::show(writer.place.product, writer.site, &comment.body, comment.raw.as_ref()),
        "updateAuthor": writer.person(editor), "created": stamp(comment.created), "updated": stamp(updated),
    });
    if writer.place.product == Product::Cloud {
        value["jsdPublic"] = true.into();
    }
    value
}

/// `GET issue/{key}/comment`: `startAt`, `maxResults` (Cloud: 100, else all), `orderBy` (`created`, `-created`).
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    let usual = if call.cloud() { 100 } else { 1_048_576 };
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", usual)?);
    let writer = call.writer();
    let mut comments: Vec<&Comment> = issue.comments.iter().collect();
    match call.query.get("orderBy").unwrap_or("created") {
        "created" | "+created" => {}
        "-created" => comments.reverse(),
        other => return Err(refusal::bad(&format!("Invalid value for orderBy: {other}")).into()),
    }
    let page: Vec<Value> =
        comments.iter().skip(start).take(limit).map(|comment| one(&writer, issue, comment)).collect();
    Ok(Json(json!({"startAt": start, "maxResults": limit, "total": comments.len(), "comments": page})).into_response())
}

/// `GET issue/{key}/comment/{id}`
pub(crate) async fn show(call: Call) -> Answer {
    let issue = call.issue()?;
    let comment = named(&call, issue)?;
    Ok(Json(one(&call.writer(), issue, comment)).into_response())
}

fn named<'i>(call: &Call, issue: &'i Issue) -> Result<&'i Comment, Refused> {
    let found = issue.comments.iter().find(|comment| comment.id.to_string() == call.at(3));
    found.ok_or_else(|| {
        let sentence = format!("Can not find a comment for the id: {}.", call.at(3));
        refusal::of(StatusCode::NOT_FOUND, &[sentence]).into()
    })
}

/// The text of a comment that is written.
fn body_of(call: &Call, body: &Value) -> Result<Written, Refused> {
    let read = rich::read(call.place.product, body.get("body").unwrap_or(&Value::Null));
    let problem = match read {
        Ok(written) if !written.plain.trim().is_empty() => return Ok(written),
        Ok(_) => "Comment body can not be empty!",
        Err(rich::Unfit::TooLong) => "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
        Err(rich::Unfit::Invalid) => return Err(refusal::bad("INVALID_INPUT").into()),
        Err(rich::Unfit::NoText) => "Comment body is not valid!",
    };
    Err(refusal::by_field(Problems::from_iter([("comment".to_owned(), problem.into())])).into())
}

/// A comment, checked, to be added to an issue.
pub(crate) fn prepared(call: &Call, issue: &Issue, body: &Value) -> Result<Said, Refused> {
    call.must("ADD_COMMENTS", &issue.project)?;
    let text = body_of(call, body)?;
    let (key, author, created) = (issue.key.clone(), call.caller.user.clone(), call.now());
    Ok(Box::new(move |site| {
        let id = site.next_id();
        if let Some(issue) = site.issue_mut(&key) {
            issue.comments.push(Comment { id, author, created, body: text.plain, raw: Some(text.raw), edited: None });
            issue.updated = created;
        }
    }))
}

/// `POST issue/{key}/comment`
pub(crate) async fn add(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    let said = prepared(&call, issue, &object(&body)?)?;
    call.edit(|site| {
        said(site);
        Ok(())
    })?;
    let site = call.fresh();
    let (Some(issue), writer) = (site.issue(&issue.key), Writer { site: &site, ..call.writer() }) else {
        return Err(refusal::no_issue(call.place.product).into());
    };
    let new = issue.comments.last().map(|comment| one(&writer, issue, comment));
    Ok((StatusCode::CREATED, Json(new)).into_response())
}

/// `PUT issue/{key}/comment/{id}`
pub(crate) async fn edit(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    let comment = named(&call, issue)?;
    call.must_own(&comment.author, "EDIT_ALL_COMMENTS", &issue.project)?;
    let text = body_of(&call, &object(&body)?)?;
    let (editor, now) = (call.caller.user.clone(), call.now());
    call.edit(|site| {
        let issue = site.issue_mut(&issue.key);
        let found = issue.and_then(|issue| issue.comments.iter_mut().find(|one| one.id == comment.id));
        if let Some(found) = found {
            (found.body, found.raw, found.edited) = (text.plain, Some(text.raw), Some((editor, now)));
        }
        Ok(())
    })?;
    let site = call.fresh();
    let writer = Writer { site: &site, ..call.writer() };
    let issue = site.issue(&issue.key).ok_or_else(|| refusal::no_issue(call.place.product))?;
    Ok(Json(one(&writer, issue, named(&call, issue)?)).into_response())
}

/// `DELETE issue/{key}/comment/{id}`
pub(crate) async fn delete(call: Call) -> Answer {
    let issue = call.issue()?;
    let comment = named(&call, issue)?;
    call.must_own(&comment.author, "DELETE_ALL_COMMENTS", &issue.project)?;
    call.edit(|site| {
        if let Some(issue) = site.issue_mut(&issue.key) {
            issue.comments.retain(|one| one.id != comment.id);
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests;
