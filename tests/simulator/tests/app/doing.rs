//! What people change, and take back.

use crate::office::{Office, card, end};
use serde_json::{Value, json};

/// What a plan says that becomes of a field.
fn change(plan: &Value, field: &str) -> (String, String) {
    let rows = plan["rows"].as_array().unwrap().iter().flat_map(|row| row["changes"].as_array().unwrap());
    let found: Vec<&Value> = rows.filter(|row| row["field"] == field).collect();
    let found = found.first().unwrap_or_else(|| panic!("no {field}: {plan:#}"));
    let text = |name: &str| found[name].as_str().unwrap().to_owned();
    (text("before"), text("after"))
}

fn problem(plan: &Value) -> &str {
    plan["rows"][0]["problem"].as_str().unwrap_or_else(|| panic!("{plan:#}"))
}

fn edit(key: &str, fields: Value) -> Value {
    json!({"change": "edit", "keys": [key], "fields": fields})
}

#[test]
fn an_issue_is_moved_and_moved_back() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND status = \"In Progress\" AND type = Bug", 1)[0];
    let plan = office.plan(json!({"change": "transition", "to": "In Review", "keys": [key]}));
    assert_eq!(plan["title"], format!("Move {key} to In Review"));
    assert_eq!(change(&plan, "Status"), ("In Progress".into(), "In Review".into()));
    let concerned: Vec<&str> =
        plan["concerns"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(concerned.last(), Some(&"and others by the site's scheme"), "{concerned:?}");
    assert_eq!(office.writes(), [""; 0], "nothing is changed before the confirmation");
    let job = office.confirm(&plan);
    assert_eq!((&job["done"], &job["message"]), (&json!(1), &json!("Done.")), "{job:#}");
    assert_eq!(office.fields(key)["status"]["name"], "In Review");
    let back = office.undone();
    assert_eq!(change(&back, "Status"), ("In Review".into(), "In Progress".into()));
    assert_eq!(office.fields(key)["status"]["name"], "In Progress");
    let again = office.stream("panel", "undo", json!({"account": office.account}));
    assert_eq!(end(&again)["error"]["message"], "There is nothing to take back.", "it was taken back already");
}

#[test]
fn what_is_so_already_or_leads_nowhere_is_told() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND status = \"In Review\" AND type = Bug", 1)[0];
    let plan = office.plan(json!({"change": "transition", "to": "in review", "keys": [key]}));
    assert_eq!(problem(&plan), "It is in In Review already.");
    assert_eq!((&plan["trouble"]["message"], &plan["hash"]), (&json!("There is nothing to change."), &json!("")));
    let plan = office.plan(json!({"change": "transition", "to": "Escalated", "keys": [key]}));
    assert!(problem(&plan).contains("No step leads from In Review to “Escalated”; there are: "), "{}", problem(&plan));
    assert_eq!(plan["missing"][0]["field"], "status");
    let plan = office.plan(json!({"change": "transition", "to": "Done", "keys": ["MOB-1", "MOB-99999"]}));
    let row = plan["rows"].as_array().unwrap().iter().find(|row| row["key"] == "MOB-99999").unwrap();
    assert_eq!(row["problem"], "It does not exist, or you may not see it.");
}

#[test]
fn what_the_screen_of_a_step_wants_is_asked_for() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND status = \"In Progress\" AND type = Bug", 1)[0];
    let plan = office.plan(json!({"change": "transition", "to": "Won't Do", "keys": [key]}));
    let missing = &plan["missing"][0];
    assert_eq!((&missing["field"], &missing["input"]), (&json!("resolution"), &json!("one")), "{plan:#}");
    let refused = office.stream("panel", "confirm", office.confirmation(&plan));
    assert_eq!(end(&refused)["error"]["code"], "bad_request", "{refused:?}");
    let plan = office.fill(&plan, json!([{"field": "resolution", "values": ["Duplicate"]}]));
    assert_eq!(change(&plan, "Resolution").1, "Duplicate");
    office.confirm(&plan);
    assert_eq!(office.fields(key)["resolution"]["name"], "Duplicate");
    let back = card(&office.stream("panel", "undo", json!({"account": office.account})), "plan");
    assert_eq!(problem(&back), "No step leads back from Won't Do to In Progress.");
    assert_eq!(back["hash"], "", "it cannot be confirmed");
}

#[test]
fn fields_of_every_kind_are_edited_and_taken_back() {
    let office = Office::cloud();
    let key = &office
        .keys("project = MOB AND type = Bug AND priority = Medium AND duedate is EMPTY AND fixVersion is not EMPTY", 1)
        [0];
    let before = office.fields(key);
    let version = office.get("project/MOB/versions")[0]["name"].clone();
    let component = office.get("project/MOB/components")[0]["name"].clone();
    let plan = office.plan(edit(
        key,
        json!([
            {"field": "summary", "values": ["A new name"]},
            {"field": "description", "values": ["It is **bold**."]},
            {"field": "priority", "values": ["highest"]},
            {"field": "labels", "how": "add", "values": ["urgent", "ferry"]},
            {"field": "duedate", "values": ["2026-11-30"]},
            {"field": "components", "how": "set", "values": [component]},
            {"field": "fixVersions", "how": "set", "values": [version]},
            {"field": "Story Points", "values": ["8"]},
            {"field": "Team", "values": ["Payments Core"]},
            {"field": "Severity", "values": ["Critical"]},
            {"field": "Flagged", "how": "set", "values": ["Impediment"]},
            {"field": "Customer", "values": ["Northern Lines"]},
        ]),
    ));
    assert_eq!(plan["missing"], json!([]), "{plan:#}");
    assert_eq!(change(&plan, "Priority"), ("Medium".into(), "Highest".into()));
    assert_eq!(change(&plan, "Due date"), (String::new(), "2026-11-30".into()));
    let job = office.confirm(&plan);
    assert_eq!(job["done"], 1, "{job:#} {plan:#}");
    let now = office.fields(key);
    assert_eq!(
        (&now["summary"], &now["priority"]["name"], &now["duedate"]),
        (&json!("A new name"), &json!("Highest"), &json!("2026-11-30"))
    );
    assert_eq!((&now["customfield_10016"], &now["customfield_10051"]), (&json!(8.0), &json!("Northern Lines")));
    assert!(now["labels"].as_array().unwrap().contains(&json!("ferry")));
    office.undone();
    let mut back = office.fields(key);
    for field in ["updated", "votes", "watches", "labels", "description"] {
        back[field] = before[field].clone();
    }
    assert_eq!(back, before);
}

#[test]
fn a_value_that_is_not_there_is_asked_for_with_those_that_are() {
    let office = Office::cloud();
    let plan = office.plan(edit("MOB-1", json!([{"field": "priority", "values": ["Gigantic"]}])));
    assert_eq!(plan["missing"][0]["message"], "“Priority” takes no “Gigantic” here.");
    let choices: Vec<&str> =
        plan["missing"][0]["choices"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert!(choices.contains(&"High"), "{choices:?}");
    let plan = office.fill(&plan, json!([{"field": "priority", "values": ["Lowest"]}]));
    assert_eq!(change(&plan, "Priority").1, "Lowest");
    let plan = office.plan(edit("MOB-1", json!([{"field": "duedate", "values": ["soon"]}])));
    assert_eq!(
        (&plan["missing"][0]["input"], &plan["missing"][0]["message"]),
        (&json!("day"), &json!("“soon” is not a day."))
    );
    let plan = office.plan(edit("MOB-1", json!([{"field": "resolution", "values": ["Fixed"]}])));
    assert!(problem(&plan).contains("is not on the screen of MOB's issues"), "{}", problem(&plan));
    let plan = office.plan(edit("MOB-1", json!([{"field": "summary", "how": "clear"}])));
    assert_eq!(problem(&plan), "“Summary” must not be empty.");
}

#[test]
fn an_issue_is_assigned_by_name_to_me_and_to_nobody() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND assignee is not EMPTY AND assignee != currentUser()", 1)[0];
    let before = office.fields(key)["assignee"]["displayName"].clone();
    office.done(json!({"change": "assign", "person": "me", "keys": [key]}));
    assert_eq!(office.fields(key)["assignee"]["displayName"], "Nora Berg");
    office.done(json!({"change": "assign", "person": null, "keys": [key]}));
    assert_eq!(office.fields(key)["assignee"], Value::Null);
    let plan = office.undone();
    assert_eq!(change(&plan, "Assignee"), (String::new(), "Nora Berg".into()));
    office.undone();
    assert_eq!(office.fields(key)["assignee"]["displayName"], before, "each change is taken back, the last first");
    let plan = office.plan(edit(key, json!([{"field": "assignee", "values": ["Nobody Inparticular"]}])));
    assert_eq!(plan["missing"][0]["field"], "person", "{plan:#}");
    let name = before.as_str().unwrap();
    let plan = office.plan(edit(key, json!([{"field": "assignee", "values": [name]}])));
    assert_eq!(problem(&plan), format!("It is {name}'s already."));
}

#[test]
fn comments_and_work_are_written_and_removed_again() {
    let office = Office::cloud();
    let nora = office.get("myself")["name"].clone();
    let comments = || office.get("issue/MOB-5/comment")["total"].as_u64().unwrap();
    let before = comments();
    office.done(json!({"change": "comment", "text": "Please look, **soon**.", "keys": ["MOB-5"]}));
    let all = office.get("issue/MOB-5/comment?orderBy=-created");
    assert_eq!(all["comments"][0]["body"], "Please look, soon.");
    assert_eq!(all["comments"][0]["author"]["name"], nora);
    office.undone();
    assert_eq!(comments(), before);
    office.done(
        json!({"change": "log_work", "seconds": 7200, "day": "2026-11-17", "comment": "Looked.", "keys": ["MOB-5"]}),
    );
    let logs = office.get("issue/MOB-5/worklog");
    let log = logs["worklogs"].as_array().unwrap().last().unwrap();
    assert_eq!(log["timeSpent"], "2h");
    assert!(log["started"].as_str().unwrap().starts_with("2026-11-17"), "{log}");
    office.undone();
    assert_eq!(office.get("issue/MOB-5/worklog")["total"], logs["total"].as_u64().unwrap() - 1);
    let told = office.plan(json!({"change": "comment", "text": "@[Sam Hill](712020:1), please.", "keys": ["MOB-5"]}));
    assert_eq!(told["concerns"][0], json!({"name": "Sam Hill", "role": "mentioned"}), "{told:#}");
    let asked = office.plan(json!({"change": "comment", "text": " ", "keys": ["MOB-5"]}));
    assert_eq!(asked["title"], "Comment on MOB-5");
    assert_eq!(asked["missing"][0]["field"], "comment");
}

#[test]
fn links_are_made_and_removed() {
    let office = Office::cloud();
    let links = |key: &str| office.fields(key)["issuelinks"].clone();
    let before = links("MOB-5");
    let plan = office
        .plan(json!({"change": "link", "kind": "blocks", "outward": true, "others": ["mob-7"], "keys": ["MOB-5"]}));
    assert_eq!(change(&plan, "Link").1, "blocks MOB-7");
    office.confirm(&plan);
    let found = links("MOB-5");
    let link = found.as_array().unwrap().iter().find(|link| link["outwardIssue"]["key"] == "MOB-7");
    assert_eq!(link.unwrap()["type"]["name"], "Blocks", "{found:#}");
    let plan = office.plan(
        json!({"change": "link", "kind": "Blocks", "outward": true, "others": ["MOB-7", "MOB-5"], "keys": ["MOB-5"]}),
    );
    assert_eq!(problem(&plan), "It blocks MOB-7 already.");
    office.done(json!({"change": "unlink", "others": ["MOB-7"], "keys": ["MOB-5"]}));
    assert_eq!(links("MOB-5"), before);
    office.undone();
    assert_eq!(links("MOB-5").as_array().unwrap().len(), before.as_array().unwrap().len() + 1);
    office.undone();
    assert_eq!(links("MOB-5"), before);
    let plan = office
        .plan(json!({"change": "link", "kind": "adores", "outward": true, "others": ["MOB-7"], "keys": ["MOB-5"]}));
    assert_eq!(plan["missing"][0]["field"], "link");
}

#[test]
fn watching_and_votes_are_turned_on_and_off() {
    let office = Office::cloud();
    let key = &office
        .keys("project = MOB AND reporter != currentUser() AND watcher != currentUser() AND voter != currentUser()", 1)
        [0];
    let seen =
        || (office.fields(key)["watches"]["isWatching"].clone(), office.fields(key)["votes"]["hasVoted"].clone());
    office.done(json!({"change": "watch", "on": true, "keys": [key]}));
    office.done(json!({"change": "vote", "on": true, "keys": [key]}));
    assert_eq!(seen(), (json!(true), json!(true)));
    office.undone();
    office.undone();
    assert_eq!(seen(), (json!(false), json!(false)));
    let mine = &office.keys("project = MOB AND reporter = currentUser()", 1)[0];
    let plan = office.plan(json!({"change": "vote", "on": true, "keys": [mine]}));
    assert_eq!(problem(&plan), "You cannot vote for an issue that you reported.");
}

#[test]
fn issues_go_into_sprints_and_back() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND type = Bug AND sprint is EMPTY AND statusCategory != Done", 1)[0];
    let open =
        || office.fields(key)["customfield_10020"].as_array().and_then(|list| list.last().cloned()).unwrap_or_default();
    let plan = office.plan(json!({"change": "sprint", "to": "current", "keys": [key]}));
    let (_, name) = change(&plan, "Sprint");
    office.confirm(&plan);
    assert_eq!((&open()["name"], &open()["state"]), (&json!(name), &json!("active")));
    office.done(json!({"change": "sprint", "to": "next", "keys": [key]}));
    assert_eq!(open()["state"], "future");
    office.undone();
    assert_eq!(open()["name"], name);
    office.done(json!({"change": "sprint", "to": "backlog", "keys": [key]}));
    assert_eq!(open(), Value::Null);
    let plan =
        office.plan(json!({"change": "sprint", "to": {"id": "none", "name": "Sprint of nowhere"}, "keys": [key]}));
    assert_eq!(plan["missing"][0]["field"], "sprint");
}

#[test]
fn issues_are_ranked_in_their_order_and_back() {
    let office = Office::cloud();
    let order = |direction: &str| {
        office.keys(&format!("project = MOB AND statusCategory != Done ORDER BY Rank {direction}"), 8)
    };
    let before = order("ASC");
    office.done(json!({"change": "rank", "to": "top", "keys": [before[3], before[5]]}));
    assert_eq!(order("ASC")[..3], [before[3].clone(), before[5].clone(), before[0].clone()]);
    office.undone();
    assert_eq!(order("ASC"), before);
    office.done(json!({"change": "rank", "to": "bottom", "keys": [before[3], before[5]]}));
    assert_eq!(order("DESC")[..2], [before[5].clone(), before[3].clone()]);
    office.done(json!({"change": "rank", "to": "after", "other": before[0], "keys": [before[5]]}));
    assert_eq!(order("ASC")[..2], [before[0].clone(), before[5].clone()]);
}

#[test]
fn an_issue_is_made_with_what_was_missing_and_unmade() {
    let office = Office::cloud();
    office.settings(json!({"granted_permissions": ["MOB:DELETE_ISSUES"]}));
    let plan = office.plan(json!({"change": "create", "summary": "Gangway is **too** short", "fields": [{"field": "labels", "values": ["ferry"]}]}));
    assert_eq!(plan["missing"][0]["field"], "project");
    let plan = office.fill(&plan, json!([{"field": "project", "values": ["mob"]}]));
    assert_eq!(plan["missing"][0]["field"], "issuetype");
    let plan = office.fill(
        &plan,
        json!([{"field": "issuetype", "values": ["Bug"]}, {"field": "description", "values": ["## Why\n\nMeasured."]}]),
    );
    assert_eq!(plan["title"], "Create a new Bug in MOB");
    assert_eq!(change(&plan, "Summary").1, "Gangway is **too** short", "a title is no Markdown");
    let job = office.confirm(&plan);
    let key = job["rows"][0]["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("MOB-"), "{job:#}");
    let made = office.fields(&key);
    assert_eq!((&made["labels"], &made["issuetype"]["name"]), (&json!(["ferry"]), &json!("Bug")));
    assert!(made["description"].as_str().unwrap().contains("h2. Why"), "{made:#}");
    let back = card(&office.stream("panel", "undo", json!({"account": office.account})), "plan");
    assert!(back["twice"].as_str().unwrap().contains("cannot be brought back"), "{back:#}");
    office.confirm(&back);
    assert_eq!(office.rest("GET", &format!("issue/{key}"), Value::Null).0, 404);
}

#[test]
fn a_sub_task_needs_only_its_parent_and_a_name() {
    let office = Office::cloud();
    let parent = &office.keys("project = MOB AND type = Story AND statusCategory != Done", 1)[0];
    let plan =
        office.plan(json!({"change": "create", "parent": parent, "issue_type": "Sub-task", "summary": "Order paint"}));
    assert_eq!(plan["missing"], json!([]), "{plan:#}");
    let job = office.confirm(&plan);
    let made = office.fields(job["rows"][0]["key"].as_str().unwrap());
    assert_eq!((&made["parent"]["key"], &made["issuetype"]["name"]), (&json!(parent), &json!("Sub-task")));
    let plan =
        office.plan(json!({"change": "create", "project": "SUP", "issue_type": "Incident", "summary": "No tickets"}));
    assert_eq!(plan["missing"][0]["field"], "customfield_10052", "an incident wants its severity: {plan:#}");
}

#[test]
fn an_issue_is_cloned_with_a_link() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND type = Bug AND labels is not EMPTY", 1)[0];
    let plan = office.plan(json!({"change": "clone", "keys": [key]}));
    let job = office.confirm(&plan);
    assert_eq!((&job["done"], &job["total"]), (&json!(2), &json!(2)), "{job:#} {plan:#}");
    let copy =
        job["rows"].as_array().unwrap().iter().find(|row| row["key"] != key.as_str()).unwrap()["key"].as_str().unwrap();
    let (old, new) = (office.fields(key), office.fields(copy));
    assert_eq!(new["summary"], format!("CLONE - {}", old["summary"].as_str().unwrap()));
    assert_eq!((&new["labels"], &new["priority"]), (&old["labels"], &old["priority"]));
    assert_eq!(
        (&new["issuelinks"][0]["type"]["name"], &new["issuelinks"][0]["outwardIssue"]["key"]),
        (&json!("Cloners"), &json!(key))
    );
}

#[test]
fn a_file_is_attached_once_it_was_chosen_and_removed_again() {
    let office = Office::cloud();
    let plan = office.plan(json!({"change": "attach", "keys": ["MOB-5"]}));
    assert_eq!(plan["file"]["most_bytes"], 1_048_576);
    let refused = office.stream("panel", "confirm", office.confirmation(&plan));
    assert_eq!(end(&refused)["error"]["message"], "Choose a file first.");
    let mut said = office.confirmation(&plan);
    said["file"] = json!({"name": "note.txt", "media_type": "text/plain", "content": "SGVsbG8="});
    let job = card(&office.stream("panel", "confirm", said), "job");
    assert_eq!(job["done"], 1, "{job:#}");
    let files = office.fields("MOB-5")["attachment"].clone();
    let file = files.as_array().unwrap().last().unwrap();
    assert_eq!((&file["filename"], &file["size"]), (&json!("note.txt"), &json!(5)));
    let kept = office
        .world
        .session()
        .into_iter()
        .chain(office.world.archived().into_iter().map(|(key, record)| (key, record.value)));
    assert!(
        !kept.into_iter().any(|(key, value)| key.contains("file") || value.contains("SGVsbG8")),
        "the file is not kept"
    );
    office.undone();
    assert_eq!(office.fields("MOB-5")["attachment"].as_array().unwrap().len(), files.as_array().unwrap().len() - 1);
}

#[test]
fn a_file_that_is_too_large_is_told_with_both_sizes_and_not_sent() {
    for office in [Office::cloud(), Office::data_center()] {
        office.settings(json!({"attachment_limit": 2000}));
        let plan = office.plan(json!({"change": "attach", "keys": ["MOB-5"]}));
        assert_eq!(plan["file"]["most_bytes"], 2000);
        let with = |size: usize| {
            let mut said = office.confirmation(&plan);
            let content = format!("{}==", "QUFB".repeat(size / 3) + "QQ");
            said["file"] = json!({"name": "tide.csv", "media_type": "text/csv", "content": content});
            said
        };
        let refused = office.stream("panel", "confirm", with(2001));
        assert_eq!(
            end(&refused)["error"]["message"],
            "“tide.csv” has 2.1 kB and cannot be attached: a file may have at most 2 kB here."
        );
        assert_eq!(office.writes(), [""; 0]);
        // The same plan with another file: the one that was refused is not sent in its place.
        let job = card(&office.stream("panel", "confirm", with(1998)), "job");
        assert_eq!(job["done"], 1, "{job:#}");
        let files = office.fields("MOB-5")["attachment"].clone();
        assert_eq!(files.as_array().unwrap().last().unwrap()["size"], 1999);
        office.settings(json!({"attachment_limit": 0}));
        let plan = office.plan(json!({"change": "attach", "keys": ["MOB-5"]}));
        assert_eq!((problem(&plan), &plan["file"]), ("This Jira takes no files.", &Value::Null));
    }
}

#[test]
fn an_estimate_is_taken_back_although_jira_writes_it_in_its_own_way() {
    for office in [Office::cloud(), Office::data_center()] {
        let tracked = |key: &str| {
            let now = office.fields(key)["timetracking"].clone();
            (now["originalEstimate"].clone(), now["remainingEstimate"].clone())
        };
        let key =
            &office.keys("project = MOB AND originalEstimate is EMPTY AND timespent is EMPTY AND type = Bug", 1)[0];
        let (none, day) = (json!(null), json!("1d"));
        let plan = office.plan(edit(key, json!([{"field": "originalEstimate", "values": ["8h"]}])));
        assert_eq!(change(&plan, "Original estimate"), (String::new(), "8h".into()), "{plan:#}");
        office.confirm(&plan);
        assert_eq!(tracked(key), (day.clone(), day.clone()), "eight hours are a day, and all of it is left");
        let back = office.undone();
        assert_eq!(back["stays"], 0, "{back:#}");
        assert_eq!(tracked(key), (none.clone(), none.clone()), "both are empty again");
        // Both at once, then one of them.
        office.done(edit(key, json!([{"field": "originalEstimate", "values": ["90m"]}, {"field": "remainingEstimate", "values": ["60m"]}])));
        assert_eq!(tracked(key), (json!("1h 30m"), json!("1h")));
        let plan = office.plan(edit(key, json!([{"field": "remainingEstimate", "values": ["30m"]}])));
        assert_eq!(change(&plan, "Remaining estimate").0, "1h", "{plan:#}");
        office.confirm(&plan);
        office.done(edit(key, json!([{"field": "originalEstimate", "how": "clear"}])));
        assert_eq!(tracked(key), (none.clone(), json!("30m")));
        (0..3).for_each(|_| drop(office.undone()));
        assert_eq!(tracked(key), (none.clone(), none));
    }
}

#[test]
fn an_estimate_that_somebody_changed_since_is_not_taken_back() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND originalEstimate is EMPTY AND timespent is EMPTY AND type = Bug", 1)[0];
    let plan = office.plan(edit(key, json!([{"field": "originalEstimate", "values": ["8h"]}])));
    let theirs = json!({"fields": {"timetracking": {"originalEstimate": "3h"}}});
    office.rest("PUT", &format!("issue/{key}"), theirs.clone());
    let job = office.confirm(&plan);
    assert_eq!(job["failed"], 1, "where there was none, there is one now: {job:#}");
    office.done(edit(key, json!([{"field": "originalEstimate", "values": ["8h"]}])));
    office.rest("PUT", &format!("issue/{key}"), theirs);
    let back = card(&office.stream("panel", "undo", json!({"account": office.account})), "plan");
    assert!(problem(&back).contains("since it was done"), "{back:#}");
}

#[test]
fn another_field_that_is_called_an_estimate_is_not_taken_for_one_of_time() {
    let office = Office::cloud();
    let plan = office.plan(edit("MOB-5", json!([{"field": "Story point estimate", "values": ["5"]}])));
    assert!(problem(&plan).contains("is not on the screen"), "{plan:#}");
    for called in ["Remaining Estimate", "timeestimate", "remainingEstimate"] {
        let plan = office.plan(edit("MOB-5", json!([{"field": called, "values": ["3d"]}])));
        assert_eq!(change(&plan, "Remaining estimate").1, "3d", "{called}");
    }
}

#[test]
fn a_text_and_a_moment_are_taken_back_however_jira_keeps_them() {
    let office = Office::data_center();
    let key = &office.keys("project = MOB AND type = Bug AND description is not EMPTY", 1)[0];
    let before = office.fields(key)["description"].clone();
    office.done(edit(key, json!([{"field": "description", "values": ["One  \n\n\n- two\n- three\n"]}])));
    assert_eq!(office.undone()["stays"], 0);
    assert_eq!(office.fields(key)["description"], before);
}

#[test]
fn two_changes_of_one_list_in_one_wish_are_both_made() {
    let office = Office::cloud();
    let key = &office.keys("project = MOB AND type = Bug AND labels is not EMPTY", 1)[0];
    let old = office.fields(key)["labels"][0].as_str().unwrap().to_owned();
    let plan = office.plan(edit(
        key,
        json!([{"field": "labels", "how": "add", "values": ["harbour"]}, {"field": "labels", "how": "remove", "values": [old]}]),
    ));
    let rows = plan["rows"][0]["changes"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "one line for one field: {plan:#}");
    office.confirm(&plan);
    let now = office.fields(key)["labels"].clone();
    let now: Vec<&str> = now.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(now.contains(&"harbour") && !now.contains(&old.as_str()), "{now:?}");
    let there_and_back = json!([{"field": "labels", "how": "add", "values": ["quay"]}, {"field": "labels", "how": "remove", "values": ["quay"]}]);
    assert_eq!(problem(&office.plan(edit(key, there_and_back))), "It is so already.");
    // Names are shown, also of what the first of the two has added.
    let names: Vec<Value> =
        office.get("project/MOB/components").as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    let plan = office.plan(edit(
        key,
        json!([{"field": "components", "how": "set", "values": [names[0]]}, {"field": "components", "how": "add", "values": [names[1]]}]),
    ));
    assert_eq!(
        change(&plan, "Components").1,
        format!("{}, {}", names[0].as_str().unwrap(), names[1].as_str().unwrap())
    );
}

#[test]
fn work_is_logged_on_the_day_that_it_is_where_the_person_is() {
    for (hours, today, yesterday) in
        [(13, "2026-11-19", "2026-11-18"), (-11, "2026-11-18", "2026-11-17"), (0, "2026-11-18", "2026-11-17")]
    {
        let office = Office::cloud();
        office.world.go_to(hours);
        for (day, local) in [(Value::Null, today), (json!(yesterday), yesterday)] {
            let plan = office
                .plan(json!({"change": "log_work", "seconds": 7200, "day": day, "comment": "", "keys": ["MOB-5"]}));
            assert_eq!(change(&plan, "Work").1, format!("2h on {local}"), "{hours}");
            office.confirm(&plan);
            let logs = office.get("issue/MOB-5/worklog")["worklogs"].clone();
            let started = logs.as_array().unwrap().last().unwrap()["started"].as_str().unwrap().to_owned();
            let moment = simulator::moment(&format!("{}Z", started.get(..19).unwrap())).unwrap() + hours * 3_600_000;
            let there = chat_for_jira::day::write(moment.div_euclid(86_400_000)).unwrap();
            assert_eq!(there, local, "{hours}: {started}");
            office.undone();
        }
    }
}

#[test]
fn a_sub_task_is_deleted_with_its_parent_and_once() {
    let office = Office::cloud();
    office.settings(json!({"granted_permissions": ["DELETE_ISSUES"]}));
    let below = office.keys("project = MOB AND type = Sub-task", 1).remove(0);
    let parent = office.fields(&below)["parent"]["key"].as_str().unwrap().to_owned();
    let plan = office.plan(json!({"change": "delete", "keys": [below, parent]}));
    assert_eq!((&plan["changes"], &plan["stays"]), (&json!(1), &json!(1)), "{plan:#}");
    let row = plan["rows"].as_array().unwrap().iter().find(|row| row["key"] == below.as_str()).unwrap();
    assert_eq!(row["problem"], format!("It is deleted with {parent}, which it belongs to."));
    let job = office.confirm(&plan);
    assert_eq!((&job["done"], &job["failed"]), (&json!(1), &json!(0)), "{job:#}");
    assert_eq!(office.rest("GET", &format!("issue/{below}"), Value::Null).0, 404);
}

#[test]
fn whoever_is_mentioned_in_a_description_is_told_of() {
    let office = Office::cloud();
    let text = "Ask @[Maria Rossi](712020:maria).";
    let plan = office.plan(edit("MOB-5", json!([{"field": "description", "values": [text]}])));
    let told = |plan: &Value| {
        plan["concerns"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["name"] == "Maria Rossi" && one["role"] == "mentioned")
    };
    assert!(told(&plan), "{plan:#}");
    let new = json!({"change": "create", "project": "MOB", "issue_type": "Bug", "summary": "A", "description": text});
    assert!(told(&office.plan(new)));
}

#[test]
fn deleting_is_for_those_who_may_and_asks_twice_and_is_for_ever() {
    let office = Office::cloud();
    let plan = office.plan(json!({"change": "delete", "keys": ["MOB-9"]}));
    assert_eq!(problem(&plan), "You may not delete this issue.");
    office.settings(json!({"granted_permissions": ["DELETE_ISSUES"]}));
    let plan = office.plan(json!({"change": "delete", "keys": ["MOB-9"]}));
    assert!(plan["twice"].as_str().unwrap().starts_with("Really delete MOB-9"), "{plan:#}");
    let mut once = office.confirmation(&plan);
    once["twice"] = Value::Null;
    assert_eq!(end(&office.stream("panel", "confirm", once))["error"]["code"], "bad_request");
    let job = office.confirm(&plan);
    assert_eq!((&job["done"], &job["can_undo"]), (&json!(1), &json!(false)), "{job:#}");
    assert_eq!(job["undo_note"], "What was deleted cannot be brought back.");
    assert_eq!(office.rest("GET", "issue/MOB-9", Value::Null).0, 404);
}
