//! What a report is about: of all conditions of a text one may name the person and one the time, the rest narrows the issues.

use crate::chat::intent::{Intent, Question, Report, ReportKind};
use crate::chat::read::compose::{Bare, Draft, Understood, joined};
use crate::chat::read::decide::ignored;
use crate::chat::read::scan::Scan;
use crate::chat::read::wish::work::number;
use crate::day;
use crate::error::quoted;
use crate::jql::ast::{Clause, Operand};
use crate::jql::build::and;
use crate::json::Read as _;
use crate::vocabulary::Kind;

/// The report of this name, or what is asked back before it can be made.
pub(super) fn report(scan: &Scan<'_>, text: &str, understood: &Understood, kind: &str) -> Option<Intent> {
    let kind = ReportKind::read(&kind.into())?;
    if let Some(question) = &understood.question {
        return Some(Intent::Ask(Box::new(question.clone())));
    }
    let unknown = ignored(scan, text, &understood.unknown);
    if !unknown.is_empty() {
        let message = format!(
            "I do not know {} in a report. Leave it out, or say it in other words.",
            quoted(&unknown.join(" "))
        );
        return Some(Intent::Ask(Box::new(Question { message, choices: Vec::new() })));
    }
    let mut report = Report { kind, within: None, person: None, since: None };
    let personal = matches!(kind, ReportKind::MyDay | ReportKind::Standup);
    let mut rest = Vec::new();
    for draft in &understood.drafts {
        if let Some(since) = since(scan, draft) {
            report.since = Some(since);
        } else if !personal || !is_person(scan, &draft.clause, &mut report.person) {
            rest.push(draft.clone());
        }
    }
    report.within = and(joined(&rest).into_iter().map(|(clause, _)| clause).collect());
    Some(Intent::Report(Box::new(report)))
}

/// The day from which on, if that is what is said.
fn since(scan: &Scan<'_>, draft: &Draft) -> Option<String> {
    let Bare::Time(when) = &draft.bare else { return None };
    day::write(number(when.from.as_ref()?, scan.today, false)?)
}

/// Whether it says only who works on something. Whoever asks is nobody in particular.
fn is_person(scan: &Scan<'_>, clause: &Clause, person: &mut Option<String>) -> bool {
    let Clause::Terminal(test) = clause else { return false };
    match &test.operand {
        Some(Operand::Function(function)) => test.field.name == "assignee" && function.name == "currentUser",
        Some(Operand::Value(value)) if test.field.name == "assignee" => {
            let called = |id: &str, name: &str| id == value.text || name == value.text;
            let people = scan.vocabulary.entries(Kind::Person);
            *person = people.iter().find(|one| called(&one.id, &one.name)).map(|one| one.id.clone());
            person.is_some()
        }
        _ => false,
    }
}
