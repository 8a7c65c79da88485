//! Nothing was found: which condition is to blame, and what is near and finds something.

mod wider;

use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::Card;
use crate::chat::intent::Choice;
use crate::error::quoted;
use crate::jql::ast::{Clause, Query};
use crate::jql::build::and;
use crate::jql::check::check;
use crate::jql::explain;
use crate::platform::Platform;
use crate::vocabulary::Vocabulary;

/// So many variants are counted, each with one request.
const MOST: usize = 10;
/// So many variants are offered.
const OFFERED: usize = 3;

/// Tells that nothing fits, why, and what would. What cannot be found out now is left out.
pub(super) async fn nothing<P: Platform>(ask: &Asking<'_, P>, query: &Query) {
    let parts = conditions(query);
    let problems = check(query, &ask.names);
    let doubts: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
    let mut counted = Vec::new();
    for mut variant in variants(query, &parts, &ask.names) {
        match ask.count(&bare(&variant.query)).await {
            Ok((count, approximate)) => {
                (variant.count, variant.approximate) = (count, approximate);
                counted.push(variant);
            }
            Err(_) => break,
        }
    }
    let found = counted.iter().any(|one| one.count > 0);
    let alone = if parts.len() > 2 && !found { alone(ask, &parts).await } else { None };
    ask.tell.card(&told(&meanings(&parts, &ask.names), counted, alone, &doubts));
}

fn conditions(query: &Query) -> Vec<Clause> {
    match &query.where_clause {
        Some(Clause::And(parts, _)) => parts.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    }
}

/// What each condition says.
fn meanings(parts: &[Clause], names: &Vocabulary) -> Vec<String> {
    parts.iter().map(|part| meaning(part, names)).collect()
}

fn meaning(part: &Clause, names: &Vocabulary) -> String {
    let explained = explain::clauses_on(&Query::matching(part.clone()), names);
    let phrases: Vec<String> = explained.into_iter().map(|one| one.meaning).collect();
    quoted(&phrases.join(" and "))
}

/// A query that is near to the one that found nothing.
struct Variant {
    /// What is different: `Without “assigned to you”`.
    said: String,
    query: Query,
    /// Whether a condition was widened, and not left out.
    wider: bool,
    count: u32,
    approximate: bool,
}

/// The query with one condition widened, then without one of them.
fn variants(query: &Query, parts: &[Clause], names: &Vocabulary) -> Vec<Variant> {
    let variant = |said: String, parts: Vec<Clause>, wider| Variant {
        said,
        query: Query { where_clause: and(parts), ..query.clone() },
        wider,
        count: 0,
        approximate: false,
    };
    let mut all = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for wide in wider::wider(part) {
            let said = format!("With “{}”", meaning(&wide, names));
            let others = parts.iter().enumerate().map(|(index, part)| if index == at { &wide } else { part });
            all.push(variant(said, others.cloned().collect(), true));
        }
    }
    // What is left of a single condition would be every issue there is.
    for (at, part) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
        let others = parts.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, part)| part.clone());
        all.push(variant(format!("Without “{}”", meaning(part, names)), others.collect(), false));
    }
    all.truncate(MOST);
    all
}

/// The query without its order, which counting does not need.
fn bare(query: &Query) -> String {
    Query { order_by: Vec::new(), ..query.clone() }.to_string()
}

/// The first condition that finds nothing even alone.
async fn alone<P: Platform>(ask: &Asking<'_, P>, parts: &[Clause]) -> Option<usize> {
    for (at, part) in parts.iter().take(MOST).enumerate() {
        match ask.count(&bare(&Query::matching(part.clone()))).await {
            Ok((0, _)) => return Some(at),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    None
}

fn told(meanings: &[String], mut variants: Vec<Variant>, alone: Option<usize>, doubts: &[String]) -> Card {
    let mut message = match meanings {
        [] => "There is no issue that you can see.".to_owned(),
        [one] => format!("No issue is {one}."),
        [_, _] => "No issue fits both conditions.".to_owned(),
        several => format!("No issue fits all {} conditions.", several.len()),
    };
    let looked = variants.iter().any(|one| !one.wider);
    variants.retain(|one| one.count > 0);
    // The nearest is one that keeps all conditions, and of those the one that widens the least.
    variants.sort_by_key(|one| (!one.wider, one.count));
    variants.truncate(OFFERED);
    match (variants.first(), alone.and_then(|at| meanings.get(at))) {
        (Some(nearest), _) => {
            let found = amount(nearest.count, nearest.approximate);
            message.push_str(&format!(" {} there {found}.", nearest.said));
        }
        (None, Some(one)) => message.push_str(&format!(" Even alone, “{one}” finds nothing.")),
        (None, None) if looked => message.push_str(" Leaving out any single one does not help."),
        (None, None) => {}
    }
    for doubt in doubts {
        message.push(' ');
        message.push_str(doubt);
    }
    let choice = |one: &Variant| {
        let (about, count) = (if one.approximate { "about " } else { "" }, one.count);
        Choice { label: format!("{} ({about}{count})", one.said), text: one.query.to_string() }
    };
    Card::Empty { message, choices: variants.iter().map(choice).collect() }
}

fn amount(count: u32, approximate: bool) -> String {
    match (count, approximate) {
        (1, false) => "is 1".to_owned(),
        (count, false) => format!("are {count}"),
        (count, true) => format!("are about {count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jql::parse;

    fn card(counts: &[u32], alone: Option<usize>) -> (String, Vec<String>) {
        let query = parse("a = 1").unwrap();
        let one = |(at, count): (usize, &u32)| Variant {
            said: format!("Without “c{at}”"),
            query: query.clone(),
            wider: false,
            count: *count,
            approximate: false,
        };
        let meanings: Vec<String> = (0..counts.len()).map(|at| format!("c{at}")).collect();
        match told(&meanings, counts.iter().enumerate().map(one).collect(), alone, &[]) {
            Card::Empty { message, choices } => (message, choices.into_iter().map(|choice| choice.label).collect()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_condition_that_widens_the_least_is_named_and_the_variants_are_offered_in_this_order() {
        let (message, labels) = card(&[0, 40, 3, 500, 9], None);
        assert_eq!(message, "No issue fits all 5 conditions. Without “c2” there are 3.");
        assert_eq!(labels, ["Without “c2” (3)", "Without “c4” (9)", "Without “c1” (40)"]);
    }

    #[test]
    fn where_no_single_condition_is_to_blame_that_is_said() {
        assert_eq!(card(&[0, 0, 0], Some(1)).0, "No issue fits all 3 conditions. Even alone, “c1” finds nothing.");
        let (message, labels) = card(&[0, 0], None);
        assert_eq!(message, "No issue fits both conditions. Leaving out any single one does not help.");
        assert!(labels.is_empty());
    }

    #[test]
    fn a_time_is_widened_before_anything_is_left_out() {
        let query = parse("assignee = a AND created >= startOfDay() ORDER BY key").unwrap();
        let all = variants(&query, &conditions(&query), &Vocabulary::default());
        let jql: Vec<String> = all.iter().map(|one| one.query.to_string()).collect();
        assert_eq!(
            jql,
            [
                "assignee = a AND created >= startOfWeek() ORDER BY key",
                "assignee = a AND created >= startOfMonth() ORDER BY key",
                "created >= startOfDay() ORDER BY key",
                "assignee = a ORDER BY key",
            ]
        );
        let single = parse("created >= -1d").unwrap();
        let all = variants(&single, &conditions(&single), &Vocabulary::default());
        assert!(all.iter().all(|one| one.wider), "a single condition is never left out");
    }
}
