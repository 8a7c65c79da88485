//! What the sample data is made of.

use super::catalog::Catalog;
use crate::date::Date;
use std::collections::HashMap;
use std::sync::Arc;

mod issue;

pub(crate) use issue::{Attachment, Change, Comment, Issue, Link, ROOM, Raw, Worklog};

/// A person (or the automation).
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) account_id: String,
    pub(crate) display_name: String,
    pub(crate) email: String,
    pub(crate) active: bool,
    /// `atlassian` for people, `app` for the automation.
    pub(crate) account_type: &'static str,
    /// The short name that Data Center knows the person by.
    pub(crate) name: String,
    /// Hours that this person's clock is ahead of UTC.
    pub(crate) zone: i64,
}

impl User {
    /// The name of the person's time zone. Those of whole hours have their signs turned round.
    pub(crate) fn zone_name(&self) -> String {
        if self.zone == 0 { "Etc/UTC".into() } else { format!("Etc/GMT{:+}", -self.zone) }
    }

    /// Where the simulator at `base` serves this person's picture.
    pub(crate) fn avatar(&self, base: &str) -> String {
        format!("{base}/avatar/{}.png", self.name)
    }
}

/// A status of the workflows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) category: Category,
}

/// The three categories that every status belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Category {
    ToDo,
    InProgress,
    Done,
}

impl Category {
    pub(crate) fn id(self) -> u64 {
        match self {
            Self::ToDo => 2,
            Self::InProgress => 4,
            Self::Done => 3,
        }
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ToDo => "new",
            Self::InProgress => "indeterminate",
            Self::Done => "done",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ToDo => "To Do",
            Self::InProgress => "In Progress",
            Self::Done => "Done",
        }
    }

    pub(crate) fn color(self) -> &'static str {
        match self {
            Self::ToDo => "blue-gray",
            Self::InProgress => "yellow",
            Self::Done => "green",
        }
    }
}

/// A type of issue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IssueType {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) subtask: bool,
    /// 1 for epics, 0 for ordinary issues, -1 for sub-tasks.
    pub(crate) level: i64,
}

/// A priority or a resolution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
}

/// A type of link with its two directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkType {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) inward: &'static str,
    pub(crate) outward: &'static str,
}

/// A component of a project.
#[derive(Clone, Debug)]
pub(crate) struct Component {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) lead: String,
}

/// A version of a project.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) released: bool,
    pub(crate) date: Date,
}

/// Where a sprint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SprintState {
    Closed,
    Active,
    Future,
}

impl SprintState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Active => "active",
            Self::Future => "future",
        }
    }
}

/// A sprint of a project's board.
#[derive(Clone, Debug)]
pub(crate) struct Sprint {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) board: u64,
    pub(crate) state: SprintState,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) goal: String,
}

/// A project.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) name: String,
    /// `software`, `service_desk` or `business`.
    pub(crate) kind: &'static str,
    /// Id and name of its category.
    pub(crate) category: (&'static str, &'static str),
    pub(crate) lead: String,
    pub(crate) components: Vec<Component>,
    /// In Jira's own order.
    pub(crate) versions: Vec<Version>,
    pub(crate) sprints: Vec<Sprint>,
    /// The number of the issue made last.
    pub(crate) last_number: i64,
}

/// People under one name.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
    /// accountIds.
    pub(crate) members: Vec<String>,
}

/// A Jira site.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) cloud_id: String,
    /// The name in its address.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) catalog: Catalog,
    pub(crate) users: Vec<User>,
    pub(crate) groups: Vec<Group>,
    /// The accountId of the default person.
    pub(crate) me: String,
    pub(crate) projects: Vec<Project>,
    /// Oldest first.
    pub(crate) issues: Vec<Arc<Issue>>,
    /// Where each issue is among them, by key, former key and id.
    pub(crate) places: HashMap<String, usize>,
    /// The last id that was given to anything written here.
    pub(crate) last_id: u64,
}

impl Site {
    /// The issue with this key (in any case) or number id.
    pub(crate) fn issue(&self, key_or_id: &str) -> Option<&Issue> {
        let place = self.places.get(key_or_id).or_else(|| self.places.get(&key_or_id.to_ascii_uppercase()))?;
        self.issues.get(*place).map(Arc::as_ref)
    }

    /// The project with this key.
    pub(crate) fn project(&self, key: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.key == key)
    }

    /// The person with this accountId.
    pub(crate) fn user(&self, account_id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.account_id == account_id)
    }

    /// The sprint with this id.
    pub(crate) fn sprint(&self, id: u64) -> Option<&Sprint> {
        self.projects.iter().flat_map(|project| &project.sprints).find(|sprint| sprint.id == id)
    }

    /// All issues, oldest first.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().map(Arc::as_ref)
    }

    /// Notes where each issue is.
    pub(crate) fn find_places(&mut self) {
        let names = |(place, issue): (usize, &Arc<Issue>)| {
            let own = [issue.key.clone(), issue.id.to_string()];
            own.into_iter().chain(issue.former_keys.clone()).map(move |name| (name, place)).collect::<Vec<_>>()
        };
        self.places = self.issues.iter().enumerate().flat_map(names).collect();
    }

    /// The issue with this key or id, to be changed.
    pub(crate) fn issue_mut(&mut self, key_or_id: &str) -> Option<&mut Issue> {
        let place = self.places.get(key_or_id).or_else(|| self.places.get(&key_or_id.to_ascii_uppercase()))?;
        self.issues.get_mut(*place).map(Arc::make_mut)
    }

    /// A number that nothing here has yet.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}
