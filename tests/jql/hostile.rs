//! Texts that want to break the parser.

use crate::random::{Random, cases};
use crate::trees;
use chat_for_jira::jql::check::check;
use chat_for_jira::jql::complete::complete;
use chat_for_jira::jql::{MAX_DEPTH, explain, parse, printer};
use chat_for_jira::vocabulary::{Entry, Kind, Part, Vocabulary};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

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

/// A site with this many names of each kind.
fn site(size: usize) -> Vocabulary {
    let mut site = Vocabulary::default();
    for kind in Kind::all() {
        let name = |n| Entry { id: format!("{n}"), name: format!("{} é {n}", kind.text()), ..Entry::default() };
        site.put(kind, Part { fetched_at: 0, whole: true, entries: (0..size).map(name).collect() });
    }
    site
}

static SITE: LazyLock<Vocabulary> = LazyLock::new(|| site(3));

/// Whatever the text, the answer is a tree that prints and can be explained, or an error at a place in the text.
fn survives(source: &str) {
    for cursor in [source.len() / 2, source.len()] {
        let offered = complete(source, cursor, &SITE, 5);
        assert!(source.get(offered.start..offered.end).is_some(), "{source:?} at {cursor}: {offered:?}");
    }
    match parse(source) {
        Ok(query) => {
            for problem in check(&query, &SITE) {
                assert!(source.get(problem.start..problem.end).is_some(), "{source:?}: {problem:?}");
                assert!(problem.message.ends_with(['.', '?']), "{source:?}: {problem:?}");
                for suggestion in &problem.suggestions {
                    let mut mended = source.to_owned();
                    mended.replace_range(problem.start..problem.end, suggestion);
                    assert!(parse(&mended).is_ok(), "{source:?}: {problem:?}");
                }
            }
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

/// Each text is long enough for work that grows with its square to take minutes, and short enough for work in proportion to
/// take a few milliseconds, so that a busy machine makes no difference.
#[test]
fn a_long_query_is_checked_explained_and_completed_in_proportion() {
    const LONG: usize = 100_000;
    let site = site(500);
    let started = Instant::now();
    for source in [
        vec!["assignee = Nobody"; LONG / 22].join(" or "),
        format!("assignee in ({}b)", "\"people é 1999\",".repeat(LONG / 18)),
        format!("labels in ({}b)", "b,".repeat(LONG / 2)),
        format!("assignee = \"{}\"", "people ".repeat(LONG / 7)),
        format!("project = A order by {}key", "fields,".repeat(LONG / 7)),
    ] {
        let query = parse(&source).unwrap();
        assert!(check(&query, &site).len() <= 30);
        assert!(!explain::clauses(&query).is_empty());
        assert!(complete(&source, source.len(), &site, 10).items.len() <= 10);
    }
    for source in ["(".repeat(LONG), "a = b c ".repeat(LONG / 8)] {
        let _ = complete(&source, source.len(), &site, 10);
    }
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}
