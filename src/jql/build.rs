//! Trees made by program: `field("project").eq("MOB")`. Feature code makes its queries here and prints them; it never puts
//! JQL together as text.

use super::ast::{Clause, Direction, Field, Function, Operand, Operator, OrderField, Predicate, PredicateKind};
use super::ast::{Query, Span, Terminal, Value};

const NOWHERE: Span = Span::new(0, 0);

/// A field to be tested or sorted by. The name may be anything, `cf[10010]` included; it is quoted when needed.
pub fn field(name: impl Into<String>) -> Subject {
    Subject(Field { name: name.into(), properties: Vec::new(), span: NOWHERE })
}

/// A function without arguments: `function("currentUser")`.
pub fn function(name: impl Into<String>) -> Function {
    Function { name: name.into(), name_span: NOWHERE, arguments: Vec::new(), span: NOWHERE }
}

/// A whole number, not in quotes.
pub fn number(number: i64) -> Operand {
    Operand::Value(Value { text: number.to_string(), number: true, span: NOWHERE })
}

/// `EMPTY`.
pub const fn empty() -> Operand {
    Operand::Empty(NOWHERE)
}

/// Every one of these. `None` for no clause at all: whoever asks has to decide whether that means every issue or none.
/// Parts that are themselves an `And` are taken apart.
pub fn and(clauses: Vec<Clause>) -> Option<Clause> {
    let mut parts = Vec::new();
    for clause in clauses {
        match clause {
            Clause::And(inner, _) => parts.extend(inner),
            other => parts.push(other),
        }
    }
    single(&mut parts).or_else(|| (!parts.is_empty()).then_some(Clause::And(parts, NOWHERE)))
}

/// At least one of these. `None` for no clause at all. Parts that are themselves an `Or` are taken apart.
pub fn or(clauses: Vec<Clause>) -> Option<Clause> {
    let mut parts = Vec::new();
    for clause in clauses {
        match clause {
            Clause::Or(inner, _) => parts.extend(inner),
            other => parts.push(other),
        }
    }
    single(&mut parts).or_else(|| (!parts.is_empty()).then_some(Clause::Or(parts, NOWHERE)))
}

/// Not this.
pub fn not(clause: Clause) -> Clause {
    Clause::Not(Box::new(clause), NOWHERE)
}

fn single(parts: &mut Vec<Clause>) -> Option<Clause> {
    if parts.len() == 1 { parts.pop() } else { None }
}

impl Function {
    /// The same with one more argument, a text.
    #[must_use]
    pub fn with(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(Value { text: argument.into(), number: false, span: NOWHERE });
        self
    }
}

impl Query {
    /// The query with this condition and no order.
    pub const fn matching(clause: Clause) -> Self {
        Self { where_clause: Some(clause), order_by: Vec::new(), span: NOWHERE }
    }

    /// The same query with one more condition.
    #[must_use]
    pub fn and(mut self, clause: Clause) -> Self {
        let mut parts: Vec<_> = self.where_clause.take().into_iter().collect();
        parts.push(clause);
        self.where_clause = and(parts);
        self
    }

    /// The same query in this order, which replaces the one it had.
    #[must_use]
    pub fn ordered_by(mut self, fields: Vec<OrderField>) -> Self {
        self.order_by = fields;
        self
    }
}

impl From<&str> for Operand {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Operand {
    fn from(text: String) -> Self {
        Self::Value(Value { text, number: false, span: NOWHERE })
    }
}

impl From<Function> for Operand {
    fn from(function: Function) -> Self {
        Self::Function(function)
    }
}

/// A field waiting for its test.
#[derive(Clone, Debug)]
pub struct Subject(Field);

impl Subject {
    /// `field = value`
    pub fn eq(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::Equals, value.into())
    }

    /// `field != value`
    pub fn not_eq(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::NotEquals, value.into())
    }

    /// `field < value`
    pub fn less(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::Less, value.into())
    }

    /// `field <= value`
    pub fn at_most(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::LessOrEqual, value.into())
    }

    /// `field > value`
    pub fn greater(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::Greater, value.into())
    }

    /// `field >= value`
    pub fn at_least(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::GreaterOrEqual, value.into())
    }

    /// `field ~ value`. The value is in Jira's search syntax (`*`, `"a phrase"`); for a person's words see
    /// [`contains`](Self::contains).
    pub fn like(self, value: impl Into<Operand>) -> Clause {
        self.test(Operator::Like, value.into())
    }

    /// `field ~ words`, where the words are a person's and none of their characters is taken as search syntax.
    pub fn contains(self, words: &str) -> Clause {
        self.like(literal_words(words))
    }

    /// `field IN (values)`. `None` for no values, which JQL cannot say: whoever asks has to decide what that means.
    pub fn one_of(self, values: Vec<Operand>) -> Option<Clause> {
        (!values.is_empty()).then(|| self.test(Operator::In, Operand::List(values, NOWHERE)))
    }

    /// `field NOT IN (values)`. `None` for no values.
    pub fn none_of(self, values: Vec<Operand>) -> Option<Clause> {
        (!values.is_empty()).then(|| self.test(Operator::NotIn, Operand::List(values, NOWHERE)))
    }

    /// `field IN function()`
    pub fn within(self, function: Function) -> Clause {
        self.test(Operator::In, function.into())
    }

    /// `field NOT IN function()`
    pub fn outside(self, function: Function) -> Clause {
        self.test(Operator::NotIn, function.into())
    }

    /// `field IS EMPTY`
    pub fn is_empty(self) -> Clause {
        self.test(Operator::Is, empty())
    }

    /// `field IS NOT EMPTY`
    pub fn is_not_empty(self) -> Clause {
        self.test(Operator::IsNot, empty())
    }

    /// `field WAS value`, open for predicates.
    pub fn was(self, value: impl Into<Operand>) -> History {
        History(self.terminal(Operator::Was, Some(value.into())))
    }

    /// `field CHANGED`, from this and to that where given, open for predicates.
    pub fn changed(self, from: Option<Operand>, to: Option<Operand>) -> History {
        let mut history = History(self.terminal(Operator::Changed, None));
        for (kind, operand) in [(PredicateKind::From, from), (PredicateKind::To, to)] {
            if let Some(operand) = operand {
                history = history.predicate(kind, operand);
            }
        }
        history
    }

    /// The field ascending, for [`Query::ordered_by`].
    pub fn ascending(self) -> OrderField {
        OrderField { field: self.0, direction: Some(Direction::Asc), span: NOWHERE }
    }

    /// The field descending, for [`Query::ordered_by`].
    pub fn descending(self) -> OrderField {
        OrderField { field: self.0, direction: Some(Direction::Desc), span: NOWHERE }
    }

    fn test(self, operator: Operator, operand: Operand) -> Clause {
        Clause::Terminal(self.terminal(operator, Some(operand)))
    }

    fn terminal(self, operator: Operator, operand: Option<Operand>) -> Terminal {
        let (field, operator_span, span) = (self.0, NOWHERE, NOWHERE);
        Terminal { field, operator, operator_span, operand, predicates: Vec::new(), span }
    }
}

/// A test of an issue's past. Becomes a clause with `into()`.
#[derive(Clone, Debug)]
pub struct History(Terminal);

impl History {
    /// The same, `AFTER` a moment.
    #[must_use]
    pub fn after(self, moment: impl Into<Operand>) -> Self {
        self.predicate(PredicateKind::After, moment.into())
    }

    /// The same, `BEFORE` a moment.
    #[must_use]
    pub fn before(self, moment: impl Into<Operand>) -> Self {
        self.predicate(PredicateKind::Before, moment.into())
    }

    /// The same, `DURING` the time between two moments.
    #[must_use]
    pub fn during(self, first: impl Into<Operand>, last: impl Into<Operand>) -> Self {
        self.predicate(PredicateKind::During, Operand::List(vec![first.into(), last.into()], NOWHERE))
    }

    /// The same, changed `BY` a person.
    #[must_use]
    pub fn by(self, person: impl Into<Operand>) -> Self {
        self.predicate(PredicateKind::By, person.into())
    }

    fn predicate(mut self, kind: PredicateKind, operand: Operand) -> Self {
        self.0.predicates.push(Predicate { kind, operand, span: NOWHERE });
        self
    }
}

impl From<History> for Clause {
    fn from(history: History) -> Self {
        Self::Terminal(history.0)
    }
}

/// Words for `~` that mean only themselves: the characters of Jira's search syntax are escaped, and its three operators,
/// which it knows in capitals only, are written small.
pub fn literal_words(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if matches!(word, "AND" | "OR" | "NOT") {
            out.push_str(&word.to_ascii_lowercase());
            continue;
        }
        for c in word.chars() {
            if r#"+-&|!(){}[]^~*?\/:""#.contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
