//! Reading blocks that stand between braces, `{quote}` and its like, and what is between them.

use super::lines;
use super::write::is_language;
use crate::rich::document::{Block, Document, Inline, Marks, Panel, clean};

/// The document that a text in wiki markup stands for. Every text is one; what is no markup is its own text.
pub fn read(text: &str) -> Document {
    let text = clean(text);
    let mut reader = Reader { open: vec![Frame { kind: Kind::Document, blocks: Vec::new() }] };
    let mut rest = text.as_str();
    while let Some((before, found, after)) = next_macro(rest) {
        reader.text(before);
        rest = reader.one(&found, after);
    }
    reader.text(rest);
    while reader.open.len() > 1 {
        reader.close();
    }
    Document::fitted(reader.open.pop().map(|frame| frame.blocks).unwrap_or_default())
}

/// Deeper than a document can be.
const MOST_OPEN: usize = 40;

#[derive(PartialEq)]
enum Kind {
    Document,
    Quote,
    Panel(Panel),
}

struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
}

struct Reader {
    open: Vec<Frame>,
}

/// A block's name and what stands after its colon, if there is one.
struct Macro<'a> {
    name: &'a str,
    parameters: Option<&'a str>,
}

/// The next macro that is a block, with the text before and after it.
fn next_macro(text: &str) -> Option<(&str, Macro<'_>, &str)> {
    const NAMES: [&str; 4] = ["code", "noformat", "quote", "panel"];
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(['{', '\\'])?;
        let rest = text.get(at..)?;
        if rest.starts_with('\\') {
            from = at + 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
            continue;
        }
        if rest.starts_with("{{") {
            from = at + 2;
            continue;
        }
        from = at + 1;
        let inside = rest.get(1..)?;
        let end = inside.find(['{', '}', '\n']).unwrap_or(inside.len());
        let (head, tail) = inside.split_at_checked(end)?;
        let (name, parameters) = match head.split_once(':') {
            Some((name, parameters)) => (name, Some(parameters)),
            None => (head, None),
        };
        if let Some(after) = tail.strip_prefix('}').filter(|_| NAMES.contains(&name)) {
            return Some((text.get(..at)?, Macro { name, parameters }, after));
        }
    }
}

impl Reader {
    fn push(&mut self, block: Block) {
        if let Some(frame) = self.open.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn text(&mut self, text: &str) {
        for block in lines::read(text) {
            self.push(block);
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        match frame.kind {
            Kind::Panel(panel) => self.push(Block::Panel(panel, frame.blocks)),
            Kind::Quote | Kind::Document => self.push(Block::Quote(frame.blocks)),
        }
    }

    /// Closes the innermost box of this kind, and what is still open in it; false if there is none.
    fn closes(&mut self, fits: impl Fn(&Kind) -> bool) -> bool {
        let Some(at) = self.open.iter().rposition(|frame| fits(&frame.kind)) else { return false };
        while self.open.len() > at {
            self.close();
        }
        true
    }

    fn opens(&mut self, kind: Kind) {
        if self.open.len() < MOST_OPEN {
            self.open.push(Frame { kind, blocks: Vec::new() });
        }
    }

    /// Reads a macro; what is left of the text after it.
    fn one<'a>(&mut self, found: &Macro<'_>, after: &'a str) -> &'a str {
        let parameters = found.parameters.unwrap_or_default();
        match found.name {
            "quote" => {
                if !self.closes(|kind| *kind == Kind::Quote) {
                    self.opens(Kind::Quote);
                }
            }
            "panel" => {
                if found.parameters.is_some() || !self.closes(|kind| matches!(kind, Kind::Panel(_))) {
                    self.opens(Kind::Panel(panel(parameters)));
                    self.title(parameters);
                }
            }
            name => {
                self.title(parameters);
                let end = format!("{{{name}}}");
                let (text, rest) = after.split_once(&end).unwrap_or((after, ""));
                let text = text.strip_prefix('\n').unwrap_or(text);
                let text = text.strip_suffix('\n').unwrap_or(text);
                let language = parameters.split('|').find(|part| is_language(part)).unwrap_or_default();
                self.push(Block::Code { language: language.to_owned(), text: text.to_owned() });
                return rest;
            }
        }
        after
    }

    fn title(&mut self, parameters: &str) {
        let title = parameter(parameters, "title");
        if !title.is_empty() {
            let text = Inline::Text(title.to_owned(), Marks::of(Marks::STRONG));
            self.push(Block::Paragraph(vec![text]));
        }
    }
}

/// The value of a parameter; empty if it is not there.
fn parameter<'a>(parameters: &'a str, name: &str) -> &'a str {
    let pairs = parameters.split('|').filter_map(|part| part.split_once('='));
    pairs
        .filter(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .next()
        .unwrap_or_default()
}

/// Data Center has one kind of panel, which is told by its colour.
fn panel(parameters: &str) -> Panel {
    let color = parameter(parameters, "bgColor");
    let known = Panel::ALL.iter().find(|(_, _, background)| background.eq_ignore_ascii_case(color));
    known.map_or(Panel::Note, |(panel, _, _)| *panel)
}
