//! Values and functions in words.

use super::time;
use crate::jql::ast::{Function, Operand};
use crate::jql::printer;

/// Functions that say all of a condition with the field they are used on. A phrase that ends in a space takes the first
/// argument.
const WHOLE: [(&str, &str); 14] = [
    ("opensprints", "in an open sprint"),
    ("closedsprints", "in a closed sprint"),
    ("futuresprints", "in a future sprint"),
    ("linkedissues", "linked to "),
    ("linkedissue", "linked to "),
    ("childissuesof", "below "),
    ("portfoliochildissuesof", "below "),
    ("watchedissues", "watched by you"),
    ("votedissues", "voted for by you"),
    ("issuehistory", "viewed by you recently"),
    ("updatedby", "updated by "),
    ("projectsleadbyuser", "in a project you lead"),
    ("componentsleadbyuser", "in a component you lead"),
    ("projectswhereuserhasrole", "in a project where you have the role "),
];

/// Functions that stand for a value.
const VALUES: [(&str, &str); 9] = [
    ("currentuser", "you"),
    ("membersof", "a member of "),
    ("standardissuetypes", "a standard type"),
    ("subtaskissuetypes", "a subtask type"),
    ("releasedversions", "a released version"),
    ("unreleasedversions", "an unreleased version"),
    ("latestreleasedversion", "the latest released version of "),
    ("earliestunreleasedversion", "the earliest unreleased version of "),
    ("parentepic", "the epic of "),
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

/// The phrase for this function, if it is in the table and has exactly the arguments the phrase can say.
fn completed(phrases: &[(&str, &str)], function: &Function) -> Option<String> {
    let (_, phrase) = phrases.iter().find(|(name, _)| name.eq_ignore_ascii_case(&function.name))?;
    match (phrase.ends_with(' '), function.arguments.as_slice()) {
        (true, [argument]) => Some(format!("{phrase}{}", argument.text)),
        (false, []) => Some((*phrase).to_owned()),
        (false, [argument]) if phrase.ends_with("version") => Some(format!("{phrase} of {}", argument.text)),
        _ => None,
    }
}
