//! What is expected at a place, found by walking through the tokens before it. It follows the grammar loosely: what stands before
//! may be wrong, and what stands behind may be missing.

use super::written;
use crate::jql::ast::{Field, Operator, Property, Span, Value};
use crate::jql::fields::Type;
use crate::jql::lexer::{self, Kind, Token};

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    Field,
    Operator,
    /// After `NOT`.
    In,
    /// After `IS`.
    Is,
    /// After `IS NOT`.
    Empty,
    Value,
    /// Inside the parentheses of a function.
    Argument,
    /// After a value in a list.
    Comma,
    /// After a whole condition.
    After,
    /// After `ORDER`.
    By,
    OrderField,
    Direction,
    OrderComma,
}

/// A place in a query.
pub(super) struct Place {
    pub(super) expect: Expect,
    /// What is written already of what is expected, without quotes.
    pub(super) prefix: String,
    /// The bytes to be replaced.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether nothing stands before it.
    pub(super) first: bool,
    /// The field whose test or value is written.
    pub(super) field: Option<Field>,
    pub(super) operator: Option<Operator>,
    /// Whether only the operator stands before it.
    pub(super) bare: bool,
    /// Whether it is in a list.
    pub(super) list: bool,
    /// What a predicate such as `BY` takes, if one stands before it.
    pub(super) predicate: Option<Type>,
    /// The function in whose parentheses it is.
    pub(super) function: String,
    /// Where the last value begins; the end of the text if it was in quotes.
    pub(super) value_start: usize,
}

impl Place {
    /// What is written from the beginning of the last value on, if that lacks its quotes.
    pub(super) fn whole_prefix(&self, text: &str) -> Option<String> {
        let before = text.get(self.value_start..self.start).filter(|before| !before.is_empty())?;
        Some(format!("{before}{}", self.prefix))
    }
}

/// What is expected at this byte.
pub(super) fn at(text: &str, cursor: usize) -> Place {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let tokens = lexer::tokens(text);
    let mut place = Place {
        expect: Expect::Field,
        prefix: String::new(),
        start: cursor,
        end: cursor,
        first: true,
        field: None,
        operator: None,
        bare: false,
        list: false,
        predicate: None,
        function: String::new(),
        value_start: text.len(),
    };
    for token in tokens.iter().filter(|token| token.kind != Kind::End) {
        if token.span.start >= cursor {
            break;
        }
        if is_being_written(token, cursor, &place) {
            let lexeme = Span::new(token.span.start, cursor).of(text);
            place.prefix = written(lexeme);
            place.start = token.span.start;
            // An unclosed text reaches to the end of the query, and takes in what was never meant to be in it.
            let closed = !matches!(token.kind, Kind::Unclosed | Kind::BadQuoted);
            place.end = if closed { token.span.end } else { cursor };
            break;
        }
        place.first = false;
        place.step(*token, text);
    }
    place
}

/// Whether the cursor is in or right behind a token that may still change.
fn is_being_written(token: &Token, cursor: usize, place: &Place) -> bool {
    match token.kind {
        Kind::Quoted => token.span.end > cursor,
        Kind::Unclosed | Kind::BadQuoted => true,
        Kind::Bang => token.span.end >= cursor && place.expect == Expect::Operator,
        kind if is_word(kind) => token.span.end >= cursor,
        _ => token.span.end > cursor,
    }
}

/// Whether a token is made of letters, digits and the like.
const fn is_word(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::OpenParen
            | Kind::CloseParen
            | Kind::Comma
            | Kind::OpenBracket
            | Kind::CloseBracket
            | Kind::Bang
            | Kind::Less
            | Kind::LessOrEqual
            | Kind::Greater
            | Kind::GreaterOrEqual
            | Kind::Equals
            | Kind::NotEquals
            | Kind::Like
            | Kind::NotLike
            | Kind::BadCharacter
            | Kind::End
    )
}

impl Place {
    /// Goes past a token.
    fn step(&mut self, token: Token, text: &str) {
        self.bare = false;
        match self.expect {
            Expect::Field => self.step_field(token, text),
            Expect::Operator => self.step_operator(token, text),
            Expect::In => self.tested(if token.kind == Kind::In { Operator::NotIn } else { Operator::NotEquals }),
            Expect::Is if token.kind == Kind::Not => self.expect = Expect::Empty,
            Expect::Is | Expect::Empty => self.expect = Expect::After,
            Expect::Value => self.step_value(token, text),
            Expect::Argument if token.kind == Kind::CloseParen => self.value_done(text.len()),
            Expect::Argument => {}
            Expect::Comma => match token.kind {
                Kind::Comma => self.expect = Expect::Value,
                Kind::CloseParen => {
                    self.list = false;
                    self.value_start = text.len();
                    self.expect = Expect::After;
                }
                Kind::OpenParen => self.expect = Expect::Argument,
                _ => {}
            },
            Expect::After => self.step_after(token, text),
            Expect::By => self.expect = Expect::OrderField,
            Expect::OrderField => self.expect = Expect::Direction,
            Expect::Direction | Expect::OrderComma if token.kind == Kind::Comma => self.expect = Expect::OrderField,
            Expect::Direction if matches!(token.kind, Kind::Asc | Kind::Desc) => self.expect = Expect::OrderComma,
            Expect::Direction | Expect::OrderComma => {}
        }
    }

    fn step_field(&mut self, token: Token, text: &str) {
        match token.kind {
            Kind::Not | Kind::Bang | Kind::OpenParen => {}
            Kind::Order => self.expect = Expect::By,
            kind if is_word(kind) => {
                let name = lexer::decode(token.span.of(text));
                self.field = Some(Field { name, properties: Vec::new(), span: token.span });
                self.expect = Expect::Operator;
            }
            _ => {}
        }
    }

    fn step_operator(&mut self, token: Token, text: &str) {
        match token.kind {
            Kind::Not => self.expect = Expect::In,
            Kind::Is => self.expect = Expect::Is,
            Kind::Changed => {
                self.operator = Some(Operator::Changed);
                self.expect = Expect::After;
            }
            Kind::Number | Kind::Word | Kind::Quoted => self.bracketed(token, text),
            kind => {
                if let Some(operator) = operator(kind) {
                    self.tested(operator);
                }
            }
        }
    }

    /// What stands in brackets behind a field's name.
    fn bracketed(&mut self, token: Token, text: &str) {
        let Some(field) = &mut self.field else { return };
        let inside = token.span.of(text);
        if field.name.eq_ignore_ascii_case("cf") {
            field.name = format!("cf[{inside}]");
        } else if field.properties.is_empty() {
            let key = Value { text: lexer::decode(inside), number: false, span: token.span };
            field.properties.push(Property { key, path: Vec::new(), span: token.span });
        }
    }

    fn tested(&mut self, operator: Operator) {
        self.operator = Some(operator);
        self.expect = Expect::Value;
        self.bare = true;
    }

    fn step_value(&mut self, token: Token, text: &str) {
        match (token.kind, self.operator) {
            (Kind::Not, Some(Operator::Was)) => self.tested(Operator::WasNot),
            (Kind::In, Some(Operator::Was)) => self.tested(Operator::WasIn),
            (Kind::In, Some(Operator::WasNot)) => self.tested(Operator::WasNotIn),
            (Kind::OpenParen, _) => self.list = true,
            (Kind::CloseParen, _) => self.value_done(text.len()),
            (Kind::Quoted, _) => {
                self.function = lexer::decode(token.span.of(text));
                self.value_done(text.len());
            }
            (kind, _) if is_word(kind) => {
                self.function = lexer::decode(token.span.of(text));
                self.value_done(token.span.start);
            }
            _ => {}
        }
    }

    fn value_done(&mut self, value_start: usize) {
        self.value_start = value_start;
        self.expect = if self.list { Expect::Comma } else { Expect::After };
    }

    fn step_after(&mut self, token: Token, text: &str) {
        match token.kind {
            Kind::And | Kind::Or => {
                self.expect = Expect::Field;
                (self.field, self.operator, self.predicate) = (None, None, None);
                self.value_start = text.len();
            }
            Kind::Order => self.expect = Expect::By,
            Kind::OpenParen => self.expect = Expect::Argument,
            Kind::CloseParen => self.value_start = text.len(),
            kind if self.operator.is_some_and(Operator::is_history) => self.predicate(kind),
            _ => {}
        }
    }

    fn predicate(&mut self, kind: Kind) {
        let held = match kind {
            Kind::By => Some(Type::Person),
            Kind::After | Kind::Before | Kind::On | Kind::During => Some(Type::Moment),
            Kind::From | Kind::To => None,
            _ => return,
        };
        self.predicate = held;
        self.expect = Expect::Value;
    }
}

const fn operator(kind: Kind) -> Option<Operator> {
    Some(match kind {
        Kind::Equals => Operator::Equals,
        Kind::NotEquals => Operator::NotEquals,
        Kind::Less => Operator::Less,
        Kind::LessOrEqual => Operator::LessOrEqual,
        Kind::Greater => Operator::Greater,
        Kind::GreaterOrEqual => Operator::GreaterOrEqual,
        Kind::Like => Operator::Like,
        Kind::NotLike => Operator::NotLike,
        Kind::In => Operator::In,
        Kind::Was => Operator::Was,
        _ => return None,
    })
}
