//! Lines from which signs and blanks are taken, column by column.

use std::borrow::Cow;

/// What is left of a line, and the column where it begins.
pub(super) struct Rest<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) column: usize,
}

impl Rest<'_> {
    pub(super) fn words(&self) -> &str {
        self.text.trim_start_matches([' ', '\t'])
    }

    /// How many columns its blanks take; a tab reaches to the next fourth column.
    pub(super) fn indent(&self) -> usize {
        let blanks = self.text.bytes().take(self.text.len() - self.words().len());
        blanks.fold(self.column, |column, byte| column + if byte == b'\t' { 4 - column % 4 } else { 1 }) - self.column
    }

    /// Leaves out so many columns of blanks, or all that there are. What is left of a tab is blanks.
    pub(super) fn skip_blanks(&mut self, columns: usize) {
        let end = self.column + columns;
        while self.column < end && self.text.starts_with([' ', '\t']) {
            let wide = if self.text.starts_with('\t') { 4 - self.column % 4 } else { 1 };
            let surplus = (self.column + wide).saturating_sub(end);
            self.skip(1);
            self.column += wide - 1 - surplus;
            if surplus > 0 {
                self.text = Cow::Owned(" ".repeat(surplus) + &self.text);
            }
        }
    }

    /// Leaves out this many bytes, none of them a tab.
    pub(super) fn skip(&mut self, count: usize) {
        self.column += count;
        let rest = self.text.get(count..).unwrap_or_default();
        self.text = Cow::Owned(rest.to_owned());
    }

    /// Leaves out the sign of a quote and one column after it.
    pub(super) fn skip_quote(&mut self) {
        self.skip_blanks(3);
        self.skip(1);
        self.skip_blanks(1);
    }

    pub(super) fn is_blank(&self) -> bool {
        self.words().is_empty()
    }
}
