//! Comments.

use super::call::{Answer, Call, Refused, object};
use super::fields::Writer;
use super::rich::{self, Written};
use super::values::Problems;
use super::write::Said;
use super::{Product, refusal};
use crate::data::model::{Comment, Issue, Site};
use crate::date::stamp;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// The field `comment` of an issue: all of them.
pub(crate) fn field(writer: &Writer<'_>, issue: &Issue) -> Value {
    let seen = issue.comments.iter().filter(|comment| visible(writer, issue, comment));
    let comments: Vec<Value> = seen.map(|comment| one(writer, issue, comment)).collect();
    let count = comments.len();
    json!({
        "comments": comments, "self": format!("{}/issue/{}/comment", writer.place.rest, issue.id),
        "maxResults": count, "total": count, "startAt": 0,
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
    if let Some((kind, name)) = &comment.only_for {
        value["visibility"] = json!({"type": kind, "value": name});
        if writer.place.product == Product::Cloud {
            value["visibility"]["identifier"] = name.clone().into();
        }
    }
    if writer.place.product == Product::Cloud {
        value["jsdPublic"] = true.into();
    }
    value
}

/// The roles and groups that a comment may be kept for. In the role of the administrators is the project's lead alone, in that
/// of the members everybody.
const AUDIENCES: [(&str, &str); 3] = [("role", "Administrators"), ("role", "Member"), ("group", "jira-users")];

/// Whether a person belongs to a role or group.
fn belongs(site: &Site, project: &str, person: &str, name: &str) -> bool {
    name != "Administrators" || site.project(project).is_some_and(|found| found.lead == person)
}

/// Whether the person who asks may read a comment.
fn visible(writer: &Writer<'_>, issue: &Issue, comment: &Comment) -> bool {
    comment.only_for.as_ref().is_none_or(|(_, name)| belongs(writer.site, &issue.project, writer.me, name))
}

/// The role or group that a new text of a comment is kept for. Nobody may keep one for people they are not of.
fn audience(call: &Call, issue: &Issue, body: &Value) -> Result<Option<(&'static str, String)>, Refused> {
    let Some(wish) = body.get("visibility").filter(|value| !value.is_null()) else { return Ok(None) };
    let text = |member: &str| wish.get(member).and_then(Value::as_str);
    let (kind, name) = (text("type").unwrap_or_default(), text("value").or_else(|| text("identifier")));
    let known = AUDIENCES.iter().find(|(of, known)| *of == kind && Some(*known) == name);
    let sentence = match known {
        Some((of, name)) if belongs(&call.site, &issue.project, &call.caller.user, name) => {
            return Ok(Some((of, (*name).to_owned())));
        }
        Some((of, name)) => format!("You are currently not a member of the {of}: {name}."),
        None => format!("The {kind} '{}' does not exist.", name.unwrap_or_default()),
    };
    Err(refusal::by_field(Problems::from_iter([("commentLevel".to_owned(), sentence.into())])).into())
}

/// `GET issue/{key}/comment`: `startAt`, `maxResults` (Cloud: 100, else all), `orderBy` (`created`, `-created`).
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    let usual = if call.cloud() { 100 } else { 1_048_576 };
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", usual)?);
    let writer = call.writer();
    let mut comments: Vec<&Comment> = issue.comments.iter().filter(|one| visible(&writer, issue, one)).collect();
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
    let writer = call.writer();
    let mut seen = issue.comments.iter().filter(|comment| visible(&writer, issue, comment));
    let found = seen.find(|comment| comment.id.to_string() == call.at(3));
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
    let (text, only_for) = (body_of(call, body)?, audience(call, issue, body)?);
    let (key, author, created) = (issue.key.clone(), call.caller.user.clone(), call.now());
    Ok(Box::new(move |site| {
        let id = site.next_id();
        if let Some(issue) = site.issue_mut(&key) {
            let (body, raw) = (text.plain, Some(text.raw));
            issue.comments.push(Comment { id, author, created, body, raw, edited: None, only_for });
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
    let body = object(&body)?;
    let (text, only_for) = (body_of(&call, &body)?, audience(&call, issue, &body)?);
    let (editor, now) = (call.caller.user.clone(), call.now());
    call.edit(|site| {
        let issue = site.issue_mut(&issue.key);
        let found = issue.and_then(|issue| issue.comments.iter_mut().find(|one| one.id == comment.id));
        if let Some(found) = found {
            (found.body, found.raw, found.edited) = (text.plain, Some(text.raw), Some((editor, now)));
            found.only_for = only_for;
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
