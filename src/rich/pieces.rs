//! Lines while they are read: pieces, and the marks that begin and end between them. What belongs together is often known only
//! later, so marks are noted as they are found and given to the pieces at the end, in one go.

use super::document::{Inline, Marks, address};

/// A piece of a line.
pub(super) enum Piece {
    Node(Inline),
    /// Signs that are text unless they find their partner: the sign, and how many are left.
    Signs(char, usize),
}

/// The beginning or the end of marks at a piece.
pub(super) struct Event {
    /// Before this piece; a beginning: after it.
    pub(super) piece: usize,
    /// The marks that begin; `None` is the end of those that began last with the same flags.
    pub(super) begins: bool,
    pub(super) marks: Marks,
}

/// What is read so far.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) list: Vec<Piece>,
    pub(super) events: Vec<Event>,
}

impl Pieces {
    /// Adds plain text to the last piece, if that is plain text and not before `own`.
    pub(super) fn text(&mut self, text: &str, own: usize) {
        let joins = self.list.len() > own;
        match self.list.last_mut() {
            Some(Piece::Node(Inline::Text(before, marks))) if joins && *marks == Marks::default() => {
                before.push_str(text)
            }
            _ => self.list.push(Piece::Node(Inline::Text(text.to_owned(), Marks::default()))),
        }
    }

    /// These marks hold between these pieces.
    pub(super) fn mark(&mut self, begin: usize, end: usize, marks: Marks) {
        self.events.push(Event { piece: begin, begins: true, marks: marks.clone() });
        self.events.push(Event { piece: end, begins: false, marks });
    }

    /// The pieces with the marks that hold for each.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        // Ends before beginnings, and otherwise in the order they were found.
        self.events.sort_by_key(|event| (event.piece, event.begins));
        let mut events = self.events.into_iter().peekable();
        let mut state = State::default();
        let mut out = Vec::new();
        for (at, piece) in self.list.into_iter().enumerate() {
            while let Some(end) = events.next_if(|event| event.piece == at && !event.begins) {
                state.end(&end.marks);
            }
            match piece {
                Piece::Node(Inline::Text(text, marks)) => out.push(Inline::Text(text, state.over(marks))),
                Piece::Signs(sign, count) => {
                    let text: String = std::iter::repeat_n(sign, count).collect();
                    out.push(Inline::Text(text, state.over(Marks::default())));
                }
                Piece::Node(other) => out.push(other),
            }
            while let Some(begin) = events.next_if(|event| event.piece == at) {
                state.begin(begin.marks);
            }
        }
        out
    }
}

/// The marks that hold at a place.
#[derive(Default)]
struct State {
    /// How often each flag has begun.
    counts: [usize; 8],
    /// The colours and links, the innermost last.
    styles: Vec<Marks>,
}

impl State {
    fn begin(&mut self, marks: Marks) {
        self.count(marks.flags, 1);
        if styled(&marks) {
            let around = self.styles.last().cloned().unwrap_or_default();
            self.styles.push(Marks {
                flags: 0,
                color: marks.color.or(around.color),
                background: marks.background.or(around.background),
                link: marks.link.or(around.link),
            });
        }
    }

    fn end(&mut self, marks: &Marks) {
        self.count(marks.flags, usize::MAX);
        if styled(marks) {
            self.styles.pop();
        }
    }

    fn count(&mut self, flags: u8, by: usize) {
        for (bit, count) in self.counts.iter_mut().enumerate() {
            if flags >> bit & 1 == 1 {
                *count = count.wrapping_add(by);
            }
        }
    }

    fn over(&self, own: Marks) -> Marks {
        let bits = self.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bit, _)| 1 << bit);
        let flags = bits.fold(own.flags, |flags, bit| flags | bit);
        match self.styles.last() {
            Some(style) => Marks {
                flags,
                color: own.color.or_else(|| style.color.clone()),
                background: own.background.or_else(|| style.background.clone()),
                link: style.link.clone().or(own.link),
            },
            None => Marks { flags, ..own },
        }
    }
}

fn styled(marks: &Marks) -> bool {
    marks.color.is_some() || marks.background.is_some() || marks.link.is_some()
}

/// The address of `http` or `https` that the text begins with. Signs at its end belong to the sentence around it.
pub(super) fn bare(text: &str) -> Option<&str> {
    /// No longer address is looked for, so that many beginnings of one do not make reading slow.
    const LONGEST: usize = 2_000;
    let after = |scheme: &str| text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme));
    after("http://").or_else(|| after("https://"))?;
    let ends = |char: char| char.is_whitespace() || char.is_control() || "<>[]{}`\\\"|".contains(char);
    let end = text.char_indices().find(|(at, char)| *at > LONGEST || ends(*char)).map_or(text.len(), |(at, _)| at);
    let mut url = text.get(..end)?;
    let count = |sign: u8| url.bytes().filter(|byte| *byte == sign).count();
    let mut surplus = count(b')').saturating_sub(count(b'('));
    loop {
        if let Some(shorter) = url.strip_suffix(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'']) {
            url = shorter;
        } else if surplus > 0 && url.ends_with(')') {
            url = url.strip_suffix(')')?;
            surplus -= 1;
        } else {
            break;
        }
    }
    address(url).map(|_| url)
}
