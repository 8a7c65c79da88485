//! Which steps an issue may take, by the kind of its project.

/// A step of a workflow.
#[derive(Debug)]
pub(crate) struct Transition {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// The statuses it leads from.
    pub(crate) from: &'static [&'static str],
    pub(crate) to: &'static str,
    /// Whether it shows a screen, which asks for a resolution.
    pub(crate) screen: bool,
}

const fn step(id: &'static str, name: &'static str, from: &'static [&'static str], to: &'static str) -> Transition {
    Transition { id, name, from, to, screen: false }
}

const fn asking(step: Transition) -> Transition {
    Transition { screen: true, ..step }
}

const SOFTWARE: [Transition; 9] = [
    step("11", "Move to Backlog", &["To Do", "Blocked"], "Backlog"),
    step("21", "Select for Development", &["Backlog"], "To Do"),
    step("31", "Start Progress", &["Backlog", "To Do", "Blocked", "In Review", "Testing"], "In Progress"),
    step("41", "Send to Review", &["In Progress"], "In Review"),
    step("51", "Start Testing", &["In Review"], "Testing"),
    step("61", "Block", &["To Do", "In Progress", "In Review", "Testing"], "Blocked"),
    step("71", "Done", &["In Progress", "In Review", "Testing"], "Done"),
    asking(step("81", "Won't Do", &["Backlog", "To Do", "In Progress", "In Review", "Testing", "Blocked"], "Won't Do")),
    step("91", "Reopen", &["Done", "Won't Do"], "To Do"),
];

const DESK: [Transition; 7] = [
    step("12", "Start work", &["Waiting for Support", "Waiting for Customer", "Blocked"], "In Progress"),
    step("22", "Ask the customer", &["Waiting for Support", "In Progress"], "Waiting for Customer"),
    step("32", "Back to the queue", &["In Progress", "Waiting for Customer"], "Waiting for Support"),
    step("42", "Block", &["In Progress", "Waiting for Support"], "Blocked"),
    asking(step("52", "Resolve", &["Waiting for Support", "In Progress", "Waiting for Customer"], "Resolved")),
    asking(step(
        "62",
        "Won't Do",
        &["Waiting for Support", "In Progress", "Waiting for Customer", "Blocked"],
        "Won't Do",
    )),
    step("72", "Reopen", &["Resolved", "Won't Do"], "In Progress"),
];

const BUSINESS: [Transition; 6] = [
    step("13", "Start", &["To Do", "Blocked"], "In Progress"),
    step("23", "Stop", &["In Progress"], "To Do"),
    step("33", "Block", &["To Do", "In Progress"], "Blocked"),
    step("43", "Done", &["To Do", "In Progress"], "Done"),
    step("53", "Won't Do", &["To Do", "In Progress", "Blocked"], "Won't Do"),
    step("63", "Reopen", &["Done", "Won't Do"], "To Do"),
];

/// All steps of a project of this kind (`software`, `service_desk`, `business`).
pub(crate) fn transitions(kind: &str) -> &'static [Transition] {
    match kind {
        "software" => &SOFTWARE,
        "service_desk" => &DESK,
        _ => &BUSINESS,
    }
}

/// The status of a new issue.
pub(crate) fn first_status(kind: &str) -> &'static str {
    match kind {
        "software" => "Backlog",
        "service_desk" => "Waiting for Support",
        _ => "To Do",
    }
}

/// The statuses of a project of this kind, in workflow order.
pub(crate) fn statuses(kind: &str) -> Vec<&'static str> {
    let steps = transitions(kind);
    let known = |name: &&str| steps.iter().any(|step| step.to == *name || step.from.contains(name));
    super::catalog::STATUSES.iter().map(|status| status.name).filter(known).collect()
}

/// The types of issue that a project of this kind has.
pub(crate) fn types(kind: &str) -> &'static [&'static str] {
    match kind {
        "software" => &["Epic", "Story", "Task", "Bug", "Sub-task"],
        "service_desk" => &["Epic", "Task", "Incident", "Service Request", "Change"],
        _ => &["Epic", "Story", "Task", "Bug", "Incident", "Service Request", "Change"],
    }
}
