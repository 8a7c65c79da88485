//! What stands behind an operator.

use super::{Parsed, Parser};
use crate::jql::ast::{Function, Operand, Operator, Value};
use crate::jql::lexer::{self, Kind};

/// Which operands an operator takes.
#[derive(Clone, Copy)]
struct Takes {
    empty: bool,
    value: bool,
    function: bool,
    list: bool,
}

impl Takes {
    const ANY: Self = Self { empty: true, value: true, function: true, list: true };

    const fn of(operator: Operator) -> Self {
        match operator {
            Operator::Is | Operator::IsNot => Self { empty: true, value: false, function: false, list: false },
            Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn => {
                Self { empty: false, value: false, function: true, list: true }
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                Self { empty: false, value: true, function: true, list: false }
            }
            _ => Self { empty: true, value: true, function: true, list: false },
        }
    }

    const fn described(self) -> &'static str {
        match self {
            Self { value: false, list: false, .. } => "EMPTY (IS takes nothing else)",
            Self { value: false, .. } => "a list in parentheses, such as (a, b), or a function",
            Self { empty: false, .. } => "a value or a function",
            Self { list: false, .. } => "one value, a function or EMPTY (a list needs IN)",
            Self { .. } => "a value, a function, a list or EMPTY",
        }
    }
}

impl Parser<'_> {
    /// The operand of this operator.
    pub(super) fn operand_for(&mut self, operator: Operator) -> Parsed<Operand> {
        self.operand_of(Takes::of(operator))
    }

    /// Any operand, as lists and predicates take it.
    pub(super) fn operand(&mut self) -> Parsed<Operand> {
        self.operand_of(Takes::ANY)
    }

    fn operand_of(&mut self, takes: Takes) -> Parsed<Operand> {
        let token = self.peek();
        match token.kind {
            Kind::Empty if takes.empty => Ok(Operand::Empty(self.advance())),
            Kind::OpenParen if takes.list => self.list(),
            _ if !self.at_value() => Err(self.no_operand(takes.described())),
            _ if takes.function && self.tokens.get(self.at + 1).is_some_and(|t| t.kind == Kind::OpenParen) => {
                self.function().map(Operand::Function)
            }
            _ if takes.value => self.value("a value").map(Operand::Value),
            _ => Err(self.expected(takes.described())),
        }
    }

    fn list(&mut self) -> Parsed<Operand> {
        self.deeper()?;
        let open = self.advance();
        let mut items = Vec::new();
        loop {
            items.push(self.operand()?);
            if self.eat(Kind::Comma).is_none() {
                break;
            }
        }
        let close = self.expect(Kind::CloseParen, "a comma or a closing parenthesis in the list")?;
        self.depth -= 1;
        Ok(Operand::List(items, open.to(close)))
    }

    fn function(&mut self) -> Parsed<Function> {
        let name = self.value("the name of a function")?;
        self.advance();
        let mut arguments = Vec::new();
        if self.peek().kind != Kind::CloseParen {
            loop {
                arguments.push(self.value("an argument or a closing parenthesis")?);
                if self.eat(Kind::Comma).is_none() {
                    break;
                }
            }
        }
        let close = self.expect(Kind::CloseParen, "a comma or a closing parenthesis after the arguments")?;
        Ok(Function { name: name.text, name_span: name.span, arguments, span: name.span.to(close) })
    }

    /// Whether a word, a quoted text or a number comes next.
    pub(super) fn at_value(&self) -> bool {
        matches!(self.peek().kind, Kind::Word | Kind::Quoted | Kind::Number)
    }

    pub(super) fn value(&mut self, expected: &str) -> Parsed<Value> {
        if !self.at_value() {
            return Err(self.expected(expected));
        }
        let number = self.peek().kind == Kind::Number;
        let span = self.advance();
        Ok(Value { text: lexer::decode(span.of(self.source)), number, span })
    }
}
