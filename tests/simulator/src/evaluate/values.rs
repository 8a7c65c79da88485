//! Values in one spelling: what an issue holds and what a query names, so that they can be compared.

use super::fields::{DurationField, Kind, MomentField, SelectField, TextField, UserField};
use super::{Checked, Context, functions};
use crate::data::Issue;
use crate::data::model::{Category, Named, Project};
use crate::rest::Product;
use chat_for_jira::jql::ast::{Operand, Value};
use std::collections::HashSet;

/// What a query names.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) values: HashSet<String>,
    /// EMPTY is among it.
    pub(super) empty: bool,
}

/// What an issue holds in a field; nothing when it is EMPTY.
pub(super) fn of_issue(context: &Context<'_>, kind: Kind, issue: &Issue) -> Vec<String> {
    let optional = |value: &Option<String>| value.iter().cloned().collect();
    let in_project = |names: &[String]| names.iter().map(|name| scoped(&issue.project, name)).collect();
    match kind {
        Kind::Key => vec![issue.key.clone()],
        Kind::Project | Kind::Category => vec![issue.project.clone()],
        Kind::Status => vec![issue.status.to_owned()],
        Kind::StatusCategory => vec![context.site.catalog.category(issue.status).name().to_owned()],
        Kind::Type => vec![issue.kind.to_owned()],
        Kind::Priority => vec![issue.priority.to_owned()],
        Kind::Resolution => issue.resolution.iter().map(|name| (*name).to_owned()).collect(),
        Kind::User(UserField::Assignee) => optional(&issue.assignee),
        Kind::User(_) => vec![issue.reporter.clone()],
        Kind::Creator => vec![issue.creator.clone()],
        Kind::Users(UserField::Watcher) => issue.watchers.clone(),
        Kind::Users(_) => issue.voters.clone(),
        Kind::Labels => issue.labels.iter().map(|label| label.to_lowercase()).collect(),
        Kind::Component => in_project(&issue.components),
        Kind::FixVersion => in_project(&issue.fix_versions),
        Kind::AffectedVersion => in_project(&issue.affected_versions),
        Kind::Sprint => issue.sprints.iter().map(u64::to_string).collect(),
        Kind::Parent => optional(&issue.parent),
        Kind::Epic => issue.parent.iter().filter(|key| is_epic(context, key)).cloned().collect(),
        Kind::ParentEpic => epic_above(context, issue).into_iter().collect(),
        Kind::Select(SelectField::Team) => issue.team.iter().map(|name| (*name).to_owned()).collect(),
        Kind::Select(SelectField::Severity) => issue.severity.iter().map(|name| (*name).to_owned()).collect(),
        Kind::Select(SelectField::Flagged) => issue.flagged.then(|| "Impediment".to_owned()).into_iter().collect(),
        Kind::LinkType => issue.links.iter().map(|link| link.words.to_owned()).collect(),
        Kind::WorklogAuthor => issue.worklogs.iter().map(|log| log.author.clone()).collect(),
        _ => Vec::new(),
    }
}

fn is_epic(context: &Context<'_>, key: &str) -> bool {
    context.site.issue(key).is_some_and(|issue| issue.kind == "Epic")
}

fn epic_above(context: &Context<'_>, issue: &Issue) -> Option<String> {
    // No more levels than there are: nothing here can run in circles.
    let levels = std::iter::successors(issue.parent.clone(), |key| context.site.issue(key)?.parent.clone());
    levels.take(5).find(|key| is_epic(context, key))
}

/// A component or version: its name means something in its project only.
pub(super) fn scoped(project: &str, name: &str) -> String {
    format!("{project}/{name}")
}

/// Whether an issue holds nothing in a field.
pub(super) fn is_empty(kind: Kind, issue: &Issue) -> bool {
    match kind {
        Kind::Resolution => issue.resolution.is_none(),
        Kind::User(UserField::Assignee) => issue.assignee.is_none(),
        Kind::Users(UserField::Watcher) => issue.watchers.is_empty(),
        Kind::Users(_) => issue.voters.is_empty(),
        Kind::Labels => issue.labels.is_empty(),
        Kind::Component => issue.components.is_empty(),
        Kind::FixVersion => issue.fix_versions.is_empty(),
        Kind::AffectedVersion => issue.affected_versions.is_empty(),
        Kind::Sprint => issue.sprints.is_empty(),
        // A sub-task's parent is no epic, but only epics may be asked for by `Epic Link`.
        Kind::Epic => issue.parent.is_none() || issue.kind == "Sub-task",
        Kind::Parent => issue.parent.is_none(),
        Kind::Select(SelectField::Team) => issue.team.is_none(),
        Kind::Select(SelectField::Severity) => issue.severity.is_none(),
        Kind::Select(SelectField::Flagged) => !issue.flagged,
        Kind::WorklogAuthor | Kind::WorklogDate => issue.worklogs.is_empty(),
        Kind::DateTime(MomentField::Resolved) => issue.resolved.is_none(),
        Kind::Due => issue.due.is_none(),
        Kind::Points => issue.story_points.is_none(),
        Kind::Duration(DurationField::Spent) => issue.time_spent.is_none(),
        Kind::Duration(DurationField::Original) => issue.original_estimate.is_none(),
        Kind::Duration(DurationField::Remaining) => issue.remaining_estimate.is_none(),
        Kind::Text(TextField::Description) => issue.description.is_none(),
        Kind::Text(TextField::Customer) => issue.customer.is_none(),
        Kind::Text(TextField::Environment) => issue.environment.is_none(),
        Kind::WorkRatio => issue.original_estimate.is_none_or(|estimate| estimate <= 0),
        Kind::Attachments => issue.attachments.is_empty(),
        Kind::LinkType => issue.links.is_empty(),
        _ => false,
    }
}

/// What an operand names. `list` says whether functions that give several values may stand here.
pub(super) fn of_operand(
    context: &Context<'_>,
    kind: Kind,
    (name, operand): (&str, &Operand),
    list: bool,
) -> Checked<Wanted> {
    let mut wanted = Wanted::default();
    match operand {
        Operand::Empty(_) => wanted.empty = true,
        Operand::List(parts, _) => {
            for part in parts {
                let one = of_operand(context, kind, (name, part), list)?;
                wanted.values.extend(one.values);
                wanted.empty |= one.empty;
            }
        }
        Operand::Function(function) => wanted.values = functions::values(context, kind, (name, function), list)?,
        Operand::Value(value) if kind == Kind::Resolution && value.text.eq_ignore_ascii_case("unresolved") => {
            wanted.empty = true;
        }
        Operand::Value(value) => wanted.values = named(context, kind, (name, value))?,
    }
    Ok(wanted)
}

/// What one word of a query stands for.
fn named(context: &Context<'_>, kind: Kind, (name, value): (&str, &Value)) -> Checked<HashSet<String>> {
    let text = value.text.as_str();
    let same = |known: &str| known.eq_ignore_ascii_case(text) || known.to_lowercase() == text.to_lowercase();
    let (site, catalog) = (context.site, context.site.catalog);
    let of_list = |list: &[Named]| pick(list.iter().map(|one| (one.id, one.name)), same);
    let of_options = |list: &[(&'static str, &'static str)]| pick(list.iter().copied(), same);
    let projects =
        |of: &dyn Fn(&Project) -> Vec<String>| site.projects.iter().flat_map(of).collect::<HashSet<String>>();
    let found: HashSet<String> = match kind {
        Kind::Project => projects(&|one| only(same(&one.key) || same(&one.name) || same(&one.id), &one.key)),
        Kind::Category => projects(&|one| only(same(one.category.0) || same(one.category.1), &one.key)),
        Kind::Status => pick(catalog.statuses.iter().map(|one| (one.id, one.name)), same),
        Kind::StatusCategory => categories(same),
        Kind::Type => pick(catalog.types.iter().map(|one| (one.id, one.name)), same),
        Kind::Priority => of_list(catalog.priorities),
        Kind::Resolution => of_list(catalog.resolutions),
        Kind::User(_) | Kind::Creator | Kind::Users(_) | Kind::WorklogAuthor => people(context, text),
        Kind::Labels => HashSet::from([text.to_lowercase()]),
        Kind::Component => projects(&|project| {
            let fitting = project.components.iter().filter(|one| same(&one.name) || same(&one.id));
            fitting.map(|one| scoped(&project.key, &one.name)).collect()
        }),
        Kind::FixVersion | Kind::AffectedVersion => projects(&|project| {
            let fitting = project.versions.iter().filter(|one| same(&one.name) || same(&one.id));
            fitting.map(|one| scoped(&project.key, &one.name)).collect()
        }),
        Kind::Sprint => projects(&|project| {
            let fitting = project.sprints.iter().filter(|one| same(&one.name) || same(&one.id.to_string()));
            fitting.map(|one| one.id.to_string()).collect()
        }),
        Kind::Key | Kind::Parent => site.issue(text).map(|one| one.key.clone()).into_iter().collect(),
        Kind::Epic | Kind::ParentEpic => epics(context, text),
        Kind::Select(SelectField::Team) => of_options(catalog.teams),
        Kind::Select(SelectField::Severity) => of_options(catalog.severities),
        Kind::Select(SelectField::Flagged) => of_options(&[("10700", "Impediment")]),
        Kind::LinkType => link_words(context, same),
        _ => return Err(format!("The value '{text}' cannot be used with the field '{name}'.")),
    };
    if found.is_empty() { Err(missing(kind, name, text)) } else { Ok(found) }
}

fn missing(kind: Kind, name: &str, text: &str) -> String {
    match kind {
        Kind::Key | Kind::Parent | Kind::Epic | Kind::ParentEpic => {
            format!("An issue with key '{text}' does not exist for field '{name}'.")
        }
        _ => format!("The value '{text}' does not exist for the field '{name}'."),
    }
}

fn only(fits: bool, value: &str) -> Vec<String> {
    if fits { vec![value.to_owned()] } else { Vec::new() }
}

fn pick<'a>(list: impl Iterator<Item = (&'a str, &'a str)>, same: impl Fn(&str) -> bool) -> HashSet<String> {
    list.filter(|(id, name)| same(id) || same(name)).map(|(_, name)| name.to_owned()).collect()
}

fn categories(same: impl Fn(&str) -> bool) -> HashSet<String> {
    let all = [Category::ToDo, Category::InProgress, Category::Done];
    let fits = |one: &&Category| {
        same(one.name())
            || same(one.key())
            || same(&one.id().to_string())
            || **one == Category::Done && same("complete")
    };
    all.iter().filter(fits).map(|one| one.name().to_owned()).collect()
}

/// accountIds of whoever a word means: an accountId, a whole name, a mail address; on Data Center the short name too.
pub(super) fn people(context: &Context<'_>, text: &str) -> HashSet<String> {
    let wanted = text.to_lowercase();
    let fits = |user: &&crate::data::User| {
        user.account_id == text
            || user.display_name.to_lowercase() == wanted
            || !user.email.is_empty() && user.email.to_lowercase() == wanted
            || context.product == Product::DataCenter && user.name == wanted
    };
    context.site.users.iter().filter(fits).map(|user| user.account_id.clone()).collect()
}

fn epics(context: &Context<'_>, text: &str) -> HashSet<String> {
    let by_name = |issue: &&Issue| issue.kind == "Epic" && issue.summary.to_lowercase() == text.to_lowercase();
    let named: HashSet<String> = context.site.each().filter(by_name).map(|issue| issue.key.clone()).collect();
    if named.is_empty() { context.site.issue(text).map(|one| one.key.clone()).into_iter().collect() } else { named }
}

/// The directions that a word means. The name of a type stands for both, unless it is a direction itself.
pub(super) fn link_words(context: &Context<'_>, same: impl Fn(&str) -> bool) -> HashSet<String> {
    let links = context.site.catalog.links;
    let directions = || links.iter().flat_map(|kind| [kind.inward, kind.outward]);
    let exact: HashSet<String> = directions().filter(|words| same(words)).map(str::to_owned).collect();
    if !exact.is_empty() {
        return exact;
    }
    let kinds = links.iter().filter(|kind| same(kind.name) || same(kind.id));
    kinds.flat_map(|kind| [kind.inward.to_owned(), kind.outward.to_owned()]).collect()
}
