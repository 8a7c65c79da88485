//! What can stand at each place of a text: names of the site, phrases of the table, times, tests of fields.

mod named;
mod phrase;
mod text;

use crate::chat::index::Index;
use crate::chat::lexicon::{Lexicon, Meaning, Slot};
use crate::chat::read::sentence::Sentence;
use crate::chat::when::{self, When};
use crate::vocabulary::Vocabulary;
use std::cell::RefCell;
use std::rc::Rc;

/// So many names are read as one list; more are in no sentence.
const MOST_LISTED: usize = 40;
/// What can fill a slot, each with the token behind it and what it costs.
type Filled = Rc<[(Bound, usize, i32)]>;

/// A time with the token behind it, if one is told at a place.
type Told = Option<(When, usize)>;

/// Names that a text can mean at a place.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What is named.
    pub slot: Slot,
    /// Whoever asks, in place of a name.
    pub me: bool,
    /// The names it can be; several where it is in doubt.
    pub names: Vec<u32>,
    /// Its first token.
    pub start: usize,
    /// The token behind it.
    pub end: usize,
    /// How far what is written is from the name.
    pub cost: i32,
    /// Whether the names are written whole.
    pub whole: bool,
}

/// What fills a slot.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    /// Names, of which one or, where they are joined by “and”, each is meant.
    Items(Vec<Item>, bool),
    /// Words to be looked for.
    Text(String),
    /// Keys of issues.
    Keys(Vec<String>),
    /// A number.
    Number(String),
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) enum Act<'r> {
    /// A phrase of the table.
    Phrase(&'r Meaning, Vec<(Slot, Bound)>),
    /// Names by themselves.
    Items(Vec<Item>, bool),
    /// A test of a field; its place among the fields.
    Test(usize, super::test::Test),
    /// A time.
    When(When),
    /// Keys of issues.
    Keys(Vec<String>),
    /// A field by its name; its place among the fields.
    Field(usize),
    /// A text in quotes.
    Quoted(String),
    /// A sign.
    Sign,
    /// A word that means nothing here.
    Unknown,
}

/// Something that stands at a place.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'r> {
    /// The first token.
    pub start: usize,
    /// The token behind it.
    pub end: usize,
    /// How good it is.
    pub score: i32,
    /// What it is.
    pub act: Act<'r>,
}

/// A text that is being read.
pub(super) struct Scan<'r> {
    /// The text.
    pub sentence: &'r Sentence<'r>,
    /// The names of the site.
    pub index: &'r Index,
    /// The phrases.
    pub lexicon: &'r Lexicon,
    /// The site.
    pub vocabulary: &'r Vocabulary,
    /// The day it is.
    pub today: i64,
    /// The id of whoever asks, for what takes no `currentUser()`; empty where it is not known.
    pub me: String,
    /// The person of the search before, for “her” and “him”.
    pub spoken: Option<Item>,
    /// The names at each token, as they are asked for.
    found: RefCell<Vec<Option<Rc<[Item]>>>>,
    /// The time that is told at each token, as it is asked for.
    times: RefCell<Vec<Option<Told>>>,
    /// What fills the slots at each token, as it is asked for: many phrases begin with the same slot.
    filled: RefCell<Vec<Vec<(Slot, Filled)>>>,
}

impl<'r> Scan<'r> {
    /// Nothing is looked up yet.
    pub(super) fn new(
        sentence: &'r Sentence<'r>,
        index: &'r Index,
        lexicon: &'r Lexicon,
        vocabulary: &'r Vocabulary,
        today: i64,
    ) -> Self {
        let count = sentence.tokens.len() + 1;
        let (found, times) = (RefCell::new(vec![None; count]), RefCell::new(vec![None; count]));
        let filled = RefCell::new(vec![Vec::new(); count]);
        Self { sentence, index, lexicon, vocabulary, today, me: String::new(), spoken: None, found, times, filled }
    }

    /// The name of a field as queries write it.
    pub(super) fn field_name(&self, item: &Item) -> String {
        item.names
            .first()
            .and_then(|name| self.index.name(*name))
            .map_or(String::new(), |name| self.index.field_of(name).to_owned())
    }

    /// The time told at a token.
    pub(super) fn when(&self, at: usize) -> Option<(When, usize)> {
        if let Some(Some(known)) = self.times.borrow().get(at) {
            return known.clone();
        }
        let found = when::Reader { sentence: self.sentence, today: self.today }.when(at);
        if let Some(place) = self.times.borrow_mut().get_mut(at) {
            *place = Some(found.clone());
        }
        found
    }

    /// The names that begin at a token.
    pub(super) fn items(&self, at: usize) -> Rc<[Item]> {
        if let Some(Some(known)) = self.found.borrow().get(at) {
            return Rc::clone(known);
        }
        let items: Rc<[Item]> = self.find_items(at).into();
        if let Some(place) = self.found.borrow_mut().get_mut(at) {
            *place = Some(Rc::clone(&items));
        }
        items
    }

    /// Names that follow each other, joined by commas, “and” or “or”; the token behind them, and whether they are joined by “and”.
    pub(super) fn list(&self, at: usize, fits: &dyn Fn(&Item) -> bool) -> Option<(Vec<Item>, usize, bool)> {
        let open = usize::from(self.sentence.is(at, &["("]));
        let first = self.item(at + open, fits)?;
        let (mut end, mut and) = (first.end, false);
        let mut items = vec![first];
        while items.len() < MOST_LISTED {
            let mut next = end;
            let mut joined = None;
            while next < end + 2
                && let Some(which) = self.sentence.which(next, &[",", "and", "or", "/", "&", "+"])
            {
                joined = Some(matches!(which, 1 | 4 | 5));
                next += 1;
            }
            let Some(by_and) = joined else { break };
            let between = ["even", "also", "maybe", "in", "for", "of", "by", "to", "from", "either"];
            if self.sentence.is(next, &between) && self.item(next + 1, fits).is_some() {
                next += 1;
            }
            let Some(item) = self.item(self.sentence.past_articles(next), fits) else { break };
            and |= by_and;
            end = item.end;
            items.push(item);
        }
        let close = usize::from(open == 1 && self.sentence.is(end, &[")"]));
        Some((items, end + close, and))
    }

    /// The best name at a token.
    fn item(&self, at: usize, fits: &dyn Fn(&Item) -> bool) -> Option<Item> {
        let me = Item { slot: Slot::Person, me: true, names: Vec::new(), start: at, end: at + 1, cost: 0, whole: true };
        let is_me = fits(&me);
        if is_me && self.sentence.is(at, &["me", "i", "my", "myself", "mine", "currentuser", "im", "ive"]) {
            let call = self.sentence.is(at + 1, &["("]) && self.sentence.is(at + 2, &[")"]);
            return Some(Item { end: if call { at + 3 } else { at + 1 }, ..me });
        }
        if is_me && self.sentence.is(at, &["current"]) && self.sentence.is(at + 1, &["user"]) {
            return Some(Item { end: at + 2, ..me });
        }
        if is_me && self.sentence.is(at, &["him", "her", "he", "she"]) {
            let before = (at.saturating_sub(MOST_LISTED)..at)
                .rev()
                .find_map(|before| self.items(before).iter().find(|item| item.slot == Slot::Person).cloned());
            return before.or_else(|| self.spoken.clone()).map(|item| Item { start: at, end: at + 1, ..item });
        }
        let items = self.items(at);
        let rank = |item: &&Item| (item.end, item.whole, -item.cost);
        items.iter().filter(|item| fits(item)).max_by_key(rank).cloned()
    }
}
