//! Which `*`, `_` and `~~` belong together (CommonMark 0.31, "Emphasis and strong emphasis"; GitHub's extension for `~~`).

use super::inlines::Reader;
use crate::rich::document::Marks;
use crate::rich::pieces::Piece;

/// A run of one sign that may begin or end marks.
pub(super) struct Delimiter {
    piece: usize,
    sign: char,
    /// How many there were; which may pair depends on it.
    length: usize,
    left: usize,
    begins: bool,
    ends: bool,
}

impl Delimiter {
    /// The run at this piece, between these characters; `None` if it is only text.
    pub(super) fn new(piece: usize, run: (char, usize), before: Option<char>, after: Option<char>) -> Option<Self> {
        let (sign, length) = run;
        let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let left_flanking = !blank(after) && (word(after) || !word(before));
        let right_flanking = !blank(before) && (word(before) || !word(after));
        let (begins, ends) = match sign {
            '_' => (
                left_flanking && (!right_flanking || !word(before)),
                right_flanking && (!left_flanking || !word(after)),
            ),
            '~' if length != 2 => return None,
            _ => (left_flanking, right_flanking),
        };
        (begins || ends).then_some(Self { piece, sign, length, left: length, begins, ends })
    }

    /// Searches with the same key find the same, so that none need be repeated.
    fn key(&self) -> usize {
        let sign = match self.sign {
            '*' => 0,
            '_' => 1,
            _ => 2,
        };
        sign * 6 + self.length % 3 * 2 + usize::from(self.begins)
    }

    fn pairs_with(&self, end: &Delimiter) -> bool {
        let odd = (self.ends || end.begins)
            && (self.length + end.length).is_multiple_of(3)
            && !(self.length.is_multiple_of(3) && end.length.is_multiple_of(3));
        self.sign == end.sign && !odd
    }
}

impl Reader<'_> {
    /// Pairs the delimiters from this one on. Those that find no partner stay text.
    pub(super) fn pair(&mut self, from: usize) {
        let mut open: Vec<usize> = Vec::new();
        let mut bottoms = [0; 18];
        for at in from..self.delimiters.len() {
            if self.delimiters[at].ends {
                self.end(at, &mut open, &mut bottoms);
            }
            if self.delimiters[at].begins && self.delimiters[at].left > 0 {
                open.push(at);
            }
        }
        self.delimiters.truncate(from);
    }

    /// Ends as many marks as there are signs for. Each search begins where an earlier one in vain did not look, which keeps
    /// the time in proportion to the text.
    fn end(&mut self, at: usize, open: &mut Vec<usize>, bottoms: &mut [usize; 18]) {
        while self.delimiters[at].left > 0 {
            let end = &self.delimiters[at];
            let bottom = bottoms[end.key()].min(open.len());
            let Some(found) = (bottom..open.len()).rev().find(|place| self.delimiters[open[*place]].pairs_with(end))
            else {
                bottoms[end.key()] = open.len();
                return;
            };
            let begin = open[found];
            let strong = end.left >= 2 && self.delimiters[begin].left >= 2;
            let (used, flags) = match (end.sign, strong) {
                ('~', true) => (2, Marks::STRIKE),
                (_, true) => (2, Marks::STRONG),
                _ => (1, Marks::EM),
            };
            self.pieces.mark(self.delimiters[begin].piece, self.delimiters[at].piece, Marks::of(flags));
            self.take(begin, used);
            self.take(at, used);
            open.truncate(if self.delimiters[begin].left > 0 { found + 1 } else { found });
            bottoms.iter_mut().for_each(|bottom| *bottom = (*bottom).min(open.len()));
        }
    }

    fn take(&mut self, at: usize, used: usize) {
        let delimiter = &mut self.delimiters[at];
        delimiter.left -= used;
        if let Some(Piece::Signs(_, count)) = self.pieces.list.get_mut(delimiter.piece) {
            *count -= used;
        }
    }
}
