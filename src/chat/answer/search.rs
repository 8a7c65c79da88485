//! The answer to a search: the issues, how many there are, or how many of each.

use crate::app::names::USUAL;
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::Card;
use crate::chat::answer::{Answer, groups, more, nothing, stored, understood};
use crate::chat::export::Source;
use crate::chat::intent::{Search, View};
use crate::error::{Code, Error, Result};
use crate::jql::{check::check, parse};
use crate::platform::Platform;

/// Up to so many are counted one by one where Jira has only an estimate.
const COUNTED: usize = 200;

/// Tells what was understood and what is found. Without a connection, what was found the last time.
///
/// Errors: `refused` with what is wrong in the site's own names, transport errors.
pub(super) async fn search<P: Platform>(ask: &Asking<'_, P>, search: &Search) -> Result<Answer> {
    let (jql, card) = understood(search, &ask.names);
    ask.tell.card(&card);
    let before = ask.tell.told().len();
    let asked = stored::name(&jql, search);
    let mut answer = match found(ask, search, &jql).await {
        // Without a connection no token can be renewed either.
        Err(lost) if matches!(lost.code, Code::Offline | Code::RefreshFailed) => {
            stored::tell(ask, &asked, lost).await?
        }
        Err(refused) if refused.code == Code::Refused => return Err(explained(ask, refused, &jql).await),
        other => {
            let answer = other?;
            stored::keep(ask, &asked, &answer.shown, ask.tell.told().split_off(before)).await;
            answer
        }
    };
    answer.export = Source::of(&jql, &search.view);
    answer.jql = Some(jql);
    Ok(answer)
}

async fn found<P: Platform>(ask: &Asking<'_, P>, search: &Search, jql: &str) -> Result<Answer> {
    match &search.view {
        View::List => list(ask, search, jql).await,
        View::Count => count(ask, search, jql).await,
        View::Groups { field } => {
            let card = groups::groups(ask, &search.query, field).await?;
            match card {
                Card::Groups { total: 0, .. } => nothing::nothing(ask, &search.query).await,
                card => ask.tell.card(&card),
            }
            Ok(Answer::default())
        }
    }
}

async fn list<P: Platform>(ask: &Asking<'_, P>, search: &Search, jql: &str) -> Result<Answer> {
    let page = more::first(ask, jql, search.limit).await?;
    // A page may be empty and yet not the last: hidden issues are left out of it.
    if page.keys.is_empty() && page.next.is_none() {
        nothing::nothing(ask, &search.query).await;
        return Ok(Answer::default());
    }
    ask.tell.card(&page.card);
    let all_there = page.next.is_none() && search.limit.is_none_or(|limit| page.keys.len() < to_size(limit));
    let exact = if all_there { u32::try_from(page.keys.len()).ok() } else { page.total };
    match exact {
        Some(count) => ask.tell.card(&Card::Count { count, approximate: false }),
        // The rows are the answer, so a failure here leaves only the number out.
        None => {
            if let Ok((count, approximate)) = ask.count(jql).await {
                ask.tell.card(&Card::Count { count, approximate });
            }
        }
    }
    Ok(Answer { more: page.next, shown: page.keys, ..Answer::default() })
}

async fn count<P: Platform>(ask: &Asking<'_, P>, search: &Search, jql: &str) -> Result<Answer> {
    let (mut count, mut approximate) = ask.count(jql).await?;
    if approximate && to_size(count) <= COUNTED {
        let (issues, whole) = ask.rows(jql, &["id"], COUNTED + 1).await?;
        if whole {
            (count, approximate) = (u32::try_from(issues.len()).unwrap_or(count), false);
        }
    }
    match count {
        0 => nothing::nothing(ask, &search.query).await,
        _ => ask.tell.card(&Card::Count { count, approximate }),
    }
    Ok(Answer::default())
}

fn to_size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What is wrong with a query that Jira refused, by the names of the site; Jira's own words where they do not tell.
async fn explained<P: Platform>(ask: &Asking<'_, P>, mut refused: Error, jql: &str) -> Error {
    if let (Ok(query), Ok(names)) = (parse(jql), ask.names_of(&USUAL).await) {
        let problems = check(&query, &names);
        let told: Vec<&str> = problems.iter().filter(|one| one.refused).map(|one| one.message.as_str()).collect();
        if !told.is_empty() {
            refused.message = told.join(" ");
        }
    }
    refused
}
