//! What the language knows here, as `jql/autocompletedata` tells it: fields with the operators they take, and functions.

use super::fields::{self, Kind};
use super::order;
use chat_for_jira::jql::ast::{Field, Operator, Span};
use serde_json::{Value, json};

/// The fields of queries, by their first names.
const FIELDS: [&str; 40] = [
    "key",
    "project",
    "category",
    "status",
    "statusCategory",
    "issuetype",
    "priority",
    "resolution",
    "assignee",
    "reporter",
    "creator",
    "watcher",
    "voter",
    "labels",
    "component",
    "fixVersion",
    "affectedVersion",
    "parent",
    "parentEpic",
    "summary",
    "description",
    "environment",
    "comment",
    "worklogComment",
    "text",
    "votes",
    "watchers",
    "workRatio",
    "timespent",
    "originalEstimate",
    "remainingEstimate",
    "attachments",
    "issueLinkType",
    "worklogAuthor",
    "worklogDate",
    "created",
    "updated",
    "resolved",
    "statusCategoryChangedDate",
    "due",
];

/// Further custom fields, with their numbers.
const CUSTOM: [(&str, u32); 7] = [
    ("Epic Link", 10014),
    ("Story Points", 10016),
    ("Sprint", 10020),
    ("Flagged", 10021),
    ("Team", 10050),
    ("Customer", 10051),
    ("Severity", 10052),
];

const USER: &str = "com.atlassian.jira.user.ApplicationUser";
const VERSION: &str = "com.atlassian.jira.project.version.Version";
const COMPONENT: &str = "com.atlassian.jira.bc.project.component.ProjectComponent";
const PROJECT: &str = "com.atlassian.jira.project.Project";
const TYPE: &str = "com.atlassian.jira.issue.issuetype.IssueType";
const ISSUE: &str = "com.atlassian.jira.issue.Issue";
const SPRINT: &str = "com.atlassian.greenhopper.service.sprint.Sprint";
const DATE: &str = "java.util.Date";

/// The functions, whether they give lists, and of what.
const FUNCTIONS: [(&str, bool, &str); 27] = [
    ("currentUser", false, USER),
    ("membersOf", true, USER),
    ("openSprints", true, SPRINT),
    ("closedSprints", true, SPRINT),
    ("futureSprints", true, SPRINT),
    ("standardIssueTypes", true, TYPE),
    ("subtaskIssueTypes", true, TYPE),
    ("componentsLeadByUser", true, COMPONENT),
    ("projectsLeadByUser", true, PROJECT),
    ("releasedVersions", true, VERSION),
    ("unreleasedVersions", true, VERSION),
    ("latestReleasedVersion", false, VERSION),
    ("earliestUnreleasedVersion", false, VERSION),
    ("linkedIssues", true, ISSUE),
    ("watchedIssues", true, ISSUE),
    ("votedIssues", true, ISSUE),
    ("updatedBy", true, ISSUE),
    ("issueHistory", true, ISSUE),
    ("now", false, DATE),
    ("startOfDay", false, DATE),
    ("endOfDay", false, DATE),
    ("startOfWeek", false, DATE),
    ("endOfWeek", false, DATE),
    ("startOfMonth", false, DATE),
    ("endOfMonth", false, DATE),
    ("startOfYear", false, DATE),
    ("endOfYear", false, DATE),
];

/// All operators, in the order in which Jira lists them.
const OPERATORS: [Operator; 17] = [
    Operator::Equals,
    Operator::NotEquals,
    Operator::Like,
    Operator::NotLike,
    Operator::In,
    Operator::NotIn,
    Operator::Is,
    Operator::IsNot,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::Was,
    Operator::WasNot,
    Operator::WasIn,
    Operator::WasNotIn,
    Operator::Changed,
];

/// `visibleFieldNames`.
pub(crate) fn fields() -> Vec<Value> {
    let system = FIELDS.iter().map(|name| (name.to_string(), name.to_string(), None));
    let custom = CUSTOM
        .iter()
        .map(|(name, number)| (format!("\"{name}\""), format!("{name} - cf[{number}]"), Some(format!("cf[{number}]"))));
    system.chain(custom).filter_map(|(value, shown, cfid)| one(&value, &shown, cfid)).collect()
}

fn one(value: &str, shown: &str, cfid: Option<String>) -> Option<Value> {
    let name = value.trim_matches('"').to_owned();
    let kind = fields::resolve(&Field { name, properties: Vec::new(), span: Span::default() }).ok()?;
    let operators: Vec<String> =
        OPERATORS.into_iter().filter(|one| fields::takes(kind, *one)).map(|one| one.text().to_lowercase()).collect();
    let mut field = json!({"value": value, "displayName": shown, "orderable": order::is_sortable(kind).to_string(), "searchable": "true",
        "operators": operators, "types": [type_of(kind)]});
    if let Some(cfid) = cfid {
        field["cfid"] = cfid.into();
    }
    Some(field)
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Key | Kind::Parent | Kind::ParentEpic | Kind::Epic => ISSUE,
        Kind::Project => PROJECT,
        Kind::Category => "com.atlassian.jira.project.ProjectCategory",
        Kind::Status => "com.atlassian.jira.issue.status.Status",
        Kind::StatusCategory => "com.atlassian.jira.issue.status.category.StatusCategory",
        Kind::Type => TYPE,
        Kind::Priority => "com.atlassian.jira.issue.priority.Priority",
        Kind::Resolution => "com.atlassian.jira.issue.resolution.Resolution",
        Kind::User(_) | Kind::Creator | Kind::Users(_) | Kind::WorklogAuthor => USER,
        Kind::DateTime(_) | Kind::Due | Kind::WorklogDate => DATE,
        Kind::Labels => "com.atlassian.jira.issue.label.Label",
        Kind::Component => COMPONENT,
        Kind::FixVersion | Kind::AffectedVersion => VERSION,
        Kind::Sprint => SPRINT,
        Kind::Text(_) | Kind::Comment | Kind::WorklogComment | Kind::AllText => "java.lang.String",
        Kind::Votes | Kind::Watchers | Kind::Points | Kind::WorkRatio => "java.lang.Number",
        Kind::Duration(_) => "com.atlassian.jira.issue.fields.TimeTracking",
        Kind::Select(_) => "com.atlassian.jira.issue.customfields.option.Option",
        Kind::Attachments => "com.atlassian.jira.issue.attachment.Attachment",
        Kind::LinkType => "com.atlassian.jira.issue.link.IssueLinkType",
        Kind::Rank => "com.atlassian.jira.plugins.lexorank",
    }
}

/// `visibleFunctionNames`.
pub(crate) fn functions() -> Vec<Value> {
    let one = |(name, list, of): &(&str, bool, &str)| {
        let written = format!("{name}()");
        let mut function = json!({"value": written, "displayName": written, "types": [of]});
        if *list {
            function["isList"] = "true".into();
        }
        function
    };
    FUNCTIONS.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_one_that_queries_can_name() {
        assert_eq!(fields().len(), FIELDS.len() + CUSTOM.len());
        let summary = fields().into_iter().find(|field| field["value"] == "summary").unwrap();
        assert_eq!(summary["operators"], json!(["~", "!~", "is", "is not"]));
    }
}
