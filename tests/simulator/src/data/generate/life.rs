//! The way of an issue through its workflow: which statuses, when, by whom.

use super::Maker;
use crate::data::catalog::{is_done, status_of};
use crate::data::dice::Dice;
use crate::data::model::{Change, Issue};
use crate::data::projects::Workflow;
use crate::date::{DAY, MINUTE};

impl Maker<'_> {
    /// Status, resolution and assignee, with their history.
    pub(super) fn walk(&mut self, issue: &mut Issue) {
        let last = self.destination(issue);
        let steps = path(self.plan.workflow, issue.kind, last, &mut self.dice);
        let moments = self.moments(issue.created, steps.len(), is_done(last));
        self.assign(issue, &steps, &moments);
        let mut current = steps[0];
        for (next, when) in steps.iter().copied().zip(moments.iter().copied()).skip(1) {
            let who = self.actor(issue);
            self.step(issue, (current, next), (when, &who));
            current = next;
        }
        issue.status = current;
        if self.dice.chance(10) {
            self.reprioritise(issue);
        }
    }

    fn destination(&mut self, issue: &Issue) -> &'static str {
        let days = (self.now - issue.created) / DAY;
        let finished = match (self.plan.workflow, days) {
            (_, ..2) => 10,
            (Workflow::Software, ..10) => 24,
            (Workflow::Software, ..30) => 52,
            (Workflow::Software, ..90) => 78,
            (_, ..10) => 48,
            (_, ..30) => 76,
            (_, ..90) => 92,
            _ => 95,
        };
        let finished = if issue.kind == "Epic" { finished / 2 } else { finished };
        if self.dice.chance(finished) {
            let rejected = if issue.kind == "Epic" { 4 } else { 8 };
            return match self.plan.workflow {
                _ if self.dice.chance(rejected) => "Won't Do",
                Workflow::Desk => "Resolved",
                Workflow::Software | Workflow::Business => "Done",
            };
        }
        let open: &[(&'static str, u64)] = match self.plan.workflow {
            Workflow::Software if issue.kind == "Epic" => &[("Backlog", 20), ("To Do", 20), ("In Progress", 60)],
            Workflow::Software => &[
                ("Backlog", 30),
                ("To Do", 22),
                ("In Progress", 21),
                ("In Review", 12),
                ("Testing", 9),
                ("Blocked", 6),
            ],
            Workflow::Desk => {
                &[("Waiting for Support", 34), ("In Progress", 33), ("Waiting for Customer", 26), ("Blocked", 7)]
            }
            Workflow::Business => &[("To Do", 46), ("In Progress", 44), ("Blocked", 10)],
        };
        self.dice.weighted(open)
    }

    /// When each step was taken; the first is the creation.
    fn moments(&mut self, created: i64, count: usize, finished: bool) -> Vec<i64> {
        let age = self.now - created;
        let end = if finished {
            let usual = self.dice.weighted(&[((1, 4), 30), ((4, 12), 35), ((12, 40), 25), ((40, 120), 10)]);
            let span = self.dice.between(usual.0 * DAY, usual.1 * DAY).min(age * 9 / 10);
            // Some old ones were finished only lately.
            if age > 14 * DAY && self.dice.chance(5) {
                self.now - self.dice.between(DAY / 8, 14 * DAY)
            } else {
                created + span
            }
        } else {
            self.now - self.dice.between(DAY / 16, age.min(40 * DAY) * 9 / 10)
        };
        let mut cuts: Vec<i64> = (2..count).map(|_| self.dice.between(created, end.max(created))).collect();
        cuts.push(end);
        cuts.sort_unstable();
        let mut moments = vec![created];
        let mut before = created;
        for cut in cuts.into_iter().take(count.saturating_sub(1)) {
            let moment = self.office(cut);
            let earliest = before + self.dice.between(6 * MINUTE, 80 * MINUTE);
            before = moment.max(earliest).min(self.now - MINUTE).max(before + 1000);
            moments.push(before);
        }
        moments
    }

    /// Who has it, and who had it before.
    fn assign(&mut self, issue: &mut Issue, steps: &[&'static str], moments: &[i64]) {
        let waits = matches!(steps.last(), Some(&("Backlog" | "To Do" | "Waiting for Support")));
        let nobody = if waits { 42 } else { 3 };
        if self.dice.chance(nobody) {
            return;
        }
        let owner = self.dice.pick(&self.crew).clone();
        if !self.dice.chance(40) {
            let first_step = moments.get(1).copied().unwrap_or(self.now);
            let room = (first_step - issue.created).max(2 * MINUTE);
            let when = issue.created + self.dice.between(MINUTE, room - MINUTE);
            let earlier = self.dice.pick(&self.crew).clone();
            let mut from = None;
            if earlier != owner && self.dice.chance(24) {
                let before = issue.created + (when - issue.created) / 2;
                issue.changelog.push(change(before, &issue.reporter, "assignee", (None, Some(&earlier))));
                from = Some(earlier);
            }
            let author = if self.dice.chance(55) { owner.clone() } else { self.project.lead.clone() };
            issue.changelog.push(change(when, &author, "assignee", (from.as_deref(), Some(&owner))));
        }
        issue.assignee = Some(owner);
    }

    fn actor(&mut self, issue: &Issue) -> String {
        match &issue.assignee {
            Some(owner) if self.dice.chance(78) => owner.clone(),
            _ => self.dice.pick(&self.crew).clone(),
        }
    }

    fn step(&mut self, issue: &mut Issue, (from, to): (&'static str, &'static str), (when, who): (i64, &str)) {
        issue.changelog.push(change(when, who, "status", (Some(from), Some(to))));
        let before = issue.resolution;
        if is_done(to) {
            issue.resolution = Some(self.outcome(issue.kind, to));
            issue.resolved = Some(when);
        } else {
            issue.resolution = None;
            issue.resolved = None;
        }
        if before != issue.resolution {
            issue.changelog.push(change(when, who, "resolution", (before, issue.resolution)));
        }
        if status_of(from).category != status_of(to).category {
            issue.category_changed = when;
        }
    }

    fn outcome(&mut self, kind: &str, status: &str) -> &'static str {
        let weights: &[(&'static str, u64)] = match (status, kind) {
            ("Won't Do", _) => &[("Won't Do", 62), ("Duplicate", 38)],
            (_, "Bug" | "Incident") => {
                &[("Fixed", 78), ("Cannot Reproduce", 8), ("Known Error", 6), ("Duplicate", 5), ("Done", 3)]
            }
            _ => &[("Done", 95), ("Duplicate", 5)],
        };
        self.dice.weighted(weights)
    }

    fn reprioritise(&mut self, issue: &mut Issue) {
        let from = self.dice.weighted(&[("Medium", 50), ("Low", 25), ("High", 25)]);
        if from != issue.priority {
            let when = self.dice.between(issue.created + MINUTE, self.now - MINUTE);
            let who = if self.dice.chance(50) { issue.reporter.clone() } else { self.project.lead.clone() };
            issue.changelog.push(change(when, &who, "priority", (Some(from), Some(issue.priority))));
        }
    }
}

/// A line of the history.
pub(super) fn change(
    created: i64,
    author: &str,
    field: &'static str,
    (from, to): (Option<&str>, Option<&str>),
) -> Change {
    Change { created, author: author.to_owned(), field, from: from.map(str::to_owned), to: to.map(str::to_owned) }
}

/// The statuses from the creation to `last`.
fn path(workflow: Workflow, kind: &str, last: &'static str, dice: &mut Dice) -> Vec<&'static str> {
    let mut steps = match workflow {
        Workflow::Desk => vec!["Waiting for Support"],
        Workflow::Business => vec!["To Do"],
        Workflow::Software if last == "Backlog" || dice.chance(65) => vec!["Backlog"],
        Workflow::Software => vec!["To Do"],
    };
    if last == "Won't Do" || status_of(last).category == status_of("To Do").category {
        if steps.last() != Some(&last) {
            steps.push(last);
        }
        return steps;
    }
    if steps == ["Backlog"] {
        steps.push("To Do");
    }
    steps.push("In Progress");
    if last != "In Progress" && dice.chance(14) {
        let pause = if workflow == Workflow::Desk { "Waiting for Customer" } else { "Blocked" };
        steps.extend([pause, "In Progress"]);
    }
    let done = if workflow == Workflow::Desk { "Resolved" } else { "Done" };
    if dice.chance(5) {
        // It seemed finished, and was not.
        steps.extend([done, "In Progress"]);
    }
    if workflow == Workflow::Software && kind != "Epic" && matches!(last, "In Review" | "Testing" | "Done") {
        steps.push("In Review");
        if dice.chance(14) {
            steps.extend(["In Progress", "In Review"]);
        }
        if last != "In Review" && kind != "Sub-task" {
            steps.push("Testing");
        }
    }
    if steps.last() != Some(&last) {
        steps.push(last);
    }
    steps
}
