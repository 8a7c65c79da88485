//! A query in plain English, one phrase for each of its conditions, to stand next to the JQL that is run. The phrases say what
//! Jira does, its surprises included: `assignee != x` leaves out unassigned issues, so it reads "someone other than".

mod history;
mod names;
mod order;
mod subject;
mod time;
mod value;

use super::ast::{Clause, Field, Operand, Operator, Query, Span, Terminal};
use super::fields;
use super::printer;
use crate::vocabulary::Vocabulary;
use subject::Subject;

/// One condition of a query, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The condition in canonical JQL.
    pub jql: String,
    /// Its first byte in the text the query was parsed from.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it asks for, as a phrase that continues "issues …": `assigned to you`.
    pub meaning: String,
}

/// The conditions that must all hold, one after the other, and the order last. Empty for the empty query. Conditions joined by
/// `OR` or under a `NOT` are explained together, for none of them holds alone.
pub fn clauses(query: &Query) -> Vec<Explained> {
    let mut explained = Vec::new();
    if let Some(clause) = &query.where_clause {
        collect(clause, &mut explained);
    }
    if let [first, .., last] | [first @ last] = query.order_by.as_slice() {
        let jql = printer::print_order(&query.order_by);
        let Span { start, end } = first.span.to(last.span);
        explained.push(Explained { jql, start, end, meaning: order::phrase(&query.order_by) });
    }
    explained
}

/// The same on a site whose names are known: `cf[10010]`, account ids and other ids are said by their names.
pub fn clauses_on(query: &Query, vocabulary: &Vocabulary) -> Vec<Explained> {
    let mut explained = clauses(query);
    // The same conditions in the same order, since only names differ.
    for (one, named) in explained.iter_mut().zip(clauses(&names::named(query, vocabulary))) {
        one.meaning = named.meaning;
    }
    explained
}

fn collect(clause: &Clause, explained: &mut Vec<Explained>) {
    if let Clause::And(parts, _) = clause {
        for part in parts {
            collect(part, explained);
        }
    } else {
        let Span { start, end } = clause.span();
        explained.push(Explained { jql: printer::print_clause(clause), start, end, meaning: phrase(clause) });
    }
}

fn phrase(clause: &Clause) -> String {
    match clause {
        Clause::And(parts, _) => joined(parts, " and "),
        Clause::Or(parts, _) => format!("either {}", joined(parts, " or ")),
        Clause::Not(inner, _) => match inner.as_ref() {
            Clause::Terminal(terminal) => match terminal.operator.opposite() {
                // Jira turns a NOT before a test into the opposite test, with all that follows for empty fields.
                Some(operator) => test(terminal, operator),
                None => history::did_not_change(terminal),
            },
            Clause::Not(inner, _) => phrase(inner),
            group => format!("not ({})", phrase(group)),
        },
        Clause::Terminal(terminal) => test(terminal, terminal.operator),
    }
}

fn joined(parts: &[Clause], joiner: &str) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(joiner);
        }
        let group = matches!(part, Clause::And(..) | Clause::Or(..));
        out.push_str(if group { "(" } else { "" });
        out.push_str(&phrase(part));
        out.push_str(if group { ")" } else { "" });
    }
    out
}

/// What a field's test says, read with this operator.
fn test(terminal: &Terminal, operator: Operator) -> String {
    let subject = subject::of(&terminal.field);
    let Some(operand) = terminal.operand.as_ref().filter(|_| !operator.is_history()) else {
        return history::phrase(terminal, operator);
    };
    let negative = matches!(operator, Operator::NotEquals | Operator::NotIn | Operator::IsNot);
    match operator {
        Operator::Like => subject.mentions(operand, false),
        Operator::NotLike => subject.mentions(operand, true),
        Operator::Equals | Operator::NotEquals if subject.is_moment() && time::moment(operand, true).is_some() => {
            subject.compared(operator, operand)
        }
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            subject.compared(operator, operand)
        }
        _ => equality(&subject, operand, negative),
    }
}

/// `=`, `IN`, `IS` and their opposites. What stands for an empty field is said in the subject's own words, and so are functions
/// that say all of a condition.
fn equality(subject: &Subject, operand: &Operand, negative: bool) -> String {
    let items = if let Operand::List(items, _) = operand { items.as_slice() } else { std::slice::from_ref(operand) };
    let mut values = Vec::new();
    let mut phrases = Vec::new();
    for item in items.iter().filter(|item| !subject.is_nothing(item)) {
        match item {
            Operand::Function(function) if let Some(phrase) = value::whole_phrase(function) => phrases.push(phrase),
            _ => values.push(item),
        }
    }
    if values.len() + phrases.len() < items.len() && (!negative || values.is_empty() && phrases.is_empty()) {
        phrases.push(if negative { subject.present() } else { subject.empty() });
        if negative {
            return phrases.concat();
        }
    }
    match (negative, phrases.is_empty()) {
        (true, true) => return subject.is_not(&values),
        (_, true) => return subject.is(&values),
        (_, false) if values.is_empty() => {}
        _ => phrases.insert(0, subject.is(&values)),
    }
    let joined = phrases.join(" or ");
    match (negative, phrases.len()) {
        (false, _) => joined,
        (true, 1) => format!("not {joined}"),
        (true, _) => format!("not ({joined})"),
    }
}

/// What a field is called in a sentence.
fn noun(field: &Field) -> String {
    let kind = field.name.strip_suffix(".property");
    if let (true, [property]) = (fields::before_brackets(&field.name), field.properties.as_slice()) {
        let path: String = property.path.iter().map(|part| part.text.as_str()).collect();
        let link = field.name.to_ascii_lowercase().ends_with("link").then(|| "link".to_owned());
        let name = kind.map(|kind| format!("{kind} property")).or(link).unwrap_or_else(|| field.name.clone());
        return format!("{name} {}{path}", property.key.text);
    }
    match field.collapsed() {
        Some((name, _)) => name.to_owned(),
        None if field.properties.is_empty() => field.name.clone(),
        None => printer::print_field(field),
    }
}

#[cfg(test)]
mod tests;
