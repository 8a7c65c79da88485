//! Which names of the site stand at a place: whole, or the part of a name that people say for it.

use super::{Item, Scan};
use crate::chat::index::Name;
use crate::chat::lexicon::Slot;
use crate::chat::read::token::{self, Kind};

/// A word that is part of more names than this is no sign of any of them.
const MOST_SHARED: usize = 80;

impl Scan<'_> {
    /// The names that begin at a token.
    pub(super) fn find_items(&self, at: usize) -> Vec<Item> {
        let Some(token) = self.sentence.token(at) else { return Vec::new() };
        let mut items: Vec<Item> = Vec::new();
        if token.kind == Kind::Quoted {
            self.quoted_items(at, &token.word, &mut items);
            return items;
        }
        for edge in self.sentence.edges(at) {
            let names = self.index.of_word(edge.word);
            let shared = names.len() > MOST_SHARED;
            for number in names {
                let Some(name) = self.index.name(*number) else { continue };
                let words = self.index.words(name);
                let Some(place) = words.iter().position(|word| *word == edge.word) else { continue };
                if place > 0 && shared {
                    continue;
                }
                let (mut end, mut cost, mut run) = (edge.next, edge.cost, 1);
                while let Some(word) = words.get(place + run)
                    && let Some(next) = self.sentence.edges(end).iter().find(|next| next.word == *word)
                {
                    (end, cost, run) = (next.next, cost + next.cost, run + 1);
                }
                let whole = run == words.len();
                // A word that is only like a part of somebody's name is hardly that person.
                if !whole && run == 1 && cost > 3 && name.slot == Slot::Person && !token.capital {
                    continue;
                }
                if !whole && (shared || !self.may_be_part(name, place, run, words.len())) {
                    continue;
                }
                add(&mut items, Item { slot: name.slot, me: false, names: vec![*number], start: at, end, cost, whole });
            }
        }
        items.retain(|item| item.slot != Slot::Field || item.whole);
        self.by_ear(at, &token.word, &mut items);
        items
    }

    /// “Hana Cohen” is Hannah Cohen: names are written by ear.
    fn by_ear(&self, at: usize, written: &str, items: &mut Vec<Item>) {
        if items.iter().any(|item| item.slot == Slot::Person) {
            return;
        }
        for edge in self.sentence.edges(at + 1).iter().filter(|edge| edge.cost == 0) {
            for number in self.index.of_word(edge.word) {
                let Some(name) = self.index.name(*number).filter(|name| name.slot == Slot::Person) else { continue };
                if let [first, last] = self.index.words(name)
                    && *last == edge.word
                    && sound(self.sentence.spelled(*first)) == sound(written)
                {
                    let (end, names) = (edge.next, vec![*number]);
                    add(items, Item { slot: name.slot, me: false, names, start: at, end, cost: 4, whole: true });
                }
            }
        }
    }

    /// A name in quotes is meant whole.
    fn quoted_items(&self, at: usize, text: &str, items: &mut Vec<Item>) {
        let words: Option<Vec<_>> = token::words(text).iter().map(|word| self.sentence.number(word)).collect();
        let Some(words) = words else { return };
        for number in words.first().map_or(&[][..], |word| self.index.of_word(*word)) {
            if let Some(name) = self.index.name(*number).filter(|name| self.index.words(name) == words) {
                add(
                    items,
                    Item {
                        slot: name.slot,
                        me: false,
                        names: vec![*number],
                        start: at,
                        end: at + 1,
                        cost: 0,
                        whole: true,
                    },
                );
            }
        }
    }

    /// Whether a part of a name, of so many words at this place, can stand for it.
    fn may_be_part(&self, name: &Name, place: usize, run: usize, length: usize) -> bool {
        if name.alias {
            return false;
        }
        // “The team” is no part of “People Team” where a field is called so.
        let is_field = || {
            let word = self.index.words(name).get(place);
            let called = |name: &Name| name.slot == Slot::Field && self.index.words(name).len() == 1;
            word.is_some_and(|word| {
                self.index.of_word(*word).iter().filter_map(|name| self.index.name(*name)).any(called)
            })
        };
        if name.slot == Slot::Option && run == 1 && is_field() {
            return false;
        }
        match name.slot {
            Slot::Sprint => place + run == length && run > 1,
            Slot::Person
            | Slot::Project
            | Slot::Component
            | Slot::Option
            | Slot::Version
            | Slot::Label
            | Slot::Group => true,
            _ => false,
        }
    }
}

/// Takes a name in: with those of the same kind that end where it ends, whole ones in place of parts, and near ones in place of far ones.
fn add(items: &mut Vec<Item>, item: Item) {
    let Some(known) = items.iter_mut().find(|known| known.slot == item.slot && known.end == item.end) else {
        items.push(item);
        return;
    };
    let rank = |item: &Item| (item.whole, -item.cost);
    match rank(&item).cmp(&rank(known)) {
        std::cmp::Ordering::Greater => *known = item,
        std::cmp::Ordering::Equal => known.names.extend(item.names),
        std::cmp::Ordering::Less => {}
    }
}

/// How a first name sounds, roughly: without what is not heard, and one letter for those that sound alike.
fn sound(name: &str) -> String {
    let mut heard: Vec<char> = Vec::new();
    for letter in name.replace("ph", "f").chars() {
        let letter = match letter {
            'h' | '-' | '\'' => continue,
            'c' | 'q' => 'k',
            'y' | 'j' => 'i',
            'z' => 's',
            'w' => 'v',
            other => other,
        };
        if heard.last() != Some(&letter) {
            heard.push(letter);
        }
    }
    heard.into_iter().collect()
}
