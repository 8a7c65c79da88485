//! Random trees of the whole language, with the most awkward texts in every place that takes one.

use crate::random::Random;
use chat_for_jira::jql::ast::{
    Clause, Direction, Field, Function, Operand, Operator, OrderField, Predicate, PredicateKind, Property, Query, Span,
    Terminal, Value,
};

const NOWHERE: Span = Span::new(0, 0);

/// Texts made to leave their quotes, or to be taken for something else.
const TEXTS: [&str; 40] = [
    "",
    "MOB",
    "a b",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\" OR 1 = 1 OR \"",
    "' OR 1 = 1 OR '",
    "a\\",
    "\\u0022",
    "and",
    "NULL",
    "Empty",
    "cf",
    "cf[1]",
    "cf[-1]",
    "cf[1] = 2 or cf[1",
    "CF[1]",
    "date",
    "1",
    "-7",
    "007",
    "-",
    "--",
    "1w",
    "a.b",
    ".a",
    "(",
    ")",
    "\n\r\t",
    "\0\u{1f}\u{7f}\u{9f}",
    "\u{fdd0}\u{fffe}\u{ffff}",
    "\u{a0}",
    "é😀",
    "\u{1fffe}",
    "ORDER BY x",
    "a[b]",
    "İN",
    "ſet",
];

const CHARACTERS: [char; 24] = [
    '"', '\'', '\\', ' ', '\n', '\t', '\0', '\u{b}', '(', ')', '[', ']', ',', '=', '!', '&', 'a', 'u', '0', '-', '.',
    'ü', '\u{2028}', '😀',
];

const OPERATORS: [Operator; 17] = [
    Operator::Equals,
    Operator::NotEquals,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::Like,
    Operator::NotLike,
    Operator::In,
    Operator::NotIn,
    Operator::Is,
    Operator::IsNot,
    Operator::Was,
    Operator::WasNot,
    Operator::WasIn,
    Operator::WasNotIn,
    Operator::Changed,
];

const PREDICATES: [PredicateKind; 7] = [
    PredicateKind::After,
    PredicateKind::Before,
    PredicateKind::On,
    PredicateKind::During,
    PredicateKind::By,
    PredicateKind::From,
    PredicateKind::To,
];

/// A query.
pub(crate) fn query(random: &mut Random) -> Query {
    let where_clause = (!random.once_in(10)).then(|| clause(random, 4));
    let mut order_by = Vec::new();
    while random.once_in(3) {
        let direction = *random.one(&[None, Some(Direction::Asc), Some(Direction::Desc)]);
        order_by.push(OrderField { field: field(random), direction, span: NOWHERE });
    }
    Query { where_clause, order_by, span: NOWHERE }
}

fn clause(random: &mut Random, depth: usize) -> Clause {
    if depth == 0 {
        return Clause::Terminal(terminal(random));
    }
    match random.below(6) {
        0 => Clause::And(several(random, 2, |random| clause(random, depth - 1)), NOWHERE),
        1 => Clause::Or(several(random, 2, |random| clause(random, depth - 1)), NOWHERE),
        2 => Clause::Not(Box::new(clause(random, depth - 1)), NOWHERE),
        _ => Clause::Terminal(terminal(random)),
    }
}

fn several<T>(random: &mut Random, least: usize, mut one: impl FnMut(&mut Random) -> T) -> Vec<T> {
    let count = least + random.below(3);
    (0..count).map(|_| one(random)).collect()
}

fn terminal(random: &mut Random) -> Terminal {
    let operator = *random.one(&OPERATORS);
    let operand = match operator {
        Operator::Changed => None,
        Operator::Is | Operator::IsNot => Some(Operand::Empty(NOWHERE)),
        Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn => Some(match random.below(4) {
            0 => Operand::Function(function(random)),
            _ => Operand::List(several(random, 1, |random| any_operand(random, 2)), NOWHERE),
        }),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            Some(if random.once_in(4) { Operand::Function(function(random)) } else { Operand::Value(value(random)) })
        }
        _ => Some(any_operand(random, 0)),
    };
    let mut predicates = Vec::new();
    while operator.is_history() && random.once_in(2) {
        let known = if operator == Operator::Changed { PREDICATES.len() } else { 5 };
        let kind = PREDICATES.into_iter().nth(random.below(known)).expect("a kind");
        predicates.push(Predicate { kind, operand: any_operand(random, 1), span: NOWHERE });
    }
    Terminal { field: field(random), operator, operator_span: NOWHERE, operand, predicates, span: NOWHERE }
}

/// An operand; a list only while `lists` is not 0.
fn any_operand(random: &mut Random, lists: usize) -> Operand {
    match random.below(if lists == 0 { 6 } else { 7 }) {
        0 => Operand::Empty(NOWHERE),
        1 => Operand::Function(function(random)),
        6 => Operand::List(several(random, 1, |random| any_operand(random, lists - 1)), NOWHERE),
        _ => Operand::Value(value(random)),
    }
}

fn function(random: &mut Random) -> Function {
    Function { name: text(random), name_span: NOWHERE, arguments: several(random, 0, value), span: NOWHERE }
}

fn field(random: &mut Random) -> Field {
    let mut properties = Vec::new();
    while random.once_in(5) {
        properties.push(Property { key: value(random), path: several(random, 0, value), span: NOWHERE });
    }
    Field { name: text(random), properties, span: NOWHERE }
}

fn value(random: &mut Random) -> Value {
    if random.once_in(5) {
        let text = (*random.one(&["0", "7", "-7", "10010", "-0", "007", "99999999999999999999"])).to_owned();
        return Value { text, number: true, span: NOWHERE };
    }
    Value { text: text(random), number: false, span: NOWHERE }
}

/// A text: one of the awkward ones, or awkward characters one after the other.
pub(crate) fn text(random: &mut Random) -> String {
    if random.once_in(2) {
        return (*random.one(&TEXTS)).to_owned();
    }
    (0..random.below(8)).map(|_| *random.one(&CHARACTERS)).collect()
}
