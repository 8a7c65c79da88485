//! What is offered, the best first.

use super::{Item, ItemKind};
use crate::jql::printer;
use crate::vocabulary::{folded, is_letter};

/// More than this nobody looks through.
const MOST: usize = 100;

/// How well a name fits what is written: how, how long it is, when it was offered. The smaller, the better.
type Rank = (usize, usize, usize);

/// The things that fit best so far.
pub(crate) struct Offer {
    /// What is written already, in small letters.
    prefix: String,
    limit: usize,
    found: Vec<(Rank, Item)>,
    seen: usize,
    wrapped: bool,
}

impl Offer {
    pub(crate) fn new(prefix: &str, limit: usize) -> Self {
        let prefix = folded(prefix);
        Self { prefix, limit: limit.min(MOST), found: Vec::new(), seen: 0, wrapped: false }
    }

    /// Whether nothing is written yet.
    pub(super) const fn is_open(&self) -> bool {
        self.prefix.is_empty()
    }

    /// From here on values are put in parentheses, because a list has to stand at the place.
    pub(super) const fn wrap(&mut self) {
        self.wrapped = true;
    }

    /// From here on they are not.
    pub(super) const fn plain(&mut self) {
        self.wrapped = false;
    }

    pub(super) fn keywords(&mut self, words: &[&str]) {
        for word in words {
            self.add(ItemKind::Keyword, word, (*word).to_owned());
        }
    }

    /// A value or a field; its name is also what is written.
    pub(super) fn name(&mut self, kind: ItemKind, name: &str) {
        self.add(kind, name, printer::quote(name));
    }

    /// A function. With arguments it needs, the text ends where they begin.
    pub(super) fn function(&mut self, name: &str, arguments: usize) {
        let text = if arguments > 0 { format!("{name}(") } else { format!("{name}()") };
        self.add(ItemKind::Function, &format!("{name}()"), text);
    }

    /// Whether something that people know as `label` would be among the best so far: to be asked before what is dear to find out.
    pub(crate) fn wants(&self, label: &str) -> bool {
        let rank = |how| self.rank(how, label);
        let worst = self.found.last().filter(|_| self.found.len() >= self.limit);
        self.fits(label).is_some_and(|how| worst.is_none_or(|(worst, _)| rank(how) < *worst))
    }

    fn rank(&self, how: usize, label: &str) -> Rank {
        let length = if self.prefix.is_empty() { 0 } else { label.chars().count() };
        (how, length, self.seen)
    }

    /// Something that people know as `label`, and that is written as `text`.
    pub(crate) fn add(&mut self, kind: ItemKind, label: &str, text: String) {
        self.seen += 1;
        let Some(how) = self.fits(label) else { return };
        let rank = self.rank(how, label);
        let text = if self.wrapped { format!("({text})") } else { text };
        if self.found.iter().any(|(_, item)| item.text == text) {
            return;
        }
        let at = self.found.partition_point(|(known, _)| *known <= rank);
        if at < self.limit {
            self.found.insert(at, (rank, Item { text, kind, label: label.to_owned() }));
            self.found.truncate(self.limit);
        }
    }

    /// Whether anything fits.
    pub(super) fn finds(&self) -> bool {
        !self.found.is_empty()
    }

    /// Those of which a word begins with what is written, and which say more than that.
    pub(crate) fn begun(mut self) -> Vec<Item> {
        self.found.retain(|((how, ..), _)| matches!(how, 1 | 2));
        self.items()
    }

    pub(crate) fn items(self) -> Vec<Item> {
        self.found.into_iter().map(|(_, item)| item).collect()
    }

    /// How well a name fits what is written: 0 it is just that, 1 it begins with it, 2 one of its words does, 3 it contains it.
    fn fits(&self, label: &str) -> Option<usize> {
        if self.prefix.is_empty() {
            return Some(1);
        }
        let name = folded(label);
        if name == self.prefix {
            return Some(0);
        }
        let (name, prefix) = (name.as_bytes(), self.prefix.as_bytes());
        let how = |at: usize| match at.checked_sub(1).and_then(|before| name.get(before)) {
            None => 1,
            Some(before) if is_letter(char::from(*before)) => 3,
            Some(_) => 2,
        };
        let found = (0..name.len()).filter(|at| name.get(*at..).is_some_and(|rest| rest.starts_with(prefix)));
        found.map(how).min()
    }
}
