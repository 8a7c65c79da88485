//! JQL search, page by page, and how many there are.

use crate::error::Result;
use crate::jira::issue::{IssueRow, ROW_FIELDS};
use crate::jira::requests::search as requests;
use crate::jira::{Jira, error};
use crate::json::{self, Read};
use crate::platform::Platform;
use serde::Serialize;
use serde_json::Value;

/// Rows to a page that is looked at.
pub const PAGE_SIZE: u32 = 50;
/// Rows to a page where all are wanted. Cloud hands out no more at once if it is asked for more than ids.
pub const LARGE_PAGE: u32 = 100;

/// Where the next page begins: Cloud hands out an opaque token, Data Center counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cursor {
    /// `nextPageToken` of Cloud; ends after seven days.
    Token(String),
    /// `startAt` of Data Center.
    Offset(u32),
}

impl Cursor {
    fn is_beyond(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Offset(this), Self::Offset(other)) => this > other,
            (this, other) => this != other,
        }
    }
}

impl Read for Cursor {
    fn read(data: &Value) -> Option<Self> {
        let token = json::field(data, "token").map(Self::Token);
        token.or_else(|| json::field(data, "offset").map(Self::Offset))
    }
}

/// One page of a search.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows, in the query's order.
    pub rows: Vec<IssueRow>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Cursor>,
    /// How many there are in all, where the answer says so (Data Center).
    pub total: Option<u32>,
}

impl<P: Platform> Jira<'_, P> {
    /// One page of the issues that `jql` finds, with at most `size` of them. Errors: `refused` with Jira's words, transport errors.
    pub async fn search(&self, jql: &str, cursor: Option<&Cursor>, size: u32) -> Result<Page> {
        let wanted = requests::Search { jql, fields: ROW_FIELDS, page_size: size, cursor, reconcile: &[] };
        let found = self.send(&requests::search(self.edition(), &wanted)).await?;
        // A page that leads back would be asked for again and again.
        let leads_on = |page: &Page| cursor.zip(page.next.as_ref()).is_none_or(|(at, next)| next.is_beyond(at));
        self.read_page(&found).filter(leads_on).ok_or_else(error::unreadable)
    }

    /// How many issues `jql` finds; on Cloud an estimate. `None` where only the search itself tells (Data Center).
    pub async fn approximate_count(&self, jql: &str) -> Result<Option<u32>> {
        if !self.edition().is_cloud() {
            return Ok(None);
        }
        let found = self.send(&requests::count(jql)).await?;
        Ok(number(&found["count"]))
    }

    fn read_page(&self, found: &Value) -> Option<Page> {
        let issues = found["issues"].as_array()?;
        let rows: Vec<IssueRow> = issues.iter().filter_map(|issue| self.read_row(issue)).collect();
        let total = number(&found["total"]);
        let next = match (found["nextPageToken"].as_str(), total, number(&found["startAt"])) {
            (Some(token), ..) if found["isLast"] != true => Some(Cursor::Token(token.to_owned())),
            (_, Some(total), Some(start)) => {
                // What was sent counts, not what could be read: a hidden issue must not be asked for again and again.
                let reached = start.saturating_add(u32::try_from(issues.len()).ok()?);
                (reached < total && !issues.is_empty()).then_some(Cursor::Offset(reached))
            }
            _ => None,
        };
        Some(Page { rows, next, total })
    }
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
