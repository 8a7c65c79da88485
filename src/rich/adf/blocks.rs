//! Reading what stands on lines of its own.

use super::super::document::{Block, Cell, Item, List, ListKind, Panel, text_of};
use super::{DEEPEST, attribute, children, inlines, kind, texts};
use serde_json::Value;

/// The blocks of a document or of any node that holds blocks.
pub(super) fn of(node: &Value) -> Vec<Block> {
    all(children(node), 0)
}

/// Whether [`one`] knows this node.
pub(super) fn is_known(node: &Value) -> bool {
    const KNOWN: [&str; 24] = [
        "doc",
        "paragraph",
        "heading",
        "codeBlock",
        "blockquote",
        "panel",
        "expand",
        "nestedExpand",
        "bulletList",
        "orderedList",
        "taskList",
        "decisionList",
        "listItem",
        "taskItem",
        "blockTaskItem",
        "decisionItem",
        "table",
        "tableRow",
        "mediaSingle",
        "mediaGroup",
        "blockCard",
        "embedCard",
        "rule",
        "caption",
    ];
    KNOWN.contains(&kind(node))
}

/// The blocks of these nodes. Inlines among them become paragraphs; an unknown node gives what it holds.
fn all(nodes: &[Value], depth: usize) -> Vec<Block> {
    let (mut out, mut line) = (Vec::new(), Vec::new());
    for node in nodes {
        if kind(node) != "media" && inlines::read(node, &mut line) {
            inlines::within(node, depth + 1, &mut line);
            continue;
        }
        if !line.is_empty() {
            out.push(Block::Paragraph(std::mem::take(&mut line)));
        }
        out.extend(one(node, depth));
    }
    out.push(Block::Paragraph(line));
    out
}

/// The blocks that one node stands for.
pub(super) fn one(node: &Value, depth: usize) -> Vec<Block> {
    if depth >= DEEPEST {
        return vec![Block::Paragraph(texts(node))];
    }
    let within = || all(children(node), depth + 1);
    let line = || inlines::of(node, depth + 1);
    let title = || attribute(node, "title").to_owned();
    vec![match kind(node) {
        "paragraph" | "caption" => Block::Paragraph(line()),
        "heading" => Block::Heading(level(node), line()),
        "codeBlock" => Block::Code { language: attribute(node, "language").to_owned(), text: text_of(&line()) },
        "blockquote" => Block::Quote(within()),
        "panel" => Block::Panel(Panel::named(attribute(node, "panelType")).unwrap_or(Panel::Note), within()),
        "expand" | "nestedExpand" => Block::Expand { title: title(), blocks: within() },
        "bulletList" => list(node, ListKind::Bullets, depth),
        "orderedList" => list(node, ListKind::Numbers(first_number(node)), depth),
        "taskList" => list(node, ListKind::Tasks, depth),
        "decisionList" => list(node, ListKind::Decisions, depth),
        "table" => table(node, depth),
        "media" => return with_content(Block::Media(inlines::media(node)), node, depth),
        "blockCard" | "embedCard" => return with_content(Block::Card(inlines::card(node)), node, depth),
        "rule" => return with_content(Block::Rule, node, depth),
        _ => return unknown(node, depth),
    }]
}

/// A block, and what its node holds though it should not.
fn with_content(block: Block, node: &Value, depth: usize) -> Vec<Block> {
    let mut out = vec![block];
    out.extend(all(children(node), depth + 1));
    out
}

/// What an unknown node says, and what it holds.
fn unknown(node: &Value, depth: usize) -> Vec<Block> {
    let mut words = Vec::new();
    inlines::own_words(node, &mut words);
    with_content(Block::Paragraph(words), node, depth)
}

fn level(node: &Value) -> u8 {
    node["attrs"]["level"].as_u64().and_then(|level| u8::try_from(level).ok()).unwrap_or(1)
}

fn first_number(node: &Value) -> u32 {
    let order = &node["attrs"]["order"];
    order.as_u64().map_or(1, |order| u32::try_from(order).unwrap_or(u32::MAX))
}

/// The items of a list. A list directly within a list (as tasks have it) belongs to the item before it.
fn list(node: &Value, kind: ListKind, depth: usize) -> Block {
    let mut items: Vec<Item> = Vec::new();
    for child in children(node) {
        let done = attribute(child, "state") == "DONE";
        let blocks = |item: &Value| all(children(item), depth + 2);
        match (super::kind(child), items.last_mut()) {
            ("listItem" | "taskItem" | "blockTaskItem" | "decisionItem", _) => {
                items.push(Item { done, blocks: blocks(child) });
            }
            (_, Some(last)) => last.blocks.extend(one(child, depth + 1)),
            (_, None) => items.push(Item { done, blocks: one(child, depth + 1) }),
        }
    }
    Block::List(List { kind, items })
}

/// Cells that span several columns or rows are followed by empty ones, so that columns stay columns.
fn table(node: &Value, depth: usize) -> Block {
    let mut rows = Vec::new();
    // How many more rows are covered from above, column by column.
    let mut covered: Vec<u64> = Vec::new();
    for row in children(node) {
        if kind(row) != "tableRow" {
            rows.push(vec![Cell { header: false, blocks: one(row, depth + 1) }]);
            continue;
        }
        let mut cells: Vec<Cell> = Vec::new();
        for cell in children(row) {
            skip_covered(&mut cells, &mut covered);
            let header = kind(cell) == "tableHeader";
            let known = header || kind(cell) == "tableCell";
            let blocks = if known { all(children(cell), depth + 3) } else { one(cell, depth + 3) };
            let (columns, down) = (span(cell, "colspan"), span(cell, "rowspan"));
            cells.push(Cell { header, blocks });
            for _ in 1..columns {
                cells.push(Cell { header, blocks: Vec::new() });
            }
            covered.resize(covered.len().max(cells.len()), 0);
            let from = cells.len().saturating_sub(usize::try_from(columns).unwrap_or(1));
            covered.iter_mut().take(cells.len()).skip(from).for_each(|left| *left = down - 1);
        }
        skip_covered(&mut cells, &mut covered);
        rows.push(cells);
    }
    Block::Table(rows)
}

fn skip_covered(cells: &mut Vec<Cell>, covered: &mut [u64]) {
    while let Some(left) = covered.get_mut(cells.len()).filter(|left| **left > 0) {
        *left -= 1;
        cells.push(Cell::default());
    }
}

/// How many columns or rows a cell covers; tables are smaller than the numbers that a hostile one names.
fn span(cell: &Value, name: &str) -> u64 {
    cell["attrs"][name].as_u64().unwrap_or(1).clamp(1, 50)
}
