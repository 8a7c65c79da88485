//! The functions that Jira brings along.
//!
//! Source: *JQL functions* of Atlassian's documentation (support.atlassian.com/jira-service-management-cloud/docs/jql-functions,
//! as of December 2025), with the older names from *Advanced searching: functions reference* of Jira Data Center.

use super::Type;

/// With which operators a function stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value: `=`, `!=`, `<` and the like, or in a list.
    One,
    /// Several values: `IN` and `NOT IN`, or in a list.
    Many,
    /// Both.
    Either,
}

/// A function that Jira brings along.
#[derive(Debug)]
pub struct Function {
    /// Its names with `|` between them; the first is the one to write.
    names: &'static str,
    /// What it gives.
    pub kind: Type,
    /// With which operators it stands.
    pub shape: Shape,
    /// How many arguments it needs.
    pub least: usize,
    /// How many arguments it takes.
    pub most: usize,
    /// What its first argument is.
    pub argument: Type,
}

impl Function {
    /// The name to write, with Jira's own capitals.
    pub fn name(&self) -> &'static str {
        self.names().next().unwrap_or_default()
    }

    /// All its names.
    pub fn names(&self) -> std::str::Split<'static, char> {
        self.names.split('|')
    }
}

const MANY: usize = 100;

/// A function without arguments.
const fn bare(names: &'static str, kind: Type, shape: Shape) -> Function {
    Function { names, kind, shape, least: 0, most: 0, argument: Type::Any }
}

/// The start or the end of a day, week, month or year, which may be so much earlier or later.
const fn boundary(names: &'static str) -> Function {
    Function { names, kind: Type::Moment, shape: Shape::One, least: 0, most: 1, argument: Type::Duration }
}

/// A function with this many arguments.
const fn taking(names: &'static str, kind: Type, shape: Shape, arguments: (usize, usize, Type)) -> Function {
    Function { names, kind, shape, least: arguments.0, most: arguments.1, argument: arguments.2 }
}

/// In the order in which they are offered.
#[rustfmt::skip]
static FUNCTIONS: [Function; 58] = [
    bare("currentUser", Type::Person, Shape::One),
    taking("membersOf", Type::Person, Shape::Many, (1, 1, Type::Any)),
    bare("openSprints", Type::Sprint, Shape::Many),
    bare("futureSprints", Type::Sprint, Shape::Many),
    bare("closedSprints", Type::Sprint, Shape::Many),
    bare("now", Type::Moment, Shape::One),
    boundary("startOfDay"),
    boundary("startOfWeek"),
    boundary("startOfMonth"),
    boundary("startOfYear"),
    boundary("endOfDay"),
    boundary("endOfWeek"),
    boundary("endOfMonth"),
    boundary("endOfYear"),
    bare("currentLogin", Type::Moment, Shape::One),
    bare("lastLogin", Type::Moment, Shape::One),
    taking("releasedVersions", Type::Version, Shape::Many, (0, MANY, Type::Project)),
    taking("unreleasedVersions", Type::Version, Shape::Many, (0, MANY, Type::Project)),
    taking("latestReleasedVersion", Type::Version, Shape::Either, (0, MANY, Type::Project)),
    taking("earliestUnreleasedVersion", Type::Version, Shape::Either, (0, MANY, Type::Project)),
    bare("standardIssueTypes|standardWorkTypes", Type::IssueType, Shape::Many),
    bare("subtaskIssueTypes|subtaskWorkTypes", Type::IssueType, Shape::Many),
    taking("linkedIssues|linkedWorkItems", Type::Issue, Shape::Many, (1, MANY, Type::Issue)),
    bare("issueHistory|workItemHistory", Type::Issue, Shape::Many),
    bare("watchedIssues|watchedWorkItems", Type::Issue, Shape::Many),
    bare("votedIssues|votedWorkItems", Type::Issue, Shape::Many),
    taking("updatedBy", Type::Issue, Shape::Many, (1, 3, Type::Person)),
    taking("childIssuesOf|portfolioChildIssuesOf|childWorkItemsOf", Type::Issue, Shape::Many, (1, MANY, Type::Issue)),
    taking("linkedIssue|linkedWorkItem", Type::Issue, Shape::Either, (1, 1, Type::Issue)),
    taking("parentEpic", Type::Issue, Shape::Either, (1, 1, Type::Issue)),
    taking("issuesWithRemoteLinksByGlobalId|workItemsWithRemoteLinksByGlobalId", Type::Issue, Shape::Many, (1, MANY, Type::Any)),
    taking("componentsLeadByUser", Type::Component, Shape::Many, (0, 1, Type::Person)),
    taking("projectsLeadByUser|spacesLeadByUser", Type::Project, Shape::Many, (0, 1, Type::Person)),
    taking("projectsWhereUserHasRole|spacesWhereUserHasRole", Type::Project, Shape::Many, (1, 1, Type::Any)),
    taking("projectsWhereUserHasPermission|spacesWhereUserHasPermission", Type::Project, Shape::Many, (1, 1, Type::Any)),
    taking("cascadeOption", Type::Option, Shape::Many, (1, 2, Type::Any)),
    taking("choiceOption", Type::Option, Shape::Many, (1, MANY, Type::Any)),
    taking("organizationMembers", Type::Person, Shape::Many, (1, MANY, Type::Any)),
    taking("customerDetail", Type::Person, Shape::Many, (2, 2, Type::Any)),
    taking("organizationDetail", Type::Organization, Shape::Many, (2, 2, Type::Any)),
    taking("entitlementDetail", Type::Entitlement, Shape::Many, (2, 2, Type::Any)),
    taking("entitlementProduct", Type::Entitlement, Shape::Many, (1, 1, Type::Any)),
    bare("approved", Type::Approval, Shape::One),
    taking("approver", Type::Approval, Shape::One, (1, MANY, Type::Person)),
    bare("myApproval", Type::Approval, Shape::One),
    bare("myPending", Type::Approval, Shape::One),
    bare("myPendingApproval", Type::Approval, Shape::One),
    bare("pending", Type::Approval, Shape::One),
    taking("pendingBy", Type::Approval, Shape::One, (1, MANY, Type::Person)),
    taking("pendingApprovalBy", Type::Approval, Shape::One, (1, MANY, Type::Person)),
    bare("breached", Type::Sla, Shape::One),
    bare("everBreached", Type::Sla, Shape::One),
    bare("completed", Type::Sla, Shape::One),
    bare("paused", Type::Sla, Shape::One),
    bare("running", Type::Sla, Shape::One),
    bare("withinCalendarHours", Type::Sla, Shape::One),
    taking("remaining", Type::Sla, Shape::One, (0, 1, Type::Any)),
    taking("elapsed", Type::Sla, Shape::One, (0, 1, Type::Any)),
];

/// All functions.
pub fn functions() -> &'static [Function] {
    &FUNCTIONS
}

/// Whether what a function gives can stand where a field of this type is tested. Text fields take people: Jira then looks for the
/// places where they are mentioned. Fields with options take sprints, which the documentation gives as an example.
pub fn same_family(of_field: Type, of_function: Type) -> bool {
    match (of_field, of_function) {
        (Type::Any | Type::Other, _) | (_, Type::Any | Type::Other) => true,
        (Type::Moment | Type::Day, Type::Moment | Type::Day) => true,
        (Type::Text, Type::Person) | (Type::Option, Type::Sprint) => true,
        (a, b) => a == b,
    }
}
