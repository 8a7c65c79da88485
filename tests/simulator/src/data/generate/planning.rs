//! What is planned for an issue: sprints, versions, due date, estimates, labels, and who cares.

use super::Maker;
use super::life::change;
use crate::data::model::{Attachment, Issue, SprintState, Version, Worklog};
use crate::data::projects::Workflow;
use crate::date::{DAY, Date, HOUR, MINUTE};

impl Maker<'_> {
    /// Sprints, versions, due date.
    pub(super) fn plan_it(&mut self, issue: &mut Issue) {
        if self.plan.workflow == Workflow::Software && !matches!(issue.kind, "Epic" | "Sub-task") {
            self.sprints(issue);
            self.versions(issue);
        }
        let share = match (issue.kind, issue.resolved) {
            ("Epic", _) => 55,
            (_, None) => 52,
            (_, Some(_)) => 38,
        };
        if self.dice.chance(share) {
            issue.due = Some(self.due(issue));
        }
    }

    fn sprints(&mut self, issue: &mut Issue) {
        let worked: Vec<i64> = issue
            .changelog
            .iter()
            .filter(|change| change.field == "status")
            .filter(|change| matches!(change.to.as_deref(), Some("In Progress" | "In Review" | "Testing" | "Done")))
            .map(|change| change.created)
            .collect();
        for sprint in &self.project.sprints {
            if worked.iter().any(|when| (sprint.start..=sprint.end).contains(when)) {
                issue.sprints.push(sprint.id);
            }
        }
        let of =
            |state| self.project.sprints.iter().filter(move |sprint| sprint.state == state).map(|sprint| sprint.id);
        let planned = match issue.status {
            "In Progress" | "In Review" | "Testing" | "Blocked" if self.dice.chance(85) => {
                of(SprintState::Active).next()
            }
            "To Do" if self.dice.chance(42) => of(SprintState::Active).next(),
            "To Do" if self.dice.chance(45) => of(SprintState::Future).next(),
            _ => None,
        };
        issue.sprints.extend(planned.filter(|id| !issue.sprints.contains(id)));
    }

    fn versions(&mut self, issue: &mut Issue) {
        let versions = &self.project.versions;
        let after = |moment: i64| versions.iter().find(|version| version.date.start() + DAY > moment);
        let released: Vec<&Version> = versions.iter().filter(|version| version.released).collect();
        if let Some(resolved) = issue.resolved {
            let shipped = matches!(issue.resolution, Some("Done" | "Fixed")) && self.dice.chance(76);
            issue.fix_versions.extend(after(resolved).filter(|_| shipped).map(|version| version.name.clone()));
        } else if self.dice.chance(if issue.status == "Backlog" { 18 } else { 52 }) {
            let ahead: Vec<&Version> = versions.iter().filter(|version| !version.released).collect();
            let chosen = if self.dice.chance(70) { ahead.first() } else { ahead.last() };
            issue.fix_versions.extend(chosen.map(|version| version.name.clone()));
            if self.dice.chance(16) {
                self.moved(issue);
            }
        }
        if issue.kind == "Bug" && self.dice.chance(64) {
            let known: Vec<String> = released
                .iter()
                .filter(|version| version.date.start() < issue.created)
                .map(|version| version.name.clone())
                .collect();
            issue.affected_versions.extend(known.last().cloned());
        }
    }

    /// It was planned for the last version and did not make it.
    fn moved(&mut self, issue: &mut Issue) {
        let last = self.project.versions.iter().rfind(|version| version.released);
        let (Some(last), Some(now)) = (last, issue.fix_versions.first().cloned()) else { return };
        let when = self.dice.between(issue.created + MINUTE, self.now - MINUTE);
        let lead = &self.project.lead;
        issue.changelog.push(change(when, lead, "fixVersion", (Some(&last.name), None)));
        issue.changelog.push(change(when, lead, "fixVersion", (None, Some(&now))));
    }

    fn due(&mut self, issue: &Issue) -> Date {
        let (low, high) = match issue.resolved {
            Some(_) => (-6, 12),
            None => self.dice.weighted(&[((-21, -1), 24), ((0, 4), 24), ((5, 14), 28), ((15, 70), 24)]),
        };
        let from = issue.resolved.unwrap_or(self.now);
        let date = Date::of((from + self.dice.between(low, high) * DAY).max(issue.created));
        let rest = if date.weekday() >= 5 { 7 - date.weekday() } else { 0 };
        Date::of(date.start() + rest * DAY)
    }

    /// Points, severity, customer, team, labels, attachments, watchers and votes.
    pub(super) fn describe(&mut self, issue: &mut Issue) {
        let software = self.plan.workflow == Workflow::Software;
        let pointed = match issue.kind {
            "Story" => 84,
            "Task" => 45,
            "Bug" => 38,
            _ => 0,
        };
        if software && self.dice.chance(pointed) {
            issue.story_points = Some(self.dice.weighted(&[(1, 14), (2, 20), (3, 26), (5, 24), (8, 12), (13, 4)]));
        }
        if matches!(issue.kind, "Bug" | "Incident") && self.dice.chance(92) {
            let levels = [("Critical", 10), ("Major", 34), ("Minor", 42), ("Trivial", 14)];
            issue.severity = Some(self.dice.weighted(&levels));
        }
        issue.customer = self.customer(issue);
        issue.team = self.dice.chance(88).then_some(self.plan.team);
        issue.flagged =
            issue.status == "Blocked" && self.dice.chance(60) || issue.status == "In Progress" && self.dice.chance(6);
        let labels = self.dice.weighted(&[(0, 36), (1, 44), (2, 17), (3, 3)]);
        issue.labels = self.dice.sample(self.plan.labels, labels).into_iter().map(str::to_owned).collect();
        if issue.kind == "Bug" && self.dice.chance(22) {
            issue.labels.push("regression".into());
        }
        if issue.customer.is_some() && issue.kind == "Bug" && self.dice.chance(60) {
            issue.labels.push("customer-reported".into());
        }
        let files = ["screenshot.png", "console.log", "network.har", "mockup.pdf", "recording.mp4", "export.csv"];
        let count = self.dice.weighted(&[(0, 72), (1, 20), (2, 6), (3, 2)]);
        issue.attachments = self.dice.sample(&files, count).into_iter().map(|name| sample_file(issue, name)).collect();
        self.followers(issue);
    }

    fn customer(&mut self, issue: &Issue) -> Option<String> {
        let named = self.slots.companies().into_iter().find(|company| issue.summary.contains(company));
        if named.is_some() || !matches!(issue.kind, "Bug" | "Incident" | "Story") || self.plan.key == "OPS" {
            return named.map(str::to_owned);
        }
        let any = self.slots.companies();
        self.dice.chance(14).then(|| (*self.dice.pick(&any)).to_owned())
    }

    fn followers(&mut self, issue: &mut Issue) {
        let everyone: Vec<String> = self.crew.iter().chain(&self.others).cloned().collect();
        if issue.reporter != self.automation {
            issue.watchers.push(issue.reporter.clone());
        }
        let watchers = self.dice.weighted(&[(0, 34), (1, 32), (2, 18), (4, 11), (7, 5)]);
        let voters = self.dice.weighted(&[(0, 74), (1, 12), (2, 7), (5, 5), (9, 2)]);
        for person in self.dice.sample(&everyone, watchers) {
            if !issue.watchers.contains(&person) {
                issue.watchers.push(person);
            }
        }
        for person in self.dice.sample(&everyone, voters) {
            if !issue.voters.contains(&person) {
                issue.voters.push(person);
            }
        }
    }

    /// Estimates and the time that was logged.
    pub(super) fn work(&mut self, issue: &mut Issue) {
        let hours = HOUR / 1000;
        let started = issue.changelog.iter().find(|change| change.to.as_deref() == Some("In Progress"));
        if let (Some(start), Some(owner)) = (started.map(|change| change.created), issue.assignee.clone())
            && issue.kind != "Epic"
            && self.dice.chance(48)
        {
            let stop = issue.resolved.unwrap_or(self.now).max(start + 2 * HOUR).min(self.now - MINUTE);
            for _ in 0..self.dice.between(1, 4) {
                let when = self.dice.between(start.min(stop - MINUTE), stop);
                let author = if self.dice.chance(85) { owner.clone() } else { self.dice.pick(&self.crew).clone() };
                let seconds = self.dice.between(1, 16) * hours / 2;
                issue.worklogs.push(log(author, when, seconds));
            }
            issue.worklogs.sort_by_key(|log| log.started);
            issue.time_spent = Some(issue.worklogs.iter().map(|log| log.seconds).sum());
        }
        if self.plan.workflow == Workflow::Software && issue.kind != "Epic" && self.dice.chance(42) {
            let estimate = *self.dice.pick(&[2, 4, 8, 16, 24, 40]) * hours;
            let left = (estimate - issue.time_spent.unwrap_or(0)).max(0);
            issue.original_estimate = Some(estimate);
            issue.remaining_estimate = Some(if issue.resolved.is_some() { 0 } else { left });
        }
    }
}

fn log(author: String, started: i64, seconds: i64) -> Worklog {
    Worklog { id: 0, author, started, seconds, created: started, updated: started, comment: None, raw: None }
}

/// A small file of the reporter's.
fn sample_file(issue: &Issue, name: &str) -> Attachment {
    let kind = match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("mp4") => "video/mp4",
        Some("csv") => "text/csv",
        Some("har") => "application/json",
        _ => "text/plain",
    };
    let content = format!("Sample of {name} at {}\n", issue.key).into_bytes().into();
    Attachment {
        id: 0,
        name: name.to_owned(),
        author: issue.reporter.clone(),
        created: issue.created,
        kind: kind.to_owned(),
        content,
    }
}
