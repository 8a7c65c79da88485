//! The names a site is configured with.

use super::call::{Answer, Call};
use super::{project, refusal};
use crate::data::catalog::{PRIORITIES, RESOLUTIONS, STATUSES, TYPES, type_of};
use crate::data::model::{Category, Project};
use crate::data::workflow;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn answer(value: impl serde::Serialize) -> Answer {
    Ok(Json(value).into_response())
}

fn missing(sentence: &str) -> super::call::Refused {
    refusal::of(StatusCode::NOT_FOUND, &[sentence.to_owned()]).into()
}

/// `GET issuetype`
pub(crate) async fn types(call: Call) -> Answer {
    answer(TYPES.iter().map(|kind| call.writer().kind(kind.name)).collect::<Vec<_>>())
}

/// `GET issuetype/{id}`
pub(crate) async fn one_type(call: Call) -> Answer {
    let found = TYPES.iter().find(|kind| kind.id == call.at(1));
    found.map_or_else(|| Err(missing("The issue type does not exist.")), |kind| answer(call.writer().kind(kind.name)))
}

/// `GET status`
pub(crate) async fn statuses(call: Call) -> Answer {
    answer(STATUSES.iter().map(|status| call.writer().status(status.name)).collect::<Vec<_>>())
}

/// `GET status/{id or name}`
pub(crate) async fn status(call: Call) -> Answer {
    let found = STATUSES.iter().find(|status| status.id == call.at(1) || status.name == call.at(1));
    found.map_or_else(|| Err(missing("The status does not exist.")), |status| answer(call.writer().status(status.name)))
}

/// `GET statuscategory`
pub(crate) async fn categories(call: Call) -> Answer {
    let one = |category: Category| {
        json!({"self": format!("{}/statuscategory/{}", call.place.rest, category.id()), "id": category.id(),
            "key": category.key(), "colorName": category.color(), "name": category.name()})
    };
    answer([Category::ToDo, Category::InProgress, Category::Done].map(one))
}

/// `GET priority`
pub(crate) async fn priorities(call: Call) -> Answer {
    answer(PRIORITIES.iter().map(|one| call.writer().named(one, "priority")).collect::<Vec<_>>())
}

/// `GET priority/search`
pub(crate) async fn search_priorities(call: Call) -> Answer {
    let all: Vec<Value> = PRIORITIES.iter().map(|one| call.writer().named(one, "priority")).collect();
    call.page("values", &all, 50, 1000)
}

/// `GET resolution`
pub(crate) async fn resolutions(call: Call) -> Answer {
    answer(RESOLUTIONS.iter().map(|one| call.writer().named(one, "resolution")).collect::<Vec<_>>())
}

/// `GET resolution/search`
pub(crate) async fn search_resolutions(call: Call) -> Answer {
    let all: Vec<Value> = RESOLUTIONS.iter().map(|one| call.writer().named(one, "resolution")).collect();
    call.page("values", &all, 50, 1000)
}

fn own(call: &Call) -> Result<&Project, super::call::Refused> {
    call.project_or_refuse(call.at(1))
}

/// `GET project/{key}`
pub(crate) async fn project(call: Call) -> Answer {
    let found = own(&call)?;
    let writer = call.writer();
    let mut value = project::short(&call.place, found);
    value["description"] = "".into();
    value["lead"] = writer.person(&found.lead);
    value["components"] = found.components.iter().map(|one| writer.component(one)).collect();
    value["versions"] = found.versions.iter().map(|one| writer.version(one)).collect();
    value["issueTypes"] = workflow::types(found.kind).iter().map(|kind| writer.kind(kind)).collect();
    value["assigneeType"] = "UNASSIGNED".into();
    value["roles"] = json!({});
    answer(value)
}

/// `GET project/{key}/components`
pub(crate) async fn components(call: Call) -> Answer {
    let writer = call.writer();
    answer(own(&call)?.components.iter().map(|one| writer.component(one)).collect::<Vec<_>>())
}

/// `GET project/{key}/component`
pub(crate) async fn search_components(call: Call) -> Answer {
    let writer = call.writer();
    let wanted = call.query.get("query").unwrap_or_default().to_lowercase();
    let known = own(&call)?.components.iter().filter(|one| one.name.to_lowercase().contains(&wanted));
    call.page("values", &known.map(|one| writer.component(one)).collect::<Vec<_>>(), 50, 50)
}

/// `GET project/{key}/versions`
pub(crate) async fn versions(call: Call) -> Answer {
    let writer = call.writer();
    answer(own(&call)?.versions.iter().map(|one| writer.version(one)).collect::<Vec<_>>())
}

/// `GET project/{key}/version`: `query`, `status` (`released`, `unreleased`, `archived`)
pub(crate) async fn search_versions(call: Call) -> Answer {
    let writer = call.writer();
    let wanted = call.query.get("query").unwrap_or_default().to_lowercase();
    let states = call.words("status");
    let fits = |released: bool| {
        states.is_empty() || states.iter().any(|state| state == if released { "released" } else { "unreleased" })
    };
    let known = own(&call)?.versions.iter();
    let known = known.filter(|one| one.name.to_lowercase().contains(&wanted) && fits(one.released));
    call.page("values", &known.map(|one| writer.version(one)).collect::<Vec<_>>(), 50, 50)
}

/// `GET project/{key}/statuses`: by type of issue.
pub(crate) async fn of_types(call: Call) -> Answer {
    let found = own(&call)?;
    let writer = call.writer();
    let statuses: Vec<Value> = workflow::statuses(found.kind).into_iter().map(|name| writer.status(name)).collect();
    let one = |kind: &&str| {
        let kind = type_of(kind);
        json!({"self": format!("{}/issuetype/{}", call.place.rest, kind.id), "id": kind.id, "name": kind.name,
            "subtask": kind.subtask, "statuses": statuses})
    };
    answer(workflow::types(found.kind).iter().map(one).collect::<Vec<_>>())
}

/// `GET label`: the names alone, in pages.
pub(crate) async fn labels(call: Call) -> Answer {
    let all: BTreeSet<&String> = call.site.each().flat_map(|issue| &issue.labels).collect();
    let all: Vec<Value> = all.into_iter().map(|label| label.clone().into()).collect();
    call.page("values", &all, 1000, 1000)
}

/// `GET serverInfo` of Cloud.
pub(crate) async fn server_info(call: Call) -> Answer {
    answer(json!({"baseUrl": format!("{}/site/{}", call.place.base, call.site.name), "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0], "deploymentType": "Cloud", "buildNumber": 100_290, "serverTitle": call.site.title,
        "serverTime": crate::date::stamp(call.now())}))
}

/// `GET configuration`: what is switched on.
pub(crate) async fn configuration(_call: Call) -> Answer {
    answer(
        json!({"votingEnabled": true, "watchingEnabled": true, "unassignedIssuesAllowed": true, "subTasksEnabled": true,
        "issueLinkingEnabled": true, "timeTrackingEnabled": true, "attachmentsEnabled": true,
        "timeTrackingConfiguration": {"workingHoursPerDay": 8.0, "workingDaysPerWeek": 5.0, "timeFormat": "pretty",
            "defaultUnit": "minute"}}),
    )
}

#[cfg(test)]
mod tests;
