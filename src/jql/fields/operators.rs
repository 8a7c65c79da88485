//! Sets of operators.

use crate::jql::ast::Operator;

/// Every operator, in the order in which they are offered.
const ALL: [Operator; 17] = [
    Operator::Equals,
    Operator::NotEquals,
    Operator::In,
    Operator::NotIn,
    Operator::Is,
    Operator::IsNot,
    Operator::Like,
    Operator::NotLike,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::Was,
    Operator::WasNot,
    Operator::WasIn,
    Operator::WasNotIn,
    Operator::Changed,
];

/// The operators that a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operators(u32);

impl Operators {
    /// No operator; for a field of a site: it is not told which.
    pub const NONE: Self = Self(0);
    /// `=`, `!=`, `IN`, `NOT IN`
    pub const EQUALITY: Self = Self(0xF);
    /// `IS`, `IS NOT`
    pub const EMPTY: Self = Self(0x30);
    /// `~`
    pub const CONTAINS: Self = Self(0x40);
    /// `~`, `!~`
    pub const TEXT: Self = Self(0xC0);
    /// `<`, `<=`, `>`, `>=`
    pub const ORDER: Self = Self(0xF00);
    /// `WAS` in all its forms and `CHANGED`
    pub const HISTORY: Self = Self(0x1_F000);
    /// Every operator.
    pub const ANY: Self = Self(0x1_FFFF);

    /// The operators of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the operator is one of these.
    pub fn has(self, operator: Operator) -> bool {
        self.0 & bit(operator) != 0
    }

    /// The set of which these are the texts, in any case. What is no operator is passed over.
    pub fn of_texts(texts: &[&str]) -> Self {
        let known = ALL.iter().filter(|operator| texts.iter().any(|text| text.eq_ignore_ascii_case(operator.text())));
        Self(known.fold(0, |set, operator| set | bit(*operator)))
    }

    /// The set as a number, to be stored.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set that was stored.
    pub const fn of_bits(bits: u32) -> Self {
        Self(bits & Self::ANY.0)
    }

    /// The operators, in the order in which they are offered.
    pub fn list(self) -> Vec<Operator> {
        ALL.into_iter().filter(|operator| self.has(*operator)).collect()
    }

    /// All of them in a sentence: `~, !~, IS and IS NOT`.
    pub fn sentence(self) -> String {
        let list = self.list();
        let mut out = String::new();
        for (index, operator) in list.iter().enumerate() {
            out.push_str(match index {
                0 => "",
                _ if index + 1 == list.len() => " and ",
                _ => ", ",
            });
            out.push_str(operator.text());
        }
        out
    }
}

fn bit(operator: Operator) -> u32 {
    ALL.iter().position(|known| *known == operator).map_or(0, |at| 1 << at)
}
