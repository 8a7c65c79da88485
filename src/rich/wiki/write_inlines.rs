//! Writing lines, so that they are read as they were meant. Signs stand where they can; in the middle of a word they stand
//! in braces (`{*}`).

use super::inlines::is_file;
use super::{PICTURES, SIGNS};
use crate::day;
use crate::rich::document::{Inline, Marks, Media, Source};
use crate::rich::pieces::bare;

/// Where a line stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// At the beginning of a line, with more lines below.
    Paragraph,
    /// After other signs, on one line.
    Line,
}

/// The inlines as wiki markup.
pub(super) fn write(inlines: &[Inline], place: Place) -> String {
    let mut plain: Vec<Inline> = inlines.iter().map(simplified).collect();
    plain.retain(|inline| !matches!(inline, Inline::Text(text, _) if text.is_empty()));
    let mut writer = Writer { out: String::new(), all: &plain, place };
    writer.group(0, plain.len(), 0);
    writer.out
}

/// What wiki markup does not have, as text.
fn simplified(inline: &Inline) -> Inline {
    let text = |text: &str, flags: u8| Inline::Text(text.to_owned(), Marks::of(flags));
    match inline {
        Inline::Date(days) => text(&day::write(*days).unwrap_or_default(), 0),
        Inline::Status { text: word, .. } => text(word, Marks::STRONG),
        Inline::Emoji { text: sign, .. } => text(sign, 0),
        Inline::Media(Media { alt, source: Source::File { .. } }) => text(alt, 0),
        Inline::Media(Media { alt, source: Source::Attachment(name) })
            if !is_file(name) && (!alt.is_empty() || name.contains(['[', ']', '\\', '|', '{', '}'])) =>
        {
            text(&format!("{alt} {name}"), 0)
        }
        Inline::Mention { id, name } if id.contains(['[', ']', '\\', '|', '{', '}']) => text(name, 0),
        other => other.clone(),
    }
}

/// The words of a picture without the signs that would end them.
pub(super) fn words(alt: &str) -> String {
    let alt: String = alt.chars().map(|char| if "!|,\"\\{}".contains(char) { ' ' } else { char }).collect();
    alt.trim().to_owned()
}

/// An address without the signs that would end it.
pub(super) fn encoded(url: &str) -> String {
    url.replace('[', "%5B").replace(']', "%5D").replace('{', "%7B").replace('}', "%7D")
}

struct Writer<'a> {
    out: String,
    all: &'a [Inline],
    place: Place,
}

/// The marks from the outermost to the innermost: link, colour, then the signs (without `??`), then program text.
const LEVELS: usize = 9;

fn at_level(inline: Option<&Inline>, level: usize) -> Marks {
    let Some(Inline::Text(_, marks)) = inline else { return Marks::default() };
    match level {
        0 => Marks { link: marks.link.clone(), ..Marks::default() },
        1 => Marks { color: marks.color.clone(), ..Marks::default() },
        8 => Marks::of(marks.flags & Marks::CODE),
        _ => Marks::of(marks.flags & SIGNS.get(level - 2).map_or(0, |(_, flag)| *flag)),
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
        if let Some(url) = &marks.link
            && self.is_bare(from, to, url)
        {
            return self.out.push_str(url);
        }
        let sign = SIGNS.get(level.wrapping_sub(2)).map_or("", |(sign, _)| *sign);
        let (begin, end) = match (&marks.link, &marks.color) {
            (Some(url), _) => ("[".to_owned(), format!("|{}]", encoded(url).replace('|', "%7C"))),
            (None, Some(color)) => (format!("{{color:{color}}}"), "{color}".to_owned()),
            _ if level == 8 => ("{{".to_owned(), "}}".to_owned()),
            _ if self.touches(from, to) => (sign.to_owned(), sign.to_owned()),
            _ => (format!("{{{sign}}}"), format!("{{{sign}}}")),
        };
        self.out.push_str(&begin);
        self.group(from, to, level + 1);
        self.out.push_str(&end);
    }

    fn is_bare(&self, from: usize, to: usize, url: &str) -> bool {
        let Some(Inline::Text(text, marks)) = self.all.get(from) else { return false };
        let alone = Marks { link: Some(url.to_owned()), ..Marks::default() };
        let before = self.out.chars().next_back().is_none_or(char::is_whitespace);
        let after = match self.all.get(to) {
            None => true,
            Some(Inline::Text(text, _)) => text.starts_with(' '),
            Some(_) => false,
        };
        before && after && to == from + 1 && *marks == alone && text == url && bare(text) == Some(url)
    }

    /// Whether plain signs can stand around this group.
    fn touches(&self, from: usize, to: usize) -> bool {
        let (Some(Inline::Text(first, _)), Some(Inline::Text(last, _))) = (self.all.get(from), self.all.get(to - 1))
        else {
            return false;
        };
        let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let next = match self.all.get(to) {
            Some(Inline::Text(text, _)) => text.chars().next(),
            _ => None,
        };
        let edges = blank(first.chars().next()) || blank(last.chars().next_back());
        !edges && !word(self.out.chars().next_back()) && !word(next)
    }

    fn inline(&mut self, at: usize) {
        let Some(inline) = self.all.get(at) else { return };
        match inline {
            Inline::Text(text, _) => self.text(text),
            Inline::Break if self.place == Place::Line => self.out.push_str("\\\\ "),
            // An empty line would end the paragraph.
            Inline::Break if self.out.ends_with('\n') => self.out.push_str("\\\\\n"),
            Inline::Break => self.out.push('\n'),
            Inline::Mention { id, .. } => self.out.push_str(&format!("[~{id}]")),
            Inline::Card(url) => self.out.push_str(&format!("[{}]", encoded(url))),
            Inline::Media(media) => self.media(media),
            Inline::Date(_) | Inline::Status { .. } | Inline::Emoji { .. } => {}
        }
    }

    fn media(&mut self, Media { alt, source }: &Media) {
        let alt = words(alt);
        let parameters = if alt.is_empty() { String::new() } else { format!("|alt={alt}") };
        // A picture does not begin within a word.
        let within_word = self.out.chars().next_back().is_some_and(char::is_alphanumeric);
        if within_word && !alt.is_empty() {
            self.out.push(' ');
        }
        match source {
            Source::Attachment(name) if !is_file(name) || alt.is_empty() && within_word => {
                self.out.push_str(&format!("[^{name}]"))
            }
            Source::Url(name) | Source::Attachment(name) => self.out.push_str(&format!("!{name}{parameters}!")),
            Source::File { .. } => {}
        }
    }

    /// Whether a full stop here would make a heading or a quote of the line.
    fn begins_block(&self) -> bool {
        let mut last = self.out.chars().rev();
        let begins = matches!((last.next(), last.next()), (Some('1'..='6'), Some('h')) | (Some('q'), Some('b')));
        begins && last.next().is_none_or(|char| char == '\n')
    }

    fn text(&mut self, text: &str) {
        for (at, char) in text.char_indices() {
            let before = self.out.chars().next_back();
            let line_begins = self.place == Place::Paragraph && before.is_none_or(|before| before == '\n');
            let rest = text.get(at..).unwrap_or_default();
            let next = rest.chars().nth(1);
            let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
            let between_words = word(before) && word(next);
            let between_blanks = before == Some(' ') && next == Some(' ');
            let protect = match char {
                '\\' if word(next) => false,
                '\\' => {
                    self.out.push_str("&#92;");
                    continue;
                }
                '{' | '}' | '[' | ']' | '|' => true,
                '*' | '_' | '-' | '+' | '^' | '~' => !between_words && !between_blanks,
                '?' => before == Some('?') || next == Some('?') || next.is_none(),
                '!' => !word(before) && next != Some(' '),
                '☐' | '☑' => self.out.is_empty(),
                '#' => line_begins || matches!(before, Some('*' | '-')),
                '.' => self.begins_block(),
                '&' => rest.starts_with("&#92;"),
                ':' if rest.starts_with("://") => true,
                _ => PICTURES.iter().any(|picture| rest.starts_with(picture)),
            };
            if protect {
                self.out.push('\\');
            }
            self.out.push(char);
        }
    }
}
