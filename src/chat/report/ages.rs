//! How long open issues have been there.

use super::{Scope, figure, parts, section};
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::Card;
use crate::error::Result;
use crate::jql::ast::Clause;
use crate::jql::build::{and, field};
use crate::platform::Platform;

/// From how many days on, until how many, and what that is called.
const AGES: [(u32, u32, &str); 5] = [
    (0, 7, "Up to a week"),
    (7, 30, "Up to a month"),
    (30, 90, "Up to three months"),
    (90, 365, "Up to a year"),
    (365, 0, "Longer"),
];

/// Tells how many open issues are how old.
pub(super) async fn ages<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<()> {
    let cards = figures(ask, scope).await;
    section(ask, "Open since".to_owned(), scope.query(parts::is_open()).to_string(), cards)
}

async fn figures<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<Vec<Card>> {
    let mut figures = Vec::new();
    for (from, until, name) in AGES {
        figures.push(figure(ask, scope, name, aged(from, until)).await?);
    }
    Ok(vec![Card::Figures { figures }])
}

fn aged(from: u32, until: u32) -> Clause {
    let mut all = vec![parts::is_open()];
    if until > 0 {
        all.push(field("created").at_least(format!("-{until}d")));
    }
    if from > 0 {
        all.push(field("created").less(format!("-{from}d")));
    }
    and(all).unwrap_or_else(parts::is_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_is_in_one_span_only() {
        let queries: Vec<String> = AGES.iter().map(|(from, until, _)| aged(*from, *until).to_string()).collect();
        assert_eq!(queries[0], "statusCategory != Done AND created >= -7d");
        assert_eq!(queries[1], "statusCategory != Done AND created >= -30d AND created < -7d");
        assert_eq!(queries[4], "statusCategory != Done AND created < -365d");
    }
}
