//! Names as values of a field: `high priority`, `bedside devices`.

use super::{Found, Test, slot_of};
use crate::chat::index::index;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Item, Scan};

impl Scan<'_> {
    /// `high priority`, `Checkout component`
    pub(super) fn values_of_field(&self, at: usize, found: &mut Vec<Found>) {
        let mut after = Vec::new();
        for first in self.items(at).iter().filter(|item| item.slot != Slot::Field) {
            if let Some((items, end, and)) = self.list(at, &|item| item.slot == first.slot) {
                after.push((items, end, and));
            }
        }
        for (items, end, and) in after {
            self.noun_of_field(&items, end, and, found);
            // “Maria as test engineer”, “where Maria is the test engineer”
            let linked = if self.sentence.is(end, &["as", "is", "are", "being"]) { end + 1 } else { end };
            let linked = self.sentence.past_articles(linked);
            for item in self.items(linked).iter().filter(|item| item.slot == Slot::Field) {
                for field in self.fields_of(item) {
                    if let Some(items) = self.values_for(field, &items) {
                        found.push(Found { field, test: Test::Items(items, and), end: item.end, cost: item.cost });
                    }
                }
            }
        }
    }

    /// `bedside devices`, where the field is called “Device Family”: its words behind a value say nothing more.
    fn noun_of_field(&self, items: &[Item], end: usize, and: bool, found: &mut Vec<Found>) {
        let Some(name) = items.first().filter(|item| item.slot == Slot::Option && item.whole) else { return };
        let Some(field) = name.names.first().and_then(|name| self.index.name(*name)).map(|name| index(name.at)) else {
            return;
        };
        let called = self.index.names.iter().filter(|name| name.slot == Slot::Field && index(name.at) == field);
        let mut words = called.map(|name| self.index.words(name)).filter(|words| words.len() > 1).flatten();
        let cost = |word: &u32| self.sentence.edges(end).iter().find(|edge| edge.word == *word && edge.cost < 2);
        if let (Some(edge), Some(items)) = (words.find_map(cost), self.values_for(field, items)) {
            found.push(Found { field, test: Test::Items(items, and), end: edge.next, cost: 1 + edge.cost });
        }
    }

    /// The names, as far as they are values of the field; `None` if one is not.
    pub(super) fn values_for(&self, field: usize, items: &[Item]) -> Option<Vec<Item>> {
        let slot = slot_of(self.kind(field))?;
        let slot =
            if slot == Slot::Person && items.iter().all(|item| item.slot == Slot::Group) { Slot::Group } else { slot };
        let fits = |name: &u32| {
            self.index
                .name(*name)
                .is_some_and(|name| name.slot == slot && (slot != Slot::Option || index(name.at) == field))
        };
        let values: Vec<Item> = items
            .iter()
            .filter(|item| item.slot == slot)
            .map(|item| Item { names: item.names.iter().copied().filter(fits).collect(), ..item.clone() })
            .filter(|item| item.me || !item.names.is_empty())
            .collect();
        (values.len() == items.len()).then_some(values)
    }
}
