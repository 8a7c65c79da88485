//! What was understood, as a card.

use crate::chat::answer::card::{Card, Clause};
use crate::chat::intent::{Search, Source};
use crate::jql::{explain, parse};
use crate::vocabulary::Vocabulary;

/// The card; and the text of the query.
pub fn understood(search: &Search, names: &Vocabulary) -> (String, Card) {
    let jql = search.query.to_string();
    // Explained from the text that runs, so that what is shown is what is asked.
    let explained = parse(&jql).map(|query| explain::clauses_on(&query, names)).unwrap_or_default();
    let sources = search.sources.iter().cloned().chain(std::iter::repeat(Source::default()));
    let clauses = explained
        .into_iter()
        .zip(sources)
        .map(|(clause, from)| Clause {
            jql: clause.jql,
            words: from.words,
            meaning: clause.meaning,
            reading: from.reading,
        })
        .collect();
    let card = Card::Understood { jql: jql.clone(), clauses, ignored: search.ignored.clone() };
    (jql, card)
}
