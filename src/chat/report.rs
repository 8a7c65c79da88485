//! Reports: figures that take more than one search, made without a model. Each is a row of parts ([`parts`] has most of them as
//! data), told one by one as they come, with the query behind every number. A part that cannot be had says so, and the others
//! are told all the same. The number of requests is bounded by the number of parts.

mod ages;
mod parts;
mod pulse;
mod release;
mod sprint;

use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Figure};
use crate::chat::answer::{Answer, columns, groups, more};
use crate::chat::export::Source;
use crate::chat::intent::{Report, ReportKind};
use crate::error::{Code, Error, Result, quoted};
use crate::jql::ast::{Clause, Operand, Query};
use crate::jql::build::{and, function};
use crate::jql::explain;
use crate::platform::Platform;
use crate::vocabulary::{Kind, Vocabulary};
use parts::{Part, Show};

/// Rows to a part.
const ROWS: u32 = 10;
/// The names that parts are made from.
const NAMES: [Kind; 3] = [Kind::Field, Kind::Status, Kind::Priority];
const DAY_MS: i64 = 86_400_000;

/// What a report is about.
pub(in crate::chat) struct Scope<'r> {
    /// What was asked for.
    pub(in crate::chat) wanted: &'r Report,
    /// The day it is, in days since 1970-01-01. A day more or less at midnight shows in no figure but the days that are left.
    pub(in crate::chat) today: i64,
}

impl Scope<'_> {
    /// The person it is about.
    pub(super) fn person(&self) -> Operand {
        match &self.wanted.person {
            Some(id) => id.as_str().into(),
            None => function("currentUser").into(),
        }
    }

    /// This condition, for the issues that the report is about.
    pub(super) fn query(&self, clause: Clause) -> Query {
        let parts = self.wanted.within.iter().cloned().chain([clause]).collect();
        Query { where_clause: and(parts), ..Query::default() }
    }
}

/// Tells a report. Errors: those that every part would have (`offline`, `reauth_required`, …).
pub async fn report<P: Platform>(ask: &Asking<'_, P>, wanted: &Report) -> Result<Answer> {
    let names = ask.names_of(&NAMES).await?;
    let ask = &ask.with(names)?;
    let scope = Scope { wanted, today: ask.app.now().0.div_euclid(DAY_MS) };
    let mut answer = Answer { export: Some(Source::of_report(wanted)), ..Answer::default() };
    ask.tell.card(&Card::sentence(heading(wanted, &ask.names)));
    match wanted.kind {
        ReportKind::Sprint => sprint::sprint(ask, &scope).await?,
        ReportKind::Pulse => pulse::pulse(ask, &scope).await?,
        ReportKind::Release => match release::release(ask, &scope).await? {
            None => {}
            Some(question) => {
                ask.tell.card(&Card::Question(question.clone()));
                return Ok(Answer { question: Some(question), ..Answer::default() });
            }
        },
        ReportKind::Ageing => ages::ages(ask, &scope).await?,
        _ => {}
    }
    for part in parts::of(&scope, &ask.names) {
        let parts = wanted.within.iter().chain(&part.query.where_clause).cloned().collect();
        let query = Query { where_clause: and(parts), ..part.query.clone() };
        let cards = cards(ask, &query, &part, &mut answer.shown).await;
        section(ask, part.title.to_owned(), query.to_string(), cards)?;
    }
    Ok(answer)
}

/// What the reports are called.
const TITLES: [(ReportKind, &str); 8] = [
    (ReportKind::MyDay, "The day"),
    (ReportKind::Sprint, "The sprint"),
    (ReportKind::Pulse, "What was created and resolved"),
    (ReportKind::Standup, "Standup"),
    (ReportKind::Release, "The release"),
    (ReportKind::Changes, "What has changed"),
    (ReportKind::Workload, "Who has how much"),
    (ReportKind::Ageing, "How old open issues are"),
];

/// What the report is about: as it was understood.
fn heading(wanted: &Report, names: &Vocabulary) -> String {
    let mut heading = TITLES.iter().find(|(kind, _)| *kind == wanted.kind).map_or("", |(_, title)| title).to_owned();
    if let Some(id) = &wanted.person {
        let known = names.entries(Kind::Person).iter().find(|person| person.id == *id);
        heading.push_str(&format!(", for {}", quoted(known.map_or(id, |person| &person.name))));
    }
    if let Some(within) = &wanted.within {
        let explained = explain::clauses_on(&Query::matching(within.clone()), names);
        let phrases: Vec<String> = explained.into_iter().map(|one| one.meaning).collect();
        heading.push_str(&format!(", of issues {}", quoted(&phrases.join(" and "))));
    }
    if let Some(since) = &wanted.since {
        heading.push_str(&format!(", since {since}"));
    }
    heading.push('.');
    heading
}

/// Tells a part, or why it cannot be had. Error: one that every other part would have too.
fn section<P: Platform>(ask: &Asking<'_, P>, title: String, jql: String, cards: Result<Vec<Card>>) -> Result<()> {
    let cards = match cards {
        Err(error) if is_of_all(&error) => return Err(error),
        Err(error) => vec![Card::Failed { error }],
        Ok(cards) => cards,
    };
    ask.tell.card(&Card::Section { title, jql, cards });
    Ok(())
}

fn is_of_all(error: &Error) -> bool {
    !matches!(error.code, Code::Refused | Code::NotFound | Code::ServerFailed | Code::BadRequest)
}

async fn cards<P: Platform>(
    ask: &Asking<'_, P>,
    query: &Query,
    part: &Part,
    shown: &mut Vec<String>,
) -> Result<Vec<Card>> {
    if let Show::Groups(field) = part.show {
        return Ok(vec![match groups::groups(ask, query, field).await? {
            Card::Groups { total: 0, .. } => nothing(),
            card => card,
        }]);
    }
    let columns = columns::of(query, &ask.names);
    let jql = query.to_string();
    let page = ask.page(&jql, &columns::asked(&columns), ROWS, None).await?;
    let whole = page.next.is_none();
    let (keys, issues) = more::issues(ask, &page, &columns);
    if keys.is_empty() {
        return Ok(vec![nothing()]);
    }
    let exact = if whole { u32::try_from(keys.len()).ok() } else { page.total };
    let count = match exact {
        Some(count) => Card::Count { count, approximate: false },
        None => {
            let (count, approximate) = ask.count(&jql).await?;
            Card::Count { count, approximate }
        }
    };
    shown.extend(keys);
    Ok(vec![count, issues])
}

fn nothing() -> Card {
    Card::sentence("Nothing.")
}

/// A figure: how many a condition finds, with its query.
async fn figure<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>, name: &str, clause: Clause) -> Result<Figure> {
    let jql = scope.query(clause).to_string();
    let (count, approximate) = ask.count(&jql).await?;
    let value = format!("{}{count}", if approximate && count > 0 { "≈ " } else { "" });
    Ok(Figure { name: name.to_owned(), value, jql })
}
