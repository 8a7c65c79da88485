//! What follows a closing bracket: the address of a link or a picture, or attributes. And addresses in running text.

use super::inlines::{Bracket, Reader};
use crate::day;
use crate::rich::document::{Inline, Marks, Media, Source, address};
use crate::rich::pieces::Piece;

/// What a pair of brackets is.
pub(super) enum Tail {
    /// `(address)`
    Address(String),
    /// `{.class key=value}`
    Attributes(Vec<(String, String)>),
}

impl Tail {
    pub(super) fn is_link(&self) -> bool {
        matches!(self, Tail::Address(_))
    }
}

/// The tail that the text begins with, and its length in bytes.
pub(super) fn tail(text: &str) -> Option<(Tail, usize)> {
    let (tail, rest) = match text.chars().next()? {
        '(' => destination(text.get(1..)?).map(|(url, rest)| (Tail::Address(url), rest))?,
        '{' => attributes(text.get(1..)?).map(|(all, rest)| (Tail::Attributes(all), rest))?,
        _ => return None,
    };
    Some((tail, text.len() - rest.len()))
}

/// An address, perhaps a title (which is passed over), and the closing parenthesis. Also what comes after it.
fn destination(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let (url, rest) = match text.strip_prefix('<') {
        Some(text) => quoted(text, '>')?,
        None => plain_address(text),
    };
    let after = rest.trim_start();
    if let Some(rest) = after.strip_prefix(')') {
        return Some((url, rest));
    }
    let title = after.chars().next().filter(|_| after.len() < rest.len())?;
    let end = match title {
        '"' | '\'' => title,
        '(' => ')',
        _ => return None,
    };
    let (_, rest) = quoted(after.get(1..)?, end)?;
    Some((url, rest.trim_start().strip_prefix(')')?))
}

/// An address without signs around it. Its parentheses are in pairs, and not too deep (so that reading stays linear).
fn plain_address(text: &str) -> (String, &str) {
    let (mut url, mut depth, mut escaped) = (String::new(), 0_usize, false);
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped && char.is_ascii_punctuation() => {}
            '(' if depth == 32 => return (url, ""),
            '(' => depth += 1,
            ')' if depth == 0 => return (url, text.get(at..).unwrap_or_default()),
            ')' => depth -= 1,
            _ if char.is_ascii_whitespace() => return (url, text.get(at..).unwrap_or_default()),
            _ => {}
        }
        if escaped && char.is_ascii_punctuation() {
            url.pop();
        }
        url.push(char);
        escaped = char == '\\' && !escaped;
    }
    (url, "")
}

/// The characters up to this one, on one line, without the backslashes that protect some; and what comes after.
fn quoted(text: &str, end: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, char)) = characters.next() {
        match char {
            _ if char == end => return Some((out, text.get(at + 1..)?)),
            '\n' | '<' => return None,
            '(' if end == ')' => return None,
            '\\' => {
                let protected = characters.next_if(|(_, next)| next.is_ascii_punctuation());
                out.push(protected.map_or(char, |(_, next)| next));
            }
            _ => out.push(char),
        }
    }
    None
}

/// Attributes up to the closing brace. A class is the key `.class` without a value.
fn attributes(mut text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut all = Vec::new();
    loop {
        text = text.trim_start_matches(' ');
        if let Some(rest) = text.strip_prefix('}') {
            return Some((all, rest));
        }
        let end = text.find(|char: char| !(char.is_ascii_alphabetic() || char == '.'))?;
        let (key, rest) = text.split_at_checked(end)?;
        let Some(rest) = rest.strip_prefix('=') else {
            text = rest.starts_with([' ', '}']).then_some(rest)?;
            all.push((key.to_owned(), String::new()));
            continue;
        };
        let (value, rest) = match rest.strip_prefix('"') {
            Some(rest) => quoted(rest, '"')?,
            None => {
                let end = rest.find(|char: char| char.is_whitespace() || "{}\"\\<[]".contains(char))?;
                let (value, rest) = rest.split_at_checked(end)?;
                (value.to_owned(), rest)
            }
        };
        all.push((key.to_owned(), value));
        text = rest.starts_with([' ', '}']).then_some(rest)?;
    }
}

impl Reader<'_> {
    /// Makes a pair of brackets what its tail says; false if that is nothing.
    pub(super) fn apply(&mut self, tail: Tail, bracket: &Bracket) -> bool {
        match tail {
            Tail::Address(url) if bracket.picture => {
                let Some(source) = source(&url) else { return false };
                let Some(alt) = self.characters(bracket) else { return false };
                self.replace(bracket, Inline::Media(Media { alt, source }))
            }
            Tail::Address(url) => match address(&url) {
                Some(url) => self.span(bracket, Marks { link: Some(url), ..Marks::default() }),
                None => false,
            },
            Tail::Attributes(_) if bracket.picture => false,
            Tail::Attributes(all) => match marks(&all) {
                Some(marks) => self.span(bracket, marks),
                None => match self.characters(bracket).and_then(|text| node(&all, text)) {
                    Some(node) => self.replace(bracket, node),
                    None => false,
                },
            },
        }
    }

    /// The brackets vanish, and what is between them gets marks.
    fn span(&mut self, bracket: &Bracket, marks: Marks) -> bool {
        if let Some(piece) = self.pieces.list.get_mut(bracket.piece) {
            *piece = Piece::Signs('[', 0);
        }
        let end = self.pieces.list.len();
        self.pieces.list.push(Piece::Signs(']', 0));
        self.pieces.mark(bracket.piece, end, marks);
        true
    }

    fn replace(&mut self, bracket: &Bracket, node: Inline) -> bool {
        self.pieces.list.truncate(bracket.piece);
        // What was found between the brackets was found last.
        while self.pieces.events.pop_if(|event| event.piece >= bracket.piece).is_some() {}
        self.pieces.list.push(Piece::Node(node));
        true
    }
}

/// How Markdown names the place of a picture or a file.
fn source(url: &str) -> Option<Source> {
    if let Some(name) = url.strip_prefix("attachment:") {
        return Some(Source::Attachment(name.to_owned()));
    }
    if let Some(file) = url.strip_prefix("media:") {
        let (collection, id) = file.split_once('/')?;
        return Some(Source::File { id: id.to_owned(), collection: collection.to_owned() });
    }
    address(url).filter(|url| !url.to_ascii_lowercase().starts_with("mailto:")).map(Source::Url)
}

/// The classes that are marks.
pub(super) const CLASSES: [(u8, &str); 6] = [
    (Marks::STRONG, ".strong"),
    (Marks::EM, ".em"),
    (Marks::STRIKE, ".strike"),
    (Marks::UNDERLINE, ".underline"),
    (Marks::SUB, ".sub"),
    (Marks::SUP, ".sup"),
];

/// The marks that these attributes are; `None` if there are others among them.
fn marks(all: &[(String, String)]) -> Option<Marks> {
    let mut marks = Marks::default();
    for (key, value) in all {
        match key.as_str() {
            "color" => marks.color = Some(value.clone()),
            "background" => marks.background = Some(value.clone()),
            _ => marks.flags |= CLASSES.iter().find(|(_, class)| class == key).map(|(flag, _)| *flag)?,
        }
    }
    (!all.is_empty()).then_some(marks)
}

/// The node that these attributes make of a text.
fn node(all: &[(String, String)], text: String) -> Option<Inline> {
    let value = |name: &str| all.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let (first, of_first) = all.first()?;
    match first.as_str() {
        ".br" => text.is_empty().then_some(Inline::Break),
        ".date" => day::read(&text).map(Inline::Date),
        ".status" if !text.trim().is_empty() => {
            Some(Inline::Status { text, color: value("color").unwrap_or_default() })
        }
        "mention" if !of_first.is_empty() => Some(Inline::Mention { id: of_first.clone(), name: text }),
        "emoji" if !of_first.is_empty() => {
            Some(Inline::Emoji { name: of_first.clone(), id: value("id").unwrap_or_default(), text })
        }
        _ => None,
    }
}
