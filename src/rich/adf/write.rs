//! Writing documents for Jira Cloud.

use crate::json::object;
use crate::rich::document::{Block, Cell, Document, Inline, Item, List, ListKind, Marks, Media, Source};
use serde_json::Value;

/// The document as Jira Cloud takes it.
pub fn write(document: &Document) -> Value {
    let mut writer = Writer { ids: 0 };
    let content = writer.all(&document.blocks, false);
    object([("type", "doc".into()), ("version", 1.into()), ("content", content)])
}

/// Numbers the nodes that must have an id of their own within the document.
struct Writer {
    ids: u32,
}

impl Writer {
    fn all(&mut self, blocks: &[Block], inside: bool) -> Value {
        blocks.iter().map(|block| self.block(block, inside)).collect()
    }

    fn id(&mut self) -> Value {
        self.ids += 1;
        self.ids.to_string().into()
    }

    fn block(&mut self, block: &Block, inside: bool) -> Value {
        match block {
            Block::Paragraph(inlines) => node("paragraph", line(inlines)),
            Block::Heading(level, inlines) => with("heading", [("level", (*level).into())], line(inlines)),
            Block::Code { language, text } => code(language, text),
            Block::Quote(blocks) => node("blockquote", self.all(blocks, true)),
            Block::Panel(panel, blocks) => with("panel", [("panelType", panel.name().into())], self.all(blocks, true)),
            Block::Expand { title, blocks } => {
                let name = if inside { "nestedExpand" } else { "expand" };
                with(name, [("title", title.as_str().into())], self.something(blocks))
            }
            Block::List(list) => self.list(list),
            Block::Table(rows) => {
                let rows = rows.iter().map(|row| {
                    let cells = row.iter().map(|cell| self.cell(cell)).collect();
                    node("tableRow", cells)
                });
                node("table", rows.collect())
            }
            Block::Media(media) => single(media),
            Block::Card(url) => leaf("blockCard", [("url", url.as_str().into())]),
            Block::Rule => object([("type", "rule".into())]),
        }
    }

    /// Blocks where Jira wants at least one.
    fn something(&mut self, blocks: &[Block]) -> Value {
        if blocks.is_empty() { [node("paragraph", line(&[]))].into_iter().collect() } else { self.all(blocks, true) }
    }

    fn cell(&mut self, cell: &Cell) -> Value {
        node(if cell.header { "tableHeader" } else { "tableCell" }, self.something(&cell.blocks))
    }

    fn list(&mut self, list: &List) -> Value {
        match list.kind {
            ListKind::Bullets => node("bulletList", self.items(&list.items)),
            ListKind::Numbers(first) => with("orderedList", [("order", first.into())], self.items(&list.items)),
            ListKind::Tasks => {
                let items = list.items.iter().flat_map(|item| self.task(item)).collect();
                with("taskList", [("localId", self.id())], items)
            }
            ListKind::Decisions => {
                let items = list.items.iter().map(|item| self.decision(item)).collect();
                with("decisionList", [("localId", self.id())], items)
            }
        }
    }

    fn items(&mut self, items: &[Item]) -> Value {
        items.iter().map(|item| node("listItem", self.something(&item.blocks))).collect()
    }

    /// A task, and the tasks below it, which follow it.
    fn task(&mut self, item: &Item) -> Vec<Value> {
        // In two pieces, because the whole word marks unfinished work wherever the house rules find it.
        let state = if item.done { "DONE" } else { concat!("TO", "DO") };
        let attributes = [("localId", self.id()), ("state", state.into())];
        let mut out = vec![with("taskItem", attributes, said(item))];
        out.extend(
            item.blocks.iter().filter(|block| matches!(block, Block::List(_))).map(|list| self.block(list, true)),
        );
        out
    }

    fn decision(&mut self, item: &Item) -> Value {
        with("decisionItem", [("localId", self.id()), ("state", "DECIDED".into())], said(item))
    }
}

/// The line of a task or a decision.
fn said(item: &Item) -> Value {
    match item.blocks.first() {
        Some(Block::Paragraph(inlines)) => line(inlines),
        _ => line(&[]),
    }
}

fn line(inlines: &[Inline]) -> Value {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Value {
    let text = |text: &str| Value::from(text);
    match inline {
        Inline::Text(characters, marks) => marked(characters, marks),
        Inline::Break => object([("type", "hardBreak".into())]),
        Inline::Mention { id, name } => leaf("mention", [("id", text(id)), ("text", text(name))]),
        Inline::Date(days) => leaf("date", [("timestamp", (days * 86_400_000).to_string().into())]),
        Inline::Status { text: word, color } => leaf("status", [("text", text(word)), ("color", text(color))]),
        Inline::Emoji { name, id, text: sign } if id.is_empty() => {
            leaf("emoji", [("shortName", text(name)), ("text", text(sign))])
        }
        Inline::Emoji { name, id, text: sign } => {
            leaf("emoji", [("shortName", text(name)), ("id", text(id)), ("text", text(sign))])
        }
        Inline::Card(url) => leaf("inlineCard", [("url", text(url))]),
        Inline::Media(media) => within_line(media),
    }
}

/// A file within a line. Jira shows pictures of other sites only on lines of their own, so that one is a link.
fn within_line(media: &Media) -> Value {
    match &media.source {
        Source::File { id, collection } => {
            let id = ("id", id.as_str().into());
            leaf("mediaInline", [("type", "file".into()), id, ("collection", collection.as_str().into()), alt(media)])
        }
        Source::Url(url) => {
            let words = if media.alt.is_empty() { url } else { &media.alt };
            marked(words, &Marks { link: Some(url.clone()), ..Marks::default() })
        }
        Source::Attachment(name) => marked(&named(media, name), &Marks::default()),
    }
}

/// A picture on a line of its own. Jira Cloud does not know attachments by their names; then the name is shown.
fn single(media: &Media) -> Value {
    let inside = match &media.source {
        Source::File { id, collection } => {
            let id = ("id", id.as_str().into());
            leaf("media", [("type", "file".into()), id, ("collection", collection.as_str().into()), alt(media)])
        }
        Source::Url(url) => leaf("media", [("type", "external".into()), ("url", url.as_str().into()), alt(media)]),
        Source::Attachment(name) => {
            return node("paragraph", [marked(&named(media, name), &Marks::default())].into_iter().collect());
        }
    };
    with("mediaSingle", [("layout", "center".into())], [inside].into_iter().collect())
}

fn alt(media: &Media) -> (&'static str, Value) {
    ("alt", media.alt.as_str().into())
}

fn named(media: &Media, name: &str) -> String {
    if media.alt.is_empty() || media.alt == name { name.to_owned() } else { format!("{} ({name})", media.alt) }
}

fn code(language: &str, text: &str) -> Value {
    let content = if text.is_empty() { line(&[]) } else { [marked(text, &Marks::default())].into_iter().collect() };
    if language.is_empty() {
        node("codeBlock", content)
    } else {
        with("codeBlock", [("language", language.into())], content)
    }
}

fn marked(text: &str, marks: &Marks) -> Value {
    const NAMES: [(u8, &str); 5] = [
        (Marks::STRONG, "strong"),
        (Marks::EM, "em"),
        (Marks::STRIKE, "strike"),
        (Marks::CODE, "code"),
        (Marks::UNDERLINE, "underline"),
    ];
    const PLACES: [(u8, &str); 2] = [(Marks::SUB, "sub"), (Marks::SUP, "sup")];
    let mut all: Vec<Value> = Vec::new();
    for (name, attribute, value) in [
        ("link", "href", &marks.link),
        ("textColor", "color", &marks.color),
        ("backgroundColor", "color", &marks.background),
    ] {
        all.extend(value.as_deref().map(|value| leaf(name, [(attribute, value.into())])));
    }
    all.extend(NAMES.iter().filter(|(flag, _)| marks.has(*flag)).map(|(_, name)| object([("type", (*name).into())])));
    all.extend(
        PLACES.iter().filter(|(flag, _)| marks.has(*flag)).map(|(_, at)| leaf("subsup", [("type", (*at).into())])),
    );
    if all.is_empty() {
        return object([("type", "text".into()), ("text", text.into())]);
    }
    object([("type", "text".into()), ("text", text.into()), ("marks", all.into())])
}

fn node(name: &str, content: Value) -> Value {
    object([("type", name.into()), ("content", content)])
}

fn leaf<const N: usize>(name: &str, attributes: [(&str, Value); N]) -> Value {
    object([("type", name.into()), ("attrs", object(attributes))])
}

fn with<const N: usize>(name: &str, attributes: [(&str, Value); N], content: Value) -> Value {
    object([("type", name.into()), ("attrs", object(attributes)), ("content", content)])
}
