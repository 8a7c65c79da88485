//! The parts of the reports that are nothing but searches, as a table.
//!
//! The queries are JQL with some names that only stand for something here, and are replaced in the tree: the functions `me()`,
//! `since()`, `review()` (the site's statuses of that name) and `urgent()` (its highest priorities), and the fields `reviewer`,
//! `flagged` and `finished`. A part that needs what the site does not have is left out.

use super::Scope;
use crate::chat::answer::columns::{called, in_queries};
use crate::chat::intent::ReportKind;
use crate::jql::ast::{Clause, Field, Operand, Query};
use crate::jql::build::{field, function, or};
use crate::jql::fields::Type;
use crate::jql::parse;
use crate::vocabulary::{Kind, State, Vocabulary, folded};

/// Which report, its part, the query, and the field whose values are counted; none where the rows are shown.
type Line = (ReportKind, &'static str, &'static str, Option<&'static str>);

#[rustfmt::skip]
const LINES: [Line; 29] = [
    (ReportKind::MyDay, "Overdue", "assignee = me() AND statusCategory != Done AND due < startOfDay() ORDER BY due ASC", None),
    (ReportKind::MyDay, "Due in the next 7 days", "assignee = me() AND statusCategory != Done AND due >= startOfDay() AND due <= endOfDay(\"+7d\") ORDER BY due ASC", None),
    (ReportKind::MyDay, "In progress", "assignee = me() AND statusCategory = \"In Progress\" ORDER BY updated DESC", None),
    (ReportKind::MyDay, "Waiting in review", "assignee = me() AND status IN review() ORDER BY updated ASC", None),
    (ReportKind::MyDay, "Waiting for a review", "reviewer = me() AND status IN review() ORDER BY updated ASC", None),
    (ReportKind::MyDay, "Mentioned in comments this week", "comment ~ me() AND updated >= -7d ORDER BY updated DESC", None),
    (ReportKind::Standup, "Done since then", "assignee = me() AND statusCategory = Done AND finished >= since() ORDER BY updated DESC", None),
    (ReportKind::Standup, "Moved on since then", "status CHANGED AFTER since() BY me() ORDER BY updated DESC", None),
    (ReportKind::Standup, "Work logged since then", "worklogAuthor = me() AND worklogDate >= since() ORDER BY updated DESC", None),
    (ReportKind::Standup, "In progress", "assignee = me() AND statusCategory = \"In Progress\" ORDER BY updated DESC", None),
    (ReportKind::Standup, "Stuck", "assignee = me() AND statusCategory != Done AND flagged IS NOT EMPTY ORDER BY updated DESC", None),
    (ReportKind::Standup, "Next", "assignee = me() AND statusCategory = \"To Do\" ORDER BY priority DESC", None),
    (ReportKind::Changes, "Created", "created >= since() ORDER BY created DESC", None),
    (ReportKind::Changes, "Done", "statusCategory = Done AND finished >= since() ORDER BY finished DESC", None),
    (ReportKind::Changes, "Opened again", "status CHANGED AFTER since() AND resolution CHANGED AFTER since() AND resolution IS EMPTY ORDER BY updated DESC", None),
    (ReportKind::Changes, "Moved to another status", "status CHANGED AFTER since() ORDER BY updated DESC", None),
    (ReportKind::Changes, "Given to somebody else", "assignee CHANGED AFTER since() ORDER BY updated DESC", None),
    (ReportKind::Changes, "With another priority", "priority CHANGED AFTER since() ORDER BY updated DESC", None),
    (ReportKind::Changes, "All that changed, by status", "updated >= since()", Some("status")),
    (ReportKind::Workload, "Open", "statusCategory != Done", Some("assignee")),
    (ReportKind::Workload, "In progress", "statusCategory = \"In Progress\"", Some("assignee")),
    (ReportKind::Workload, "Overdue", "statusCategory != Done AND due < startOfDay()", Some("assignee")),
    (ReportKind::Ageing, "Open the longest", "statusCategory != Done ORDER BY created ASC", None),
    (ReportKind::Ageing, "Without a change for the longest", "statusCategory != Done ORDER BY updated ASC", None),
    (ReportKind::Ageing, "In progress the longest", "statusCategory = \"In Progress\" ORDER BY created ASC", None),
    (ReportKind::Release, "Open with the highest priorities", "statusCategory != Done AND priority IN urgent() ORDER BY priority DESC", None),
    (ReportKind::Release, "Stuck", "statusCategory != Done AND flagged IS NOT EMPTY ORDER BY updated DESC", None),
    (ReportKind::Release, "Nobody works on", "statusCategory != Done AND assignee IS EMPTY ORDER BY priority DESC", None),
    (ReportKind::Release, "Open, by person", "statusCategory != Done", Some("assignee")),
];

/// What is shown of what is found.
pub(super) enum Show {
    /// The first rows.
    Rows,
    /// How many there are of each value of this field.
    Groups(&'static str),
}

/// A part.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) query: Query,
    pub(super) show: Show,
}

/// The parts of a report, in order; none for those that are more than searches.
pub(super) fn of(scope: &Scope<'_>, names: &Vocabulary) -> Vec<Part> {
    let meant = Meant::of(scope, names);
    let mut parts = Vec::new();
    for (_, title, jql, by) in LINES.iter().filter(|(kind, ..)| *kind == scope.wanted.kind) {
        if let Some(query) = parse(jql).ok().and_then(|query| meant.filled(query)) {
            parts.push(Part { title, query, show: by.map_or(Show::Rows, Show::Groups) });
        }
    }
    if scope.wanted.kind == ReportKind::Release
        && let Some(clause) = or(vec![is_open(), is_done()])
    {
        let title = "All, by status";
        parts.push(Part { title, query: Query::matching(clause), show: Show::Groups("status") });
    }
    parts
}

pub(super) fn is_open() -> Clause {
    field("statusCategory").not_eq("Done")
}

pub(super) fn is_done() -> Clause {
    field("statusCategory").eq("Done")
}

pub(super) fn in_progress() -> Clause {
    field("statusCategory").eq("In Progress")
}

/// What the names in the table stand for; none for what the site does not have.
struct Meant {
    values: [(&'static str, Option<Operand>); 4],
    fields: [(&'static str, Option<String>); 3],
}

impl Meant {
    fn of(scope: &Scope<'_>, names: &Vocabulary) -> Self {
        let found = |all: &[&str], kind| called(names, all, kind).map(in_queries);
        // Not every project of Cloud sets a resolution; Data Center knows nothing else.
        let finished = if names.data_center { "resolved" } else { "statusCategoryChangedDate" };
        Self {
            values: [
                ("me", Some(scope.person())),
                ("since", Some(since(scope))),
                ("review", list(reviews(names))),
                ("urgent", list(names.entries(Kind::Priority).iter().take(2).map(|one| one.name.as_str()).collect())),
            ],
            fields: [
                ("reviewer", found(&["Reviewer", "Reviewers", "Code Reviewer"], Type::Person)),
                ("flagged", found(&["Flagged", "Impediment"], Type::Option)),
                ("finished", Some(finished.to_owned())),
            ],
        }
    }

    fn filled(&self, mut query: Query) -> Option<Query> {
        match &mut query.where_clause {
            Some(Clause::And(parts, _)) => parts.iter_mut().try_for_each(|part| self.condition(part))?,
            Some(one) => self.condition(one)?,
            None => {}
        }
        query.order_by.iter_mut().try_for_each(|order| self.field(&mut order.field))?;
        Some(query)
    }

    fn condition(&self, clause: &mut Clause) -> Option<()> {
        let Clause::Terminal(terminal) = clause else { return Some(()) };
        self.field(&mut terminal.field)?;
        let predicates = terminal.predicates.iter_mut().map(|predicate| &mut predicate.operand);
        terminal.operand.iter_mut().chain(predicates).try_for_each(|operand| self.operand(operand))
    }

    fn field(&self, field: &mut Field) -> Option<()> {
        if let Some((_, meant)) = self.fields.iter().find(|(name, _)| *name == field.name) {
            field.name.clone_from(meant.as_ref()?);
        }
        Some(())
    }

    fn operand(&self, operand: &mut Operand) -> Option<()> {
        if let Operand::Function(function) = operand
            && let Some((_, meant)) = self.values.iter().find(|(name, _)| *name == function.name)
        {
            *operand = meant.clone()?;
        }
        Some(())
    }
}

/// These values as a list; none for none.
fn list(values: Vec<&str>) -> Option<Operand> {
    match field("status").one_of(values.into_iter().map(Into::into).collect())? {
        Clause::Terminal(terminal) => terminal.operand,
        _ => None,
    }
}

/// The statuses of the site that say that somebody is to look at the work.
fn reviews(names: &Vocabulary) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for status in names.entries(Kind::Status) {
        let is_review = status.state != State::Done && folded(&status.name).contains("review");
        if is_review && !found.contains(&status.name.as_str()) {
            found.push(&status.name);
        }
    }
    found
}

/// The time that was named, or the beginning of the last working day.
fn since(scope: &Scope<'_>) -> Operand {
    if let Some(day) = &scope.wanted.since {
        return day.as_str().into();
    }
    // 1970-01-01 was a Thursday: on Sundays and Mondays the last working day is Friday.
    let back = match scope.today.rem_euclid(7) {
        4 => "-3d",
        3 => "-2d",
        _ => "-1d",
    };
    function("startOfDay").with(back).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::intent::Report;

    fn parts(kind: ReportKind, today: i64, names: &Vocabulary) -> Vec<String> {
        let wanted = Report { kind, within: None, person: None, since: None };
        of(&Scope { wanted: &wanted, today }, names).iter().map(|part| part.query.to_string()).collect()
    }

    #[test]
    fn every_line_of_the_table_is_jql_and_nothing_in_it_is_left_that_only_stands_for_something() {
        for (kind, title, jql, _) in LINES {
            assert_eq!(parse(jql).unwrap().to_string(), jql, "{title}");
            for query in parts(kind, 20_000, &Vocabulary::default()) {
                for name in ["me()", "since()", "review()", "urgent()", "reviewer", "flagged", "finished"] {
                    assert!(!query.contains(name), "{query}");
                }
            }
        }
    }

    #[test]
    fn after_a_weekend_yesterday_is_friday() {
        // 2026-11-20 is a Friday.
        let friday = crate::day::read("2026-11-20").unwrap();
        for (days, said) in [(0, "-1d"), (1, "-1d"), (2, "-2d"), (3, "-3d"), (4, "-1d")] {
            let query = parts(ReportKind::Standup, friday + days, &Vocabulary::default()).remove(0);
            assert!(
                query.contains(&format!("startOfDay({said})")) || query.contains(&format!("\"{said}\"")),
                "{query}"
            );
        }
    }

    #[test]
    fn what_the_site_does_not_have_is_not_asked_for() {
        let queries = parts(ReportKind::MyDay, 20_000, &Vocabulary::default());
        assert_eq!(queries.len(), 4, "no review and no reviewer: {queries:?}");
        assert_eq!(
            queries[0],
            "assignee = currentUser() AND statusCategory != Done AND due < startOfDay() ORDER BY due ASC"
        );
    }
}
