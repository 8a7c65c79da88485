//! A clause as a test of an issue.

use super::fields::{self, Kind};
use super::{Checked, Context, Test, compare, history, text, values};
use crate::data::Issue;
use chat_for_jira::jql::ast::{Clause, Operand, Operator, Terminal};

/// The test of a clause (or of its opposite). What is wrong is added to `problems`, so that all of it is told at once.
pub(super) fn compile<'s>(
    context: &Context<'s>,
    clause: &Clause,
    negated: bool,
    problems: &mut Vec<String>,
) -> Option<Test<'s>> {
    match clause {
        Clause::Not(part, _) => compile(context, part, !negated, problems),
        Clause::And(parts, _) => join(context, parts, (negated, !negated), problems),
        Clause::Or(parts, _) => join(context, parts, (negated, negated), problems),
        Clause::Terminal(one) => terminal(context, one, negated).map_err(|problem| problems.push(problem)).ok(),
    }
}

fn join<'s>(
    context: &Context<'s>,
    parts: &[Clause],
    (negated, all): (bool, bool),
    problems: &mut Vec<String>,
) -> Option<Test<'s>> {
    let tests: Vec<Option<Test<'s>>> = parts.iter().map(|part| compile(context, part, negated, problems)).collect();
    let tests: Vec<Test<'s>> = tests.into_iter().collect::<Option<_>>()?;
    Some(match all {
        true => Box::new(move |issue: &Issue| tests.iter().all(|test| test(issue))),
        false => Box::new(move |issue: &Issue| tests.iter().any(|test| test(issue))),
    })
}

fn terminal<'s>(context: &Context<'s>, one: &Terminal, negated: bool) -> Checked<Test<'s>> {
    let kind = fields::resolve(&one.field)?;
    let name = one.field.name.as_str();
    if !fields::takes(kind, one.operator) {
        return Err(format!(
            "The operator '{}' is not supported by the '{name}' field.",
            one.operator.text().to_lowercase()
        ));
    }
    if one.operator.is_history() {
        return history::test(context, kind, one, negated);
    }
    let operator = if negated { opposite(one.operator) } else { one.operator };
    let operand = one.operand.as_ref().ok_or_else(|| format!("The field '{name}' is compared with nothing."))?;
    if let Operand::Empty(_) = operand {
        return emptiness(kind, operator, name);
    }
    match kind {
        Kind::Text(_) | Kind::Comment | Kind::WorklogComment | Kind::AllText => {
            text::test(context, kind, operator, (name, operand))
        }
        Kind::FixVersion | Kind::AffectedVersion if matches!(operator, Operator::Like | Operator::NotLike) => {
            text::version_test(kind, operator, operand)
        }
        Kind::DateTime(_) | Kind::Due | Kind::WorklogDate => compare::moments(context, kind, operator, (name, operand)),
        Kind::Votes | Kind::Watchers | Kind::Points | Kind::WorkRatio | Kind::Duration(_) => {
            compare::numbers(kind, operator, (name, operand))
        }
        _ if matches!(
            operator,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual
        ) =>
        {
            compare::ranks(context, kind, operator, (name, operand))
        }
        _ => membership(context, kind, operator, (name, operand)),
    }
}

/// The operator that says the contrary.
fn opposite(operator: Operator) -> Operator {
    use Operator as O;
    match operator {
        O::Equals => O::NotEquals,
        O::NotEquals => O::Equals,
        O::Less => O::GreaterOrEqual,
        O::GreaterOrEqual => O::Less,
        O::Greater => O::LessOrEqual,
        O::LessOrEqual => O::Greater,
        O::Like => O::NotLike,
        O::NotLike => O::Like,
        O::In => O::NotIn,
        O::NotIn => O::In,
        O::Is => O::IsNot,
        O::IsNot => O::Is,
        O::Was => O::WasNot,
        O::WasNot => O::Was,
        O::WasIn => O::WasNotIn,
        O::WasNotIn => O::WasIn,
        O::Changed => O::Changed,
    }
}

fn emptiness<'s>(kind: Kind, operator: Operator, name: &str) -> Checked<Test<'s>> {
    let wanted = match operator {
        Operator::Is | Operator::Equals | Operator::In => true,
        Operator::IsNot | Operator::NotEquals | Operator::NotIn => false,
        _ => {
            let word = operator.text().to_lowercase();
            return Err(format!("The operator '{word}' does not support searching for EMPTY in the '{name}' field."));
        }
    };
    if !fields::takes(kind, Operator::Is) {
        return Err(format!("The field '{name}' does not support searching for EMPTY values."));
    }
    Ok(Box::new(move |issue| values::is_empty(kind, issue) == wanted))
}

/// `=`, `!=`, `in`, `not in` with values that are names.
fn membership<'s>(
    context: &Context<'s>,
    kind: Kind,
    operator: Operator,
    operand: (&str, &Operand),
) -> Checked<Test<'s>> {
    let list = matches!(operator, Operator::In | Operator::NotIn);
    let wanted = values::of_operand(context, kind, operand, list)?;
    let context = *context;
    Ok(match operator {
        Operator::Equals | Operator::In => Box::new(move |issue| {
            let held = values::of_issue(&context, kind, issue);
            held.iter().any(|value| wanted.values.contains(value)) || wanted.empty && held.is_empty()
        }),
        // Issues without any link have no link of this type either.
        _ if kind == Kind::LinkType => Box::new(move |issue| {
            !values::of_issue(&context, kind, issue).iter().any(|value| wanted.values.contains(value))
        }),
        _ => Box::new(move |issue| {
            let held = values::of_issue(&context, kind, issue);
            !held.is_empty() && !held.iter().any(|value| wanted.values.contains(value))
        }),
    })
}
