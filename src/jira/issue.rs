//! Issues as the pages show them.

use crate::jira::Jira;
use crate::platform::Platform;
use serde::Serialize;
use serde_json::Value;

mod detail;

pub use detail::{ChangeView, CommentView, FieldView, IssueDetail, LinkView, Transition};

/// The fields a row shows, as the API wants them named.
pub const ROW_FIELDS: &[&str] = &["summary", "status", "issuetype", "priority", "assignee", "updated", "duedate"];

/// One issue in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IssueRow {
    /// For example `MOB-12`.
    pub key: String,
    /// Its page in Jira.
    pub url: String,
    /// Its title.
    pub summary: String,
    /// The name of its type.
    pub issue_type: String,
    /// The name of its status.
    pub status: String,
    /// Which kind of status that is.
    pub status_category: StatusCategory,
    /// The name of its priority.
    pub priority: Option<String>,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// When it changed last, as ISO 8601 text.
    pub updated: String,
    /// The due day, `2026-11-30`.
    pub due: Option<String>,
    /// The texts of the list's own columns, in their order.
    pub cells: Vec<String>,
}

/// Jira's three kinds of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum StatusCategory {
    /// To do.
    New,
    /// In progress.
    Indeterminate,
    /// Done.
    Done,
}

impl StatusCategory {
    /// That of a status.
    pub fn of(status: &Value) -> Self {
        match status["statusCategory"]["key"].as_str() {
            Some("done") => Self::Done,
            Some("indeterminate") => Self::Indeterminate,
            _ => Self::New,
        }
    }
}

/// A person on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Person {
    /// The display name.
    pub name: String,
    /// Where the picture is: for the command `picture`, which pages have to ask for it.
    pub avatar: Option<String>,
}

impl<P: Platform> Jira<'_, P> {
    /// A row; `None` if it is no issue (no key).
    pub fn read_row(&self, issue: &Value) -> Option<IssueRow> {
        let fields = &issue["fields"];
        let key = issue["key"].as_str()?.to_owned();
        Some(IssueRow {
            url: self.browse_url(&key),
            key,
            summary: text(&fields["summary"]),
            issue_type: text(&fields["issuetype"]["name"]),
            status: text(&fields["status"]["name"]),
            status_category: StatusCategory::of(&fields["status"]),
            priority: fields["priority"]["name"].as_str().map(str::to_owned),
            assignee: fields["assignee"]["displayName"].as_str().map(|name| Person {
                name: name.to_owned(),
                avatar: fields["assignee"]["avatarUrls"]["48x48"].as_str().map(str::to_owned),
            }),
            updated: text(&fields["updated"]),
            due: fields["duedate"].as_str().map(str::to_owned),
            cells: Vec::new(),
        })
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
