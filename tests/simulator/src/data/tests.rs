use super::World;
use super::catalog::{STATUSES, is_done};
use crate::date;
use std::collections::{HashMap, HashSet};

fn now() -> i64 {
    date::parse("2026-11-18T14:30:00Z").unwrap()
}

#[test]
fn the_same_seed_and_moment_give_the_same_data() {
    let text = |seed| super::export::everything(&World::generate(seed, now()).sites[0], now()).to_string();
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
}

#[test]
fn the_default_person_has_a_believable_day() {
    for (seed, day) in [(1, 0), (1, 3), (1, 30), (2, 0), (3, 1), (4, 5), (5, 40)] {
        let now = now() + day * date::DAY;
        let world = World::generate(seed, now);
        let site = &world.sites[0];
        let mine: Vec<_> = site
            .issues
            .iter()
            .filter(|issue| issue.assignee.as_ref() == Some(&site.me) && !is_done(issue.status))
            .collect();
        assert!((12..=34).contains(&mine.len()), "seed {seed}: {} open", mine.len());
        let today = date::Date::of(now);
        let overdue = mine.iter().filter(|issue| issue.due.is_some_and(|due| due < today)).count();
        assert!((2..=10).contains(&overdue), "seed {seed}: {overdue} overdue");
        assert!(mine.iter().any(|issue| issue.kind == "Bug"));
    }
}

#[test]
fn every_history_leads_to_the_present() {
    let world = World::generate(7, now());
    for site in &world.sites {
        for issue in &site.issues {
            let mut last: HashMap<&str, Option<&str>> = HashMap::new();
            for change in issue.changelog.iter().filter(|change| change.field != "fixVersion") {
                assert!((issue.created..=now()).contains(&change.created), "{}", issue.key);
                if let Some(before) = last.insert(change.field, change.to.as_deref()) {
                    assert_eq!(before, change.from.as_deref(), "{} {}", issue.key, change.field);
                }
            }
            let present = [
                ("status", Some(issue.status)),
                ("assignee", issue.assignee.as_deref()),
                ("priority", Some(issue.priority)),
                ("resolution", issue.resolution),
            ];
            for (field, value) in present {
                assert_eq!(last.get(field).copied().unwrap_or(value), value, "{} {field}", issue.key);
            }
            assert_eq!(is_done(issue.status), issue.resolved.is_some(), "{}", issue.key);
            assert!(issue.updated <= now() && issue.updated >= issue.created, "{}", issue.key);
        }
    }
}

#[test]
fn everything_that_is_named_exists() {
    let world = World::generate(3, now());
    for site in &world.sites {
        for issue in &site.issues {
            let project = site.project(&issue.project).unwrap();
            let people = issue.assignee.iter().chain([&issue.reporter, &issue.creator]).chain(&issue.watchers);
            assert!(people.chain(&issue.voters).all(|id| site.user(id).is_some()), "{}", issue.key);
            assert!(issue.components.iter().all(|name| project.components.iter().any(|known| known.name == *name)));
            assert!(issue.fix_versions.iter().all(|name| project.versions.iter().any(|known| known.name == *name)));
            assert!(issue.sprints.iter().all(|id| site.sprint(*id).is_some()));
            assert!(issue.parent.iter().all(|key| site.issue(key).is_some()));
            assert!(issue.links.iter().all(|link| site.issue(&link.key).is_some()));
            assert!(STATUSES.iter().any(|status| status.name == issue.status));
            assert!(!issue.summary.contains(['{', '}']), "{}", issue.summary);
        }
    }
}

#[test]
fn hardly_two_issues_read_alike() {
    for seed in 1..4 {
        let world = World::generate(seed, now());
        let issues = &world.sites[0].issues;
        assert_eq!(issues.len(), 2000);
        let summaries: HashSet<&String> = issues.iter().map(|issue| &issue.summary).collect();
        assert!(summaries.len() > 1980, "seed {seed}: {}", summaries.len());
    }
}

#[test]
fn sprints_fit_the_day_whatever_day_it_is() {
    for day in 0..30 {
        let now = now() + day * date::DAY;
        let world = World::generate(1, now);
        for project in world.sites[0].projects.iter().filter(|project| !project.sprints.is_empty()) {
            let active: Vec<_> = project.sprints.iter().filter(|sprint| sprint.state.name() == "active").collect();
            assert!(active.len() == 1 && active[0].start <= now, "{} on day {day}", project.key);
        }
    }
}
