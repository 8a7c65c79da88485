//! A text as words, with the place of each.

mod letters;

use letters::plain;

/// Texts are read up to here; see [`split`].
const MOST: usize = 4_000;

/// One word, number, quoted text or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The first byte in the text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// In small letters, without accents, apostrophes and the ending of possession; of a quoted text what stands between the quotes, as
    /// it is; of a sign the sign.
    pub word: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it ends like “Maria's”.
    pub possessive: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is written in capitals.
    pub capitals: bool,
    /// Whether nothing but a hyphen, a dot or an underscore stands between it and the token before.
    pub glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, perhaps with digits in it.
    Word,
    /// Digits, perhaps with dots, dashes or slashes between them: `5`, `4.2`, `2026-11-30`, `03/04`.
    Number,
    /// A text in quotes.
    Quoted,
    /// The key of an issue: `MOB-12`.
    Key,
    /// A comma, a parenthesis, a sign of comparison.
    Sign,
}

/// Splits a text. What comes behind the first 4,000 tokens is left out.
pub fn split(text: &str) -> Vec<Token> {
    let mut chars = Vec::with_capacity(text.len());
    chars.extend(text.char_indices());
    let mut reader = Reader { text, chars, at: 0, tokens: Vec::with_capacity(text.len() / 5 + 2) };
    while reader.at < reader.chars.len() && reader.tokens.len() < MOST {
        reader.next();
    }
    reader.tokens
}

/// A name as the words it is made of, as [`split`] has them.
pub fn words(name: &str) -> Vec<String> {
    split(name).into_iter().filter(|token| token.kind != Kind::Sign).map(|token| token.word).collect()
}

/// The same, one word at a time. Most names are plain, or a mail address, and need not be split by all the rules.
pub fn each_word(name: &str, buffer: &mut String, each: &mut dyn FnMut(&str)) {
    let mut whole = |word: &str| {
        buffer.clear();
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        each(buffer);
    };
    let letters = name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    if letters || is_mail(name) {
        return name.split_ascii_whitespace().for_each(whole);
    }
    if !name.split_ascii_whitespace().all(is_plain) {
        return words(name).iter().for_each(|word| each(word));
    }
    for piece in name.split_ascii_whitespace() {
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            whole(piece);
        } else {
            piece.split(['-', '.']).for_each(&mut whole);
        }
    }
}

/// Whether a piece of a name is letters and digits, letters with single dots or hyphens between them, or digits with single dots.
fn is_plain(piece: &str) -> bool {
    let (mut letters, mut digits, mut before) = (true, true, b'.');
    for byte in piece.bytes() {
        letters &= !byte.is_ascii_digit();
        digits &= byte.is_ascii_digit() || byte == b'.';
        match byte {
            b'.' | b'-' if before.is_ascii_alphanumeric() => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
        before = byte;
    }
    let joined = piece.bytes().any(|byte| !byte.is_ascii_alphanumeric());
    !joined || (letters || digits) && before.is_ascii_alphanumeric()
}

fn is_mail(name: &str) -> bool {
    name.split_once('@').is_some_and(|(name, host)| {
        let plain = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.ends_with(|c: char| c.is_ascii_alphabetic())
                && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
        };
        plain(name) && plain(host) && host.contains('.')
    })
}

struct Reader<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
    at: usize,
    tokens: Vec<Token>,
}

const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];

pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

impl Reader<'_> {
    fn char(&self, at: usize) -> char {
        self.chars.get(at).map_or(' ', |(_, c)| *c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |(byte, _)| *byte)
    }

    fn next(&mut self) {
        let c = self.char(self.at);
        let before = if self.at == 0 { ' ' } else { self.char(self.at - 1) };
        if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == c)
            && let Some(length) = self.chars.iter().skip(self.at + 1).position(|(_, c)| c == close)
        {
            self.push(self.at + 1, self.at + 1 + length, Kind::Quoted);
            self.at += length + 2;
        } else if c == '\''
            && !before.is_alphanumeric()
            && let Some(length) = self.single_quoted()
        {
            self.push(self.at + 1, self.at + 1 + length, Kind::Quoted);
            self.at += length + 2;
        } else if c.is_alphanumeric()
            || matches!(c, '-' | '+') && self.char(self.at + 1).is_ascii_digit() && !before.is_alphanumeric()
        {
            self.word();
        } else {
            self.sign(c);
        }
    }

    /// A text in simple quotes, which are apostrophes as well: it ends before a space, a comma or the end.
    fn single_quoted(&self) -> Option<usize> {
        let rest = self.chars.get(self.at + 1..)?;
        let closes = |at: usize| rest.get(at + 1).is_none_or(|(_, c)| !c.is_alphanumeric());
        rest.iter().enumerate().position(|(at, (_, c))| at > 0 && *c == '\'' && closes(at))
    }

    fn sign(&mut self, c: char) {
        let two = [c, self.char(self.at + 1)];
        let length = match two {
            ['>' | '<' | '!', '='] | ['-' | '=', '>'] | ['<', '>'] | ['&', '&'] | ['|', '|'] => 2,
            _ => 1,
        };
        let inner = matches!(c, '-' | '.')
            && self.char(self.at + 1).is_alphanumeric()
            && self.at > 0
            && self.char(self.at - 1).is_alphanumeric();
        if !c.is_whitespace() && !inner && !matches!(c, '?' | '_' | '#' | '*') {
            self.push(self.at, self.at + length, Kind::Sign);
        }
        self.at += length;
    }

    /// A word or what begins like one: a key, a mail address, a number.
    fn word(&mut self) {
        let start = self.at;
        if self.with_slash(start) {
            return;
        }
        let (end, kind) = if let Some(end) = self.key(start) {
            (end, Kind::Key)
        } else if let Some(end) = self.mail(start) {
            (end, Kind::Word)
        } else {
            let end = self.end_of_word(start);
            (end, if self.all_digits(start, end) { Kind::Number } else { Kind::Word })
        };
        self.push(start, end, kind);
        self.at = end;
    }

    /// `w/` and `w/o`, which are words for “with” and “without”; whether one of them is there.
    fn with_slash(&mut self, start: usize) -> bool {
        let begins = start.checked_sub(1).is_none_or(|before| !self.char(before).is_alphanumeric());
        if !(begins && self.char(start).eq_ignore_ascii_case(&'w') && self.char(start + 1) == '/') {
            return false;
        }
        let without = self.char(start + 2).eq_ignore_ascii_case(&'o') && !self.char(start + 3).is_alphanumeric();
        let end = if without { start + 3 } else { start + 2 };
        self.push(start, end, Kind::Sign);
        if let Some(token) = self.tokens.last_mut() {
            (token.word, token.kind) = (if without { "without" } else { "with" }.to_owned(), Kind::Word);
        }
        self.at = end;
        true
    }

    /// The end of a word or number that begins here.
    fn end_of_word(&self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.chars.len() {
            let (c, next, last) = (self.char(end), self.char(end + 1), self.char(end - 1));
            let inner = match c {
                '.' | '/' | '-' | ':' => last.is_ascii_digit() && next.is_ascii_digit() && self.all_digits(start, end),
                _ if is_apostrophe(c) => next.is_alphanumeric(),
                _ => c.is_alphanumeric(),
            };
            if !inner {
                break;
            }
            end += 1;
        }
        end
    }

    fn all_digits(&self, start: usize, end: usize) -> bool {
        self.chars.iter().take(end).skip(start).all(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | ':'))
    }

    /// The end of an issue's key that begins here.
    fn key(&self, start: usize) -> Option<usize> {
        let run = |from: usize, fits: fn(char) -> bool| (from..).take_while(|at| fits(self.char(*at))).count() + from;
        let dash = run(start, |c| c.is_ascii_alphanumeric() || c == '_');
        let end = run(dash + 1, |c| c.is_ascii_digit());
        let fits = self.char(start).is_ascii_alphabetic()
            && (2..=20).contains(&(dash - start))
            && self.char(dash) == '-'
            && end > dash + 1
            && !self.char(end).is_alphanumeric()
            && !(self.char(end) == '-' && self.char(end + 1).is_alphanumeric());
        fits.then_some(end)
    }

    /// The end of a mail address that begins here.
    fn mail(&self, start: usize) -> Option<usize> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%');
        let mut end = (start..self.chars.len()).take_while(|at| fits(self.char(*at))).count() + start;
        if !self.chars.get(start..end)?.iter().any(|(_, c)| *c == '@') {
            return None;
        }
        while end > start && !self.char(end - 1).is_alphanumeric() {
            end -= 1;
        }
        let text: String = self.chars.get(start..end)?.iter().map(|(_, c)| *c).collect();
        let (name, host) = text.split_once('@')?;
        (!name.is_empty() && host.contains('.')).then_some(end)
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let (mut first, mut last) = (self.byte(start), self.byte(end));
        let written = self.text.get(first..last).unwrap_or_default();
        if kind == Kind::Quoted {
            (first, last) = (self.byte(start - 1), self.byte(end + 1));
        }
        let (word, possessive) = match kind {
            Kind::Quoted | Kind::Sign | Kind::Number => (written.to_owned(), false),
            Kind::Key => (written.to_ascii_uppercase(), false),
            Kind::Word if written.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                (written.to_ascii_lowercase(), false)
            }
            Kind::Word => plain(&written.chars().collect::<Vec<char>>()),
        };
        let between = |c: char| matches!(c, '-' | '_' | '.' | '/');
        let glued = self.tokens.last().is_some_and(|before| before.kind != Kind::Sign && before.end + 1 == first)
            && start > 0
            && between(self.char(start - 1))
            || self.tokens.last().is_some_and(|before| before.end == first);
        let capital = written.starts_with(char::is_uppercase);
        let capitals = capital && end > start + 1 && written.chars().all(char::is_uppercase);
        self.tokens.push(Token { start: first, end: last, word, kind, possessive, capital, capitals, glued });
    }
}

#[cfg(test)]
mod tests;
