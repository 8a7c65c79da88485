//! The fields of an issue, one by one: only those that were asked for are made.

use super::people::user;
use super::{Place, Product, comments, history, links, project, rich, worklogs};
use crate::data::catalog::LINKS;
use crate::data::model::{Attachment, Issue, Link, Site};
use crate::date::{Date, stamp};
use serde_json::{Map, Value, json};

mod configured;

/// Every field, in the order of Jira's answers. Those after `comment` are not navigable.
const ALL: [&str; 48] = [
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
    "attachment",
    "progress",
    "aggregateprogress",
    "issuerestriction",
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

    /// The same for a search, with the changes where `expand` asks for them.
    pub(crate) fn found(&self, issue: &Issue, choice: &Choice, expand: &[&str]) -> Value {
        let mut value = self.issue(issue, choice);
        if expand.contains(&"changelog") {
            value["changelog"] = history::expanded(self, issue);
        }
        value
    }

    fn field(&self, issue: &Issue, name: &str) -> Value {
        match name {
            "summary" => issue.summary.clone().into(),
            "description" => self.description(issue),
            "environment" => issue
                .environment
                .as_ref()
                .map_or(Value::Null, |(plain, raw)| rich::show(self.place.product, self.site, plain, Some(raw))),
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
            "customfield_10016" => points(issue),
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
            "issuelinks" => issue.links.iter().map(|link| self.link(link)).collect(),
            "subtasks" => self.subtasks(issue),
            "timetracking" => timetracking(issue),
            "progress" | "aggregateprogress" => progress(issue),
            "issuerestriction" => json!({"issuerestrictions": {}, "shouldDisplay": false}),
            "attachment" => issue.attachments.iter().map(|file| self.attachment(file)).collect(),
            _ => self.configured(issue, name),
        }
    }

    fn description(&self, issue: &Issue) -> Value {
        let text = issue.description.as_deref();
        text.map_or(Value::Null, |text| rich::show(self.place.product, self.site, text, issue.raw.as_ref()))
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

    /// The name that this product knows a person by.
    pub(crate) fn person_id(&self, id: &str) -> Value {
        match (self.place.product, self.site.user(id)) {
            (Product::DataCenter, Some(user)) => user.name.clone().into(),
            _ => id.into(),
        }
    }

    /// What other issues tell of an issue.
    pub(crate) fn brief(&self, key: &str) -> Value {
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
        self.site.each().filter(of).map(|other| self.brief(&other.key)).collect()
    }

    /// A link.
    pub(crate) fn link(&self, link: &Link) -> Value {
        let kind = LINKS.iter().find(|kind| kind.name == link.kind);
        let Some(kind) = kind else { return Value::Null };
        let side = if link.outward { "outwardIssue" } else { "inwardIssue" };
        let id = link.id.to_string();
        json!({"id": id, "self": format!("{}/issueLink/{id}", self.place.rest),
            "type": links::kind(&self.place.rest, kind),
            side: self.brief(&link.key)})
    }

    /// A file.
    pub(crate) fn attachment(&self, file: &Attachment) -> Value {
        let (rest, id) = (&self.place.rest, file.id);
        let content = match self.place.product {
            Product::Cloud => format!("{rest}/attachment/content/{id}"),
            Product::DataCenter => format!("{}/dc/secure/attachment/{id}/{}", self.place.base, file.name),
        };
        json!({"self": format!("{rest}/attachment/{id}"), "id": id.to_string(), "filename": file.name,
            "author": self.person(&file.author), "created": stamp(file.created), "size": file.content.len(),
            "mimeType": file.kind, "content": content})
    }

    fn worklog(&self, issue: &Issue) -> Value {
        let logs: Vec<Value> = issue.worklogs.iter().take(20).map(|log| worklogs::one(self, issue, log)).collect();
        json!({"startAt": 0, "maxResults": 20, "total": issue.worklogs.len(), "worklogs": logs})
    }
}

/// Story points are a number with a fraction, even where there is none.
fn points(issue: &Issue) -> Value {
    issue.story_points.and_then(|points| format!("{points}.0").parse::<f64>().ok()).into()
}

fn progress(issue: &Issue) -> Value {
    let done = issue.time_spent.unwrap_or(0);
    let total = done + issue.remaining_estimate.unwrap_or(0);
    let mut value = json!({"progress": done, "total": total});
    if total > 0 {
        value["percent"] = (done * 100 / total).into();
    }
    value
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
pub(crate) fn spelled(seconds: i64) -> String {
    let minutes = seconds / 60;
    let parts = [(minutes / 2400, "w"), (minutes / 480 % 5, "d"), (minutes / 60 % 8, "h"), (minutes % 60, "m")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if words.is_empty() { "0m".into() } else { words.join(" ") }
}
