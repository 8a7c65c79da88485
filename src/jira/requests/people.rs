//! People.

use super::page;
use crate::jira::edition::Edition;
use crate::jira::request::{PEOPLE, Request};

/// Who asks.
pub fn myself() -> Request {
    Request::get("myself", "/myself".to_owned(), Vec::new()).with_scopes(PEOPLE, 2)
}

/// People whose name or visible mail address begins so. Only the first thousand can be had.
pub fn find(edition: Edition, words: &str, start: u32) -> Request {
    let mut query = page(start, 1000);
    query.push((edition.people_query(), words.to_owned()));
    Request::get("find_people", "/user/search".to_owned(), query).with_scopes(PEOPLE, 2)
}

/// What somebody could be assigned to.
#[derive(Clone, Copy, Debug)]
pub enum Assignable<'a> {
    /// New issues of this project.
    Project(&'a str),
    /// This issue.
    Issue(&'a str),
}

/// People who can be assigned, and whose name begins so.
pub fn assignable(edition: Edition, words: &str, to: Assignable<'_>) -> Request {
    let mut query = page(0, 50);
    query.push((edition.people_query(), words.to_owned()));
    query.push(match to {
        Assignable::Project(key) => ("project", key.to_owned()),
        Assignable::Issue(key) => ("issueKey", key.to_owned()),
    });
    Request::get("assignable_people", "/user/assignable/search".to_owned(), query).with_scopes(PEOPLE, 2)
}

/// The first groups by name, as far as the site tells them: the answer says how many there are. The number is the least that both
/// editions answer in full on usual sites.
pub fn groups() -> Request {
    let query = vec![("maxResults", "1000".to_owned())];
    Request::get("groups", "/groups/picker".to_owned(), query).with_scopes(PEOPLE, 2)
}

/// Everybody, also who left. Cloud only.
pub fn everybody(start: u32) -> Request {
    Request::get("everybody", "/users/search".to_owned(), page(start, 1000)).with_scopes(PEOPLE, 2)
}
