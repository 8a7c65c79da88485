//! A whole site in one JSON file, for programs that have no Jira to ask.
//!
//! Each list has the shape of Jira's own answer ([`site`] reads it): `projects`, `users`, `issueTypes`, `statuses`, `priorities`,
//! `resolutions`, `fields`, `sprints`, `boards`, `labels`, `issueLinkTypes`, `groups`; `components` and `versions` are such lists
//! by the key of their project, `fieldOptions` by the id of their field. Nothing is missing from such a site: a list that is not
//! there is empty.

use super::{Entry, Kind, Part, Vocabulary, site};
use serde_json::Value;

const LISTS: [(Kind, &str); 15] = [
    (Kind::Project, "projects"),
    (Kind::Status, "statuses"),
    (Kind::IssueType, "issueTypes"),
    (Kind::Priority, "priorities"),
    (Kind::Resolution, "resolutions"),
    (Kind::Field, "fields"),
    (Kind::Person, "users"),
    (Kind::Sprint, "sprints"),
    (Kind::Board, "boards"),
    (Kind::Version, "versions"),
    (Kind::Component, "components"),
    (Kind::Label, "labels"),
    (Kind::LinkType, "issueLinkTypes"),
    (Kind::Group, "groups"),
    (Kind::Function, "functions"),
];

/// The names of the site that the file describes. People who are none (apps, customers of a help desk) are left out, as they are
/// when a site is asked.
pub fn read(data: &Value) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (kind, name) in LISTS {
        let mut entries = list(kind, &data[name]);
        if kind == Kind::Field {
            add_options(&mut entries, &data["fieldOptions"]);
        }
        vocabulary.put(kind, Part { fetched_at: 1, whole: true, entries });
    }
    vocabulary
}

/// A list, or the lists of all projects one after the other.
fn list(kind: Kind, data: &Value) -> Vec<Entry> {
    let items: Vec<&Value> = match data {
        Value::Object(by_project) => by_project.values().filter_map(Value::as_array).flatten().collect(),
        _ => data.as_array().into_iter().flatten().collect(),
    };
    let somebody = |item: &&Value| item["accountType"].as_str().is_none_or(|of| of == "atlassian");
    items.into_iter().filter(somebody).filter_map(|item| site::entry(kind, item)).collect()
}

fn add_options(fields: &mut [Entry], options: &Value) {
    for field in fields {
        let values = options[field.id.as_str()].as_array();
        if let (Some(facts), Some(values)) = (field.facts.as_deref_mut(), values) {
            facts.options = Some(values.iter().filter_map(site::option).collect());
        }
    }
}
