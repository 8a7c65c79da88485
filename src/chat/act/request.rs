//! An item as the request that carries it out.

use crate::chat::plan::{Act, Item};
use crate::jira::edition::Edition;
use crate::jira::request::{Request, Upload};
use crate::jira::requests::{agile, issues, talk};
use crate::json::{object, text};
use serde_json::Value;

/// What an item alone does not say.
pub struct Beside<'a> {
    /// The product.
    pub edition: Edition,
    /// The id of whoever asks; on Data Center the user name.
    pub me: &'a str,
    /// The key of the issue that the item before has made.
    pub made: &'a str,
    /// The file that goes with the plan.
    pub file: Option<Upload>,
}

/// The request of an item, from its `data`: `fields` (create), `subtasks` (delete), `step` (transition), `person` (assign, watch,
/// unwatch), `body` (comment), `id` (what is removed), `started`, `seconds`, `comment` (log work), `kind`, `outward`, `other`
/// (link), `sprint`, `before` or `after` (rank). `None` if it has not what it takes, as a file that was not kept.
// Long because there is one arm for each act, all of one shape.
pub fn request(item: &Item, beside: Beside<'_>) -> Option<Request> {
    let (key, data, edition) = (item.key.as_str(), &item.data, beside.edition);
    Some(match item.act {
        Act::Create => issues::create(edition, &data["fields"]),
        Act::Delete => issues::delete(key, data["subtasks"] == true),
        Act::Edit => issues::edit(key, &sent(&item.after), &Value::Null),
        Act::Transition => transition(item),
        Act::Assign => issues::assign(edition, key, data["person"].as_str()),
        Act::Comment => talk::comment(edition, key, &data["body"], beside.me),
        Act::DeleteComment => talk::delete_comment(key, data["id"].as_str()?),
        Act::LogWork => {
            let seconds = u32::try_from(data["seconds"].as_u64()?).ok()?;
            let work = talk::Work { started: data["started"].as_str()?, seconds, comment: &data["comment"] };
            talk::log_work(edition, key, &work, beside.me)
        }
        Act::DeleteWork => talk::delete_work(key, data["id"].as_str()?),
        Act::Link => {
            let other = Some(text(data, "other")).filter(|other| !other.is_empty()).unwrap_or(beside.made);
            let (from, to) = if data["outward"] == true { (key, other) } else { (other, key) };
            issues::link(data["kind"].as_str()?, from, to)
        }
        Act::Unlink => issues::unlink(data["id"].as_str()?),
        Act::Watch => issues::watch(key, data["person"].as_str()?),
        Act::Unwatch => issues::unwatch(edition, key, data["person"].as_str()?),
        Act::Vote => issues::vote(key),
        Act::Unvote => issues::unvote(key),
        Act::Sprint => agile::plan(data["sprint"].as_u64()?, &[key]),
        Act::Backlog => agile::unplan(&[key]),
        Act::Rank => {
            let before = data["before"].as_str();
            agile::rank(&[key], before.is_some(), before.or(data["after"].as_str())?)
        }
        Act::Attach => issues::attach(key, beside.file?),
        Act::Detach => issues::detach(data["id"].as_str()?),
    })
}

/// Fields as they are sent. An estimate is emptied by an empty text; none leaves it as it is.
fn sent(after: &Value) -> Value {
    let mut fields = after.clone();
    let estimates = fields.get_mut("timetracking").and_then(Value::as_object_mut);
    estimates.into_iter().flatten().filter(|(_, part)| part.is_null()).for_each(|(_, part)| *part = "".into());
    fields
}

fn transition(item: &Item) -> Request {
    let mut fields = object([]);
    for (field, value) in sent(&item.after).as_object().into_iter().flatten().filter(|(field, _)| *field != "status") {
        fields[field] = value.clone();
    }
    let step = issues::Step {
        id: text(&item.data, "step"),
        to: text(&item.after["status"], "id"),
        from: text(&item.guard["status"], "id"),
        fields: &fields,
    };
    issues::transition(&item.key, &step)
}

#[cfg(test)]
mod tests;
