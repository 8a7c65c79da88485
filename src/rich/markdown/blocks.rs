//! Reading blocks: line by line, with a stack of the boxes that are open (the way of the CommonMark specification, appendix
//! "A parsing strategy").

use super::leaf::{self, Leaf, Opening, Sign};
use super::rest::Rest;
use super::{inlines, table};
use crate::rich::document::{Block, Document, Item, Panel, clean};
use std::borrow::Cow;

/// How many boxes may be open at once; further signs are text. Twice what a document can have, because a list opens two.
const MOST_OPEN: usize = 80;

/// The document that a text stands for. Every text is one; what is no Markdown is its own text.
pub fn read(text: &str) -> Document {
    let text = clean(text);
    let mut reader = Reader { open: vec![Frame::new(Kind::Document)], leaf: Leaf::None };
    // A line end at the end of the text begins no further line.
    for line in text.strip_suffix('\n').unwrap_or(&text).split('\n') {
        reader.line(line);
    }
    reader.close_to(1);
    reader.close_leaf();
    Document::fitted(reader.open.pop().map(|frame| frame.blocks).unwrap_or_default())
}

/// A box that holds blocks.
enum Kind {
    Document,
    Quote,
    /// A list whose items begin with this sign (`-`, `*`, `+`, or `.` and `)` after a number).
    List(char, u32),
    /// An item; how far its lines are indented.
    Item(usize),
}

/// An open box and what is known of it.
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    items: Vec<(Option<Sign>, Item)>,
    /// What the first line of a quote makes of it.
    label: Option<(Option<Panel>, String)>,
    /// The box of a task.
    sign: Option<Sign>,
    /// Whether nothing has come yet.
    fresh: bool,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), items: Vec::new(), label: None, sign: None, fresh: true }
    }
}

struct Reader {
    open: Vec<Frame>,
    leaf: Leaf,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let mut rest = Rest { text: Cow::Borrowed(line), column: 0 };
        let mut matched = self.continued(&mut rest);
        let all = matched == self.open.len();
        if all && self.leaf.takes_line(&rest.text) {
            return;
        }
        if all && matches!(self.leaf, Leaf::Fence(_)) {
            return self.close_leaf();
        }
        let mut opened = false;
        while rest.indent() < 4 && !rest.is_blank() {
            if !self.start(&mut rest, matched) {
                break;
            }
            if self.leaf.is_closed() {
                self.leaf = Leaf::None;
                return;
            }
            if matches!(self.leaf, Leaf::Fence(_)) {
                return;
            }
            (opened, matched) = (true, self.open.len());
        }
        if rest.is_blank() {
            return self.blank(matched, opened);
        }
        let lazy = !all && !opened && matches!(self.leaf, Leaf::Paragraph(_));
        if !lazy {
            self.close_for_block(matched);
        }
        self.text(rest.text.trim_start_matches([' ', '\t']), lazy);
    }

    /// How many of the open boxes the line continues; their signs are taken from it.
    fn continued(&self, rest: &mut Rest<'_>) -> usize {
        for (at, frame) in self.open.iter().enumerate() {
            let goes_on = match frame.kind {
                Kind::Document | Kind::List(..) => true,
                Kind::Quote => {
                    let quoted = rest.indent() < 4 && rest.words().starts_with('>');
                    if quoted {
                        rest.skip_quote();
                    }
                    quoted
                }
                Kind::Item(width) => {
                    let inside = if rest.is_blank() { !frame.fresh } else { rest.indent() >= width };
                    if inside {
                        rest.skip_blanks(width);
                    }
                    inside
                }
            };
            if !goes_on {
                return at;
            }
        }
        self.open.len()
    }

    /// Opens what the line begins with: a box, or a block of one line. False if it is running text.
    fn start(&mut self, rest: &mut Rest<'_>, matched: usize) -> bool {
        let indent = rest.indent();
        let words = rest.words().to_owned();
        let deep = self.open.len() >= MOST_OPEN;
        if words.starts_with('>') && !deep {
            self.end_text(matched);
            self.open.push(Frame::new(Kind::Quote));
            rest.skip_quote();
        } else if let Some((level, text)) = leaf::heading(&words) {
            self.add(Block::Heading(level, inlines::read(text)), matched);
            self.leaf = Leaf::Closed;
        } else if let Some(fence) = leaf::opening_fence(&words, indent) {
            self.end_text(matched);
            self.leaf = Leaf::Fence(fence);
        } else if leaf::is_rule(&words) {
            self.add(Block::Rule, matched);
            self.leaf = Leaf::Closed;
        } else if let Some(opening) = leaf::marker(&words).filter(|opening| !deep && self.may_open(opening, matched)) {
            self.open_item(rest, indent, &opening, matched);
        } else {
            return false;
        }
        true
    }

    /// A list that would end a paragraph must be one clearly.
    fn may_open(&self, opening: &Opening, matched: usize) -> bool {
        let interrupts = matches!(self.leaf, Leaf::Paragraph(_)) && matched == self.open.len();
        !interrupts || !opening.empty && opening.number.is_none_or(|number| number == 1)
    }

    fn open_item(&mut self, rest: &mut Rest<'_>, indent: usize, opening: &Opening, matched: usize) {
        self.close_to(matched);
        self.close_leaf();
        self.touch();
        let same =
            matches!(self.open.last().map(|frame| &frame.kind), Some(Kind::List(sign, _)) if *sign == opening.sign);
        if !same {
            self.leave_list();
            self.open.push(Frame::new(Kind::List(opening.sign, opening.number.unwrap_or_default())));
        }
        rest.skip_blanks(indent);
        rest.skip(opening.width);
        // More than four blanks would be an indented code block, so they do not count.
        let blanks = rest.indent();
        let wide = if opening.empty || blanks > 4 { 1 } else { blanks };
        rest.skip_blanks(wide);
        self.open.push(Frame::new(Kind::Item(indent + opening.width + wide)));
    }

    /// Makes room for a block that is no running text.
    fn end_text(&mut self, matched: usize) {
        self.close_for_block(matched);
        self.close_leaf();
        self.touch();
    }

    fn add(&mut self, block: Block, matched: usize) {
        self.end_text(matched);
        if let Some(frame) = self.open.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn touch(&mut self) {
        for frame in self.open.iter_mut().rev() {
            if !frame.fresh {
                return;
            }
            frame.fresh = false;
        }
    }

    fn blank(&mut self, matched: usize, opened: bool) {
        if !opened {
            self.close_to(matched);
        }
        if !matches!(self.leaf, Leaf::Fence(_)) {
            self.close_leaf();
        }
    }

    fn text(&mut self, line: &str, lazy: bool) {
        self.touch();
        match &mut self.leaf {
            Leaf::Table(rows) => rows.push(table::cells(line)),
            Leaf::Paragraph(lines) => {
                let header = lines.last().map(|header| table::cells(header));
                if let Some(header) = header.filter(|header| !lazy && table::is_delimiter(line, header.len())) {
                    lines.pop();
                    self.close_leaf();
                    self.leaf = Leaf::Table(vec![header]);
                } else {
                    lines.push(line.to_owned());
                }
            }
            _ => self.leaf = Leaf::Paragraph(vec![line.to_owned()]),
        }
    }

    /// Closes what the line does not continue, and a list that gets no further item.
    fn close_for_block(&mut self, matched: usize) {
        if self.open.len() > matched {
            self.close_to(matched);
            self.close_leaf();
        }
        if matches!(self.open.last().map(|frame| &frame.kind), Some(Kind::List(..))) {
            self.leave_list();
        }
    }

    fn leave_list(&mut self) {
        if matches!(self.open.last().map(|frame| &frame.kind), Some(Kind::List(..))) {
            self.close_to(self.open.len() - 1);
        }
    }

    fn close_to(&mut self, count: usize) {
        while self.open.len() > count.max(1) {
            self.close_leaf();
            let Some(frame) = self.open.pop() else { return };
            let Some(parent) = self.open.last_mut() else { return };
            match frame.kind {
                Kind::Item(_) => {
                    parent.items.push((frame.sign, Item { done: frame.sign == Some(Sign::Done), blocks: frame.blocks }))
                }
                Kind::List(sign, first) => leaf::lists(frame.items, sign, first, &mut parent.blocks),
                Kind::Quote | Kind::Document => parent.blocks.push(quote(frame)),
            }
        }
    }

    fn close_leaf(&mut self) {
        let leaf = std::mem::replace(&mut self.leaf, Leaf::None);
        let Some(frame) = self.open.last_mut() else { return };
        match leaf {
            Leaf::Paragraph(mut lines) => {
                if frame.blocks.is_empty() {
                    match frame.kind {
                        Kind::Quote if frame.label.is_none() => frame.label = leaf::take_label(&mut lines),
                        Kind::Item(_) if frame.sign.is_none() => frame.sign = leaf::take_sign(&mut lines),
                        _ => {}
                    }
                }
                frame.blocks.push(leaf::paragraph(&lines));
            }
            Leaf::Fence(fence) => frame.blocks.push(fence.block()),
            Leaf::Table(rows) => frame.blocks.push(table::block(&rows)),
            Leaf::None | Leaf::Closed => {}
        }
    }
}

fn quote(frame: Frame) -> Block {
    match frame.label {
        Some((Some(panel), _)) => Block::Panel(panel, frame.blocks),
        Some((None, title)) => Block::Expand { title, blocks: frame.blocks },
        None => Block::Quote(frame.blocks),
    }
}
