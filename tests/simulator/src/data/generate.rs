//! Makes a site: its projects, then their issues one by one.

mod life;
mod links;
mod numbers;
mod planning;
mod setup;
mod talk;

use super::catalog::{CATALOG, type_of};
use super::dice::Dice;
use super::material::{self, Slots, Topic};
use super::model::{Issue, Project, Site, User};
use super::people;
use super::projects::{ProjectPlan, SitePlan, Workflow};
use super::prose;
use crate::date::{DAY, Date, HOUR, MINUTE};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The site of a plan.
pub(super) fn site(plan: &SitePlan, seed: u64, now: i64) -> Site {
    let users = people::users(seed);
    let slots = Slots::read();
    let mut projects = Vec::new();
    let mut issues: Vec<Issue> = Vec::new();
    for (number, project_plan) in (0..).zip(plan.projects) {
        let project = setup::project(project_plan, plan.number * 10 + number, &users, now);
        let dice = Dice::new(seed.wrapping_mul(1009).wrapping_add(plan.number * 101 + number));
        let mut maker = Maker::new(project_plan, &project, Ground { dice, now, users: &users, slots: &slots });
        issues.extend(maker.issues());
        projects.push(project);
    }
    issues.sort_by(|left, right| (left.created, &left.key).cmp(&(right.created, &right.key)));
    numbers::of_issues(&mut issues, plan.number);
    be_late(&mut issues, &users[0].account_id, now);
    links::add(&mut issues, &mut Dice::new(seed.wrapping_add(plan.number * 7919)));
    let last_id = numbers::give(&mut issues, plan.number * 100_000 + 40_000);
    let mut site = Site {
        catalog: CATALOG,
        groups: setup::groups(plan, seed, &users),
        cloud_id: plan.cloud_id.into(),
        name: plan.name.into(),
        title: plan.title.into(),
        me: users[0].account_id.clone(),
        users,
        projects,
        issues: issues.into_iter().map(Arc::new).collect(),
        places: HashMap::new(),
        last_id,
    };
    site.find_places();
    site
}

/// Whatever the dice say: something of the default person's is late.
fn be_late(issues: &mut [Issue], me: &str, now: i64) {
    let candidates = issues.iter_mut().filter(|issue| {
        let mine = issue.assignee.as_deref() == Some(me) && issue.resolved.is_none();
        mine && issue.due.is_none() && issue.kind != "Epic" && now - issue.created > 20 * DAY
    });
    for (issue, days) in candidates.take(2).zip([2, 9]) {
        issue.due = Some(workday(now - days * DAY));
    }
}

/// The day of a moment, or the Friday before it.
fn workday(moment: i64) -> Date {
    let date = Date::of(moment);
    Date::of(date.start() - (date.weekday() - 4).max(0) * DAY)
}

/// What all projects of a site share.
struct Ground<'a> {
    dice: Dice,
    now: i64,
    users: &'a [User],
    slots: &'a Slots,
}

/// Makes the issues of one project.
struct Maker<'a> {
    plan: &'a ProjectPlan,
    project: &'a Project,
    dice: Dice,
    now: i64,
    slots: &'a Slots,
    topics: Vec<Topic>,
    epics: Vec<Topic>,
    used: HashSet<String>,
    /// accountIds of the project's people; those who give it most of their time several times.
    crew: Vec<String>,
    /// accountIds of people of other projects, who report things.
    others: Vec<String>,
    automation: String,
    /// Keys of the epics made so far.
    made_epics: Vec<String>,
    /// Keys, summaries and components of what may have sub-tasks.
    hosts: Vec<(String, String, Vec<String>)>,
}

impl<'a> Maker<'a> {
    fn new(plan: &'a ProjectPlan, project: &'a Project, ground: Ground<'a>) -> Self {
        let (epics, topics) = material::topics(plan.text).into_iter().partition(|topic| topic.kind == "epic");
        let account = |name: &str| ground.users.iter().find(|user| user.display_name == name);
        let (mut crew, mut others) = (Vec::new(), Vec::new());
        for person in people::PEOPLE.iter().filter(|person| person.active) {
            let Some(user) = account(&format!("{} {}", person.given, person.family)) else { continue };
            match person.projects.iter().position(|key| *key == plan.key) {
                // The default person has a little more on the desk than the others, so that there is something to look at.
                Some(0) if user.account_id == ground.users[0].account_id => {
                    crew.extend(vec![user.account_id.clone(); 3])
                }
                Some(0) => crew.extend([user.account_id.clone(), user.account_id.clone()]),
                Some(_) => crew.push(user.account_id.clone()),
                None => others.push(user.account_id.clone()),
            }
        }
        let automation = account("Automation for Jira").map(|user| user.account_id.clone()).unwrap_or_default();
        Self {
            plan,
            project,
            dice: ground.dice,
            now: ground.now,
            slots: ground.slots,
            topics,
            epics,
            used: HashSet::new(),
            crew,
            others,
            automation,
            made_epics: Vec::new(),
            hosts: Vec::new(),
        }
    }

    fn issues(&mut self) -> Vec<Issue> {
        let mut births: Vec<i64> = (0..self.plan.issues).map(|_| self.birth()).collect();
        births.sort_unstable();
        let epics = self.epics.clone();
        let mut issues = Vec::new();
        for (at, created) in births.into_iter().enumerate() {
            let number = i64::try_from(at).unwrap_or(0) + 1;
            // Epics come early and at even distances; the first issue of all is one.
            let epic =
                epics.iter().enumerate().find(|(place, _)| place * births_per_epic(self.plan, epics.len()) == at);
            let issue = match epic {
                Some((_, topic)) => self.epic(topic, number, created),
                None => self.issue(number, created),
            };
            issues.push(issue);
        }
        issues
    }

    /// When an issue is created: denser towards today, in working hours.
    fn birth(&mut self) -> i64 {
        let (low, high) = self.dice.weighted(&[((0, 4), 8), ((4, 21), 20), ((21, 80), 30), ((80, 400), 42)]);
        let ago = self.dice.between(low * DAY + 30 * MINUTE, high * DAY);
        self.office(self.now - ago)
    }

    /// The same moment moved into working hours of a working day, and before now.
    fn office(&mut self, moment: i64) -> i64 {
        let date = Date::of(moment);
        let day = if date.weekday() >= 5 { date.start() - (date.weekday() - 4) * DAY } else { date.start() };
        let within = day + 7 * HOUR + self.dice.between(0, 11 * HOUR);
        within.min(self.now - self.dice.between(3 * MINUTE, 2 * HOUR))
    }

    fn epic(&mut self, topic: &Topic, number: i64, created: i64) -> Issue {
        let (summary, detail) = self.slots.fill(topic, &mut self.dice);
        let mut issue = self.blank("Epic", number, created);
        issue.description = Some(prose::epic(&detail, &mut self.dice));
        issue.summary = summary;
        self.live(&mut issue);
        self.made_epics.push(issue.key.clone());
        issue
    }

    fn issue(&mut self, number: i64, created: i64) -> Issue {
        let subtask = self.plan.workflow == Workflow::Software && self.hosts.len() > 8 && self.dice.chance(11);
        let mut issue = if subtask { self.subtask(number, created) } else { self.ordinary(number, created) };
        self.live(&mut issue);
        if issue.kind != "Sub-task" {
            self.hosts.push((issue.key.clone(), issue.summary.clone(), issue.components.clone()));
        }
        issue
    }

    fn ordinary(&mut self, number: i64, created: i64) -> Issue {
        let (topic, summary, detail) = self.unused();
        let kind = self.kind(topic.kind);
        let mut issue = self.blank(kind, number, created);
        issue.components.push(topic.component.to_owned());
        issue.description = prose::description(kind, &summary, &detail, &mut self.dice);
        issue.summary = summary;
        if !self.made_epics.is_empty()
            && self.dice.chance(if self.plan.workflow == Workflow::Software { 62 } else { 22 })
        {
            issue.parent = Some(self.dice.pick(&self.made_epics).clone());
        }
        issue
    }

    fn subtask(&mut self, number: i64, created: i64) -> Issue {
        let recent = self.hosts.len().saturating_sub(40);
        let (parent, about, components) = self.dice.pick(&self.hosts[recent..]).clone();
        let mut issue = self.blank("Sub-task", number, created);
        issue.summary = prose::subtask(&about, &mut self.dice);
        issue.components = components;
        issue.parent = Some(parent);
        issue
    }

    /// A topic, filled in, that reads like no other issue of the project (as far as the material reaches).
    fn unused(&mut self) -> (Topic, String, String) {
        let mut last = None;
        for _ in 0..40 {
            let topic = self.dice.pick(&self.topics).clone();
            let (summary, detail) = self.slots.fill(&topic, &mut self.dice);
            let fresh = self.used.insert(summary.clone());
            last = Some((topic, summary, detail));
            if fresh {
                break;
            }
        }
        last.unwrap_or_else(|| panic!("{} has no topics", self.plan.key))
    }

    fn kind(&mut self, word: &str) -> &'static str {
        let desk = self.plan.workflow == Workflow::Desk;
        match (word, self.plan.workflow) {
            ("bug", Workflow::Software) => "Bug",
            ("bug", _) if self.plan.key == "LAB" => "Bug",
            ("bug", _) => "Incident",
            ("story", _) if !desk => "Story",
            ("story" | "request", _) => "Service Request",
            ("change", _) => "Change",
            _ => "Task",
        }
    }

    fn blank(&mut self, kind: &'static str, number: i64, created: i64) -> Issue {
        let reporter = self.reporter(kind);
        Issue {
            key: format!("{}-{number}", self.plan.key),
            number,
            project: self.plan.key.to_owned(),
            kind: type_of(kind).name,
            status: "To Do",
            category_changed: created,
            priority: self.priority(kind),
            creator: if self.dice.chance(4) { self.automation.clone() } else { reporter.clone() },
            reporter,
            created,
            updated: created,
            ..Issue::default()
        }
    }

    fn reporter(&mut self, kind: &str) -> String {
        if kind == "Incident" && self.dice.chance(25) {
            return self.automation.clone();
        }
        let from_outside = if matches!(kind, "Bug" | "Incident" | "Service Request") { 55 } else { 18 };
        if self.dice.chance(from_outside) {
            return self.dice.pick(&self.others).clone();
        }
        self.dice.pick(&self.crew).clone()
    }

    fn priority(&mut self, kind: &str) -> &'static str {
        let heavy = matches!(kind, "Bug" | "Incident");
        let weights = if heavy { [7, 27, 46, 16, 4] } else { [2, 17, 55, 20, 6] };
        let names = ["Highest", "High", "Medium", "Low", "Lowest"];
        let pairs: Vec<(&'static str, u64)> = names.into_iter().zip(weights).collect();
        self.dice.weighted(&pairs)
    }

    /// Everything that happens to an issue after it was written down.
    fn live(&mut self, issue: &mut Issue) {
        self.walk(issue);
        self.plan_it(issue);
        self.describe(issue);
        self.discuss(issue);
        self.work(issue);
        issue.changelog.sort_by_key(|change| change.created);
        let moments = issue.changelog.iter().map(|change| change.created);
        let talk = issue.comments.iter().map(|comment| comment.created);
        let work = issue.worklogs.iter().map(|log| log.started);
        issue.updated = moments.chain(talk).chain(work).max().unwrap_or(issue.created).max(issue.created);
    }
}

fn births_per_epic(plan: &ProjectPlan, epics: usize) -> usize {
    usize::try_from(plan.issues).unwrap_or(1) / (epics + 2)
}
