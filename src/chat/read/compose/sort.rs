//! In which order, and how many.

use super::Composer;
use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::scan::Bound;
use crate::jql::ast::{Clause, Direction};
use crate::jql::build::field;
use crate::jql::fields::Type;

impl Composer<'_, '_> {
    /// A phrase about the order.
    pub(super) fn ordering(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)]) {
        match meaning.kind {
            "sort" => {
                if let Some((name, direction)) = meaning.text.rsplit_once(' ') {
                    self.sort(name.trim_matches('"'), direction_of(direction));
                }
                self.sorting = true;
            }
            "sortby" => self.sorting = true,
            "sortfield" => {
                if let Some((_, Bound::Items(items, _))) = bound.first()
                    && let Some(item) = items.first()
                {
                    self.sort(&self.scan.field_name(item), direction_of(meaning.text));
                }
            }
            "direction" => {
                if let Some(last) = self.out.order.last_mut() {
                    last.direction = Some(direction_of(meaning.text));
                }
            }
            "reverse" => self.out.reverse = true,
            _ => self.limit(meaning, bound),
        }
    }

    /// “Sorted by when they were created”
    pub(super) fn sort_by_event(&mut self, meaning: &Meaning) {
        let name = meaning.text.split(' ').next().unwrap_or_default();
        self.sort(name, if name == "due" { Direction::Asc } else { Direction::Desc });
    }

    /// So many issues, perhaps the first of an order.
    fn limit(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)]) {
        for (_, bound) in bound {
            if let Bound::Number(number) = bound {
                self.out.limit = number.parse().ok().filter(|limit| *limit > 0);
            }
        }
        if let Some((name, direction)) = meaning.text.rsplit_once(' ') {
            self.sort(name, direction_of(direction));
        }
    }

    /// Sorts by a field behind those before; another direction replaces the one it had.
    pub(super) fn sort(&mut self, name: &str, direction: Direction) {
        let Some(name) = self.sortable(name) else { return };
        let name = name.as_str();
        let order = if direction == Direction::Asc { field(name).ascending() } else { field(name).descending() };
        match self.out.order.iter_mut().find(|known| known.field.name == name) {
            Some(known) => *known = order,
            None => self.out.order.push(order),
        }
        self.sorting = true;
    }

    /// The field of this name or, where the site has none, the one that stands for it: another of its line in the table, the field
    /// for numbers that the text speaks of.
    fn sortable(&self, name: &str) -> Option<String> {
        let fields = &self.scan.index.fields;
        let known = |name: &str| fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
        if known(name) || crate::jql::fields::field(name).is_some() {
            return Some(name.to_owned());
        }
        let line = self.scan.lexicon.fields.iter().find(|(names, _)| names.split('|').any(|one| one == name));
        if let Some(other) = line.and_then(|(names, _)| names.split('|').find(|name| known(name))) {
            return Some(other.to_owned());
        }
        let spoken = |name: &str| fields.iter().any(|field| field.name == name && field.kind == Type::Number);
        let tested = self.out.drafts.iter().find_map(|draft| match &draft.clause {
            Clause::Terminal(test) if spoken(&test.field.name) => Some(test.field.name.clone()),
            _ => None,
        });
        tested.or_else(|| {
            let mut own = fields.iter().filter(|field| field.kind == Type::Number && field.at.is_some());
            own.next().filter(|_| own.next().is_none()).map(|field| field.name.clone())
        })
    }
}

/// The direction that the table writes so.
fn direction_of(text: &str) -> Direction {
    if text == "ASC" { Direction::Asc } else { Direction::Desc }
}

/// In which direction people expect a field to be sorted.
pub(super) fn default_direction(name: &str, kind: Type) -> Direction {
    match kind {
        Type::Moment | Type::Priority | Type::Number | Type::Duration => Direction::Desc,
        _ if name == "key" => Direction::Desc,
        _ => Direction::Asc,
    }
}
