//! Editing fields, and assigning.

use super::field::{Field, Unfit, mentioned, person};
use super::site::Site;
use super::value::{ESTIMATES, form, same, shown};
use super::{Act, Draft, Item};
use crate::chat::answer::doing::{Before, Input, Missing};
use crate::chat::intent::{Assignee, FieldChange};
use crate::json::{self, text};
use crate::vocabulary::same as same_name;
use serde_json::Value;

/// The field of a screen that is meant, with its id.
pub(super) fn on_screen<'a>(screen: &'a Value, called: &str, ids: &[String]) -> Option<(&'a str, &'a Value)> {
    let fields = screen.as_object()?;
    let by_id = ids.iter().find_map(|id| fields.get_key_value(id));
    // Estimates are edited together.
    let estimate = || ids.iter().any(|id| is_estimate(id)).then(|| fields.get_key_value("timetracking")).flatten();
    let by_name = || fields.iter().find(|(_, meta)| same_name(text(meta, "name"), called));
    by_id.or_else(estimate).or_else(by_name).map(|(id, meta)| (id.as_str(), meta))
}

/// Whether this is one of the two estimates, by its id or by the name that JQL has for it. Other fields are called estimates too.
pub(super) fn is_estimate(called: &str) -> bool {
    let known = ["timeoriginalestimate", "originalestimate", "timeestimate", "remainingestimate"];
    let called: String = called.chars().filter(|c| !c.is_whitespace()).collect();
    known.contains(&called.to_ascii_lowercase().as_str())
}

/// Why a field is not there to be set.
pub(super) fn not_on_screen(site: &Site, called: &str, issue: &Value) -> String {
    let entry = site.names.entries(crate::vocabulary::Kind::Field).iter().find(|entry| entry.id == called);
    let name = entry.map_or(called, |entry| &entry.name);
    let fields = &issue["fields"];
    let (kind, project) = (text(&fields["issuetype"], "name"), text(&fields["project"], "key"));
    format!("“{name}” is not on the screen of {project}'s issues of the type {kind}, so it cannot be set.")
}

/// Plans new values of fields.
pub(super) fn plan(site: &Site, draft: &mut Draft, issue: &Value, changes: &[&FieldChange]) -> Option<()> {
    let item = Item::of(issue, Act::Edit);
    if !site.may(issue, "EDIT_ISSUES")? {
        draft.items.push(item.left_out("You may not edit this issue."));
        return Some(());
    }
    let screen = site.editable(issue)?;
    let planned = set(site, (issue, &screen["fields"]), item, changes);
    concern(draft, changes);
    draft.items.push(match planned {
        Ok(item) if item.rows.is_empty() => item.left_out("It is so already."),
        Ok(item) => item,
        Err(Unfit::Problem(sentence)) => Item::of(issue, Act::Edit).left_out(sentence),
        Err(Unfit::Ask(missing)) => {
            draft.ask(missing);
            return Some(());
        }
    });
    Some(())
}

/// Whoever is mentioned in a text is told of it.
pub(super) fn concern(draft: &mut Draft, changes: &[&FieldChange]) {
    for name in changes.iter().flat_map(|change| &change.values).flat_map(|text| mentioned(text)) {
        draft.concern(&name, "mentioned");
    }
}

/// Sets fields of a screen; those that are so already are left out.
pub(super) fn set(
    site: &Site,
    (issue, screen): (&Value, &Value),
    mut item: Item,
    changes: &[&FieldChange],
) -> Result<Item, Unfit> {
    for change in changes {
        let ids = site.field_ids(&change.field);
        let Some((id, meta)) = on_screen(screen, &change.field, &ids) else {
            return Err(Unfit::Problem(not_on_screen(site, &change.field, issue)));
        };
        let called = ids.iter().find(|id| is_estimate(id)).unwrap_or(&change.field).clone();
        let change = &FieldChange { field: called, ..(*change).clone() };
        let before = now_of(issue, id);
        // An earlier change of the same field counts.
        let now = item.after.get(id).map_or_else(|| before.clone(), |after| become_so(&before, meta, after));
        let (edition, me) = (site.edition, site.me.as_str());
        let field = Field { id, meta, now: &now, names: &site.names, edition, me };
        let (value, text) = field.becomes(change)?;
        item = changed(item, &field, (&before, value, text));
    }
    Ok(item)
}

/// A field after an earlier change, as Jira would tell it: by the names of what it held and of what it can hold.
fn become_so(before: &Value, meta: &Value, after: &Value) -> Value {
    let known = |one: &Value| {
        let told = [before, &meta["allowedValues"]].into_iter().filter_map(Value::as_array).flatten();
        told.into_iter().find(|there| same(&form(there), one)).unwrap_or(one).clone()
    };
    match after {
        Value::Array(list) => list.iter().map(known).collect(),
        Value::Object(parts) if before.get(ESTIMATES[0]).is_some() => {
            let mut now = before.clone();
            parts.iter().for_each(|(name, part)| now[name] = part.clone());
            now
        }
        one => one.clone(),
    }
}

/// The change of a field from what it was before; none if it is so already.
fn changed(mut item: Item, field: &Field<'_>, (before, mut value, text): (&Value, Value, String)) -> Item {
    let (mut name, mut was) = (field.name().to_owned(), shown(before));
    let estimate = ESTIMATES.iter().find(|part| value.get(**part).is_some());
    if let Some(part) = estimate {
        // Each of the two is a line of its own, and both are one field.
        name = if *part == ESTIMATES[0] { "Original estimate" } else { "Remaining estimate" }.to_owned();
        was = shown(&before[*part]);
        for (other, sent) in item.after[field.id].as_object().into_iter().flatten().filter(|(other, _)| other != part) {
            value[other] = sent.clone();
        }
    }
    // Two fields may have one name: a line of another field is never taken away.
    let is_line = |row: &Before| row.field == name;
    if item.after.get(field.id).is_some() && item.rows.iter().filter(|row| is_line(row)).count() == 1 {
        item.rows.retain(|row| !is_line(row));
    }
    if same(&form(before), &value) {
        if let (Some(guard), Some(after)) = (item.guard.as_object_mut(), item.after.as_object_mut()) {
            guard.remove(field.id);
            after.remove(field.id);
        }
        return item;
    }
    item.changing(field.id, before, value).row(&name, was, text)
}

fn now_of(issue: &Value, id: &str) -> Value {
    let now = &issue["fields"][id];
    if id == "timetracking" {
        return json::object(ESTIMATES.map(|name| (name, now[name].clone())));
    }
    now.clone()
}

/// Plans who works on an issue.
pub(super) fn assign(site: &Site, draft: &mut Draft, issue: &Value, who: &Assignee) -> Option<()> {
    let now = &issue["fields"]["assignee"];
    let (id, name) = match whom(site, who) {
        Ok(found) => found.unzip(),
        Err(missing) => {
            draft.ask(missing);
            return Some(());
        }
    };
    let value = site.edition.person(id.as_deref());
    let item = Item::of(issue, Act::Assign).with("person", id.as_deref());
    let item = if same(&form(now), &value) {
        item.left_out(match &name {
            Some(name) => format!("It is {name}'s already."),
            None => "It is nobody's already.".to_owned(),
        })
    } else if !site.may(issue, "ASSIGN_ISSUES")? {
        item.left_out("You may not assign this issue.")
    } else if let Some((id, name)) = id.as_deref().zip(name.as_deref())
        && !site.is_assignable(text(&issue["fields"]["project"], "key"), id, name)?
    {
        item.left_out(format!("{name} cannot be assigned to issues of this project."))
    } else {
        if let Some(name) = name.clone().filter(|_| id.as_deref() != Some(&site.me)) {
            draft.concern(&name, "new assignee");
        }
        item.changing("assignee", now, value).row("Assignee", shown(now), name.unwrap_or_default())
    };
    draft.items.push(item);
    Some(())
}

/// Who is meant: id and name, or nobody; or what is to be asked.
fn whom(site: &Site, who: &Assignee) -> Result<Option<(String, String)>, Missing> {
    let (called, told) = match who {
        Assignee::Nobody => return Ok(None),
        Assignee::Me => (site.me.as_str(), ""),
        Assignee::Person { id, name } => (id.as_str(), name.as_str()),
    };
    match person(&site.names, called, &site.me) {
        // The name that the wish was read with says more than an id that the vocabulary does not know.
        Ok((id, name)) if name == id && !told.is_empty() => Ok(Some((id, told.to_owned()))),
        Ok(found) => Ok(Some(found)),
        Err((message, choices)) => {
            let input = if choices.is_empty() { Input::Text } else { Input::One };
            let name = "Assignee".to_owned();
            Err(Missing { field: "person".to_owned(), name, message, input, choices })
        }
    }
}
