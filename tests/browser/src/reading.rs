//! Plain words on a large site, for the benches: how long a sentence takes, how much room the site's names take.

use chat_for_jira::chat::translate::{Outcome, Translator};
use chat_for_jira::jql::fields::{Operators, Type};
use chat_for_jira::json;
use chat_for_jira::vocabulary::{Entry, Facts, Kind, Part, State, Vocabulary};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// 2026-03-12.
const TODAY: i64 = 20_524;

/// What people say: words in brackets become names of the site. The last ones lean on the search before.
const SENTENCES: [&str; 40] = [
    "my open bugs",
    "[project] overdue",
    "unassigned",
    "what is [person] working on",
    "show me all open [type]s of the [project] project with priority [priority], newest first",
    "[key] in [status]",
    "reported by [person] last week",
    "who is on [key], I mean which issues of [person] or [person] are in [status] and due before the end of the month?",
    "which issues were moved from [status] to [status] by [person] between 1 and 15 February 2026",
    "labels [label] and not [label]",
    "component [component] unresolved",
    "fix version [version] not done",
    "[sprint] unassigned [type]s",
    "[field] is [option]",
    "[field] [option] and [field] [option] in [project]",
    "open bugs wiht a typo in teh [project] projcet",
    "assinged to [person] and undre reveiw",
    "isues craeted yesterdy",
    "created this month, no assignee",
    "stale work, no movement for 60 days",
    "everything that mentions \"power supply\" in the description",
    "children of [key]-12 somebody is busy with",
    "flagged in the current sprint",
    "how many [type]s per assignee",
    "top 10 oldest [type]s",
    "what did [person] finish since new year",
    "project = [key] AND status = \"[status]\" ORDER BY created DESC",
    "assignee in (currentUser()) and created >= -7d",
    "[person] [person] [person] [person]",
    "what is the weather like in Berlin today",
    "create a bug in [project]: the login button is broken",
    "hello",
    "xqzv jxqk wvkz",
    "Could you please be so kind and find me the tickets that nobody has looked at since the beginning of last month, but \
     only those of the [project] or the [project] project, without the ones that [person] reported, sorted by when they are due?",
    "I was wondering whether there might be anything at all left over from the last sprint that we have not finished and that \
     somebody outside of our team, for example [person], is waiting for, because the release is on Friday and I have to report",
    "[label] [component] [version] [sprint] [status] [type] [priority] [project]",
    "only the [type]s",
    "and [person]'s?",
    "without [status], sorted by priority",
    "what about [project] last month",
];
const FIRST_FOLLOWUP: usize = 36;
const PREVIOUS: &str = "assignee = currentUser() AND statusCategory != Done";

/// Names by chance, the same in every run (SplitMix64).
struct Names(u64);

impl Names {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 32] = [
            "ba", "cor", "del", "fen", "gri", "hol", "ina", "jo", "kel", "lam", "mer", "nor", "o", "per", "qui", "ras",
            "sol", "tan", "ul", "ver", "win", "xan", "yor", "zem", "bri", "cha", "der", "est", "fal", "gan", "her",
            "ist",
        ];
        let count = 2 + self.below(2);
        let text: String =
            (0..count).map(|_| SYLLABLES.get(self.below(SYLLABLES.len())).copied().unwrap_or("a")).collect();
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.below(most);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn one(&mut self, kind: Kind, at: usize, projects: usize) -> Entry {
        let mut entry = Entry { id: format!("{}", 10_000 + at), name: self.words(3), ..Entry::default() };
        let project = format!("{}", 10_000 + at % projects.max(1));
        match kind {
            Kind::Project => entry.also.push(format!("{}{at}", self.word().to_uppercase())),
            Kind::Person => {
                entry.name = format!("{} {}", self.word(), self.word());
                entry.id = format!("712020:{at:08}-aaaa-4bbb-8ccc-123456789abc");
                entry.also.push(format!("{}@example.org", entry.name.to_lowercase().replace(' ', ".")));
            }
            Kind::Status => {
                entry.state = [State::ToDo, State::InProgress, State::Done].get(at % 3).copied().unwrap_or_default()
            }
            Kind::Version => {
                entry.name = format!("{} {}.{}", self.word(), at % 9, at % 7);
                entry.of = project;
            }
            Kind::Component => entry.of = project,
            Kind::Sprint => entry.name = format!("{} Sprint {}", self.word(), at % 60),
            Kind::Label => entry = Entry { name: self.words(2).to_lowercase().replace(' ', "-"), ..Entry::default() },
            Kind::Field => {
                entry.id = format!("customfield_{}", 10_000 + at);
                entry.also = vec![format!("cf[{}]", 10_000 + at), entry.name.clone()];
                entry.facts = Some(Box::new(self.facts(at)));
            }
            _ => {}
        }
        entry
    }

    /// Every fourth field has values to choose from.
    fn facts(&mut self, at: usize) -> Facts {
        let options = at.is_multiple_of(4).then(|| {
            (0..8).map(|place| Entry { id: format!("{place}"), name: self.words(2), ..Entry::default() }).collect()
        });
        let kind = [Type::Option, Type::Number, Type::Text, Type::Day].get(at % 4).copied().unwrap_or_default();
        Facts { kind, operators: Operators::NONE, sortable: true, searchable: true, options }
    }
}

/// A large site and its reader.
#[wasm_bindgen]
pub struct Reading {
    stored: Vec<(Kind, String)>,
    sentences: Vec<String>,
    readers: Vec<Translator>,
}

#[wasm_bindgen]
impl Reading {
    /// A site with so many projects, people and fields, as it is stored.
    #[wasm_bindgen(constructor)]
    pub fn new(projects: usize, people: usize, fields: usize) -> Reading {
        let mut names = Names(7);
        let sizes = [
            (Kind::Project, projects),
            (Kind::Person, people),
            (Kind::Field, fields),
            (Kind::Status, 90),
            (Kind::IssueType, 30),
            (Kind::Priority, 6),
            (Kind::Resolution, 12),
            (Kind::Component, 5 * projects),
            (Kind::Version, 5 * projects),
            (Kind::Sprint, 300),
            (Kind::Label, 500),
            (Kind::Board, 60),
            (Kind::LinkType, 12),
            (Kind::Group, 60),
            (Kind::Function, 0),
        ];
        let mut part = |(kind, count): (Kind, usize)| {
            let entries = (0..count).map(|at| names.one(kind, at, projects)).collect();
            (kind, Part { fetched_at: 1, whole: true, entries })
        };
        let parts: Vec<(Kind, Part)> = sizes.into_iter().map(&mut part).collect();
        let sentences = SENTENCES.iter().map(|text| filled(text, &parts)).collect();
        let stored = parts.iter().map(|(kind, part)| (*kind, json::to_text(part))).collect();
        Self { stored, sentences, readers: Vec::new() }
    }

    /// Reads the names from what is stored, as a worker does at its start, and makes them ready to be found; answers how many
    /// there are. The reader is kept until [`Reading::forget`].
    pub fn ready(&mut self) -> usize {
        let mut names = Vocabulary::default();
        for (kind, text) in &self.stored {
            if let Some(part) = json::from_text::<Part>(text) {
                names.put(*kind, part);
            }
        }
        let count = Kind::all().map(|kind| names.entries(kind).len()).sum();
        self.readers.push(Translator::new(Rc::new(names), "712020:00000000-aaaa-4bbb-8ccc-123456789abc", TODAY));
        count
    }

    /// Makes the names of the last reader ready once more, and keeps that too: what this takes, the index alone takes.
    pub fn again(&mut self) {
        if let Some(names) = self.readers.last().map(|reader| Rc::clone(reader.names())) {
            self.readers.push(Translator::new(names, "712020:00000000-aaaa-4bbb-8ccc-123456789abc", TODAY));
        }
    }

    /// Drops all readers.
    pub fn forget(&mut self) {
        self.readers.clear();
    }

    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// A sentence.
    pub fn sentence(&self, number: usize) -> String {
        self.sentences.get(number).cloned().unwrap_or_default()
    }

    /// Reads a sentence so many times; answers the bytes of all the queries and of what is said otherwise, so that none is left out.
    pub fn read(&self, number: usize, rounds: u32) -> usize {
        let (Some(reader), Some(sentence)) = (self.readers.last(), self.sentences.get(number)) else { return 0 };
        let previous = (number >= FIRST_FOLLOWUP).then_some(PREVIOUS);
        let length = |outcome: Outcome| match outcome {
            Outcome::Jql(text) | Outcome::Clarify(text) | Outcome::Decline(text) => text.len() + 1,
        };
        (0..rounds).map(|_| length(reader.outcome(std::hint::black_box(sentence), previous))).sum()
    }
}

/// The sentence with names of the site in place of what stands in brackets.
fn filled(text: &str, parts: &[(Kind, Part)]) -> String {
    let mut names = Names(u64::try_from(text.len()).unwrap_or_default());
    let mut out = String::new();
    let mut pick = |kind: Kind| {
        let entries = parts.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, part)| &part.entries);
        entries.get(names.below(entries.len())).cloned().unwrap_or_default()
    };
    let mut field = Entry::default();
    for piece in text.split(']') {
        let (before, slot) = piece.split_once('[').unwrap_or((piece, ""));
        out += before;
        out += &match slot {
            "project" => pick(Kind::Project).name,
            "key" => pick(Kind::Project).also.swap_remove(0),
            "person" => pick(Kind::Person).name,
            "type" => pick(Kind::IssueType).name,
            "status" => pick(Kind::Status).name,
            "priority" => pick(Kind::Priority).name,
            "label" => pick(Kind::Label).name,
            "component" => pick(Kind::Component).name,
            "version" => pick(Kind::Version).name,
            "sprint" => pick(Kind::Sprint).name,
            "field" => {
                field = pick(Kind::Field);
                field.name.clone()
            }
            "option" => {
                let options = field.facts.as_ref().and_then(|facts| facts.options.as_ref());
                options.and_then(|options| options.first()).map_or_else(|| "5".to_owned(), |option| option.name.clone())
            }
            _ => String::new(),
        };
    }
    out
}
