//! An issue and what belongs to it.

use crate::date::Date;
use serde_json::Value;
use std::sync::Arc;

/// One change of one field.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) created: i64,
    pub(crate) author: String,
    /// `status`, `assignee`, `reporter`, `priority`, `resolution` or `fixVersion`.
    pub(crate) field: &'static str,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// A text as a client wrote it: given back as it came to clients of the same product.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Raw {
    /// A document (Cloud).
    Adf(Arc<Value>),
    /// Wiki markup (Data Center).
    Wiki(String),
}

/// A comment. In its text `[~accountid:…]` mentions a person.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) created: i64,
    pub(crate) body: String,
    pub(crate) raw: Option<Raw>,
    /// Who changed it last, and when.
    pub(crate) edited: Option<(String, i64)>,
    /// Who alone may read it: `role` or `group`, and which.
    pub(crate) only_for: Option<(&'static str, String)>,
}

/// Time that somebody logged.
#[derive(Clone, Debug)]
pub(crate) struct Worklog {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) started: i64,
    pub(crate) seconds: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) comment: Option<String>,
    pub(crate) raw: Option<Raw>,
}

/// A file at an issue.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) author: String,
    pub(crate) created: i64,
    pub(crate) kind: String,
    pub(crate) content: Arc<[u8]>,
}

/// A link as this issue sees it. Both sides have the same id.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) id: u64,
    /// The words of the direction: `blocks`, `is blocked by`.
    pub(crate) words: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) outward: bool,
    pub(crate) key: String,
}

/// An issue. Texts are paragraphs with a blank line between, lines that begin with `- ` or `1. ` are lists, with `## `
/// headings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) key: String,
    /// Those it had before it was moved; they still lead to it.
    pub(crate) former_keys: Vec<String>,
    pub(crate) number: i64,
    pub(crate) project: String,
    pub(crate) kind: &'static str,
    pub(crate) summary: String,
    pub(crate) description: Option<String>,
    pub(crate) raw: Option<Raw>,
    /// Plain and as it was written.
    pub(crate) environment: Option<(String, Raw)>,
    pub(crate) status: &'static str,
    pub(crate) category_changed: i64,
    pub(crate) priority: &'static str,
    pub(crate) resolution: Option<&'static str>,
    pub(crate) assignee: Option<String>,
    pub(crate) reporter: String,
    pub(crate) creator: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) resolved: Option<i64>,
    pub(crate) due: Option<Date>,
    pub(crate) labels: Vec<String>,
    pub(crate) components: Vec<String>,
    pub(crate) fix_versions: Vec<String>,
    pub(crate) affected_versions: Vec<String>,
    pub(crate) sprints: Vec<u64>,
    /// The key of the epic or, for a sub-task, of the issue it belongs to.
    pub(crate) parent: Option<String>,
    pub(crate) story_points: Option<i64>,
    pub(crate) team: Option<&'static str>,
    pub(crate) severity: Option<&'static str>,
    pub(crate) customer: Option<String>,
    pub(crate) flagged: bool,
    /// Its place in the backlog, if somebody gave it one.
    pub(crate) rank: Option<i64>,
    /// Seconds, like the next two.
    pub(crate) original_estimate: Option<i64>,
    pub(crate) remaining_estimate: Option<i64>,
    pub(crate) time_spent: Option<i64>,
    pub(crate) watchers: Vec<String>,
    pub(crate) voters: Vec<String>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) links: Vec<Link>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) worklogs: Vec<Worklog>,
    pub(crate) changelog: Vec<Change>,
}

/// So much room there is between two issues in the backlog.
pub(crate) const ROOM: i64 = 1 << 30;

impl Issue {
    /// Its place in the backlog: new issues come last.
    pub(crate) fn place(&self) -> i64 {
        self.rank.unwrap_or_else(|| i64::try_from(self.id).unwrap_or(0).saturating_mul(ROOM))
    }
}
