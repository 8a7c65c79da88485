//! The fields that JQL has on every site: their names, what they hold, which operators they take, whether results can be sorted
//! by them.
//!
//! Source: *JQL fields* of Atlassian's documentation (support.atlassian.com/jira-service-management-cloud/docs/jql-fields, as of
//! December 2025), with the older names from *Advanced searching: fields reference* of Jira Data Center. Where Jira accepts more
//! than the documentation says, so does the table: `parent IS EMPTY`, `key IS EMPTY`, `fixVersion ~ "4.*"`.

mod functions;
mod kind;
mod operators;

pub use functions::{Function, Shape, functions, same_family};
pub use kind::Type;
pub use operators::Operators;

/// A field that JQL has on every site.
#[derive(Debug)]
pub struct Known {
    /// Its names with `|` between them; the first is the one to write.
    names: &'static str,
    /// What it holds.
    pub kind: Type,
    /// The operators it takes.
    pub operators: Operators,
    /// Whether results can be sorted by it.
    pub sortable: bool,
}

impl Known {
    /// The name to write, with Jira's own capitals.
    pub fn name(&self) -> &'static str {
        self.names().next().unwrap_or_default()
    }

    /// All its names.
    pub fn names(&self) -> std::str::Split<'static, char> {
        self.names.split('|')
    }
}

const EQ: Operators = Operators::EQUALITY;
const EQ_EMPTY: Operators = Operators::EQUALITY.with(Operators::EMPTY);
const COMPARED: Operators = EQ_EMPTY.with(Operators::ORDER);
const COUNTED: Operators = Operators::EQUALITY.with(Operators::ORDER);
const PAST: Operators = EQ_EMPTY.with(Operators::HISTORY);
const COMPARED_PAST: Operators = COMPARED.with(Operators::HISTORY);
const TEXT: Operators = Operators::TEXT.with(Operators::EMPTY);

const fn sorted(names: &'static str, kind: Type, operators: Operators) -> Known {
    Known { names, kind, operators, sortable: true }
}

const fn unsorted(names: &'static str, kind: Type, operators: Operators) -> Known {
    Known { names, kind, operators, sortable: false }
}

/// In the order in which they are offered: the ones that people use most come first.
#[rustfmt::skip]
static FIELDS: [Known; 62] = [
    sorted("project|space", Type::Project, EQ_EMPTY),
    sorted("assignee", Type::Person, PAST),
    sorted("status", Type::Status, PAST),
    sorted("statusCategory", Type::StatusCategory, EQ),
    sorted("issuetype|type|workType", Type::IssueType, EQ_EMPTY),
    sorted("priority", Type::Priority, COMPARED_PAST),
    sorted("resolution", Type::Resolution, COMPARED_PAST),
    unsorted("text", Type::Text, Operators::CONTAINS),
    sorted("summary", Type::Text, TEXT),
    sorted("created|createdDate", Type::Moment, COMPARED),
    sorted("updated|updatedDate", Type::Moment, COMPARED),
    sorted("due|duedate", Type::Day, COMPARED),
    sorted("resolved|resolutiondate", Type::Moment, COMPARED),
    sorted("reporter", Type::Person, PAST),
    sorted("labels", Type::Label, EQ_EMPTY),
    sorted("sprint", Type::Sprint, EQ_EMPTY),
    sorted("component", Type::Component, EQ_EMPTY),
    sorted("fixVersion", Type::Version, COMPARED_PAST.with(Operators::TEXT)),
    sorted("affectedVersion", Type::Version, COMPARED.with(Operators::TEXT)),
    sorted("parent", Type::Issue, EQ_EMPTY),
    sorted("key|issuekey|issue|id|workItemKey|workItem", Type::Issue, COMPARED.with(Operators::TEXT)),
    sorted("description", Type::Text, TEXT),
    unsorted("comment", Type::Text, Operators::TEXT),
    sorted("creator", Type::Person, EQ_EMPTY),
    unsorted("watcher", Type::Person, EQ_EMPTY),
    unsorted("voter", Type::Person, EQ_EMPTY),
    sorted("watchers", Type::Number, COUNTED),
    sorted("votes", Type::Number, COUNTED),
    sorted("environment", Type::Text, TEXT),
    sorted("statusCategoryChangedDate|statusCategoryChangeDate", Type::Moment, COMPARED),
    sorted("lastViewed", Type::Moment, COMPARED),
    sorted("originalEstimate|timeoriginalestimate", Type::Duration, COMPARED),
    sorted("remainingEstimate|timeestimate", Type::Duration, COMPARED),
    sorted("timespent", Type::Duration, COMPARED),
    sorted("workRatio", Type::Number, COMPARED),
    unsorted("worklogAuthor", Type::Person, EQ_EMPTY),
    unsorted("worklogDate", Type::Day, COMPARED),
    unsorted("worklogComment", Type::Text, Operators::CONTAINS),
    unsorted("textfields", Type::Text, Operators::CONTAINS),
    unsorted("issueLinkType|workItemLinkType", Type::LinkType, EQ),
    unsorted("issueLink|workItemLink", Type::Issue, EQ),
    unsorted("linkedIssue|linkedWorkItem|parentEpic", Type::Issue, EQ),
    unsorted("attachments", Type::Attachment, Operators::EMPTY),
    unsorted("filter|savedFilter|request|searchRequest", Type::Other, EQ),
    unsorted("category|spaceCategory", Type::Other, EQ_EMPTY),
    sorted("level", Type::Other, EQ_EMPTY),
    sorted("hierarchyLevel", Type::Number, COUNTED),
    unsorted("parentProject|parentSpace", Type::Project, EQ),
    unsorted("projectType|spaceType", Type::Other, EQ),
    sorted("subtasks", Type::Any, Operators::ANY),
    sorted("Epic Link", Type::Issue, EQ_EMPTY),
    sorted("approvals|approval", Type::Approval, EQ),
    unsorted("organizations|organization", Type::Organization, EQ_EMPTY),
    unsorted("entitlement", Type::Entitlement, EQ_EMPTY),
    sorted("Request Type", Type::Other, EQ_EMPTY),
    sorted("change-gating-type", Type::Other, EQ_EMPTY),
    sorted("request-channel-type", Type::Other, EQ_EMPTY),
    sorted("request-last-activity-time", Type::Moment, COMPARED),
    sorted("journeyId|journeyTypeId|journeyTypeVersion|journeyWorkItemId|journeyParentOfTypeId", Type::Other, EQ_EMPTY),
    sorted("Time to resolution|Time to first response", Type::Sla, COUNTED.with(Operators::EMPTY)),
    sorted("Rank", Type::Any, Operators::ANY),
    sorted("lastCommentedBy|lastCommentedDate", Type::Any, Operators::ANY),
];

/// What may stand before brackets without being a field of its own: entity properties, and what the development tools and the
/// links tell.
const BEFORE_BRACKETS: &str = "issue.property workitem.property project.property space.property user.property comment.property attachment.property \
     development issuelink workitemlink";

/// All fields, the ones that people use most first.
pub fn fields() -> &'static [Known] {
    &FIELDS
}

/// The field of this name, without regard to the case of letters.
pub fn field(name: &str) -> Option<&'static Known> {
    FIELDS.iter().find(|field| field.names().any(|known| known.eq_ignore_ascii_case(name)))
}

/// Whether this may stand before brackets: `issue.property[key].path`.
pub fn before_brackets(name: &str) -> bool {
    BEFORE_BRACKETS.split(' ').any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
