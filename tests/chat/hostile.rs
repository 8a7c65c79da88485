//! Texts that are no questions: long ones, odd ones, and words that mean nothing.

use crate::clock;
use crate::pairs;
use crate::random::{Random, cases};
use chat_for_jira::chat::translate::{Outcome, Translator};
use chat_for_jira::jql;
use std::time::Duration;

/// How long the long text is, in characters (a little less where the code is not optimised), and how much shorter the other one.
const LONG: usize = if cfg!(debug_assertions) { 3_000 } else { 10_000 };
const TIMES: usize = 8;
/// So many short texts take as long as the long one where time is in proportion, an eighth where it grows with the square.
const MOST: u32 = 4;
/// How often both times are taken again before one counts as too long: the machine has other things to do too.
const TRIES: usize = 6;
/// What is shorter is no measure.
const LEAST: Duration = Duration::from_millis(20);

/// What is repeated, behind some words.
const REPEATED: [&str; 40] = [
    "bug ",
    "open ",
    "my ",
    "and ",
    "or ",
    "not ",
    "in ",
    "PUMP ",
    "pump ",
    "infusion pump next ",
    "erik lund, ",
    "Anna-Lena Holm's ",
    "last week ",
    "the ",
    "a",
    "aa ",
    "ab",
    " ",
    "\n",
    "\"",
    "\"quoted\" ",
    "'",
    "-",
    "5",
    "5 ",
    "5.2 ",
    "2026-03-12 ",
    "between 1 and 2 ",
    "PUMP-1 ",
    "PUMP-1",
    ",",
    "é",
    "😀",
    "under ",
    "under inspection ",
    "undre inspectoin ",
    "not assigned to erik sandstrom and ",
    "= ",
    "( ",
    "moved to released by ",
];

/// A sequence of letters that no word of any site or of the language begins with.
fn nothing(random: &mut Random) -> String {
    let letters = ["xq", "zv", "jx", "qk", "wv", "kz", "vj", "xz"];
    (0..2 + random.below(3)).map(|_| *random.one(&letters)).collect()
}

fn is_sound(outcome: &Outcome, words: &str) {
    if let Outcome::Jql(jql) = outcome {
        let query = jql::parse(jql).unwrap_or_else(|error| panic!("{words:?} became {jql:?}: {error}"));
        assert!(query.where_clause.is_some(), "{words:?} became a search for everything");
    }
}

#[test]
fn words_that_mean_nothing_make_no_search() {
    let translator = Translator::of_site(&pairs::site()).unwrap();
    let mut random = Random::of_test(81);
    for _ in 0..cases(1_000) {
        let count = 1 + random.below(12);
        let words: Vec<String> = (0..count).map(|_| nothing(&mut random)).collect();
        let text = words.join(*random.one(&[" ", ", ", " - ", "\n", "? ", "… "]));
        let outcome = translator.outcome(&text, None);
        assert!(!matches!(outcome, Outcome::Jql(_)), "{text:?}: {outcome:?}");
        // Behind a search they neither widen it nor add to it.
        let previous = "project = PUMP AND statusCategory != Done";
        if let Outcome::Jql(jql) = translator.outcome(&text, Some(previous)) {
            assert_eq!(jql::parse(&jql), jql::parse(previous), "{text:?}");
        }
    }
}

#[test]
fn characters_of_any_kind_are_no_search_and_no_fault() {
    let translator = Translator::of_site(&pairs::site()).unwrap();
    let mut random = Random::of_test(82);
    let odd = [
        "\0",
        "\u{202e}",
        "\u{feff}",
        "ﬁ",
        "İ",
        "ß",
        "ǆ",
        "🏳️‍🌈",
        "\u{301}",
        "\\",
        "\"",
        "'",
        "’",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "{",
        "=",
        "~",
        "<",
        "!",
        "%",
        "$",
        "#",
        "@",
        "/",
        ".",
        ",",
        ";",
        ":",
        "?",
        "-",
        "—",
        "_",
        "+",
        "*",
        "\t",
        "\r\n",
        "\u{a0}",
        "0",
        "1",
        "99999999999999999999",
        "१२",
        "中文",
        "עברית",
        "a",
        "Z",
    ];
    for _ in 0..cases(2_000) {
        let count = random.below(30);
        let text: String = (0..count).map(|_| *random.one(&odd)).collect();
        is_sound(&translator.outcome(&text, None), &text);
        let among = format!("open {text} defects of {text} erik lund {text}");
        is_sound(&translator.outcome(&among, Some("project = PUMP")), &among);
    }
}

fn time_of(times: usize, work: &dyn Fn()) -> Duration {
    let started = clock::busy();
    (0..times).for_each(|_| work());
    clock::busy() - started
}

/// Whether the long text takes at most [`MOST`] times as long as short ones of the same length together. The best times count.
fn in_proportion(work: &dyn Fn(&str), repeated: &str) -> Result<(), String> {
    let [short, long] = [LONG / TIMES, LONG].map(|length| {
        let text: String = repeated.chars().cycle().take(length).collect();
        text
    });
    let (mut best_short, mut best_long) = (Duration::from_secs(60), Duration::MAX);
    for _ in 0..TRIES {
        best_long = best_long.min(time_of(1, &|| work(&long)));
        best_short = best_short.min(time_of(TIMES, &|| work(&short)));
        if best_long < best_short.max(LEAST) * MOST {
            return Ok(());
        }
    }
    Err(format!("{repeated:?}: {best_long:?} for {LONG} characters, {best_short:?} for the same in {TIMES} parts"))
}

#[test]
fn long_texts_take_time_in_proportion() {
    let translator = Translator::of_site(&pairs::site()).unwrap();
    let work = |text: &str| {
        is_sound(&translator.outcome(text, Some("project = PUMP AND statusCategory != Done")), "a long text")
    };
    let slow: Vec<String> = REPEATED.iter().filter_map(|repeated| in_proportion(&work, repeated).err()).collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// The measure is worth something: work that grows with the square is found out.
#[test]
fn the_square_is_more_than_allowed() {
    let again_and_again = |text: &str| {
        let rest_of = |(at, _)| text.bytes().skip(at).filter(|byte| *byte == b'b').count();
        // Often enough that the clock tells it also where the code is optimised.
        let once = || text.char_indices().map(rest_of).sum::<usize>();
        assert!((0..6).map(|_| std::hint::black_box(once())).sum::<usize>() > 0);
    };
    assert!(in_proportion(&again_and_again, "bug ").is_err());
}
