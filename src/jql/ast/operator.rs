//! The small words between fields and values.

/// How a field is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equals,
    /// `!=`
    NotEquals,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `~`: contains the words.
    Like,
    /// `!~`
    NotLike,
    /// `IN`: a list or a function.
    In,
    /// `NOT IN`
    NotIn,
    /// `IS`: only with `EMPTY`.
    Is,
    /// `IS NOT`: only with `EMPTY`.
    IsNot,
    /// `WAS`, history.
    Was,
    /// `WAS NOT`, history.
    WasNot,
    /// `WAS IN`, history: a list or a function.
    WasIn,
    /// `WAS NOT IN`, history.
    WasNotIn,
    /// `CHANGED`, history: no operand.
    Changed,
}

impl Operator {
    /// As it is printed: symbols, or words in capitals.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Like => "~",
            Self::NotLike => "!~",
            Self::In => "IN",
            Self::NotIn => "NOT IN",
            Self::Is => "IS",
            Self::IsNot => "IS NOT",
            Self::Was => "WAS",
            Self::WasNot => "WAS NOT",
            Self::WasIn => "WAS IN",
            Self::WasNotIn => "WAS NOT IN",
            Self::Changed => "CHANGED",
        }
    }

    /// The one that says the opposite; `CHANGED` has none.
    pub const fn opposite(self) -> Option<Self> {
        Some(match self {
            Self::Equals => Self::NotEquals,
            Self::NotEquals => Self::Equals,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
            Self::Like => Self::NotLike,
            Self::NotLike => Self::Like,
            Self::In => Self::NotIn,
            Self::NotIn => Self::In,
            Self::Is => Self::IsNot,
            Self::IsNot => Self::Is,
            Self::Was => Self::WasNot,
            Self::WasNot => Self::Was,
            Self::WasIn => Self::WasNotIn,
            Self::WasNotIn => Self::WasIn,
            Self::Changed => return None,
        })
    }

    /// Whether the operator looks at an issue's past, and so may be followed by predicates.
    pub const fn is_history(self) -> bool {
        matches!(self, Self::Was | Self::WasNot | Self::WasIn | Self::WasNotIn | Self::Changed)
    }
}

/// The kinds of condition on a change in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredicateKind {
    /// Later than a moment.
    After,
    /// Earlier than a moment.
    Before,
    /// At a moment (in practice a day).
    On,
    /// Between two moments, given as a list of two.
    During,
    /// Made by a person.
    By,
    /// From a value; only with [`Operator::Changed`].
    From,
    /// To a value; only with [`Operator::Changed`].
    To,
}

impl PredicateKind {
    /// As it is printed.
    pub const fn text(self) -> &'static str {
        match self {
            Self::After => "AFTER",
            Self::Before => "BEFORE",
            Self::On => "ON",
            Self::During => "DURING",
            Self::By => "BY",
            Self::From => "FROM",
            Self::To => "TO",
        }
    }
}

/// The direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}
