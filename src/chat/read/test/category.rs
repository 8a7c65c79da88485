//! Categories of statuses, as people call them: `to do`, `not started`, `complete`.

use super::Test;
use crate::chat::read::scan::Scan;
use crate::chat::read::token::Kind;

impl Scan<'_> {
    /// The categories at a token that a test of the field for them names.
    pub(super) fn categories(&self, at: usize) -> Option<(Test, usize)> {
        let open = usize::from(self.sentence.is(at, &["("]));
        let (first, mut end) = self.category(at + open)?;
        let mut all = vec![first];
        while self.sentence.is(end, &[",", "or", "and", "/"])
            && let Some((next, behind)) = self.category(end + 1)
        {
            all.push(next);
            end = behind;
        }
        let close = usize::from(open == 1 && self.sentence.is(end, &[")"]));
        Some((Test::Categories(all), end + close))
    }

    fn category(&self, at: usize) -> Option<(&'static str, usize)> {
        let token = self.sentence.token(at)?;
        if token.kind == Kind::Quoted {
            let known =
                ["To Do", "In Progress", "Done"].into_iter().find(|known| known.eq_ignore_ascii_case(&token.word))?;
            return Some((known, at + 1));
        }
        let two = |one: &[&str], other: &[&str]| self.sentence.is(at, one) && self.sentence.is(at + 1, other);
        if two(&["to"], &["do"]) || two(&["not"], &["started"]) {
            return Some(("To Do", at + 2));
        }
        if two(&["in"], &["progress"]) {
            return Some(("In Progress", at + 2));
        }
        if self.sentence.is(at, &["todo", "new"]) {
            return Some(("To Do", at + 1));
        }
        self.sentence.is(at, &["done", "complete", "completed", "closed"]).then_some(("Done", at + 1))
    }
}
