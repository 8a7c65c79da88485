//! Writing blocks.

use super::table::HEADER;
use super::write_inlines::{Place, write as inlines};
use crate::rich::document::{Block, Cell, Document, Inline, Item, List, ListKind, Marks, flattened};

/// The document as Markdown, without a line end after the last line.
pub fn write(document: &Document) -> String {
    let mut out = Writer { out: String::new(), prefix: String::new(), begun: false };
    out.blocks(&document.blocks, '*');
    out.out
}

/// The text so far.
struct Writer {
    out: String,
    /// What each further line begins with.
    prefix: String,
    /// Whether the last line has only the signs of the boxes it is in.
    begun: bool,
}

impl Writer {
    /// Goes to a line that nothing stands on yet.
    fn new_line(&mut self) {
        if !self.begun && !self.out.is_empty() {
            self.out.push('\n');
            self.out.push_str(&self.prefix);
        }
        self.begun = false;
    }

    /// An empty line, if there is anything above it.
    fn gap(&mut self) {
        if !self.begun && !self.out.is_empty() {
            self.out.push('\n');
            self.out.push_str(self.prefix.trim_end());
        }
    }

    fn line(&mut self, text: &str) {
        self.new_line();
        self.out.push_str(text);
    }

    /// Blocks in a box. `above`: the sign of the list they are in, which lists among them do not use.
    fn blocks(&mut self, blocks: &[Block], above: char) {
        let mut last_sign = above;
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| blocks.get(at));
            if let Block::List(list) = block {
                let follows_list = matches!(before, Some(Block::List(_)));
                last_sign = other(if follows_list { last_sign } else { above });
                if before.is_some() && !(matches!(before, Some(Block::Paragraph(_))) && ends_paragraph(list)) {
                    self.gap();
                }
                self.list(list, last_sign);
            } else {
                if before.is_some() {
                    self.gap();
                }
                self.block(block);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.paragraph(&inlines(content, Place::Paragraph)),
            Block::Heading(level, content) => {
                let signs = "#".repeat(usize::from(*level));
                self.line(&format!("{signs} {}", inlines(content, Place::Line)));
            }
            Block::Code { language, text } => self.code(language, text),
            Block::Quote(blocks) => self.boxed("", blocks),
            Block::Panel(panel, blocks) => self.boxed(&format!("[!{}]", panel.name().to_uppercase()), blocks),
            Block::Expand { title, blocks } => {
                let title = inlines(&[Inline::Text(title.clone(), Marks::default())], Place::Line);
                self.boxed(format!("[!EXPAND] {title}").trim_end(), blocks);
            }
            Block::List(list) => self.list(list, '-'),
            Block::Table(rows) => self.table(rows),
            Block::Media(media) => self.line(&inlines(&[Inline::Media(media.clone())], Place::Paragraph)),
            Block::Card(url) => self.line(&format!("<{url}>{{.card}}")),
            Block::Rule => self.line("---"),
        }
    }

    fn paragraph(&mut self, text: &str) {
        for line in text.split('\n') {
            self.line(line);
        }
    }

    fn code(&mut self, language: &str, text: &str) {
        let mut longest = 2;
        let mut run = 0;
        for char in text.chars() {
            run = if char == '`' { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        let fence = "`".repeat(longest + 1);
        self.line(&format!("{fence}{}", language.replace('\\', "\\\\")));
        if !text.is_empty() {
            for line in text.split('\n') {
                if line.is_empty() {
                    self.gap();
                } else {
                    self.line(line);
                }
            }
        }
        self.line(&fence);
    }

    fn boxed(&mut self, label: &str, blocks: &[Block]) {
        self.new_line();
        let outside = self.prefix.len();
        self.out.push_str("> ");
        self.prefix.push_str("> ");
        self.begun = true;
        if !label.is_empty() {
            self.line(label);
            if !matches!(blocks.first(), None | Some(Block::Paragraph(_))) {
                self.gap();
            }
        }
        self.blocks(blocks, '*');
        self.prefix.truncate(outside);
    }

    fn list(&mut self, list: &List, sign: char) {
        for (at, item) in list.items.iter().enumerate() {
            let marker = match list.kind {
                ListKind::Numbers(first) => {
                    let end = if sign == '-' { '.' } else { ')' };
                    format!("{}{end} ", u64::from(first) + u64::try_from(at).unwrap_or_default())
                }
                _ => format!("{sign} "),
            };
            self.item(list.kind, item, sign, &marker);
        }
    }

    fn item(&mut self, kind: ListKind, item: &Item, sign: char, marker: &str) {
        self.new_line();
        let outside = self.prefix.len();
        self.out.push_str(marker);
        self.prefix.push_str(&" ".repeat(marker.len()));
        self.begun = true;
        let tick = match kind {
            ListKind::Tasks if item.done => "[x] ",
            ListKind::Tasks => "[ ] ",
            ListKind::Decisions => "[!] ",
            _ => "",
        };
        self.out.push_str(tick);
        if !tick.is_empty() && !matches!(item.blocks.first(), Some(Block::Paragraph(_))) {
            self.begun = false;
            self.trim();
        }
        self.blocks(&item.blocks, sign);
        if self.begun {
            self.begun = false;
            self.trim();
        }
        self.prefix.truncate(outside);
    }

    fn trim(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
    }

    /// A table begins with its header; one without has an empty one.
    fn table(&mut self, rows: &[Vec<Cell>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let says = |cell: &Cell| !cell.blocks.is_empty();
        let first = rows.first().filter(|row| row.iter().all(|cell| cell.header) && row.iter().any(says));
        let mut header: Vec<String> = first.into_iter().flatten().map(|cell| content(cell, true)).collect();
        header.resize(columns, String::new());
        self.row(&header);
        self.row(&vec!["---".to_owned(); columns]);
        for row in rows.iter().skip(usize::from(first.is_some())) {
            let cells: Vec<String> = row.iter().map(|cell| content(cell, false)).collect();
            self.row(&cells);
        }
    }

    fn row(&mut self, cells: &[String]) {
        let mut line = String::from("|");
        for cell in cells {
            line.push(' ');
            line.push_str(cell);
            if !cell.is_empty() {
                line.push(' ');
            }
            line.push('|');
        }
        self.line(&line);
    }
}

/// The sign that a list has when another already has this one.
fn other(sign: char) -> char {
    if sign == '-' { '*' } else { '-' }
}

/// Whether a list is taken for one directly below a paragraph.
fn ends_paragraph(list: &List) -> bool {
    let says = list.items.first().is_some_and(|item| !item.blocks.is_empty());
    match list.kind {
        ListKind::Numbers(first) => first == 1 && says,
        ListKind::Bullets => says,
        ListKind::Tasks | ListKind::Decisions => true,
    }
}

/// A cell as Markdown. Its blocks become lines.
fn content(cell: &Cell, first: bool) -> String {
    let line = match cell.blocks.as_slice() {
        [Block::Media(media)] => vec![Inline::Media(media.clone())],
        blocks => flattened(blocks),
    };
    let mut text = inlines(&line, Place::Line).replace('|', "\\|");
    if cell.header && !first {
        text = format!("{HEADER} {text}").trim_end().to_owned();
    }
    text
}
