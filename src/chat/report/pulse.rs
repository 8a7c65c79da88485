//! What was created and what was resolved, over time.

use super::{Scope, section};
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Series, Span};
use crate::day;
use crate::error::Result;
use crate::jql::ast::Query;
use crate::jql::build::{and, field};
use crate::platform::Platform;

/// So many days, where no time was named.
const USUAL: i64 = 14;
/// So many spans at most; where there are more days, a span has several.
const SPANS: i64 = 14;
/// Up to so many issues are read; of more, Jira counts each span.
const READ: u32 = 1000;
/// The field that JQL asks, the one that Jira's interface tells, and what is counted.
const SERIES: [(&str, &str, &str); 2] = [("created", "created", "Created"), ("resolved", "resolutiondate", "Resolved")];

/// Tells the chart.
pub(super) async fn pulse<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<()> {
    let spans = spans(scope.wanted.since.as_deref().and_then(day::read), scope.today);
    let title = match spans.first() {
        Some((first, _)) => format!("Created and resolved since {}", day::write(*first).unwrap_or_default()),
        None => "Created and resolved".to_owned(),
    };
    let cards = chart(ask, scope, &spans).await;
    section(ask, title, String::new(), cards)
}

/// The first and the last day of each span, oldest first.
fn spans(since: Option<i64>, today: i64) -> Vec<(i64, i64)> {
    let first = since.filter(|since| *since <= today).unwrap_or(today - USUAL + 1);
    let days = today - first + 1;
    let length = (days + SPANS - 1).div_euclid(SPANS).max(1);
    let count = (days + length - 1).div_euclid(length);
    // The last span ends today, so that it is as long as the others.
    let begin = today + 1 - count * length;
    (0..count).map(|at| (begin + at * length, begin + (at + 1) * length - 1)).collect()
}

async fn chart<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>, spans: &[(i64, i64)]) -> Result<Vec<Card>> {
    let text = |day: i64| day::write(day).unwrap_or_default();
    let mut shown: Vec<Span> =
        spans.iter().map(|(from, to)| Span { from: text(*from), to: text(*to), counts: Vec::new() }).collect();
    let mut series = Vec::new();
    for (name, id, said) in SERIES {
        let first = shown.first().map(|span| span.from.clone()).unwrap_or_default();
        let jql = scope.query(field(name).at_least(first)).to_string();
        let (total, approximate) = ask.count(&jql).await?;
        let mut line = Series { name: said.to_owned(), jql, total, approximate };
        let most = usize::try_from(READ).unwrap_or_default();
        let (rows, whole) = if total <= READ { ask.rows(&line.jql, &[id], most).await? } else { (Vec::new(), false) };
        if whole {
            let days: Vec<&str> = rows.iter().filter_map(|issue| issue["fields"][id].as_str()?.get(..10)).collect();
            (line.total, line.approximate) = (u32::try_from(days.len()).unwrap_or(total), false);
            into_spans(&mut shown, &days);
        } else {
            for span in &mut shown {
                let (count, _) = ask.count(&between(scope, name, span).to_string()).await?;
                span.counts.push(count);
            }
        }
        series.push(line);
    }
    Ok(vec![Card::Chart { series, spans: shown }])
}

/// Counts days into spans. Those of tomorrow, where it is tomorrow already, count as today.
fn into_spans(spans: &mut [Span], days: &[&str]) {
    let last = spans.len().saturating_sub(1);
    for (at, span) in spans.iter_mut().enumerate() {
        let fits = |day: &&&str| **day >= span.from.as_str() && (**day <= span.to.as_str() || at == last);
        span.counts.push(u32::try_from(days.iter().filter(fits).count()).unwrap_or(u32::MAX));
    }
}

fn between(scope: &Scope<'_>, name: &str, span: &Span) -> Query {
    let next = day::read(&span.to).and_then(|day| day::write(day + 1)).unwrap_or_default();
    let bounds = and(vec![field(name).at_least(span.from.as_str()), field(name).less(next)]);
    bounds.map_or_else(Query::default, |clause| scope.query(clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_weeks_are_days_and_longer_times_are_fewer_longer_spans() {
        let days = spans(None, 20_000);
        assert_eq!((days.len(), days[0], days[13]), (14, (19_987, 19_987), (20_000, 20_000)));
        let quarter = spans(Some(20_000 - 89), 20_000);
        assert_eq!((quarter.len(), quarter[0], quarter[12].1), (13, (19_910, 19_916), 20_000));
        assert_eq!(spans(Some(20_000), 20_000), [(20_000, 20_000)]);
        assert_eq!(spans(Some(20_005), 20_000).len(), 14, "a time to come is none");
        assert!(spans(Some(0), 20_000).len() <= 14);
    }

    #[test]
    fn each_day_counts_once_and_tomorrow_as_today() {
        let span = |from: &str, to: &str| Span { from: from.into(), to: to.into(), counts: vec![] };
        let mut spans = [span("2026-11-01", "2026-11-07"), span("2026-11-08", "2026-11-14")];
        into_spans(&mut spans, &["2026-11-01", "2026-11-07", "2026-11-08", "2026-11-15"]);
        assert_eq!((spans[0].counts[0], spans[1].counts[0]), (2, 2));
    }
}
