//! Issues moved to another project, type or parent.

use super::super::call::{Answer, Call, Refused, object};
use super::super::change::{By, Set};
use super::super::many::names;
use super::super::refusal;
use super::{MOST, Outcome};
use crate::data::catalog::type_of;
use crate::data::model::{Issue, Project, Site};
use crate::data::workflow;
use axum::body::Bytes;
use serde_json::Value;

/// Where issues go.
struct Goal<'c> {
    project: &'c Project,
    kind: &'static str,
    parent: Option<&'c Issue>,
    /// Whether a status that the new workflow lacks becomes its first one; else the move is refused.
    infer_status: bool,
}

/// All moves of a request. A group is written `project,type id` or `project,type id,parent`.
pub(super) async fn all(call: &Call, body: &Bytes) -> Answer {
    let body = object(body)?;
    let groups = body.get("targetToSourcesMapping").and_then(Value::as_object).filter(|groups| !groups.is_empty());
    let mut outcome = Outcome::default();
    for (name, group) in groups.ok_or_else(refusal::payload)? {
        let goal = goal(call, name, group)?;
        let names = names(group, "issueIdsOrKeys", MOST)?;
        outcome.of(call, &names, |issue| one(call, issue, &goal)).await;
    }
    outcome.keep(call)
}

fn goal<'c>(call: &'c Call, name: &str, group: &Value) -> Result<Goal<'c>, Refused> {
    let mut words = name.split(',').map(str::trim);
    let project = words.next().and_then(|word| call.project(word));
    let project = project.ok_or_else(|| refusal::bad("The destination project is not valid."))?;
    let wanted = words.next().unwrap_or_default();
    let kind = workflow::types(project.kind).iter().copied().find(|kind| type_of(kind).id == wanted);
    let kind = kind.ok_or_else(|| refusal::bad("The destination issue type is not valid."))?;
    let parent = words.next().map(|word| call.find(word)).transpose()?;
    if type_of(kind).subtask != parent.is_some() {
        return Err(refusal::bad("A sub-task, and nothing else, needs a destination parent.").into());
    }
    let infer_status = group.get("inferStatusDefaults").and_then(Value::as_bool) == Some(true);
    Ok(Goal { project, kind, parent, infer_status })
}

/// Moves one issue: it gets a key of its new project; its old one still leads to it.
fn one(call: &Call, issue: &Issue, goal: &Goal<'_>) -> Result<(), Refused> {
    for (permission, project) in [("EDIT_ISSUES", &issue.project), ("CREATE_ISSUES", &goal.project.key)] {
        call.must(permission, project)?;
    }
    let fits = workflow::statuses(goal.project.kind).contains(&issue.status);
    if !fits && !goal.infer_status {
        return Err(refusal::bad("The status of the issue is not in the destination workflow.").into());
    }
    let mut sets = vec![Set::Kind(goal.kind)];
    if !fits {
        sets.push(Set::Status(workflow::first_status(goal.project.kind)));
    }
    if goal.project.key != issue.project || goal.parent.is_some() {
        sets.push(Set::Parent(goal.parent.map(|parent| parent.key.clone())));
    }
    if goal.project.key != issue.project {
        // These are a project's own.
        sets.extend([Set::Components(Vec::new()), Set::FixVersions(Vec::new()), Set::AffectedVersions(Vec::new())]);
        sets.push(Set::Sprints(Vec::new()));
    }
    let by = By { who: &call.caller.user, now: call.now() };
    call.edit(|site| {
        if let Some(found) = site.issue_mut(&issue.key) {
            by.apply(found, sets);
        }
        if goal.project.key != issue.project {
            rename(site, &by, &issue.key, &goal.project.key);
        }
        Ok(())
    })
}

/// Gives an issue the next key of a project, wherever it is named.
fn rename(site: &mut Site, by: &By<'_>, old: &str, project: &str) {
    let Some(found) = site.projects.iter_mut().find(|one| one.key == project) else { return };
    found.last_number += 1;
    let number = found.last_number;
    let new = format!("{project}-{number}");
    if let Some(issue) = site.issue_mut(old) {
        let from = std::mem::replace(&mut issue.project, project.to_owned());
        (issue.number, issue.key) = (number, new.clone());
        issue.former_keys.push(old.to_owned());
        by.note(issue, "project", Some(from), Some(project.to_owned()));
        by.note(issue, "Key", Some(old.to_owned()), Some(new.clone()));
    }
    for issue in &mut site.issues {
        if issue.parent.as_deref() == Some(old) || issue.links.iter().any(|link| link.key == old) {
            let issue = std::sync::Arc::make_mut(issue);
            issue.parent = issue.parent.take().map(|key| if key == old { new.clone() } else { key });
            issue.links.iter_mut().filter(|link| link.key == old).for_each(|link| link.key.clone_from(&new));
        }
    }
    site.find_places();
}
