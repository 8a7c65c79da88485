//! Blocks that hold no others, and the signs that open blocks.

use super::inlines;
use crate::rich::document::{Block, Inline, Item, List, ListKind, Panel, address};

/// The block that the next line may continue.
pub(super) enum Leaf {
    None,
    /// A block of one line has just been read.
    Closed,
    Paragraph(Vec<String>),
    Fence(Fence),
    /// The cells of the rows so far; the first row is the header.
    Table(Vec<Vec<String>>),
}

impl Leaf {
    pub(super) fn is_closed(&self) -> bool {
        matches!(self, Leaf::Closed)
    }

    /// Program text takes every line, until its closing one, which is not taken.
    pub(super) fn takes_line(&mut self, line: &str) -> bool {
        match self {
            Leaf::Fence(fence) if !fence.closes(line) => {
                let blanks = line.len() - line.trim_start_matches(' ').len();
                fence.lines.push(line.get(blanks.min(fence.indent)..).unwrap_or_default().to_owned());
                true
            }
            _ => false,
        }
    }
}

/// Program text between two fences.
pub(super) struct Fence {
    sign: char,
    length: usize,
    indent: usize,
    language: String,
    lines: Vec<String>,
}

impl Fence {
    fn closes(&self, line: &str) -> bool {
        let words = line.trim_start_matches(' ');
        let rest = words.trim_start_matches(self.sign);
        line.len() - words.len() < 4 && words.len() - rest.len() >= self.length && rest.trim().is_empty()
    }

    pub(super) fn block(self) -> Block {
        Block::Code { language: self.language, text: self.lines.join("\n") }
    }
}

/// The fence that opens with this line.
pub(super) fn opening_fence(words: &str, indent: usize) -> Option<Fence> {
    let sign = words.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = words.trim_start_matches(sign);
    let length = words.len() - info.len();
    let fits = length >= 3 && !(sign == '`' && info.contains('`'));
    fits.then(|| Fence { sign, length, indent, language: unprotected(info.trim()), lines: Vec::new() })
}

/// The text without the backslashes that protect signs.
fn unprotected(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(char) = characters.next() {
        let protected = characters.next_if(|next| char == '\\' && next.is_ascii_punctuation());
        out.push(protected.unwrap_or(char));
    }
    out
}

/// The level and the text of a heading.
pub(super) fn heading(words: &str) -> Option<(u8, &str)> {
    let rest = words.trim_start_matches('#');
    let level = u8::try_from(words.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let text = rest.trim();
    let open = text.trim_end_matches('#');
    Some((level, if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { text }))
}

/// Whether the line is a rule: three or more of one sign, blanks between them or not.
pub(super) fn is_rule(words: &str) -> bool {
    ['-', '*', '_'].iter().any(|sign| {
        words.starts_with(*sign)
            && words.chars().all(|char| char == *sign || matches!(char, ' ' | '\t'))
            && words.chars().filter(|char| char == sign).count() >= 3
    })
}

/// What an item of a list begins with.
pub(super) struct Opening {
    /// `-`, `*` or `+`; after a number `.` or `)`.
    pub(super) sign: char,
    pub(super) number: Option<u32>,
    /// Its bytes, without blanks.
    pub(super) width: usize,
    /// Whether nothing follows on this line.
    pub(super) empty: bool,
}

/// The sign of an item at the beginning of a line.
pub(super) fn marker(words: &str) -> Option<Opening> {
    let after = words.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = words.len() - after.len();
    let sign = after.chars().next()?;
    let number = match digits {
        0 => None,
        1..=9 => Some(words.get(..digits)?.parse().ok()?),
        _ => return None,
    };
    let known = if number.is_some() { matches!(sign, '.' | ')') } else { matches!(sign, '-' | '*' | '+') };
    let rest = after.get(1..).filter(|_| known)?;
    let empty = rest.trim().is_empty();
    (empty || rest.starts_with([' ', '\t'])).then_some(Opening { sign, number, width: digits + 1, empty })
}

/// What stands in the box before an item.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sign {
    Open,
    Done,
    Decision,
}

/// Takes the box from the lines of an item.
pub(super) fn take_sign(lines: &mut [String]) -> Option<Sign> {
    const SIGNS: [(&str, Sign); 4] =
        [("[ ]", Sign::Open), ("[x]", Sign::Done), ("[X]", Sign::Done), ("[!]", Sign::Decision)];
    let line = lines.first_mut()?;
    let (rest, sign) = SIGNS.iter().find_map(|(text, sign)| Some((line.strip_prefix(text)?, *sign)))?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    *line = rest.trim_start().to_owned();
    Some(sign)
}

/// Takes the label from the lines of a quote: the kind of a panel, or the title of an expand.
pub(super) fn take_label(lines: &mut Vec<String>) -> Option<(Option<Panel>, String)> {
    let (name, title) = lines.first()?.strip_prefix("[!")?.split_once(']')?;
    let title = title.trim();
    let label = match name {
        _ if name.eq_ignore_ascii_case("expand") => (None, unprotected(title)),
        _ if !title.is_empty() => return None,
        // The two of GitHub's kinds that Jira does not have.
        _ if name.eq_ignore_ascii_case("important") => (Some(Panel::Note), String::new()),
        _ if name.eq_ignore_ascii_case("caution") => (Some(Panel::Error), String::new()),
        _ => (Some(Panel::named(name)?), String::new()),
    };
    lines.remove(0);
    Some(label)
}

/// The block that these lines are: a paragraph, or an address that is to be a card.
pub(super) fn paragraph(lines: &[String]) -> Block {
    if let [line] = lines
        && let Some(url) = line.trim_end().strip_prefix('<').and_then(|rest| rest.strip_suffix(">{.card}"))
        && !url.contains(|char: char| char.is_whitespace() || matches!(char, '<' | '>'))
        && let Some(url) = address(url)
    {
        return Block::Card(url);
    }
    let content: Vec<Inline> = inlines::read(lines.join("\n").trim_end());
    Block::Paragraph(content)
}

/// The lists that the items of one list are: those with boxes are another kind than those without.
pub(super) fn lists(items: Vec<(Option<Sign>, Item)>, sign: char, first: u32, out: &mut Vec<Block>) {
    let mut number = first;
    let mut last: Option<List> = None;
    for (boxed, item) in items {
        let kind = match boxed {
            Some(Sign::Decision) => ListKind::Decisions,
            Some(_) => ListKind::Tasks,
            None if matches!(sign, '.' | ')') => ListKind::Numbers(number),
            None => ListKind::Bullets,
        };
        number = number.saturating_add(1);
        match &mut last {
            Some(list) if std::mem::discriminant(&list.kind) == std::mem::discriminant(&kind) => list.items.push(item),
            _ => out.extend(last.replace(List { kind, items: vec![item] }).map(Block::List)),
        }
    }
    out.extend(last.map(Block::List));
}
