//! Searching.

use crate::jira::edition::Edition;
use crate::jira::request::{Body, READ, Request};
use crate::jira::search::Cursor;
use crate::json;
use serde_json::Value;

/// A search.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// The query.
    pub jql: &'a str,
    /// The fields to answer, as the API names them.
    pub fields: &'a [&'a str],
    /// Issues to a page.
    pub page_size: u32,
    /// Where the page begins.
    pub cursor: Option<&'a Cursor>,
    /// Numbers of up to 50 issues that were just written: Cloud's index, which lags behind, is set right for them.
    pub reconcile: &'a [u64],
}

/// One page of a search.
pub fn search(edition: Edition, search: &Search<'_>) -> Request {
    let mut body = json::object([
        ("jql", search.jql.into()),
        ("maxResults", search.page_size.into()),
        ("fields", search.fields.into()),
    ]);
    match search.cursor {
        Some(Cursor::Token(token)) => body["nextPageToken"] = token.as_str().into(),
        Some(Cursor::Offset(offset)) => body["startAt"] = (*offset).into(),
        None => {}
    }
    if edition.is_cloud() && !search.reconcile.is_empty() {
        body["reconcileIssues"] = search.reconcile.iter().take(50).copied().collect();
    }
    Request::ask("search", edition.search_path(), body)
}

/// The same with the changes of each issue. Data Center only: Cloud would tell no more than the newest 40 of each.
pub fn with_changes(mut request: Request) -> Request {
    if let Body::Json(body) = &mut request.body {
        body["expand"] = vec!["changelog"].into();
    }
    request
}

/// The changes that up to 1,000 issues (by id) have had of these fields, a page at a time. Cloud only.
pub fn changes(issues: &[&str], fields: &[&str], page: Option<&str>) -> Request {
    let mut body =
        json::object([("issueIdsOrKeys", issues.into()), ("fieldIds", fields.into()), ("maxResults", 1000.into())]);
    if let Some(page) = page {
        body["nextPageToken"] = page.into();
    }
    Request::ask("bulk_changelog", "/changelog/bulkfetch", body)
}

/// The newest issues that the person has reported in the last minutes.
pub fn newest_of_mine(edition: Edition, minutes: u64) -> Request {
    let jql = format!("reporter = currentUser() AND created >= \"-{minutes}m\" ORDER BY created DESC");
    let body = json::object([
        ("jql", jql.into()),
        ("maxResults", 20.into()),
        ("fields", (&["summary", "project", "issuetype", "created"][..]).into()),
    ]);
    Request::ask("search", edition.search_path(), body)
}

/// About how many issues there are. Cloud only: Data Center tells with the search.
pub fn count(jql: &str) -> Request {
    Request::ask("approximate_count", "/search/approximate-count", json::object([("jql", jql.into())]))
}

/// Up to 100 issues by id or key.
pub fn fetch(edition: Edition, keys: &[&str], fields: &[&str]) -> Request {
    if edition.is_cloud() {
        let body = json::object([("issueIdsOrKeys", keys.into()), ("fields", fields.into())]);
        return Request::ask("bulk_fetch", "/issue/bulkfetch", body);
    }
    let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
    let jql = format!("key IN ({})", keys.join(", "));
    // Unlike Cloud's, a search with an unknown key is refused unless it is told not to be.
    let body = json::object([
        ("jql", jql.into()),
        ("maxResults", 100.into()),
        ("fields", fields.into()),
        ("validateQuery", "none".into()),
    ]);
    Request::ask("bulk_fetch", edition.search_path(), body)
}

/// A key in quotes, from which nothing breaks out.
fn quoted(key: &str) -> String {
    format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether Jira takes these queries, and what it says of those it does not. Cloud only.
pub fn parse(queries: &[&str]) -> Request {
    let body = json::object([("queries", queries.into())]);
    Request::ask("jql_parse", "/jql/parse", body).with_query(vec![("validation", "strict".into())]).with_scopes(READ, 0)
}

/// What JQL knows here: fields with their operators, and functions.
pub fn reference() -> Request {
    Request::get("jql_reference", "/jql/autocompletedata".to_owned(), Vec::new()).with_scopes(READ, 0)
}

/// Which of these issues (numbers) fit which of these queries. Cloud only.
pub fn matches(issues: &[u64], queries: &[&str]) -> Request {
    let issues: Value = issues.iter().copied().collect();
    Request::ask("jql_match", "/jql/match", json::object([("issueIds", issues), ("jqls", queries.into())]))
}
