//! The phrases the chat knows: data, one line each.

use crate::jql::ast::{Clause, Operand};
use crate::jql::build::{field, function};

/// What a phrase stands for.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// Nothing by itself; it may be there or not.
    Filler,
    /// The issues must satisfy these.
    Conditions(fn() -> Vec<Clause>),
    /// The next word is a project.
    ProjectFollows,
}

use Meaning::{Conditions, Filler, ProjectFollows};

/// Phrases in lower case, and what they stand for. The longest phrase that fits wins.
pub const PHRASES: &[(&str, Meaning)] = &[
    ("my", Conditions(|| vec![mine("assignee")])),
    ("mine", Conditions(|| vec![mine("assignee")])),
    ("assigned to me", Conditions(|| vec![mine("assignee")])),
    ("reported by me", Conditions(|| vec![mine("reporter")])),
    ("i reported", Conditions(|| vec![mine("reporter")])),
    ("i am watching", Conditions(|| vec![mine("watcher")])),
    ("unassigned", Conditions(|| vec![field("assignee").is_empty()])),
    ("open", Conditions(|| vec![not_done()])),
    ("unfinished", Conditions(|| vec![not_done()])),
    ("unresolved", Conditions(|| vec![not_done()])),
    ("not done", Conditions(|| vec![not_done()])),
    ("done", Conditions(|| vec![done()])),
    ("closed", Conditions(|| vec![done()])),
    ("completed", Conditions(|| vec![done()])),
    ("finished", Conditions(|| vec![done()])),
    ("in progress", Conditions(|| vec![field("status").eq("In Progress")])),
    ("overdue", Conditions(|| vec![field("due").less(function("startOfDay")), not_done()])),
    ("due today", Conditions(|| vec![on_day("due")])),
    ("due this week", Conditions(|| vec![since("due", "startOfWeek"), field("due").at_most(function("endOfWeek"))])),
    ("created today", Conditions(|| vec![since("created", "startOfDay")])),
    ("created this week", Conditions(|| vec![since("created", "startOfWeek")])),
    ("created this month", Conditions(|| vec![since("created", "startOfMonth")])),
    ("updated today", Conditions(|| vec![since("updated", "startOfDay")])),
    ("updated this week", Conditions(|| vec![since("updated", "startOfWeek")])),
    ("updated this month", Conditions(|| vec![since("updated", "startOfMonth")])),
    ("bug", Conditions(|| vec![of_type("Bug")])),
    ("bugs", Conditions(|| vec![of_type("Bug")])),
    ("task", Conditions(|| vec![of_type("Task")])),
    ("tasks", Conditions(|| vec![of_type("Task")])),
    ("story", Conditions(|| vec![of_type("Story")])),
    ("stories", Conditions(|| vec![of_type("Story")])),
    ("epic", Conditions(|| vec![of_type("Epic")])),
    ("epics", Conditions(|| vec![of_type("Epic")])),
    ("in the current sprint", Conditions(|| vec![field("sprint").within(function("openSprints"))])),
    ("in this sprint", Conditions(|| vec![field("sprint").within(function("openSprints"))])),
    ("in", ProjectFollows),
    ("of", ProjectFollows),
    ("from", ProjectFollows),
    ("project", ProjectFollows),
    ("in project", ProjectFollows),
    ("in the project", ProjectFollows),
    ("of project", ProjectFollows),
    ("a", Filler),
    ("all", Filler),
    ("and", Filler),
    ("are", Filler),
    ("display", Filler),
    ("find", Filler),
    ("get", Filler),
    ("give", Filler),
    ("i have", Filler),
    ("is", Filler),
    ("issue", Filler),
    ("issues", Filler),
    ("jira", Filler),
    ("list", Filler),
    ("me", Filler),
    ("please", Filler),
    ("search", Filler),
    ("search for", Filler),
    ("see", Filler),
    ("show", Filler),
    ("that", Filler),
    ("the", Filler),
    ("there", Filler),
    ("ticket", Filler),
    ("tickets", Filler),
    ("what", Filler),
    ("which", Filler),
];

fn mine(name: &str) -> Clause {
    field(name).eq(function("currentUser"))
}

fn not_done() -> Clause {
    field("statusCategory").not_eq("Done")
}

fn done() -> Clause {
    field("statusCategory").eq("Done")
}

fn of_type(name: &str) -> Clause {
    field("issuetype").eq(name)
}

fn since(name: &str, start: &str) -> Clause {
    field(name).at_least(Operand::from(function(start)))
}

fn on_day(name: &str) -> Clause {
    field(name).eq(function("startOfDay"))
}
