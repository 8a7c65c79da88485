//! What a person may do where.
//!
//! Everybody may do everything in every project, except: changing or deleting what others wrote is for the project's lead, and
//! so is deleting issues. The settings `denied_permissions` and `granted_permissions` take away and give.

use super::call::{Answer, Call, Refused};
use super::refusal;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value, json};

/// Name and id of a permission, whether it belongs to a project, and what people read.
type Permission = (&'static str, &'static str, &'static str);

pub(crate) const BROWSE: &str = "BROWSE_PROJECTS";

/// All that are told.
const ALL: [Permission; 25] = [
    ("ADMINISTER", "0", "Administer Jira"),
    ("ADD_COMMENTS", "15", "Add Comments"),
    ("ADMINISTER_PROJECTS", "23", "Administer Projects"),
    ("ASSIGNABLE_USER", "17", "Assignable User"),
    ("ASSIGN_ISSUES", "13", "Assign Issues"),
    (BROWSE, "10", "Browse Projects"),
    ("CLOSE_ISSUES", "18", "Close Issues"),
    ("CREATE_ATTACHMENTS", "19", "Create Attachments"),
    ("CREATE_ISSUES", "11", "Create Issues"),
    ("DELETE_ALL_ATTACHMENTS", "38", "Delete All Attachments"),
    ("DELETE_ALL_COMMENTS", "36", "Delete All Comments"),
    ("DELETE_ALL_WORKLOGS", "42", "Delete All Worklogs"),
    ("DELETE_ISSUES", "16", "Delete Issues"),
    ("DELETE_OWN_COMMENTS", "37", "Delete Own Comments"),
    ("EDIT_ALL_COMMENTS", "34", "Edit All Comments"),
    ("EDIT_ALL_WORKLOGS", "41", "Edit All Worklogs"),
    ("EDIT_ISSUES", "12", "Edit Issues"),
    ("EDIT_OWN_COMMENTS", "35", "Edit Own Comments"),
    ("LINK_ISSUES", "21", "Link Issues"),
    ("MANAGE_SPRINTS_PERMISSION", "-1", "Manage sprints"),
    ("MANAGE_WATCHERS", "32", "Manage Watchers"),
    ("SCHEDULE_ISSUES", "28", "Schedule Issues"),
    ("TRANSITION_ISSUES", "46", "Transition Issues"),
    ("VIEW_VOTERS_AND_WATCHERS", "31", "View Voters and Watchers"),
    ("WORK_ON_ISSUES", "20", "Work On Issues"),
];

/// Those that only a project's lead has.
const OF_THE_LEAD: [&str; 8] = [
    "ADMINISTER_PROJECTS",
    "DELETE_ALL_ATTACHMENTS",
    "DELETE_ALL_COMMENTS",
    "DELETE_ALL_WORKLOGS",
    "DELETE_ISSUES",
    "EDIT_ALL_COMMENTS",
    "EDIT_ALL_WORKLOGS",
    "MANAGE_SPRINTS_PERMISSION",
];

impl Call {
    /// Whether the caller has a permission in the project with this key.
    pub(crate) fn may(&self, permission: &str, project: &str) -> bool {
        let named =
            |list: &[String]| list.iter().any(|one| one == permission || *one == format!("{project}:{permission}"));
        let change = self.sim.change();
        let (denied, granted) =
            (named(&change.settings.denied_permissions), named(&change.settings.granted_permissions));
        drop(change);
        if denied || granted {
            return !denied;
        }
        let lead = self.site.project(project).is_some_and(|found| found.lead == self.caller.user);
        permission != "ADMINISTER" && (lead || !OF_THE_LEAD.contains(&permission))
    }

    /// Refuses the call with Jira's sentence if the caller lacks a permission.
    pub(crate) fn must(&self, permission: &str, project: &str) -> Result<(), Refused> {
        if self.may(permission, project) {
            return Ok(());
        }
        let sentence = match permission {
            "ADD_COMMENTS" => "You do not have the permission to comment on this issue.",
            "ASSIGN_ISSUES" => "You do not have permission to assign issues.",
            "CREATE_ISSUES" => "You do not have permission to create issues in this project.",
            "DELETE_ISSUES" => "You do not have permission to delete issues in this project.",
            "EDIT_ISSUES" => "You do not have permission to edit issues in this project.",
            "LINK_ISSUES" => "No Link Issue Permission for issue.",
            "WORK_ON_ISSUES" => "You do not have the permission to associate a worklog to this issue.",
            "CREATE_ATTACHMENTS" => "You do not have permission to create attachments for this issue.",
            "TRANSITION_ISSUES" => "You do not have permission to transition this issue.",
            _ => "You do not have the permission that is needed for this.",
        };
        // Jira answers some of these with 400, as if the request were wrong.
        let status = match permission {
            "ADD_COMMENTS" | "CREATE_ISSUES" | "TRANSITION_ISSUES" | "WORK_ON_ISSUES" => StatusCode::BAD_REQUEST,
            _ => StatusCode::FORBIDDEN,
        };
        Err(refusal::of(status, &[sentence.to_owned()]).into())
    }

    /// Refuses the call unless the caller wrote the thing or may deal with everybody's.
    pub(crate) fn must_own(&self, author: &str, permission: &str, project: &str) -> Result<(), Refused> {
        if author == self.caller.user || self.may(permission, project) {
            return Ok(());
        }
        self.must(permission, project)
    }
}

/// `GET mypermissions`: Cloud wants to be told which.
pub(crate) async fn mine(call: Call) -> Answer {
    let wanted = call.words("permissions");
    if call.cloud() && wanted.is_empty() {
        return Err(refusal::bad("The 'permissions' query parameter is required.").into());
    }
    if let Some(unknown) = wanted.iter().find(|name| !ALL.iter().any(|(known, ..)| known == name)) {
        return Err(refusal::bad(&format!("Unrecognized permission key: {unknown}")).into());
    }
    let issue = call.query.get("issueKey").or_else(|| call.query.get("issueId"));
    let key = match (call.query.get("projectKey"), call.query.get("projectId"), issue) {
        (Some(key), ..) => call.site.project(key).map(|project| project.key.clone()),
        (_, Some(id), _) => {
            call.site.projects.iter().find(|project| project.id == id).map(|project| project.key.clone())
        }
        (.., Some(issue)) => Some(call.find(issue)?.project.clone()),
        _ => Some(String::new()),
    };
    let key =
        key.ok_or_else(|| refusal::of(StatusCode::NOT_FOUND, &["No project could be found with that key.".into()]))?;
    let anywhere = |permission: &str| match key.as_str() {
        "" => call.site.projects.iter().any(|project| call.may(permission, &project.key)),
        key => call.may(permission, key),
    };
    let shown = ALL.iter().filter(|(name, ..)| wanted.is_empty() || wanted.iter().any(|one| one == name));
    let one = |(name, id, title): &Permission| {
        let kind = if *name == "ADMINISTER" { "GLOBAL" } else { "PROJECT" };
        let value: Value = json!({"id": id, "key": name, "name": title, "type": kind, "description": "",
            "havePermission": anywhere(name)});
        ((*name).to_owned(), value)
    };
    let all: Map<String, Value> = shown.map(one).collect();
    Ok(Json(json!({"permissions": all})).into_response())
}

#[cfg(test)]
mod tests;
