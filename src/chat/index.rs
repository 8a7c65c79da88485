//! The names of a site, ready to be found in a text: which names a word belongs to.

mod state;
mod synonym;

use crate::chat::dictionary::{Dictionary, Word};
use crate::chat::lexicon::{Lexicon, Slot};
use crate::chat::read::token;
use crate::jql::fields::{self, Type};
use crate::vocabulary::{Entry, Kind, State, Vocabulary, folded};

/// A field that can be asked for.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name to write in queries.
    pub name: String,
    /// What it holds.
    pub kind: Type,
    /// Where it stands among the fields of the vocabulary; none for what the vocabulary does not tell of.
    pub at: Option<usize>,
}

/// A name, or another word for the same thing.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// What is named.
    pub slot: Slot,
    /// Which of the entries of that kind; of options and fields which of [`Index::fields`].
    pub at: u32,
    /// Which of the field's options.
    pub option: u32,
    /// Its words.
    first: u32,
    last: u32,
    /// Whether it is another word for the name, and not the name itself.
    pub alias: bool,
}

/// The kinds of names that a text can hold, with the field that a value of the kind is tested against where none is named.
pub const KINDS: [(Slot, Kind, &str); 12] = [
    (Slot::Project, Kind::Project, "project"),
    (Slot::Status, Kind::Status, "status"),
    (Slot::IssueType, Kind::IssueType, "issuetype"),
    (Slot::Priority, Kind::Priority, "priority"),
    (Slot::Resolution, Kind::Resolution, "resolution"),
    (Slot::Person, Kind::Person, "assignee"),
    (Slot::Sprint, Kind::Sprint, "sprint"),
    (Slot::Version, Kind::Version, "fixVersion"),
    (Slot::Component, Kind::Component, "component"),
    (Slot::Label, Kind::Label, "labels"),
    (Slot::Group, Kind::Group, "assignee"),
    (Slot::LinkType, Kind::LinkType, "issueLinkType"),
];

/// All names of a site.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The names.
    pub names: Vec<Name>,
    /// The fields, Jira's own first.
    pub fields: Vec<Field>,
    words: Vec<Word>,
    /// Room for one word.
    buffer: String,
    /// For each word where its names begin among the following.
    offsets: Vec<u32>,
    belongs: Vec<u32>,
}

impl Index {
    /// The names of a vocabulary; their words go into the dictionary.
    pub fn new(vocabulary: &Vocabulary, lexicon: &Lexicon, words: &mut Dictionary) -> Self {
        let mut index = Self::default();
        let count: usize = KINDS.iter().map(|(_, kind, _)| vocabulary.entries(*kind).len()).sum();
        words.make_room(2 * count);
        index.add_fields(vocabulary, lexicon, words);
        for (slot, kind, _) in KINDS {
            for (at, entry) in vocabulary.entries(kind).iter().enumerate() {
                index.add(Name { slot, ..name(at) }, &entry.name, words);
                if slot == Slot::Sprint && entry.name.contains("Sprint") {
                    index.add(Name { slot, ..name(at) }, &entry.name.replace("Sprint", "Iteration"), words);
                }
                for also in entry.also.iter().filter(|also| **also != entry.name) {
                    index.add(Name { slot, alias: slot == Slot::LinkType, ..name(at) }, also, words);
                }
            }
        }
        index.add_of_projects(vocabulary, words);
        index.add_options(vocabulary, words);
        index.finish();
        index.add_synonyms(lexicon, words);
        index.add_states(vocabulary, words);
        index.finish();
        index
    }

    fn add(&mut self, mut name: Name, text: &str, words: &mut Dictionary) {
        let first = self.words.len();
        let mut buffer = std::mem::take(&mut self.buffer);
        token::each_word(text, &mut buffer, &mut |word| self.words.push(words.add(word)));
        self.buffer = buffer;
        if self.words.len() > first {
            (name.first, name.last) = (number(first), number(self.words.len()));
            self.names.push(name);
        }
    }

    fn add_fields(&mut self, vocabulary: &Vocabulary, lexicon: &Lexicon, words: &mut Dictionary) {
        let listed = vocabulary.entries(Kind::Field);
        self.add_known_fields(listed);
        let known = self.fields.len();
        let mut called: Vec<String> = listed.iter().filter_map(|entry| entry.in_queries().map(folded)).collect();
        called.sort_unstable();
        for (at, entry) in listed.iter().enumerate() {
            let Some(facts) = entry.facts.as_deref().filter(|facts| facts.searchable) else { continue };
            if self.fields.iter().take(known).any(|field| field.at == Some(at)) {
                continue;
            }
            let Some(name) = entry.in_queries() else { continue };
            // Several fields can share a name; then only the number tells them apart.
            let same = folded(name);
            let first = called.partition_point(|other| *other < same);
            let shared = called.get(first + 1).is_some_and(|next| *next == same);
            let number = entry.also.iter().find(|also| also.starts_with("cf["));
            let written = number.filter(|_| shared).map_or(name, String::as_str);
            self.fields.push(Field { name: written.to_owned(), kind: facts.kind, at: Some(at) });
        }
        self.name_fields(listed, lexicon, words);
    }

    /// Jira's own fields, with their places among those that the site lists.
    fn add_known_fields(&mut self, listed: &[Entry]) {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for (at, known) in fields::fields().iter().enumerate() {
            names.extend(known.names().map(|name| (name, at)));
            self.fields.push(Field { name: known.name().to_owned(), kind: known.kind, at: None });
        }
        names.sort_unstable();
        for (at, entry) in listed.iter().enumerate() {
            for also in &entry.also {
                let first = names.partition_point(|(name, _)| *name < also.as_str());
                for (_, known) in names.iter().skip(first).take_while(|(name, _)| name == also) {
                    if let Some(field) = self.fields.get_mut(*known).filter(|field| field.at.is_none()) {
                        field.at = Some(at);
                    }
                }
            }
        }
    }

    /// What each field is called.
    fn name_fields(&mut self, listed: &[Entry], lexicon: &Lexicon, words: &mut Dictionary) {
        let others: Vec<(&str, &str)> =
            lexicon.fields.iter().flat_map(|(names, others)| names.split('|').map(|name| (name, *others))).collect();
        for at in 0..self.fields.len() {
            let Some(field) = self.fields.get(at) else { continue };
            let mut called = vec![field.name.clone()];
            if let Some(entry) = field.at.and_then(|at| listed.get(at)) {
                called.push(entry.name.clone());
            }
            for (_, others) in others.iter().filter(|(name, _)| name.eq_ignore_ascii_case(&field.name)) {
                called.extend(others.split(", ").map(str::to_owned));
            }
            called.sort();
            called.dedup();
            for text in called {
                self.add(Name { slot: Slot::Field, ..name(at) }, &text, words);
            }
        }
    }

    /// The categories of projects, and the ends of names that are one long word: “site” for Website.
    fn add_of_projects(&mut self, vocabulary: &Vocabulary, words: &mut Dictionary) {
        const ENDS: [&str; 14] = [
            "site", "house", "base", "desk", "shop", "store", "ware", "line", "port", "works", "board", "point",
            "space", "force",
        ];
        let projects = vocabulary.entries(Kind::Project);
        for (at, entry) in projects.iter().enumerate() {
            if !entry.of.is_empty() && !projects.iter().take(at).any(|other| other.of == entry.of) {
                self.add(Name { slot: Slot::Category, ..name(at) }, &entry.of, words);
            }
            let ends = |end: &&&str| entry.name.len() > end.len() + 2 && entry.name.ends_with(**end);
            if let Some(end) = ENDS.iter().find(ends).filter(|_| !entry.name.contains(' ')) {
                self.add(Name { slot: Slot::Project, alias: true, ..name(at) }, end, words);
            }
        }
    }

    fn add_options(&mut self, vocabulary: &Vocabulary, words: &mut Dictionary) {
        for at in 0..self.fields.len() {
            let options = self.options(at, vocabulary);
            for (option, entry) in options.iter().enumerate() {
                self.add(Name { slot: Slot::Option, option: number(option), ..name(at) }, &entry.name, words);
            }
        }
    }

    /// The values that are laid down for a field.
    pub fn options<'v>(&self, field: usize, vocabulary: &'v Vocabulary) -> &'v [Entry] {
        let at = self.fields.get(field).and_then(|field| field.at);
        let entry = at.and_then(|at| vocabulary.entries(Kind::Field).get(at));
        entry.and_then(|entry| entry.facts.as_deref()?.options.as_deref()).unwrap_or_default()
    }

    /// Sorts the names by their words.
    fn finish(&mut self) {
        let most = self.words.iter().max().map_or(0, |most| index(*most) + 1);
        let mut counts = vec![0_u32; most + 1];
        let mut all: Vec<(Word, u32)> = Vec::with_capacity(self.words.len());
        for (at, name) in (0..).zip(&self.names) {
            let its = self.words.get(index(name.first)..index(name.last)).unwrap_or_default();
            for (place, word) in its.iter().enumerate() {
                if !its.iter().take(place).any(|before| before == word) {
                    all.push((*word, at));
                }
            }
        }
        for (word, _) in &all {
            if let Some(count) = counts.get_mut(index(*word) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        let mut next = counts.clone();
        self.belongs = vec![0; all.len()];
        for (word, at) in all {
            if let Some(place) = next.get_mut(index(word)) {
                if let Some(belongs) = self.belongs.get_mut(index(*place)) {
                    *belongs = at;
                }
                *place += 1;
            }
        }
        self.offsets = counts;
    }

    /// The names that a word is part of.
    pub fn of_word(&self, word: Word) -> &[u32] {
        let offset = |at: usize| self.offsets.get(at).map(|offset| index(*offset));
        match (offset(index(word)), offset(index(word).saturating_add(1))) {
            (Some(first), Some(last)) => self.belongs.get(first..last).unwrap_or_default(),
            _ => &[],
        }
    }

    /// A name by its number.
    pub fn name(&self, name: u32) -> Option<&Name> {
        self.names.get(index(name))
    }

    /// The words of a name.
    pub fn words(&self, name: &Name) -> &[Word] {
        self.words.get(index(name.first)..index(name.last)).unwrap_or_default()
    }

    /// What is named; none for fields.
    pub fn entry<'v>(&self, name: &Name, vocabulary: &'v Vocabulary) -> Option<&'v Entry> {
        match name.slot {
            Slot::Option => self.options(index(name.at), vocabulary).get(index(name.option)),
            Slot::Category => vocabulary.entries(Kind::Project).get(index(name.at)),
            slot => {
                let (_, kind, _) = KINDS.iter().find(|known| known.0 == slot)?;
                vocabulary.entries(*kind).get(index(name.at))
            }
        }
    }

    /// The name of the field that a value of this name is tested against.
    pub fn field_of(&self, name: &Name) -> &str {
        match name.slot {
            Slot::Option | Slot::Field => self.fields.get(index(name.at)).map_or("", |field| &field.name),
            Slot::Category => "category",
            slot => KINDS.iter().find(|known| known.0 == slot).map_or("", |(.., field)| field),
        }
    }

    /// Whether a person has left, or a sprint or version is put away.
    pub fn is_past(&self, name: &Name, vocabulary: &Vocabulary) -> bool {
        self.entry(name, vocabulary).is_some_and(|entry| matches!(entry.state, State::Inactive | State::Archived))
    }
}

/// A place in a list.
pub fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn name(at: usize) -> Name {
    Name { slot: Slot::Field, at: number(at), option: u32::MAX, first: 0, last: 0, alias: false }
}
