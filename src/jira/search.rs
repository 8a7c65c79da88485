//! JQL search, page by page, and how many there are.

use crate::error::Result;
use crate::jira::issue::{IssueRow, ROW_FIELDS};
use crate::jira::request::Request;
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

/// The same as Jira tells it.
#[derive(Clone, Debug)]
pub struct RawPage {
    /// The issues, in the query's order.
    pub issues: Vec<Value>,
    /// As in [`Page`].
    pub next: Option<Cursor>,
    /// As in [`Page`].
    pub total: Option<u32>,
}

impl<P: Platform> Jira<'_, P> {
    /// One page of the issues that `jql` finds, with at most `size` of them. Errors: `refused` with Jira's words, transport errors.
    pub async fn search(&self, jql: &str, cursor: Option<&Cursor>, size: u32) -> Result<Page> {
        let raw = self.search_raw(jql, ROW_FIELDS, cursor, size).await?;
        let rows = raw.issues.iter().filter_map(|issue| self.read_row(issue)).collect();
        Ok(Page { rows, next: raw.next, total: raw.total })
    }

    /// The same with these fields, as Jira tells them.
    pub async fn search_raw(&self, jql: &str, fields: &[&str], cursor: Option<&Cursor>, size: u32) -> Result<RawPage> {
        let written = self.tokens.traffic().written(&self.account.id, self.now());
        let wanted = requests::Search { jql, fields, page_size: size, cursor, reconcile: &written };
        self.search_by(&requests::search(self.edition(), &wanted), cursor).await
    }

    /// The same by a request that was made for it, for the page at `cursor`.
    pub async fn search_by(&self, request: &Request, cursor: Option<&Cursor>) -> Result<RawPage> {
        let found = self.send(request).await?;
        // A page that leads back would be asked for again and again.
        let leads_on = |page: &RawPage| cursor.zip(page.next.as_ref()).is_none_or(|(at, next)| next.is_beyond(at));
        read_page(found).filter(leads_on).ok_or_else(error::unreadable)
    }

    /// How many issues `jql` finds, and whether that is an estimate, as it is on Cloud. Errors: as for [`Jira::search`].
    pub async fn count(&self, jql: &str) -> Result<(u32, bool)> {
        let cloud = self.edition().is_cloud();
        let none = requests::Search { jql, fields: &["id"], page_size: 0, cursor: None, reconcile: &[] };
        let request = if cloud { requests::count(jql) } else { requests::search(self.edition(), &none) };
        let found = self.send(&request).await?;
        let count = number(&found["count"]).or_else(|| number(&found["total"])).ok_or_else(error::unreadable)?;
        Ok((count, cloud))
    }
}

fn read_page(mut found: Value) -> Option<RawPage> {
    let Value::Array(issues) = found["issues"].take() else { return None };
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
    Some(RawPage { issues, next, total })
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
