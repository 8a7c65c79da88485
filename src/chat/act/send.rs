//! One item: looked at, written down, sent, written down.

use super::Job;
use super::find::{Found, has_guard, key_of};
use super::request::{Beside, request};
use crate::chat::answer::doing::ItemState;
use crate::chat::plan::keep::Step;
use crate::chat::plan::value::same;
use crate::chat::plan::{Act, Item};
use crate::error::{Code, Error, Result};
use crate::jira::request::{Request, Upload};
use crate::json::text;
use crate::platform::Platform;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// An item's state, what to say of it, and why nothing else can be done either.
type Failure = (ItemState, String, Option<Error>);

impl<P: Platform> Job<'_, P> {
    /// Does one item; how it ended. The error is why no other can be done either.
    pub(super) async fn one(&self, (at, item): (usize, &Item), (step, revision): (Step, u64)) -> Result<ItemState> {
        let place = (self.head.id.as_str(), at);
        let was_sent = matches!(step.state, ItemState::Sending | ItemState::Unknown);
        let Some(request) = self.request(at, item).await? else {
            return self.write(place, alone(item), revision).await;
        };
        if was_sent {
            match self.find_out(item, &step, &request).await? {
                Found::Done(result, seen) => {
                    return self.done(place, item, (Step { seen, ..step }, result), revision).await;
                }
                Found::Unknown(message) => {
                    return self.write(place, Step { state: ItemState::Unknown, message, ..step }, revision).await;
                }
                Found::NotDone => {}
            }
        }
        let outdated = match self.outdated(item).await {
            // That this one is hidden now says nothing of the others.
            Err(refused) if refused.code == Code::Refused => Some(refused.message.clone()),
            other => other?,
        };
        if let Some(message) = outdated {
            return self.write(place, failed(message, false), revision).await;
        }
        let sending = Step { state: ItemState::Sending, at: self.app.now(), ..Step::default() };
        // From here on it must not be dropped in the middle: nobody would know whether it was done.
        let _writing = self.app.live().write();
        self.write(place, sending.clone(), revision).await?;
        let outcome = self.jira.send(&request).await;
        let ended = self.judge(item, outcome, was_sent);
        match ended {
            Ok(result) => self.answered(place, item, (sending, result), revision + 1).await,
            Err(failed) => self.not_done(place, (item, &request), (sending, revision + 1), failed).await,
        }
    }

    /// Writes down what Jira has made of an item that it took.
    async fn answered(
        &self,
        place: (&str, usize),
        item: &Item,
        (sending, result): (Step, Value),
        revision: u64,
    ) -> Result<ItemState> {
        let seen = self.seen(item).await;
        match unmoved(item, &seen) {
            Some(message) => self.write(place, failed(message, false), revision).await,
            None => self.done(place, item, (Step { seen, ..sending }, result), revision).await,
        }
    }

    /// Writes down how an item ended that is not known to be done. Where the server failed, but still answers, perhaps it tells.
    async fn not_done(
        &self,
        place: (&str, usize),
        (item, request): (&Item, &Request),
        (sending, revision): (Step, u64),
        (mut state, mut message, stop): Failure,
    ) -> Result<ItemState> {
        if state == ItemState::Unknown && stop.is_none() {
            match self.find_out(item, &sending, request).await {
                Ok(Found::Done(result, seen)) => {
                    return self.done(place, item, (Step { seen, ..sending }, result), revision).await;
                }
                Ok(Found::NotDone) if has_guard(item) => state = ItemState::Failed,
                Ok(Found::Unknown(said)) => message = said,
                _ => {}
            }
        }
        let step = Step { state, message, passing: true, ..sending };
        self.write(place, step, revision).await.and_then(|state| stop.map_or(Ok(state), Err))
    }

    /// What an outcome means: what Jira made of it; or the item's state, what to say, and whether to stop.
    fn judge(&self, item: &Item, outcome: Result<Value>, was_sent: bool) -> Result<Value, Failure> {
        let removes =
            matches!(item.act, Act::Delete | Act::DeleteComment | Act::DeleteWork | Act::Detach | Act::Unlink);
        let error = match outcome {
            Ok(result) => return Ok(result),
            Err(error) => error,
        };
        let message = error.message.clone();
        Err(match error.code {
            // The one before was done after all.
            Code::NotFound if was_sent && removes => return Ok(Value::Null),
            Code::Refused | Code::NotFound => (ItemState::Failed, message, None),
            Code::ServerFailed => (ItemState::Unknown, message, None),
            Code::Offline => (ItemState::Unknown, message, Some(error)),
            // Limits, sign-in, policy: nothing was done, and nothing else would be.
            _ => (ItemState::Left, String::new(), Some(error)),
        })
    }

    async fn done(
        &self,
        place: (&str, usize),
        item: &Item,
        (step, result): (Step, Value),
        revision: u64,
    ) -> Result<ItemState> {
        let made = result["id"].as_str().and_then(|id| id.parse().ok()).filter(|_| item.act == Act::Create);
        let traffic = self.app.tokens().traffic();
        traffic.wrote(self.account, made.unwrap_or(item.issue), self.app.now());
        // Of what was made, its names are enough.
        let first = if result.is_array() { &result[0] } else { &result };
        let mut result = crate::json::object([]);
        for name in ["id", "key"].into_iter().filter(|name| first[*name].is_string()) {
            result[name] = first[name].clone();
        }
        self.write(place, Step { state: ItemState::Done, message: String::new(), result, ..step }, revision).await
    }

    async fn write(&self, place: (&str, usize), step: Step, revision: u64) -> Result<ItemState> {
        let state = step.state;
        match self.keep.put_step(place, &step, revision).await? {
            true => Ok(state),
            // Another worker is at it.
            false => Err(Error::new(Code::Interrupted, "This is being done elsewhere. Look again in a moment.")),
        }
    }

    /// The request of an item; `None` if what belongs to it is not there.
    pub(super) async fn request(&self, at: usize, item: &Item) -> Result<Option<Request>> {
        let id = &self.head.id;
        let made = match at.checked_sub(1).filter(|_| item.act == Act::Link && text(&item.data, "other").is_empty()) {
            Some(before) => key_of(&self.keep.step(id, before).await?.0.result).to_owned(),
            None => String::new(),
        };
        if item.act == Act::Link && made.is_empty() && text(&item.data, "other").is_empty() {
            return Ok(None);
        }
        let file = if item.act == Act::Attach { self.keep.file(id).await? } else { None };
        let file = file.and_then(|file| {
            let bytes = STANDARD.decode(text(&file, "content")).ok()?;
            Some(Upload {
                name: text(&file, "name").to_owned(),
                media_type: text(&file, "media_type").to_owned(),
                bytes,
            })
        });
        let edition = self.jira.edition();
        Ok(request(item, Beside { edition, me: &self.me, made: &made, file }))
    }
}

/// That Jira took a change and made nothing of it: what could be looked at is as it was.
fn unmoved(item: &Item, seen: &Value) -> Option<String> {
    let is_sent = |(field, now): (&String, &Value)| same(now, &item.after[field.as_str()]);
    (*seen == item.guard && !seen.as_object()?.iter().all(is_sent)).then(|| {
        let what = item.rows.first().map_or("it", |row| row.field.as_str());
        format!("Jira took the change, and left {what} as it was. Change it in Jira itself.")
    })
}

/// That something is not there which an item takes.
fn alone(item: &Item) -> Step {
    match item.act {
        // A copy that is made later is linked then.
        Act::Link => failed("The copy was not made, so there is nothing to link with.".to_owned(), true),
        _ => failed("What belongs to it was not kept. Start it anew.".to_owned(), false),
    }
}

fn failed(message: String, passing: bool) -> Step {
    Step { state: ItemState::Failed, message, passing, ..Step::default() }
}
