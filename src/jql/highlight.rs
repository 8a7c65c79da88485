//! What the pieces of a text are that is written as JQL, for colours. The text need be no query yet.

use super::lexer::{self, Kind};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// A word of the language.
    Keyword,
    /// An operator.
    Operator,
    /// A field.
    Field,
    /// A function.
    Function,
    /// A value.
    Value,
    /// No JQL.
    Wrong,
}

/// The pieces in their order, each with its first byte and the byte after its last. Parentheses and commas are none.
pub fn pieces(text: &str) -> Vec<(usize, usize, Paint)> {
    let tokens = lexer::tokens(text);
    let mut pieces = Vec::with_capacity(tokens.len());
    // Whether a field comes next, whether it is one to sort by, and whether `ORDER` has just been.
    let (mut field, mut sorting, mut order) = (true, false, false);
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        let paint = match token.kind {
            Kind::OpenParen | Kind::CloseParen | Kind::OpenBracket | Kind::CloseBracket => continue,
            Kind::Comma => {
                field = sorting;
                continue;
            }
            kind => painted(kind, next.kind, field),
        };
        sorting |= order && token.kind == Kind::By;
        // A `NOT` before a condition is a word, and a field still comes.
        field = matches!(token.kind, Kind::And | Kind::Or)
            || order && token.kind == Kind::By
            || field && token.kind == Kind::Not;
        order = token.kind == Kind::Order;
        pieces.push((token.span.start, token.span.end, paint));
    }
    pieces
}

const fn painted(kind: Kind, next: Kind, field: bool) -> Paint {
    match kind {
        Kind::Reserved | Kind::BadCharacter | Kind::BadQuoted => Paint::Wrong,
        Kind::Number | Kind::CustomField | Kind::Word | Kind::Quoted | Kind::Unclosed => match (field, next) {
            (true, _) => Paint::Field,
            (_, Kind::OpenParen) => Paint::Function,
            _ => Paint::Value,
        },
        Kind::Bang
        | Kind::Less
        | Kind::Greater
        | Kind::GreaterOrEqual
        | Kind::LessOrEqual
        | Kind::Equals
        | Kind::NotEquals
        | Kind::Like
        | Kind::NotLike
        | Kind::In
        | Kind::Is
        | Kind::Was
        | Kind::Changed => Paint::Operator,
        _ => Paint::Keyword,
    }
}

#[cfg(test)]
mod tests;
