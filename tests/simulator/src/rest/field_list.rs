//! Which fields there are, what they hold, and on which screens they are.

use super::call::{Answer, Call};
use axum::Json;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// One thing of this type.
    One(&'static str),
    /// Several.
    Many(&'static str),
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    /// Of a custom field: which kind.
    pub(crate) custom: Option<&'static str>,
    /// Whether it is on the screens for creating and editing.
    pub(crate) on_screens: bool,
}

const fn shown(id: &'static str, name: &'static str, holds: Holds) -> Field {
    Field { id, name, holds, custom: None, on_screens: true }
}

const fn hidden(id: &'static str, name: &'static str, kind: &'static str) -> Field {
    Field { id, name, holds: Holds::One(kind), custom: None, on_screens: false }
}

const fn custom(id: &'static str, name: &'static str, holds: Holds, kind: &'static str) -> Field {
    Field { id, name, holds, custom: Some(kind), on_screens: true }
}

const SELECT: &str = "com.atlassian.jira.plugin.system.customfieldtypes:select";

/// All fields.
pub(crate) const FIELDS: [Field; 42] = [
    shown("summary", "Summary", Holds::One("string")),
    shown("issuetype", "Issue Type", Holds::One("issuetype")),
    shown("project", "Project", Holds::One("project")),
    shown("description", "Description", Holds::One("string")),
    shown("environment", "Environment", Holds::One("string")),
    shown("priority", "Priority", Holds::One("priority")),
    shown("assignee", "Assignee", Holds::One("user")),
    shown("reporter", "Reporter", Holds::One("user")),
    shown("labels", "Labels", Holds::Many("string")),
    shown("components", "Components", Holds::Many("component")),
    shown("fixVersions", "Fix versions", Holds::Many("version")),
    shown("versions", "Affects versions", Holds::Many("version")),
    shown("duedate", "Due date", Holds::One("date")),
    shown("parent", "Parent", Holds::One("issuelink")),
    shown("timetracking", "Time tracking", Holds::One("timetracking")),
    custom(
        "customfield_10016",
        "Story Points",
        Holds::One("number"),
        "com.atlassian.jira.plugin.system.customfieldtypes:float",
    ),
    custom("customfield_10020", "Sprint", Holds::Many("json"), "com.pyxis.greenhopper.jira:gh-sprint"),
    custom(
        "customfield_10021",
        "Flagged",
        Holds::Many("option"),
        "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
    ),
    custom("customfield_10050", "Team", Holds::One("option"), SELECT),
    custom(
        "customfield_10051",
        "Customer",
        Holds::One("string"),
        "com.atlassian.jira.plugin.system.customfieldtypes:textfield",
    ),
    custom("customfield_10052", "Severity", Holds::One("option"), SELECT),
    hidden("issuekey", "Key", "string"),
    hidden("resolution", "Resolution", "resolution"),
    hidden("status", "Status", "status"),
    hidden("statusCategory", "Status Category", "statusCategory"),
    hidden("created", "Created", "datetime"),
    hidden("updated", "Updated", "datetime"),
    hidden("resolutiondate", "Resolved", "datetime"),
    hidden("statuscategorychangedate", "Status Category Changed", "datetime"),
    hidden("creator", "Creator", "user"),
    hidden("watches", "Watchers", "watches"),
    hidden("votes", "Votes", "votes"),
    hidden("comment", "Comment", "comments-page"),
    hidden("worklog", "Log Work", "array"),
    hidden("attachment", "Attachment", "array"),
    hidden("issuelinks", "Linked Issues", "array"),
    hidden("subtasks", "Sub-tasks", "array"),
    hidden("timespent", "Time Spent", "number"),
    hidden("timeestimate", "Remaining Estimate", "number"),
    hidden("timeoriginalestimate", "Original estimate", "number"),
    hidden("progress", "Progress", "progress"),
    hidden("workratio", "Work Ratio", "number"),
];

/// The field with this id.
pub(crate) fn field(id: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.id == id)
}

impl Field {
    /// `schema` as Jira has it.
    pub(crate) fn schema(&self) -> Value {
        let mut schema = match self.holds {
            Holds::One(kind) => json!({"type": kind}),
            Holds::Many(kind) => json!({"type": "array", "items": kind}),
        };
        match self.custom {
            Some(kind) => {
                schema["custom"] = kind.into();
                schema["customId"] = self.id.trim_start_matches("customfield_").parse::<u64>().unwrap_or(0).into();
            }
            None => schema["system"] = self.id.into(),
        }
        schema
    }

    /// What may be done with it in `update`.
    pub(crate) fn operations(&self) -> Value {
        match (self.holds, self.id) {
            (Holds::Many(_), "customfield_10020") | (Holds::One(_), _) => json!(["set"]),
            (Holds::Many(_), _) => json!(["add", "set", "remove"]),
        }
    }
}

/// `GET field`
pub(crate) async fn list(_call: Call) -> Answer {
    let one = |field: &Field| {
        let number = field.id.trim_start_matches("customfield_");
        let clauses = match field.custom {
            Some(_) => json!([format!("cf[{number}]"), field.name]),
            None => json!([field.id]),
        };
        json!({"id": field.id, "key": field.id, "name": field.name, "custom": field.custom.is_some(), "orderable": field.on_screens,
            "navigable": true, "searchable": true, "clauseNames": clauses, "schema": field.schema()})
    };
    Ok(Json(FIELDS.iter().map(one).collect::<Vec<_>>()).into_response())
}
