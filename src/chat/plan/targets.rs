//! The issues of a wish, read page by page, each planned as it comes.

use super::site::Site;
use super::value::cut;
use super::{Draft, Item, agile, create, edit, others, step};
use crate::app::ports::Sink;
use crate::chat::answer::doing::Concern;
use crate::chat::intent::{Assignee, Change, FieldChange, How, Search, Target, Wish};
use crate::command::ask::Answering;
use crate::error::Result;
use crate::jira::Jira;
use crate::jira::requests::{issues, search};
use crate::jira::search::LARGE_PAGE;
use crate::json::{self, text};
use crate::platform::Platform;
use crate::vocabulary::same;
use serde_json::Value;

/// What is read of every issue.
const FIELDS: [&str; 6] = ["summary", "status", "issuetype", "project", "assignee", "reporter"];
/// So many people are named whom a plan concerns.
const NAMED: usize = 10;
/// The watchers of so many issues are asked for by name.
const WATCHED: usize = 3;

/// Plans a wish for each of its issues.
pub(super) async fn each<P: Platform>(
    (jira, site): (&Jira<'_, P>, &mut Site),
    wish: &Wish,
    sink: &Sink<'_, P>,
) -> Result<Draft> {
    let mut missing = Draft::default();
    let wanted = fields(site, &wish.change);
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let found = match &wish.target {
        Target::Issues(keys) => by_key(jira, &mut missing, &wanted, keys).await?,
        Target::Matching(search) => matching(jira, &wanted, search, sink).await?,
        Target::None => Vec::new(),
    };
    site.count = found.len();
    loop {
        let targets = found.iter().map(|issue| text(issue, "key").to_owned()).collect();
        let mut draft = Draft { items: missing.items.clone(), targets, ..Draft::default() };
        let is_planned = all(site, &mut draft, &found, &wish.change).is_some();
        // What was wanted on the way is asked for, and then everything is planned again.
        if !site.ask(jira).await? && is_planned {
            return Ok(draft);
        }
    }
}

/// Plans all issues; `None` if something has to be asked for first.
fn all(site: &Site, draft: &mut Draft, found: &[Value], change: &Change) -> Option<()> {
    if let Change::Create(new) = change {
        return create::plan(site, draft, new);
    }
    let mut planned = Some(());
    for issue in found {
        // Also when one has to wait: what the others want is then asked for at the same time.
        planned = one(site, draft, issue, change).and(planned);
    }
    planned?;
    others::leading(site, draft, change, found)?;
    concern(site, draft, found)
}

/// What is read of the issues: what every plan shows, and what this one changes.
fn fields(site: &Site, change: &Change) -> Vec<String> {
    let mut all: Vec<String> = FIELDS.map(str::to_owned).to_vec();
    let more: &[&str] = match change {
        Change::Link { .. } | Change::Unlink(_) => &["issuelinks"],
        Change::Watch(_) => &["watches"],
        Change::Vote(_) => &["votes"],
        Change::Delete => &["subtasks", "updated", "parent"],
        Change::Clone => &["*all"],
        Change::Sprint(_) => &[],
        _ => &["watches"],
    };
    all.extend(more.iter().map(|name| (*name).to_owned()));
    if let Change::Edit(fields) | Change::Transition { fields, .. } = change {
        all.extend(fields.iter().flat_map(|change| site.field_ids(&change.field)));
        // The estimates are read where they are written.
        let is_any = all.iter().any(|id| edit::is_estimate(id));
        all.extend(is_any.then(|| "timetracking".to_owned()));
    }
    all.extend(agile::sprint_field(&site.names));
    all
}

/// The keys as Jira writes them.
fn each_once(keys: &[String]) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for key in keys.iter().map(|key| key.trim().to_ascii_uppercase()) {
        if !once.contains(&key) {
            once.push(key);
        }
    }
    once
}

async fn by_key<P: Platform>(
    jira: &Jira<'_, P>,
    draft: &mut Draft,
    wanted: &[&str],
    keys: &[String],
) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    let keys = each_once(keys);
    for some in keys.chunks(100) {
        let some: Vec<&str> = some.iter().map(String::as_str).collect();
        let mut told = match some.as_slice() {
            // Whoever asks for one wants to know why it is not there.
            [one] if keys.len() == 1 => vec![jira.send(&issues::show(one, wanted)).await?],
            _ => {
                let mut told = jira.send(&search::fetch(jira.edition(), &some, wanted)).await?;
                match told["issues"].take() {
                    Value::Array(list) => list,
                    _ => return Err(crate::jira::error::unreadable()),
                }
            }
        };
        for key in some {
            match told.iter().position(|issue| same(text(issue, "key"), key)).or((keys.len() == 1).then_some(0)) {
                Some(at) => found.push(told.swap_remove(at)),
                None => {
                    let nowhere = json::object([("key", key.into())]);
                    let item = Item::of(&nowhere, super::Act::Edit);
                    draft.items.push(item.left_out("It does not exist, or you may not see it."));
                }
            }
        }
    }
    Ok(found)
}

async fn matching<P: Platform>(
    jira: &Jira<'_, P>,
    fields: &[&str],
    wanted: &Search,
    sink: &Sink<'_, P>,
) -> Result<Vec<Value>> {
    let most = wanted.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let jql = wanted.query.to_string();
    let (mut found, mut next) = (Vec::new(), None);
    loop {
        let mut page = jira.search_raw(&jql, fields, next.as_ref(), LARGE_PAGE).await?;
        page.issues.iter_mut().for_each(shorten);
        found.append(&mut page.issues);
        sink.progress(&Answering::Planning { issues: u32::try_from(found.len()).unwrap_or(u32::MAX) });
        next = page.next;
        if next.is_none() || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}

/// Leaves out what no plan looks at: of thousands of issues it would be most of the memory.
fn shorten(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(shorten),
        Value::Object(members) => {
            for name in
                ["self", "expand", "avatarUrls", "iconUrl", "emailAddress", "timeZone", "accountType", "colorName"]
            {
                members.remove(name);
            }
            members.values_mut().for_each(shorten);
        }
        _ => {}
    }
}

/// Plans one issue.
fn one(site: &Site, draft: &mut Draft, issue: &Value, change: &Change) -> Option<()> {
    match change {
        Change::Edit(fields) => several(site, draft, issue, fields),
        Change::Transition { to, fields } => step::plan(site, draft, issue, (to, fields)),
        Change::Assign(who) => edit::assign(site, draft, issue, who),
        Change::Sprint(to) => agile::sprint(site, draft, issue, to),
        Change::Rank(place) => agile::rank(site, draft, issue, place),
        Change::Clone => create::copy(site, draft, issue),
        other => others::plan(site, draft, issue, other),
    }
}

/// Edits, of which some are made in another way than by editing.
fn several(site: &Site, draft: &mut Draft, issue: &Value, fields: &[FieldChange]) -> Option<()> {
    let mut edits = Vec::new();
    for change in fields {
        let first = change.values.first().map(String::as_str).unwrap_or_default();
        let ids = site.field_ids(&change.field);
        let is = |id: &str| ids.iter().any(|known| known == id);
        if is("assignee") {
            let person = Assignee::Person { id: first.to_owned(), name: String::new() };
            let who = if change.how == How::Clear || first.is_empty() { Assignee::Nobody } else { person };
            edit::assign(site, draft, issue, &who)?;
        } else if is("status") {
            step::plan(site, draft, issue, (first, &[]))?;
        } else if agile::sprint_field(&site.names).is_some_and(|sprint| is(&sprint)) {
            agile::sprint(site, draft, issue, &agile::wanted(change))?;
        } else {
            edits.push(change);
        }
    }
    if edits.is_empty() { Some(()) } else { edit::plan(site, draft, issue, &edits) }
}

/// Whom changes of these issues concern. Who is told by the site's own rules is not to be known from here.
fn concern(site: &Site, draft: &mut Draft, found: &[Value]) -> Option<()> {
    let concerned = |key: &str| draft.items.iter().any(|item| item.problem.is_none() && item.key == key);
    let found: Vec<&Value> = found.iter().filter(|issue| concerned(text(issue, "key"))).collect();
    let mut all: Vec<Concern> = Vec::new();
    let mut watchers = 0;
    let me = site.me.as_str();
    let field = site.edition.person_field();
    let mut add = |person: &Value, role: &str| {
        let name = cut(text(person, "displayName"));
        if !name.is_empty() && person[field] != me && !all.iter().any(|known| known.name == name) {
            all.push(Concern { name, role: role.to_owned() });
        }
    };
    for issue in &found {
        add(&issue["fields"]["assignee"], "assignee");
        add(&issue["fields"]["reporter"], "reporter");
        let count = issue["fields"]["watches"]["watchCount"].as_u64().unwrap_or(0);
        if count == 0 {
            continue;
        }
        // Not everybody may see who watches; how many is told all the same.
        let told = match found.len() <= WATCHED {
            true => Some(site.perhaps(issues::watchers(text(issue, "key")))?),
            false => None,
        };
        match told.as_deref().and_then(|told| told["watchers"].as_array()) {
            Some(list) => list.iter().for_each(|person| add(person, "watcher")),
            None => watchers += count,
        }
    }
    draft.concerns.extend(summed(all, watchers, !found.is_empty()));
    Some(())
}

/// The people whom it concerns, as many as are named, and in a few words the others.
fn summed(mut all: Vec<Concern>, watchers: u64, is_any: bool) -> Vec<Concern> {
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    let others = [
        (more > 0).then(|| format!("{more} more people")),
        (watchers > 0).then(|| format!("{watchers} watchers")),
        is_any.then(|| "and others by the site's scheme".to_owned()),
    ];
    all.extend(others.into_iter().flatten().map(|name| Concern { name, role: String::new() }));
    all
}
