//! Sprints as issues tell them.

use crate::jira::again::moment;
use crate::platform::Timestamp;
use serde_json::Value;

/// A sprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sprint {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) active: bool,
    /// ISO 8601 text, as is the end; empty where it is not told.
    pub(super) began: String,
    pub(super) ends: String,
    pub(super) goal: String,
}

/// An issue, as far as the report is concerned.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    pub(super) key: String,
    pub(super) done: bool,
    pub(super) points: Option<f64>,
    created: Option<Timestamp>,
    sprints: Vec<Sprint>,
    moves: Vec<Move>,
}

/// That an issue came into a sprint, or went out of it.
#[derive(Clone, Debug)]
struct Move {
    at: Option<Timestamp>,
    /// Of two at the same moment the one with the greater number is the later.
    number: u64,
    sprint: String,
    came: bool,
}

impl Work {
    pub(super) fn of(issue: &Value, holder: &str, points: Option<&str>) -> Self {
        let fields = &issue["fields"];
        Self {
            key: issue["key"].as_str().unwrap_or_default().to_owned(),
            done: fields["status"]["statusCategory"]["key"] == "done",
            points: points.and_then(|points| fields[points].as_f64()),
            created: fields["created"].as_str().and_then(moment),
            sprints: fields[holder].as_array().into_iter().flatten().filter_map(sprint).collect(),
            moves: moves(&issue["changelog"]["histories"], holder),
        }
    }

    pub(super) fn is_in(&self, id: &str) -> bool {
        self.sprints.iter().any(|sprint| sprint.id == id)
    }

    /// Whether it came into the sprint after that began.
    pub(super) fn came_after(&self, sprint: &Sprint) -> bool {
        let last = self.moves.iter().filter(|one| one.came && one.sprint == sprint.id).filter_map(|one| one.at).max();
        last.or(self.created) > moment(&sprint.began)
    }

    /// Whether it is not in the sprint any more, and went out of it after that began.
    pub(super) fn went_after(&self, sprint: &Sprint) -> bool {
        let last = self.moves.iter().filter(|one| one.sprint == sprint.id).max_by_key(|one| (one.at, one.number));
        !self.is_in(&sprint.id) && last.is_some_and(|one| !one.came && one.at > moment(&sprint.began))
    }
}

/// The sprints that these issues are in and that run; the last of each issue, if one was named.
pub(super) fn sprints(works: &[Work], named: bool) -> Vec<Sprint> {
    let mut found: Vec<(usize, Sprint)> = Vec::new();
    for work in works {
        let running = work.sprints.iter().filter(|sprint| sprint.active);
        let last = if named { work.sprints.last() } else { None };
        for sprint in running.chain(last.filter(|last| !last.active)) {
            match found.iter_mut().find(|(_, known)| known.id == sprint.id) {
                Some((count, _)) => *count += 1,
                None => found.push((1, sprint.clone())),
            }
        }
    }
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().map(|(_, sprint)| sprint).collect()
}

fn sprint(value: &Value) -> Option<Sprint> {
    if let Some(text) = value.as_str() {
        return written(text);
    }
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Some(Sprint {
        id: value["id"].as_u64()?.to_string(),
        name: text("name"),
        active: text("state").eq_ignore_ascii_case("active"),
        began: text("startDate"),
        ends: text("endDate"),
        goal: text("goal"),
    })
}

/// As Data Center writes it: `…Sprint@1f[id=7,state=ACTIVE,name=Sprint 7,startDate=…,endDate=…,goal=…]`.
fn written(text: &str) -> Option<Sprint> {
    let (_, inner) = text.split_once(".Sprint@")?.1.split_once('[')?;
    let part = |name: &str| {
        let found = inner.split(',').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.filter(|found| *found != "<null>").unwrap_or_default().trim_end_matches(']').to_owned()
    };
    Some(Sprint {
        id: part("id"),
        name: part("name"),
        active: part("state") == "ACTIVE",
        began: part("startDate"),
        ends: part("endDate"),
        goal: part("goal"),
    })
}

fn moves(histories: &Value, holder: &str) -> Vec<Move> {
    let ids = |value: &Value| -> Vec<String> {
        let all = value.as_str().unwrap_or_default().split(',');
        all.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
    };
    let mut found = Vec::new();
    for history in histories.as_array().into_iter().flatten() {
        let items = history["items"].as_array().into_iter().flatten();
        let at = written_at(&history["created"]);
        let number = history["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
        for item in items.filter(|item| item["fieldId"] == holder || item["field"] == "Sprint") {
            let (before, after) = (ids(&item["from"]), ids(&item["to"]));
            let only = |these: &[String], others: &[String], came| {
                let these = these.iter().filter(|id| !others.contains(id)).cloned();
                these.map(|sprint| Move { at, number, sprint, came }).collect::<Vec<_>>()
            };
            found.extend(only(&before, &after, false));
            found.extend(only(&after, &before, true));
        }
    }
    found
}

/// When a change was made: a text, or as changes of many issues are told, a number of (milli)seconds.
fn written_at(created: &Value) -> Option<Timestamp> {
    let number = |number: i64| Timestamp(if number < 100_000_000_000 { number * 1000 } else { number });
    created.as_str().and_then(moment).or_else(|| created.as_i64().map(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn running() -> Value {
        json!({"id": 7, "name": "Sprint 7", "state": "active", "startDate": "2026-11-10T09:00:00.000Z",
            "endDate": "2026-11-24T09:00:00.000Z", "goal": "Ship"})
    }

    fn work(created: &str, histories: Value) -> Work {
        let issue = json!({"fields": {"created": created, "f": [running()], "status": {"statusCategory": {"key": "done"}}, "p": 3.5},
            "changelog": {"histories": histories}});
        Work::of(&issue, "f", Some("p"))
    }

    #[test]
    fn what_came_after_the_beginning_is_known_by_the_changes_or_by_its_own_beginning() {
        let sprint = sprint(&running()).unwrap();
        let old = "2026-10-01T10:00:00.000+0200";
        let change = |at: &str, from: &str, to: &str| json!([{"created": at, "items": [{"field": "Sprint", "from": from, "to": to}]}]);
        assert!(!work(old, json!([])).came_after(&sprint));
        assert!(work("2026-11-11T10:00:00.000+0200", json!([])).came_after(&sprint));
        assert!(
            !work("2026-11-10T10:30:00.000+0200", json!([])).came_after(&sprint),
            "it is half past eight in Greenwich"
        );
        assert!(work(old, change("2026-11-12T08:00:00.000+0000", "6", "6, 7")).came_after(&sprint));
        assert!(!work(old, change("2026-11-09T08:00:00.000+0000", "", "7")).came_after(&sprint));
        assert!(!work(old, change("2026-11-12T08:00:00.000+0000", "7", "7, 8")).came_after(&sprint));
    }

    #[test]
    fn what_was_taken_out_after_the_beginning_is_known_by_the_last_change() {
        let sprint = sprint(&running()).unwrap();
        let work = |changes: &[(Value, &str, &str)]| {
            let entry = |(at, from, to): &(Value, &str, &str)| json!({"created": at, "items": [{"fieldId": "f", "from": from, "to": to}]});
            let histories: Vec<Value> = changes.iter().map(entry).collect();
            Work::of(&json!({"fields": {"f": []}, "changelog": {"histories": histories}}), "f", None)
        };
        let before = || (json!("2026-11-09T08:00:00.000+0000"), "", "7");
        let out = |at: Value| (at, "7", "8");
        assert!(work(&[before(), out(json!("2026-11-12T08:00:00.000+0000"))]).went_after(&sprint));
        assert!(work(&[before(), out(json!(1_794_470_400))]).went_after(&sprint), "in seconds");
        assert!(work(&[before(), out(json!(1_794_470_400_000_i64))]).went_after(&sprint), "in milliseconds");
        assert!(!work(&[before(), out(json!("2026-11-10T08:00:00.000+0000"))]).went_after(&sprint), "before it began");
        assert!(!work(&[before()]).went_after(&sprint));
        let again = (json!("2026-11-13T08:00:00.000+0000"), "8", "7");
        let back = [again, out(json!("2026-11-12T08:00:00.000+0000"))];
        assert!(!work(&back).went_after(&sprint), "the newest comes first, and it came back");
    }

    #[test]
    fn both_forms_of_a_sprint_say_the_same() {
        let text = "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=1,state=ACTIVE,name=Sprint 7,\
                    startDate=2026-11-10T09:00:00.000Z,endDate=2026-11-24T09:00:00.000Z,completeDate=<null>,goal=Ship]";
        assert_eq!(sprint(&json!(text)), sprint(&running()));
    }

    #[test]
    fn only_running_sprints_are_told_unless_one_was_named() {
        let over = json!({"id": 6, "name": "Sprint 6", "state": "closed"});
        let in_sprints = |all: Value| Work::of(&json!({"fields": {"f": all}}), "f", None);
        let works = [in_sprints(json!([over, running()])), in_sprints(json!([over]))];
        let ids = |named| sprints(&works, named).into_iter().map(|sprint| sprint.id).collect::<Vec<_>>();
        assert_eq!(ids(false), ["7"]);
        assert_eq!(ids(true), ["7", "6"]);
    }
}
