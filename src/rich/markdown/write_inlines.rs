//! Writing lines, so that they are read as they were meant.
//!
//! Signs (`**`, `_`, `~~`) are used where they can stand; in the middle of a word, brackets with a class take their place.

use super::link::CLASSES;
use crate::day;
use crate::rich::document::{Inline, Marks, Media, Source};
use crate::rich::pieces::bare;

/// Where a line stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// At the beginning of a line, with more lines below.
    Paragraph,
    /// Within one line: a heading or a cell.
    Line,
}

/// The inlines as Markdown.
pub(super) fn write(inlines: &[Inline], place: Place) -> String {
    let mut writer = Writer { out: String::new(), all: inlines, place };
    writer.group(0, inlines.len(), 0);
    writer.out
}

struct Writer<'a> {
    out: String,
    all: &'a [Inline],
    place: Place,
}

/// The marks from the outermost to the innermost. Two texts are in one group if these marks of theirs are the same.
const LEVELS: usize = 5;
const SPAN: u8 = Marks::UNDERLINE | Marks::SUB | Marks::SUP;
const SIGNS: [(u8, &str); 3] = [(Marks::STRONG, "**"), (Marks::EM, "_"), (Marks::STRIKE, "~~")];

/// The marks of one level; those of no level are all unset.
fn at_level(inline: Option<&Inline>, level: usize) -> Marks {
    let Some(Inline::Text(_, marks)) = inline else { return Marks::default() };
    match level {
        0 => Marks { link: marks.link.clone(), ..Marks::default() },
        1 => Marks {
            flags: marks.flags & SPAN,
            color: marks.color.clone(),
            background: marks.background.clone(),
            link: None,
        },
        _ => Marks::of(marks.flags & SIGNS.get(level - 2).map_or(0, |(flag, _)| *flag)),
    }
}

impl Writer<'_> {
    fn group(&mut self, from: usize, to: usize, level: usize) {
        if level == LEVELS {
            return (from..to).for_each(|at| self.inline(at));
        }
        let mut at = from;
        while at < to {
            let marks = at_level(self.all.get(at), level);
            let mut end = at + 1;
            while end < to && at_level(self.all.get(end), level) == marks {
                end += 1;
            }
            if marks == Marks::default() {
                self.group(at, end, level + 1);
            } else {
                self.marked((at, end), level, &marks);
            }
            at = end;
        }
    }

    fn marked(&mut self, range: (usize, usize), level: usize, marks: &Marks) {
        let (from, to) = range;
        if level == 0 && self.is_bare(from, to, marks) {
            return self.out.push_str(marks.link.as_deref().unwrap_or_default());
        }
        let sign = SIGNS.get(level.wrapping_sub(2)).map(|(_, sign)| *sign).filter(|_| self.touches(from, to, level));
        self.out.push_str(sign.unwrap_or("["));
        self.group(from, to, level + 1);
        match (sign, &marks.link) {
            (Some(sign), _) => self.out.push_str(sign),
            (None, Some(url)) => self.out.push_str(&format!("]({})", destination(url))),
            (None, None) => self.out.push_str(&format!("]{{{}}}", attributes(marks))),
        }
    }

    /// Whether a link is its own address, and is found as such.
    fn is_bare(&self, from: usize, to: usize, marks: &Marks) -> bool {
        let Some(Inline::Text(text, own)) = self.all.get(from) else { return false };
        let before = self.out.chars().next_back().is_none_or(char::is_whitespace);
        let after = match self.all.get(to) {
            None => true,
            Some(Inline::Text(text, _)) => text.starts_with(' '),
            Some(_) => false,
        };
        before
            && after
            && to == from + 1
            && own == marks
            && bare(text) == marks.link.as_deref()
            && Some(text.as_str()) == marks.link.as_deref()
    }

    /// Whether signs can stand around this group: not next to blanks inside, and not next to a word outside.
    fn touches(&self, from: usize, to: usize, level: usize) -> bool {
        let (Some(Inline::Text(first, marks)), Some(Inline::Text(last, _))) =
            (self.all.get(from), self.all.get(to - 1))
        else {
            return false;
        };
        let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let (begin, end) = (first.chars().next(), last.chars().next_back());
        let next = match self.all.get(to) {
            Some(Inline::Text(text, _)) => text.chars().next(),
            _ => None,
        };
        let free = !word(self.out.chars().next_back()) && !word(next);
        let alone = to == from + 1 && marks.flags.count_ones() == 1 && level != 3;
        !blank(begin) && !blank(end) && (free || alone && word(begin) && word(end))
    }

    fn inline(&mut self, at: usize) {
        let Some(inline) = self.all.get(at) else { return };
        match inline {
            Inline::Text(text, marks) if marks.has(Marks::CODE) => self.code(text),
            Inline::Text(text, _) => self.text(text),
            Inline::Break if self.place == Place::Paragraph => self.out.push_str("\\\n"),
            Inline::Break => self.out.push_str("[]{.br}"),
            Inline::Mention { id, name } => self.node(name, &format!("mention={}", quoted(id))),
            Inline::Date(days) => self.node(&day::write(*days).unwrap_or_default(), ".date"),
            Inline::Status { text, color } if color == "neutral" => self.node(text, ".status"),
            Inline::Status { text, color } => self.node(text, &format!(".status color={color}")),
            Inline::Emoji { name, id, text } if id.is_empty() => self.node(text, &format!("emoji={}", quoted(name))),
            Inline::Emoji { name, id, text } => self.node(text, &format!("emoji={} id={}", quoted(name), quoted(id))),
            Inline::Card(url) => self.out.push_str(&format!("<{url}>")),
            Inline::Media(media) => self.media(media),
        }
    }

    fn node(&mut self, text: &str, attributes: &str) {
        self.out.push('[');
        self.text(text);
        self.out.push_str(&format!("]{{{attributes}}}"));
    }

    fn media(&mut self, Media { alt, source }: &Media) {
        let place = match source {
            Source::Url(url) => destination(url),
            Source::File { id, collection } => destination(&format!("media:{collection}/{id}")),
            Source::Attachment(name) => destination(&format!("attachment:{name}")),
        };
        self.out.push_str("![");
        self.text(alt);
        self.out.push_str(&format!("]({place})"));
    }

    fn code(&mut self, text: &str) {
        let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
        let ticks = "`".repeat(longest + 1);
        let edges = |sign: char| text.starts_with(sign) && text.ends_with(sign);
        let blank = text.trim_matches(' ').is_empty();
        let pad = text.starts_with('`') || text.ends_with('`') || edges(' ') && !blank;
        let pad = if pad { " " } else { "" };
        self.out.push_str(&format!("{ticks}{pad}{text}{pad}{ticks}"));
    }

    fn text(&mut self, text: &str) {
        let line_begins = self.place == Place::Paragraph && (self.out.is_empty() || self.out.ends_with('\n'));
        let number = if line_begins { after_number(text) } else { None };
        let mut before = None;
        for (at, char) in text.char_indices() {
            let rest = text.get(at + char.len_utf8()..).unwrap_or_default();
            let first = before.is_none();
            let next = rest.chars().next();
            let protect = match char {
                '\\' | '`' | '*' | '[' | ']' | '<' => true,
                '_' => !(word(before) && word(next)),
                '~' => first || next.is_none() || before == Some('~') || next == Some('~'),
                '!' => next.is_none(),
                '#' => next.is_none() || first && line_begins,
                '{' => first,
                ':' => rest.starts_with("//") || first && line_begins,
                '>' | '+' | '-' | '|' | '=' => first && line_begins,
                '&' => begins_entity(rest),
                _ => number == Some(at),
            };
            if protect {
                self.out.push('\\');
            }
            self.out.push(char);
            before = Some(char);
        }
    }
}

fn word(char: Option<char>) -> bool {
    char.is_some_and(char::is_alphanumeric)
}

/// Whether others would take what comes after an ampersand for an entity.
fn begins_entity(rest: &str) -> bool {
    let end = rest.bytes().take(40).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'));
    end.is_some_and(|end| end > 0 && rest.as_bytes().get(end) == Some(&b';'))
}

/// Where the sign stands that makes a list of a number at the beginning of a line.
fn after_number(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    (rest.len() < text.len() && rest.starts_with(['.', ')'])).then_some(text.len() - rest.len())
}

/// An address for parentheses.
fn destination(url: &str) -> String {
    if !url.contains(|char: char| char.is_whitespace() || "()<>\\".contains(char)) {
        return url.to_owned();
    }
    let mut out = String::from("<");
    for char in url.chars() {
        if matches!(char, '<' | '>' | '\\') {
            out.push('\\');
        }
        out.push(char);
    }
    out.push('>');
    out
}

fn attributes(marks: &Marks) -> String {
    let classes = CLASSES.iter().filter(|(flag, _)| marks.has(*flag)).map(|(_, class)| (*class).to_owned());
    let color = marks.color.iter().map(|color| format!("color={color}"));
    let background = marks.background.iter().map(|color| format!("background={color}"));
    classes.chain(color).chain(background).collect::<Vec<_>>().join(" ")
}

/// The value of an attribute.
fn quoted(value: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "-_:.@/#+".contains(char);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace('<', "\\<"))
}
