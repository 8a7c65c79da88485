//! Results as files: CSV for spreadsheets, Markdown for texts.

mod csv;
mod markdown;
mod tables;

use crate::chat::answer::asking::Asking;
use crate::chat::answer::{columns, groups};
use crate::chat::intent::{Report, ReportKind, View};
use crate::chat::report;
use crate::error::{Code, Error, Result};
use crate::jira::value;
use crate::jql::ast::Query;
use crate::jql::parse;
use crate::platform::Platform;
use crate::readable;
use crate::{day, json};
use serde::Serialize;
use serde_json::Value;
use tables::{Cell, Table};

/// So many issues are exported at most.
pub const MOST: usize = 5000;

/// What is exported of each issue beside its key and what the question is about.
const FIELDS: [(&str, &str); 11] = [
    ("issuetype", "Type"),
    ("summary", "Summary"),
    ("status", "Status"),
    ("priority", "Priority"),
    ("assignee", "Assignee"),
    ("reporter", "Reporter"),
    ("created", "Created"),
    ("updated", "Updated"),
    ("duedate", "Due"),
    ("resolution", "Resolution"),
    ("labels", "Labels"),
];

/// What is exported: enough to ask for it again. Pages hand it back unread, as a text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Source {
    /// The query; of a report what it is about, empty for all.
    pub jql: String,
    /// The field whose values are counted, of groups only.
    pub field: Option<String>,
    /// Which report, of reports only.
    pub report: Option<ReportKind>,
    /// As in [`Report`].
    pub person: Option<String>,
    /// As in [`Report`].
    pub since: Option<String>,
}

readable!(Source { jql; field, report, person, since });

impl Source {
    /// That of a search; none for a count, which is no table.
    pub fn of(jql: &str, view: &View) -> Option<String> {
        let field = match view {
            View::Count => return None,
            View::List => None,
            View::Groups { field } => Some(field.clone()),
        };
        Some(json::to_text(&Self { jql: jql.to_owned(), field, ..Self::default() }))
    }

    /// That of a report.
    pub fn of_report(report: &Report) -> String {
        let jql = report.within.as_ref().map(ToString::to_string).unwrap_or_default();
        let (person, since) = (report.person.clone(), report.since.clone());
        json::to_text(&Self { jql, field: None, report: Some(report.kind), person, since })
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Format {
    /// For spreadsheets (RFC 4180). No cell of it is taken for a formula.
    Csv,
    /// For texts.
    Markdown,
}

readable!(Format: Csv "csv", Markdown "markdown");

/// A file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Exported {
    /// What it may be called.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    pub text: String,
    /// How many rows it has.
    pub rows: u32,
    /// Whether there is more than is in it.
    pub cut: bool,
}

/// Asks for it again and writes it down, all pages of it, up to [`MOST`] issues. Errors: `bad_request` for a text that none of
/// these was, and those of a search.
pub async fn export<P: Platform>(ask: &Asking<'_, P>, what: &str, format: Format) -> Result<Exported> {
    let unreadable = || Error::new(Code::BadRequest, "This cannot be exported any more. Ask again.");
    let source: Source = json::from_text(what).ok_or_else(unreadable)?;
    let within = if source.jql.is_empty() { None } else { Some(parse(&source.jql).map_err(|_| unreadable())?) };
    let (tables, cut) = match (source.report, source.field, within) {
        (Some(kind), _, within) => {
            let (within, person, since) = (within.and_then(|query| query.where_clause), source.person, source.since);
            (of_report(ask, &Report { kind, within, person, since }).await?, false)
        }
        (None, Some(field), Some(query)) => {
            let card = groups::groups(ask, &query, &field).await?;
            (tables::of_cards(&[json::to_value(&card)]), false)
        }
        (None, None, Some(query)) => issues(ask, &query).await?,
        (None, _, None) => return Err(unreadable()),
    };
    let rows = tables.iter().map(|table| table.rows.len()).sum::<usize>();
    let (ending, media_type, text) = match format {
        Format::Csv => ("csv", "text/csv", csv::write(&tables)),
        Format::Markdown => ("md", "text/markdown", markdown::write(&tables)),
    };
    let day = day::write(ask.app.now().0.div_euclid(86_400_000)).unwrap_or_default();
    Ok(Exported {
        name: format!("jira-{day}.{ending}"),
        media_type: media_type.to_owned(),
        text,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        cut,
    })
}

/// The issues of a query, and whether there are more.
async fn issues<P: Platform>(ask: &Asking<'_, P>, query: &Query) -> Result<(Vec<Table>, bool)> {
    let mut shown: Vec<(String, String)> = FIELDS.map(|(id, name)| (id.to_owned(), name.to_owned())).into();
    for column in columns::of(query, &ask.names) {
        if !shown.iter().any(|(id, _)| *id == column.id) {
            shown.push((column.id, column.column.name));
        }
    }
    let ids: Vec<&str> = shown.iter().map(|(id, _)| id.as_str()).collect();
    let (issues, whole) = ask.rows(&query.to_string(), &ids, MOST).await?;
    let row = |issue: &Value| {
        let key = issue["key"].as_str().unwrap_or_default();
        let cells = ids.iter().map(|id| Cell::text(value::line(&issue["fields"][*id])));
        std::iter::once(Cell::link(key, ask.jira.browse_url(key))).chain(cells).collect()
    };
    let rows = issues.iter().map(row).collect();
    let header = std::iter::once("Key".to_owned()).chain(shown.iter().map(|(_, name)| name.clone())).collect();
    Ok((vec![Table { title: String::new(), header, rows }], !whole))
}

async fn of_report<P: Platform>(ask: &Asking<'_, P>, wanted: &Report) -> Result<Vec<Table>> {
    let quiet = |_: &Value| {};
    let tell = ask.tell.aside(&quiet);
    report::report(&Asking::new(ask.app, ask.account, &tell).await?, wanted).await?;
    Ok(tables::of_cards(&tell.told()))
}
