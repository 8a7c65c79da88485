//! The fields of an issue, one by one: only those that were asked for are made.

use super::people::user;
use super::{Place, Product, adf, comments, project, wiki};
use crate::data::catalog::LINKS;
use crate::data::model::{Issue, Link, Site};
use crate::date::{Date, stamp};
use serde_json::{Map, Value, json};

mod configured;

/// Every field, in the order of Jira's answers. Those after `comment` are not navigable.
const ALL: [&str; 44] = [
    "statuscategorychangedate",
    "issuetype",
    "timespent",
    "project",
    "fixVersions",
    "aggregatetimespent",
    "resolution",
    "resolutiondate",
    "workratio",
    "watches",
    "lastViewed",
    "created",
    "customfield_10014",
    "customfield_10016",
    "customfield_10020",
    "customfield_10021",
    "customfield_10050",
    "customfield_10051",
    "customfield_10052",
    "priority",
    "labels",
    "aggregatetimeoriginalestimate",
    "timeestimate",
    "versions",
    "issuelinks",
    "assignee",
    "updated",
    "status",
    "components",
    "timeoriginalestimate",
    "description",
    "security",
    "aggregatetimeestimate",
    "summary",
    "creator",
    "subtasks",
    "reporter",
    "environment",
    "duedate",
    "votes",
    "parent",
    "comment",
    "worklog",
    "timetracking",
];

/// Fields that `*navigable` leaves out.
const NOT_NAVIGABLE: [&str; 3] = ["comment", "worklog", "timetracking"];

/// Which fields an answer has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice(Vec<&'static str>);

impl Choice {
    /// What `fields` asks for: names, `*all`, `*navigable`, and `-name` to leave one out. An unknown name is passed over.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut chosen: Vec<&'static str> = Vec::new();
        for word in words.map(str::trim) {
            match word {
                "*all" => chosen.extend(ALL),
                "*navigable" => chosen.extend(ALL.iter().filter(|name| !NOT_NAVIGABLE.contains(name))),
                _ => match word.strip_prefix('-') {
                    Some(without) => {
                        if chosen.is_empty() {
                            chosen.extend(ALL);
                        }
                        chosen.retain(|name| *name != without);
                    }
                    None => chosen.extend(ALL.iter().filter(|name| name.eq_ignore_ascii_case(word))),
                },
            }
        }
        Self(chosen)
    }

    /// Whether nothing but id and key is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whose issue, how written.
pub(crate) struct Writer<'a> {
    pub(crate) place: &'a Place,
    pub(crate) site: &'a Site,
    /// The accountId of the person who asks.
    pub(crate) me: &'a str,
}

impl Writer<'_> {
    /// An issue with the chosen fields.
    pub(crate) fn issue(&self, issue: &Issue, choice: &Choice) -> Value {
        let fields: Map<String, Value> =
            choice.0.iter().map(|name| ((*name).to_owned(), self.field(issue, name))).collect();
        json!({
            "expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
            "id": issue.id.to_string(), "self": format!("{}/issue/{}", self.place.rest, issue.id), "key": issue.key,
            "fields": fields,
        })
    }

    fn field(&self, issue: &Issue, name: &str) -> Value {
        match name {
            "summary" => issue.summary.clone().into(),
            "description" => issue.description.as_deref().map_or(Value::Null, |text| self.rich(text)),
            "created" => stamp(issue.created).into(),
            "updated" => stamp(issue.updated).into(),
            "resolutiondate" => issue.resolved.map(stamp).into(),
            "statuscategorychangedate" => stamp(issue.category_changed).into(),
            "duedate" => issue.due.map(Date::iso).into(),
            "labels" => json!(issue.labels),
            "timespent" | "aggregatetimespent" => issue.time_spent.into(),
            "timeestimate" | "aggregatetimeestimate" => issue.remaining_estimate.into(),
            "timeoriginalestimate" | "aggregatetimeoriginalestimate" => issue.original_estimate.into(),
            "workratio" => (-1).into(),
            "customfield_10016" => issue
                .story_points
                .map(|points| format!("{points}.0"))
                .and_then(|points| points.parse::<f64>().ok())
                .into(),
            "customfield_10051" => issue.customer.clone().into(),
            "project" => {
                self.site.project(&issue.project).map_or(Value::Null, |found| project::short(self.place, found))
            }
            "watches" | "votes" => self.counted(issue, name),
            "assignee" => issue.assignee.as_deref().map_or(Value::Null, |id| self.person(id)),
            "reporter" => self.person(&issue.reporter),
            "creator" => self.person(&issue.creator),
            "comment" => comments::field(self, issue),
            "worklog" => self.worklog(issue),
            "parent" => issue.parent.as_deref().map_or(Value::Null, |key| self.brief(key)),
            "issuelinks" => issue.links.iter().map(|link| self.link(issue, link)).collect(),
            "subtasks" => self.subtasks(issue),
            "timetracking" => timetracking(issue),
            _ => self.configured(issue, name),
        }
    }

    /// A text in the product's own manner.
    pub(crate) fn rich(&self, text: &str) -> Value {
        match self.place.product {
            Product::Cloud => adf::document(self.site, text),
            Product::DataCenter => wiki::text(self.site, text).into(),
        }
    }

    /// A person by accountId.
    pub(crate) fn person(&self, id: &str) -> Value {
        self.site.user(id).map_or(Value::Null, |person| user(self.place, person))
    }

    fn counted(&self, issue: &Issue, name: &str) -> Value {
        let address = |path: &str| format!("{}/issue/{}/{path}", self.place.rest, issue.key);
        let mine = |list: &[String]| list.iter().any(|person| person == self.me);
        if name == "watches" {
            json!({"self": address("watchers"), "watchCount": issue.watchers.len(), "isWatching": mine(&issue.watchers)})
        } else {
            json!({"self": address("votes"), "votes": issue.voters.len(), "hasVoted": mine(&issue.voters)})
        }
    }

    fn brief(&self, key: &str) -> Value {
        let Some(issue) = self.site.issue(key) else { return Value::Null };
        let fields = Choice(vec!["summary", "status", "priority", "issuetype"]);
        let mut value = self.issue(issue, &fields);
        if let Some(members) = value.as_object_mut() {
            members.remove("expand");
        }
        value
    }

    fn subtasks(&self, issue: &Issue) -> Value {
        let of = |other: &&Issue| other.kind == "Sub-task" && other.parent.as_deref() == Some(issue.key.as_str());
        self.site.issues.iter().filter(of).map(|other| self.brief(&other.key)).collect()
    }

    fn link(&self, issue: &Issue, link: &Link) -> Value {
        let kind = LINKS.iter().find(|kind| kind.name == link.kind);
        let Some(kind) = kind else { return Value::Null };
        let side = if link.outward { "outwardIssue" } else { "inwardIssue" };
        let id = format!("{}{}", issue.id, crate::random::fingerprint(&format!("{}{}", link.key, link.words)));
        json!({"id": id, "self": format!("{}/issueLink/{id}", self.place.rest),
            "type": {"id": kind.id, "name": kind.name, "inward": kind.inward, "outward": kind.outward,
                "self": format!("{}/issueLinkType/{}", self.place.rest, kind.id)},
            side: self.brief(&link.key)})
    }

    fn worklog(&self, issue: &Issue) -> Value {
        let logs: Vec<Value> = issue
            .worklogs
            .iter()
            .map(|log| {
                json!({"author": self.person(&log.author), "started": stamp(log.started), "timeSpentSeconds": log.seconds,
                    "timeSpent": spelled(log.seconds), "issueId": issue.id.to_string()})
            })
            .collect();
        json!({"startAt": 0, "maxResults": 20, "total": logs.len(), "worklogs": logs})
    }
}

fn timetracking(issue: &Issue) -> Value {
    let mut value = json!({});
    let spans = [
        ("originalEstimate", issue.original_estimate),
        ("remainingEstimate", issue.remaining_estimate),
        ("timeSpent", issue.time_spent),
    ];
    for (name, seconds) in spans {
        if let Some(seconds) = seconds {
            value[name] = spelled(seconds).into();
            value[format!("{name}Seconds")] = seconds.into();
        }
    }
    value
}

/// A span of working time in Jira's words: `1w 2d 3h 30m`, with days of eight hours and weeks of five days.
fn spelled(seconds: i64) -> String {
    let minutes = seconds / 60;
    let parts = [(minutes / 2400, "w"), (minutes / 480 % 5, "d"), (minutes / 60 % 8, "h"), (minutes % 60, "m")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if words.is_empty() { "0m".into() } else { words.join(" ") }
}
