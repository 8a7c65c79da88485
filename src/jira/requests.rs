//! Every request that the client can make, as data. What differs between Cloud and Data Center comes from
//! [`Edition`](crate::jira::edition::Edition).

pub mod agile;
pub mod bulk;
pub mod issues;
pub mod metadata;
pub mod people;
pub mod search;
pub mod talk;

#[cfg(any(test, feature = "tools"))]
pub mod examples;

/// `startAt` and `maxResults` of a page.
fn page(start: u32, most: u32) -> Vec<(&'static str, String)> {
    vec![("startAt", start.to_string()), ("maxResults", most.to_string())]
}
