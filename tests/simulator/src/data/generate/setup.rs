//! A project before its first issue: components, versions, sprints.

use crate::data::dice::Dice;
use crate::data::material;
use crate::data::model::{Component, Group, Project, Sprint, SprintState, User, Version};
use crate::data::people::PEOPLE;
use crate::data::projects::{ProjectPlan, SitePlan, Versions, Workflow};
use crate::date::{DAY, Date, HOUR};

/// What the last sprints were for.
const GOALS: [&str; 6] = [
    "Finish what is in review",
    "One less step for the customer",
    "Clear the oldest bugs",
    "Ready for the holiday season",
    "Pay back some debt",
    "Ship what was promised to Care",
];

/// The project of a plan; `number` tells it from all others.
pub(super) fn project(plan: &ProjectPlan, number: u64, users: &[User], now: i64) -> Project {
    let crew = crew(plan, users);
    let lead =
        |place: usize| crew.get(place % crew.len().max(1)).map(|user| user.account_id.clone()).unwrap_or_default();
    let components = material::components(plan.text)
        .into_iter()
        .enumerate()
        .map(|(place, name)| Component {
            id: (10_500 + number * 20 + u64::try_from(place).unwrap_or(0)).to_string(),
            name: name.to_owned(),
            lead: lead(place),
        })
        .collect();
    Project {
        id: (10_000 + number).to_string(),
        key: plan.key.to_owned(),
        name: plan.name.to_owned(),
        kind: plan.workflow.project_type(),
        category: match plan.workflow {
            Workflow::Software => ("10400", "Product"),
            Workflow::Desk | Workflow::Business => ("10401", "Service"),
        },
        lead: lead(1),
        components,
        versions: versions(plan.versions, number, now),
        last_number: plan.issues,
        sprints: if plan.workflow == Workflow::Software { sprints(plan.key, number, now) } else { Vec::new() },
    }
}

/// Who works in a project now, those first who do nothing else.
fn crew<'u>(plan: &ProjectPlan, users: &'u [User]) -> Vec<&'u User> {
    PEOPLE
        .iter()
        .filter(|person| person.active && person.projects.first() == Some(&plan.key))
        .chain(PEOPLE.iter().filter(|person| person.active && person.projects.contains(&plan.key)))
        .filter_map(|person| {
            users.iter().find(|user| user.display_name == format!("{} {}", person.given, person.family))
        })
        .collect()
}

/// Two groups of every site, and one for each of its teams.
pub(super) fn groups(plan: &SitePlan, seed: u64, users: &[User]) -> Vec<Group> {
    let mut dice = Dice::new(seed.wrapping_add(plan.number * 50_021));
    let people = users.iter().filter(|user| user.active && user.account_type == "atlassian");
    let all = people.map(|user| user.account_id.clone()).collect();
    let administrators = users.iter().take(1).map(|user| user.account_id.clone()).collect();
    let mut groups = vec![(format!("jira-users-{}", plan.name), all), ("jira-administrators".into(), administrators)];
    for project in plan.projects {
        let mut members: Vec<String> = Vec::new();
        for user in crew(project, users) {
            if !members.contains(&user.account_id) {
                members.push(user.account_id.clone());
            }
        }
        groups.push((project.team.to_lowercase().replace(' ', "-"), members));
    }
    groups.into_iter().map(|(name, members)| Group { id: dice.uuid(), name, members }).collect()
}

/// One version on the twelfth of each month, from ten months back to two ahead.
fn versions(style: Versions, number: u64, now: i64) -> Vec<Version> {
    let today = Date::of(now);
    let twelfth = Date { day: 12, ..today };
    let name = |date: Date, step: i64| match style {
        Versions::None => None,
        Versions::Numbered(major) => Some(format!("{major}.{}", step + 10)),
        Versions::Calendar => Some(format!("{}.{:02}", date.year, date.month)),
    };
    (-10..=2)
        .filter_map(|step: i64| {
            let date = twelfth.plus_months(step);
            let place = u64::try_from(step + 10).unwrap_or(0);
            let id = (10_600 + number * 20 + place).to_string();
            Some(Version { id, name: name(date, step)?, released: date < today, date })
        })
        .collect()
}

/// Sprints of two weeks, from Monday to the Friday of the next week: eight closed ones, the active one, two future ones.
fn sprints(key: &str, number: u64, now: i64) -> Vec<Sprint> {
    let today = Date::of(now);
    let monday = today.start() - today.weekday() * DAY;
    let weeks = monday.div_euclid(7 * DAY);
    let current = monday - weeks.rem_euclid(2) * 7 * DAY + 9 * HOUR;
    let count = weeks.div_euclid(2) - 1450;
    (-8..=2)
        .map(|step: i64| {
            let start = current + step * 14 * DAY;
            let state = match step {
                ..=-1 if now >= start => SprintState::Closed,
                // Before nine on its first Monday the new sprint is not open yet.
                0 if now >= start => SprintState::Active,
                _ => SprintState::Future,
            };
            let goal = usize::try_from((count + step).rem_euclid(6)).ok().and_then(|place| GOALS.get(place));
            Sprint {
                id: number * 100 + u64::try_from(step + 20).unwrap_or(0),
                name: format!("{key} Sprint {}", count + step),
                board: number,
                state,
                start,
                end: start + 11 * DAY + 8 * HOUR,
                goal: goal.copied().unwrap_or_default().to_owned(),
            }
        })
        .collect()
}
