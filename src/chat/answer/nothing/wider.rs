//! A condition on a time, with a longer time.

use crate::jql::ast::{Clause, Operand, Operator, Terminal};

/// What begins a span, the shorter first.
const STARTS: [&str; 4] = ["startOfDay", "startOfWeek", "startOfMonth", "startOfYear"];
/// What ends one.
const ENDS: [&str; 4] = ["endOfDay", "endOfWeek", "endOfMonth", "endOfYear"];
/// So many longer times are tried.
const STEPS: usize = 2;
/// By what an amount of time grows.
const FACTOR: u64 = 4;

/// The same condition with longer times, the shortest first; none for what tests no time or looks the other way.
pub(super) fn wider(part: &Clause) -> Vec<Clause> {
    let Clause::Terminal(terminal) = part else { return Vec::new() };
    let back = matches!(terminal.operator, Operator::Greater | Operator::GreaterOrEqual);
    let on = matches!(terminal.operator, Operator::Less | Operator::LessOrEqual);
    let Some(operand) = terminal.operand.as_ref().filter(|_| back || on) else { return Vec::new() };
    let with = |operand| Clause::Terminal(Terminal { operand: Some(operand), ..terminal.clone() });
    longer(operand, if back { &STARTS } else { &ENDS }, back).into_iter().map(with).collect()
}

fn longer(operand: &Operand, functions: &[&str], back: bool) -> Vec<Operand> {
    match operand {
        Operand::Function(function) if function.arguments.is_empty() => {
            let at = functions.iter().position(|name| name.eq_ignore_ascii_case(&function.name));
            let names = functions.iter().skip(at.map_or(functions.len(), |at| at + 1)).take(STEPS);
            names.map(|name| Operand::Function(crate::jql::build::function(*name))).collect()
        }
        Operand::Value(value) => {
            let mut texts = Vec::new();
            let mut text = value.text.clone();
            while texts.len() < STEPS
                && let Some(next) = multiplied(&text, back)
            {
                texts.push(next.as_str().into());
                text = next;
            }
            texts
        }
        _ => Vec::new(),
    }
}

/// `-7d` as `-28d`, where it leads into the past, and `7d` as `28d`, where it leads the other way.
fn multiplied(text: &str, back: bool) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) if back => ("-", rest),
        None if !back => ("", text),
        _ => return None,
    };
    let unit = rest.chars().last().filter(|unit| "dwhmMy".contains(*unit))?;
    let amount: u64 = rest.strip_suffix(unit)?.parse().ok()?;
    (amount > 0).then(|| format!("{sign}{}{unit}", amount.saturating_mul(FACTOR)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jql::parse;

    fn of(jql: &str) -> Vec<String> {
        wider(&parse(jql).unwrap().where_clause.unwrap()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn times_grow_in_the_direction_they_look() {
        assert_eq!(of("created >= -7d"), ["created >= -28d", "created >= -112d"]);
        assert_eq!(of("updated > startOfWeek()"), ["updated > startOfMonth()", "updated > startOfYear()"]);
        assert_eq!(of("due <= 1w"), ["due <= 4w", "due <= 16w"]);
        assert_eq!(of("due <= endOfDay()"), ["due <= endOfWeek()", "due <= endOfMonth()"]);
    }

    #[test]
    fn what_is_no_time_or_would_get_shorter_stays() {
        for jql in ["created <= -7d", "votes > 3", "status = Open", "created >= \"2026-01-01\"", "due <= startOfDay()"]
        {
            assert_eq!(of(jql), [""; 0], "{jql}");
        }
    }
}
