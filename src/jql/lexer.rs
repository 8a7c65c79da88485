//! Text to tokens. It never fails: what is no token becomes a token that says what is wrong with it, and the parser reports
//! it when it gets there.

use super::ast::Span;
use super::words::classify;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    OpenParen,
    CloseParen,
    Comma,
    OpenBracket,
    CloseBracket,
    Bang,
    Less,
    Greater,
    GreaterOrEqual,
    LessOrEqual,
    Equals,
    NotEquals,
    Like,
    NotLike,
    In,
    Is,
    And,
    Or,
    Not,
    Empty,
    Was,
    Changed,
    Before,
    After,
    From,
    To,
    On,
    During,
    Order,
    By,
    Asc,
    Desc,
    Number,
    CustomField,
    Word,
    Quoted,
    /// A word that needs quotes.
    Reserved,
    /// A character that needs quotes.
    BadCharacter,
    /// A quoted text that does not end.
    Unclosed,
    /// A quoted text with a character it may not hold, or with a backslash before one that needs none.
    BadQuoted,
    End,
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// All tokens, the last of them [`Kind::End`].
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next();
        tokens.push(token);
        if token.kind == Kind::End {
            return tokens;
        }
    }
}

/// Whether a character may stand in an unquoted word.
pub(super) const fn is_word_character(c: char) -> bool {
    matches!(c, '-' | '.' | '0'..=':' | 'A'..='Z' | '_'..='z' | '\u{A0}'..) && !is_noncharacter(c)
}

/// Whether a character may stand as itself between double quotes.
pub(super) const fn is_quoted_character(c: char) -> bool {
    !matches!(c, '\0'..='\t' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '"' | '\\' | '\u{7F}'..='\u{9F}')
        && !is_noncharacter(c)
}

const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}')
}

struct Lexer<'s> {
    source: &'s str,
    /// The byte at which the next character begins.
    at: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Token {
        while self.eat(|c| matches!(c, ' ' | '\t' | '\r' | '\n')) {}
        let start = self.at;
        let Some(first) = self.take() else {
            return Token { kind: Kind::End, span: Span::new(start, start) };
        };
        let kind = self.kind(start, first);
        Token { kind, span: Span::new(start, self.at) }
    }

    /// The kind of the token that begins with `first`, whose other characters are taken here.
    fn kind(&mut self, start: usize, first: char) -> Kind {
        match first {
            '(' => Kind::OpenParen,
            ')' => Kind::CloseParen,
            ',' => Kind::Comma,
            '[' => Kind::OpenBracket,
            ']' => Kind::CloseBracket,
            '=' => Kind::Equals,
            '~' => Kind::Like,
            '<' if self.eat(|c| c == '=') => Kind::LessOrEqual,
            '<' => Kind::Less,
            '>' if self.eat(|c| c == '=') => Kind::GreaterOrEqual,
            '>' => Kind::Greater,
            '!' if self.eat(|c| c == '=') => Kind::NotEquals,
            '!' if self.eat(|c| c == '~') => Kind::NotLike,
            '!' => Kind::Bang,
            '&' => {
                self.eat(|c| c == '&');
                Kind::And
            }
            '|' => {
                self.eat(|c| c == '|');
                Kind::Or
            }
            '"' | '\'' => self.quoted(first),
            c if is_word_character(c) || (c == '\\' && self.escape()) => self.word(start),
            _ => Kind::BadCharacter,
        }
    }

    /// The next character. Nearly all are of one byte.
    fn peek(&self) -> Option<char> {
        let byte = *self.source.as_bytes().get(self.at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.source.get(self.at..)?.chars().next() }
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, accept: impl FnOnce(char) -> bool) -> bool {
        let fits = self.peek().is_some_and(accept);
        if fits {
            self.take();
        }
        fits
    }

    /// What follows a backslash; takes nothing when it is no escape.
    fn escape(&mut self) -> bool {
        if self.eat(|c| matches!(c, 't' | 'n' | 'r' | '"' | '\'' | '\\' | ' ')) {
            return true;
        }
        let before = self.at;
        let fits = self.eat(|c| c == 'u') && (0..4).all(|_| self.eat(|c| c.is_ascii_hexdigit()));
        if !fits {
            self.at = before;
        }
        fits
    }

    /// The rest of a word whose first character is taken.
    fn word(&mut self, start: usize) -> Kind {
        loop {
            while self.eat(is_word_character) {}
            let before = self.at;
            if !(self.eat(|c| c == '\\') && self.escape()) {
                self.at = before;
                break;
            }
        }
        let word = Span::new(start, self.at).of(self.source);
        if is_number(word) { Kind::Number } else { classify(word) }
    }

    /// The rest of a quoted text whose opening quote is taken.
    fn quoted(&mut self, quote: char) -> Kind {
        while let Some(c) = self.take() {
            let fits = match c {
                c if c == quote => return Kind::Quoted,
                '\\' => self.escape(),
                '"' | '\'' => true,
                c => is_quoted_character(c),
            };
            if !fits {
                return Kind::BadQuoted;
            }
        }
        Kind::Unclosed
    }
}

/// Whether a word is digits, with a minus sign before them or not.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The text a word or a quoted text stands for: quotes gone, escapes resolved. Half a surrogate pair becomes U+FFFD.
pub(super) fn decode(lexeme: &str) -> String {
    let quoted = |quote| lexeme.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let mut rest = quoted('"').or_else(|| quoted('\'')).unwrap_or(lexeme);
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('u') => {
                rest = unicode(after, &mut text);
                continue;
            }
            Some(c) => text.push(c),
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text
}

/// Reads the `uXXXX` (or two of them, a surrogate pair) at the start of `after` into `text`; returns what follows.
fn unicode<'t>(after: &'t str, text: &mut String) -> &'t str {
    let unit = |text: &'t str| -> Option<(u16, &'t str)> {
        let (digits, rest) = text.strip_prefix('u')?.split_at_checked(4)?;
        Some((u16::from_str_radix(digits, 16).ok()?, rest))
    };
    let Some((first, rest)) = unit(after) else { return "" };
    if let Some((second, behind)) = rest.strip_prefix('\\').and_then(unit)
        && let Some(Ok(pair)) = char::decode_utf16([first, second]).next()
        && pair > '\u{FFFF}'
    {
        text.push(pair);
        return behind;
    }
    text.push(char::decode_utf16([first]).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

#[cfg(test)]
mod tests;
