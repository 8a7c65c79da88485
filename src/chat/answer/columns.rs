//! Which fields a list shows beside what every row shows: those that the question tests or sorts by.

use crate::chat::answer::card::{Column, Holds};
use crate::jira::issue::ROW_FIELDS;
use crate::jira::value;
use crate::jql::ast::{Clause, Field, Query};
use crate::jql::fields::{self, Type};
use crate::vocabulary::{Entry, Kind, Vocabulary};
use serde_json::Value;

/// More columns than this nobody can read.
const MOST: usize = 4;

/// Jira's own fields: the name that queries have, the name that its interface has, what people call it. Where the second begins
/// with `!`, every row shows it anyway.
const OWN: [(&str, &str, &str); 30] = [
    ("project", "!project", "Project"),
    ("assignee", "!assignee", "Assignee"),
    ("status", "!status", "Status"),
    ("statusCategory", "!status", "Status category"),
    ("issuetype", "!issuetype", "Type"),
    ("priority", "!priority", "Priority"),
    ("updated", "!updated", "Updated"),
    ("due", "!duedate", "Due"),
    ("summary", "!summary", "Summary"),
    ("key", "!key", "Key"),
    ("resolution", "resolution", "Resolution"),
    ("created", "created", "Created"),
    ("resolved", "resolutiondate", "Resolved"),
    ("reporter", "reporter", "Reporter"),
    ("creator", "creator", "Creator"),
    ("labels", "labels", "Labels"),
    ("component", "components", "Components"),
    ("fixVersion", "fixVersions", "Fix versions"),
    ("affectedVersion", "versions", "Affects versions"),
    ("parent", "parent", "Parent"),
    ("Epic Link", "parent", "Parent"),
    ("environment", "environment", "Environment"),
    ("watchers", "watches", "Watchers"),
    ("votes", "votes", "Votes"),
    ("statusCategoryChangedDate", "statuscategorychangedate", "In this category since"),
    ("lastViewed", "lastViewed", "Last viewed"),
    ("originalEstimate", "timeoriginalestimate", "Original estimate"),
    ("remainingEstimate", "timeestimate", "Remaining estimate"),
    ("timespent", "timespent", "Time spent"),
    ("workRatio", "workratio", "Work ratio"),
];

/// A field that a site has, as far as telling goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What Jira's interface calls it.
    pub id: String,
    /// What people call it, and what its texts are.
    pub column: Column,
    /// What it holds.
    pub kind: Type,
    /// Whether every row shows it anyway.
    pub in_row: bool,
}

/// The field that a query calls by this name; `None` where issues have no such field to read.
pub fn known(name: &str, names: &Vocabulary) -> Option<Known> {
    if let Some(own) = fields::field(name)
        && own.kind != Type::Sprint
    {
        let (_, id, said) = OWN.iter().find(|(known, ..)| *known == own.name())?;
        let in_row = id.starts_with('!');
        let column = Column { name: (*said).to_owned(), holds: holds(own.kind) };
        return Some(Known { id: id.trim_start_matches('!').to_owned(), column, kind: own.kind, in_row });
    }
    let entry = if name.eq_ignore_ascii_case("sprint") { sprint(names)? } else { custom(name, names)? };
    Some(of_entry(entry))
}

/// The field that holds the sprint.
pub fn sprint(names: &Vocabulary) -> Option<&Entry> {
    names.entries(Kind::Field).iter().find(|entry| kind_of(entry) == Type::Sprint)
}

/// A custom field by one of these names, the first that there is, if it holds this.
pub fn called<'v>(names: &'v Vocabulary, called: &[&str], kind: Type) -> Option<&'v Entry> {
    let of_site = |name: &&str| names.fields(name).find(|entry| kind_of(entry) == kind && is_custom(entry));
    called.iter().find_map(of_site)
}

/// The name of a field that no other field shares: people call several fields alike.
pub fn in_queries(entry: &Entry) -> String {
    let number = entry.id.strip_prefix("customfield_");
    number.map_or_else(|| entry.in_queries().unwrap_or(&entry.name).to_owned(), |number| format!("cf[{number}]"))
}

fn of_entry(entry: &Entry) -> Known {
    let kind = kind_of(entry);
    Known { id: entry.id.clone(), column: Column { name: entry.name.clone(), holds: holds(kind) }, kind, in_row: false }
}

fn custom<'v>(name: &str, names: &'v Vocabulary) -> Option<&'v Entry> {
    names.fields(name).find(|entry| is_custom(entry))
}

fn is_custom(entry: &Entry) -> bool {
    entry.id.starts_with("customfield_")
}

fn kind_of(entry: &Entry) -> Type {
    entry.facts.as_ref().map_or(Type::Any, |facts| facts.kind)
}

fn holds(kind: Type) -> Holds {
    match kind {
        Type::Moment => Holds::Moment,
        Type::Day => Holds::Day,
        Type::Duration => Holds::Seconds,
        Type::Number => Holds::Number,
        _ => Holds::Text,
    }
}

/// The columns that fit a query.
pub fn of(query: &Query, names: &Vocabulary) -> Vec<Known> {
    let mut named: Vec<&Field> = query.order_by.iter().map(|order| &order.field).collect();
    if let Some(clause) = &query.where_clause {
        collect(clause, &mut named);
    }
    let mut found: Vec<Known> = Vec::new();
    for field in named {
        let Some(known) = known(&field.name, names).filter(|known| !known.in_row) else { continue };
        if found.len() < MOST && !found.iter().any(|other| other.id == known.id) {
            found.push(known);
        }
    }
    found
}

fn collect<'q>(clause: &'q Clause, named: &mut Vec<&'q Field>) {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().for_each(|part| collect(part, named)),
        Clause::Not(inner, _) => collect(inner, named),
        Clause::Terminal(terminal) => named.push(&terminal.field),
    }
}

/// The fields to ask for: those of every row, and these.
pub fn asked(columns: &[Known]) -> Vec<&str> {
    ROW_FIELDS.iter().copied().chain(columns.iter().map(|column| column.id.as_str())).collect()
}

/// The texts of an issue for these columns.
pub fn cells(columns: &[Known], issue: &Value) -> Vec<String> {
    columns.iter().map(|column| value::line(&issue["fields"][column.id.as_str()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jql::parse;
    use crate::vocabulary::{Facts, Part};

    pub(crate) fn names() -> Vocabulary {
        let field = |id: &str, name: &str, kind| Entry {
            id: id.into(),
            name: name.into(),
            also: vec![name.into(), format!("cf[{}]", id.trim_start_matches("customfield_"))],
            facts: Some(Box::new(Facts { kind, ..Facts::default() })),
            ..Entry::default()
        };
        let entries = vec![
            field("customfield_10020", "Sprint", Type::Sprint),
            field("customfield_10016", "Effort", Type::Number),
        ];
        let mut names = Vocabulary::default();
        names.put(Kind::Field, Part { fetched_at: 1, whole: true, entries });
        names
    }

    fn named(jql: &str) -> Vec<String> {
        of(&parse(jql).unwrap(), &names()).into_iter().map(|known| known.column.name).collect()
    }

    #[test]
    fn a_list_shows_what_it_is_sorted_by_and_what_was_asked_about() {
        assert_eq!(named("created >= -7d AND reporter = a ORDER BY votes DESC"), ["Votes", "Created", "Reporter"]);
        assert_eq!(
            named("Effort > 3 AND sprint IN openSprints() AND (labels = x OR NOT labels = y)"),
            ["Effort", "Sprint", "Labels"]
        );
        assert_eq!(named("cf[10016] > 3"), ["Effort"]);
    }

    #[test]
    fn what_every_row_shows_and_what_no_issue_holds_is_no_column() {
        assert_eq!(
            named("status = Open AND assignee = a AND text ~ x AND worklogAuthor = a ORDER BY updated"),
            [""; 0]
        );
        assert_eq!(named("Nonsense = 1"), [""; 0]);
    }

    #[test]
    fn there_are_no_more_columns_than_can_be_read() {
        assert_eq!(named("created > 1 AND reporter = a AND labels = b AND votes > 1 AND resolution = c").len(), MOST);
    }
}
