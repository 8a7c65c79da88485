//! A site written down as JSON (the shape of `/_control/issues`), as the simulator's own data.

use crate::data::catalog::CATALOG;
use crate::data::model::{
    Attachment, Category, Change, Comment, Component, Group, IssueType, Link, LinkType, Named, Project, Sprint,
    SprintState, Status, User, Version, Worklog,
};
use crate::data::{Issue, Site, catalog::Catalog};
use crate::date::{self, Date};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The same from what was read.
pub(super) fn site(site: &Value, issues: &Value) -> (Site, i64) {
    let catalog = catalog(site);
    let mut loaded = Site {
        cloud_id: text(&site["cloudId"]),
        name: "loaded".into(),
        title: "Loaded".into(),
        catalog,
        users: list(&site["users"]).map(user).collect(),
        groups: list(&site["groups"]).map(group).collect(),
        me: text(&site["currentUser"]),
        projects: list(&site["projects"]).map(|one| project(site, one)).collect(),
        issues: list(issues).map(|one| Arc::new(issue(&catalog, one))).collect(),
        places: HashMap::new(),
        last_id: 1_000_000,
    };
    loaded.issues.sort_by(|left, right| (left.created, &left.key).cmp(&(right.created, &right.key)));
    loaded.find_places();
    (loaded, moment(&site["now"]))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Names of configured things live as long as the program.
fn name(value: &Value) -> &'static str {
    text(value).leak()
}

fn maybe(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).map(text).collect()
}

fn moment(value: &Value) -> i64 {
    date::parse(value.as_str().unwrap_or_default()).unwrap_or_else(|| panic!("no moment: {value}"))
}

fn catalog(site: &Value) -> Catalog {
    let named = |list_of: &Value| -> &'static [Named] {
        let one = |one: &Value| Named { id: name(&one["id"]), name: name(&one["name"]), description: "" };
        list(list_of).map(one).collect::<Vec<_>>().leak()
    };
    let options = |field: &str| -> &'static [(&'static str, &'static str)] {
        let all = list(&site["fieldOptions"][field]);
        all.map(|one| (name(&one["id"]), name(&one["value"]))).collect::<Vec<_>>().leak()
    };
    let kind = |one: &Value| IssueType {
        id: name(&one["id"]),
        name: name(&one["name"]),
        description: "",
        subtask: one["subtask"].as_bool().unwrap(),
        level: one["hierarchyLevel"].as_i64().unwrap(),
    };
    let link = |one: &Value| LinkType {
        id: name(&one["id"]),
        name: name(&one["name"]),
        inward: name(&one["inward"]),
        outward: name(&one["outward"]),
    };
    Catalog {
        statuses: list(&site["statuses"]).map(status).collect::<Vec<_>>().leak(),
        types: list(&site["issueTypes"]).map(kind).collect::<Vec<_>>().leak(),
        priorities: named(&site["priorities"]),
        resolutions: named(&site["resolutions"]),
        links: list(&site["issueLinkTypes"]).map(link).collect::<Vec<_>>().leak(),
        severities: options("customfield_10052"),
        teams: options("customfield_10050"),
    }
}

fn status(one: &Value) -> Status {
    let category = [Category::ToDo, Category::InProgress, Category::Done]
        .into_iter()
        .find(|category| one["statusCategory"]["key"] == category.key())
        .unwrap();
    Status { id: name(&one["id"]), name: name(&one["name"]), description: "", category }
}

fn user(one: &Value) -> User {
    User {
        account_id: text(&one["accountId"]),
        display_name: text(&one["displayName"]),
        email: text(&one["emailAddress"]),
        active: one["active"].as_bool().unwrap(),
        account_type: name(&one["accountType"]),
        name: text(&one["accountId"]),
        zone: 0,
    }
}

fn group(one: &Value) -> Group {
    Group { id: text(&one["groupId"]), name: text(&one["name"]), members: texts(&one["members"]) }
}

fn project(site: &Value, one: &Value) -> Project {
    let key = text(&one["key"]);
    let component = |one: &Value| Component {
        id: text(&one["id"]),
        name: text(&one["name"]),
        lead: text(&one["lead"]["accountId"]),
    };
    let version = |one: &Value| Version {
        id: text(&one["id"]),
        name: text(&one["name"]),
        released: one["released"].as_bool().unwrap(),
        date: Date::parse(one["releaseDate"].as_str().unwrap()).unwrap(),
    };
    // The boards say whose sprints they are; without them the name of the sprint does.
    let of_project = |sprint: &&Value| match list(&site["boards"]).find(|board| board["id"] == sprint["originBoardId"])
    {
        Some(board) => board["location"]["projectKey"] == key,
        None => text(&sprint["name"]).starts_with(&format!("{key} ")),
    };
    let category = &one["projectCategory"];
    Project {
        id: text(&one["id"]),
        name: text(&one["name"]),
        kind: name(&one["projectTypeKey"]),
        category: (name(&category["id"]), name(&category["name"])),
        lead: text(&one["lead"]["accountId"]),
        components: list(&site["components"][&key]).map(component).collect(),
        versions: list(&site["versions"][&key]).map(version).collect(),
        sprints: list(&site["sprints"]).filter(of_project).map(sprint).collect(),
        last_number: 10_000,
        key,
    }
}

fn sprint(one: &Value) -> Sprint {
    let when = |name: &str| one[name].as_str().map_or(i64::MAX, |text| date::parse(text).unwrap());
    let state = [SprintState::Closed, SprintState::Active, SprintState::Future]
        .into_iter()
        .find(|state| one["state"] == state.name())
        .unwrap();
    Sprint {
        id: one["id"].as_u64().unwrap(),
        name: text(&one["name"]),
        board: one["originBoardId"].as_u64().unwrap(),
        state,
        start: when("startDate"),
        end: when("endDate"),
        goal: String::new(),
    }
}

fn issue(catalog: &Catalog, one: &Value) -> Issue {
    let key = text(&one["key"]);
    Issue {
        id: text(&one["id"]).parse().unwrap(),
        number: key.rsplit_once('-').unwrap().1.parse().unwrap(),
        key,
        project: text(&one["project"]),
        kind: name(&one["type"]),
        summary: text(&one["summary"]),
        description: maybe(&one["description"]),
        status: name(&one["status"]),
        category_changed: moment(&one["statusCategoryChanged"]),
        priority: name(&one["priority"]),
        resolution: one["resolution"].as_str().map(|_| name(&one["resolution"])),
        assignee: maybe(&one["assignee"]),
        reporter: text(&one["reporter"]),
        creator: text(&one["creator"]),
        created: moment(&one["created"]),
        updated: moment(&one["updated"]),
        resolved: one["resolved"].as_str().map(|_| moment(&one["resolved"])),
        due: one["due"].as_str().map(|day| Date::parse(day).unwrap()),
        labels: texts(&one["labels"]),
        components: texts(&one["components"]),
        fix_versions: texts(&one["fixVersions"]),
        affected_versions: texts(&one["affectedVersions"]),
        sprints: list(&one["sprints"]).map(|id| id.as_u64().unwrap()).collect(),
        parent: maybe(&one["parent"]),
        flagged: one["flagged"].is_string(),
        ..more(catalog, one)
    }
}

/// The custom fields, numbers, people and events of an issue.
fn more(catalog: &Catalog, one: &Value) -> Issue {
    let option = |value: &Value| value.as_str().map(|_| name(value));
    let points = one["storyPoints"].as_f64().map(|points| format!("{points}").parse().expect("whole points"));
    Issue {
        story_points: points,
        team: option(&one["team"]),
        severity: option(&one["severity"]),
        customer: maybe(&one["customer"]),
        original_estimate: one["originalEstimate"].as_i64(),
        remaining_estimate: one["remainingEstimate"].as_i64(),
        time_spent: one["timespent"].as_i64(),
        watchers: texts(&one["watchers"]),
        voters: texts(&one["voters"]),
        attachments: list(&one["attachments"]).map(attachment).collect(),
        links: list(&one["links"]).map(|link| linked(catalog, link)).collect(),
        comments: list(&one["comments"]).map(comment).collect(),
        worklogs: list(&one["worklogs"]).map(worklog).collect(),
        changelog: list(&one["changelog"]).map(change).collect(),
        ..Issue::default()
    }
}

fn attachment(one: &Value) -> Attachment {
    let (author, kind) = (String::new(), "text/plain".into());
    Attachment { id: 1, name: text(one), author, created: 0, kind, content: Arc::from([]) }
}

fn linked(catalog: &Catalog, one: &Value) -> Link {
    let words = name(&one["name"]);
    let kind = catalog.links.iter().find(|kind| [kind.inward, kind.outward].contains(&words)).unwrap();
    Link { id: 1, words, kind: kind.name, outward: kind.outward == words, key: text(&one["key"]) }
}

fn comment(one: &Value) -> Comment {
    Comment {
        id: 1,
        author: text(&one["author"]),
        created: moment(&one["created"]),
        body: text(&one["body"]),
        raw: None,
        edited: None,
        only_for: None,
    }
}

fn worklog(one: &Value) -> Worklog {
    let started = moment(&one["started"]);
    Worklog {
        id: 1,
        author: text(&one["author"]),
        started,
        seconds: one["timeSpentSeconds"].as_i64().unwrap(),
        created: started,
        updated: started,
        comment: None,
        raw: None,
    }
}

fn change(one: &Value) -> Change {
    Change {
        created: moment(&one["created"]),
        author: text(&one["author"]),
        field: name(&one["field"]),
        from: maybe(&one["from"]),
        to: maybe(&one["to"]),
    }
}

#[test]
fn what_the_simulator_writes_down_is_read_back() {
    let (original, now) = (&crate::testing::WORLD.sites[0], *crate::testing::NOW);
    let written = crate::data::export::everything(original, now);
    let (loaded, loaded_now) = site(&written["site"], &written["issues"]);
    assert_eq!(loaded_now, now);
    assert_eq!(loaded.catalog.statuses.len(), CATALOG.statuses.len());
    let again = crate::data::export::everything(&loaded, now);
    assert_eq!(again["issues"], written["issues"]);
    for part in ["users", "groups", "projects", "statuses", "versions", "components", "issueLinkTypes"] {
        assert_eq!(again["site"][part], written["site"][part], "{part}");
    }
}
