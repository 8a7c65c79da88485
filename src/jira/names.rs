//! The names of a site, fetched kind by kind.

use crate::error::{Code, Result};
use crate::jira::request::Request;
use crate::jira::requests::{agile, issues, metadata, people, search};
use crate::jira::{Jira, error};
use crate::platform::Platform;
use crate::vocabulary::{Entry, Kind, Part, site};
use serde_json::Value;

/// So many names of a kind are kept at most.
const MOST: usize = 5000;
/// So many boards are asked for their sprints, and so many projects for what is their own.
const MOST_PLACES: usize = 25;
/// People to a page.
const PEOPLE: u32 = 1000;
/// So many pages are read of a list at most: enough for [`MOST`] in pages of 50, and the end of one that has none.
const MOST_PAGES: usize = 100;

/// One list of names under way.
struct List {
    part: Part,
    kind: Kind,
}

impl<P: Platform> Jira<'_, P> {
    /// All names of this kind that the person can see, or as many as are kept. What belongs to projects (versions, components) is
    /// fetched for these, given by id and key; what belongs to boards, for the first boards.
    ///
    /// Errors: as for [`Jira::send`]. A part whose scopes are missing is an error, not an empty part.
    pub async fn names(&self, kind: Kind, projects: &[Entry]) -> Result<Part> {
        let fetched_at = u64::try_from(self.now().0).unwrap_or_default();
        let mut list = List { part: Part { fetched_at, whole: true, entries: Vec::new() }, kind };
        match kind {
            Kind::Version | Kind::Component => self.of_projects(&mut list, projects).await?,
            Kind::Sprint => self.of_boards(&mut list).await?,
            Kind::Person if !self.edition().is_cloud() => {
                // Data Center has no list of people: a point is in every mail address.
                self.pages(&mut list, &|start| people::find(self.edition(), ".", start)).await?;
                list.part.whole = false;
            }
            Kind::Label if !self.edition().is_cloud() => list.part.whole = false,
            Kind::Group => {
                self.pages(&mut list, &|_| people::groups()).await?;
                // The site shows as many as its administrator lets it.
                list.part.whole = false;
            }
            _ => self.pages(&mut list, &|start| self.list_of(kind, start)).await?,
        }
        if kind == Kind::Field {
            // It tells more than the list of fields: which operators they take here, and the names that apps have given them.
            let told = self.send(&search::reference()).await?;
            let fields = told["visibleFieldNames"].as_array().into_iter().flatten();
            for field in fields.filter_map(|field| site::reference(kind, field)) {
                site::add_reference(&mut list.part.entries, field);
            }
        }
        Ok(list.part)
    }

    fn list_of(&self, kind: Kind, start: u32) -> Request {
        let edition = self.edition();
        match kind {
            Kind::Project => metadata::projects(edition, start),
            Kind::Status => metadata::statuses(),
            Kind::IssueType => metadata::issue_types(),
            Kind::Priority => metadata::priorities(edition, start),
            Kind::Resolution => metadata::resolutions(edition, start),
            Kind::Field => metadata::fields(),
            Kind::LinkType => issues::link_types(),
            Kind::Label => metadata::labels(start),
            Kind::Board => agile::boards(None, start),
            Kind::Function => search::reference(),
            _ => people::everybody(start),
        }
    }

    async fn of_projects(&self, list: &mut List, projects: &[Entry]) -> Result<()> {
        list.part.whole = projects.len() <= MOST_PLACES;
        let kind = list.kind;
        for project in projects.iter().take(MOST_PLACES) {
            let key = project.also.first().unwrap_or(&project.id);
            let before = list.part.entries.len();
            let make = |start| match kind {
                Kind::Version => metadata::versions(key, start),
                _ => metadata::components(self.edition(), key, start),
            };
            match self.pages(list, &make).await {
                // A project that has gone since takes nothing from the others.
                Err(error) if error.code == Code::NotFound => list.part.whole = false,
                outcome => outcome?,
            }
            for entry in list.part.entries.iter_mut().skip(before).filter(|entry| entry.of.is_empty()) {
                entry.of.clone_from(&project.id);
            }
        }
        Ok(())
    }

    async fn of_boards(&self, list: &mut List) -> Result<()> {
        let boards = Box::pin(self.names(Kind::Board, &[])).await?;
        list.part.whole = boards.whole && boards.entries.len() <= MOST_PLACES;
        for board in boards.entries.iter().take(MOST_PLACES).filter_map(|board| board.id.parse().ok()) {
            match self.pages(list, &|start| agile::sprints(board, &[], start)).await {
                // A board without sprints (Kanban) says so with a refusal.
                Err(error) if matches!(error.code, Code::Refused | Code::NotFound) => {}
                outcome => outcome?,
            }
        }
        let mut seen: Vec<String> = Vec::new();
        // A sprint is on every board that shows its issues.
        list.part.entries.retain(|sprint| {
            let new = !seen.contains(&sprint.id);
            seen.push(sprint.id.clone());
            new
        });
        Ok(())
    }

    /// Reads page after page into the list.
    async fn pages(&self, list: &mut List, make: &dyn Fn(u32) -> Request) -> Result<()> {
        let mut start: u32 = 0;
        for _ in 0..MOST_PAGES {
            let found = self.send(&make(start)).await?;
            let (items, last) = page(&found, list.kind).ok_or_else(error::unreadable)?;
            let kept = items.iter().filter(|item| is_somebody(list.kind, item));
            list.part.entries.extend(kept.filter_map(|item| entry(list.kind, item)));
            let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
            let full = list.part.entries.len() >= MOST;
            if last || count == 0 || full {
                list.part.whole &= last;
                list.part.entries.truncate(MOST);
                return Ok(());
            }
            start = start.saturating_add(count);
        }
        // Pages of nothing that has a name, without an end.
        list.part.whole = false;
        Ok(())
    }
}

/// The things on a page, and whether it is the last. What has no list is no answer to the question: taken for an empty one, it
/// would say that the site has no such names.
fn page(found: &Value, kind: Kind) -> Option<(&[Value], bool)> {
    if let Some(items) = found.as_array() {
        // Only people come in pages that do not say whether another follows.
        let full = usize::try_from(PEOPLE).is_ok_and(|page| items.len() >= page);
        return Some((items, kind != Kind::Person || !full));
    }
    let lists = ["values", "issueLinkTypes", "visibleFunctionNames", "groups"];
    let items = lists.iter().find_map(|name| found[*name].as_array())?.as_slice();
    let reached = found["startAt"].as_u64().zip(found["total"].as_u64());
    let count = u64::try_from(items.len()).unwrap_or(0);
    let at_end = reached.is_some_and(|(start, total)| start.saturating_add(count) >= total);
    // What says neither comes whole.
    let says = found.get("isLast").is_some() || reached.is_some();
    Some((items, found["isLast"] == true || (found.get("isLast").is_none() && at_end) || !says))
}

/// Apps and customers of a help desk are no people to assign to.
fn is_somebody(kind: Kind, item: &Value) -> bool {
    kind != Kind::Person || item["accountType"].as_str().is_none_or(|of| of == "atlassian")
}

fn entry(kind: Kind, item: &Value) -> Option<Entry> {
    if kind == Kind::Function { site::reference(kind, item) } else { site::entry(kind, item) }
}
