//! The model that all forms of rich text share: what Jira's editor can make, and no more.
//!
//! Every reader hands over a document in one canonical form ([`Document::fitted`]): nothing stands where Jira would refuse it,
//! nothing is empty, and neighbours that mean the same are one. So writers need not think, and two documents that look the
//! same are equal.

mod fit;
mod flat;
mod inlines;

pub(super) use flat::{flattened, text_of};
pub(super) use inlines::{address, clean, is_color};

use serde::Serialize;

/// How deep lists, and the boxes around them, may stand in each other. What is deeper is kept as text.
pub const MAX_DEPTH: usize = 24;

/// A rich text, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Document {
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A part of a document with lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Inline>),
    /// Program text, as it is.
    Code {
        /// The name of its language; may be empty.
        language: String,
        /// Its lines, without a line end after the last.
        text: String,
    },
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// A coloured box.
    Panel(Panel, Vec<Block>),
    /// A box that opens and closes.
    Expand {
        /// What stands on it while it is closed; may be empty.
        title: String,
        /// What it shows.
        blocks: Vec<Block>,
    },
    /// Items, one below the other.
    List(List),
    /// Rows of cells; all rows are equally long.
    Table(Vec<Vec<Cell>>),
    /// A picture or a file, on a line of its own.
    Media(Media),
    /// An address that Jira shows as a card with what it found there.
    Card(String),
    /// A line across.
    Rule,
}

/// The kinds of panels that Jira has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(missing_docs, reason = "the names are Jira's own and say what there is to say")]
pub enum Panel {
    Info,
    Note,
    Tip,
    Success,
    Warning,
    Error,
}

impl Panel {
    /// All kinds with the names that Jira gives them and the background they have.
    pub const ALL: [(Panel, &'static str, &'static str); 6] = [
        (Panel::Info, "info", "#deebff"),
        (Panel::Note, "note", "#eae6ff"),
        (Panel::Tip, "tip", "#f4f5f7"),
        (Panel::Success, "success", "#e3fcef"),
        (Panel::Warning, "warning", "#fffae6"),
        (Panel::Error, "error", "#ffebe6"),
    ];

    /// The kind of this name, in whatever case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name)).map(|(panel, _, _)| *panel)
    }

    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(panel, _, _)| *panel == self).map_or("info", |(_, name, _)| name)
    }
}

/// A list of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct List {
    /// What stands before its items.
    pub kind: ListKind,
    /// Its items; there is at least one.
    pub items: Vec<Item>,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ListKind {
    /// Bullets.
    Bullets,
    /// Numbers; the first one.
    Numbers(u32),
    /// A box to tick. An item is one paragraph, then perhaps a list of tasks below it.
    Tasks,
    /// The sign for a decision. An item is one paragraph.
    Decisions,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Item {
    /// Whether the task is done; false in all other lists.
    pub done: bool,
    /// What it says; may be nothing.
    pub blocks: Vec<Block>,
}

/// A cell of a table. Cells that spanned several columns or rows are followed by empty ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Cell {
    /// Whether it is a heading of its column or row.
    pub header: bool,
    /// What it says; may be nothing.
    pub blocks: Vec<Block>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Inline {
    /// Some text of one look. No line ends; not empty.
    Text(String, Marks),
    /// A new line within the paragraph.
    Break,
    /// A person.
    Mention {
        /// The person's account id (Cloud) or name (Data Center).
        id: String,
        /// How the text names the person, such as `@Maria`.
        name: String,
    },
    /// A day, counted from 1970-01-01.
    Date(i64),
    /// A word in a coloured box.
    Status {
        /// The word; not empty.
        text: String,
        /// `neutral`, `purple`, `blue`, `red`, `yellow`, `green` or `#rrggbb`.
        color: String,
    },
    /// A small picture.
    Emoji {
        /// Its name between colons; not empty.
        name: String,
        /// Jira's number for it; may be empty.
        id: String,
        /// The characters that stand for it; may be empty.
        text: String,
    },
    /// An address that Jira shows by the title of what it found there.
    Card(String),
    /// A file within the line.
    Media(Media),
}

/// How a text looks, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Marks {
    /// A sum of [`Marks::STRONG`] and the others.
    pub flags: u8,
    /// The colour of the letters, as `#rrggbb`.
    pub color: Option<String>,
    /// The colour behind them, as `#rrggbb`.
    pub background: Option<String>,
    /// Where it leads: an address of `http`, `https` or `mailto`.
    pub link: Option<String>,
}

impl Marks {
    /// Bold.
    pub const STRONG: u8 = 1;
    /// Slanted.
    pub const EM: u8 = 2;
    /// Crossed out.
    pub const STRIKE: u8 = 4;
    /// Program text. Goes with a link, and with nothing else.
    pub const CODE: u8 = 8;
    /// Underlined.
    pub const UNDERLINE: u8 = 16;
    /// Small and low.
    pub const SUB: u8 = 32;
    /// Small and high. Not together with [`Marks::SUB`].
    pub const SUP: u8 = 64;

    /// Marks of these flags alone.
    pub fn of(flags: u8) -> Self {
        Self { flags, ..Self::default() }
    }

    /// Whether all of these flags are set.
    pub fn has(&self, flags: u8) -> bool {
        self.flags & flags == flags
    }
}

/// A picture or another file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Media {
    /// What it shows, in words; may be empty.
    pub alt: String,
    /// Where it is.
    pub source: Source,
}

/// Where a picture or another file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Source {
    /// At an address of `http` or `https`.
    Url(String),
    /// In Atlassian's store of files.
    File {
        /// Its id there.
        id: String,
        /// The collection it is in; may be empty.
        collection: String,
    },
    /// Among the attachments of the issue, by its name (wiki markup of Data Center).
    Attachment(String),
}

impl Document {
    /// The document of these blocks in its canonical form.
    pub fn fitted(blocks: Vec<Block>) -> Self {
        Self { blocks: fit::blocks(blocks) }
    }
}
