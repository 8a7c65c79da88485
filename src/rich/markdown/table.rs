//! Reading tables.

use super::inlines;
use crate::rich::document::{Block, Cell};

/// What a cell begins with that is a heading though it is not in the first row.
pub(super) const HEADER: &str = "{.header}";

/// The cells of a row, as Markdown. A bar after a backslash is a character of its cell, also in program text.
pub(super) fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let mut cells = vec![String::new()];
    for char in line.strip_prefix('|').unwrap_or(line).chars() {
        let Some(cell) = cells.last_mut() else { break };
        if char != '|' {
            cell.push(char);
        } else if cell.ends_with('\\') {
            cell.pop();
            cell.push('|');
        } else {
            cells.push(String::new());
        }
    }
    if cells.len() > 1 && line.ends_with('|') && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// Whether the line is the second of a table with so many columns.
pub(super) fn is_delimiter(line: &str, columns: usize) -> bool {
    let only_signs = line.contains('|') && line.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ' | '\t'));
    only_signs && {
        let cells = cells(line);
        let dashes = |cell: &String| {
            let cell = cell.trim();
            let cell = cell.strip_prefix(':').unwrap_or(cell);
            let cell = cell.strip_suffix(':').unwrap_or(cell);
            !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
        };
        cells.len() == columns && cells.iter().all(dashes)
    }
}

/// The table of these rows. A header that says nothing is none.
pub(super) fn block(rows: &[Vec<String>]) -> Block {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 || row.iter().any(|cell| !cell.trim().is_empty()) {
            out.push(row.iter().map(|text| cell(text.trim(), at == 0)).collect());
        }
    }
    Block::Table(out)
}

fn cell(text: &str, first: bool) -> Cell {
    let marked = text.strip_prefix(HEADER);
    let content = inlines::read(marked.unwrap_or(text).trim());
    Cell { header: first || marked.is_some(), blocks: vec![Block::Paragraph(content)] }
}
