//! Reading lines: from left to right into pieces; which signs belong together is found out by `emphasis` and `link`.

use super::emphasis::Delimiter;
use super::link;
use crate::rich::document::{Inline, Marks, address};
use crate::rich::pieces::{Piece, Pieces, bare};
use std::collections::BTreeMap;

/// The inlines of a paragraph, a heading or a cell. Lines are joined by a blank.
pub(super) fn read(text: &str) -> Vec<Inline> {
    let mut reader = Reader {
        text,
        at: 0,
        pieces: Pieces::default(),
        delimiters: Vec::new(),
        brackets: Vec::new(),
        dead_brackets: 0,
        opaque: 0,
        ticks: None,
    };
    while reader.step() {}
    reader.pair(0);
    reader.pieces.finish()
}

/// An opening bracket.
pub(super) struct Bracket {
    pub(super) piece: usize,
    pub(super) delimiters: usize,
    pub(super) picture: bool,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    pub(super) pieces: Pieces,
    pub(super) delimiters: Vec<Delimiter>,
    brackets: Vec<Bracket>,
    /// So many brackets stand before a link, and cannot be links themselves.
    dead_brackets: usize,
    /// The last piece that is known to be no characters.
    opaque: usize,
    /// Where runs of so many backticks begin; found out at the first one.
    ticks: Option<BTreeMap<usize, Vec<usize>>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|text| text.chars().next_back())
    }

    fn push_text(&mut self, text: &str) {
        // Brackets are pieces of their own, so that they can be taken away.
        let own = self.brackets.last().map_or(0, |last| last.piece + 1);
        self.pieces.text(text, own);
    }

    /// Reads what comes next; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(char) = rest.chars().next() else { return false };
        match char {
            '\\' => self.escape(rest),
            '`' => self.code(rest),
            '*' | '_' | '~' => self.signs(rest, char),
            '!' if rest.starts_with("![") => self.open_bracket(true),
            '[' => self.open_bracket(false),
            ']' => self.close_bracket(),
            '<' => self.card(rest),
            '\n' => self.line_end(),
            'h' | 'H' => self.bare_address(rest),
            _ => self.words(rest),
        }
        true
    }

    /// Text up to the next character that may mean something.
    fn words(&mut self, rest: &str) {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(first..).unwrap_or_default();
        let end = tail
            .find(['\\', '`', '*', '_', '~', '!', '[', ']', '<', '\n', 'h', 'H'])
            .map_or(rest.len(), |at| at + first);
        self.push_text(rest.get(..end).unwrap_or_default());
        self.at += end;
    }

    fn escape(&mut self, rest: &str) {
        let next = rest.get(1..).and_then(|rest| rest.chars().next());
        match next {
            Some('\n') => {
                self.pieces.list.push(Piece::Node(Inline::Break));
                self.at += 2;
                self.skip_blanks();
            }
            Some(char) if char.is_ascii_punctuation() => {
                self.push_text(char.encode_utf8(&mut [0; 4]));
                self.at += 2;
            }
            _ => {
                self.push_text("\\");
                self.at += 1;
            }
        }
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// A line end is a blank; after two blanks it is a break.
    fn line_end(&mut self) {
        self.at += 1;
        self.skip_blanks();
        let mut hard = false;
        if let Some(Piece::Node(Inline::Text(text, marks))) = self.pieces.list.last_mut()
            && *marks == Marks::default()
        {
            hard = text.ends_with("  ");
            text.truncate(text.trim_end_matches([' ', '\t']).len());
        }
        if hard { self.pieces.list.push(Piece::Node(Inline::Break)) } else { self.push_text(" ") }
    }

    fn code(&mut self, rest: &str) {
        let length = rest.len() - rest.trim_start_matches('`').len();
        let text = self.text;
        let ticks = self.ticks.get_or_insert_with(|| runs_of_ticks(text));
        let from = self.at + length;
        let places = ticks.get(&length).map(Vec::as_slice).unwrap_or_default();
        let Some(end) = places.get(places.partition_point(|place| *place < from)).copied() else {
            self.push_text(rest.get(..length).unwrap_or_default());
            self.at = from;
            return;
        };
        let inside = text.get(from..end).unwrap_or_default().replace('\n', " ");
        let padded = inside.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' '));
        let words = padded.filter(|_| !inside.trim_matches(' ').is_empty()).unwrap_or(&inside);
        self.pieces.list.push(Piece::Node(Inline::Text(words.to_owned(), Marks::of(Marks::CODE))));
        self.at = end + length;
    }

    fn signs(&mut self, rest: &str, sign: char) {
        let length = rest.len() - rest.trim_start_matches(sign).len();
        let after = rest.get(length..).and_then(|rest| rest.chars().next());
        let delimiter = Delimiter::new(self.pieces.list.len(), (sign, length), self.before(), after);
        self.delimiters.extend(delimiter);
        self.pieces.list.push(Piece::Signs(sign, length));
        self.at += length;
    }

    fn open_bracket(&mut self, picture: bool) {
        let text = if picture { "![" } else { "[" };
        self.brackets.push(Bracket { piece: self.pieces.list.len(), delimiters: self.delimiters.len(), picture });
        self.pieces.list.push(Piece::Node(Inline::Text(text.to_owned(), Marks::default())));
        self.at += text.len();
    }

    fn close_bracket(&mut self) {
        self.at += 1;
        let Some(bracket) = self.brackets.pop() else { return self.push_text("]") };
        let dead = self.brackets.len() < self.dead_brackets;
        self.dead_brackets = self.dead_brackets.min(self.brackets.len());
        let Some((tail, length)) =
            link::tail(self.rest()).filter(|(tail, _)| !(dead && !bracket.picture && tail.is_link()))
        else {
            return self.pieces.list.push(Piece::Node(Inline::Text("]".to_owned(), Marks::default())));
        };
        let is_link = tail.is_link() && !bracket.picture;
        self.pair(bracket.delimiters);
        if self.apply(tail, &bracket) {
            self.at += length;
            if is_link {
                self.dead_brackets = self.brackets.len();
            }
        } else {
            self.pieces.list.push(Piece::Node(Inline::Text("]".to_owned(), Marks::default())));
        }
    }

    /// The characters since a bracket; `None` if there is more than characters, or brackets that turned out to be nothing.
    /// Nothing is looked at twice: brackets around such a place know it. A picture takes the characters of all there is, and
    /// is all that is left of it.
    pub(super) fn characters(&mut self, bracket: &Bracket) -> Option<String> {
        if self.opaque > bracket.piece && !bracket.picture {
            return None;
        }
        let mut out = String::new();
        for (at, piece) in self.pieces.list.iter().enumerate().skip(bracket.piece + 1) {
            match piece {
                Piece::Node(Inline::Text(text, _)) => out.push_str(text),
                Piece::Node(Inline::Card(url)) if bracket.picture => out.push_str(url),
                Piece::Node(Inline::Break) if bracket.picture => out.push(' '),
                Piece::Node(Inline::Media(media)) if bracket.picture => out.push_str(&media.alt),
                Piece::Node(_) => {
                    self.opaque = at;
                    return None;
                }
                Piece::Signs(sign, count) => out.extend(std::iter::repeat_n(*sign, *count)),
            }
        }
        self.opaque = bracket.piece;
        Some(out)
    }

    fn card(&mut self, rest: &str) {
        let inside = rest.get(1..).unwrap_or_default();
        let end = inside.find(|char: char| matches!(char, '<' | '>') || char.is_whitespace()).unwrap_or(inside.len());
        let inside = inside.split_at_checked(end).filter(|(_, rest)| rest.starts_with('>')).map(|(inside, _)| inside);
        let node = inside.and_then(|inside| address(inside).map(Inline::Card).or_else(|| mail(inside)));
        match node {
            Some(node) => {
                self.pieces.list.push(Piece::Node(node));
                self.at += end + 2;
            }
            None => {
                self.push_text("<");
                self.at += 1;
            }
        }
    }

    fn bare_address(&mut self, rest: &str) {
        let within_word = self.before().is_some_and(char::is_alphanumeric);
        match bare(rest).filter(|_| !within_word) {
            Some(url) => {
                let marks = Marks { link: Some(url.to_owned()), ..Marks::default() };
                self.pieces.list.push(Piece::Node(Inline::Text(url.to_owned(), marks)));
                self.at += url.len();
            }
            None => self.words(rest),
        }
    }
}

/// An address of mail without its scheme, as a link.
fn mail(text: &str) -> Option<Inline> {
    let (name, place) = text.split_once('@')?;
    let known = |part: &str, signs: &str| {
        !part.is_empty() && part.chars().all(|char| char.is_ascii_alphanumeric() || signs.contains(char))
    };
    let fits = known(name, ".!#$%&'*+/=?^_`{|}~-") && place.split('.').all(|part| known(part, "-"));
    let link = Some(format!("mailto:{text}"));
    fits.then(|| Inline::Text(text.to_owned(), Marks { link, ..Marks::default() }))
}

fn runs_of_ticks(text: &str) -> BTreeMap<usize, Vec<usize>> {
    let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let (mut start, mut length) = (0, 0);
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        if byte == b'`' {
            if length == 0 {
                start = at;
            }
            length += 1;
        } else if length > 0 {
            runs.entry(length).or_default().push(start);
            length = 0;
        }
    }
    runs
}
