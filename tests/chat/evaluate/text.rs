//! `~`: all words in any order and any English form, "an exact phrase", `begin*`, `-without`, OR.

use super::{Checked, Held, Test};
use crate::issues::Issue;
use chat_for_jira::jql::ast::Operand;

const STOP: [&str; 12] = ["a", "an", "and", "are", "for", "in", "is", "of", "on", "the", "to", "with"];

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The common stem of forms of an English word, roughly.
fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    for end in ["ing", "es", "ed", "s", "e"] {
        if word.len() > end.len() + 2 && word.ends_with(end) && !word.ends_with("ss") {
            word.truncate(word.len() - end.len());
            break;
        }
    }
    let letters: Vec<char> = word.chars().collect();
    if let [.., a, b] = letters[..]
        && a == b
        && letters.len() > 3
    {
        word.pop();
    }
    word
}

/// One thing that is looked for.
enum Part {
    Word(String),
    Begin(String),
    Phrase(Vec<String>),
    Without(String),
}

fn parse(text: &str) -> Vec<Vec<Part>> {
    let mut ways = vec![Vec::new()];
    for (at, piece) in text.split('"').enumerate() {
        if at % 2 == 1 {
            ways.last_mut().unwrap().push(Part::Phrase(words(piece).iter().map(|word| stem(word)).collect()));
            continue;
        }
        for word in piece.split_whitespace() {
            if word == "OR" {
                ways.push(Vec::new());
                continue;
            }
            let way = ways.last_mut().unwrap();
            if let Some(begin) = word.strip_suffix('*') {
                way.push(Part::Begin(begin.to_lowercase()));
            } else if let Some(out) = word.strip_prefix('-') {
                way.push(Part::Without(stem(&out.to_lowercase())));
            } else {
                let kept = words(word).into_iter().filter(|word| !STOP.contains(&word.as_str()));
                way.extend(kept.map(|word| Part::Word(stem(&word))));
            }
        }
    }
    ways
}

fn fits(part: &Part, there: &[String], stems: &[String]) -> bool {
    match part {
        Part::Word(word) => stems.contains(word),
        Part::Begin(begin) => there.iter().any(|word| word.starts_with(begin.as_str())),
        Part::Phrase(phrase) => stems.windows(phrase.len().max(1)).any(|window| window == phrase.as_slice()),
        Part::Without(word) => !stems.contains(word),
    }
}

pub(super) fn test<'s>(held: &Held, negated: bool, operand: &Operand, me: &'s str) -> Checked<Test<'s>> {
    let mention = match operand {
        Operand::Function(function) if function.name.eq_ignore_ascii_case("currentUser") => Some(me),
        Operand::Value(_) => None,
        _ => return Err("a text is wanted here".into()),
    };
    let held = held.clone();
    if !matches!(held, Held::Text(_) | Held::AllText | Held::Comment) || negated && held == Held::AllText {
        return Err("the field does not take this operator".into());
    }
    let wanted = if let Operand::Value(value) = operand { parse(&value.text) } else { Vec::new() };
    if mention.is_none() && wanted.iter().all(Vec::is_empty) {
        return Err("nothing to look for".into());
    }
    let found = move |issue: &Issue| {
        let texts: Vec<&str> = match &held {
            Held::Text(id) => issue.texts.get(id).map(String::as_str).into_iter().collect(),
            Held::Comment => issue.comments.iter().map(String::as_str).collect(),
            _ => issue.texts.values().chain(&issue.comments).map(String::as_str).collect(),
        };
        let one = |text: &&str| {
            if let Some(me) = mention {
                return text.contains(&format!("[~accountid:{me}]"));
            }
            let there = words(text);
            let stems: Vec<String> = there.iter().map(|word| stem(word)).collect();
            wanted.iter().any(|way| !way.is_empty() && way.iter().all(|part| fits(part, &there, &stems)))
        };
        if held == Held::AllText && mention.is_none() {
            let all = texts.join(" . ");
            return one(&all.as_str());
        }
        texts.iter().any(one)
    };
    Ok(Box::new(move |issue| found(issue) != negated))
}
