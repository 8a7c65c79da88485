//! A plan as pages show it.

use super::Draft;
use super::keep::Head;
use super::others::spelled;
use super::value::cut;
use crate::chat::answer::doing::{PlanRow, PlanView, SHOWN};
use crate::chat::intent::{Assignee, Change, Place, Sprint};
use crate::error::Error;
use crate::jira::Jira;
use crate::jira::request::{BACKLOG, BOARDS, PLAN, RANK, SPRINTS, WRITE};
use crate::platform::Platform;
use crate::vocabulary::Kind;

/// The scopes that Jira Cloud wants for a change, with those for looking what is possible: so that one consent is enough.
pub(super) fn scopes(change: &Change) -> Vec<&'static str> {
    let sprint = || [WRITE, BOARDS, SPRINTS, PLAN, BACKLOG].concat();
    match change {
        Change::Sprint(Sprint::Backlog) => [WRITE, BACKLOG].concat(),
        Change::Sprint(_) => sprint(),
        Change::Rank(_) => RANK.to_vec(),
        _ => WRITE.to_vec(),
    }
}

/// The names that a change needs.
pub(super) fn kinds(change: &Change) -> Vec<Kind> {
    let mut all = vec![Kind::Field];
    all.extend_from_slice(match change {
        Change::Create(_) => &[Kind::Project, Kind::Person],
        Change::Edit(_) | Change::Transition { .. } | Change::Assign(_) => &[Kind::Person],
        Change::Link { .. } | Change::Clone => &[Kind::LinkType],
        Change::Sprint(Sprint::Named { .. }) => &[Kind::Sprint],
        _ => &[],
    });
    all
}

/// So many issues, or the only one: those that change, and if there are none, those that are meant.
fn issues(draft: &Draft) -> String {
    let items = &draft.items;
    let mut keys: Vec<&str> = Vec::new();
    for item in items.iter().filter(|item| item.problem.is_none() && !item.key.is_empty()) {
        if keys.last() != Some(&item.key.as_str()) {
            keys.push(&item.key);
        }
    }
    keys.dedup();
    match (keys.as_slice(), draft.targets.as_slice()) {
        ([one], _) => (*one).to_owned(),
        ([], [one]) => one.clone(),
        ([], several) => format!("{} issues", several.len()),
        (several, _) => format!("{} issues", several.len()),
    }
}

/// What a plan is about, in a sentence.
// Long because there is one arm for each of them, all of one shape.
pub(super) fn title(change: &Change, draft: &Draft) -> String {
    let what = issues(draft);
    let first = |at: usize| draft.items.iter().find_map(|item| Some(item.rows.get(at)?.after.clone()));
    match change {
        Change::Create(new) => {
            let kind = first(1).or(new.issue_type.clone()).unwrap_or_else(|| "issue".to_owned());
            let place = first(0).or(new.project.clone());
            format!("Create a new {kind}{}", place.map(|project| format!(" in {project}")).unwrap_or_default())
        }
        Change::Edit(_) => {
            let mut fields: Vec<&str> = Vec::new();
            for row in draft.items.iter().flat_map(|item| &item.rows) {
                if !fields.contains(&row.field.as_str()) {
                    fields.push(&row.field);
                }
            }
            format!("Change {} of {what}", if fields.is_empty() { "fields".to_owned() } else { fields.join(", ") })
        }
        Change::Transition { to, .. } => format!("Move {what} to {}", first(0).unwrap_or_else(|| cut(to))),
        Change::Assign(who) => match first(0).filter(|name| !name.is_empty()) {
            Some(name) => format!("Assign {what} to {name}"),
            None if *who == Assignee::Nobody => format!("Unassign {what}"),
            None => format!("Assign {what}"),
        },
        Change::Comment(_) => format!("Comment on {what}"),
        Change::LogWork(work) => format!("Log {} on {what}", spelled(work.seconds)),
        Change::Link { others, .. } => format!("Link {what} with {}", cut(&others.join(", "))),
        Change::Unlink(others) => format!("Unlink {what} from {}", cut(&others.join(", "))),
        Change::Watch(on) => format!("{} {what}", if *on { "Watch" } else { "Stop watching" }),
        Change::Vote(on) => format!("{} {what}", if *on { "Vote for" } else { "Take back your vote for" }),
        Change::Sprint(Sprint::Backlog) => format!("Put {what} back into the backlog"),
        Change::Sprint(_) => format!("Put {what} into {}", first(0).unwrap_or_else(|| "a sprint".to_owned())),
        Change::Rank(place) => match place {
            Place::Top => format!("Rank {what} first"),
            Place::Bottom => format!("Rank {what} last"),
            Place::Before(other) => format!("Rank {what} before {other}"),
            Place::After(other) => format!("Rank {what} after {other}"),
        },
        Change::Clone => format!("Clone {what}"),
        Change::Attach => format!("Attach a file to {what}"),
        Change::Delete => format!("Delete {what}"),
    }
}

/// A plan as pages show it.
pub(super) fn view<P: Platform>(jira: &Jira<'_, P>, head: &Head, draft: Draft, trouble: Option<Error>) -> PlanView {
    let mut rows: Vec<PlanRow> = Vec::new();
    for item in draft.items {
        let is_same = rows.last().is_some_and(|row| row.key == item.key && !item.key.is_empty());
        match rows.last_mut().filter(|row| is_same && row.problem.is_none() && item.problem.is_none()) {
            Some(row) => row.changes.extend(item.rows),
            None => rows.push(PlanRow {
                url: if item.key.is_empty() { String::new() } else { jira.browse_url(&item.key) },
                key: item.key,
                summary: item.summary,
                changes: item.rows,
                problem: item.problem,
            }),
        }
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    // Those that change come first; the order is theirs otherwise.
    let (mut shown, left): (Vec<PlanRow>, Vec<PlanRow>) = rows.into_iter().partition(|row| row.problem.is_none());
    let (changes, stays) = (shown.len(), left.len());
    shown.extend(left);
    let more = shown.len().saturating_sub(SHOWN);
    shown.truncate(SHOWN);
    PlanView {
        id: head.id.clone(),
        hash: head.hash.clone(),
        title: head.title.clone(),
        rows: shown,
        changes: count(changes),
        stays: count(stays),
        more: count(more),
        warnings: draft.warnings,
        concerns: draft.concerns,
        missing: draft.missing,
        file: draft.file,
        trouble,
        button: head.title.clone(),
        twice: draft.twice,
        until: head.until,
    }
}
