//! Functions that give values: people, sprints, versions, types, issues.

use super::fields::Kind;
use super::values::{link_words, people, scoped};
use super::{Checked, Context, moments};
use crate::data::model::{Project, SprintState};
use chat_for_jira::jql::ast::Function;
use std::collections::HashSet;

/// What a function gives for a field.
pub(super) fn values(
    context: &Context<'_>,
    kind: Kind,
    (field, function): (&str, &Function),
    list: bool,
) -> Checked<HashSet<String>> {
    let name = function.name.to_lowercase();
    let arguments: Vec<&str> = function.arguments.iter().map(|value| value.text.as_str()).collect();
    if name == "currentuser" && is_person(kind) {
        count(function, 0..=0)?;
        return Ok(HashSet::from([context.me.to_owned()]));
    }
    // Functions that give one value, and may so stand behind `=`.
    let single = matches!(name.as_str(), "latestreleasedversion" | "earliestunreleasedversion");
    if !list && !single {
        return Err(format!(
            "A list function '{}()' cannot be used with an operator that takes one value.",
            function.name
        ));
    }
    let found = match (kind, name.as_str()) {
        (_, "membersof") if is_person(kind) => members(context, function, &arguments),
        (Kind::Sprint, "opensprints") => sprints(context, function, SprintState::Active),
        (Kind::Sprint, "closedsprints") => sprints(context, function, SprintState::Closed),
        (Kind::Sprint, "futuresprints") => sprints(context, function, SprintState::Future),
        (Kind::FixVersion | Kind::AffectedVersion, _) => versions(context, function, &arguments),
        (Kind::Type, "standardissuetypes") => types(context, function, false),
        (Kind::Type, "subtaskissuetypes") => types(context, function, true),
        (Kind::Component, "componentsleadbyuser") => led(context, function, &arguments, |project, who| {
            let fitting = project.components.iter().filter(|one| who.contains(&one.lead));
            fitting.map(|one| scoped(&project.key, &one.name)).collect()
        }),
        (Kind::Project, "projectsleadbyuser") => led(context, function, &arguments, |project, who| {
            if who.contains(&project.lead) { vec![project.key.clone()] } else { Vec::new() }
        }),
        (Kind::Key, _) => issues(context, function, &arguments),
        _ => return Err(unknown(function, field)),
    };
    found?.ok_or_else(|| unknown(function, field))
}

fn is_person(kind: Kind) -> bool {
    matches!(kind, Kind::User(_) | Kind::Creator | Kind::Users(_) | Kind::WorklogAuthor)
}

fn unknown(function: &Function, field: &str) -> String {
    const KNOWN: [&str; 7] = [
        "earliestunreleasedversion",
        "issuehistory",
        "componentsleadbyuser",
        "startofday",
        "endofday",
        "now",
        "approved",
    ];
    if KNOWN.contains(&function.name.to_lowercase().as_str()) {
        return format!("The simulator does not support the function '{}()' for the field '{field}'.", function.name);
    }
    format!("Unable to find JQL function '{}({})'.", function.name, argument_text(function))
}

fn argument_text(function: &Function) -> String {
    function.arguments.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(", ")
}

fn count(function: &Function, allowed: std::ops::RangeInclusive<usize>) -> Checked<()> {
    if allowed.contains(&function.arguments.len()) {
        return Ok(());
    }
    Err(format!(
        "Function '{}' expected between '{}' and '{}' arguments but received '{}'.",
        function.name,
        allowed.start(),
        allowed.end(),
        function.arguments.len()
    ))
}

fn members(context: &Context<'_>, function: &Function, arguments: &[&str]) -> Found {
    count(function, 1..=1)?;
    let text = arguments.first().copied().unwrap_or_default();
    let same = |known: &str| known.to_lowercase() == text.to_lowercase();
    let group = context.site.groups.iter().find(|group| same(&group.name) || same(&group.id));
    let group = group.ok_or_else(|| format!("Function 'membersOf' could not find the group '{text}'."))?;
    Ok(Some(group.members.iter().cloned().collect()))
}

type Found = Checked<Option<HashSet<String>>>;

fn sprints(context: &Context<'_>, function: &Function, state: SprintState) -> Found {
    count(function, 0..=0)?;
    let all = context.site.projects.iter().flat_map(|project| &project.sprints);
    Ok(Some(all.filter(|sprint| sprint.state == state).map(|sprint| sprint.id.to_string()).collect()))
}

fn types(context: &Context<'_>, function: &Function, subtask: bool) -> Found {
    count(function, 0..=0)?;
    let all = context.site.catalog.types.iter();
    Ok(Some(all.filter(|kind| kind.subtask == subtask).map(|kind| kind.name.to_owned()).collect()))
}

fn projects<'s>(context: &Context<'s>, arguments: &[&str]) -> Checked<Vec<&'s Project>> {
    if arguments.is_empty() {
        return Ok(context.site.projects.iter().collect());
    }
    let find = |text: &&str| {
        let same = |known: &str| known.eq_ignore_ascii_case(text);
        let found = context.site.projects.iter().find(|one| same(&one.key) || same(&one.name) || same(&one.id));
        found.ok_or_else(|| format!("The value '{text}' does not exist for the field 'project'."))
    };
    arguments.iter().map(find).collect()
}

fn versions(context: &Context<'_>, function: &Function, arguments: &[&str]) -> Found {
    let released = |wanted: bool| -> Found {
        let of = |project: &&Project| -> Vec<String> {
            let fitting = project.versions.iter().filter(|version| version.released == wanted);
            fitting.map(|version| scoped(&project.key, &version.name)).collect()
        };
        Ok(Some(projects(context, arguments)?.iter().flat_map(of).collect()))
    };
    let edge = |newest_released: bool| -> Found {
        count(function, 1..=1)?;
        let mut found = HashSet::new();
        for project in projects(context, arguments)? {
            let mut fitting = project.versions.iter().filter(|version| version.released == newest_released);
            let one = if newest_released { fitting.next_back() } else { fitting.next() };
            found.extend(one.map(|version| scoped(&project.key, &version.name)));
        }
        Ok(Some(found))
    };
    match function.name.to_lowercase().as_str() {
        "releasedversions" => released(true),
        "unreleasedversions" => released(false),
        "latestreleasedversion" => edge(true),
        "earliestunreleasedversion" => edge(false),
        _ => Ok(None),
    }
}

/// What a person (the one who asks, if none is named) leads.
fn led(
    context: &Context<'_>,
    function: &Function,
    arguments: &[&str],
    of: impl Fn(&Project, &HashSet<String>) -> Vec<String>,
) -> Found {
    count(function, 0..=1)?;
    let who = match arguments.first() {
        None => HashSet::from([context.me.to_owned()]),
        Some(text) => person(context, text)?,
    };
    Ok(Some(context.site.projects.iter().flat_map(|project| of(project, &who)).collect()))
}

fn person(context: &Context<'_>, text: &str) -> Checked<HashSet<String>> {
    let found = people(context, text);
    if found.is_empty() { Err(format!("The user '{text}' does not exist.")) } else { Ok(found) }
}

fn issues(context: &Context<'_>, function: &Function, arguments: &[&str]) -> Found {
    let all = || context.site.issues.iter();
    match function.name.to_lowercase().as_str() {
        "linkedissues" => {
            count(function, 1..=2)?;
            linked(context, arguments).map(Some)
        }
        "watchedissues" | "votedissues" => {
            count(function, 0..=0)?;
            let watched = function.name.eq_ignore_ascii_case("watchedIssues");
            let mine = |list: &[String]| list.iter().any(|person| person == context.me);
            let fitting = all().filter(|issue| mine(if watched { &issue.watchers } else { &issue.voters }));
            Ok(Some(fitting.map(|issue| issue.key.clone()).collect()))
        }
        "updatedby" => {
            count(function, 1..=3)?;
            updated_by(context, arguments).map(Some)
        }
        _ => Ok(None),
    }
}

fn linked(context: &Context<'_>, arguments: &[&str]) -> Checked<HashSet<String>> {
    let key = arguments.first().copied().unwrap_or_default();
    let source = context
        .site
        .issue(key)
        .ok_or_else(|| format!("Issue '{key}' could not be found in function 'linkedIssues'."))?;
    let words = match arguments.get(1) {
        None => None,
        Some(text) => {
            let words = link_words(context, |known| known.eq_ignore_ascii_case(text));
            if words.is_empty() {
                return Err(format!("Issue link type '{text}' could not be found in function 'linkedIssues'."));
            }
            Some(words)
        }
    };
    let fits = |link: &&crate::data::model::Link| words.as_ref().is_none_or(|words| words.contains(link.words));
    Ok(source.links.iter().filter(fits).map(|link| link.key.clone()).collect())
}

fn updated_by(context: &Context<'_>, arguments: &[&str]) -> Checked<HashSet<String>> {
    let who = person(context, arguments.first().copied().unwrap_or_default())?;
    let bound = |place: usize, otherwise: i64| match arguments.get(place) {
        None => Ok(otherwise),
        Some(text) => moments::of_text(context, text).ok_or_else(|| moments::invalid(text, "updatedBy")),
    };
    let (from, to) = (bound(1, i64::MIN)?, bound(2, i64::MAX)?);
    let touched = |issue: &&crate::data::Issue| {
        let changes = issue.changelog.iter().map(|change| (change.created, &change.author));
        let comments = issue.comments.iter().map(|comment| (comment.created, &comment.author));
        let born = std::iter::once((issue.created, &issue.creator));
        changes.chain(comments).chain(born).any(|(when, author)| who.contains(author) && (from..=to).contains(&when))
    };
    Ok(context.site.each().filter(touched).map(|issue| issue.key.clone()).collect())
}
