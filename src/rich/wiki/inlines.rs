//! Reading lines.

use super::SIGNS;
use super::write_inlines::{encoded, words};
use crate::rich::document::{Inline, Marks, Media, Source, address, is_color};
use crate::rich::pieces::{Piece, Pieces, bare};

/// The inlines of a paragraph, a heading, an item or a cell. A line end is a new line.
pub(super) fn read(text: &str) -> Vec<Inline> {
    let mut reader = Reader { text, at: 0, pieces: Pieces::default(), open: Vec::new() };
    while reader.step() {}
    reader.pieces.finish()
}

/// A mark that has begun and not ended.
struct Open {
    /// The place in [`SIGNS`]; further numbers are for signs in braces, program text and colours.
    kind: usize,
    piece: usize,
    marks: Marks,
}

const FORCED: usize = 10;
const CODE: usize = 20;
const COLOR: usize = 21;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    pieces: Pieces,
    open: Vec<Open>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|text| text.chars().next_back())
    }

    fn plain(&mut self, length: usize) {
        let text = self.rest().get(..length).unwrap_or_default();
        self.pieces.text(text, self.open.last().map_or(0, |open| open.piece + 1));
        self.at += length;
    }

    fn node(&mut self, node: Inline, length: usize) {
        self.pieces.list.push(Piece::Node(node));
        self.at += length;
    }

    /// Reads what comes next; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(char) = rest.chars().next() else { return false };
        match char {
            '\\' => self.backslash(rest),
            '\n' => self.node(Inline::Break, 1),
            '{' => self.brace(rest),
            '}' if rest.starts_with("}}") && self.is_open(CODE) => self.end(CODE, 2),
            '[' => self.bracket(rest),
            '!' => match picture_after(self.text.get(..self.at), rest) {
                Some((media, length)) => self.node(Inline::Media(media), length),
                None => self.plain(1),
            },
            'h' | 'H' => self.address(rest),
            '&' if rest.starts_with("&#92;") => {
                self.pieces.text("\\", self.open.last().map_or(0, |open| open.piece + 1));
                self.at += 5;
            }
            _ => match SIGNS.iter().position(|(sign, _)| rest.starts_with(sign)) {
                Some(kind) => self.sign(rest, kind),
                None => self.words(rest),
            },
        }
        true
    }

    fn words(&mut self, rest: &str) {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(first..).unwrap_or_default();
        let ends = |char: char| "\\\n{}[!hH&*_-+^~?".contains(char);
        self.plain(tail.find(ends).map_or(rest.len(), |at| at + first));
    }

    fn backslash(&mut self, rest: &str) {
        match rest.chars().nth(1) {
            Some('\\') => {
                self.node(Inline::Break, if rest.get(2..).is_some_and(|rest| rest.starts_with('\n')) { 3 } else { 2 })
            }
            Some(char) if char.is_ascii_punctuation() || matches!(char, '☐' | '☑') => {
                self.at += 1;
                self.plain(char.len_utf8());
            }
            _ => self.plain(1),
        }
    }

    fn is_open(&self, kind: usize) -> bool {
        self.open.iter().any(|open| open.kind == kind)
    }

    /// A sign that may begin or end marks; it is text until its end is found.
    fn begin(&mut self, kind: usize, marks: Marks, length: usize) {
        self.open.push(Open { kind, piece: self.pieces.list.len(), marks });
        let text = self.rest().get(..length).unwrap_or_default().to_owned();
        self.node(Inline::Text(text, Marks::default()), length);
    }

    /// Ends the innermost mark of this kind. What has begun within it and not ended stays text.
    fn end(&mut self, kind: usize, length: usize) {
        let Some(place) = self.open.iter().rposition(|open| open.kind == kind) else { return self.plain(length) };
        self.open.truncate(place + 1);
        let Some(open) = self.open.pop() else { return };
        if let Some(piece) = self.pieces.list.get_mut(open.piece) {
            *piece = Piece::Signs('{', 0);
        }
        let end = self.pieces.list.len();
        self.pieces.list.push(Piece::Signs('}', 0));
        self.pieces.mark(open.piece, end, open.marks);
        self.at += length;
    }

    /// `*` and its like: they begin before a word and end after one.
    fn sign(&mut self, rest: &str, kind: usize) {
        let (sign, flag) = SIGNS.get(kind).copied().unwrap_or_default();
        let after = rest.get(sign.len()..).unwrap_or_default();
        let (before, next) = (self.before(), after.chars().next());
        let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
        if self.is_open(kind) && !blank(before) && !word(next) {
            self.end(kind, sign.len());
        } else if !word(before) && !blank(next) && !after.starts_with(sign) && !self.is_open(kind) {
            self.begin(kind, Marks::of(flag), sign.len());
        } else {
            self.plain(sign.len());
        }
    }

    fn brace(&mut self, rest: &str) {
        if rest.starts_with("{{") && !self.is_open(CODE) {
            return self.begin(CODE, Marks::of(Marks::CODE), 2);
        }
        let inside = rest.get(1..).unwrap_or_default();
        let end = inside.find(['{', '}', '\n']).unwrap_or(inside.len());
        let head = inside
            .get(..end)
            .filter(|_| inside.get(end..).is_some_and(|rest| rest.starts_with('}')))
            .unwrap_or_default();
        let length = head.len() + 2;
        if let Some(kind) = SIGNS.iter().position(|(sign, _)| *sign == head) {
            let flag = SIGNS.get(kind).map_or(0, |(_, flag)| *flag);
            return if self.is_open(FORCED + kind) {
                self.end(FORCED + kind, length);
            } else {
                self.begin(FORCED + kind, Marks::of(flag), length);
            };
        }
        match head.strip_prefix("color") {
            Some("") if self.is_open(COLOR) => self.end(COLOR, length),
            Some(color) if color.starts_with(':') => {
                let marks = Marks { color: color_named(color.get(1..).unwrap_or_default()), ..Marks::default() };
                self.begin(COLOR, marks, length);
            }
            _ => self.plain(1),
        }
    }

    fn bracket(&mut self, rest: &str) {
        let Some((inside, length)) = bracket(rest) else { return self.plain(1) };
        // Jira Cloud writes what it shows as a card as `[text|address|smart-link]`.
        let smart = inside.rsplit_once('|').filter(|(_, kind)| kind.starts_with("smart-")).map(|(inside, _)| inside);
        let inside = smart.unwrap_or(inside);
        let link = inside.rsplit_once('|').and_then(|(text, url)| Some((text, address(&encoded(url))?)));
        if let Some((text, url)) = &link
            && smart.is_some()
            && text == url
        {
            return self.node(Inline::Card(url.clone()), length);
        }
        if let Some((text, url)) = link {
            let begin = self.pieces.list.len();
            self.pieces.list.push(Piece::Signs('[', 0));
            self.pieces.list.extend(read(text).into_iter().map(Piece::Node));
            let end = self.pieces.list.len();
            self.pieces.list.push(Piece::Signs(']', 0));
            self.pieces.mark(begin, end, Marks { link: Some(url), ..Marks::default() });
            self.at += length;
            return;
        }
        if let Some(id) = inside.strip_prefix('~').filter(|id| is_name(id)) {
            return self.node(Inline::Mention { id: id.trim().to_owned(), name: String::new() }, length);
        }
        if let Some(name) = inside.strip_prefix('^').filter(|name| is_name(name)) {
            let media = Media { alt: String::new(), source: Source::Attachment(name.to_owned()) };
            return self.node(Inline::Media(media), length);
        }
        if let Some(url) = address(&encoded(inside)) {
            return self.node(Inline::Card(url), length);
        }
        self.plain(1);
    }

    fn address(&mut self, rest: &str) {
        let within_word = self.before().is_some_and(char::is_alphanumeric);
        match bare(rest).filter(|_| !within_word) {
            Some(url) => {
                let marks = Marks { link: Some(url.to_owned()), ..Marks::default() };
                self.node(Inline::Text(url.to_owned(), marks), url.len());
            }
            None => self.words(rest),
        }
    }
}

/// What stands in the brackets that the text begins with, and their length with it. They hold no brackets themselves, but
/// for those after a backslash.
pub(super) fn bracket(text: &str) -> Option<(&str, usize)> {
    let inside = text.get(1..)?;
    let mut escaped = false;
    for (at, char) in inside.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Some((inside.get(..at)?, at + 2)),
            '[' | '\n' => return None,
            _ => {}
        }
    }
    None
}

/// The same after this text: a picture does not begin within a word.
pub(super) fn picture_after(before: Option<&str>, text: &str) -> Option<(Media, usize)> {
    let last = before.and_then(|before| before.chars().next_back());
    picture(text).filter(|_| !last.is_some_and(char::is_alphanumeric))
}

/// The picture that the text begins with (`!name|parameters!`), and its length.
fn picture(text: &str) -> Option<(Media, usize)> {
    let inside = text.get(1..)?;
    let end = inside.find(['!', '\n']).filter(|end| inside.get(*end..).is_some_and(|rest| rest.starts_with('!')))?;
    let inside = inside.get(..end)?;
    let (name, parameters) = inside.split_once('|').unwrap_or((inside, ""));
    let source = match address(&encoded(name)) {
        Some(url) if url.starts_with("http") => Source::Url(url),
        _ => Source::Attachment(Some(name).filter(|name| is_file(name))?.to_owned()),
    };
    let alt = parameters.split(',').find_map(|part| part.trim().strip_prefix("alt=")).unwrap_or_default();
    Some((Media { alt: words(alt), source }, end + 2))
}

/// Whether this can be the name of a person or a file, by which it is written again.
fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains(['\\', '|', '{', '}'])
}

/// Whether this looks like the name of a file.
pub(super) fn is_file(name: &str) -> bool {
    let odd = |char: char| char.is_control() || "|!\\{}[]*<>".contains(char);
    let (stem, extension) = name.rsplit_once('.').unwrap_or_default();
    let known = (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    known && !stem.is_empty() && name.trim() == name && !name.contains(odd)
}

/// A colour as `#rrggbb`.
fn color_named(name: &str) -> Option<String> {
    const NAMES: [(&str, &str); 14] = [
        ("black", "#000000"),
        ("white", "#ffffff"),
        ("red", "#ff0000"),
        ("green", "#008000"),
        ("blue", "#0000ff"),
        ("yellow", "#ffff00"),
        ("orange", "#ffa500"),
        ("purple", "#800080"),
        ("gray", "#808080"),
        ("grey", "#808080"),
        ("navy", "#000080"),
        ("teal", "#008080"),
        ("maroon", "#800000"),
        ("silver", "#c0c0c0"),
    ];
    let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|(_, color)| *color);
    known.or(Some(name.trim()).filter(|name| is_color(name))).map(str::to_owned)
}
