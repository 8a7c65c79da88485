//! Work logs.

use super::call::{Answer, Call, Refused, object};
use super::fields::{Writer, spelled};
use super::refusal;
use super::rich::{self, Written};
use super::values::{Problems, refuse, seconds};
use super::write::Said;
use crate::data::model::{Issue, Worklog};
use crate::date::{self, MINUTE, stamp};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// A work log as Jira tells it.
pub(crate) fn one(writer: &Writer<'_>, issue: &Issue, log: &Worklog) -> Value {
    let mut value = json!({
        "self": format!("{}/issue/{}/worklog/{}", writer.place.rest, issue.id, log.id), "id": log.id.to_string(),
        "issueId": issue.id.to_string(), "author": writer.person(&log.author), "updateAuthor": writer.person(&log.author),
        "created": stamp(log.created), "updated": stamp(log.updated), "started": stamp(log.started),
        "timeSpent": spelled(log.seconds), "timeSpentSeconds": log.seconds,
    });
    if let Some(text) = &log.comment {
        value["comment"] = rich::show(writer.place.product, writer.site, text, log.raw.as_ref());
    }
    value
}

/// `GET issue/{key}/worklog`
pub(crate) async fn list(call: Call) -> Answer {
    let issue = call.issue()?;
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", 5000)?.min(5000));
    let writer = call.writer();
    let page: Vec<Value> = issue.worklogs.iter().skip(start).take(limit).map(|log| one(&writer, issue, log)).collect();
    Ok(Json(json!({"startAt": start, "maxResults": limit, "total": issue.worklogs.len(), "worklogs": page}))
        .into_response())
}

fn named<'i>(call: &Call, issue: &'i Issue) -> Result<&'i Worklog, Refused> {
    let found = issue.worklogs.iter().find(|log| log.id.to_string() == call.at(3));
    found.ok_or_else(|| {
        let sentence = format!("Cannot find worklog with id: '{}'.", call.at(3));
        refusal::of(StatusCode::NOT_FOUND, &[sentence]).into()
    })
}

/// `GET issue/{key}/worklog/{id}`
pub(crate) async fn show(call: Call) -> Answer {
    let issue = call.issue()?;
    let log = named(&call, issue)?;
    Ok(Json(one(&call.writer(), issue, log)).into_response())
}

/// What is written.
struct Entry {
    started: Option<i64>,
    seconds: Option<i64>,
    comment: Option<Written>,
}

fn read(call: &Call, body: &Value) -> Result<Entry, Refused> {
    let mut problems = Problems::new();
    let started = body.get("started").filter(|value| !value.is_null()).map(|value| value.as_str().and_then(moment));
    if started == Some(None) {
        problems
            .insert("started".into(), "Invalid date format. Please use the format yyyy-MM-dd'T'HH:mm:ss.SSSZ".into());
    }
    let spent = match (body.get("timeSpentSeconds"), body.get("timeSpent")) {
        (Some(number), _) => Some(number.as_i64()),
        (None, Some(text)) => Some(seconds(text)),
        (None, None) => None,
    };
    if spent.is_some_and(|seconds| seconds.is_none_or(|seconds| seconds * 1000 < MINUTE)) {
        problems.insert("timeLogged".into(), "Invalid time duration entered.".into());
    }
    let comment = body.get("comment").filter(|value| !value.is_null()).map(|text| rich::read(call.place.product, text));
    if let Some(Err(_)) = &comment {
        problems.insert("comment".into(), "Comment body is not valid!".into());
    }
    refuse(problems)?;
    Ok(Entry { started: started.flatten(), seconds: spent.flatten(), comment: comment.and_then(Result::ok) })
}

/// A moment with its offset: `2026-11-18T14:30:00.000+0100`
fn moment(text: &str) -> Option<i64> {
    let (whole, zone) =
        text.split_once('T').and_then(|(_, clock)| clock.find(['+', '-']).map(|at| clock.split_at(at)))?;
    let (sign, digits) = (zone.starts_with('+'), zone.trim_start_matches(['+', '-']).replace(':', ""));
    let number: i64 = digits.parse().ok().filter(|_| digits.chars().count() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    let (day, _) = text.split_once('T')?;
    let local = date::parse(&format!("{day}T{whole}"))?;
    Some(if sign { local - minutes * MINUTE } else { local + minutes * MINUTE })
}

/// What a log does to the remaining estimate.
fn adjusted(call: &Call, before: Option<i64>, spent: i64) -> Result<Option<i64>, Refused> {
    let span = |name: &str| {
        let text = call.query.get(name).and_then(|text| seconds(&text.into()));
        text.ok_or_else(|| {
            let text = "You must supply a valid new estimate.".into();
            Refused::from(refusal::by_field(Problems::from_iter([(name.to_owned(), text)])))
        })
    };
    Ok(match call.query.get("adjustEstimate").unwrap_or("auto") {
        "leave" => before,
        "new" => Some(span("newEstimate")?),
        "manual" => before.map(|left| span("reduceBy").map(|less| (left - less).max(0))).transpose()?,
        "auto" => before.map(|left| (left - spent).max(0)),
        other => return Err(refusal::bad(&format!("Invalid value for adjustEstimate: {other}")).into()),
    })
}

/// A work log, checked, to be added to an issue.
pub(crate) fn prepared(call: &Call, issue: &Issue, body: &Value) -> Result<Said, Refused> {
    call.must("WORK_ON_ISSUES", &issue.project)?;
    let entry = read(call, body)?;
    let Some(seconds) = entry.seconds else {
        let text = "You must indicate the time spent working.".into();
        return Err(refusal::by_field(Problems::from_iter([("timeLogged".to_owned(), text)])).into());
    };
    let remaining = adjusted(call, issue.remaining_estimate, seconds)?;
    let (key, author, created) = (issue.key.clone(), call.caller.user.clone(), call.now());
    let (comment, raw) = entry.comment.map_or((None, None), |text| (Some(text.plain), Some(text.raw)));
    let started = entry.started.unwrap_or(created);
    Ok(Box::new(move |site| {
        let id = site.next_id();
        if let Some(issue) = site.issue_mut(&key) {
            issue.worklogs.push(Worklog { id, author, started, seconds, created, updated: created, comment, raw });
            issue.remaining_estimate = remaining;
            count(issue, created);
        }
    }))
}

/// Adds the logs up again.
fn count(issue: &mut Issue, now: i64) {
    let total: i64 = issue.worklogs.iter().map(|log| log.seconds).sum();
    issue.time_spent = (total > 0).then_some(total);
    issue.updated = now;
}

/// `POST issue/{key}/worklog`
pub(crate) async fn add(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    let said = prepared(&call, issue, &object(&body)?)?;
    call.edit(|site| {
        said(site);
        Ok(())
    })?;
    let site = call.fresh();
    let writer = Writer { site: &site, ..call.writer() };
    let issue = site.issue(&issue.key).ok_or_else(|| refusal::no_issue(call.place.product))?;
    let new = issue.worklogs.last().map(|log| one(&writer, issue, log));
    Ok((StatusCode::CREATED, Json(new)).into_response())
}

/// `PUT issue/{key}/worklog/{id}`
pub(crate) async fn edit(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    let log = named(&call, issue)?;
    call.must_own(&log.author, "EDIT_ALL_WORKLOGS", &issue.project)?;
    let entry = read(&call, &object(&body)?)?;
    let more = entry.seconds.unwrap_or(log.seconds) - log.seconds;
    let (remaining, now) = (adjusted(&call, issue.remaining_estimate, more)?, call.now());
    call.edit(|site| {
        let Some(issue) = site.issue_mut(&issue.key) else { return Ok(()) };
        if let Some(found) = issue.worklogs.iter_mut().find(|one| one.id == log.id) {
            found.started = entry.started.unwrap_or(found.started);
            found.seconds = entry.seconds.unwrap_or(found.seconds);
            found.updated = now;
            if let Some(text) = entry.comment {
                (found.comment, found.raw) = (Some(text.plain), Some(text.raw));
            }
        }
        issue.remaining_estimate = remaining;
        count(issue, now);
        Ok(())
    })?;
    let site = call.fresh();
    let writer = Writer { site: &site, ..call.writer() };
    let issue = site.issue(&issue.key).ok_or_else(|| refusal::no_issue(call.place.product))?;
    Ok(Json(one(&writer, issue, named(&call, issue)?)).into_response())
}

/// `DELETE issue/{key}/worklog/{id}`: the time goes back to the remaining estimate.
pub(crate) async fn delete(call: Call) -> Answer {
    let issue = call.issue()?;
    let log = named(&call, issue)?;
    call.must_own(&log.author, "DELETE_ALL_WORKLOGS", &issue.project)?;
    let (remaining, now) = (adjusted(&call, issue.remaining_estimate, -log.seconds)?, call.now());
    call.edit(|site| {
        if let Some(issue) = site.issue_mut(&issue.key) {
            issue.worklogs.retain(|one| one.id != log.id);
            issue.remaining_estimate = remaining;
            count(issue, now);
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests;
