//! Boards and sprints: the API of Jira Software. Each software project has one board.

use super::call::{Answer, Call, Refused, object};
use super::change::{By, Set};
use super::fields::Choice;
use super::refusal;
use crate::data::model::{Issue, Project, Sprint, SprintState};
use crate::data::workflow;
use crate::date::{self, zulu};
use crate::evaluate;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

fn missing(sentence: &str) -> Refused {
    refusal::of(StatusCode::NOT_FOUND, &[sentence.to_owned()]).into()
}

impl Call {
    fn agile(&self) -> String {
        self.place.rest.replace("/api/3", "/agile/1.0").replace("/api/2", "/agile/1.0")
    }

    fn boards(&self) -> impl Iterator<Item = (u64, &Project)> {
        let seen = self.site.projects.iter().filter(|one| self.may(super::permissions::BROWSE, &one.key));
        seen.filter_map(|project| Some((project.sprints.first()?.board, project)))
    }

    fn board(&self, id: &str) -> Result<(u64, &Project), Refused> {
        let found = self.boards().find(|(number, _)| number.to_string() == id);
        found.ok_or_else(|| missing("The requested board cannot be viewed because it either does not exist or you do not have permission to view it."))
    }

    fn sprint(&self, id: &str) -> Result<(&Project, &Sprint), Refused> {
        let all = self.boards().flat_map(|(_, project)| project.sprints.iter().map(move |sprint| (project, sprint)));
        let found = all.into_iter().find(|(_, sprint)| sprint.id.to_string() == id);
        found.ok_or_else(|| missing("Sprint does not exist or you do not have permission to view it."))
    }
}

fn board(call: &Call, (id, project): (u64, &Project)) -> Value {
    json!({"id": id, "self": format!("{}/board/{id}", call.agile()), "name": format!("{} board", project.key), "type": "scrum",
        "location": {"projectId": project.id.parse::<u64>().unwrap_or(0), "projectKey": project.key, "projectName": project.name,
            "displayName": format!("{} ({})", project.name, project.key), "projectTypeKey": project.kind,
            "name": format!("{} ({})", project.name, project.key)}})
}

/// `GET board`: `projectKeyOrId`, `type`, `name`
pub(crate) async fn boards(call: Call) -> Answer {
    let (project, kind) = (call.query.get("projectKeyOrId"), call.query.get("type"));
    let name = call.query.get("name").unwrap_or_default().to_lowercase();
    let shown = call.boards().filter(|(_, one)| project.is_none_or(|wanted| one.key == wanted || one.id == wanted));
    let shown = shown.filter(|(_, one)| {
        kind.is_none_or(|kind| kind == "scrum") && format!("{} board", one.key).to_lowercase().contains(&name)
    });
    let all: Vec<Value> = shown.map(|one| board(&call, one)).collect();
    call.page("values", &all, 50, 50)
}

/// `GET board/{id}`
pub(crate) async fn one_board(call: Call) -> Answer {
    let found = call.board(call.at(1))?;
    Ok(Json(board(&call, found)).into_response())
}

/// `GET board/{id}/configuration`
pub(crate) async fn configuration(call: Call) -> Answer {
    let (id, project) = call.board(call.at(1))?;
    let writer = call.writer();
    let column = |name: &str| {
        let status = writer.status(name);
        json!({"name": name, "statuses": [{"id": status["id"], "self": status["self"]}]})
    };
    let columns: Vec<Value> =
        workflow::statuses(project.kind).into_iter().filter(|name| *name != "Backlog").map(column).collect();
    Ok(Json(json!({"id": id, "name": format!("{} board", project.key), "type": "scrum", "self": format!("{}/board/{id}/configuration", call.agile()),
        "columnConfig": {"columns": columns, "constraintType": "none"},
        "estimation": {"type": "field", "field": {"fieldId": "customfield_10016", "displayName": "Story Points"}},
        "ranking": {"rankCustomFieldId": 10_019}}))
    .into_response())
}

fn sprint(call: &Call, sprint: &Sprint) -> Value {
    let mut value = json!({"id": sprint.id, "self": format!("{}/sprint/{}", call.agile(), sprint.id), "state": sprint.state.name(),
        "name": sprint.name, "originBoardId": sprint.board, "goal": sprint.goal});
    if sprint.state != SprintState::Future {
        value["startDate"] = zulu(sprint.start).into();
        value["endDate"] = zulu(sprint.end).into();
    }
    if sprint.state == SprintState::Closed {
        value["completeDate"] = zulu(sprint.end).into();
    }
    value
}

/// `GET board/{id}/sprint`: `state` is a list of `future`, `active`, `closed`.
pub(crate) async fn sprints(call: Call) -> Answer {
    let (_, project) = call.board(call.at(1))?;
    let states = call.words("state");
    if let Some(odd) = states.iter().find(|state| !["future", "active", "closed"].contains(&state.as_str())) {
        return Err(refusal::bad(&format!("Sprint state '{odd}' is unknown.")).into());
    }
    let shown =
        project.sprints.iter().filter(|one| states.is_empty() || states.iter().any(|state| state == one.state.name()));
    let all: Vec<Value> = shown.map(|one| sprint(&call, one)).collect();
    call.page("values", &all, 50, 50)
}

/// `GET sprint/{id}`
pub(crate) async fn one_sprint(call: Call) -> Answer {
    let (_, found) = call.sprint(call.at(1))?;
    Ok(Json(sprint(&call, found)).into_response())
}

/// A page of issues, narrowed by `jql`.
fn issues<'c>(call: &'c Call, fits: impl Fn(&Issue) -> bool) -> Answer {
    let found: Vec<&'c Issue> = match call.query.get("jql") {
        None => call.site.each().collect(),
        Some(jql) => {
            let run = evaluate::read(jql).and_then(|query| evaluate::run(&call.context(), &query));
            run.map_err(|sentences| refusal::of(StatusCode::BAD_REQUEST, &sentences))?
        }
    };
    let words = call.words("fields");
    let choice = Choice::of(
        if words.is_empty() { vec!["*navigable"] } else { words.iter().map(String::as_str).collect() }.into_iter(),
    );
    let writer = call.writer();
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", 50)?.min(100));
    let found: Vec<&Issue> = found.into_iter().filter(|issue| fits(issue)).collect();
    let page: Vec<Value> = found.iter().skip(start).take(limit).map(|issue| writer.issue(issue, &choice)).collect();
    Ok(Json(
        json!({"expand": "schema,names", "startAt": start, "maxResults": limit, "total": found.len(), "issues": page}),
    )
    .into_response())
}

/// `GET board/{id}/issue`
pub(crate) async fn of_board(call: Call) -> Answer {
    let (_, project) = call.board(call.at(1))?;
    issues(&call, |issue| issue.project == project.key)
}

/// `GET board/{id}/backlog`: what is open and in no active or future sprint.
pub(crate) async fn backlog(call: Call) -> Answer {
    let (_, project) = call.board(call.at(1))?;
    let planned = |id: &u64| call.site.sprint(*id).is_some_and(|sprint| sprint.state != SprintState::Closed);
    issues(&call, |issue| {
        issue.project == project.key
            && issue.resolution.is_none()
            && issue.kind != "Epic"
            && !issue.sprints.iter().any(planned)
    })
}

/// `GET board/{id}/epic`
pub(crate) async fn epics(call: Call) -> Answer {
    let (_, project) = call.board(call.at(1))?;
    let mine = call.site.each().filter(|issue| issue.project == project.key && issue.kind == "Epic");
    let one = |issue: &Issue| {
        json!({"id": issue.id, "key": issue.key, "self": format!("{}/epic/{}", call.agile(), issue.id), "name": issue.summary,
            "summary": issue.summary, "color": {"key": "color_1"}, "done": issue.resolution.is_some()})
    };
    call.page("values", &mine.map(one).collect::<Vec<_>>(), 50, 50)
}

/// `GET sprint/{id}/issue`
pub(crate) async fn of_sprint(call: Call) -> Answer {
    let (_, found) = call.sprint(call.at(1))?;
    issues(&call, |issue| issue.sprints.contains(&found.id))
}

/// The issues of a body, at most 50, of one project.
fn moved<'c>(call: &'c Call, body: &[u8]) -> Result<Vec<&'c Issue>, Refused> {
    let body = object(body)?;
    let names = body.get("issues").and_then(Value::as_array).ok_or_else(refusal::payload)?;
    if names.len() > 50 {
        return Err(refusal::bad("Cannot move more than 50 issues.").into());
    }
    let issues: Vec<&Issue> =
        names.iter().map(|name| call.find(name.as_str().unwrap_or_default())).collect::<Result<_, _>>()?;
    for issue in &issues {
        call.must("SCHEDULE_ISSUES", &issue.project)?;
    }
    Ok(issues)
}

/// Puts issues into a sprint, or into none; closed sprints stay with them.
fn put(call: &Call, issues: &[&Issue], sprint: Option<u64>) -> Answer {
    let closed = |id: &u64| call.site.sprint(*id).is_some_and(|one| one.state == SprintState::Closed);
    let by = By { who: &call.caller.user, now: call.now() };
    call.edit(|site| {
        for issue in issues {
            let all = issue.sprints.iter().copied().filter(closed).chain(sprint).collect();
            if let Some(issue) = site.issue_mut(&issue.key) {
                by.apply(issue, vec![Set::Sprints(all)]);
            }
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST sprint/{id}/issue`
pub(crate) async fn plan(call: Call, body: Bytes) -> Answer {
    let (project, sprint) = call.sprint(call.at(1))?;
    let issues = moved(&call, &body)?;
    if sprint.state == SprintState::Closed {
        return Err(refusal::bad("Cannot add issues to a closed sprint.").into());
    }
    if issues.iter().any(|issue| issue.project != project.key || issue.kind == "Sub-task") {
        return Err(refusal::bad("An issue of another project, or a sub-task, cannot be moved to this sprint.").into());
    }
    put(&call, &issues, Some(sprint.id))
}

/// `POST backlog/issue`
pub(crate) async fn unplan(call: Call, body: Bytes) -> Answer {
    let issues = moved(&call, &body)?;
    put(&call, &issues, None)
}

fn manage(call: &Call, project: &str) -> Result<(), Refused> {
    call.must("MANAGE_SPRINTS_PERMISSION", project)
}

/// `POST sprint`: a new one, in the future.
pub(crate) async fn create(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let id =
        body.get("originBoardId").and_then(Value::as_u64).ok_or_else(|| refusal::bad("The board is not named."))?;
    let (board, project) = call.board(&id.to_string())?;
    manage(&call, &project.key)?;
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default().trim();
    if name.is_empty() || name.chars().count() > 30 {
        return Err(refusal::bad("The sprint name must have 1 to 30 characters.").into());
    }
    let goal = body.get("goal").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, key) = (name.to_owned(), project.key.clone());
    let start = call.now();
    let new = call.edit(|site| {
        let id = site.next_id();
        let end = start + 14 * date::DAY;
        let new = Sprint { id, name, board, state: SprintState::Future, start, end, goal };
        if let Some(project) = site.projects.iter_mut().find(|one| one.key == key) {
            project.sprints.push(new.clone());
        }
        Ok(new)
    })?;
    Ok((StatusCode::CREATED, Json(sprint(&call, &new))).into_response())
}

/// `POST sprint/{id}` (a part of it) and `PUT` (all of it): name, goal, dates, and the state: future → active → closed.
pub(crate) async fn update(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let (project, old) = call.sprint(call.at(1))?;
    manage(&call, &project.key)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let mut new = old.clone();
    new.name = text("name").unwrap_or(&old.name).to_owned();
    new.goal = text("goal").unwrap_or(&old.goal).to_owned();
    let moment = |name: &str, usual: i64| text(name).map_or(Some(usual), date::parse);
    let (Some(start), Some(end)) = (moment("startDate", old.start), moment("endDate", old.end)) else {
        return Err(refusal::bad("A date is not in the format of ISO 8601.").into());
    };
    (new.start, new.end) = (start, end);
    new.state = match (text("state"), old.state) {
        (None, state) => state,
        (Some(word), state) if word == state.name() => state,
        (Some("active"), SprintState::Future) => SprintState::Active,
        (Some("closed"), SprintState::Active) => SprintState::Closed,
        _ => return Err(refusal::bad("A sprint goes from future to active to closed.").into()),
    };
    let running = project.sprints.iter().any(|one| one.state == SprintState::Active && one.id != old.id);
    if new.state == SprintState::Active && old.state == SprintState::Future && running {
        return Err(refusal::bad("Another sprint of this board is active.").into());
    }
    let key = project.key.clone();
    call.edit(|site| {
        let project = site.projects.iter_mut().find(|one| one.key == key);
        if let Some(sprint) = project.and_then(|one| one.sprints.iter_mut().find(|one| one.id == new.id)) {
            *sprint = new.clone();
        }
        Ok(())
    })?;
    Ok(Json(sprint(&call, &new)).into_response())
}

#[cfg(test)]
mod tests;
