//! Questions that fit a person's site: made of its names, and only those that are read whole.

use crate::chat::intent::{Context, Intent};
use crate::chat::read::Reader;
use crate::vocabulary::{Entry, Kind, State, Vocabulary};

/// So many are shown.
const MOST: usize = 6;

/// Examples, those for everybody first.
pub fn examples(reader: &Reader, context: &Context) -> Vec<String> {
    let names = reader.names();
    let mut made = vec!["my open issues".to_owned(), "my overdue issues".to_owned()];
    if let Some(project) = first(names, Kind::Project, &|_| true) {
        let called = project.also.first().unwrap_or(&project.name);
        let bugs = if names.find(Kind::IssueType, "Bug").is_some() { "bugs" } else { "issues" };
        made.push(format!("{bugs} in {called} created this week"));
        made.push(format!("open issues in {called} by assignee"));
    }
    if first(names, Kind::Sprint, &|entry| entry.state == State::Active).is_some() {
        made.push("how is the sprint going".to_owned());
    }
    let other = |entry: &Entry| entry.state != State::Inactive && entry.id != context.me && entry.name.contains(' ');
    if let Some(person) = first(names, Kind::Person, &other) {
        made.push(format!("what is {} working on", person.name));
    }
    let next = |entry: &Entry| !matches!(entry.state, State::Released | State::Archived);
    if let Some(version) = first(names, Kind::Version, &next) {
        made.push(format!("what is left in {}", version.name));
    }
    made.push("what changed since yesterday".to_owned());
    made.push("unassigned issues with high priority".to_owned());
    made.retain(|text| is_read(reader, text, context));
    made.truncate(MOST);
    made
}

fn first<'v>(names: &'v Vocabulary, kind: Kind, fits: &dyn Fn(&Entry) -> bool) -> Option<&'v Entry> {
    names.entries(kind).iter().find(|entry| fits(entry))
}

/// Whether all of a text is understood, without a question back.
fn is_read(reader: &Reader, text: &str, context: &Context) -> bool {
    match reader.read(text, context) {
        Intent::Search(search) => search.ignored.is_empty(),
        Intent::Report(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
