//! People, projects, and the words of links.

use super::{Try, Wisher};
use crate::chat::intent::Assignee;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::Item;
use crate::chat::read::token;
use crate::vocabulary::{Entry, Kind, folded, same};

/// The types of links that Jira brings along: name, and what is said from one end and from the other.
const LINKS: [(&str, &str, &str); 3] = [
    ("Blocks", "blocks", "is blocked by"),
    ("Relates", "relates to", "relates to"),
    ("Duplicate", "duplicates", "is duplicated by"),
];

impl Wisher<'_, '_> {
    /// A person at a token, or whoever asks; and the token behind.
    pub(super) fn person(&self, at: usize) -> Option<(Item, usize)> {
        let at = if self.is(at, &["@"]) { at + 1 } else { at };
        if self.is(at, &["me", "myself", "i"]) {
            let me =
                Item { slot: Slot::Person, me: true, names: Vec::new(), start: at, end: at + 1, cost: 0, whole: true };
            return Some((me, at + 1));
        }
        self.named_person(at)
    }

    /// A person by name.
    pub(super) fn named_person(&self, at: usize) -> Option<(Item, usize)> {
        let items = self.scan.items(at);
        let people = items.iter().filter(|item| item.slot == Slot::Person && !item.me);
        let best = people.max_by_key(|item| (item.end, item.whole, -item.cost))?;
        Some((best.clone(), best.end))
    }

    /// The id and the name of a person; a question where several have the name.
    pub(super) fn who(&self, item: &Item) -> Try<(String, String)> {
        if item.me {
            let entry = self.scan.vocabulary.find(Kind::Person, &self.context.me);
            return Ok((self.context.me.clone(), entry.map_or("me", |entry| &entry.name).to_owned()));
        }
        let people = self.entries(item);
        match people.as_slice() {
            [one] => Ok((one.id.clone(), one.name.clone())),
            _ => {
                let written = self.verbatim(item.start, item.end);
                let named = |person: &&Entry| {
                    let shared = people.iter().filter(|other| other.name == person.name).count() > 1;
                    let mail =
                        person.also.first().filter(|_| shared).map_or(String::new(), |mail| format!(" ({mail})"));
                    let exact = if shared { &person.id } else { &person.name };
                    (format!("{}{mail}", person.name), format!("\"{exact}\""))
                };
                let names = people.iter().map(named).collect();
                Err(self.ask_which(format!("“{written}” can mean several. Which one?"), (item.start, item.end), names))
            }
        }
    }

    /// The things of a name, each once; those that are past only where there are no others.
    pub(super) fn entries(&self, item: &Item) -> Vec<&Entry> {
        let names = item.names.iter().filter_map(|name| self.scan.index.name(*name));
        let (past, present): (Vec<_>, Vec<_>) =
            names.partition(|name| self.scan.index.is_past(name, self.scan.vocabulary));
        let mut found: Vec<&Entry> = Vec::new();
        for name in if present.is_empty() { past } else { present } {
            let Some(entry) = self.scan.index.entry(name, self.scan.vocabulary) else { continue };
            if !found.iter().any(|known| known.id == entry.id && known.name == entry.name) {
                found.push(entry);
            }
        }
        found
    }

    /// A project by its key or name, and the token behind.
    pub(super) fn project(&self, at: usize) -> Option<(String, usize)> {
        let at = self.scan.sentence.past_articles(at);
        let at = if self.exact(at, &["project"]) { at + 1 } else { at };
        let items = self.scan.items(at);
        let item = items
            .iter()
            .filter(|item| item.slot == Slot::Project && item.cost < 4)
            .max_by_key(|item| (item.whole, item.end))?;
        let entries = self.entries(item);
        let [entry] = entries.as_slice() else { return None };
        let end = if self.exact(item.end, &["project", "space"]) { item.end + 1 } else { item.end };
        Some((entry.also.first().unwrap_or(&entry.name).clone(), end))
    }

    /// Who is to work on an issue.
    pub(super) fn assignee(&self, item: &Item) -> Try<Assignee> {
        if item.me {
            return Ok(Assignee::Me);
        }
        let (id, name) = self.who(item)?;
        Ok(if id == self.context.me { Assignee::Me } else { Assignee::Person { id, name } })
    }

    /// The types of links whose words stand at a token, the longest first: name, whether they say it of the one that does it, and the
    /// token behind.
    pub(super) fn link_words(&self, at: usize) -> Vec<(String, bool, usize)> {
        let mut found = Vec::new();
        let known = self.scan.vocabulary.entries(Kind::LinkType);
        for entry in known {
            for (side, said) in entry.also.iter().take(2).enumerate() {
                found.extend(self.said(said, at).map(|end| (entry.name.clone(), side == 0, end)));
            }
        }
        if known.is_empty() {
            for (name, outward, inward) in LINKS {
                found.extend(self.said(outward, at).map(|end| (name.to_owned(), true, end)));
                found.extend(self.said(inward, at).map(|end| (name.to_owned(), false, end)));
            }
        }
        found.sort_by_key(|(.., end)| std::cmp::Reverse(*end));
        found
    }

    /// The token behind the words of a link, of which “is” may be missing, and which may stand in another form: “block”.
    fn said(&self, said: &str, at: usize) -> Option<usize> {
        let mut next = self.scan.sentence.past_articles(at);
        let stem = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
        for (place, word) in token::words(said).into_iter().enumerate() {
            let token = self.scan.sentence.token(next)?;
            if stem(&token.word) == stem(&word) {
                next += 1;
            } else if !(place == 0 && matches!(&*word, "is" | "are")) {
                return None;
            }
        }
        (next > at).then_some(next)
    }

    /// The site's name for one of Jira's own types of links.
    pub(super) fn link_type(&self, name: &str) -> String {
        let entries = self.scan.vocabulary.entries(Kind::LinkType);
        let stem: String = folded(name).chars().take(5).collect();
        let found = entries
            .iter()
            .find(|entry| same(&entry.name, name))
            .or_else(|| entries.iter().find(|entry| folded(&entry.name).starts_with(&stem)));
        found.map_or(name, |entry| &entry.name).to_owned()
    }
}
