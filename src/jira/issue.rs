//! Issues as the pages show them.

use crate::error::Result;
use crate::jira::requests::issues as requests;
use crate::jira::{Jira, error};
use crate::platform::Platform;
use crate::rich;
use serde::Serialize;
use serde_json::Value;

/// The fields a row shows, as the API wants them named.
pub const ROW_FIELDS: &[&str] = &["summary", "status", "issuetype", "priority", "assignee", "updated", "duedate"];
/// The newest comments that are shown with an issue.
const COMMENTS: usize = 5;

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

/// A person on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Person {
    /// The display name.
    pub name: String,
    /// A `data:` address; none as long as pictures are not fetched for rows.
    pub avatar: Option<String>,
}

/// One issue whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IssueDetail {
    /// What a row shows.
    pub row: IssueRow,
    /// Plain text.
    pub description: String,
    /// Who reported it.
    pub reporter: Option<String>,
    /// ISO 8601 text.
    pub created: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// The newest comments, oldest of them first.
    pub comments: Vec<CommentView>,
    /// How many comments there are in all.
    pub comment_total: u32,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CommentView {
    /// Who wrote it.
    pub author: String,
    /// ISO 8601 text.
    pub created: String,
    /// Plain text.
    pub text: String,
}

impl<P: Platform> Jira<'_, P> {
    /// One issue by its key. Error: `not_found` if it does not exist or is hidden.
    pub async fn issue(&self, key: &str) -> Result<IssueDetail> {
        let more = ["description", "reporter", "created", "labels", "comment"];
        let found = self.send(&requests::show(key, &[ROW_FIELDS, &more].concat())).await?;
        self.read_detail(&found).ok_or_else(error::unreadable)
    }

    /// A row; `None` if it is no issue (no key).
    pub(super) fn read_row(&self, issue: &Value) -> Option<IssueRow> {
        let fields = &issue["fields"];
        let key = issue["key"].as_str()?.to_owned();
        Some(IssueRow {
            url: self.browse_url(&key),
            key,
            summary: text(&fields["summary"]),
            issue_type: text(&fields["issuetype"]["name"]),
            status: text(&fields["status"]["name"]),
            status_category: match fields["status"]["statusCategory"]["key"].as_str() {
                Some("done") => StatusCategory::Done,
                Some("indeterminate") => StatusCategory::Indeterminate,
                _ => StatusCategory::New,
            },
            priority: fields["priority"]["name"].as_str().map(str::to_owned),
            assignee: fields["assignee"]["displayName"]
                .as_str()
                .map(|name| Person { name: name.to_owned(), avatar: None }),
            updated: text(&fields["updated"]),
            due: fields["duedate"].as_str().map(str::to_owned),
        })
    }

    fn read_detail(&self, issue: &Value) -> Option<IssueDetail> {
        let fields = &issue["fields"];
        let comments = fields["comment"]["comments"].as_array().map(Vec::as_slice).unwrap_or_default();
        let newest = comments.get(comments.len().saturating_sub(COMMENTS)..).unwrap_or_default();
        let total = fields["comment"]["total"].as_u64().and_then(|total| u32::try_from(total).ok());
        Some(IssueDetail {
            row: self.read_row(issue)?,
            description: rich::plain_text(&fields["description"]),
            reporter: fields["reporter"]["displayName"].as_str().map(str::to_owned),
            created: text(&fields["created"]),
            labels: fields["labels"].as_array().into_iter().flatten().map(text).collect(),
            comments: newest.iter().map(read_comment).collect(),
            comment_total: total.or_else(|| u32::try_from(comments.len()).ok()).unwrap_or_default(),
        })
    }
}

fn read_comment(comment: &Value) -> CommentView {
    CommentView {
        author: text(&comment["author"]["displayName"]),
        created: text(&comment["created"]),
        text: rich::plain_text(&comment["body"]),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
