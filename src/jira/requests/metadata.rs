//! What a site is made of: projects, types, statuses, priorities, resolutions, fields, components, versions, labels.

use super::page;
use crate::jira::edition::Edition;
use crate::jira::request::{READ, Request, path};

/// Projects to a page, and whatever else comes in pages here: Jira's own limit.
pub const PAGE: u32 = 50;

fn list(name: &'static str, path: &str) -> Request {
    Request::get(name, path.to_owned(), Vec::new())
}

/// A list that Cloud hands out in pages, and Data Center whole.
fn paged(edition: Edition, name: &'static str, paths: (&str, &str), start: u32) -> Request {
    let query = edition.either(page(start, PAGE), Vec::new());
    list(name, edition.either(paths.0, paths.1)).with_query(query)
}

/// The projects that the person can see.
pub fn projects(edition: Edition, start: u32) -> Request {
    paged(edition, "projects", ("/project/search", "/project"), start)
}

/// One project. Whoever cannot see it is answered 404.
pub fn project(key: &str) -> Request {
    list("project", &path(&["project", key]))
}

/// The types of issues.
pub fn issue_types() -> Request {
    list("issue_types", "/issuetype")
}

/// The statuses.
pub fn statuses() -> Request {
    list("statuses", "/status")
}

/// The statuses of a project, by type of issue.
pub fn project_statuses(key: &str) -> Request {
    list("project_statuses", &path(&["project", key, "statuses"]))
}

/// The priorities.
pub fn priorities(edition: Edition, start: u32) -> Request {
    paged(edition, "priorities", ("/priority/search", "/priority"), start)
}

/// The resolutions.
pub fn resolutions(edition: Edition, start: u32) -> Request {
    paged(edition, "resolutions", ("/resolution/search", "/resolution"), start)
}

/// All fields, with the names they have in JQL.
pub fn fields() -> Request {
    list("fields", "/field")
}

/// The components of a project.
pub fn components(edition: Edition, project: &str, start: u32) -> Request {
    let paths = (path(&["project", project, "component"]), path(&["project", project, "components"]));
    paged(edition, "components", (&paths.0, &paths.1), start)
}

/// The versions of a project.
pub fn versions(project: &str, start: u32) -> Request {
    list("versions", &path(&["project", project, "version"])).with_query(page(start, PAGE))
}

/// The labels in use. Cloud only.
pub fn labels(start: u32) -> Request {
    list("labels", "/label").with_query(page(start, 1000))
}

/// What the person may do: on the site, in a project or with an issue.
pub fn permissions(place: Option<(&'static str, &str)>, wanted: &[&str]) -> Request {
    let mut query: Vec<_> = place.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    query.push(("permissions", wanted.join(",")));
    list("permissions", "/mypermissions").with_query(query).with_scopes(READ, 0)
}
