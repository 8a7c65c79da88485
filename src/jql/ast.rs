//! The tree of a JQL query. Every node knows where it stood in the source; two trees are equal when they mean the same,
//! wherever they stood and however their values were quoted.

mod operator;

pub use operator::{Direction, Operator, PredicateKind};

/// Where a node stood in the source: bytes `start..end`. `0..0` for a node made by [`build`](super::build).
///
/// All positions are equal to each other, so that comparing two trees compares what they say; compare the two numbers when
/// the place matters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the start of this one to the end of the other.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// This part of the source the tree was parsed from; empty when it does not fit that text.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

/// A whole query. Both parts may be absent: the empty query is valid and means every issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What an issue has to satisfy.
    pub where_clause: Option<Clause>,
    /// The sort fields, most significant first; empty without `ORDER BY`.
    pub order_by: Vec<OrderField>,
    /// From the first token to the last.
    pub span: Span,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Every part holds. Two or more parts; a part in parentheses that is itself an `And` stays nested.
    And(Vec<Clause>, Span),
    /// At least one part holds. Two or more parts.
    Or(Vec<Clause>, Span),
    /// The part does not hold.
    Not(Box<Clause>, Span),
    /// One test of one field.
    Terminal(Terminal),
}

impl Clause {
    /// Where the clause stood, the parentheses around it included.
    pub const fn span(&self) -> Span {
        match self {
            Self::And(_, span) | Self::Or(_, span) | Self::Not(_, span) => *span,
            Self::Terminal(terminal) => terminal.span,
        }
    }
}

/// One test of one field: `assignee = currentUser()`, `status was Open before -1w`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// What is tested.
    pub field: Field,
    /// How.
    pub operator: Operator,
    /// Where the operator stood (all its words).
    pub operator_span: Span,
    /// Against what. `None` exactly with [`Operator::Changed`].
    pub operand: Option<Operand>,
    /// `AFTER`, `BY`, … behind a history operator, in the order written; empty with the other operators.
    pub predicates: Vec<Predicate>,
    /// The whole test, with parentheses around it.
    pub span: Span,
}

/// A field, by whatever name the query calls it. Names are compared without regard to case by Jira; they are kept as written
/// here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name without quotes and escapes. For `cf[10010]` it is `cf[10010]`, which Jira accepts as a name too.
    pub name: String,
    /// The brackets behind it: `issue.property[key].path`, `development[commits].all`, `Team[Team]`.
    pub properties: Vec<Property>,
    /// Where it stood.
    pub span: Span,
}

impl Field {
    /// The number of a custom field named as `cf[10010]`.
    pub fn custom_id(&self) -> Option<u64> {
        self.name.strip_prefix("cf[")?.strip_suffix(']')?.parse().ok()
    }

    /// The name and the type of a field named as `Story points[Number]` (in quotes or not), the form by which Jira means all
    /// custom fields of one name and type at once. `None` for `cf[1]` and for properties with a path.
    pub fn collapsed(&self) -> Option<(&str, &str)> {
        let (name, kind) = match self.properties.as_slice() {
            [] => self.name.strip_suffix(']')?.rsplit_once('[')?,
            [only] if only.path.is_empty() => (self.name.as_str(), only.key.text.as_str()),
            _ => return None,
        };
        let fits = !name.is_empty() && !kind.is_empty() && !kind.contains(|c: char| c.is_ascii_digit());
        fits.then_some((name, kind))
    }
}

/// One pair of brackets behind a field's name and the path that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// What stands in the brackets.
    pub key: Value,
    /// The words behind the closing bracket, dots included: `.all`.
    pub path: Vec<Value>,
    /// From the opening bracket to the end of the path.
    pub span: Span,
}

/// What a field is tested against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A word, a quoted text or a number.
    Value(Value),
    /// `EMPTY` or `NULL`, which mean the same.
    Empty(Span),
    /// `currentUser()`, `membersOf("jira-users")`.
    Function(Function),
    /// `(a, b)`; never empty. Jira's grammar allows lists in lists.
    List(Vec<Operand>, Span),
}

impl Operand {
    /// Where it stood, quotes and parentheses included.
    pub const fn span(&self) -> Span {
        match self {
            Self::Value(value) => value.span,
            Self::Empty(span) | Self::List(_, span) => *span,
            Self::Function(function) => function.span,
        }
    }
}

/// A value as the person means it: quotes gone, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The characters. For a number the digits, with a minus sign before them or not.
    pub text: String,
    /// Whether it was written as a bare whole number. Jira reads `priority = 3` as an id first and `priority = "3"` as a name
    /// first, so this is a difference in meaning.
    pub number: bool,
    /// Where it stood, quotes included.
    pub span: Span,
}

/// A function with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name as written; Jira compares it without regard to case.
    pub name: String,
    /// Where the name stood.
    pub name_span: Span,
    /// The arguments, in order.
    pub arguments: Vec<Value>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// A condition on a change in the past: `AFTER -1w`, `BY currentUser()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Which condition.
    pub kind: PredicateKind,
    /// With what.
    pub operand: Operand,
    /// From the word to the end of the operand.
    pub span: Span,
}

/// One field of `ORDER BY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderField {
    /// By what to sort.
    pub field: Field,
    /// `ASC` or `DESC`; `None` leaves the direction to the field (dates come newest first in Jira, most others ascend).
    pub direction: Option<Direction>,
    /// The field and the direction.
    pub span: Span,
}
