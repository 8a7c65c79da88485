//! Values and functions in words.

use super::time;
use crate::jql::ast::{Function, Operand, Value};
use crate::jql::fields;
use crate::jql::printer;

/// Functions that say all of a condition with the field they are used on, with the arguments in place of `{}`; `{*}` stands for
/// all that are left. The names are those that the table of functions writes.
const WHOLE: [(&str, &str); 33] = [
    ("openSprints", "in an open sprint"),
    ("closedSprints", "in a closed sprint"),
    ("futureSprints", "in a future sprint"),
    ("linkedIssues", "linked to {}"),
    ("linkedIssues", "linked to {} ({*})"),
    ("linkedIssue", "linked to {}"),
    ("childIssuesOf", "below {*}"),
    ("watchedIssues", "watched by you"),
    ("votedIssues", "voted for by you"),
    ("issueHistory", "viewed by you recently"),
    ("updatedBy", "updated by {}"),
    ("updatedBy", "updated by {} since {}"),
    ("updatedBy", "updated by {} between {} and {}"),
    ("issuesWithRemoteLinksByGlobalId", "with a link to {*}"),
    ("projectsLeadByUser", "in a project you lead"),
    ("projectsLeadByUser", "in a project that {} leads"),
    ("componentsLeadByUser", "in a component you lead"),
    ("componentsLeadByUser", "in a component that {} leads"),
    ("projectsWhereUserHasRole", "in a project where you have the role {}"),
    ("projectsWhereUserHasPermission", "in a project where you have the permission {}"),
    ("organizationDetail", "shared with an organization whose {} is {}"),
    ("entitlementDetail", "with an entitlement whose {} is {}"),
    ("entitlementProduct", "with an entitlement for {}"),
    ("approved", "approved"),
    ("approver", "with {*} as an approver"),
    ("myApproval", "with you as an approver"),
    ("myPending", "with an approval pending that is also yours to give"),
    ("myPendingApproval", "waiting for your approval"),
    ("pending", "waiting for approval"),
    ("pendingBy", "with an approval pending that is also to be given by {*}"),
    ("pendingApprovalBy", "waiting for approval by {*}"),
    ("standardIssueTypes", "of a standard type"),
    ("subtaskIssueTypes", "of a subtask type"),
];

/// Functions that stand for a value.
const VALUES: [(&str, &str); 24] = [
    ("currentUser", "you"),
    ("membersOf", "a member of {}"),
    ("organizationMembers", "a member of the organization {*}"),
    ("customerDetail", "a customer whose {} is {}"),
    ("cascadeOption", "{}"),
    ("cascadeOption", "{} and below it {}"),
    ("releasedVersions", "a released version"),
    ("releasedVersions", "a released version of {*}"),
    ("unreleasedVersions", "an unreleased version"),
    ("unreleasedVersions", "an unreleased version of {*}"),
    ("latestReleasedVersion", "the latest released version"),
    ("latestReleasedVersion", "the latest released version of {*}"),
    ("earliestUnreleasedVersion", "the earliest unreleased version"),
    ("earliestUnreleasedVersion", "the earliest unreleased version of {*}"),
    ("parentEpic", "the epic of {}"),
    ("choiceOption", "{*}"),
    ("breached", "breached"),
    ("everBreached", "breached at some time"),
    ("completed", "completed"),
    ("paused", "paused"),
    ("running", "running"),
    ("withinCalendarHours", "running within calendar hours"),
    ("remaining", "{} before its end"),
    ("elapsed", "{} after its start"),
];

/// The condition a function says on its own.
pub(super) fn whole_phrase(function: &Function) -> Option<String> {
    completed(&WHOLE, function)
}

/// A value as a sentence names it.
pub(super) fn words(operand: &Operand) -> String {
    match operand {
        Operand::Value(value) => value.text.clone(),
        Operand::Empty(_) => "empty".to_owned(),
        Operand::List(items, _) => alternatives(&items.iter().collect::<Vec<_>>()),
        Operand::Function(function) => completed(&VALUES, function)
            .or_else(|| time::moment(operand, true).map(time::Moment::name))
            .unwrap_or_else(|| format!("the result of {}", printer::print_operand(operand))),
    }
}

/// Several values: `a, b or c`.
pub(super) fn alternatives(values: &[&Operand]) -> String {
    let mut out = String::new();
    for (index, value) in values.iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == values.len() => out.push_str(" or "),
            _ => out.push_str(", "),
        }
        out.push_str(&words(value));
    }
    out
}

/// The phrase for this function, if the table has one for so many arguments.
fn completed(phrases: &[(&str, &str)], function: &Function) -> Option<String> {
    let known =
        fields::functions().iter().find(|known| known.names().any(|name| name.eq_ignore_ascii_case(&function.name)))?;
    phrases.iter().filter(|(name, _)| *name == known.name()).find_map(|(_, phrase)| filled(phrase, &function.arguments))
}

/// The phrase with the arguments in their places; `None` if there are more of them or fewer.
fn filled(phrase: &str, arguments: &[Value]) -> Option<String> {
    let mut left = arguments.iter();
    let mut out = String::new();
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (all, behind) = after.split_once('}')?;
        out.push_str(&argument(left.next()?));
        while all == "*"
            && let Some(next) = left.next()
        {
            out.push_str(if left.len() == 0 { " or " } else { ", " });
            out.push_str(&argument(next));
        }
        rest = behind;
    }
    out.push_str(rest);
    (left.len() == 0).then_some(out)
}

/// An argument as a sentence names it: `-8d` is said as the moment it means.
fn argument(value: &Value) -> String {
    match time::moment(&Operand::Value(value.clone()), false) {
        Some(moment) => moment.name(),
        None => value.text.clone(),
    }
}
