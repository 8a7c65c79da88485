mod independent;
mod load;
mod random;

use super::{Context, read, run};
use crate::data::Issue;
use crate::data::catalog::is_done;
use crate::date::{self, DAY, Date, HOUR};
use crate::rest::Product;
use crate::testing::{NOW, WORLD};

fn now() -> i64 {
    *NOW
}

fn found(jql: &str) -> Result<Vec<&'static Issue>, Vec<String>> {
    let site = &WORLD.sites[0];
    let context = Context { site, me: &site.me, now: now(), product: Product::Cloud };
    run(&context, &read(jql)?)
}

fn keys(jql: &str) -> Vec<String> {
    let found = found(jql).unwrap_or_else(|problems| panic!("{jql}: {problems:?}"));
    found.iter().map(|issue| issue.key.clone()).collect()
}

/// The query finds something, but not everything, and exactly what the plain condition says.
fn means(jql: &str, condition: impl Fn(&Issue) -> bool) {
    let mut got = keys(jql);
    let mut wanted: Vec<String> =
        WORLD.sites[0].issues.iter().filter(|issue| condition(issue)).map(|issue| issue.key.clone()).collect();
    got.sort();
    wanted.sort();
    assert_eq!(got, wanted, "{jql}");
    assert!(!got.is_empty() && got.len() < 2000, "{jql} finds {}: it proves nothing", got.len());
}

fn refused(jql: &str, part: &str) {
    let problems = found(jql).err().unwrap_or_else(|| panic!("accepted: {jql}"));
    assert!(problems.iter().any(|problem| problem.contains(part)), "{jql}: {problems:?}");
}

#[test]
fn equality_lists_and_their_opposites() {
    let me = WORLD.sites[0].me.clone();
    means("project = MOB", |issue| issue.project == "MOB");
    means("project = \"mobile app\" AND type = bug", |issue| issue.project == "MOB" && issue.kind == "Bug");
    means("status in (Done, \"In Progress\")", |issue| matches!(issue.status, "Done" | "In Progress"));
    means("assignee = currentUser()", |issue| issue.assignee.as_ref() == Some(&me));
    means("assignee != currentUser()", |issue| issue.assignee.as_ref().is_some_and(|who| *who != me));
    means("assignee in (currentUser(), EMPTY)", |issue| issue.assignee.as_ref().is_none_or(|who| *who == me));
    means("NOT assignee = currentUser()", |issue| issue.assignee.as_ref().is_some_and(|who| *who != me));
    means("labels = UX", |issue| issue.labels.iter().any(|label| label == "ux"));
    means("labels != ux", |issue| !issue.labels.is_empty() && !issue.labels.iter().any(|label| label == "ux"));
    means("resolution = Unresolved", |issue| issue.resolution.is_none());
    means("statusCategory != Done", |issue| !is_done(issue.status));
    means("NOT (project = MOB OR type = Bug)", |issue| issue.project != "MOB" && issue.kind != "Bug");
}

#[test]
fn emptiness_and_numbers() {
    means("due is EMPTY", |issue| issue.due.is_none());
    means("fixVersion is not EMPTY", |issue| !issue.fix_versions.is_empty());
    means("component = EMPTY", |issue| issue.components.is_empty());
    means("cf[10016] >= 5", |issue| issue.story_points.is_some_and(|points| points >= 5));
    means("\"Story Points[Number]\" != 3", |issue| issue.story_points.is_some_and(|points| points != 3));
    means("timespent > 1d", |issue| issue.time_spent.is_some_and(|seconds| seconds > 8 * 3600));
    means("votes = 0", |issue| issue.voters.is_empty());
    means("priority > Medium", |issue| matches!(issue.priority, "High" | "Highest"));
    means("key >= PAY-300", |issue| issue.project == "PAY" && issue.number >= 300);
}

#[test]
fn moments_count_from_now_and_days_are_days() {
    let today = Date::of(now());
    means("created >= -7d", |issue| issue.created >= now() - 7 * DAY);
    means("updated < startOfWeek()", |issue| issue.updated < Date::new(2026, 11, 16).unwrap().start());
    means("due < now()", |issue| issue.due.is_some_and(|due| due < today));
    means("due = startOfDay()", |issue| issue.due == Some(today));
    means("due <= endOfWeek()", |issue| issue.due.is_some_and(|due| due <= Date::new(2026, 11, 22).unwrap()));
    means("resolved >= startOfMonth(-1) AND resolved < startOfMonth()", |issue| {
        issue.resolved.is_some_and(|when| Date::of(when).month == 10 && Date::of(when).year == 2026)
    });
    means("due > endOfMonth(\"+15d\")", |issue| issue.due.is_some_and(|due| due > Date::new(2026, 12, 15).unwrap()));
    means("created < \"2026/03/01 12:00\"", |issue| issue.created < date::parse("2026-03-01T12:00").unwrap());
}

#[test]
fn sprints_versions_links_and_parents() {
    let site = &WORLD.sites[0];
    let active = |issue: &Issue| issue.sprints.iter().any(|id| site.sprint(*id).unwrap().state.name() == "active");
    means("sprint in openSprints()", active);
    means("sprint not in openSprints()", |issue| !issue.sprints.is_empty() && !active(issue));
    means("sprint is EMPTY", |issue| issue.sprints.is_empty());
    means("parent = MOB-1", |issue| issue.parent.as_deref() == Some("MOB-1"));
    means("\"Epic Link\" is EMPTY", |issue| issue.parent.is_none() || issue.kind == "Sub-task");
    means("issueLinkType = \"is blocked by\"", |issue| issue.links.iter().any(|link| link.words == "is blocked by"));
    means("fixVersion in unreleasedVersions(MOB)", |issue| {
        let known = &site.project("MOB").unwrap().versions;
        let open = |name: &String| known.iter().any(|version| version.name == *name && !version.released);
        issue.project == "MOB" && issue.fix_versions.iter().any(open)
    });
    let blocked = site.issues.iter().find(|issue| !issue.links.is_empty()).unwrap();
    means(&format!("key in linkedIssues({})", blocked.key), |issue| {
        blocked.links.iter().any(|link| link.key == issue.key)
    });
}

#[test]
fn text_is_searched_by_stems_phrases_and_signs() {
    let has = |text: &str, word: &str| text.to_lowercase().contains(word);
    means("summary ~ refunds", |issue| has(&issue.summary, "refund"));
    means("summary ~ \"\\\"boarding pass\\\"\"", |issue| has(&issue.summary, "boarding pass"));
    means("summary ~ \"invoice OR ledger\"", |issue| has(&issue.summary, "invoice") || has(&issue.summary, "ledger"));
    means("summary ~ \"invoice -missing\"", |issue| has(&issue.summary, "invoice") && !has(&issue.summary, "miss"));
    means("summary ~ \"certif*\"", |issue| has(&issue.summary, "certif"));
    means("summary ~ \"certificat~\"", |issue| has(&issue.summary, "certificate"));
    means("description !~ invoice", |issue| issue.description.as_ref().is_some_and(|text| !has(text, "invoice")));
    let me = WORLD.sites[0].me.clone();
    means("comment ~ currentUser()", |issue| issue.comments.iter().any(|comment| comment.body.contains(&me)));
}

#[test]
fn history_is_read_from_the_changelog() {
    let changes = |issue: &Issue, field: &str| {
        issue.changelog.iter().filter(|change| change.field == field).cloned().collect::<Vec<_>>()
    };
    means("status changed", |issue| !changes(issue, "status").is_empty());
    means("status was Blocked", |issue| {
        issue.status == "Blocked"
            || changes(issue, "status").iter().any(|change| change.from.as_deref() == Some("Blocked"))
    });
    means("status was not Blocked AND status changed to Done after -30d", |issue| {
        let log = changes(issue, "status");
        let never = issue.status != "Blocked" && !log.iter().any(|change| change.from.as_deref() == Some("Blocked"));
        never && log.iter().any(|change| change.to.as_deref() == Some("Done") && change.created > now() - 30 * DAY)
    });
    means("assignee was EMPTY", |issue| {
        let log = changes(issue, "assignee");
        issue.assignee.is_none() || log.iter().any(|change| change.from.is_none())
    });
    means("priority changed from Low to High", |issue| {
        let fits = |change: &crate::data::model::Change| {
            change.from.as_deref() == Some("Low") && change.to.as_deref() == Some("High")
        };
        changes(issue, "priority").iter().any(fits)
    });
    let me = WORLD.sites[0].me.clone();
    means("status changed by currentUser() during (\"2026-10-01\", \"2026-11-01\")", |issue| {
        let (from, to) = (date::parse("2026-10-01").unwrap(), date::parse("2026-11-01").unwrap());
        changes(issue, "status").iter().any(|change| change.author == me && (from..=to).contains(&change.created))
    });
    means("NOT status changed", |issue| changes(issue, "status").is_empty());
}

#[test]
fn results_are_sorted_as_asked() {
    let newest = found("project = MOB").unwrap();
    assert!(newest.is_sorted_by(|left, right| left.created >= right.created), "newest first without ORDER BY");
    let by_key = found("project = MOB ORDER BY key ASC").unwrap();
    assert!(by_key.is_sorted_by_key(|issue| issue.number), "by number, not by letters");
    let due = found("project = MOB ORDER BY due").unwrap();
    let empty = due.iter().position(|issue| issue.due.is_none()).unwrap();
    assert!(due[empty..].iter().all(|issue| issue.due.is_none()), "EMPTY last when ascending");
    assert!(found("project = MOB ORDER BY due DESC").unwrap()[0].due.is_none(), "EMPTY first when descending");
    let two = found("project = MOB ORDER BY status ASC, created DESC").unwrap();
    assert!(two.windows(2).all(|pair| pair[0].status != pair[1].status || pair[0].created >= pair[1].created));
    let urgent = found("project = MOB ORDER BY priority").unwrap();
    assert_eq!(urgent[0].priority, "Highest", "highest first without a direction");
}

#[test]
fn what_is_not_supported_is_refused_not_guessed() {
    refused("assignee in membersOf(\"jira-users\")", "membersOf");
    refused("key in issueHistory()", "issueHistory");
    refused("issue.property[color].shade = red", "properties");
    refused("labels was ux", "not supported");
    refused("assignee = \"Nobody Known\"", "does not exist");
    refused("status < Done", "not supported");
    refused("summary = refund", "not supported");
    refused("summary ~ \"*fund\"", "not valid");
    refused("sprint = openSprints()", "list function");
    refused("due < tomorrow", "Date value 'tomorrow'");
    refused("priority > EMPTY", "EMPTY");
    refused("project = MOB ORDER BY comment", "sorting");
    refused("key = MOB-99999", "does not exist");
    refused("fixVersion in releasedVersions(NOPE)", "NOPE");
}

#[test]
fn days_are_those_of_the_person_who_asks() {
    let mut site = (*WORLD.sites[0]).clone();
    let early = |zone: i64, jql: &str, site: &mut crate::data::Site| -> Vec<i64> {
        site.users.iter_mut().for_each(|user| user.zone = zone);
        let context = Context { site, me: &site.me, now: now(), product: Product::Cloud };
        let mut found: Vec<i64> =
            run(&context, &read(jql).unwrap()).unwrap().iter().map(|issue| issue.created).collect();
        found.sort_unstable();
        found
    };
    // 14:30 UTC is already tomorrow at the one end of the world, and still early in the morning at the other.
    let midnight = Date::of(now()).start();
    for (zone, start) in
        [(0, midnight), (14, midnight + 10 * HOUR), (-12, midnight + 12 * HOUR), (2, midnight - 2 * HOUR)]
    {
        let wanted = |from: i64, to: i64| -> Vec<i64> {
            let mut all: Vec<i64> = WORLD.sites[0].each().map(|issue| issue.created).collect();
            all.retain(|created| (from..to).contains(created));
            all.sort_unstable();
            all
        };
        for back in [0, 1, 2, 9] {
            let (from, jql) = (start - back * DAY, format!("created >= startOfDay(-{back}) AND created <= now()"));
            assert_eq!(early(zone, &jql, &mut site), wanted(from, now() + 1), "{zone}: {jql}");
            let day = Date::of(start + zone * HOUR - back * DAY).iso();
            let jql = format!("created >= {day} AND created < startOfDay(\"-{back}d\") ORDER BY created");
            assert!(early(zone, &jql, &mut site).is_empty(), "{zone}: {jql}");
        }
        let changed = early(zone, "status CHANGED ON startOfDay(-3)", &mut site);
        let on = |change: &crate::data::model::Change| {
            change.field == "status" && (start - 3 * DAY..start - 2 * DAY).contains(&change.created)
        };
        assert_eq!(
            changed.len(),
            WORLD.sites[0].each().filter(|issue| issue.changelog.iter().any(on)).count(),
            "{zone}"
        );
    }
}

#[test]
fn logged_work_and_the_environment_can_be_asked_for() {
    let mut site = (*WORLD.sites[0]).clone();
    let keys: Vec<String> = site.each().take(2).map(|issue| issue.key.clone()).collect();
    for (key, spent, text) in [(&keys[0], 5_400, "An old tablet"), (&keys[1], 1_800, "Checked the logs twice")] {
        let issue = site.issue_mut(key).unwrap();
        (issue.original_estimate, issue.time_spent) = (Some(3_600), Some(spent));
        let (author, comment) = (issue.reporter.clone(), Some(text.to_owned()));
        let (created, updated, started) = (issue.created, issue.created, issue.created);
        issue.worklogs = vec![crate::data::model::Worklog {
            id: 1,
            author,
            started,
            seconds: spent,
            created,
            updated,
            comment,
            raw: None,
        }];
        issue.environment = Some((text.to_owned(), crate::data::model::Raw::Wiki(text.to_owned())));
    }
    let found = |jql: &str| -> Vec<String> {
        let context = Context { site: &site, me: &site.me, now: now(), product: Product::Cloud };
        let jql = format!("key IN ({}) AND {jql} ORDER BY workRatio", keys.join(", "));
        run(&context, &read(&jql).unwrap()).unwrap().iter().map(|issue| issue.key.clone()).collect()
    };
    let [first, second] = [keys[..1].to_vec(), keys[1..].to_vec()];
    assert_eq!(found("workRatio > 100"), first);
    assert_eq!(found("workRatio <= \"50%\""), second);
    assert_eq!(found("workRatio IS NOT EMPTY"), [second.clone(), first.clone()].concat());
    assert_eq!(found("worklogComment ~ \"check log\""), second);
    assert_eq!(found("worklogComment !~ log"), first);
    assert_eq!(found("environment ~ tablets"), first);
    assert_eq!(found("environment IS EMPTY"), Vec::<String>::new());
}
