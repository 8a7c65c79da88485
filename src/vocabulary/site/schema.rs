//! What a field holds, from what Jira tells of it.

use crate::jql::fields::Type;
use crate::json::text;
use serde_json::Value;

/// By the kind of custom field, behind the last colon of `schema.custom`. They come before what the schema says.
const CUSTOM: [(&str, Type); 15] = [
    ("textfield", Type::Text),
    ("textarea", Type::Text),
    ("readonlyfield", Type::Text),
    ("url", Type::Other),
    ("labels", Type::Label),
    ("gh-sprint", Type::Sprint),
    ("gh-epic-link", Type::Issue),
    ("jpo-custom-field-parent", Type::Issue),
    ("gh-epic-label", Type::Text),
    ("gh-epic-status", Type::Option),
    ("gh-lexo-rank", Type::Any),
    ("sd-servicedesk-sla", Type::Sla),
    ("sd-sla-field", Type::Sla),
    ("sd-approvals", Type::Approval),
    ("vp-origin", Type::Other),
];

/// By the type in the schema, or by the type of a list's items.
const SCHEMA: [(&str, Type); 21] = [
    ("string", Type::Text),
    ("number", Type::Number),
    ("date", Type::Day),
    ("datetime", Type::Moment),
    ("user", Type::Person),
    ("project", Type::Project),
    ("issuetype", Type::IssueType),
    ("status", Type::Status),
    ("statusCategory", Type::StatusCategory),
    ("priority", Type::Priority),
    ("resolution", Type::Resolution),
    ("version", Type::Version),
    ("component", Type::Component),
    ("option", Type::Option),
    ("option-with-child", Type::Option),
    ("issuelink", Type::Issue),
    ("attachment", Type::Attachment),
    ("sd-servicelevelagreement", Type::Sla),
    ("sd-approvals", Type::Approval),
    ("group", Type::Other),
    ("team", Type::Other),
];

/// By the last part of the name of a class, as the reference data of JQL has it.
const CLASSES: [(&str, Type); 19] = [
    ("Number", Type::Number),
    ("Date", Type::Moment),
    ("Duration", Type::Duration),
    ("ApplicationUser", Type::Person),
    ("User", Type::Person),
    ("Project", Type::Project),
    ("IssueType", Type::IssueType),
    ("Status", Type::Status),
    ("StatusCategory", Type::StatusCategory),
    ("Priority", Type::Priority),
    ("Resolution", Type::Resolution),
    ("Version", Type::Version),
    ("ProjectComponent", Type::Component),
    ("Label", Type::Label),
    ("Sprint", Type::Sprint),
    ("Issue", Type::Issue),
    ("Option", Type::Option),
    ("CascadeOption", Type::Option),
    ("String", Type::Other),
];

fn look(table: &[(&str, Type)], name: &str) -> Option<Type> {
    table.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// What the `schema` of a field says.
pub(super) fn of_schema(schema: &Value) -> Type {
    let custom = text(schema, "custom");
    let custom = custom.rsplit_once(':').map_or(custom, |(_, name)| name);
    if let Some(kind) = look(&CUSTOM, custom) {
        return kind;
    }
    match (text(schema, "type"), text(schema, "items")) {
        // A list of plain texts is a list of labels, whether Jira's own or a field of that kind.
        ("array", "string") => Type::Label,
        ("array", items) => look(&SCHEMA, items).unwrap_or_default(),
        (kind, _) => look(&SCHEMA, kind).unwrap_or_default(),
    }
}

/// What the name of a class says.
pub(super) fn of_class(class: &str) -> Type {
    look(&CLASSES, class.rsplit('.').next().unwrap_or_default()).unwrap_or_default()
}
