//! Writing blocks.

use super::write_inlines::{Place, write as inlines};
use crate::rich::document::{Block, Cell, Document, Inline, List, ListKind, Marks, Panel, flattened};

/// The document as wiki markup. What Data Center does not have is written as what comes nearest: an expand as a panel, a
/// task as an item with a box, a word in a coloured box as a bold word, a date as its digits.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.blocks, &mut out);
    out.trim_end_matches('\n').to_owned()
}

fn blocks(all: &[Block], out: &mut String) {
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        block(one, out);
    }
}

/// One block, with a line end after it.
fn block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(content) => line(&inlines(content, Place::Paragraph), out),
        Block::Heading(level, content) => {
            let text = inlines(content, Place::Line);
            line(&if text.is_empty() { text } else { format!("h{level}. {text}") }, out);
        }
        Block::Code { language, text } => line(&code(language, text), out),
        Block::Quote(content) => boxed("{quote}", "{quote}", content, out),
        Block::Panel(panel, content) => {
            let color = Panel::ALL.iter().find(|(known, _, _)| known == panel).map_or("", |(_, _, color)| color);
            boxed(&format!("{{panel:bgColor={color}}}"), "{panel}", content, out);
        }
        Block::Expand { title, blocks } => {
            let mut all = Vec::new();
            if !title.is_empty() {
                all.push(Block::Paragraph(vec![Inline::Text(title.clone(), Marks::of(Marks::STRONG))]));
            }
            all.extend(blocks.iter().cloned());
            boxed("{panel:bgColor=#eae6ff}", "{panel}", &all, out);
        }
        Block::List(list) => items(list, "", out),
        Block::Table(rows) => rows.iter().for_each(|cells| row(cells, out)),
        Block::Media(media) => line(&inlines(&[Inline::Media(media.clone())], Place::Paragraph), out),
        Block::Card(url) => line(&inlines(&[Inline::Card(url.clone())], Place::Paragraph), out),
        Block::Rule => line("----", out),
    }
}

fn line(text: &str, out: &mut String) {
    out.push_str(text);
    out.push('\n');
}

fn boxed(begin: &str, end: &str, content: &[Block], out: &mut String) {
    line(begin, out);
    blocks(content, out);
    line(end, out);
}

/// Whether Data Center can be told this language.
pub(super) fn is_language(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || "+#-_.".contains(char))
}

/// Program text. Where it holds the sign of its own end, a blank is put into that.
fn code(language: &str, text: &str) -> String {
    if !is_language(language) && text.contains("{noformat}") && !text.contains("{code}") {
        return format!("{{code}}\n{text}\n{{code}}");
    }
    if !is_language(language) {
        return format!("{{noformat}}\n{}\n{{noformat}}", text.replace("{noformat}", "{ noformat}"));
    }
    format!("{{code:{language}}}\n{}\n{{code}}", text.replace("{code}", "{ code}"))
}

/// The items of a list, each on one line; `above` are the signs of the lists it is in. What an item says below a list of its
/// own is one more item there, because lines cannot go on after a list.
fn items(list: &List, above: &str, out: &mut String) {
    let sign = if matches!(list.kind, ListKind::Numbers(_)) { '#' } else { '*' };
    let signs = format!("{above}{sign}");
    for item in &list.items {
        let tick = match list.kind {
            ListKind::Tasks if item.done => "☑ ",
            ListKind::Tasks => "☐ ",
            _ => "",
        };
        let mut rest = item.blocks.as_slice();
        // The blank stays where nothing follows: without it, the sign would be text.
        line(&format!("{signs} {}", format!("{tick}{}", said(&mut rest)).trim_end()), out);
        while let Some((first, after)) = rest.split_first() {
            if let Block::List(list) = first {
                items(list, &signs, out);
                rest = after;
            } else {
                line(&format!("{signs}* {}", said(&mut rest).trim_end()), out);
            }
        }
    }
}

/// What blocks say up to the next list, on one line. They are taken from the slice.
fn said(blocks: &mut &[Block]) -> String {
    let end = blocks.iter().position(|block| matches!(block, Block::List(_))).unwrap_or(blocks.len());
    let (before, after) = blocks.split_at(end);
    *blocks = after;
    one_line(before)
}

/// Blocks where only a line fits.
fn one_line(blocks: &[Block]) -> String {
    match blocks {
        [Block::Media(media)] => inlines(&[Inline::Media(media.clone())], Place::Line),
        blocks => inlines(&flattened(blocks), Place::Line),
    }
}

fn row(cells: &[Cell], out: &mut String) {
    let mut last = "|";
    for cell in cells {
        last = if cell.header { "||" } else { "|" };
        let text = one_line(&cell.blocks);
        out.push_str(last);
        out.push_str(if text.is_empty() { " " } else { &text });
    }
    line(last, out);
}
