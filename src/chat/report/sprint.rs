//! The running sprint: what is done and left, what came in and what was taken out after it began, and how many days there are.

use super::{Scope, is_of_all, parts, section};
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Figure};
use crate::chat::answer::columns::{self, called};
use crate::error::Result;
use crate::jira::requests::search;
use crate::jql::ast::{Clause, Query};
use crate::jql::build::{and, field, function, number, or};
use crate::jql::fields::Type;
use crate::json::{object, text};
use crate::platform::Platform;
use crate::{day, error};
use serde_json::Value;

mod read;

use read::{Sprint, Work};

/// Up to so many issues are read, and of those that are not in a sprint any more as many again.
const MOST: usize = 500;
/// Up to so many pages of their changes are read, of 1,000 each.
const PAGES: usize = 20;
/// A figure leads to up to so many issues.
const NAMED: usize = 50;
/// So many sprints are told; boards can run several.
const SPRINTS: usize = 3;
/// What estimates are called. Jira's own two kinds of project have one each.
const POINTS: [&str; 3] = ["Story Points", "Story point estimate", "Points"];

/// Whether a condition tests one of these fields.
pub(super) fn names_field(clause: &Clause, names: &[&str]) -> bool {
    match clause {
        Clause::And(all, _) | Clause::Or(all, _) => all.iter().any(|part| names_field(part, names)),
        Clause::Not(inner, _) => names_field(inner, names),
        Clause::Terminal(terminal) => names.iter().any(|name| name.eq_ignore_ascii_case(&terminal.field.name)),
    }
}

/// Tells each running sprint, or the one that was named.
pub(super) async fn sprint<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<()> {
    let Some(holder) = columns::sprint(&ask.names).map(|entry| entry.id.clone()) else {
        ask.tell.card(&Card::sentence("This site has no sprints."));
        return Ok(());
    };
    let named = scope.wanted.within.as_ref().is_some_and(|within| names_field(within, &["sprint"]));
    let running = field("sprint").within(function("openSprints"));
    let query = match (&scope.wanted.within, named) {
        (Some(within), true) => Query::matching(within.clone()),
        _ => scope.query(running),
    };
    let points = called(&ask.names, &POINTS, Type::Number).map(|entry| entry.id.clone());
    let fields = Fields { holder: &holder, points: points.as_deref() };
    let (works, whole) = fields.works(ask, &query).await?;
    let found = read::sprints(&works, named);
    if found.is_empty() {
        ask.tell.card(&Card::empty(if named { "No issue is in this sprint." } else { "No sprint is running." }));
    }
    for sprint in found.iter().take(SPRINTS) {
        let mine: Vec<&Work> = works.iter().filter(|work| work.is_in(&sprint.id)).collect();
        let out = match was_beside(scope, sprint, &mine) {
            None => None,
            Some(query) => Some(fields.works(ask, &query).await),
        };
        let (out, trouble) = match out.transpose() {
            Err(error) if is_of_all(&error) => return Err(error),
            Err(error) => (None, Some(error)),
            Ok(out) => (out, None),
        };
        let mut cards = Told { scope, sprint, mine, out }.cards(whole);
        cards.extend(trouble.map(|error| Card::Failed { error }));
        section(ask, sprint.name.clone(), of_sprint(scope, sprint, None), Ok(cards))?;
    }
    Ok(())
}

/// The issues that are not in a sprint but may have been: of the same projects, and changed since it began. No query can ask which
/// sprint an issue was in; their changes tell.
fn was_beside(scope: &Scope<'_>, sprint: &Sprint, mine: &[&Work]) -> Option<Query> {
    // A day earlier, because days begin elsewhere at other hours.
    let since = day::write(sprint.began.get(..10).and_then(day::read)? - 1)?;
    let mut projects: Vec<&str> = Vec::new();
    for project in mine.iter().filter_map(|work| Some(work.key.rsplit_once('-')?.0)) {
        if !projects.contains(&project) {
            projects.push(project);
        }
    }
    let id = || sprint.id.parse().map_or_else(|_| sprint.id.as_str().into(), number);
    let elsewhere = or(vec![field("sprint").not_eq(id()), field("sprint").is_empty()])?;
    let wanted = scope.wanted.within.iter().flat_map(beside_sprints);
    let of_these = field("project").one_of(projects.into_iter().map(Into::into).collect())?;
    let parts = wanted.chain([of_these, elsewhere, field("updated").at_least(since.as_str())]).collect();
    Some(Query { where_clause: and(parts), ..Query::default() })
}

/// What is wanted beside the sprint.
fn beside_sprints(within: &Clause) -> Vec<Clause> {
    let all = if let Clause::And(all, _) = within { all.as_slice() } else { std::slice::from_ref(within) };
    all.iter().filter(|part| !names_field(part, &["sprint"])).cloned().collect()
}

fn of_sprint(scope: &Scope<'_>, sprint: &Sprint, more: Option<Clause>) -> String {
    let id = sprint.id.parse().map_or_else(|_| sprint.id.as_str().into(), number);
    let query = scope.query(field("sprint").eq(id));
    more.map_or(query.clone(), |more| query.and(more)).to_string()
}

/// The fields of the site that are read.
struct Fields<'a> {
    /// The one that holds the sprints.
    holder: &'a str,
    /// The one of the estimates.
    points: Option<&'a str>,
}

impl Fields<'_> {
    /// The issues with their changes, and whether these are all.
    async fn works<P: Platform>(&self, ask: &Asking<'_, P>, query: &Query) -> Result<(Vec<Work>, bool)> {
        let jql = query.to_string();
        let fields: Vec<&str> = ["status", "created", self.holder].into_iter().chain(self.points).collect();
        let (mut all, mut cursor) = (Vec::new(), None);
        let whole = loop {
            let wanted =
                search::Search { jql: &jql, fields: &fields, page_size: 100, cursor: cursor.as_ref(), reconcile: &[] };
            let mut request = search::search(ask.jira.edition(), &wanted);
            if !ask.jira.edition().is_cloud() {
                request = search::with_changes(request);
            }
            let page = ask.jira.search_by(&request, cursor.as_ref()).await?;
            let empty = page.issues.is_empty();
            all.extend(page.issues);
            match page.next {
                None => break true,
                Some(_) if all.len() >= MOST || empty => break false,
                next => cursor = next,
            }
        };
        if ask.jira.edition().is_cloud() && !all.is_empty() {
            self.add_changes(ask, &mut all).await?;
        }
        Ok((all.iter().map(|issue| Work::of(issue, self.holder, self.points)).collect(), whole))
    }

    /// Adds to each issue the changes of its sprints, as Data Center tells them with the issue.
    async fn add_changes<P: Platform>(&self, ask: &Asking<'_, P>, issues: &mut [Value]) -> Result<()> {
        let ids: Vec<String> = issues.iter().map(|issue| text(issue, "id").to_owned()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for some in ids.chunks(1000) {
            let mut page = None;
            for _ in 0..PAGES {
                let mut told = ask.jira.send(&search::changes(some, &[self.holder], page.as_deref())).await?;
                for log in told["issueChangeLogs"].as_array_mut().into_iter().flatten() {
                    let Some(issue) = issues.iter_mut().find(|issue| issue["id"] == log["issueId"]) else { continue };
                    if let Value::Array(new) = log["changeHistories"].take() {
                        let mut known = issue["changelog"]["histories"].take();
                        match known.as_array_mut() {
                            Some(known) => known.extend(new),
                            None => known = new.into(),
                        }
                        issue["changelog"] = object([("histories", known)]);
                    }
                }
                page = told["nextPageToken"].as_str().map(str::to_owned);
                if page.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// A sprint with its issues, and those that may have been in it, with whether these are all.
struct Told<'a> {
    scope: &'a Scope<'a>,
    sprint: &'a Sprint,
    mine: Vec<&'a Work>,
    out: Option<(Vec<Work>, bool)>,
}

impl Told<'_> {
    fn cards(&self, whole: bool) -> Vec<Card> {
        let mut figures = self.of_now();
        figures.extend(self.of_changes());
        if let Some(last) = self.sprint.ends.get(..10).and_then(day::read) {
            figures.push(Figure::plain("Days left", last - self.scope.today));
        }
        let mut cards = vec![Card::Figures { figures }];
        if !self.sprint.goal.is_empty() {
            cards.push(Card::sentence(format!("Goal: {}", error::quoted(&self.sprint.goal))));
        }
        if !whole {
            cards.push(Card::sentence(format!("Only the first {MOST} issues were counted.")));
        }
        if self.out.as_ref().is_some_and(|(_, whole)| !whole) {
            let sentence =
                format!("More may have been taken out: only {MOST} of the issues changed since were looked at.");
            cards.push(Card::sentence(sentence));
        }
        cards
    }

    /// What is done and what is left.
    fn of_now(&self) -> Vec<Figure> {
        let done: Vec<&Work> = self.mine.iter().copied().filter(|work| work.done).collect();
        let with = |name: &str, value: String, more| Figure {
            name: name.to_owned(),
            value,
            jql: of_sprint(self.scope, self.sprint, Some(more)),
        };
        let mut figures = vec![
            with("Done", done.len().to_string(), parts::is_done()),
            with("Left", (self.mine.len() - done.len()).to_string(), parts::is_open()),
        ];
        if self.mine.iter().any(|work| work.points.is_some()) {
            let (all, of_done) = (sum(&self.mine), sum(&done));
            figures.push(Figure::plain("Points done", of_done));
            figures.push(Figure::plain("Points left", all - of_done));
        }
        figures
    }

    /// What came in and what went out after it began.
    fn of_changes(&self) -> Vec<Figure> {
        if self.sprint.began.is_empty() {
            return Vec::new();
        }
        let added: Vec<&Work> = self.mine.iter().copied().filter(|work| work.came_after(self.sprint)).collect();
        let mut figures = vec![leading("Added after it began", &added)];
        if let Some((out, _)) = &self.out {
            let out: Vec<&Work> = out.iter().filter(|work| work.went_after(self.sprint)).collect();
            figures.push(leading("Taken out after it began", &out));
            if out.iter().any(|work| work.points.is_some()) {
                figures.push(Figure::plain("Points taken out", sum(&out)));
            }
        }
        figures
    }
}

fn sum(works: &[&Work]) -> f64 {
    works.iter().filter_map(|work| work.points).sum()
}

/// How many these are; it leads to them, where they are not too many for a query.
fn leading(name: &str, works: &[&Work]) -> Figure {
    let keys = works.iter().map(|work| work.key.as_str().into()).collect();
    let clause = field("key").one_of(keys).filter(|_| works.len() <= NAMED);
    let jql = clause.map_or_else(String::new, |clause| Query::matching(clause).to_string());
    Figure { jql, ..Figure::plain(name, works.len()) }
}
