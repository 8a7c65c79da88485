//! Texts that want to break the parser.

use crate::random::{Random, cases};
use crate::trees;
use chat_for_jira::jql::{MAX_DEPTH, explain, parse, printer};

const PIECES: [&str; 58] = [
    "(",
    ")",
    ",",
    "[",
    "]",
    "!",
    "<",
    ">",
    "<=",
    ">=",
    "=",
    "!=",
    "~",
    "!~",
    "&",
    "&&",
    "|",
    "||",
    " in ",
    " is ",
    " and ",
    " or ",
    " not ",
    " empty ",
    " null ",
    " was ",
    " changed ",
    " before ",
    " after ",
    " from ",
    " to ",
    " on ",
    " during ",
    " order by ",
    " by ",
    " asc ",
    " desc ",
    "1",
    "-1",
    "-",
    "-1w",
    "cf",
    "cf[1]",
    "date",
    "\"",
    "'",
    "\\",
    "\\u0041",
    "\\u00",
    "\\ud83d",
    "\\ude00",
    "\t",
    "\n",
    "\0",
    "\u{a0}",
    "\u{ffff}",
    "é",
    "😀",
];

/// Whatever the text, the answer is a tree that prints and can be explained, or an error at a place in the text.
fn survives(source: &str) {
    match parse(source) {
        Ok(query) => {
            assert_eq!(parse(&printer::print(&query)).as_ref(), Ok(&query), "{source:?}");
            for part in explain::clauses(&query) {
                assert!(!part.meaning.is_empty() && !part.jql.is_empty(), "{source:?}");
                assert!(source.get(part.start..part.end).is_some_and(|text| !text.is_empty()), "{source:?}: {part:?}");
            }
        }
        Err(error) => {
            assert!(source.get(error.start..error.end).is_some(), "{source:?}: {error:?}");
            assert!(error.message.ends_with(['.', '…']), "{source:?}: {error:?}");
        }
    }
}

fn mutated(random: &mut Random, source: &str) -> String {
    let mut characters: Vec<char> = source.chars().collect();
    for _ in 0..=random.below(4) {
        let from = random.below(characters.len() + 1);
        let to = (from + random.below(6)).min(characters.len());
        match random.below(5) {
            0 => drop(characters.drain(from..to)),
            1 => characters.truncate(from),
            2 => {
                let copy: Vec<_> = characters.drain(from..to).collect();
                let at = random.below(characters.len() + 1);
                characters.splice(at..at, copy.iter().chain(&copy).copied());
            }
            _ => drop(characters.splice(from..from, random.one(&PIECES).chars())),
        }
    }
    characters.into_iter().collect()
}

/// A text that is nearly a query, or nothing like one.
pub(crate) fn text(random: &mut Random) -> String {
    match random.below(5) {
        0 => (0..random.below(12)).map(|_| *random.one(&PIECES)).collect(),
        1 => printer::print(&trees::query(random)),
        _ => {
            let printed = printer::print(&trees::query(random));
            mutated(random, &printed)
        }
    }
}

#[test]
fn no_text_makes_it_panic() {
    let mut random = Random::of_test(3);
    for _ in 0..cases(6_000) {
        survives(&text(&mut random));
    }
}

#[test]
fn ten_thousand_levels_are_refused_and_not_fatal() {
    const DEEP: usize = 10_000;
    let deep = [
        format!("{}a = b{}", "(".repeat(DEEP), ")".repeat(DEEP)),
        "(".repeat(DEEP),
        format!("{}a = b", "not ".repeat(DEEP)),
        format!("{}a = b", "!".repeat(DEEP)),
        format!("a in {}b{}", "(".repeat(DEEP), ")".repeat(DEEP)),
        format!("a changed by {}", "(".repeat(DEEP)),
    ];
    for source in deep {
        let error = parse(&source).unwrap_err();
        assert!(error.message.contains("too deep"), "{error}");
    }
}

#[test]
fn the_deepest_query_allowed_is_understood() {
    let source = format!("{}a = b{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert_eq!(printer::print(&parse(&source).unwrap()), "a = b");
    survives(&format!("{}a = b", "not ".repeat(MAX_DEPTH)));
    survives(&format!("a in {}b{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH)));
    assert!(parse(&format!("({source})")).is_err());
}
