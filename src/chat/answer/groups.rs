//! How many issues there are of each value of a field.

use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Group};
use crate::chat::answer::columns::{self, Known};
use crate::error::{Code, Error, Result, quoted};
use crate::jira::value::{self, Piece};
use crate::jql::ast::{Clause, Operand, Query};
use crate::jql::build::{and, field, number};
use crate::jql::fields::Type;
use crate::platform::Platform;
use crate::vocabulary::{Kind, State};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

mod tally;

use tally::Tally;

/// Up to so many issues are read and counted one by one.
const READ: usize = 1000;
/// Of more, so many are read to see which values there are.
const SAMPLE: usize = 300;
/// So many values are counted by Jira, each with one request; the rest is told together.
const COUNTED: usize = 20;

/// The groups of what a query finds. Errors: `bad_request` for a field that cannot be read, and those of a search.
pub fn groups<'b, P: Platform>(
    ask: &'b Asking<'_, P>,
    query: &'b Query,
    name: &'b str,
) -> LocalBoxFuture<'b, Result<Card>> {
    Box::pin(counted(ask, query, name))
}

async fn counted<P: Platform>(ask: &Asking<'_, P>, query: &Query, name: &str) -> Result<Card> {
    let mut known = columns::known(name, &ask.names);
    if known.is_none() {
        // The site's own fields are known once their names were fetched.
        known = columns::known(name, &*ask.names_of(&[Kind::Field]).await?);
    }
    let Some(known) = known else {
        let message =
            format!("Jira does not tell the values of “{}” one by one. Ask for the issues instead.", quoted(name));
        return Err(Error::new(Code::BadRequest, message));
    };
    let grouping = Grouping { query, name, known };
    let jql = grouping.all();
    let (total, approximate) = ask.count(&jql).await?;
    let few = usize::try_from(total).is_ok_and(|total| total <= READ);
    let (issues, whole) = ask.rows(&jql, &[&grouping.known.id], if few { READ } else { SAMPLE }).await?;
    let tally = grouping.tally(&issues);
    if whole {
        let total = u32::try_from(issues.len()).unwrap_or(total);
        return Ok(grouping.card(ask, tally, Sum { total, others: 0, approximate: false }));
    }
    grouping.estimated(ask, tally, Sum { total, others: 0, approximate }).await
}

struct Grouping<'q> {
    query: &'q Query,
    name: &'q str,
    known: Known,
}

/// The numbers that are not of one group.
struct Sum {
    total: u32,
    others: u32,
    approximate: bool,
}

impl Grouping<'_> {
    fn all(&self) -> String {
        Query { order_by: Vec::new(), ..self.query.clone() }.to_string()
    }

    /// The query for the issues with one value.
    fn one(&self, piece: &Piece) -> String {
        let parts = self.query.where_clause.iter().cloned().chain([self.condition(piece)]);
        Query { where_clause: and(parts.collect()), ..self.query.clone() }.to_string()
    }

    fn condition(&self, piece: &Piece) -> Clause {
        let subject = || field(self.name);
        if piece.id.is_empty() {
            return subject().is_empty();
        }
        match self.known.kind {
            Type::Moment | Type::Day => tally::within(self.name, &piece.id),
            Type::Sprint | Type::Number | Type::Duration => subject().eq(numeric(&piece.id)),
            _ => subject().eq(piece.id.as_str()),
        }
    }

    fn tally(&self, issues: &[Value]) -> Tally {
        let mut tally = Tally::default();
        for issue in issues {
            let value = &issue["fields"][self.known.id.as_str()];
            let is_category = self.name.eq_ignore_ascii_case("statusCategory");
            tally.add(value::pieces(if is_category { &value["statusCategory"]["name"] } else { value }));
        }
        if matches!(self.known.kind, Type::Moment | Type::Day) {
            tally = tally.by_time();
        }
        tally
    }

    /// The values that the site has for the field, where they are few.
    fn laid_down<P: Platform>(&self, ask: &Asking<'_, P>) -> Vec<Piece> {
        let kind = Kind::of_type(self.known.kind).filter(|kind| {
            matches!(kind, Kind::Status | Kind::IssueType | Kind::Priority | Kind::Resolution | Kind::Project)
        });
        let Some(kind) = kind.filter(|kind| ask.names.is_whole(*kind)) else { return Vec::new() };
        let mut found: Vec<Piece> = Vec::new();
        for entry in ask.names.entries(kind).iter().filter(|entry| entry.state != State::Archived) {
            let id = if kind == Kind::Project { entry.also.first() } else { None }.unwrap_or(&entry.name);
            if !found.iter().any(|known| known.id == *id) {
                found.push(Piece { text: entry.name.clone(), id: id.clone() });
            }
        }
        if found.len() > COUNTED { Vec::new() } else { found }
    }

    /// The same where there are too many to read: Jira counts each value.
    async fn estimated<P: Platform>(&self, ask: &Asking<'_, P>, tally: Tally, mut sum: Sum) -> Result<Card> {
        let several = tally.several;
        let seen_empty = tally.counts.iter().any(|(piece, _)| piece.id.is_empty());
        let mut pieces = self.laid_down(ask);
        if pieces.is_empty() {
            pieces = tally.largest(COUNTED);
        } else if seen_empty {
            pieces.push(Piece { text: String::new(), id: String::new() });
        }
        let mut counted = Tally { several, ..Tally::default() };
        let mut reached: u32 = 0;
        for piece in pieces {
            let (count, _) = ask.count(&Query { order_by: Vec::new(), ..self.parsed(&piece) }.to_string()).await?;
            reached = reached.saturating_add(count);
            if count > 0 {
                counted.counts.push((piece, count));
            }
        }
        sum.others = if several { 0 } else { sum.total.saturating_sub(reached) };
        Ok(self.card(ask, counted, sum))
    }

    fn parsed(&self, piece: &Piece) -> Query {
        let parts = self.query.where_clause.iter().cloned().chain([self.condition(piece)]);
        Query { where_clause: and(parts.collect()), ..self.query.clone() }
    }

    fn card<P: Platform>(&self, ask: &Asking<'_, P>, mut tally: Tally, sum: Sum) -> Card {
        let ranks = match self.known.kind {
            Type::Priority => ask.names.entries(Kind::Priority),
            _ => &[],
        };
        tally.sort(matches!(self.known.kind, Type::Moment | Type::Day), ranks);
        let several = tally.several;
        let counts = tally.counts.into_iter();
        let groups = counts.map(|(piece, count)| Group { jql: self.one(&piece), name: piece.text, count }).collect();
        let Sum { total, others, approximate } = sum;
        Card::Groups { field: self.known.column.name.clone(), groups, others, total, approximate, several }
    }
}

fn numeric(text: &str) -> Operand {
    text.parse().map_or_else(|_| text.into(), number)
}
