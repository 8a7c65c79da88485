//! Steps of the workflow.

use super::field::{Field, Unfit};
use super::site::Site;
use super::{Act, Draft, Item, edit};
use crate::chat::answer::doing::{Input, Missing, ValueChoice};
use crate::chat::intent::FieldChange;
use crate::jira::requests::issues;
use crate::json::text;
use crate::vocabulary::same;
use serde_json::Value;

/// Plans a step to a status, by its name or by the name of the step. What its screen wants is asked for.
pub(super) fn plan(site: &Site, draft: &mut Draft, issue: &Value, (to, fields): (&str, &[FieldChange])) -> Option<()> {
    let item = Item::of(issue, Act::Transition);
    let status = &issue["fields"]["status"];
    if is_called(status, to) {
        draft.items.push(item.left_out(format!("It is in {} already.", text(status, "name"))));
        return Some(());
    }
    let told = site.told_of(issue, issues::transitions(text(issue, "key")))?;
    let steps = told["transitions"].as_array().map_or(&[][..], Vec::as_slice);
    let Some(step) = choose(steps, to) else {
        draft.items.push(item.left_out(nowhere(status, steps, to)));
        let known: Vec<&str> = steps.iter().map(|step| text(&step["to"], "name")).collect();
        if site.count == 1 && !known.is_empty() {
            draft.ask(asked(to, &known));
        }
        return Some(());
    };
    let item = item.with("step", step["id"].clone()).row("Status", text(status, "name"), text(&step["to"], "name"));
    let item = item.changing("status", status, super::value::form(&step["to"]));
    let changes: Vec<&FieldChange> = fields.iter().collect();
    match edit::set(site, (issue, &step["fields"]), item, &changes) {
        Ok(item) => {
            let is_asked = require(site, draft, step, &item);
            draft.items.extend((!is_asked).then_some(item));
        }
        Err(Unfit::Problem(sentence)) => draft.items.push(Item::of(issue, Act::Transition).left_out(sentence)),
        Err(Unfit::Ask(missing)) => draft.ask(missing),
    }
    Some(())
}

fn is_called(status: &Value, name: &str) -> bool {
    status["id"] == name || same(text(status, "name"), name)
}

/// The step that is meant: by the status it leads to, then by its own name; without a screen before with one.
fn choose<'a>(steps: &'a [Value], to: &str) -> Option<&'a Value> {
    let leads = |step: &&Value| is_called(&step["to"], to);
    let wants = |step: &&Value| {
        step["fields"].as_object().is_some_and(|fields| fields.values().any(|field| field["required"] == true))
    };
    let simple = steps.iter().filter(leads).find(|step| !wants(step));
    simple.or_else(|| steps.iter().find(leads)).or_else(|| steps.iter().find(|step| same(text(step, "name"), to)))
}

fn nowhere(status: &Value, steps: &[Value], to: &str) -> String {
    let known: Vec<&str> = steps.iter().map(|step| text(&step["to"], "name")).collect();
    let from = text(status, "name");
    match known.is_empty() {
        true => format!("You can take no step from {from}."),
        false => format!("No step leads from {from} to “{}”; there are: {}.", super::value::cut(to), known.join(", ")),
    }
}

fn asked(to: &str, known: &[&str]) -> Missing {
    let message = match to.is_empty() {
        true => "Where shall it go?".to_owned(),
        false => format!("No step leads to “{}”. Choose one that there is.", super::value::cut(to)),
    };
    let choices =
        known.iter().map(|name| ValueChoice { label: (*name).to_owned(), value: (*name).to_owned() }).collect();
    Missing { field: "status".to_owned(), name: "Status".to_owned(), message, input: Input::One, choices }
}

/// Asks for what the screen of a step wants and was not said; whether it does.
fn require(site: &Site, draft: &mut Draft, step: &Value, item: &Item) -> bool {
    let mut is_asked = false;
    for (id, meta) in step["fields"].as_object().into_iter().flatten() {
        let is_said = item.after.get(id).is_some();
        if meta["required"] != true || meta["hasDefaultValue"] == true || is_said {
            continue;
        }
        let (edition, me) = (site.edition, site.me.as_str());
        let field = Field { id, meta, now: &Value::Null, names: &site.names, edition, me };
        let message = format!("The step “{}” wants it.", text(step, "name"));
        draft.ask(field.asked(message, Vec::new()));
        is_asked = true;
    }
    is_asked
}
