//! The canonical form of blocks: where Jira refuses a block, what it says stands there in a form that Jira takes.
//!
//! The rules are those of `@atlaskit/adf-schema`, written down once in [`takes`].

use super::flat::{flattened, plain, row_line, strong, task_sign};
use super::{Block, Cell, Inline, Item, List, ListKind, MAX_DEPTH, inlines};

/// Where blocks can stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Top,
    Quote,
    Panel,
    Item,
    Cell,
    Expand,
    Nested,
}

const TOP: u8 = 1;
const PANEL: u8 = 2;
const ITEM: u8 = 4;
const CELL: u8 = 8;
const EXPAND: u8 = 16;
const NESTED: u8 = 32;

/// Whether Jira accepts a block there. Paragraphs, code, media, bullets and numbers can stand everywhere.
fn takes(place: Place, block: &Block) -> bool {
    let places = match block {
        Block::Heading(..) | Block::Rule => TOP | PANEL | CELL | EXPAND | NESTED,
        Block::Quote(_) | Block::Panel(..) => TOP | CELL | EXPAND | NESTED,
        Block::Expand { .. } => TOP | CELL | EXPAND,
        Block::Table(_) => TOP | EXPAND,
        Block::Card(_) => TOP | PANEL | CELL | EXPAND,
        Block::List(List { kind: ListKind::Tasks, .. }) => TOP | PANEL | ITEM | CELL | EXPAND | NESTED,
        Block::List(List { kind: ListKind::Decisions, .. }) => TOP | PANEL | CELL | EXPAND | NESTED,
        _ => return true,
    };
    let bit = match place {
        Place::Top => TOP,
        Place::Quote => 0,
        Place::Panel => PANEL,
        Place::Item => ITEM,
        Place::Cell => CELL,
        Place::Expand => EXPAND,
        Place::Nested => NESTED,
    };
    places & bit != 0
}

/// The canonical form of a whole document.
pub(super) fn blocks(blocks: Vec<Block>) -> Vec<Block> {
    fit_all(blocks, Place::Top, 0)
}

fn fit_all(blocks: Vec<Block>, place: Place, depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    for block in blocks {
        fit(block, place, depth, &mut out);
    }
    out
}

// Long because every arm has the same shape and stands for one kind of block.
fn fit(block: Block, place: Place, depth: usize, out: &mut Vec<Block>) {
    if depth >= MAX_DEPTH && is_box(&block) {
        return paragraph(flattened(&[block]), out);
    }
    if !takes(place, &block) {
        for simpler in simplified(block) {
            fit(simpler, place, depth, out);
        }
        return;
    }
    let within = |blocks: Vec<Block>, place: Place| fit_all(blocks, place, depth + 1);
    match block {
        Block::Paragraph(inlines) => paragraph(inlines, out),
        Block::Heading(level, inlines) => {
            let inlines = inlines::fitted(inlines);
            if !inlines.is_empty() {
                out.push(Block::Heading(level.clamp(1, 6), inlines));
            }
        }
        Block::Code { language, text } => out.push(code(&language, &text)),
        Block::Quote(blocks) => boxed(within(blocks, Place::Quote), Block::Quote, out),
        Block::Panel(panel, blocks) => {
            boxed(within(blocks, Place::Panel), |blocks| Block::Panel(panel, blocks), out);
        }
        Block::Expand { title, blocks } => {
            let title = inlines::line(&title);
            let blocks = within(blocks, if place == Place::Top { Place::Expand } else { Place::Nested });
            if !(title.is_empty() && blocks.is_empty()) {
                out.push(Block::Expand { title, blocks });
            }
        }
        Block::List(list) => fit_list(list, depth, out),
        Block::Table(rows) => fit_table(rows, depth, out),
        Block::Media(media) => match inlines::fitted_media(media) {
            Ok(media) => out.push(Block::Media(media)),
            Err(text) => paragraph(plain(&text, 0), out),
        },
        Block::Card(url) => match inlines::address(&url) {
            Some(url) => out.push(Block::Card(url)),
            None => paragraph(plain(&url, 0), out),
        },
        Block::Rule => out.push(Block::Rule),
    }
}

fn is_box(block: &Block) -> bool {
    !matches!(block, Block::Paragraph(_) | Block::Heading(..) | Block::Code { .. } | Block::Media(_) | Block::Rule)
}

/// A box that is empty is no box.
fn boxed(blocks: Vec<Block>, make: impl FnOnce(Vec<Block>) -> Block, out: &mut Vec<Block>) {
    if !blocks.is_empty() {
        out.push(make(blocks));
    }
}

/// A paragraph that is nothing but a picture is the picture.
fn paragraph(content: Vec<Inline>, out: &mut Vec<Block>) {
    if let [Inline::Media(media)] = content.as_slice()
        && let Ok(media) = inlines::fitted_media(media.clone())
    {
        return out.push(Block::Media(media));
    }
    let mut content = inlines::fitted(content);
    match (content.pop(), content.is_empty()) {
        (None, _) => {}
        (Some(Inline::Media(media)), true) => out.push(Block::Media(media)),
        (Some(last), _) => {
            content.push(last);
            out.push(Block::Paragraph(content));
        }
    }
}

fn code(language: &str, text: &str) -> Block {
    let language = inlines::line(&language.replace(['`', '~'], ""));
    Block::Code { language, text: inlines::clean(text) }
}

/// What a block says where it cannot stand itself.
fn simplified(block: Block) -> Vec<Block> {
    match block {
        Block::Heading(_, inlines) => vec![Block::Paragraph(strong(inlines))],
        Block::Quote(blocks) | Block::Panel(_, blocks) => blocks,
        Block::Expand { title, mut blocks } => {
            blocks.insert(0, Block::Paragraph(plain(&title, super::Marks::STRONG)));
            blocks
        }
        Block::Table(rows) => rows.iter().map(|row| Block::Paragraph(row_line(row))).collect(),
        Block::Card(url) => vec![Block::Paragraph(vec![Inline::Card(url)])],
        Block::List(list) => {
            let items = list.items.into_iter().map(|item| bullet(list.kind, item)).collect();
            vec![Block::List(List { kind: ListKind::Bullets, items })]
        }
        _ => Vec::new(),
    }
}

fn bullet(kind: ListKind, mut item: Item) -> Item {
    if kind == ListKind::Tasks {
        let mut line = plain(task_sign(&item), 0);
        match item.blocks.first_mut() {
            Some(Block::Paragraph(inlines)) => {
                line.append(inlines);
                *inlines = line;
            }
            _ => item.blocks.insert(0, Block::Paragraph(line)),
        }
    }
    Item { done: false, ..item }
}

fn fit_list(list: List, depth: usize, out: &mut Vec<Block>) {
    /// The largest first number, so that no later one has more than nine digits.
    const LARGEST: u32 = 900_000_000;
    let kind = match list.kind {
        ListKind::Numbers(first) => ListKind::Numbers(first.min(LARGEST)),
        other => other,
    };
    let items: Vec<Item> = list.items.into_iter().map(|item| fit_item(kind, item, depth)).collect();
    if !items.is_empty() {
        out.push(Block::List(List { kind, items }));
    }
}

fn fit_item(kind: ListKind, item: Item, depth: usize) -> Item {
    if !matches!(kind, ListKind::Tasks | ListKind::Decisions) {
        return Item { done: false, blocks: fit_all(item.blocks, Place::Item, depth + 1) };
    }
    let (mut below, mut said) = (Vec::new(), Vec::new());
    for block in item.blocks {
        match block {
            Block::List(List { kind: ListKind::Tasks, items }) if kind == ListKind::Tasks => below.extend(items),
            // What follows the tasks below would go above them, so they become lines too.
            other => {
                if !below.is_empty() {
                    said.push(Block::List(List { kind, items: std::mem::take(&mut below) }));
                }
                said.push(other);
            }
        }
    }
    let mut blocks = Vec::new();
    let said = inlines::fitted(flattened(&said));
    if !said.is_empty() {
        blocks.push(Block::Paragraph(said));
    }
    if !below.is_empty() {
        fit(Block::List(List { kind, items: below }), Place::Item, depth + 1, &mut blocks);
    }
    if depth + 1 >= MAX_DEPTH && blocks.len() > 1 {
        blocks = vec![Block::Paragraph(inlines::fitted(flattened(&blocks)))];
    }
    Item { done: item.done && kind == ListKind::Tasks, blocks }
}

/// Rows get equally long, but for tables so large and so ragged that the filling would outweigh what they say.
fn fit_table(rows: Vec<Vec<Cell>>, depth: usize, out: &mut Vec<Block>) {
    const MOST_CELLS: usize = 10_000;
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    if columns == 0 {
        return;
    }
    let fill = columns.saturating_mul(rows.len()) <= MOST_CELLS;
    let whole = |mut row: Vec<Cell>| {
        let header = !row.is_empty() && row.iter().all(|cell| cell.header);
        if fill {
            row.resize(columns, Cell { header, blocks: Vec::new() });
        }
        let fit_cell = |cell: Cell| Cell { blocks: fit_all(cell.blocks, Place::Cell, depth + 1), ..cell };
        row.into_iter().map(fit_cell).collect::<Vec<_>>()
    };
    let rows = rows.into_iter().map(whole).filter(|row| !row.is_empty()).collect();
    out.push(Block::Table(rows));
}
