//! Taking back: a plan like any other, made from what was carried out. It is shown and confirmed, and leaves alone what somebody
//! else has changed since.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::act::find::{changed_since, has_guard, key_of};
use crate::chat::answer::Card;
use crate::chat::answer::doing::{Before, ItemState};
use crate::chat::plan::keep::{Head, Keep, PART, Stage, Step};
use crate::chat::plan::value::{form, same};
use crate::chat::plan::{Act, Draft, Item, keep_and_show};
use crate::command::ask::Answering;
use crate::error::{Code, Error, Result};
use crate::few::Few;
use crate::jira::Jira;
use crate::jira::requests::{issues, search};
use crate::json::{object, text};
use crate::platform::Platform;
use crate::settings::check_writing;
use serde_json::Value;
use std::mem::swap;

const GONE: &str = "What was deleted cannot be brought back.";

/// Why an item cannot be taken back; `None` if it can, as far as is known.
pub fn why_not(item: &Item) -> Option<&'static str> {
    match item.act {
        Act::Delete | Act::DeleteComment | Act::DeleteWork | Act::Detach => Some(GONE),
        Act::Rank if item.data["back"].is_null() => Some("Its place before is not known."),
        _ => None,
    }
}

/// Plans to take back a plan that was carried out, or the last one that can be; the plan is sent as a card.
///
/// Errors: `not_found` (there is nothing to take back), and as for [`Jira::send`].
pub async fn undo<P: Platform>(app: &App<P>, account: &str, id: Option<&str>, sink: &Sink<'_, P>) -> Result<()> {
    let whose = app.tokens().account(account).await?;
    let keep = Keep::of(app, &whose);
    let nothing = || Error::new(Code::NotFound, "There is nothing to take back.");
    let done = match id {
        Some(id) => keep.head(id).await?.0,
        None => last(&keep).await?.ok_or_else(nothing)?,
    };
    if done.stage == Stage::Shown || done.undone || app.live().is_running(&done.id) {
        return Err(nothing());
    }
    let trouble = check_writing(app.platform()).await.err();
    let tell = |pause| Answering::paused(sink, pause);
    let jira = Jira::new(app.tokens(), app.platform(), &whose)?.telling(&tell);
    let mut draft = Draft::default();
    Box::pin(items(&keep, &jira, &done, &mut draft)).await?;
    if draft.items.iter().any(|item| item.act == Act::Delete && item.problem.is_none()) {
        draft.twice = Some("Really delete what was made? It cannot be brought back.".to_owned());
    }
    let mut head = Head::new(app, format!("Take back: {}", done.title), Value::Null);
    head.undoes = Some(done.id);
    let view = keep_and_show(app, &whose, head, draft, trouble).await?;
    sink.item(&Card::Plan { plan: Box::new(view) });
    Ok(())
}

/// The newest plan of which something was done that can be taken back.
async fn last<P: Platform>(keep: &Keep<'_, P>) -> Result<Option<Head>> {
    for head in keep.heads().await?.into_iter().rev() {
        if head.stage == Stage::Shown || head.undone || head.undoes.is_some() {
            continue;
        }
        let count = usize::try_from(head.count).unwrap_or(usize::MAX);
        for part in 0..count.div_ceil(PART) {
            let items = keep.part(&head.id, part).await?;
            if items.iter().any(|(item, step, _)| step.state == ItemState::Done && why_not(item).is_none()) {
                return Ok(Some(head));
            }
        }
    }
    Ok(None)
}

/// A plan is at its end: if it took another back, that is said there.
pub(super) async fn taken_back<P: Platform>(keep: &Keep<'_, P>, head: &Head, is_done: bool) -> Result<()> {
    let Some(of) = head.undoes.as_deref().filter(|_| is_done) else { return Ok(()) };
    let Ok((mut undone, revision)) = keep.head(of).await else { return Ok(()) };
    undone.undone = true;
    keep.put_head(&undone, revision).await?;
    // Whoever takes back what took something back has done that again.
    if let Some(first) = undone.undoes.as_deref()
        && let Ok((mut first, revision)) = keep.head(first).await
    {
        first.undone = false;
        keep.put_head(&first, revision).await?;
    }
    Ok(())
}

/// The opposite of what was done, the last first.
async fn items<P: Platform>(keep: &Keep<'_, P>, jira: &Jira<'_, P>, done: &Head, draft: &mut Draft) -> Result<()> {
    let count = usize::try_from(done.count).unwrap_or(usize::MAX);
    for part in (0..count.div_ceil(PART)).rev() {
        let mut all = keep.part(&done.id, part).await?;
        all.retain(|(_, step, _)| step.state == ItemState::Done);
        let there = now(jira, &all).await?;
        for (item, step, _) in all.into_iter().rev() {
            // The link to a copy goes with the copy.
            if item.act == Act::Link && text(&item.data, "other").is_empty() {
                continue;
            }
            let key = if item.act == Act::Create { key_of(&step.result) } else { &item.key };
            let back = match there.get(key) {
                None => item.clone().left_out("It does not exist any more, or you may not see it."),
                Some(issue) => opposite(jira, item, &step, issue),
            };
            draft.items.push(back);
        }
    }
    Ok(())
}

/// The issues as they are now, by key, with the steps that they can take.
async fn now<P: Platform>(jira: &Jira<'_, P>, all: &[(Item, Step, u64)]) -> Result<Few<String, Value>> {
    let mut fields = vec!["summary", "status", "issuelinks", "created", "updated", "subtasks"];
    let mut keys: Vec<&str> = Vec::new();
    for (item, step, _) in all {
        let key = if item.act == Act::Create { key_of(&step.result) } else { &item.key };
        if !keys.contains(&key) && !key.is_empty() {
            keys.push(key);
        }
        for (field, _) in item.guard.as_object().into_iter().flatten() {
            if !fields.contains(&field.as_str()) {
                fields.push(field);
            }
        }
    }
    let mut found = Few::default();
    if keys.is_empty() {
        return Ok(found);
    }
    let told = jira.send(&search::fetch(jira.edition(), &keys, &fields)).await?;
    for issue in told["issues"].as_array().into_iter().flatten() {
        let (key, mut issue) = (text(issue, "key").to_owned(), issue.clone());
        if all.iter().any(|(item, ..)| item.act == Act::Transition && item.key == key) {
            issue["transitions"] = jira.send(&issues::transitions(&key)).await?["transitions"].take();
        }
        found.insert(key, issue);
    }
    Ok(found)
}

/// The opposite of what was done with one issue, or why there is none.
// Long because there is one arm for each act, all of one shape.
fn opposite<P: Platform>(jira: &Jira<'_, P>, item: Item, step: &Step, issue: &Value) -> Item {
    if let Some(why) = why_not(&item) {
        return item.left_out(why);
    }
    let fields = &issue["fields"];
    let changed = item
        .after
        .as_object()
        .into_iter()
        .flatten()
        .find(|(field, sent)| has_guard(&item) && !same(&form(&fields[field.as_str()]), then(step, field, sent)));
    if let Some((field, _)) = changed {
        let sentence = changed_since(&item, field, &fields[field.as_str()]).replace("was shown", "was done");
        return item.clone().left_out(sentence);
    }
    let act = turned(item.act);
    let mut back = Item { act, ..item };
    swap(&mut back.guard, &mut back.after);
    for (field, sent) in back.guard.as_object_mut().into_iter().flatten() {
        *sent = then(step, field, sent).clone();
    }
    back.rows =
        back.rows.into_iter().map(|row| Before { field: row.field, before: row.after, after: row.before }).collect();
    match act {
        Act::Transition => step_back(back, issue),
        Act::Assign => {
            let person = back.after["assignee"][jira.edition().person_field()].clone();
            back.with("person", person)
        }
        Act::DeleteComment | Act::DeleteWork | Act::Detach => match step.result["id"].as_str() {
            Some(id) => back.with("id", id),
            None => back.left_out("Jira did not say which one it was. Remove it in Jira itself."),
        },
        Act::Delete => unmake(back, step, issue),
        Act::Unlink => unlink(back, issue),
        Act::Sprint | Act::Backlog => {
            let (from, to) = (back.data["sprint"].clone(), back.data["back"].clone());
            let act = if to.is_null() { Act::Backlog } else { Act::Sprint };
            Item { act, ..back.with("sprint", to).with("back", from) }
        }
        Act::Rank => {
            let data = std::mem::take(&mut back.data["back"]);
            Item { data, ..back }
        }
        _ => back,
    }
}

/// What a field was when it was changed, where Jira does not write it as it was `sent`.
fn then<'a>(step: &'a Step, field: &str, sent: &'a Value) -> &'a Value {
    step.seen.get(field).unwrap_or(sent)
}

/// What takes an act back.
fn turned(act: Act) -> Act {
    match act {
        Act::Create => Act::Delete,
        Act::Comment => Act::DeleteComment,
        Act::LogWork => Act::DeleteWork,
        Act::Link => Act::Unlink,
        Act::Unlink => Act::Link,
        Act::Watch => Act::Unwatch,
        Act::Unwatch => Act::Watch,
        Act::Vote => Act::Unvote,
        Act::Unvote => Act::Vote,
        Act::Attach => Act::Detach,
        other => other,
    }
}

/// A step back to the status before, if there is one that wants nothing more.
fn step_back(back: Item, issue: &Value) -> Item {
    let to = back.after["status"].clone();
    let leads = |step: &&Value| step["to"]["id"] == to["id"];
    let wants = |step: &Value| {
        let fields = step["fields"].as_object().into_iter().flatten();
        fields.into_iter().any(|(_, field)| field["required"] == true && field["hasDefaultValue"] != true)
    };
    let mut steps = issue["transitions"].as_array().into_iter().flatten().filter(leads);
    let before = back.rows.first().map(|row| row.after.clone()).unwrap_or_default();
    match steps.clone().find(|step| !wants(step)).or_else(|| steps.next()) {
        None => {
            let now = text(&issue["fields"]["status"], "name");
            back.left_out(format!("No step leads back from {now} to {before}."))
        }
        Some(step) if wants(step) => {
            let name = text(step, "name");
            back.left_out(format!(
                "The step back to {before} (“{name}”) wants more to be filled in. Take it as a change of its own."
            ))
        }
        // What the first step filled in on its screen is not on the screen of the one back.
        Some(step) => {
            let guard = object([("status", back.guard["status"].clone())]);
            Item { after: object([("status", to)]), guard, ..back }.with("step", step["id"].clone())
        }
    }
}

fn unmake(back: Item, step: &Step, issue: &Value) -> Item {
    let fields = &issue["fields"];
    let mut made = Item::of(issue, Act::Delete);
    let has_more = fields["subtasks"].as_array().is_some_and(|list| !list.is_empty());
    made.key = key_of(&step.result).to_owned();
    made.guard["updated"] = fields["updated"].clone();
    let moments = [&fields["created"], &fields["updated"]].map(|at| crate::jira::again::moment(at.as_str()?));
    let is_changed = matches!(moments, [Some(made), Some(changed)] if changed.since(made).as_secs() > 300);
    let after = match is_changed {
        true => "deleted, with what was changed since",
        false => "deleted",
    };
    let summary = back.summary;
    made.with("subtasks", has_more).row("Issue", summary, after)
}

fn unlink(back: Item, issue: &Value) -> Item {
    let (data, side) = (&back.data, if back.data["outward"] == true { "outwardIssue" } else { "inwardIssue" });
    let links = issue["fields"]["issuelinks"].as_array();
    let is_it = |link: &&Value| link["type"]["name"] == data["kind"] && link[side]["key"] == data["other"];
    match links.into_iter().flatten().find(is_it).and_then(|link| link["id"].as_str()) {
        Some(id) => back.clone().with("id", id),
        None => back.left_out("The link is not there any more."),
    }
}
