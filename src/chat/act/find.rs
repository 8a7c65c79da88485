//! What became of what nobody knows, and whether an issue is still as it was shown.

use super::Job;
use crate::chat::plan::keep::Step;
use crate::chat::plan::value::{form, is_kept, same, shown};
use crate::chat::plan::{Act, Item};
use crate::error::{Code, Result};
use crate::jira::again::{Again, SLACK, moment};
use crate::jira::request::{Kind, Request};
use crate::jira::requests::{issues, search};
use crate::json::{object, text};
use crate::platform::{Clock, Platform};
use serde_json::Value;
use std::time::Duration;

/// A request that was on its way as the worker died may still arrive; after this it has, or never will.
const ON_ITS_WAY: Duration = Duration::from_secs(10);

/// What became of a request.
pub(super) enum Found {
    /// It was carried out; what Jira made of it, and the fields as they are now where they are not as they were sent.
    Done(Value, Value),
    /// It was not.
    NotDone,
    /// Nobody can tell: a sentence.
    Unknown(String),
}

fn unknown(sentence: &str) -> Found {
    Found::Unknown(format!("{sentence} Look in Jira before you repeat it."))
}

impl<P: Platform> Job<'_, P> {
    /// What became of an item that was sent and not known to be answered. Nothing is changed.
    pub(super) async fn find_out(&self, item: &Item, step: &Step, request: &Request) -> Result<Found> {
        if item.act == Act::Delete {
            return Ok(match self.jira.send(&issues::show(&item.key, &["summary"])).await {
                Err(gone) if gone.code == Code::NotFound => Found::Done(Value::Null, Value::Null),
                Err(other) => return Err(other),
                Ok(_) => Found::NotDone,
            });
        }
        if has_guard(item) {
            return self.what_became(item, step).await;
        }
        let Kind::Write { again, .. } = &request.kind else { return Ok(Found::NotDone) };
        let look = match again {
            Again::Harmless => return Ok(Found::NotDone),
            Again::Never => return Ok(unknown("Jira did not confirm the change.")),
            Again::Look(look) => look,
        };
        let age = self.app.now().since(step.at);
        self.app.platform().clock().sleep(ON_ITS_WAY.saturating_sub(age)).await;
        let read = match item.act {
            // Whoever comes back after an hour has to look back an hour.
            Act::Create => search::newest_of_mine(self.jira.edition(), age.as_secs() / 60 + 10),
            _ => look.read.clone(),
        };
        let there = self.jira.send(&read).await?;
        Ok(match (look.found)(&there, &look.sent, step.at) {
            Some(made) => Found::Done(made, Value::Null),
            None if look.repeat => Found::NotDone,
            None => unknown("Jira did not confirm it, and it is not to be seen yet."),
        })
    }

    /// What became of a change of fields: by what they are now, and where that is neither, by who made it so.
    async fn what_became(&self, item: &Item, step: &Step) -> Result<Found> {
        let Some(now) = self.now(item).await? else { return Ok(unknown("The issue is not there any more.")) };
        let all = |then: &Value| now.iter().all(|(field, now)| same(&form(now), &then[field.as_str()]));
        if all(&item.after) {
            return Ok(Found::Done(Value::Null, Value::Null));
        }
        if all(&item.guard) {
            return Ok(Found::NotDone);
        }
        // Jira writes some values in its own way; then the newest change of each of them is this person's.
        let told = self.jira.send(&issues::show_all(&item.key, &["updated"])).await?;
        let is_ours = |(field, now): &(String, Value)| {
            same(&form(now), &item.after[field.as_str()]) || self.is_mine(&told["changelog"], field, step)
        };
        Ok(match now.iter().all(is_ours) {
            true => Found::Done(Value::Null, forms(&now)),
            false => unknown("It was changed meanwhile, and it cannot be seen by whom."),
        })
    }

    /// Whether the newest change of a field was made by this person, not long before or after the request was sent.
    fn is_mine(&self, changes: &Value, field: &str, step: &Step) -> bool {
        let is_it = |item: &Value| {
            let id = item["fieldId"].as_str().or(item["field"].as_str()).unwrap_or_default();
            id == field || (field == "timetracking" && ["timeoriginalestimate", "timeestimate"].contains(&id))
        };
        let list = changes["histories"].as_array().into_iter().flatten();
        let of_it = list.filter(|entry| entry["items"].as_array().into_iter().flatten().any(is_it));
        let at = |entry: &&Value| entry["created"].as_str().and_then(moment);
        let newest = of_it.max_by_key(at);
        newest.is_some_and(|entry| {
            let who = &entry["author"][self.jira.edition().person_field()];
            *who == self.me.as_str() && at(&entry).is_some_and(|at| at >= step.at.before(SLACK))
        })
    }

    /// The fields that an item has changed, as Jira has written them, where that need not be as they were sent. What cannot be
    /// looked at is taken to be so.
    pub(super) async fn seen(&self, item: &Item) -> Value {
        let sent = item.after.as_object();
        if !has_guard(item) || sent.into_iter().flatten().all(|(_, value)| is_kept(value)) {
            return Value::Null;
        }
        match self.now(item).await {
            Ok(Some(now)) => forms(&now),
            _ => Value::Null,
        }
    }

    /// Why an item must not be done any more: the issue is not as it was shown.
    pub(super) async fn outdated(&self, item: &Item) -> Result<Option<String>> {
        if !has_guard(item) {
            return Ok(None);
        }
        let Some(now) = self.now(item).await? else {
            return Ok(Some("It does not exist any more, or you may not see it.".to_owned()));
        };
        let changed = now.iter().find(|(field, now)| !same(&form(now), &item.guard[field.as_str()]));
        Ok(changed.map(|(field, now)| changed_since(item, field, now)))
    }

    /// The fields that an item changes, as they are now; `None` if the issue is not there.
    async fn now(&self, item: &Item) -> Result<Option<Vec<(String, Value)>>> {
        let fields: Vec<&str> = item.guard.as_object().into_iter().flatten().map(|(field, _)| field.as_str()).collect();
        match self.jira.send(&issues::show(&item.key, &fields)).await {
            Err(gone) if gone.code == Code::NotFound => Ok(None),
            Err(other) => Err(other),
            Ok(found) => {
                Ok(Some(fields.iter().map(|field| ((*field).to_owned(), found["fields"][*field].clone())).collect()))
            }
        }
    }
}

fn forms(fields: &[(String, Value)]) -> Value {
    let mut all = object([]);
    for (field, value) in fields {
        all[field.as_str()] = form(value);
    }
    all
}

/// That somebody else was quicker.
pub(crate) fn changed_since(item: &Item, field: &str, now: &Value) -> String {
    if field == "updated" {
        return "Somebody changed it since it was shown. Look at it again first.".to_owned();
    }
    let name = item.rows.iter().map(|row| row.field.as_str()).next().filter(|_| item.rows.len() == 1).unwrap_or(field);
    let now = shown(now);
    let now = if now.is_empty() { "empty" } else { &now };
    format!("Somebody changed {name} since it was shown: it is {now} now. It was left as it is.")
}

/// Whether an item says what it changes from what. Time tracking is told with more than it takes.
pub(crate) fn has_guard(item: &Item) -> bool {
    item.guard.as_object().is_some_and(|fields| !fields.is_empty())
}

/// The key of what Jira made.
pub(crate) fn key_of(result: &Value) -> &str {
    text(result, "key")
}
