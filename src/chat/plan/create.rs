//! New issues, and copies of issues.

use super::field::{Field, Unfit};
use super::site::Site;
use super::value::{form, is_empty, shown};
use super::{Act, Draft, Item, agile, edit, others};
use crate::chat::answer::doing::{Input, Missing, ValueChoice};
use crate::chat::intent::{Create, FieldChange, How};
use crate::jira::requests::issues;
use crate::json::{object, text};
use crate::vocabulary::{Kind, same};
use serde_json::Value;

/// What the person has not to fill in: it is said otherwise, or Jira fills it in.
const GIVEN: [&str; 3] = ["project", "issuetype", "reporter"];
/// What a copy does not take over.
const NOT_COPIED: [&str; 8] =
    ["project", "issuetype", "reporter", "attachment", "issuelinks", "timetracking", "comment", "worklog"];
/// The type of link between an issue and its copy, as Jira names it.
const CLONERS: &str = "Cloners";

fn choice(label: &str, value: &str) -> ValueChoice {
    ValueChoice { label: label.to_owned(), value: value.to_owned() }
}

fn asked(field: &str, name: &str, message: String, choices: Vec<ValueChoice>) -> Missing {
    let input = if choices.is_empty() { Input::Text } else { Input::One };
    Missing { field: field.to_owned(), name: name.to_owned(), message, input, choices }
}

/// Plans a new issue. What its screen wants and was not said is asked for.
pub(super) fn plan(site: &Site, draft: &mut Draft, new: &Create) -> Option<()> {
    let Some(project) = project(site, draft, new) else { return Some(()) };
    let place = object([("fields", object([("project", object([("key", project.as_str().into())]))]))]);
    let item = Item::of(&place, Act::Create);
    if !site.may(&place, "CREATE_ISSUES")? {
        draft.items.push(item.left_out(format!("You may not create issues in {project}.")));
        return Some(());
    }
    let types = site.told(issues::creatable_types(&project, 0))?;
    let Some(kind) = kind(draft, list(&types), new) else { return Some(()) };
    let screen = screen(site, &project, text(kind, "id"))?;
    let mut issue = place;
    issue["fields"]["issuetype"] = kind.clone();
    let item = item.row("Project", "", project.as_str()).row("Type", "", text(kind, "name"));
    let item = fill(site, draft, (&issue, &screen), item, &wanted(new));
    require(site, draft, &screen, &item);
    if let Some(row) = item.rows.iter().find(|row| row.field == "Assignee") {
        draft.concern(&row.after, "assignee");
    }
    draft.items.push(made(item, &project, kind));
    Some(())
}

fn list(told: &Value) -> &[Value] {
    let lists = ["issueTypes", "fields", "values"];
    lists.iter().find_map(|name| told[*name].as_array()).map_or(&[][..], Vec::as_slice)
}

fn project(site: &Site, draft: &mut Draft, new: &Create) -> Option<String> {
    let of_parent = new.parent.as_ref().and_then(|key| key.rsplit_once('-')).map(|(project, _)| project.to_owned());
    let called = new.project.clone().or(of_parent);
    let found = called.as_ref().and_then(|called| site.project_key(called));
    let is_whole = site.names.is_whole(Kind::Project);
    let found = found.or_else(|| called.clone().filter(|_| !is_whole).map(|key| key.to_ascii_uppercase()));
    if found.is_none() {
        let message = match &called {
            Some(called) => format!("There is no project “{}” here.", super::value::cut(called)),
            None => "In which project?".to_owned(),
        };
        let all = site.names.entries(Kind::Project).iter();
        let choices = all.filter_map(|entry| Some(choice(&entry.name, entry.also.first()?))).take(200).collect();
        draft.ask(asked("project", "Project", message, choices));
    }
    found
}

fn kind<'a>(draft: &mut Draft, types: &'a [Value], new: &Create) -> Option<&'a Value> {
    if let Some(called) = &new.issue_type {
        let found = types.iter().find(|kind| kind["id"] == called.as_str() || same(text(kind, "name"), called));
        if found.is_some() {
            return found;
        }
    }
    let is_below = |kind: &&Value| kind["subtask"] == true;
    let fitting: Vec<&Value> = types.iter().filter(|kind| new.parent.is_some() || !is_below(kind)).collect();
    let below: Vec<&Value> = fitting.iter().copied().filter(is_below).collect();
    match (fitting.as_slice(), below.as_slice(), &new.issue_type) {
        ([one], _, None) | (_, [one], None) => Some(one),
        (_, _, called) => {
            let message = match called {
                Some(called) => format!("There is no type “{}” in this project.", super::value::cut(called)),
                None => "Of which type?".to_owned(),
            };
            let choices = fitting.iter().map(|kind| choice(text(kind, "name"), text(kind, "id"))).collect();
            draft.ask(asked("issuetype", "Type", message, choices));
            None
        }
    }
}

/// The fields of the screen for a new issue, by their ids.
fn screen(site: &Site, project: &str, kind: &str) -> Option<Value> {
    let (mut screen, mut start) = (object([]), 0_u32);
    loop {
        let told = site.told(issues::creatable_fields(project, kind, start))?;
        let fields = list(&told);
        for field in fields {
            let id = field["fieldId"].as_str().or(field["key"].as_str()).unwrap_or_default();
            screen[id] = field.clone();
        }
        start = start.saturating_add(u32::try_from(fields.len()).unwrap_or(u32::MAX));
        let total = told["total"].as_u64().unwrap_or_default();
        if fields.is_empty() || u64::from(start) >= total {
            return Some(screen);
        }
    }
}

fn wanted(new: &Create) -> Vec<FieldChange> {
    let told = [("summary", &new.summary), ("description", &new.description), ("parent", &new.parent)];
    let told = told.into_iter().filter_map(|(field, value)| {
        let values = vec![value.clone().filter(|value| !value.trim().is_empty())?];
        Some(FieldChange { field: field.to_owned(), how: How::Set, values })
    });
    told.chain(new.fields.iter().cloned()).collect()
}

/// Fills in what was said. What cannot be is told, and the issue is made without it.
fn fill(site: &Site, draft: &mut Draft, place: (&Value, &Value), mut item: Item, wanted: &[FieldChange]) -> Item {
    edit::concern(draft, &wanted.iter().collect::<Vec<_>>());
    for change in wanted {
        match edit::set(site, place, item.clone(), &[change]) {
            Ok(filled) => item = filled,
            Err(Unfit::Problem(sentence)) => draft.warn(sentence),
            Err(Unfit::Ask(missing)) => draft.ask(missing),
        }
    }
    item
}

fn require(site: &Site, draft: &mut Draft, screen: &Value, item: &Item) {
    for (id, meta) in screen.as_object().into_iter().flatten() {
        let is_said = item.after.get(id).is_some() || GIVEN.contains(&id.as_str());
        if meta["required"] == true && meta["hasDefaultValue"] != true && !is_said {
            let (edition, me) = (site.edition, site.me.as_str());
            let field = Field { id, meta, now: &Value::Null, names: &site.names, edition, me };
            draft.ask(field.asked("It has to be filled in.".to_owned(), Vec::new()));
        }
    }
}

/// What was filled in, as what the new issue is made of.
fn made(mut item: Item, project: &str, kind: &Value) -> Item {
    let mut fields = std::mem::replace(&mut item.after, object([]));
    fields["project"] = object([("key", project.into())]);
    fields["issuetype"] = object([("id", kind["id"].clone())]);
    item.summary = super::value::cut(text(&fields, "summary"));
    item.guard = object([]);
    item.with("fields", fields)
}

/// Plans a copy of an issue, with a link between the two.
pub(super) fn copy(site: &Site, draft: &mut Draft, issue: &Value) -> Option<()> {
    let (fields, item) = (&issue["fields"], Item::of(issue, Act::Create));
    let project = text(&fields["project"], "key");
    if !site.may(issue, "CREATE_ISSUES")? {
        draft.items.push(item.left_out(format!("You may not create issues in {project}.")));
        return Some(());
    }
    let screen = screen(site, project, text(&fields["issuetype"], "id"))?;
    let sprint = agile::sprint_field(&site.names);
    let mut copied = object([]);
    let mut said: Vec<String> = Vec::new();
    for (id, meta) in screen.as_object().into_iter().flatten() {
        let value = &fields[id];
        if is_empty(value) || NOT_COPIED.contains(&id.as_str()) || sprint.as_ref() == Some(id) {
            continue;
        }
        copied[id] = form(value);
        if id != "summary" {
            said.push(text(meta, "name").to_owned());
        }
    }
    let summary = format!("CLONE - {}", text(fields, "summary"));
    copied["summary"] = summary.chars().take(255).collect::<String>().into();
    let mut item = made(Item { after: copied, ..item }, project, &fields["issuetype"]);
    let key = std::mem::take(&mut item.key);
    item = item.row("Copy", format!("{key} {}", shown(&fields["summary"])), summary).row("Copied", "", said.join(", "));
    draft.items.push(item);
    if site.names.find(Kind::LinkType, CLONERS).is_some() && site.may(issue, "LINK_ISSUES")? {
        let link = others::linked(Item::of(issue, Act::Link), CLONERS, false, "");
        draft.items.push(link.row("Link", "", "is cloned by the copy"));
    }
    Some(())
}
