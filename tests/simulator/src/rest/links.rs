//! Links between issues.

use super::call::{Answer, Call, Refused, object};
use super::change::By;
use super::write::Said;
use super::{comments, refusal};
use crate::data::catalog::LINKS;
use crate::data::model::{Issue, Link, LinkType, Site};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// A type of link as Jira tells it.
pub(crate) fn kind(rest: &str, kind: &LinkType) -> Value {
    json!({"id": kind.id, "name": kind.name, "inward": kind.inward, "outward": kind.outward,
        "self": format!("{rest}/issueLinkType/{}", kind.id)})
}

/// `GET issueLinkType`
pub(crate) async fn types(call: Call) -> Answer {
    let all: Vec<Value> = LINKS.iter().map(|one| kind(&call.place.rest, one)).collect();
    Ok(Json(json!({"issueLinkTypes": all})).into_response())
}

/// What is to be linked: the type, the issue that does it (outward words), the one it is done to, a comment.
struct Wish<'c> {
    kind: &'static LinkType,
    from: &'c Issue,
    to: &'c Issue,
    comment: Option<Said>,
}

fn read<'c>(call: &'c Call, body: &Value) -> Result<Wish<'c>, Refused> {
    let text = |path: &str| body.pointer(path).and_then(Value::as_str);
    let (id, name) = (text("/type/id"), text("/type/name"));
    let kind = LINKS.iter().find(|kind| id.map_or(name == Some(kind.name), |id| id == kind.id));
    let kind = kind.ok_or_else(|| {
        let said = id.or(name).unwrap_or("null");
        refusal::of(StatusCode::NOT_FOUND, &[format!("No issue link type with name '{said}' found.")])
    })?;
    let side = |name: &str| {
        let named = text(&format!("/{name}/key")).or_else(|| text(&format!("/{name}/id")));
        call.find(named.unwrap_or_default())
    };
    let (from, to) = (side("inwardIssue")?, side("outwardIssue")?);
    if from.key == to.key {
        return Err(refusal::bad("You cannot link an issue to itself.").into());
    }
    call.must("LINK_ISSUES", &from.project)?;
    let comment = body.get("comment").filter(|comment| !comment.is_null());
    Ok(Wish { kind, from, to, comment: comment.map(|comment| comments::prepared(call, from, comment)).transpose()? })
}

/// `POST issueLink`: in Jira's words the `inwardIssue` is the one that, for instance, blocks, and the `outwardIssue` the one that
/// is blocked. A link that is there already is not made again.
pub(crate) async fn add(call: Call, body: Bytes) -> Answer {
    let wish = read(&call, &object(&body)?)?;
    let by = By { who: &call.caller.user, now: call.now() };
    let (from, to, kind) = (wish.from.key.clone(), wish.to.key.clone(), wish.kind);
    call.edit(|site| {
        if !wish.from.links.iter().any(|link| link.key == to && link.kind == kind.name && link.outward) {
            join(site, &by, (&from, &to), kind);
        }
        if let Some(said) = wish.comment {
            said(site);
        }
        Ok(())
    })?;
    Ok(StatusCode::CREATED.into_response())
}

fn join(site: &mut Site, by: &By<'_>, (from, to): (&str, &str), kind: &'static LinkType) {
    let id = site.next_id();
    for (this, other, outward) in [(from, to, true), (to, from, false)] {
        if let Some(issue) = site.issue_mut(this) {
            let words = if outward { kind.outward } else { kind.inward };
            issue.links.push(Link { id, words, kind: kind.name, outward, key: other.to_owned() });
            by.note(issue, "Link", None, Some(format!("This issue {words} {other}")));
            issue.updated = by.now;
        }
    }
}

/// Both sides of the link that the path names.
fn sides(call: &Call) -> Result<Vec<(&Issue, &Link)>, Refused> {
    let all = call.site.each().flat_map(|issue| issue.links.iter().map(move |link| (issue, link)));
    let found: Vec<_> = all.filter(|(_, link)| link.id.to_string() == call.at(1)).collect();
    if found.is_empty() {
        let sentence = format!("No issue link with id '{}' exists.", call.at(1));
        return Err(refusal::of(StatusCode::NOT_FOUND, &[sentence]).into());
    }
    Ok(found)
}

/// `GET issueLink/{id}`
pub(crate) async fn show(call: Call) -> Answer {
    let writer = call.writer();
    let found = sides(&call)?;
    let mut value = json!({"id": call.at(1), "self": format!("{}/issueLink/{}", call.place.rest, call.at(1))});
    for (issue, link) in found {
        value["type"] = LINKS.iter().find(|one| one.name == link.kind).map(|one| kind(&call.place.rest, one)).into();
        // An issue's link with outward words leads to the outward issue.
        value[if link.outward { "inwardIssue" } else { "outwardIssue" }] = writer.brief(&issue.key);
    }
    Ok(Json(value).into_response())
}

/// `DELETE issueLink/{id}`
pub(crate) async fn delete(call: Call) -> Answer {
    let found = sides(&call)?;
    for (issue, _) in &found {
        call.must("LINK_ISSUES", &issue.project)?;
    }
    let by = By { who: &call.caller.user, now: call.now() };
    call.edit(|site| {
        for (issue, link) in &found {
            if let Some(issue) = site.issue_mut(&issue.key) {
                issue.links.retain(|one| one.id != link.id);
                by.note(issue, "Link", Some(format!("This issue {} {}", link.words, link.key)), None);
            }
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests;
