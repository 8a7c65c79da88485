//! The large site as JSON, for whoever wants to evaluate queries over the same data without this program.
//!
//! `site` follows the shapes of Jira's own answers; `issues` are flat records: names in place of objects, accountIds in place
//! of people, moments as Jira writes them; null and `[]` mean EMPTY.

use super::catalog::{LINKS, PRIORITIES, RESOLUTIONS, SEVERITIES, STATUSES, TEAMS, TYPES};
use super::model::{Issue, Named, Project, Site, SprintState};
use crate::date::{stamp, zulu};
use serde_json::{Map, Value, json};

/// Vocabulary and issues, and the moment to call now.
pub(crate) fn everything(site: &Site, now: i64) -> Value {
    json!({"now": stamp(now), "site": vocabulary(site, now), "issues": site.issues.iter().map(|one| issue(one)).collect::<Vec<_>>()})
}

fn vocabulary(site: &Site, now: i64) -> Value {
    let by_project = |list: &dyn Fn(&Project) -> Vec<Value>| -> Map<String, Value> {
        site.projects.iter().map(|project| (project.key.clone(), list(project).into())).collect()
    };
    let options = |list: &[(&str, &str)]| -> Vec<Value> {
        list.iter().map(|(id, value)| json!({"id": id, "value": value})).collect()
    };
    let labels: std::collections::BTreeSet<&String> = site.issues.iter().flat_map(|issue| &issue.labels).collect();
    json!({
        "cloudId": site.cloud_id,
        "now": stamp(now),
        "timezone": "UTC",
        "weekStartsOn": "monday",
        "currentUser": site.me,
        "projects": site.projects.iter().map(project).collect::<Vec<_>>(),
        "users": site.users.iter().map(|user| json!({
            "accountId": user.account_id, "accountType": user.account_type, "displayName": user.display_name,
            "emailAddress": user.email, "active": user.active})).collect::<Vec<_>>(),
        "issueTypes": TYPES.iter().map(|kind| json!({
            "id": kind.id, "name": kind.name, "subtask": kind.subtask, "hierarchyLevel": kind.level})).collect::<Vec<_>>(),
        "statuses": STATUSES.iter().map(|status| json!({"id": status.id, "name": status.name, "statusCategory": {
            "id": status.category.id(), "key": status.category.key(), "name": status.category.name()}})).collect::<Vec<_>>(),
        "priorities": named(&PRIORITIES),
        "resolutions": named(&RESOLUTIONS),
        "fields": custom_fields(),
        "fieldOptions": {"customfield_10050": options(&TEAMS), "customfield_10052": options(&SEVERITIES),
            "customfield_10021": [{"id": "10700", "value": "Impediment"}]},
        "labels": labels,
        "components": by_project(&components),
        "versions": by_project(&versions),
        "issueLinkTypes": LINKS.iter().map(|kind| json!({
            "id": kind.id, "name": kind.name, "inward": kind.inward, "outward": kind.outward})).collect::<Vec<_>>(),
        "groups": site.groups.iter().map(|group| json!({
            "name": group.name, "groupId": group.id, "members": group.members})).collect::<Vec<_>>(),
        "sprints": site.projects.iter().flat_map(sprints).collect::<Vec<_>>(),
    })
}

fn named(list: &[Named]) -> Vec<Value> {
    list.iter().map(|one| json!({"id": one.id, "name": one.name})).collect()
}

fn custom_fields() -> Value {
    let field = |number: u64, name: &str, kind: &str| {
        json!({"id": format!("customfield_{number}"), "name": name, "custom": true, "searchable": true,
            "clauseNames": [format!("cf[{number}]"), name], "schema": {"type": kind, "customId": number}})
    };
    json!([
        field(10_014, "Epic Link", "any"),
        field(10_016, "Story Points", "number"),
        field(10_020, "Sprint", "array"),
        field(10_021, "Flagged", "array"),
        field(10_050, "Team", "option"),
        field(10_051, "Customer", "string"),
        field(10_052, "Severity", "option"),
    ])
}

fn project(project: &Project) -> Value {
    json!({"id": project.id, "key": project.key, "name": project.name, "projectTypeKey": project.kind,
        "lead": {"accountId": project.lead}, "projectCategory": {"id": project.category.0, "name": project.category.1}})
}

fn components(project: &Project) -> Vec<Value> {
    let one = |component: &super::model::Component| json!({"id": component.id, "name": component.name, "lead": {"accountId": component.lead}});
    project.components.iter().map(one).collect()
}

fn versions(project: &Project) -> Vec<Value> {
    let one = |version: &super::model::Version| json!({"id": version.id, "name": version.name, "released": version.released, "releaseDate": version.date.iso()});
    project.versions.iter().map(one).collect()
}

fn sprints(project: &Project) -> impl Iterator<Item = Value> {
    project.sprints.iter().map(|sprint| {
        let mut value = json!({"id": sprint.id, "name": sprint.name, "state": sprint.state.name(),
            "originBoardId": sprint.board, "goal": sprint.goal});
        if sprint.state != SprintState::Future {
            value["startDate"] = zulu(sprint.start).into();
            value["endDate"] = zulu(sprint.end).into();
        }
        value
    })
}

fn issue(issue: &Issue) -> Value {
    let mut value = json!({
        "id": issue.id.to_string(), "key": issue.key, "project": issue.project, "type": issue.kind,
        "summary": issue.summary, "description": issue.description, "status": issue.status,
        "statusCategoryChanged": stamp(issue.category_changed), "priority": issue.priority,
        "resolution": issue.resolution, "assignee": issue.assignee, "reporter": issue.reporter,
        "creator": issue.creator, "created": stamp(issue.created), "updated": stamp(issue.updated),
        "resolved": issue.resolved.map(stamp), "due": issue.due.map(|due| due.iso()), "labels": issue.labels,
    });
    let more = json!({
        "components": issue.components, "fixVersions": issue.fix_versions,
        "affectedVersions": issue.affected_versions, "sprints": issue.sprints, "parent": issue.parent,
        "storyPoints": issue.story_points, "team": issue.team, "customer": issue.customer,
        "severity": issue.severity, "flagged": issue.flagged.then_some("Impediment"),
        "originalEstimate": issue.original_estimate, "remainingEstimate": issue.remaining_estimate,
        "timespent": issue.time_spent, "watchers": issue.watchers, "voters": issue.voters,
        "attachments": issue.attachments.iter().map(|file| &file.name).collect::<Vec<_>>(),
    });
    for part in [more, events(issue)] {
        if let (Some(value), Value::Object(members)) = (value.as_object_mut(), part) {
            value.extend(members);
        }
    }
    value
}

/// What happened to an issue.
fn events(issue: &Issue) -> Value {
    let links = issue.links.iter().map(|link| json!({"name": link.words, "key": link.key}));
    let comments = issue
        .comments
        .iter()
        .map(|comment| json!({"author": comment.author, "created": stamp(comment.created), "body": comment.body}));
    let worklogs = issue
        .worklogs
        .iter()
        .map(|log| json!({"author": log.author, "started": stamp(log.started), "timeSpentSeconds": log.seconds}));
    let changes = issue.changelog.iter().map(|change| {
        json!({"created": stamp(change.created), "author": change.author, "field": change.field, "from": change.from,
            "to": change.to})
    });
    json!({"links": links.collect::<Vec<_>>(), "comments": comments.collect::<Vec<_>>(),
        "worklogs": worklogs.collect::<Vec<_>>(), "changelog": changes.collect::<Vec<_>>()})
}
