//! Random documents: whatever the model can say, sensible or not.

use crate::random::Random;
use chat_for_jira::rich::document::{Block, Cell, Document, Inline, Item, List, ListKind, Marks, Media, Panel, Source};

/// Texts that look like signs, and some that do not.
const WORDS: [&str; 74] = [
    "word",
    "two words",
    " blank",
    "blank ",
    " ",
    "  ",
    "a",
    "B",
    "ß",
    "日本",
    "😀",
    "é",
    "1",
    "2026",
    "1.",
    "1. ",
    "12) x",
    "-",
    "- ",
    "+ ",
    "* ",
    "*",
    "**",
    "***",
    "_",
    "__",
    "snake_case",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "#",
    "# ",
    "## x",
    "C#",
    ">",
    "> ",
    "|",
    "| a |",
    "---",
    "- - -",
    "===",
    "[",
    "]",
    "[x]",
    "[ ] ",
    "[!NOTE]",
    "[a](b)",
    "![a](https://b.c)",
    "](",
    "]{.sub}",
    "{",
    "}",
    "{.header}",
    "{{",
    "}}",
    "<",
    "<b>",
    "<https://a.b>",
    "&amp;",
    "\\",
    "\\\\",
    "https://a.b/c",
    "http://x",
    "!",
    "!a!",
    ":",
    ":-)",
    "h1. ",
    "bq. ",
    "{quote}",
    "{color:red}",
    "\t",
];

/// A text of some of the words.
pub(crate) fn text(random: &mut Random) -> String {
    (0..=random.below(3)).map(|_| *random.one(&WORDS)).collect()
}

/// The canonical form of a random document. With `simple`, cells are single paragraphs, as Markdown has them.
pub(crate) fn document(random: &mut Random, simple: bool) -> Document {
    let mut maker = Maker { random, simple };
    let blocks = maker.blocks(0);
    Document::fitted(blocks)
}

struct Maker<'a> {
    random: &'a mut Random,
    simple: bool,
}

impl Maker<'_> {
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        (0..=self.random.below(if depth == 0 { 4 } else { 2 })).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: usize) -> Block {
        let kinds = if depth > 2 { 7 } else { 14 };
        match self.random.below(kinds) {
            0..=2 => Block::Paragraph(self.line()),
            3 => Block::Heading(u8::try_from(1 + self.random.below(6)).expect("it fits"), self.line()),
            4 => Block::Code {
                language: (*self.random.one(&["", "rust", "c++", "a`b", "two words"])).to_owned(),
                text: self.code(),
            },
            5 => Block::Rule,
            6 if self.random.once_in(2) => Block::Card("https://a.b/c_d_e".to_owned()),
            6 => Block::Media(self.media()),
            7 => Block::Quote(self.blocks(depth + 1)),
            8 => Block::Panel(self.random.one(&Panel::ALL).0, self.blocks(depth + 1)),
            9 => Block::Expand { title: text(self.random), blocks: self.blocks(depth + 1) },
            10 => self.table(depth),
            _ => self.list(depth),
        }
    }

    fn code(&mut self) -> String {
        let lines: Vec<String> = (0..self.random.below(4)).map(|_| text(self.random)).collect();
        lines.join("\n")
    }

    fn list(&mut self, depth: usize) -> Block {
        let first = u32::try_from(*self.random.one(&[0, 1, 1, 2, 999_999_999])).expect("it fits");
        let kind =
            *self.random.one(&[ListKind::Bullets, ListKind::Numbers(first), ListKind::Tasks, ListKind::Decisions]);
        let items = (0..=self.random.below(3)).map(|_| Item {
            done: self.random.once_in(2),
            blocks: if self.random.once_in(6) { Vec::new() } else { self.blocks(depth + 1) },
        });
        Block::List(List { kind, items: items.collect() })
    }

    fn table(&mut self, depth: usize) -> Block {
        let columns = self.random.below(4);
        let header = self.random.once_in(2);
        let rows = (0..=self.random.below(3)).map(|row| {
            let cells = (0..columns + self.random.below(2)).map(|_| Cell {
                header: header && row == 0 || self.random.once_in(5),
                blocks: match self.random.below(4) {
                    0 => Vec::new(),
                    1 if !self.simple => self.blocks(depth + 1),
                    _ => vec![Block::Paragraph(self.line())],
                },
            });
            cells.collect()
        });
        Block::Table(rows.collect())
    }

    fn line(&mut self) -> Vec<Inline> {
        (0..self.random.below(6)).map(|_| self.inline()).collect()
    }

    fn inline(&mut self) -> Inline {
        match self.random.below(16) {
            0 => Inline::Break,
            1 => Inline::Mention {
                id: (*self.random.one(&["5b10", "557058:f5-a", "a b\"\\<{}", "maria"])).to_owned(),
                name: format!("@{}", text(self.random)),
            },
            2 => Inline::Date(i64::try_from(self.random.below(30_000)).expect("it fits") - 3_000),
            3 => Inline::Status {
                text: text(self.random),
                color: (*self.random.one(&["neutral", "red", "green", "#12abEF", "odd"])).to_owned(),
            },
            4 => {
                let (id, sign) = *self.random.one(&[("1f600", "😀"), ("", ""), ("atlassian-x", ":x:")]);
                Inline::Emoji { name: ":smile:".to_owned(), id: id.to_owned(), text: sign.to_owned() }
            }
            5 => Inline::Card(
                (*self.random.one(&["https://a.b/c*d*", "http://a.b/(c)|d", "javascript:a", "mailto:a@b.c"]))
                    .to_owned(),
            ),
            6 => Inline::Media(self.media()),
            _ => Inline::Text(text(self.random), self.marks()),
        }
    }

    fn media(&mut self) -> Media {
        let source = match self.random.below(3) {
            // Where it is a link, a picture without words would show its address.
            0 => {
                return Media {
                    alt: format!("picture {}", text(self.random)),
                    source: Source::Url("https://a.b/c.png".to_owned()),
                };
            }
            1 => Source::File {
                id: "6e7c-d1".to_owned(),
                collection: (*self.random.one(&["", "jira-1 2", "<x>\\"])).to_owned(),
            },
            _ => Source::File { id: "x/(y)".to_owned(), collection: "c".to_owned() },
        };
        Media { alt: if self.random.once_in(2) { text(self.random) } else { String::new() }, source }
    }

    fn marks(&mut self) -> Marks {
        if self.random.once_in(3) {
            return Marks::default();
        }
        let mut marks = Marks::default();
        for bit in 0..7 {
            marks.flags |= u8::from(self.random.once_in(5)) << bit;
        }
        let color =
            |random: &mut Random| random.once_in(8).then(|| (*random.one(&["#ff5630", "#00AA00", "red"])).to_owned());
        marks.color = color(self.random);
        marks.background = color(self.random);
        let links =
            ["https://a.b/c", "http://x", "https://a.b/(c|d)", "mailto:a@b.c", "javascript:alert(1)", "/relative"];
        marks.link = self.random.once_in(6).then(|| (*self.random.one(&links)).to_owned());
        marks
    }
}
