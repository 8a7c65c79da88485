//! `fields` and `update` of a request, read and checked against the screen: every field that is wrong is told at once.

use super::call::{Call, Refused};
use super::change::Set;
use super::field_list::{self, Holds};
use super::rich::{self, Unfit};
use super::{refusal, screen};
use crate::data::catalog::{PRIORITIES, SEVERITIES, TEAMS, TYPES, type_of};
use crate::data::model::{Issue, Project, SprintState, User};
use crate::data::workflow;
use serde_json::{Map, Value};

mod named;
mod spans;

pub(crate) use named::one_of;
use named::{day, fits, labels, name_of, option, several, summary, whole};
pub(crate) use spans::seconds;

/// Where values are to go: which project's screen, and which issue if there is one already.
#[derive(Clone, Copy)]
pub(crate) struct Goal<'a> {
    pub(crate) call: &'a Call,
    pub(crate) project: &'a Project,
    pub(crate) kind: &'static str,
    pub(crate) issue: Option<&'a Issue>,
}

/// Sentences by field.
pub(crate) type Problems = Map<String, Value>;

/// What one field comes to, or the sentence that says what is wrong with it.
type Checked<T> = Result<T, String>;

impl Goal<'_> {
    /// All that a request sets. `fields` come first; a field in both is refused, as Jira does.
    pub(crate) fn read(&self, body: &Value, problems: &mut Problems) -> Vec<Set> {
        let mut sets = Vec::new();
        let (empty, fields) = (Map::new(), body.get("fields").and_then(Value::as_object));
        let update = body.get("update").and_then(Value::as_object);
        for (id, value) in fields.unwrap_or(&empty) {
            self.take(id, self.set(id, value), &mut sets, problems);
        }
        for (id, operations) in update.unwrap_or(&empty) {
            if fields.is_some_and(|fields| fields.contains_key(id)) {
                let text = format!("Field '{id}' cannot appear in both 'fields' and 'update'");
                problems.insert(id.clone(), text.into());
            } else if !["comment", "worklog", "issuelinks"].contains(&id.as_str()) {
                self.take(id, self.operate(id, operations), &mut sets, problems);
            }
        }
        sets
    }

    fn take(&self, id: &str, found: Checked<Option<Set>>, sets: &mut Vec<Set>, problems: &mut Problems) {
        match found {
            Ok(set) => sets.extend(set),
            Err(text) => {
                problems.insert(id.to_owned(), text.into());
            }
        }
    }

    /// The operations of one field, turned into its new value.
    fn operate(&self, id: &str, operations: &Value) -> Checked<Option<Set>> {
        let operations = operations.as_array().ok_or("data was not an array")?;
        let mut value = self.issue.map_or(Value::Array(Vec::new()), |issue| current(issue, id));
        for operation in operations {
            let (verb, what) =
                operation.as_object().and_then(|one| one.iter().next()).ok_or("data was not an object")?;
            let list = || value.as_array().cloned().unwrap_or_default();
            let same = |one: &Value| one == what || name_of(one).is_some() && name_of(one) == name_of(what);
            value = match verb.as_str() {
                "set" => what.clone(),
                "add" => list().into_iter().filter(|one| !same(one)).chain([what.clone()]).collect(),
                "remove" => list().into_iter().filter(|one| !same(one)).collect(),
                other => return Err(format!("Unsupported operation '{other}' for field '{id}'.")),
            };
        }
        self.set(id, &value)
    }

    fn set(&self, id: &str, value: &Value) -> Checked<Option<Set>> {
        let known = field_list::field(id).filter(|field| screen::has(self.project, self.kind, field));
        let Some(field) = known else {
            return Err(format!("Field '{id}' cannot be set. It is not on the appropriate screen, or unknown."));
        };
        if matches!(field.holds, Holds::Many(_)) && id != "customfield_10020" && !value.is_array() && !value.is_null() {
            return Err("data was not an array".into());
        }
        let set = match id {
            "summary" => Set::Summary(summary(value)?),
            "description" => Set::Description(self.rich(value)?),
            "environment" => Set::Environment(self.rich(value)?),
            "issuetype" => Set::Kind(self.kind(value)?),
            "project" => return self.same_project(value),
            "priority" => Set::Priority(one_of(&PRIORITIES, value, "Priority")?),
            "assignee" => Set::Assignee(self.person(value)?.map(|user| self.assignable(user)).transpose()?),
            "reporter" => Set::Reporter(self.person(value)?.ok_or("Reporter is required.")?.account_id.clone()),
            "labels" => Set::Labels(labels(value)?),
            "components" => {
                let known = self.project.components.iter().map(|one| (one.id.as_str(), one.name.as_str()));
                Set::Components(several(value, &known.collect::<Vec<_>>(), "Component")?)
            }
            "fixVersions" => Set::FixVersions(several(value, &self.versions(), "Version")?),
            "versions" => Set::AffectedVersions(several(value, &self.versions(), "Version")?),
            "duedate" => Set::Due(day(value)?),
            "parent" => Set::Parent(self.parent(value)?),
            _ => return self.custom(id, value).map(Some),
        };
        Ok(Some(set))
    }

    fn custom(&self, id: &str, value: &Value) -> Checked<Set> {
        Ok(match id {
            "timetracking" => {
                // An empty text empties it; nothing leaves it as it is.
                let read = |span: &Value| match span.as_str() {
                    Some("") => Ok(None),
                    _ => seconds(span).map(Some).ok_or("Invalid time tracking value"),
                };
                let part = |name: &str| value.get(name).filter(|span| !span.is_null()).map(read).transpose();
                Set::Estimates(part("originalEstimate")?, part("remainingEstimate")?)
            }
            "customfield_10016" => Set::Points(match value {
                Value::Null => None,
                value => Some(whole(value).ok_or("Operation value must be a number")?),
            }),
            "customfield_10020" => Set::Sprints(self.sprints(value)?),
            "customfield_10021" => Set::Flagged(!several(value, &[("10700", "Impediment")], "Option")?.is_empty()),
            "customfield_10050" => Set::Team(option(&TEAMS, value)?),
            "customfield_10052" => Set::Severity(option(&SEVERITIES, value)?),
            _ => Set::Customer(match value {
                Value::Null => None,
                value => Some(value.as_str().ok_or("Operation value must be a string")?.to_owned()),
            }),
        })
    }

    fn rich(&self, value: &Value) -> Checked<Option<rich::Written>> {
        if value.is_null() {
            return Ok(None);
        }
        let read = rich::read(self.call.place.product, value);
        read.map(Some).map_err(|why| match (why, self.call.cloud()) {
            (Unfit::TooLong, _) => {
                "The entered text is too long. It exceeds the allowed limit of 32,767 characters.".into()
            }
            (_, true) => "Operation value must be an Atlassian Document (see the Atlassian Document Format)".into(),
            (_, false) => "Operation value must be a string".into(),
        })
    }

    fn kind(&self, value: &Value) -> Checked<&'static str> {
        let kinds = workflow::types(self.project.kind);
        let known = TYPES.iter().filter(|kind| kinds.contains(&kind.name));
        let found =
            known.into_iter().find(|kind| fits(value, kind.id, kind.name)).ok_or("Specify a valid issue type")?;
        if self.issue.is_some() && found.subtask != type_of(self.kind).subtask {
            return Err("The issue type selected is invalid.".into());
        }
        Ok(found.name)
    }

    fn same_project(&self, value: &Value) -> Checked<Option<Set>> {
        let same = ["id", "key"]
            .iter()
            .filter_map(|name| value.get(name)?.as_str())
            .any(|text| text == self.project.id || text == self.project.key);
        if same { Ok(None) } else { Err("Issues cannot be moved to another project here.".into()) }
    }

    fn versions(&self) -> Vec<(&str, &str)> {
        self.project.versions.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect()
    }

    /// A person as this product names people; nobody for null.
    pub(crate) fn person(&self, value: &Value) -> Checked<Option<&User>> {
        if value.is_null() {
            return Ok(None);
        }
        let member = if self.call.cloud() { "accountId" } else { "name" };
        let name = value.get(member).or_else(|| value.get("id").filter(|_| self.call.cloud()));
        if self.call.cloud() && name.is_none() && (value.get("name").is_some() || value.get("key").is_some()) {
            return Err("'accountId' must be the only user identifying query parameter in GDPR strict mode.".into());
        }
        let Some(name) = name else { return Err("data was not an object".into()) };
        match name.as_str() {
            None if name.is_null() => Ok(None),
            Some("-1") if member == "accountId" => Ok(self.call.site.user(&self.project.lead)),
            Some(text) => match self.call.user(text) {
                Some(user) => Ok(Some(user)),
                None => Err(format!("User '{text}' does not exist.")),
            },
            None => Err("data was not an object".into()),
        }
    }

    /// The accountId of a person who may be assigned here.
    pub(crate) fn assignable(&self, user: &User) -> Checked<String> {
        if user.active && user.account_type == "atlassian" {
            return Ok(user.account_id.clone());
        }
        Err(format!("User '{}' cannot be assigned issues.", user.display_name))
    }

    fn parent(&self, value: &Value) -> Checked<Option<String>> {
        if value.is_null() {
            return if type_of(self.kind).subtask {
                Err("Issue type is a sub-task but parent issue key or id not specified.".into())
            } else {
                Ok(None)
            };
        }
        let named = ["key", "id"].iter().find_map(|name| value.get(name)?.as_str()).ok_or("data was not an object")?;
        let parent = self.call.site.issue(named).ok_or("Could not find issue by id or key.")?;
        let (own, above) = (type_of(self.kind).level, type_of(parent.kind).level);
        if above != own + 1 || parent.project != self.project.key {
            return Err("Given parent work item does not belong to appropriate hierarchy.".into());
        }
        Ok(Some(parent.key.clone()))
    }

    /// The sprints of the issue when it goes into another: closed ones stay, what is planned is replaced.
    fn sprints(&self, value: &Value) -> Checked<Vec<u64>> {
        let site = &self.call.site;
        let closed = |id: &&u64| site.sprint(**id).is_some_and(|sprint| sprint.state == SprintState::Closed);
        let mut all: Vec<u64> =
            self.issue.map_or(&[][..], |issue| &issue.sprints).iter().filter(closed).copied().collect();
        if value.is_null() {
            return Ok(all);
        }
        let id = value.as_u64().ok_or("Number value expected as the Sprint id.")?;
        if !self.call.may("SCHEDULE_ISSUES", &self.project.key) {
            return Err("Sprint cannot be set: you don't have Schedule Issues permission.".into());
        }
        match self.call.site.sprint(id) {
            None => Err(format!("Sprint with id '{id}' does not exist or you do not have permission to view it.")),
            Some(sprint) if sprint.state == SprintState::Closed => {
                Err("Issues can be assigned only to open or future sprints.".into())
            }
            Some(_) => {
                all.push(id);
                Ok(all)
            }
        }
    }
}

/// The refusal that tells all problems.
pub(crate) fn refuse(problems: Problems) -> Result<(), Refused> {
    if problems.is_empty() { Ok(()) } else { Err(refusal::by_field(problems).into()) }
}

/// The value that a list has at present, as `update` takes it.
fn current(issue: &Issue, id: &str) -> Value {
    let names = |list: &[String]| list.iter().map(|name| serde_json::json!({"name": name})).collect();
    match id {
        "labels" => serde_json::json!(issue.labels),
        "components" => names(&issue.components),
        "fixVersions" => names(&issue.fix_versions),
        "versions" => names(&issue.affected_versions),
        "customfield_10021" if issue.flagged => serde_json::json!([{"value": "Impediment"}]),
        _ => Value::Array(Vec::new()),
    }
}
