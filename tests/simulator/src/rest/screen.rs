//! The screens for creating and editing: which fields they have, which of them must be filled, and with what.

use super::call::{Answer, Call, Refused};
use super::field_list::{FIELDS, Field};
use super::fields::Writer;
use super::{Product, project, refusal};
use crate::data::catalog::{PRIORITIES, SEVERITIES, TEAMS, type_of};
use crate::data::model::Project;
use crate::data::workflow;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value, json};

/// Whether a field is on the screen of a type of issue. (Sprints are of software projects only.)
pub(crate) fn has(project: &Project, kind: &str, field: &Field) -> bool {
    let software = project.kind == "software";
    let fits = match field.id {
        "customfield_10020" | "customfield_10016" => software && kind != "Epic",
        "customfield_10052" => matches!(kind, "Bug" | "Incident"),
        "versions" => kind == "Bug",
        "parent" => kind != "Epic",
        _ => true,
    };
    field.on_screens && fits
}

/// Whether a field must be filled when an issue is created.
pub(crate) fn is_required(project: &Project, kind: &str, field: &str) -> bool {
    match field {
        "summary" | "issuetype" | "project" => true,
        "parent" => type_of(kind).subtask,
        // A support desk wants to know whom it is for, and how bad an incident is.
        "customfield_10051" => project.kind == "service_desk" && kind == "Service Request",
        "customfield_10052" => kind == "Incident",
        _ => false,
    }
}

/// What stands in a field when nothing is said.
fn default_of(field: &str) -> Option<Value> {
    let medium = PRIORITIES.iter().find(|one| one.name == "Medium");
    (field == "priority").then(|| medium.map(|one| json!({"id": one.id, "name": one.name}))).flatten()
}

/// The description of one field of a screen.
fn described(writer: &Writer<'_>, project: &Project, kind: &str, field: &Field) -> Value {
    let mut value = json!({"required": is_required(project, kind, field.id), "schema": field.schema(), "name": field.name,
        "key": field.id, "fieldId": field.id, "hasDefaultValue": default_of(field.id).is_some(), "operations": field.operations()});
    if let Some(usual) = default_of(field.id) {
        value["defaultValue"] = usual;
    }
    let options =
        |list: &[(&str, &str)]| -> Value { list.iter().map(|(id, value)| json!({"id": id, "value": value})).collect() };
    let allowed = match field.id {
        "issuetype" => Some(json!([writer.kind(kind)])),
        "project" => Some(json!([project::short(writer.place, project)])),
        "priority" => Some(PRIORITIES.iter().map(|one| writer.named(one, "priority")).collect()),
        "components" => Some(project.components.iter().map(|one| writer.component(one)).collect()),
        "fixVersions" | "versions" => Some(project.versions.iter().map(|one| writer.version(one)).collect()),
        "customfield_10050" => Some(options(&TEAMS)),
        "customfield_10052" => Some(options(&SEVERITIES)),
        "customfield_10021" => Some(options(&[("10700", "Impediment")])),
        _ => None,
    };
    if let Some(allowed) = allowed {
        value["allowedValues"] = allowed;
    }
    let search = match field.id {
        "assignee" => Some("user/assignable/search"),
        "reporter" => Some("user/search"),
        "labels" => Some("label"),
        _ => None,
    };
    if let Some(path) = search {
        value["autoCompleteUrl"] = format!("{}/{path}?query=", writer.place.rest).into();
    }
    value
}

fn on_screen<'f>(project: &'f Project, kind: &'f str) -> impl Iterator<Item = &'static Field> + 'f {
    FIELDS.iter().filter(move |field| has(project, kind, field))
}

impl Call {
    /// The project with this id or key, if the caller may see it.
    pub(crate) fn project(&self, id_or_key: &str) -> Option<&Project> {
        let found = self.site.projects.iter().find(|one| one.id == id_or_key || one.key == id_or_key);
        found.filter(|one| self.may(super::permissions::BROWSE, &one.key))
    }

    /// The same, or Jira's refusal.
    pub(crate) fn project_or_refuse(&self, id_or_key: &str) -> Result<&Project, Refused> {
        let sentence = format!("No project could be found with key '{id_or_key}'.");
        self.project(id_or_key).ok_or_else(|| refusal::of(StatusCode::NOT_FOUND, &[sentence]).into())
    }

    /// Writes answers of this call.
    pub(crate) fn writer(&self) -> Writer<'_> {
        Writer { place: &self.place, site: &self.site, me: &self.caller.user }
    }

    /// A page of a list, with the names that this product has for it.
    pub(crate) fn page(&self, name: &str, all: &[Value], usual: usize, most: usize) -> Answer {
        let (start, limit) = (self.number("startAt", 0)?, self.number("maxResults", usual)?.min(most));
        let shown: Vec<&Value> = all.iter().skip(start).take(limit).collect();
        let mut page = json!({"startAt": start, "maxResults": limit, "total": all.len()});
        page["isLast"] = (start + shown.len() >= all.len()).into();
        page[name] = json!(shown);
        Ok(Json(page).into_response())
    }
}

/// `GET issue/createmeta/{project}/issuetypes`
pub(crate) async fn types(call: Call) -> Answer {
    let project = call.project_or_refuse(call.at(2))?;
    call.must("CREATE_ISSUES", &project.key)?;
    let writer = call.writer();
    let all: Vec<Value> = workflow::types(project.kind).iter().map(|kind| writer.kind(kind)).collect();
    call.page(if call.cloud() { "issueTypes" } else { "values" }, &all, 50, 200)
}

/// `GET issue/createmeta/{project}/issuetypes/{id}`
pub(crate) async fn fields(call: Call) -> Answer {
    let project = call.project_or_refuse(call.at(2))?;
    call.must("CREATE_ISSUES", &project.key)?;
    let kind = workflow::types(project.kind).iter().find(|kind| type_of(kind).id == call.at(4));
    let kind = kind.ok_or_else(|| refusal::of(StatusCode::NOT_FOUND, &["Issue type does not exist.".into()]))?;
    let writer = call.writer();
    let all: Vec<Value> = on_screen(project, kind).map(|field| described(&writer, project, kind, field)).collect();
    call.page(if call.cloud() { "fields" } else { "values" }, &all, 50, 200)
}

/// A field as the screens of issues that are there have it: at Cloud its id is its name there, and not told again.
pub(crate) fn of_edit(product: Product, mut field: Value) -> Value {
    if let Some(members) = field.as_object_mut().filter(|_| product == Product::Cloud) {
        members.remove("fieldId");
    }
    field
}

/// `GET issue/{key}/editmeta`
pub(crate) async fn edit(call: Call) -> Answer {
    let issue = call.issue()?;
    let project = call.project_or_refuse(&issue.project)?;
    let writer = call.writer();
    let on =
        on_screen(project, issue.kind).filter(|field| field.id != "project" && call.may("EDIT_ISSUES", &issue.project));
    let fields: Map<String, Value> = on
        .map(|field| {
            (field.id.to_owned(), of_edit(writer.place.product, described(&writer, project, issue.kind, field)))
        })
        .collect();
    Ok(Json(json!({"fields": fields})).into_response())
}

#[cfg(test)]
mod tests;
