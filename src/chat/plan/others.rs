//! Comments, work, links, watching, votes, files, deleting.

use super::field::{mentioned, rich};
use super::site::Site;
use super::value::cut;
use super::{Act, Draft, Item};
use crate::chat::answer::doing::{FileWish, Input, Missing, ValueChoice};
use crate::chat::intent::{Change, Work};
use crate::day;
use crate::jira::requests::issues;
use crate::json::text;
use crate::platform::Timestamp;
use crate::vocabulary::{Entry, Kind, same};
use serde_json::Value;

/// What is wanted for each of these, and what is said to whoever does not have it.
const PERMISSIONS: [(&str, &str); 5] = [
    ("ADD_COMMENTS", "You may not comment on this issue."),
    ("WORK_ON_ISSUES", "You may not log work on this issue."),
    ("LINK_ISSUES", "You may not link this issue."),
    ("CREATE_ATTACHMENTS", "You may not attach files to this issue."),
    ("DELETE_ISSUES", "You may not delete this issue."),
];

/// No larger file is sent from here, whatever the site takes: on its way it is a text, several times as large.
const MOST_BYTES: u64 = 32_000_000;

/// Plans one of these for an issue.
// Long because there is one arm for each of them, all of one shape.
pub(super) fn plan(site: &Site, draft: &mut Draft, issue: &Value, change: &Change) -> Option<()> {
    let (act, wanted) = match change {
        Change::Comment(_) => (Act::Comment, 0),
        Change::LogWork(_) => (Act::LogWork, 1),
        Change::Link { .. } => (Act::Link, 2),
        Change::Unlink(_) => (Act::Unlink, 2),
        Change::Attach => (Act::Attach, 3),
        Change::Delete => (Act::Delete, 4),
        Change::Watch(on) => return watch(site, draft, issue, *on),
        Change::Vote(on) => return vote(site, draft, issue, *on),
        _ => return Some(()),
    };
    let item = Item::of(issue, act);
    let (permission, refusal) = PERMISSIONS[wanted];
    if !site.may(issue, permission)? {
        draft.items.push(item.left_out(refusal));
        return Some(());
    }
    match change {
        Change::Comment(words) if words.trim().is_empty() => draft.ask(Missing {
            field: "comment".to_owned(),
            name: "Comment".to_owned(),
            message: "What shall the comment say?".to_owned(),
            input: Input::Markdown,
            choices: Vec::new(),
        }),
        Change::Comment(words) => {
            for name in mentioned(words) {
                draft.concern(&name, "mentioned");
            }
            draft.items.push(item.with("body", rich(site.edition, words)).row("Comment", "", cut(words)));
        }
        Change::LogWork(work) => draft.items.push(log_work(site, item, work)),
        Change::Link { kind, outward, others } => link(site, draft, issue, (kind, *outward, others)),
        Change::Unlink(others) => unlink(draft, issue, others),
        Change::Attach => draft.items.push(item.row("Attachment", "", "the file that you choose")),
        _ => draft.items.push(delete(item, issue)),
    }
    Some(())
}

/// Why a file of so many bytes is not sent where it may have at most so many; `None` if it is.
pub(in crate::chat) fn too_large(name: &str, bytes: u64, most: u64) -> Option<String> {
    let (size, limit, name) = (megabytes(bytes, true), megabytes(most, false), cut(name));
    (bytes > most).then(|| format!("“{name}” has {size} and cannot be attached: a file may have at most {limit} here."))
}

/// A size in steps of a tenth of a megabyte or kilobyte, rounded so that a larger one does not read like a smaller one.
fn megabytes(bytes: u64, up: bool) -> String {
    let (unit, name) = if bytes >= 1_000_000 { (1_000_000, "MB") } else { (1_000, "kB") };
    let tenths = (bytes * 10 + if up { unit - 1 } else { 0 }) / unit;
    match (bytes < 1_000, tenths % 10) {
        (true, _) => format!("{bytes} bytes"),
        (false, 0) => format!("{} {name}", tenths / 10),
        (false, part) => format!("{}.{part} {name}", tenths / 10),
    }
}

/// What is said of all issues together.
pub(super) fn leading(site: &Site, draft: &mut Draft, change: &Change, found: &[Value]) -> Option<()> {
    match change {
        Change::Attach => {
            let told = site.perhaps(issues::attachment_settings())?;
            let limit = told["uploadLimit"].as_u64().unwrap_or(MOST_BYTES).min(MOST_BYTES);
            if told["enabled"] == false || limit == 0 {
                draft.items.iter_mut().for_each(|item| item.problem = Some("This Jira takes no files.".to_owned()));
            } else {
                draft.file = Some(FileWish { most_bytes: limit });
            }
        }
        Change::Delete => {
            with_its_parent(&mut draft.items, found);
            let gone: Vec<&Item> = draft.items.iter().filter(|item| item.problem.is_none()).collect();
            let below = |item: &&Item| found.iter().find(|issue| issue["key"] == item.key.as_str()).map_or(0, subtasks);
            let below: usize = gone.iter().map(below).sum();
            let what = match gone.as_slice() {
                [one] => one.key.clone(),
                several => format!("these {} issues", several.len()),
            };
            let too = match below {
                0 => String::new(),
                1 => " and its sub-task".to_owned(),
                some => format!(" and {some} sub-tasks"),
            };
            draft.twice = Some(format!("Really delete {what}{too}? This cannot be taken back."));
        }
        _ => {}
    }
    Some(())
}

/// A sub-task goes with the issue above it, where that goes too.
fn with_its_parent(items: &mut [Item], found: &[Value]) {
    let going: Vec<String> = items.iter().filter(|item| item.problem.is_none()).map(|item| item.key.clone()).collect();
    for item in items.iter_mut().filter(|item| item.problem.is_none()) {
        let issue = found.iter().find(|issue| issue["key"] == item.key.as_str());
        let is_below = |issue: &&Value| issue["fields"]["issuetype"]["subtask"] == true;
        let parent = issue.filter(is_below).map(|issue| text(&issue["fields"]["parent"], "key"));
        if let Some(parent) = parent.filter(|parent| going.iter().any(|key| key == parent)) {
            item.problem = Some(format!("It is deleted with {parent}, which it belongs to."));
        }
    }
}

fn subtasks(issue: &Value) -> usize {
    issue["fields"]["subtasks"].as_array().map_or(0, Vec::len)
}

fn delete(item: Item, issue: &Value) -> Item {
    let below = subtasks(issue);
    let after = if below > 0 { format!("deleted, with {below} sub-tasks") } else { "deleted".to_owned() };
    // Whatever was changed since it was shown, it is not the issue that was meant to go.
    let updated = &issue["fields"]["updated"];
    let (summary, mut item) = (item.summary.clone(), item.with("subtasks", below > 0).row("Issue", "", after));
    item.guard["updated"] = updated.clone();
    item.rows[0].before = summary;
    item
}

fn log_work(site: &Site, item: Item, work: &Work) -> Item {
    if !(60..=31_536_000).contains(&work.seconds) {
        return item.left_out("Jira takes work from a minute to a year.");
    }
    let day = work.day.as_deref().map_or(Some(site.today), day::read);
    let Some((day, when)) = day.and_then(|day| Some((day, day::write(day)?))) else {
        return item.left_out("This is not a day.");
    };
    // At the hour that it is now, which is on that day wherever the person is.
    let started = moment(Timestamp(site.now.0.saturating_add((day - site.today).saturating_mul(86_400_000))));
    let mut said = format!("{} on {when}", spelled(work.seconds));
    if !work.comment.is_empty() {
        said = format!("{said}: {}", cut(&work.comment));
    }
    let comment = if work.comment.is_empty() { Value::Null } else { rich(site.edition, &work.comment) };
    item.with("started", started).with("seconds", work.seconds).with("comment", comment).row("Work", "", said)
}

/// A moment as Jira writes it.
fn moment(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000);
    let (days, left) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = day::write(days).unwrap_or_default();
    format!("{day}T{:02}:{:02}:{:02}.000+0000", left / 3600, left / 60 % 60, left % 60)
}

/// A span of working time in Jira's words, with days of eight hours and weeks of five days.
pub(super) fn spelled(seconds: u64) -> String {
    let minutes = seconds / 60;
    let parts = [(minutes / 2400, "w"), (minutes / 480 % 5, "d"), (minutes / 60 % 8, "h"), (minutes % 60, "m")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    words.join(" ")
}

fn link(site: &Site, draft: &mut Draft, issue: &Value, (kind, outward, others): (&str, bool, &[String])) {
    let Some(known) = site.names.find(Kind::LinkType, kind) else {
        let all = site.names.entries(Kind::LinkType).iter();
        let choices = all.map(|entry| ValueChoice { label: entry.name.clone(), value: entry.name.clone() }).collect();
        let message = format!("There is no link of the type “{}” here.", cut(kind));
        let (field, name) = ("link".to_owned(), "Type of link".to_owned());
        draft.ask(Missing { field, name, message, input: Input::One, choices });
        return;
    };
    let key = text(issue, "key");
    let words = words(known, outward);
    for other in others {
        let other = other.to_ascii_uppercase();
        let item = Item::of(issue, Act::Link).row("Link", "", format!("{words} {other}"));
        let side = if outward { "outwardIssue" } else { "inwardIssue" };
        let is_there = links(issue)
            .any(|link| same(text(&link["type"], "name"), &known.name) && link[side]["key"] == other.as_str());
        draft.items.push(if same(key, &other) {
            item.left_out("An issue cannot be linked to itself.")
        } else if is_there {
            item.left_out(format!("It {words} {other} already."))
        } else {
            linked(item, &known.name, outward, &other)
        });
    }
}

/// A link of this type with another issue. In Jira's words, the `inwardIssue` is the one that does it.
pub(super) fn linked(item: Item, kind: &str, outward: bool, other: &str) -> Item {
    item.with("kind", kind).with("outward", outward).with("other", other)
}

/// How a link is said: “blocks”, “is blocked by”.
fn words(kind: &Entry, outward: bool) -> &str {
    kind.also.get(usize::from(!outward)).unwrap_or(&kind.name)
}

fn links(issue: &Value) -> impl Iterator<Item = &Value> {
    issue["fields"]["issuelinks"].as_array().into_iter().flatten()
}

fn unlink(draft: &mut Draft, issue: &Value, others: &[String]) {
    for other in others {
        let mut is_there = false;
        for link in links(issue) {
            let outward = link["outwardIssue"].is_object();
            let side = if outward { "outwardIssue" } else { "inwardIssue" };
            if !same(text(&link[side], "key"), other) {
                continue;
            }
            is_there = true;
            let words = text(&link["type"], if outward { "outward" } else { "inward" });
            let item = Item::of(issue, Act::Unlink).with("id", link["id"].clone());
            let item = linked(item, text(&link["type"], "name"), outward, text(&link[side], "key"));
            draft.items.push(item.row("Link", format!("{words} {}", text(&link[side], "key")), ""));
        }
        if !is_there {
            let item = Item::of(issue, Act::Unlink);
            draft.items.push(item.left_out(format!("It is not linked with {}.", cut(other))));
        }
    }
}

fn watch(site: &Site, draft: &mut Draft, issue: &Value, on: bool) -> Option<()> {
    let is_watching = issue["fields"]["watches"]["isWatching"] == true;
    let item = Item::of(issue, if on { Act::Watch } else { Act::Unwatch }).with("person", site.me.as_str());
    let yes_no = |yes: bool| if yes { "you watch it" } else { "you do not watch it" };
    draft.items.push(match is_watching == on {
        true => item.left_out(if on { "You watch it already." } else { "You do not watch it." }),
        false => item.row("Watching", yes_no(is_watching), yes_no(on)),
    });
    Some(())
}

fn vote(site: &Site, draft: &mut Draft, issue: &Value, on: bool) -> Option<()> {
    let fields = &issue["fields"];
    let has_voted = fields["votes"]["hasVoted"] == true;
    let item = Item::of(issue, if on { Act::Vote } else { Act::Unvote });
    let yes_no = |yes: bool| if yes { "your vote" } else { "" };
    draft.items.push(if has_voted == on {
        item.left_out(if on { "You voted for it already." } else { "You did not vote for it." })
    } else if on && fields["reporter"][site.edition.person_field()] == site.me.as_str() {
        item.left_out("You cannot vote for an issue that you reported.")
    } else {
        item.row("Vote", yes_no(has_voted), yes_no(on))
    });
    Some(())
}
