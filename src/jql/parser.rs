//! Tokens to a tree, by recursive descent. The grammar accepts what Atlassian's does, word for word.

mod complaint;
mod operand;

use super::ast::{Clause, Direction, Field, Operator, OrderField, Predicate, PredicateKind, Property, Query};
use super::ast::{Span, Terminal};
use super::lexer::{self, Kind, Token};

/// How deep parentheses, `NOT`s and lists may be nested. A deeper query is refused, so that no text can exhaust the stack.
pub const MAX_DEPTH: usize = 100;

/// Why a text is not JQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JqlError {
    /// A sentence for the person: what was expected, and what stands there instead.
    pub message: String,
    /// The first byte of what is wrong; the length of the text when something is missing at its end.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl std::fmt::Display for JqlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for JqlError {}

type Parsed<T> = Result<T, JqlError>;

/// The tree of a query. An empty text is a query: it asks for every issue.
///
/// # Errors
/// The first place where the text stops being JQL.
pub fn parse(source: &str) -> Result<Query, JqlError> {
    let mut parser = Parser { source, tokens: lexer::tokens(source), at: 0, depth: 0 };
    parser.query()
}

struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn query(&mut self) -> Parsed<Query> {
        let start = self.peek().span;
        let where_clause = match self.peek().kind {
            Kind::Order | Kind::End => None,
            _ => Some(self.compound(Kind::Or)?),
        };
        let order_by = if self.peek().kind == Kind::Order { self.order_by()? } else { Vec::new() };
        if self.peek().kind != Kind::End {
            return Err(self.trailing(where_clause.is_some(), &order_by));
        }
        Ok(Query { where_clause, order_by, span: Span::new(start.start, self.behind()) })
    }

    /// Parts joined by `OR`, each of them parts joined by `AND`.
    fn compound(&mut self, joiner: Kind) -> Parsed<Clause> {
        let first = self.part(joiner)?;
        if self.peek().kind != joiner {
            return Ok(first);
        }
        let start = first.span();
        let mut parts = vec![first];
        while self.eat(joiner).is_some() {
            parts.push(self.part(joiner)?);
        }
        let span = Span::new(start.start, self.behind());
        Ok(if joiner == Kind::Or { Clause::Or(parts, span) } else { Clause::And(parts, span) })
    }

    fn part(&mut self, joiner: Kind) -> Parsed<Clause> {
        if joiner == Kind::Or { self.compound(Kind::And) } else { self.unary() }
    }

    fn unary(&mut self) -> Parsed<Clause> {
        let token = self.peek();
        match token.kind {
            Kind::Bang | Kind::Not => {
                self.deeper()?;
                self.at += 1;
                let inner = self.unary()?;
                self.depth -= 1;
                let span = token.span.to(inner.span());
                Ok(Clause::Not(Box::new(inner), span))
            }
            Kind::OpenParen => {
                self.deeper()?;
                self.at += 1;
                let inner = self.compound(Kind::Or)?;
                let close = self.expect(Kind::CloseParen, "AND, OR or a closing parenthesis")?;
                self.depth -= 1;
                Ok(widened(inner, token.span.to(close)))
            }
            _ => self.terminal().map(Clause::Terminal),
        }
    }

    fn terminal(&mut self) -> Parsed<Terminal> {
        let field = self.field("a field")?;
        let (operator, operator_span) = self.operator()?;
        let operand = if operator == Operator::Changed { None } else { Some(self.operand_for(operator)?) };
        let mut predicates = Vec::new();
        while let Some(kind) = predicate_kind(self.peek().kind, operator) {
            let start = self.advance();
            let operand = self.operand()?;
            predicates.push(Predicate { kind, span: start.to(operand.span()), operand });
        }
        let span = Span::new(field.span.start, self.behind());
        Ok(Terminal { field, operator, operator_span, operand, predicates, span })
    }

    fn field(&mut self, expected: &str) -> Parsed<Field> {
        let token = self.peek();
        let name = match token.kind {
            Kind::Word | Kind::Quoted | Kind::Number => {
                self.at += 1;
                lexer::decode(token.span.of(self.source))
            }
            Kind::CustomField => self.custom_field()?,
            _ => return Err(self.expected(expected)),
        };
        let mut properties = Vec::new();
        while token.kind != Kind::Number && self.peek().kind == Kind::OpenBracket {
            properties.push(self.property()?);
        }
        Ok(Field { name, properties, span: Span::new(token.span.start, self.behind()) })
    }

    /// `cf[10010]`, spaces allowed between its parts.
    fn custom_field(&mut self) -> Parsed<String> {
        const SHAPE: &str = "a number in brackets, such as cf[10010]";
        self.at += 1;
        self.expect(Kind::OpenBracket, SHAPE)?;
        let digits = self.peek().span.of(self.source);
        if digits.starts_with('-') {
            return Err(self.expected(SHAPE));
        }
        self.expect(Kind::Number, SHAPE)?;
        self.expect(Kind::CloseBracket, "a closing bracket")?;
        Ok(format!("cf[{digits}]"))
    }

    fn property(&mut self) -> Parsed<Property> {
        let open = self.advance();
        let key = self.value("the name of a property")?;
        self.expect(Kind::CloseBracket, "a closing bracket")?;
        let mut path = Vec::new();
        while self.at_value() {
            path.push(self.value("a path")?);
        }
        Ok(Property { key, path, span: Span::new(open.start, self.behind()) })
    }

    fn operator(&mut self) -> Parsed<(Operator, Span)> {
        let start = self.peek();
        self.at += 1;
        let operator = match start.kind {
            Kind::Equals => Operator::Equals,
            Kind::NotEquals => Operator::NotEquals,
            Kind::Less => Operator::Less,
            Kind::LessOrEqual => Operator::LessOrEqual,
            Kind::Greater => Operator::Greater,
            Kind::GreaterOrEqual => Operator::GreaterOrEqual,
            Kind::Like => Operator::Like,
            Kind::NotLike => Operator::NotLike,
            Kind::In => Operator::In,
            Kind::Changed => Operator::Changed,
            Kind::Not => {
                self.expect(Kind::In, "IN after NOT")?;
                Operator::NotIn
            }
            Kind::Is if self.eat(Kind::Not).is_some() => Operator::IsNot,
            Kind::Is => Operator::Is,
            Kind::Was => self.was(),
            _ => {
                self.at -= 1;
                return Err(self.expected("an operator, such as = or IN, after the field"));
            }
        };
        Ok((operator, Span::new(start.span.start, self.behind())))
    }

    fn was(&mut self) -> Operator {
        let not = self.eat(Kind::Not).is_some();
        match (not, self.eat(Kind::In).is_some()) {
            (false, false) => Operator::Was,
            (true, false) => Operator::WasNot,
            (false, true) => Operator::WasIn,
            (true, true) => Operator::WasNotIn,
        }
    }

    fn order_by(&mut self) -> Parsed<Vec<OrderField>> {
        self.at += 1;
        self.expect(Kind::By, "BY after ORDER")?;
        let mut fields = Vec::new();
        loop {
            let field = self.field("a field to sort by")?;
            let direction = if self.eat(Kind::Asc).is_some() {
                Some(Direction::Asc)
            } else {
                self.eat(Kind::Desc).map(|_| Direction::Desc)
            };
            let span = Span::new(field.span.start, self.behind());
            fields.push(OrderField { field, direction, span });
            if self.eat(Kind::Comma).is_none() {
                return Ok(fields);
            }
        }
    }

    /// The token to be read next. The last token, the end, is never passed.
    fn peek(&self) -> Token {
        const NOTHING: Token = Token { kind: Kind::End, span: Span::new(0, 0) };
        self.tokens.get(self.at).or_else(|| self.tokens.last()).copied().unwrap_or(NOTHING)
    }

    /// Where the token before the next one ended.
    fn behind(&self) -> usize {
        self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(self.peek().span.start, |t| t.span.end)
    }

    fn advance(&mut self) -> Span {
        let span = self.peek().span;
        self.at += 1;
        span
    }

    fn eat(&mut self, kind: Kind) -> Option<Span> {
        (self.peek().kind == kind).then(|| self.advance())
    }

    fn expect(&mut self, kind: Kind, expected: &str) -> Parsed<Span> {
        self.eat(kind).ok_or_else(|| self.expected(expected))
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.too_deep()) } else { Ok(()) }
    }
}

/// The clause with the parentheses around it.
fn widened(clause: Clause, span: Span) -> Clause {
    match clause {
        Clause::And(parts, _) => Clause::And(parts, span),
        Clause::Or(parts, _) => Clause::Or(parts, span),
        Clause::Not(inner, _) => Clause::Not(inner, span),
        Clause::Terminal(terminal) => Clause::Terminal(Terminal { span, ..terminal }),
    }
}

/// The predicate a token begins, if the operator takes it: only `CHANGED` knows `FROM` and `TO`.
fn predicate_kind(kind: Kind, operator: Operator) -> Option<PredicateKind> {
    let changed = operator == Operator::Changed;
    match kind {
        _ if !operator.is_history() => None,
        Kind::After => Some(PredicateKind::After),
        Kind::Before => Some(PredicateKind::Before),
        Kind::On => Some(PredicateKind::On),
        Kind::During => Some(PredicateKind::During),
        Kind::By => Some(PredicateKind::By),
        Kind::From if changed => Some(PredicateKind::From),
        Kind::To if changed => Some(PredicateKind::To),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
