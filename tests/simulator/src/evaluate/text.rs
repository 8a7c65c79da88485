//! `~`: words, "exact phrases", `wild*` and `fuzz~`, `OR`, `AND`, `NOT`, `-word`, parentheses.
//!
//! All words must occur unless the text says otherwise. Words are compared by their English stems; stop words count for
//! nothing; a mention of a person is one word, the accountId.

use super::fields::{Kind, TextField};
use super::stem::stem;
use super::{Checked, Context, Test, functions};
use crate::data::Issue;
use chat_for_jira::jql::ast::{Operand, Operator};

/// Words that are too frequent to be searched for.
const STOP: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of",
    "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

/// A text ready to be searched.
struct Document {
    words: Vec<String>,
    stems: Vec<String>,
}

impl Document {
    fn of(text: &str) -> Self {
        let words = words(text);
        let stems = stems(&words);
        Self { words, stems }
    }
}

fn stems(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !STOP.contains(&word.as_str())).map(|word| stem(word)).collect()
}

/// The words of a text in lower case. An apostrophe inside a word is left out.
fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[~accountid:") {
        let Some((person, behind)) = after.split_once(']') else { break };
        plain_words(before, &mut all);
        all.push(person.to_lowercase());
        rest = behind;
    }
    plain_words(rest, &mut all);
    all
}

fn plain_words(text: &str, all: &mut Vec<String>) {
    let pieces = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let words = pieces.map(|piece| piece.replace('\'', "").to_lowercase());
    all.extend(words.filter(|word| !word.is_empty()));
}

/// What is searched for.
#[derive(Debug)]
enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Stem(String),
    Phrase(Vec<String>, usize),
    Wild(Vec<char>),
    Fuzzy(Vec<char>, usize),
}

impl Node {
    fn found(&self, document: &Document) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.found(document)),
            Self::Or(parts) => parts.iter().any(|part| part.found(document)),
            Self::Not(part) => !part.found(document),
            Self::Stem(stem) => document.stems.contains(stem) || document.words.contains(stem),
            Self::Phrase(phrase, 0) => {
                !phrase.is_empty() && document.stems.windows(phrase.len()).any(|part| part == phrase)
            }
            Self::Phrase(phrase, slop) => {
                let width = (phrase.len() + slop).min(document.stems.len()).max(1);
                !phrase.is_empty()
                    && document.stems.windows(width).any(|part| phrase.iter().all(|stem| part.contains(stem)))
            }
            Self::Wild(pattern) => document.words.iter().any(|word| wild(pattern, &word.chars().collect::<Vec<_>>())),
            Self::Fuzzy(wanted, limit) => {
                document.words.iter().any(|word| near(wanted, &word.chars().collect::<Vec<_>>(), *limit))
            }
        }
    }
}

/// Whether a word fits a pattern with `*` and `?`. Only the last `*` has to be tried again: an earlier one could do no better.
fn wild(pattern: &[char], word: &[char]) -> bool {
    let (mut at, mut letter) = (0, 0);
    let mut star = None;
    while letter < word.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, letter));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == word[letter] => {
                at += 1;
                letter += 1;
            }
            _ => {
                let Some((place, taken)) = star else { return false };
                star = Some((place, taken + 1));
                (at, letter) = (place + 1, taken + 1);
            }
        }
    }
    pattern.iter().skip(at).all(|rest| *rest == '*')
}

/// Whether two words are at most `limit` edits apart.
fn near(left: &[char], right: &[char], limit: usize) -> bool {
    if left.len().abs_diff(right.len()) > limit {
        return false;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (place, letter) in left.iter().enumerate() {
        let mut next = vec![place + 1];
        for (column, other) in right.iter().enumerate() {
            let least = (row[column + 1] + 1).min(next[column] + 1).min(row[column] + usize::from(letter != other));
            next.push(least);
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= limit)
}

/// The test of a text clause.
pub(super) fn test<'s>(
    context: &Context<'s>,
    kind: Kind,
    operator: Operator,
    (name, operand): (&str, &Operand),
) -> Checked<Test<'s>> {
    let text = match operand {
        Operand::Value(value) => value.text.clone(),
        Operand::Function(function) => {
            let person = Kind::User(super::fields::UserField::Assignee);
            let found = functions::values(context, person, (name, function), false)?;
            found.into_iter().next().unwrap_or_default()
        }
        Operand::Empty(_) | Operand::List(..) => return Err(format!("The field '{name}' wants one text here.")),
    };
    let node = read(&text, name)?;
    let positive = operator == Operator::Like;
    Ok(Box::new(move |issue| match document(kind, issue) {
        Some(document) => node.found(&document) == positive,
        None => false,
    }))
}

/// What is searched in; nothing when the field is EMPTY.
fn document(kind: Kind, issue: &Issue) -> Option<Document> {
    let comments = || issue.comments.iter().map(|comment| comment.body.as_str());
    let text = match kind {
        Kind::Text(TextField::Summary) => issue.summary.clone(),
        Kind::Text(TextField::Description) => issue.description.clone()?,
        Kind::Text(TextField::Customer) => issue.customer.clone()?,
        Kind::Text(TextField::Environment) => issue.environment.as_ref()?.0.clone(),
        Kind::WorklogComment => {
            let all: Vec<&str> = issue.worklogs.iter().filter_map(|log| log.comment.as_deref()).collect();
            if all.is_empty() {
                return None;
            }
            all.join("\n")
        }
        Kind::Comment if issue.comments.is_empty() => return None,
        Kind::Comment => comments().collect::<Vec<_>>().join("\n"),
        _ => {
            let own = [issue.summary.as_str(), issue.description.as_deref().unwrap_or_default()];
            let customer = std::iter::once(issue.customer.as_deref().unwrap_or_default());
            own.into_iter().chain(customer).chain(comments()).collect::<Vec<_>>().join("\n")
        }
    };
    Some(Document::of(&text))
}

/// `fixVersion ~ "6.*"`: the whole name, with `*` for anything.
pub(super) fn version_test<'s>(kind: Kind, operator: Operator, operand: &Operand) -> Checked<Test<'s>> {
    let Operand::Value(value) = operand else { return Err("A version is searched by its name.".into()) };
    let pattern: Vec<char> = value.text.to_lowercase().replace('?', "").chars().collect();
    Ok(Box::new(move |issue| {
        let held = if kind == Kind::FixVersion { &issue.fix_versions } else { &issue.affected_versions };
        let hit = held.iter().any(|name| wild(&pattern, &name.to_lowercase().chars().collect::<Vec<_>>()));
        !held.is_empty() && hit == (operator == Operator::Like)
    }))
}

mod syntax;

use syntax::read;
