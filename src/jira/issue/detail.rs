//! One issue whole: what a person wants to know before doing something with it.

use super::{IssueRow, ROW_FIELDS, StatusCategory, text};
use crate::error::Result;
use crate::jira::requests::issues as requests;
use crate::jira::value;
use crate::jira::{Jira, error};
use crate::jql::fields::Type;
use crate::platform::Platform;
use crate::rich::{self, Document};
use crate::vocabulary::{Entry, Kind, Vocabulary};
use serde::Serialize;
use serde_json::Value;

/// So many comments are shown, the newest,
const COMMENTS: usize = 5;
/// and so many changes.
const CHANGES: usize = 10;
/// What is asked for beside what a row shows.
const MORE: [&str; 7] = ["description", "reporter", "created", "labels", "comment", "issuelinks", "subtasks"];
/// What is shown where there is something: what Jira's interface calls it, and what people do.
const FIELDS: [(&str, &str); 6] = [
    ("parent", "Parent"),
    ("resolution", "Resolution"),
    ("components", "Components"),
    ("fixVersions", "Fix versions"),
    ("versions", "Affects versions"),
    ("environment", "Environment"),
];

/// One issue whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IssueDetail {
    /// What a row shows.
    pub row: IssueRow,
    /// The description.
    pub description: Document,
    /// Who reported it.
    pub reporter: Option<String>,
    /// ISO 8601 text.
    pub created: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// What else is filled in.
    pub fields: Vec<FieldView>,
    /// The newest comments, oldest of them first.
    pub comments: Vec<CommentView>,
    /// How many comments there are in all.
    pub comment_total: u32,
    /// Its sub-tasks and the issues it is linked to.
    pub links: Vec<LinkView>,
    /// The newest changes, newest first.
    pub history: Vec<ChangeView>,
    /// The steps that the person can take with it.
    pub transitions: Vec<Transition>,
}

/// A field with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FieldView {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CommentView {
    /// Who wrote it.
    pub author: String,
    /// ISO 8601 text.
    pub created: String,
    /// What it says.
    pub body: Document,
}

/// Another issue, and what it has to do with this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinkView {
    /// As the site says it: `is blocked by`; `subtask` for those.
    pub phrase: String,
    /// The other's key.
    pub key: String,
    /// Its page in Jira.
    pub url: String,
    /// Its title.
    pub summary: String,
    /// The name of its status.
    pub status: String,
    /// Which kind of status that is.
    pub status_category: StatusCategory,
}

/// One change of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChangeView {
    /// Who changed it.
    pub author: String,
    /// ISO 8601 text.
    pub at: String,
    /// What the field is called.
    pub field: String,
    /// What it held; empty for nothing.
    pub from: String,
    /// What it holds since; empty for nothing.
    pub to: String,
}

/// A step that can be taken with an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Transition {
    /// What it is called.
    pub name: String,
    /// The name of the status it leads to.
    pub to: String,
    /// Which kind of status that is.
    pub to_category: StatusCategory,
}

impl<P: Platform> Jira<'_, P> {
    /// One issue by its key, with the fields of this site that people look for. Error: `not_found` if it does not exist or is
    /// hidden.
    pub async fn issue(&self, key: &str, names: &Vocabulary) -> Result<IssueDetail> {
        let own: Vec<&Entry> = own_fields(names).collect();
        let fields = ROW_FIELDS.iter().copied().chain(MORE).chain(FIELDS.iter().map(|(id, _)| *id));
        let fields: Vec<&str> = fields.chain(own.iter().map(|field| field.id.as_str())).collect();
        let found = self.send(&requests::show_all(key, &fields)).await?;
        self.read_detail(&found, &own).ok_or_else(error::unreadable)
    }

    fn read_detail(&self, issue: &Value, own: &[&Entry]) -> Option<IssueDetail> {
        let fields = &issue["fields"];
        let comments = list(&fields["comment"]["comments"]);
        let newest = comments.get(comments.len().saturating_sub(COMMENTS)..).unwrap_or_default();
        let total = fields["comment"]["total"].as_u64().and_then(|total| u32::try_from(total).ok());
        let shown = FIELDS.iter().copied().chain(own.iter().map(|field| (field.id.as_str(), field.name.as_str())));
        let shown = shown.map(|(id, name)| FieldView { name: name.to_owned(), text: value::line(&fields[id]) });
        Some(IssueDetail {
            row: self.read_row(issue)?,
            description: rich::of_field(&fields["description"]),
            reporter: fields["reporter"]["displayName"].as_str().map(str::to_owned),
            created: text(&fields["created"]),
            labels: list(&fields["labels"]).iter().map(text).collect(),
            fields: shown.filter(|field| !field.text.is_empty()).collect(),
            comments: newest.iter().map(read_comment).collect(),
            comment_total: total.or_else(|| u32::try_from(comments.len()).ok()).unwrap_or_default(),
            links: self.read_links(fields),
            history: changes(&issue["changelog"]),
            transitions: list(&issue["transitions"]).iter().map(read_step).collect(),
        })
    }

    fn read_links(&self, fields: &Value) -> Vec<LinkView> {
        let link = |phrase: String, other: &Value| {
            let key = other["key"].as_str()?.to_owned();
            let status = &other["fields"]["status"];
            Some(LinkView {
                phrase,
                url: self.browse_url(&key),
                key,
                summary: text(&other["fields"]["summary"]),
                status: text(&status["name"]),
                status_category: StatusCategory::of(status),
            })
        };
        let below = list(&fields["subtasks"]).iter().filter_map(|other| link("subtask".to_owned(), other));
        let linked = list(&fields["issuelinks"]).iter().filter_map(|one| {
            let outward = one["outwardIssue"].is_object();
            let (phrase, other) = if outward { ("outward", "outwardIssue") } else { ("inward", "inwardIssue") };
            link(text(&one["type"][phrase]), &one[other])
        });
        below.chain(linked).collect()
    }
}

/// The site's own fields that belong to every issue's picture: where it is planned, and how large it is.
fn own_fields(names: &Vocabulary) -> impl Iterator<Item = &Entry> {
    let shown = |entry: &&Entry| match entry.facts.as_ref().map(|facts| facts.kind) {
        Some(Type::Sprint) => true,
        Some(Type::Number) => entry.name.to_lowercase().contains("point"),
        _ => false,
    };
    names.entries(Kind::Field).iter().filter(|entry| entry.id.starts_with("customfield_")).filter(shown).take(4)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn read_comment(comment: &Value) -> CommentView {
    CommentView {
        author: text(&comment["author"]["displayName"]),
        created: text(&comment["created"]),
        body: rich::of_field(&comment["body"]),
    }
}

fn read_step(step: &Value) -> Transition {
    let to = &step["to"];
    Transition { name: text(&step["name"]), to: text(&to["name"]), to_category: StatusCategory::of(to) }
}

/// Newest first, whichever way Jira sends them: Cloud and Data Center differ.
fn changes(log: &Value) -> Vec<ChangeView> {
    let mut histories: Vec<&Value> = list(&log["histories"]).iter().collect();
    histories.sort_by_key(|one| std::cmp::Reverse(text(&one["created"])));
    let all = histories.into_iter().flat_map(|one| {
        list(&one["items"]).iter().map(|item| ChangeView {
            author: text(&one["author"]["displayName"]),
            at: text(&one["created"]),
            field: text(&item["field"]),
            from: text(&item["fromString"]),
            to: text(&item["toString"]),
        })
    });
    all.take(CHANGES).collect()
}
