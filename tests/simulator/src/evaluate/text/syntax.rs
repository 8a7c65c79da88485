//! Reads what stands behind `~`.

use super::{Node, STOP, stems, words};
use crate::evaluate::Checked;
use crate::evaluate::stem::stem;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    /// The words between quotation marks, and the slop behind them.
    Phrase(String, usize),
    Word(String),
}

/// A search text of the field `name` as a tree.
pub(super) fn read(text: &str, name: &str) -> Checked<Node> {
    let wrong = || format!("The text query '{text}' for the field '{name}' is not valid.");
    let tokens = tokens(text).ok_or_else(wrong)?;
    if tokens.is_empty() {
        return Err(format!("The text query for the field '{name}' is empty."));
    }
    let mut reader = Reader { tokens, at: 0 };
    let node = reader.either(0).ok_or_else(wrong)?;
    if reader.at == reader.tokens.len() { Ok(node) } else { Err(wrong()) }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            space if space.is_whitespace() => {}
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => {
                let mut phrase = String::new();
                loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' => phrase.push(letters.next()?),
                        other => phrase.push(other),
                    }
                }
                let mut slop = String::new();
                if letters.next_if_eq(&'~').is_some() {
                    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                        slop.push(digit);
                    }
                }
                tokens.push(Token::Phrase(phrase, slop.parse().unwrap_or(0)));
            }
            first => {
                let mut word = String::from(first);
                while let Some(next) = letters.next_if(|next| !next.is_whitespace() && !"()\"".contains(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Some(tokens)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn next_is(&self, words: [&str; 2]) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Word(word)) if words.contains(&word.as_str()))
    }

    fn either(&mut self, depth: usize) -> Option<Node> {
        if depth > 50 {
            return None;
        }
        let mut parts = vec![self.both(depth)?];
        while self.next_is(["OR", "||"]) {
            self.at += 1;
            parts.push(self.both(depth)?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Node::Or(parts) })
    }

    fn both(&mut self, depth: usize) -> Option<Node> {
        let mut parts = Vec::new();
        while self.at < self.tokens.len()
            && self.tokens.get(self.at) != Some(&Token::Close)
            && !self.next_is(["OR", "||"])
        {
            if self.next_is(["AND", "&&"]) {
                self.at += 1;
                continue;
            }
            parts.push(self.one(depth)?);
        }
        if parts.is_empty() { None } else { Some(Node::And(parts)) }
    }

    fn one(&mut self, depth: usize) -> Option<Node> {
        let negated = self.next_is(["NOT", "!"]);
        if negated {
            self.at += 1;
        }
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let node = match token {
            Token::Open => {
                let inner = self.either(depth + 1)?;
                if self.tokens.get(self.at) != Some(&Token::Close) {
                    return None;
                }
                self.at += 1;
                inner
            }
            Token::Close => return None,
            Token::Phrase(phrase, slop) => Node::Phrase(stems(&words(&phrase)), slop),
            Token::Word(word) => single(&word)?,
        };
        Some(if negated { Node::Not(Box::new(node)) } else { node })
    }
}

fn single(word: &str) -> Option<Node> {
    if let Some(rest) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
        return Some(Node::Not(Box::new(plain(rest)?)));
    }
    plain(word.strip_prefix('+').filter(|rest| !rest.is_empty()).unwrap_or(word))
}

fn plain(word: &str) -> Option<Node> {
    let word = word.split_once('^').map_or(word, |(word, _)| word);
    if word.starts_with(['*', '?']) {
        // Jira refuses a wildcard in front.
        return None;
    }
    if word.contains(['*', '?']) {
        return Some(Node::Wild(word.replace('\\', "").to_lowercase().chars().collect()));
    }
    if let Some((wanted, limit)) = word.rsplit_once('~').filter(|(wanted, _)| !wanted.is_empty()) {
        let limit = limit.parse().ok().filter(|limit| *limit < 2).unwrap_or(2);
        return Some(Node::Fuzzy(wanted.to_lowercase().chars().collect(), limit));
    }
    // An accountId is one word, as it is in a mention.
    let id =
        word.split_once(':').filter(|(site, _)| site.chars().all(|digit| digit.is_ascii_digit()) && !site.is_empty());
    if id.is_some() {
        return Some(Node::Stem(word.to_lowercase()));
    }
    let found = words(&word.replace('\\', ""));
    let known = found.iter().filter(|word| !STOP.contains(&word.as_str()));
    Some(Node::And(known.map(|word| Node::Stem(stem(word))).collect()))
}
