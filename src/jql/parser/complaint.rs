//! What the parser says when a text is not JQL.

use super::{JqlError, MAX_DEPTH, Parser};
use crate::jql::ast::OrderField;
use crate::jql::lexer::Kind;

impl Parser<'_> {
    /// The next token is not what the grammar wants. What is wrong with the token itself comes first.
    pub(super) fn expected(&self, expected: &str) -> JqlError {
        let token = self.peek();
        let found = token.span.of(self.source);
        let message = match token.kind {
            Kind::Reserved => format!("“{found}” is a reserved word of JQL; to use it as text, put it in quotes."),
            Kind::BadCharacter if found == "\\" => {
                "A backslash stands only before a quote, a space, another backslash, n, t, r or u and four hexadecimal digits."
                    .to_owned()
            }
            Kind::BadCharacter => format!("“{found}” cannot stand outside quotes; put the whole text in quotes."),
            Kind::Unclosed => "This text has no closing quote.".to_owned(),
            Kind::BadQuoted => "This quoted text has a character that cannot stand in quotes as it is; write a backslash \
                                as \\\\ and a tab as \\t."
                .to_owned(),
            Kind::End => format!("Expected {expected}, but the query ends here."),
            Kind::Word | Kind::Quoted | Kind::Number => format!("Expected {expected}, but found {}.", shortened(found)),
            _ => format!("Expected {expected}, but found “{found}”."),
        };
        self.error(message)
    }

    /// There is no operand here. A keyword in its place is most often the start of a name, such as “In Progress”.
    pub(super) fn no_operand(&self, expected: &str) -> JqlError {
        let mut error = self.expected(expected);
        if matches!(self.peek().kind, Kind::In | Kind::Is | Kind::Not | Kind::To | Kind::On | Kind::From | Kind::By) {
            error.message.push_str(" A text that begins with this word needs quotes around it.");
        }
        error
    }

    /// Something stands where the query could have ended.
    pub(super) fn trailing(&self, clause: bool, order_by: &[OrderField]) -> JqlError {
        let token = self.peek();
        let expected = match (clause, order_by) {
            (_, [.., last]) if last.direction.is_some() => "a comma or the end of the query",
            (_, [_, ..]) => "ASC, DESC, a comma or the end of the query",
            (true, _) => "AND, OR, ORDER BY or the end of the query",
            (false, _) => "a field",
        };
        let mut error = self.expected(expected);
        let words = matches!(token.kind, Kind::Word | Kind::Reserved) && order_by.is_empty();
        if words && self.at > 0 && self.tokens.get(self.at - 1).is_some_and(|before| before.kind == Kind::Word) {
            error.message.push_str(" A text of several words needs quotes around it.");
        }
        error
    }

    pub(super) fn too_deep(&self) -> JqlError {
        self.error(format!("This query is nested too deeply: more than {MAX_DEPTH} levels."))
    }

    fn error(&self, message: String) -> JqlError {
        let span = self.peek().span;
        JqlError { message, start: span.start, end: span.end }
    }
}

/// A value in a message: the start of it, in quotes.
fn shortened(found: &str) -> String {
    const MOST: usize = 40;
    match found.char_indices().nth(MOST) {
        Some((end, _)) => format!("“{}…”", found.get(..end).unwrap_or_default()),
        None => format!("“{found}”"),
    }
}
