//! The next pages of a list.

use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Column};
use crate::chat::answer::columns::{self, Known};
use crate::error::{Code, Error, Result};
use crate::jira::search::{Cursor, PAGE_SIZE, RawPage};
use crate::jql::parse;
use crate::json;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Where a list goes on. Pages hand it back unread, as a text.
#[derive(Debug, Serialize)]
pub struct Next {
    jql: String,
    cursor: Cursor,
    /// So many are wanted yet; none where all are.
    left: Option<u32>,
}

readable!(Next { jql, cursor; left });

/// A page of a list.
pub struct Listed {
    /// The keys of the issues, in order.
    pub keys: Vec<String>,
    /// The rows.
    pub card: Card,
    /// The next page, if there is one, as a text.
    pub next: Option<String>,
    /// How many there are in all, where Jira says so along with the rows.
    pub total: Option<u32>,
}

impl Next {
    /// Error: `bad_request` for what none of these was written as.
    pub fn read(text: &str) -> Result<Self> {
        let unreadable = || Error::new(Code::BadRequest, "This list cannot be continued. Ask again.");
        json::from_text(text).ok_or_else(unreadable)
    }

    /// How many issues a list has in all that goes on with this text, of which so many were shown: [`u32::MAX`] where nothing limits
    /// it.
    pub fn all(text: &str, shown: usize) -> Option<u32> {
        let next: Self = json::from_text(text)?;
        let shown = u32::try_from(shown).unwrap_or(u32::MAX);
        Some(next.left.map_or(u32::MAX, |left| left.saturating_add(shown)))
    }

    /// The page, of at most this size.
    pub async fn page<P: Platform>(&self, ask: &Asking<'_, P>, size: u32) -> Result<Listed> {
        page(ask, &self.jql, (Some(&self.cursor), self.left), size).await
    }
}

/// The first page of a list, with at most as many as are wanted.
pub async fn first<P: Platform>(ask: &Asking<'_, P>, jql: &str, limit: Option<u32>) -> Result<Listed> {
    page(ask, jql, (None, limit), PAGE_SIZE).await
}

async fn page<P: Platform>(
    ask: &Asking<'_, P>,
    jql: &str,
    (cursor, left): (Option<&Cursor>, Option<u32>),
    size: u32,
) -> Result<Listed> {
    let columns = parse(jql).map(|query| columns::of(&query, &ask.names)).unwrap_or_default();
    let size = left.map_or(size, |left| left.clamp(1, size));
    let found = ask.page(jql, &columns::asked(&columns), size, cursor).await?;
    let left = left.map(|left| left.saturating_sub(u32::try_from(found.issues.len()).unwrap_or(u32::MAX)));
    let next = found.next.clone().filter(|_| left != Some(0));
    let next = next.map(|cursor| json::to_text(&Next { jql: jql.to_owned(), cursor, left }));
    let total = found.total;
    let (keys, card) = issues(ask, &found, &columns);
    Ok(Listed { keys, card, next, total })
}

/// Issues as a card, with their keys.
pub fn issues<P: Platform>(ask: &Asking<'_, P>, found: &RawPage, columns: &[Known]) -> (Vec<String>, Card) {
    let mut rows = Vec::new();
    for issue in &found.issues {
        if let Some(mut row) = ask.jira.read_row(issue) {
            row.cells = columns::cells(columns, issue);
            rows.push(row);
        }
    }
    let keys = rows.iter().map(|row| row.key.clone()).collect();
    let columns: Vec<Column> = columns.iter().map(|known| known.column.clone()).collect();
    (keys, Card::Issues { columns, issues: rows })
}
