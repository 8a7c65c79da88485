//! Which fields there are, by which names, and which operators they take.

use super::Checked;
use chat_for_jira::jql::ast::{Field, Operator};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Key,
    Project,
    Category,
    Status,
    StatusCategory,
    Type,
    Priority,
    Resolution,
    /// `assignee` or `reporter`: one person, with a history.
    User(UserField),
    Creator,
    /// Several people: `watcher`, `voter`.
    Users(UserField),
    DateTime(MomentField),
    Due,
    Labels,
    Component,
    FixVersion,
    AffectedVersion,
    Sprint,
    Parent,
    Epic,
    /// The epic above, however far.
    ParentEpic,
    Text(TextField),
    Comment,
    WorklogComment,
    AllText,
    Votes,
    Watchers,
    Points,
    /// Hundredths of the original estimate that were logged.
    WorkRatio,
    Duration(DurationField),
    Select(SelectField),
    Attachments,
    LinkType,
    WorklogAuthor,
    WorklogDate,
    /// The place in the backlog: only to be sorted by.
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UserField {
    Assignee,
    Reporter,
    Watcher,
    Voter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MomentField {
    Created,
    Updated,
    Resolved,
    CategoryChanged,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextField {
    Summary,
    Description,
    Customer,
    Environment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DurationField {
    Spent,
    Original,
    Remaining,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SelectField {
    Team,
    Severity,
    Flagged,
}

/// The field that a query names.
pub(super) fn resolve(field: &Field) -> Checked<Kind> {
    let unknown = || format!("Field '{}' does not exist or you do not have permission to view it.", field.name);
    if !field.properties.is_empty() && field.collapsed().is_none() {
        return Err(format!("The simulator does not know properties such as those of '{}'.", field.name));
    }
    let collapsed = field.collapsed();
    let name = collapsed.map_or(field.name.as_str(), |(name, _)| name).to_lowercase();
    let kind = system(&name).filter(|_| collapsed.is_none()).or_else(|| custom(&name)).ok_or_else(unknown)?;
    match collapsed {
        Some((_, wanted)) if !wanted.eq_ignore_ascii_case(collapsed_type(kind)) => Err(unknown()),
        _ => Ok(kind),
    }
}

// Long because there is one arm for each field, all of one shape.
fn system(name: &str) -> Option<Kind> {
    Some(match name {
        "key" | "issuekey" | "issue" | "id" => Kind::Key,
        "rank" => Kind::Rank,
        "project" => Kind::Project,
        "category" => Kind::Category,
        "status" => Kind::Status,
        "statuscategory" => Kind::StatusCategory,
        "issuetype" | "type" => Kind::Type,
        "priority" => Kind::Priority,
        "resolution" => Kind::Resolution,
        "assignee" => Kind::User(UserField::Assignee),
        "reporter" => Kind::User(UserField::Reporter),
        "creator" => Kind::Creator,
        "watcher" => Kind::Users(UserField::Watcher),
        "voter" => Kind::Users(UserField::Voter),
        "labels" => Kind::Labels,
        "component" => Kind::Component,
        "fixversion" => Kind::FixVersion,
        "affectedversion" => Kind::AffectedVersion,
        "parent" => Kind::Parent,
        "parentepic" => Kind::ParentEpic,
        "summary" => Kind::Text(TextField::Summary),
        "description" => Kind::Text(TextField::Description),
        "environment" => Kind::Text(TextField::Environment),
        "comment" => Kind::Comment,
        "worklogcomment" => Kind::WorklogComment,
        "text" => Kind::AllText,
        "votes" => Kind::Votes,
        "watchers" => Kind::Watchers,
        "workratio" => Kind::WorkRatio,
        "timespent" => Kind::Duration(DurationField::Spent),
        "originalestimate" | "timeoriginalestimate" => Kind::Duration(DurationField::Original),
        "remainingestimate" | "timeestimate" => Kind::Duration(DurationField::Remaining),
        "attachments" => Kind::Attachments,
        "issuelinktype" => Kind::LinkType,
        "worklogauthor" => Kind::WorklogAuthor,
        "worklogdate" => Kind::WorklogDate,
        _ => return date(name),
    })
}

fn date(name: &str) -> Option<Kind> {
    Some(match name {
        "created" | "createddate" => Kind::DateTime(MomentField::Created),
        "updated" | "updateddate" => Kind::DateTime(MomentField::Updated),
        "resolved" | "resolutiondate" => Kind::DateTime(MomentField::Resolved),
        "statuscategorychangeddate" => Kind::DateTime(MomentField::CategoryChanged),
        "due" | "duedate" => Kind::Due,
        _ => return None,
    })
}

fn custom(name: &str) -> Option<Kind> {
    Some(match name {
        "epic link" | "cf[10014]" => Kind::Epic,
        "story points" | "cf[10016]" => Kind::Points,
        "sprint" | "cf[10020]" => Kind::Sprint,
        "flagged" | "cf[10021]" => Kind::Select(SelectField::Flagged),
        "team" | "cf[10050]" => Kind::Select(SelectField::Team),
        "customer" | "cf[10051]" => Kind::Text(TextField::Customer),
        "severity" | "cf[10052]" => Kind::Select(SelectField::Severity),
        _ => return None,
    })
}

/// The type in brackets by which a custom field may be called.
fn collapsed_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Points => "Number",
        Kind::Select(SelectField::Flagged) => "Checkboxes",
        Kind::Select(_) => "Dropdown",
        Kind::Text(_) => "Short text",
        _ => "",
    }
}

/// Whether the field takes the operator (after Atlassian's field reference).
pub(super) fn takes(kind: Kind, operator: Operator) -> bool {
    use Operator as O;
    let equality = matches!(operator, O::Equals | O::NotEquals | O::In | O::NotIn);
    let emptiness = matches!(operator, O::Is | O::IsNot);
    let order = matches!(operator, O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual);
    let like = matches!(operator, O::Like | O::NotLike);
    let history = operator.is_history();
    match kind {
        Kind::Key | Kind::DateTime(_) | Kind::Due | Kind::Points | Kind::Duration(_) => equality || order || emptiness,
        Kind::Project
        | Kind::Category
        | Kind::Type
        | Kind::Creator
        | Kind::Users(_)
        | Kind::Labels
        | Kind::Component
        | Kind::Sprint
        | Kind::Parent
        | Kind::Epic
        | Kind::Select(_)
        | Kind::WorklogAuthor => equality || emptiness,
        Kind::Status | Kind::User(_) => equality || emptiness || history,
        Kind::StatusCategory | Kind::LinkType | Kind::ParentEpic => equality,
        Kind::Priority | Kind::Resolution => equality || order || emptiness || history,
        Kind::FixVersion => equality || order || emptiness || history || like,
        Kind::AffectedVersion => equality || order || emptiness || like,
        Kind::Text(_) => like || emptiness,
        Kind::Comment | Kind::WorklogComment => like,
        Kind::WorkRatio => equality || order || emptiness,
        Kind::AllText => operator == O::Like,
        Kind::Votes | Kind::Watchers | Kind::WorklogDate => equality || order,
        Kind::Attachments => emptiness,
        Kind::Rank => false,
    }
}
