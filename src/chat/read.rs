//! From a text to what it asks for.

use crate::chat::phrases::{Meaning, PHRASES};
use crate::jql::ast::{Clause, Query};
use crate::jql::build::{and, field};
use crate::jql::{JqlError, parse};

#[cfg(test)]
mod tests;

/// What a text asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Issues that satisfy conditions.
    Search(Box<Search>),
    /// One issue.
    Show {
        /// Its key, in capitals.
        key: String,
    },
    /// It is meant as JQL and is none.
    BrokenJql(JqlError),
    /// Nothing in it means anything here.
    Unknown {
        /// The words.
        words: Vec<String>,
    },
}

/// A search and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The query.
    pub query: Query,
    /// For each top-level condition, in order, the person's words it came from.
    pub sources: Vec<String>,
    /// Words that mean nothing here.
    pub ignored: Vec<String>,
}

/// Reads a text: raw JQL, an issue's key, or plain words.
pub fn read(text: &str) -> Intent {
    let text = text.trim();
    match parse(text) {
        Ok(query) if query.where_clause.is_some() => return Intent::Search(Box::new(raw(text, query))),
        Err(error) if looks_like_jql(text) => return Intent::BrokenJql(error),
        _ => {}
    }
    let words = split(text);
    if let Some(key) = asked_key(&words) {
        return Intent::Show { key };
    }
    read_words(&words)
}

fn raw(text: &str, query: Query) -> Search {
    let parts = match &query.where_clause {
        Some(Clause::And(parts, _)) => parts.as_slice(),
        Some(clause) => std::slice::from_ref(clause),
        None => &[],
    };
    let sources = parts.iter().map(|part| part.span().of(text).to_owned()).collect();
    Search { query, sources, ignored: Vec::new() }
}

/// Signs that people use in JQL and not in sentences.
fn looks_like_jql(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["=", "~", "<", ">", " in (", " order by ", "order by "].iter().any(|sign| lower.contains(sign))
        && !lower.ends_with('?')
}

/// Words without the punctuation around them.
fn split(text: &str) -> Vec<String> {
    let around = |c: char| !(c.is_alphanumeric() || "_-".contains(c));
    text.split_whitespace().map(|word| word.trim_matches(around).to_owned()).filter(|word| !word.is_empty()).collect()
}

/// The key of an issue, where the text is nothing but a key and fillers around it.
fn asked_key(words: &[String]) -> Option<String> {
    let mut keys = words.iter().filter(|word| is_issue_key(word));
    let key = keys.next()?;
    let only_fillers = words.iter().filter(|word| !is_issue_key(word)).all(|word| {
        let lower = word.to_ascii_lowercase();
        lower == "open"
            || PHRASES.iter().any(|(phrase, meaning)| matches!(meaning, Meaning::Filler) && *phrase == lower)
    });
    (only_fillers && keys.next().is_none()).then(|| key.to_ascii_uppercase())
}

fn is_issue_key(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(project, number)| {
        is_project_key(project) && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    })
}

/// Jira's default form of a project key: a letter, then letters, digits or underscores; two to ten of them.
fn is_project_key(word: &str) -> bool {
    (2..=10).contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Conditions with the words they came from, as they are found.
#[derive(Default)]
struct Found {
    conditions: Vec<(Clause, String)>,
    ignored: Vec<String>,
}

fn read_words(words: &[String]) -> Intent {
    let mut found = Found::default();
    let mut at = 0;
    while at < words.len() {
        at += found.take(words.get(at..).unwrap_or_default());
    }
    if found.conditions.is_empty() {
        return Intent::Unknown { words: words.to_vec() };
    }
    let (clauses, sources): (Vec<_>, Vec<_>) = found.conditions.into_iter().unzip();
    let newest_first = vec![field("updated").descending()];
    match and(clauses) {
        Some(clause) => {
            let query = Query::matching(clause).ordered_by(newest_first);
            Intent::Search(Box::new(Search { query, sources, ignored: found.ignored }))
        }
        None => Intent::Unknown { words: words.to_vec() },
    }
}

impl Found {
    /// Takes the longest phrase at the beginning of `words`; answers how many words that were (at least one).
    fn take(&mut self, words: &[String]) -> usize {
        let fits = |phrase: &str| {
            let parts = phrase.split(' ');
            let length = parts.clone().count();
            let same = length <= words.len() && parts.zip(words).all(|(part, word)| part.eq_ignore_ascii_case(word));
            same.then_some(length)
        };
        let longest = PHRASES
            .iter()
            .filter_map(|(phrase, meaning)| fits(phrase).map(|length| (length, meaning)))
            .max_by_key(|(length, _)| *length);
        match longest {
            Some((length, Meaning::Filler)) => length,
            Some((length, Meaning::Conditions(make))) => {
                let source = words.get(..length).unwrap_or_default().join(" ");
                for clause in make() {
                    self.add(clause, source.clone());
                }
                length
            }
            Some((length, Meaning::ProjectFollows)) => self.take_project(words, length),
            None => self.take_unknown(words),
        }
    }

    fn take_project(&mut self, words: &[String], length: usize) -> usize {
        let source = || words.get(..=length).unwrap_or_default().join(" ");
        match words.get(length) {
            Some(word) if is_project_key(word) => {
                self.add(field("project").eq(word.to_ascii_uppercase()), source());
                length + 1
            }
            _ => {
                self.ignored.extend(words.iter().take(length).cloned());
                length
            }
        }
    }

    /// A word in capitals is taken for a project's key: people write those so.
    fn take_unknown(&mut self, words: &[String]) -> usize {
        if let Some(word) = words.first() {
            if is_project_key(word) && word.chars().all(|c| !c.is_ascii_lowercase()) {
                self.add(field("project").eq(word.as_str()), word.clone());
            } else {
                self.ignored.push(word.clone());
            }
        }
        1
    }

    /// The same condition said twice counts once.
    fn add(&mut self, clause: Clause, source: String) {
        if !self.conditions.iter().any(|(known, _)| *known == clause) {
            self.conditions.push((clause, source));
        }
    }
}
