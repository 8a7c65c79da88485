//! The names that a site is configured with: statuses, types, priorities, resolutions, links, options.

use super::model::{Category, IssueType, LinkType, Named, Status};

/// All statuses, in workflow order.
pub(crate) const STATUSES: [Status; 11] = [
    status("10000", "Backlog", "Not planned yet", Category::ToDo),
    status("10001", "To Do", "Planned, nobody works on it yet", Category::ToDo),
    status("10002", "Waiting for Support", "Nobody of the support team has looked at it", Category::ToDo),
    status("10003", "In Progress", "Somebody works on it", Category::InProgress),
    status("10004", "In Review", "A colleague reads it", Category::InProgress),
    status("10005", "Testing", "It is being tested before the release", Category::InProgress),
    status("10006", "Blocked", "It cannot go on", Category::InProgress),
    status("10007", "Waiting for Customer", "The customer has to answer", Category::InProgress),
    status("10008", "Done", "Finished", Category::Done),
    status("10009", "Resolved", "The customer was answered", Category::Done),
    status("10010", "Won't Do", "Decided against", Category::Done),
];

const fn status(id: &'static str, name: &'static str, description: &'static str, category: Category) -> Status {
    Status { id, name, description, category }
}

/// All types of issue.
pub(crate) const TYPES: [IssueType; 8] = [
    kind("10100", "Epic", "A large piece of work", 1),
    kind("10101", "Story", "Something a user wants", 0),
    kind("10102", "Task", "Something that has to be done", 0),
    kind("10103", "Bug", "Something that does not work as it should", 0),
    kind("10104", "Incident", "Something that has stopped working", 0),
    kind("10105", "Service Request", "Something a customer or colleague asks for", 0),
    kind("10106", "Change", "A planned change of a running system", 0),
    kind("10107", "Sub-task", "A part of another issue", -1),
];

const fn kind(id: &'static str, name: &'static str, description: &'static str, level: i64) -> IssueType {
    IssueType { id, name, description, subtask: level < 0, level }
}

/// Priorities, highest first.
pub(crate) const PRIORITIES: [Named; 5] = [
    named("1", "Highest", "Work stops until this is solved."),
    named("2", "High", "Serious, it should come next."),
    named("3", "Medium", "Of ordinary weight."),
    named("4", "Low", "Small, or easy to work around."),
    named("5", "Lowest", "When there is time."),
];

/// Resolutions, in Jira's own order.
pub(crate) const RESOLUTIONS: [Named; 6] = [
    named("10200", "Done", "The work is complete."),
    named("10201", "Fixed", "The fault is removed."),
    named("10202", "Won't Do", "This will not be worked on."),
    named("10203", "Duplicate", "There is another issue for it."),
    named("10204", "Cannot Reproduce", "Nobody could make it happen again."),
    named("10205", "Known Error", "It is known and has a workaround."),
];

const fn named(id: &'static str, name: &'static str, description: &'static str) -> Named {
    Named { id, name, description }
}

/// Types of link.
pub(crate) const LINKS: [LinkType; 4] = [
    link("10800", "Blocks", "is blocked by", "blocks"),
    link("10801", "Cloners", "is cloned by", "clones"),
    link("10802", "Duplicate", "is duplicated by", "duplicates"),
    link("10803", "Relates", "relates to", "relates to"),
];

const fn link(id: &'static str, name: &'static str, inward: &'static str, outward: &'static str) -> LinkType {
    LinkType { id, name, inward, outward }
}

/// The options of the field Severity, with their ids.
pub(crate) const SEVERITIES: [(&str, &str); 4] =
    [("10730", "Critical"), ("10731", "Major"), ("10732", "Minor"), ("10733", "Trivial")];

/// The options of the field Team, with their ids.
pub(crate) const TEAMS: [(&str, &str); 7] = [
    ("10710", "Mobile Crew"),
    ("10711", "Web Experience"),
    ("10712", "Data Insights"),
    ("10713", "Payments Core"),
    ("10714", "Customer Care"),
    ("10715", "Site Reliability"),
    ("10716", "Research"),
];

/// What a site is configured with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Catalog {
    /// In workflow order.
    pub(crate) statuses: &'static [Status],
    pub(crate) types: &'static [IssueType],
    /// Highest first.
    pub(crate) priorities: &'static [Named],
    pub(crate) resolutions: &'static [Named],
    pub(crate) links: &'static [LinkType],
    pub(crate) severities: &'static [(&'static str, &'static str)],
    pub(crate) teams: &'static [(&'static str, &'static str)],
}

/// The configuration of both generated sites.
pub(crate) const CATALOG: Catalog = Catalog {
    statuses: &STATUSES,
    types: &TYPES,
    priorities: &PRIORITIES,
    resolutions: &RESOLUTIONS,
    links: &LINKS,
    severities: &SEVERITIES,
    teams: &TEAMS,
};

impl Catalog {
    /// The category of the status with this name.
    pub(crate) fn category(&self, status: &str) -> Category {
        self.statuses.iter().find(|one| one.name == status).map_or(Category::ToDo, |one| one.category)
    }
}

/// The status with this name. Every name in the data is one of [`STATUSES`].
pub(crate) fn status_of(name: &str) -> &'static Status {
    STATUSES.iter().find(|status| status.name == name).unwrap_or(&STATUSES[0])
}

/// The type with this name. Every name in the data is one of [`TYPES`].
pub(crate) fn type_of(name: &str) -> &'static IssueType {
    TYPES.iter().find(|kind| kind.name == name).unwrap_or(&TYPES[2])
}

/// Whether a status is one of the finished ones.
pub(crate) fn is_done(status: &str) -> bool {
    status_of(status).category == Category::Done
}
