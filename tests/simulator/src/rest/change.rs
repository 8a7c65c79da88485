//! Changes of an issue: what is set, and how it goes into the history.

use super::rich::Written;
use crate::data::catalog::status_of;
use crate::data::model::{Change, Issue};
use crate::date::Date;

/// One field with its new content, checked.
#[derive(Clone, Debug)]
pub(crate) enum Set {
    Summary(String),
    Description(Option<Written>),
    Environment(Option<Written>),
    Kind(&'static str),
    Priority(&'static str),
    Resolution(Option<&'static str>),
    Status(&'static str),
    Assignee(Option<String>),
    Reporter(String),
    Labels(Vec<String>),
    Components(Vec<String>),
    FixVersions(Vec<String>),
    AffectedVersions(Vec<String>),
    Due(Option<Date>),
    Parent(Option<String>),
    Points(Option<i64>),
    /// All its sprints, the closed ones too.
    Sprints(Vec<u64>),
    Flagged(bool),
    Team(Option<&'static str>),
    Customer(Option<String>),
    Severity(Option<&'static str>),
    /// Original and remaining estimate in seconds, each if it is set.
    Estimates(Option<Option<i64>>, Option<Option<i64>>),
}

/// Who changes, and when.
#[derive(Clone, Debug)]
pub(crate) struct By<'a> {
    pub(crate) who: &'a str,
    pub(crate) now: i64,
}

impl By<'_> {
    /// Does all of it.
    pub(crate) fn apply(&self, issue: &mut Issue, sets: Vec<Set>) {
        for set in sets {
            self.one(issue, set);
        }
        issue.updated = self.now;
    }

    /// A line of the history, if anything changed.
    pub(crate) fn note(&self, issue: &mut Issue, field: &'static str, from: Option<String>, to: Option<String>) {
        if from != to {
            issue.changelog.push(Change { created: self.now, author: self.who.to_owned(), field, from, to });
        }
    }

    fn text(&self, issue: &mut Issue, field: &'static str, (from, to): (Option<&str>, Option<&str>)) {
        self.note(issue, field, from.map(str::to_owned), to.map(str::to_owned));
    }

    /// A list: one line for each thing that went or came, as Jira writes it for versions and components.
    fn list(&self, issue: &mut Issue, field: &'static str, (from, to): (&[String], &[String])) {
        for gone in from.iter().filter(|name| !to.contains(name)) {
            self.note(issue, field, Some(gone.clone()), None);
        }
        for new in to.iter().filter(|name| !from.contains(name)) {
            self.note(issue, field, None, Some(new.clone()));
        }
    }

    // Long because there is one arm for each field, all of one shape.
    fn one(&self, issue: &mut Issue, set: Set) {
        match set {
            Set::Summary(new) => {
                let old = std::mem::replace(&mut issue.summary, new.clone());
                self.text(issue, "summary", (Some(&old), Some(&new)));
            }
            Set::Description(new) => {
                let old = issue.description.take();
                issue.description = new.as_ref().map(|text| text.plain.clone());
                issue.raw = new.map(|text| text.raw);
                let now = issue.description.clone();
                self.note(issue, "description", old, now);
            }
            Set::Kind(new) => {
                let old = std::mem::replace(&mut issue.kind, new);
                self.text(issue, "issuetype", (Some(old), Some(new)));
            }
            Set::Priority(new) => {
                let old = std::mem::replace(&mut issue.priority, new);
                self.text(issue, "priority", (Some(old), Some(new)));
            }
            Set::Resolution(new) => {
                let old = std::mem::replace(&mut issue.resolution, new);
                issue.resolved = new.map(|_| issue.resolved.unwrap_or(self.now));
                self.text(issue, "resolution", (old, new));
            }
            Set::Status(new) => {
                let old = std::mem::replace(&mut issue.status, new);
                if status_of(old).category != status_of(new).category {
                    issue.category_changed = self.now;
                }
                self.text(issue, "status", (Some(old), Some(new)));
            }
            Set::Assignee(new) => {
                let old = std::mem::replace(&mut issue.assignee, new.clone());
                self.note(issue, "assignee", old, new);
            }
            Set::Reporter(new) => {
                let old = std::mem::replace(&mut issue.reporter, new.clone());
                self.note(issue, "reporter", Some(old), Some(new));
            }
            Set::Labels(new) => {
                let old = std::mem::replace(&mut issue.labels, new.clone());
                self.note(issue, "labels", Some(old.join(" ")), Some(new.join(" ")));
            }
            Set::Components(new) => {
                let old = std::mem::replace(&mut issue.components, new.clone());
                self.list(issue, "Component", (&old, &new));
            }
            Set::FixVersions(new) => {
                let old = std::mem::replace(&mut issue.fix_versions, new.clone());
                self.list(issue, "fixVersion", (&old, &new));
            }
            Set::AffectedVersions(new) => {
                let old = std::mem::replace(&mut issue.affected_versions, new.clone());
                self.list(issue, "Version", (&old, &new));
            }
            other => self.rest(issue, other),
        }
    }

    // Long because there is one arm for each field, all of one shape.
    fn rest(&self, issue: &mut Issue, set: Set) {
        let number = |value: Option<i64>| value.map(|number| number.to_string());
        match set {
            Set::Environment(new) => {
                let new = new.map(|text| (text.plain, text.raw));
                let plain = |text: &Option<(String, _)>| text.as_ref().map(|(plain, _)| plain.clone());
                let now = plain(&new);
                let old = std::mem::replace(&mut issue.environment, new);
                self.note(issue, "environment", plain(&old), now);
            }
            Set::Due(new) => {
                let old = std::mem::replace(&mut issue.due, new);
                self.note(issue, "duedate", old.map(Date::iso), new.map(Date::iso));
            }
            Set::Parent(new) => {
                let old = std::mem::replace(&mut issue.parent, new.clone());
                self.note(issue, "IssueParentAssociation", old, new);
            }
            Set::Points(new) => {
                let old = std::mem::replace(&mut issue.story_points, new);
                self.note(issue, "Story Points", number(old), number(new));
            }
            Set::Sprints(new) => {
                let text = |list: &[u64]| list.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
                let old = std::mem::replace(&mut issue.sprints, new.clone());
                self.note(issue, "Sprint", Some(text(&old)), Some(text(&new)));
            }
            Set::Flagged(new) => {
                let old = std::mem::replace(&mut issue.flagged, new);
                let word = |on: bool| on.then(|| "Impediment".to_owned());
                self.note(issue, "Flagged", word(old), word(new));
            }
            Set::Team(new) => {
                let old = std::mem::replace(&mut issue.team, new);
                self.text(issue, "Team", (old, new));
            }
            Set::Customer(new) => {
                let old = std::mem::replace(&mut issue.customer, new.clone());
                self.note(issue, "Customer", old, new);
            }
            Set::Severity(new) => {
                let old = std::mem::replace(&mut issue.severity, new);
                self.text(issue, "Severity", (old, new));
            }
            Set::Estimates(original, remaining) => self.estimate(issue, original, remaining),
            _ => {}
        }
    }

    /// Estimates. Without a remaining one, the original one counts for both until time was logged.
    pub(crate) fn estimate(&self, issue: &mut Issue, original: Option<Option<i64>>, remaining: Option<Option<i64>>) {
        let number = |value: Option<i64>| value.map(|number| number.to_string());
        let untouched = issue.time_spent.is_none() && issue.remaining_estimate == issue.original_estimate;
        if let Some(new) = original {
            let old = std::mem::replace(&mut issue.original_estimate, new);
            self.note(issue, "timeoriginalestimate", number(old), number(new));
        }
        if let Some(new) = remaining.or(original.filter(|_| untouched)) {
            let old = std::mem::replace(&mut issue.remaining_estimate, new);
            self.note(issue, "timeestimate", number(old), number(new));
        }
    }
}
