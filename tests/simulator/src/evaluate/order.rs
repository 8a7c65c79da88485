//! `ORDER BY`.

use super::compare::{day, moment, number, rank, version_ranks};
use super::fields::{self, Kind, SelectField, TextField};
use super::{Checked, Context, values};
use crate::data::Issue;
use crate::data::model::Category;
use chat_for_jira::jql::ast::{Direction, OrderField};
use std::cmp::Ordering;

/// Jira takes no more sort fields than this.
const MOST: usize = 7;

/// What is compared: a number or a text. `None` is EMPTY.
type Sortable = Option<(i64, String)>;

/// Sorts what was found. Without `ORDER BY` the newest comes first. Ties are broken by the newest too.
pub(super) fn sort(context: &Context<'_>, order: &[OrderField], found: &mut [&Issue]) -> Checked<()> {
    if order.len() > MOST {
        return Err(format!("The maximum number of sort fields is {MOST}, the query has {}.", order.len()));
    }
    found.sort_by(|left, right| right.created.cmp(&left.created).then_with(|| right.id.cmp(&left.id)));
    // The least significant first: every sort is stable.
    for field in order.iter().rev() {
        let kind = fields::resolve(&field.field)?;
        if !is_sortable(kind) {
            return Err(format!("Field '{}' can not be used for sorting.", field.field.name));
        }
        let descending = match field.direction {
            Some(direction) => direction == Direction::Desc,
            None => descends(kind),
        };
        let key = keys(context, kind);
        found.sort_by_cached_key(|issue| Keyed { key: key(issue), descending });
    }
    Ok(())
}

/// A key that knows its direction. EMPTY is greater than everything: last when ascending, first when descending.
#[derive(PartialEq, Eq)]
struct Keyed {
    key: Sortable,
    descending: bool,
}

impl Ord for Keyed {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = match (&self.key, &other.key) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(left), Some(right)) => left.cmp(right),
        };
        if self.descending { order.reverse() } else { order }
    }
}

impl PartialOrd for Keyed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Jira's own direction of a field where the query names none.
fn descends(kind: Kind) -> bool {
    matches!(kind, Kind::Key | Kind::Priority | Kind::DateTime(_) | Kind::Votes | Kind::Watchers)
}

pub(super) fn is_sortable(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Comment
            | Kind::WorklogComment
            | Kind::AllText
            | Kind::LinkType
            | Kind::WorklogAuthor
            | Kind::WorklogDate
            | Kind::Attachments
            | Kind::ParentEpic
    )
}

fn place(found: Option<usize>) -> Sortable {
    found.and_then(|place| i64::try_from(place).ok()).map(|place| (place, String::new()))
}

fn word(text: impl AsRef<str>) -> Sortable {
    Some((0, text.as_ref().to_lowercase()))
}

/// What an issue is sorted by.
// Long because there is one arm for each field, all of one shape.
fn keys<'c>(context: &'c Context<'_>, kind: Kind) -> impl Fn(&Issue) -> Sortable + 'c {
    let versions = version_ranks(context);
    let catalog = context.site.catalog;
    let amount = |value: Option<i64>| value.map(|value| (value, String::new()));
    let person = move |id: &str| context.site.user(id).and_then(|user| word(&user.display_name));
    move |issue| match kind {
        Kind::Key => {
            Some((issue.number, String::new())).map(|(number, _)| (0, format!("{}-{number:09}", issue.project)))
        }
        Kind::Project => word(context.site.project(&issue.project).map_or("", |project| &project.name)),
        Kind::Category => word(context.site.project(&issue.project).map_or("", |project| project.category.1)),
        Kind::Status => place(catalog.statuses.iter().position(|status| status.name == issue.status)),
        Kind::StatusCategory => amount(Some(step(catalog.category(issue.status)))),
        Kind::Type => place(catalog.types.iter().position(|kind| kind.name == issue.kind)),
        Kind::Priority => place(Some(rank(context, kind, issue.priority))),
        Kind::Resolution => issue.resolution.and_then(|name| place(Some(rank(context, kind, name)))),
        Kind::DateTime(field) => amount(moment(issue, field)),
        Kind::Due => amount(day(issue.due)),
        Kind::Rank => amount(Some(issue.place())),
        Kind::Votes | Kind::Watchers | Kind::Points | Kind::WorkRatio | Kind::Duration(_) => {
            amount(number(issue, kind))
        }
        Kind::User(_) | Kind::Creator | Kind::Users(_) => {
            values::of_issue(context, kind, issue).first().and_then(|id| person(id))
        }
        Kind::FixVersion | Kind::AffectedVersion => {
            let held = values::of_issue(context, kind, issue);
            place(held.iter().filter_map(|value| versions.get(value).copied()).min())
        }
        Kind::Text(field) => written(issue, field),
        Kind::Select(SelectField::Flagged) => issue.flagged.then(|| (0, String::new())),
        Kind::Sprint => issue
            .sprints
            .iter()
            .filter_map(|id| context.site.sprint(*id))
            .map(|sprint| sprint.start)
            .min()
            .and_then(|start| amount(Some(start))),
        _ => values::of_issue(context, kind, issue).into_iter().min().and_then(word),
    }
}

/// The place of a category.
fn step(category: Category) -> i64 {
    match category {
        Category::ToDo => 0,
        Category::InProgress => 1,
        Category::Done => 2,
    }
}

fn written(issue: &Issue, field: TextField) -> Sortable {
    match field {
        TextField::Summary => word(&issue.summary),
        TextField::Description => issue.description.as_ref().and_then(word),
        TextField::Customer => issue.customer.as_ref().and_then(word),
        TextField::Environment => issue.environment.as_ref().and_then(|(text, _)| word(text)),
    }
}
