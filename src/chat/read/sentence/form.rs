//! How people write words: shortened, without the space between two, in another form.

use crate::chat::dictionary::Dictionary;
use crate::chat::read::token::{Kind, Token};

/// How people shorten words whose letters are too few to be recognised.
pub(super) const SHORT: [(&str, &str); 28] = [
    ("lst", "last"),
    ("ths", "this"),
    ("nxt", "next"),
    ("prev", "previous"),
    ("curr", "current"),
    ("yday", "yesterday"),
    ("tmrw", "tomorrow"),
    ("tmr", "tomorrow"),
    ("tdy", "today"),
    ("opn", "open"),
    ("clsd", "closed"),
    ("frm", "from"),
    ("thru", "through"),
    ("abt", "about"),
    ("ppl", "people"),
    ("wth", "with"),
    ("teh", "the"),
    ("hte", "the"),
    ("nd", "and"),
    ("n", "and"),
    ("u", "you"),
    ("whos", "whose"),
    ("ops", "operations"),
    ("infra", "infrastructure"),
    ("auth", "authentication"),
    ("mgmt", "management"),
    ("config", "configuration"),
    ("perf", "performance"),
];

/// Words that people write together with the next one. Others are rather the beginning of a word that is not known.
const FIRST_HALVES: [&str; 17] = [
    "last",
    "this",
    "next",
    "current",
    "open",
    "closed",
    "high",
    "highest",
    "low",
    "due",
    "story",
    "fix",
    "active",
    "unassigned",
    "overdue",
    "assigned",
    "created",
];

/// Tokens that are two words without the space between them, as two.
pub(super) fn separated(tokens: Vec<Token>, words: &Dictionary) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let known = |word: &str| {
            let mut found = words.find(word).is_some();
            if !found {
                each_form(word, &mut String::new(), &mut |form| found |= words.find(form).is_some());
            }
            found
        };
        if token.kind != Kind::Word
            || token.word.len() < 7
            || token.word.len() > 40
            || !token.word.is_ascii()
            || known(&token.word)
        {
            out.push(token);
            continue;
        }
        let halves = (3..token.word.len() - 2).filter_map(|at| token.word.split_at_checked(at));
        let found = halves
            .filter(|(one, other)| FIRST_HALVES.contains(one) && known(other))
            .max_by_key(|(one, other)| one.len().min(other.len()));
        let Some((one, other)) = found.map(|(one, other)| (one.to_owned(), other.to_owned())) else {
            out.push(token);
            continue;
        };
        let middle = (token.start + one.len()).min(token.end);
        out.push(Token { end: middle, word: one, possessive: false, ..token.clone() });
        out.push(Token { start: middle, word: other, glued: true, ..token });
    }
    out
}

/// Other forms of a word, in the buffer one after the other: without the ending of several, or with it.
pub(super) fn each_form(word: &str, buffer: &mut String, each: &mut dyn FnMut(&str)) {
    let mut form = |stem: &str, ending: &str| {
        write_form(buffer, stem, ending);
        each(buffer);
    };
    if word.len() == 3
        && let Some(stem) = word.strip_suffix('s').filter(|stem| stem.ends_with(|c: char| c.is_ascii_digit()))
    {
        // “P1s”
        form(stem, "");
    }
    if word.len() > 3 && word.is_ascii() {
        if let Some(stem) = word.strip_suffix("ies") {
            form(stem, "y");
        }
        if let Some(stem) = word.strip_suffix("ys") {
            form(stem, "y");
            form(stem, "ies");
        }
        if let Some(stem) = word.strip_suffix("es") {
            form(stem, "");
        }
        if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
            form(stem, "");
        }
    }
    if word.len() > 2 && word.is_ascii() && !word.ends_with('s') {
        form(word, "s");
        form(word, "es");
        if let Some(stem) = word.strip_suffix('y') {
            form(stem, "ies");
        }
    }
}

pub(super) fn write_form(buffer: &mut String, stem: &str, ending: &str) {
    buffer.clear();
    buffer.push_str(stem);
    buffer.push_str(ending);
}
