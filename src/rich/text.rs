//! Rich text as plain text.

use super::document::{Block, Document, Item, List, ListKind, flattened, text_of};

/// The plain text of a document. Blocks are lines, list items begin with a bullet, a number or a box, cells have a blank
/// between them; a picture is named by its alternative text.
pub fn write(document: &Document) -> String {
    let mut writer = Writer { out: String::new(), begun: true };
    writer.blocks(&document.blocks);
    writer.out.trim().to_owned()
}

/// The text so far, and whether its last line has only a sign, so that the next block continues it.
struct Writer {
    out: String,
    begun: bool,
}

impl Writer {
    fn line(&mut self, text: &str) {
        if !self.begun {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.begun = false;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Heading(_, inlines) => self.line(&text_of(inlines)),
                Block::Code { text, .. } => self.line(text),
                Block::Quote(blocks) | Block::Panel(_, blocks) => self.blocks(blocks),
                Block::Expand { title, blocks } => {
                    self.line(title);
                    self.blocks(blocks);
                }
                Block::List(list) => self.items(list),
                Block::Table(rows) => {
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| text_of(&flattened(&cell.blocks))).collect();
                        self.line(cells.join(" ").trim_end());
                    }
                }
                Block::Media(media) => self.line(&media.alt),
                Block::Card(url) => self.line(url),
                Block::Rule => self.line("———"),
            }
        }
    }

    fn items(&mut self, list: &List) {
        for (at, item) in list.items.iter().enumerate() {
            self.line(&sign(list.kind, at, item));
            self.begun = true;
            self.blocks(&item.blocks);
            self.begun = false;
        }
    }
}

fn sign(kind: ListKind, at: usize, item: &Item) -> String {
    match kind {
        ListKind::Numbers(first) => format!("{}. ", u64::from(first) + u64::try_from(at).unwrap_or_default()),
        ListKind::Tasks if item.done => "☑ ".to_owned(),
        ListKind::Tasks => "☐ ".to_owned(),
        ListKind::Bullets | ListKind::Decisions => "• ".to_owned(),
    }
}
