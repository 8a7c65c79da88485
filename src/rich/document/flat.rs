//! Blocks where only a line fits.

use super::{Block, Inline, Item, ListKind, Marks, inlines};

/// All that these blocks say, as one paragraph: a line for each block, items with a bullet, cells with a bar between them.
pub(in crate::rich) fn flattened(blocks: &[Block]) -> Vec<Inline> {
    let mut out = Vec::new();
    for block in blocks {
        flatten(block, &mut out);
    }
    out
}

/// Only the characters of these inlines, for places that have no marks; a mention by its name, a date as a date.
pub(in crate::rich) fn text_of(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text, _) | Inline::Status { text, .. } | Inline::Card(text) => out.push_str(text),
            Inline::Break => out.push('\n'),
            Inline::Mention { name, .. } => out.push_str(name),
            Inline::Date(days) => out.push_str(&crate::day::write(*days).unwrap_or_default()),
            Inline::Emoji { name, text, .. } => out.push_str(if text.is_empty() { name } else { text }),
            Inline::Media(media) => out.push_str(&media.alt),
        }
    }
    out
}

fn flatten(block: &Block, out: &mut Vec<Inline>) {
    match block {
        Block::Paragraph(inlines) => line_of(inlines.clone(), out),
        Block::Heading(_, inlines) => line_of(strong(inlines.clone()), out),
        Block::Code { text, .. } => {
            for line in text.split('\n') {
                line_of(plain(line, Marks::CODE), out);
            }
        }
        Block::Quote(blocks) | Block::Panel(_, blocks) => blocks.iter().for_each(|block| flatten(block, out)),
        Block::Expand { title, blocks } => {
            line_of(plain(title, Marks::STRONG), out);
            blocks.iter().for_each(|block| flatten(block, out));
        }
        Block::List(list) => list.items.iter().for_each(|item| line_of(item_line(list.kind, item), out)),
        Block::Table(rows) => {
            for row in rows {
                line_of(row_line(row), out);
            }
        }
        Block::Media(media) => line_of(inlines::fitted(vec![Inline::Media(media.clone())]), out),
        Block::Card(url) => line_of(vec![Inline::Card(url.clone())], out),
        Block::Rule => {}
    }
}

fn line_of(inlines: Vec<Inline>, out: &mut Vec<Inline>) {
    if !inlines.is_empty() {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        out.extend(inlines);
    }
}

fn item_line(kind: ListKind, item: &Item) -> Vec<Inline> {
    let sign = match kind {
        ListKind::Tasks => task_sign(item),
        _ => "• ",
    };
    let mut line = plain(sign, 0);
    line.extend(flattened(&item.blocks));
    line
}

/// What stands before a task where there are no boxes to tick.
pub(super) fn task_sign(item: &Item) -> &'static str {
    if item.done { "☑ " } else { "☐ " }
}

/// The cells of a row with bars between them.
pub(super) fn row_line(row: &[super::Cell]) -> Vec<Inline> {
    let mut line = Vec::new();
    for cell in row {
        if !line.is_empty() {
            line.extend(plain(" | ", 0));
        }
        line.extend(flattened(&cell.blocks));
    }
    line
}

/// The same, bold.
pub(super) fn strong(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut inlines {
        if let Inline::Text(_, marks) = inline {
            marks.flags |= Marks::STRONG;
        }
    }
    inlines
}

/// One text, or nothing if it is empty.
pub(super) fn plain(text: &str, flags: u8) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned(), Marks::of(flags))] }
}
