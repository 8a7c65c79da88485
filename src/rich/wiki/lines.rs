//! Reading blocks that lines begin: headings, lists, tables, rules and paragraphs.

use super::inlines;
use crate::rich::document::{Block, Cell, Inline, Item, List, ListKind};

/// The blocks of a text without macros.
pub(super) fn read(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in text.split('\n') {
        reader.line(line.trim_start());
    }
    reader.end();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    paragraph: String,
    /// The signs and the text of each item.
    items: Vec<(String, String)>,
    rows: Vec<Vec<Cell>>,
}

/// Longer signs are text. A list deeper than this is none that a person wrote.
const DEEPEST: usize = 20;

impl Reader {
    fn line(&mut self, whole: &str) {
        let line = whole.trim_end();
        if line.is_empty() {
            self.end();
        } else if line.len() >= 4 && line.bytes().all(|byte| byte == b'-') {
            self.block(Block::Rule);
        } else if let Some((level, text)) = heading(line) {
            self.block(Block::Heading(level, inlines::read(text)));
        } else if let Some(text) = line.strip_prefix("bq. ") {
            self.block(Block::Quote(vec![Block::Paragraph(inlines::read(text))]));
        } else if let Some((signs, text)) = item(whole) {
            if self.items.is_empty() {
                self.end();
            }
            self.items.push((signs.replace('-', "*"), text.to_owned()));
        } else if line.starts_with('|') && line.bytes().any(|byte| byte != b'|') {
            if self.rows.is_empty() {
                self.end();
            }
            self.rows.push(row(line));
        } else if let Some((_, text)) = self.items.last_mut() {
            text.push('\n');
            text.push_str(line);
        } else {
            if !self.rows.is_empty() {
                self.end();
            }
            if !self.paragraph.is_empty() {
                self.paragraph.push('\n');
            }
            self.paragraph.push_str(line);
        }
    }

    fn block(&mut self, block: Block) {
        self.end();
        self.blocks.push(block);
    }

    /// Ends what further lines could have continued.
    fn end(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_empty() {
            self.blocks.push(Block::Paragraph(inlines::read(&paragraph)));
        }
        let items = std::mem::take(&mut self.items);
        self.blocks.extend(lists(&items, 0));
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.blocks.push(Block::Table(rows));
        }
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.strip_prefix('h')?;
    let level = rest.chars().next().filter(|char| matches!(char, '1'..='6')).and_then(|char| char.to_digit(10))?;
    Some((u8::try_from(level).ok()?, rest.get(1..)?.strip_prefix(". ")?))
}

/// The signs of an item, which have a blank after them, and its text.
fn item(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_start_matches(['*', '#', '-']);
    let (signs, _) = line.split_at_checked(line.len() - text.len())?;
    let lone = signs.contains('-') && text.trim().is_empty();
    let ends = text.starts_with([' ', '\t']);
    ((1..=DEEPEST).contains(&signs.len()) && ends && !lone).then(|| (signs, text.trim()))
}

/// The lists that items with so many signs in common are.
fn lists(items: &[(String, String)], depth: usize) -> Vec<Block> {
    let sign = |item: &(String, String)| item.0.as_bytes().get(depth).copied();
    let mut out = Vec::new();
    for run in items.chunk_by(|one, next| sign(one) == sign(next)) {
        let mut made: Vec<(bool, Item)> = Vec::new();
        for group in run.chunk_by(|_, next| next.0.len() > depth + 1) {
            let below = match group {
                [(signs, text), below @ ..] if signs.len() == depth + 1 => {
                    made.push(task(text));
                    below
                }
                _ => {
                    made.push((false, Item::default()));
                    group
                }
            };
            if let Some((_, item)) = made.last_mut() {
                item.blocks.extend(lists(below, depth + 1));
            }
        }
        let numbers = run.first().and_then(sign) == Some(b'#');
        for same in made.chunk_by(|one, next| one.0 == next.0) {
            let kind = match same.first() {
                Some((true, _)) => ListKind::Tasks,
                _ if numbers => ListKind::Numbers(1),
                _ => ListKind::Bullets,
            };
            let items = same.iter().map(|(_, item)| item.clone());
            match out.last_mut() {
                // Tasks go on behind another sign.
                Some(Block::List(last)) if (last.kind, kind) == (ListKind::Tasks, ListKind::Tasks) => {
                    last.items.extend(items)
                }
                _ => out.push(Block::List(List { kind, items: items.collect() })),
            }
        }
    }
    out
}

/// An item, and whether it is a task: one that begins with a box.
fn task(text: &str) -> (bool, Item) {
    let boxed = [("☑", true), ("☐", false)].iter().find_map(|(sign, done)| Some((text.strip_prefix(sign)?, *done)));
    let (text, done) = boxed.unwrap_or((text, false));
    (boxed.is_some(), Item { done, blocks: vec![Block::Paragraph(inlines::read(text.trim()))] })
}

/// The cells of a row. Bars in links, in pictures and after a backslash are characters.
fn row(line: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut rest = line;
    while let Some(text) = rest.strip_prefix('|') {
        let header = text.starts_with('|');
        let text = text.strip_prefix('|').unwrap_or(text);
        if text.is_empty() {
            break;
        }
        let end = end_of_cell(text);
        let content: Vec<Inline> = inlines::read(text.get(..end).unwrap_or_default().trim());
        cells.push(Cell { header, blocks: vec![Block::Paragraph(content)] });
        rest = text.get(end..).unwrap_or_default();
    }
    cells
}

fn end_of_cell(text: &str) -> usize {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['|', '\\', '[', '!'])) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        at += match rest.chars().next() {
            Some('|') => return at,
            Some('\\') => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            Some('[') => inlines::bracket(rest).map_or(1, |(_, length)| length),
            _ => inlines::picture_after(text.get(..at), rest).map_or(1, |(_, length)| length),
        };
    }
    text.len()
}
