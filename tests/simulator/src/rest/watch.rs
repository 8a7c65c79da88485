//! Watchers and votes.

use super::call::{Answer, Call, Refused};
use super::fields::Writer;
use super::refusal;
use crate::data::model::{Issue, User};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

fn people(writer: &Writer<'_>, list: &[String]) -> Vec<Value> {
    list.iter().map(|id| writer.person(id)).collect()
}

/// `GET issue/{key}/watchers`
pub(crate) async fn watchers(call: Call) -> Answer {
    let issue = call.issue()?;
    let mine = issue.watchers.contains(&call.caller.user);
    Ok(Json(json!({"self": format!("{}/issue/{}/watchers", call.place.rest, issue.key), "isWatching": mine,
        "watchCount": issue.watchers.len(), "watchers": people(&call.writer(), &issue.watchers)}))
    .into_response())
}

/// Changes a list of people of the issue.
fn change(call: &Call, issue: &Issue, list: fn(&mut Issue) -> &mut Vec<String>, person: &str, add: bool) -> Answer {
    call.edit(|site| {
        if let Some(issue) = site.issue_mut(&issue.key) {
            let list = list(issue);
            list.retain(|known| known != person);
            if add {
                list.push(person.to_owned());
            }
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who is meant, and whether the caller may decide for them.
fn allowed<'c>(call: &'c Call, issue: &Issue, name: &str) -> Result<&'c User, Refused> {
    let user = call
        .user(name)
        .ok_or_else(|| refusal::of(StatusCode::NOT_FOUND, &[format!("The user \"{name}\" does not exist.")]))?;
    if user.account_id != call.caller.user {
        call.must("MANAGE_WATCHERS", &issue.project)?;
    }
    Ok(user)
}

/// `POST issue/{key}/watchers`: the body is a JSON string; without one, the caller.
pub(crate) async fn watch(call: Call, body: Bytes) -> Answer {
    let issue = call.issue()?;
    let name = match body.is_empty() {
        true => None,
        false => Some(serde_json::from_slice::<String>(&body).map_err(|_| refusal::payload())?),
    };
    let user = match &name {
        Some(name) => allowed(&call, issue, name)?.account_id.clone(),
        None => call.caller.user.clone(),
    };
    change(&call, issue, |issue| &mut issue.watchers, &user, true)
}

/// `DELETE issue/{key}/watchers?accountId=…` (Data Center: `username`)
pub(crate) async fn unwatch(call: Call) -> Answer {
    let issue = call.issue()?;
    call.only_account_ids()?;
    let name = call.query.get(if call.cloud() { "accountId" } else { "username" });
    let name = name.ok_or_else(|| refusal::bad("The person to remove is not named."))?;
    let user = allowed(&call, issue, name)?;
    change(&call, issue, |issue| &mut issue.watchers, &user.account_id, false)
}

/// `GET issue/{key}/votes`
pub(crate) async fn votes(call: Call) -> Answer {
    let issue = call.issue()?;
    let mine = issue.voters.contains(&call.caller.user);
    Ok(Json(json!({"self": format!("{}/issue/{}/votes", call.place.rest, issue.key), "hasVoted": mine,
        "votes": issue.voters.len(), "voters": people(&call.writer(), &issue.voters)}))
    .into_response())
}

/// Nobody votes for what they reported, or for what is resolved.
fn may_vote(call: &Call) -> Result<&Issue, Refused> {
    let issue = call.issue()?;
    let sentence = match issue {
        issue if issue.reporter == call.caller.user => "You cannot vote for an issue you have reported.",
        issue if issue.resolution.is_some() => "You cannot vote or unvote on a resolved issue.",
        _ => return Ok(issue),
    };
    Err(refusal::of(StatusCode::NOT_FOUND, &[sentence.to_owned()]).into())
}

/// `POST issue/{key}/votes`
pub(crate) async fn vote(call: Call) -> Answer {
    let issue = may_vote(&call)?;
    change(&call, issue, |issue| &mut issue.voters, &call.caller.user, true)
}

/// `DELETE issue/{key}/votes`
pub(crate) async fn unvote(call: Call) -> Answer {
    let issue = may_vote(&call)?;
    change(&call, issue, |issue| &mut issue.voters, &call.caller.user, false)
}

#[cfg(test)]
mod tests;
