use super::{Kind, each_word, split, words};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn told(text: &str) -> Vec<(Kind, String)> {
    split(text).into_iter().map(|token| (token.kind, token.word)).collect()
}

fn one(text: &str, kind: Kind, word: &str) {
    assert_eq!(told(text), [(kind, word.to_owned())], "{text}");
}

#[test]
fn the_quick_way_through_names_gives_the_same_words() {
    for name in [
        "Maria Lopez",
        "maria.lopez@example.org",
        "m.l@x",
        "O'Brien",
        "4.3",
        "In QA",
        "a@b.c",
        "Zo\u{eb} M\u{fc}ller",
        "MOB-12 x",
        "",
        " ",
        "tech-debt",
        "Sprint 18",
        "A  B",
        "maria.@example.org",
        "Griba 3.2",
        "Team Sprint 12",
        "tech-Debt",
        "x.y.z",
        "4.2.1",
        "1.x",
        "v4.2",
        "4-2",
        "MOB-12",
        "a1-b",
        "-a",
        "-5",
        "a-",
        "a--b",
        ".5",
        "5.",
        "w-o",
        "a-b@c.de",
        "a.b @c",
    ] {
        let mut quick = Vec::new();
        each_word(name, &mut String::new(), &mut |word| quick.push(word.to_owned()));
        assert_eq!(quick, words(name), "{name}");
    }
}

#[test]
fn keys_numbers_mails_and_words_are_told_apart() {
    one("mob-12", Kind::Key, "MOB-12");
    one("A1_B-7", Kind::Key, "A1_B-7");
    one("2026-11-30", Kind::Number, "2026-11-30");
    one("03/04", Kind::Number, "03/04");
    one("4.2", Kind::Number, "4.2");
    one("-7d", Kind::Word, "-7d");
    one("Maria.Lopez+x@example.com", Kind::Word, "maria.lopez+x@example.com");
    assert_eq!(words("MOB-12a"), ["mob", "12a"]);
    assert_eq!(words("x-12"), ["x", "12"]);
    assert_eq!(words("12-mob"), ["12", "mob"]);
}

#[test]
fn what_stands_in_quotes_is_one_token() {
    for text in ["\"Out of\"", "“Out of”", "„Out of“", "«Out of»", "'Out of'"] {
        one(text, Kind::Quoted, "Out of");
    }
    assert_eq!(words("\"open"), ["open"]);
    assert_eq!(words("don't panic"), ["dont", "panic"]);
}

#[test]
fn words_are_folded_and_possession_is_noted() {
    assert_eq!(words("Jürgen Weiß ŁÓDŹ"), ["jurgen", "weiss", "lodz"]);
    let tokens = split("Maria’s MOB");
    assert!(tokens[0].possessive && tokens[0].capital && !tokens[0].capitals);
    assert!(!tokens[1].possessive && tokens[1].capitals);
    assert_eq!(tokens[0].word, "maria");
}

#[test]
fn with_and_without_can_be_written_with_a_slash() {
    assert_eq!(words("w/o assignee"), ["without", "assignee"]);
    assert_eq!(words("w/ label"), ["with", "label"]);
    assert_eq!(words("low/other"), ["low", "other"]);
}

#[test]
fn parts_of_a_word_with_a_hyphen_are_glued() {
    let tokens = split("tech-debt flaky");
    assert_eq!(tokens.iter().map(|token| token.glued).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn places_are_borders_of_letters_in_any_text() {
    for text in ["İstanbul’s „x“ 🙂 e\u{301}s", "ﬁ'\"''", "ǅ-1 \u{200b}ß's", "«", "w/", "'", "a@b.c@", "1/2/3/4-5.6:7"]
    {
        for token in split(text) {
            assert!(token.start < token.end && text.get(token.start..token.end).is_some(), "{text}: {token:?}");
        }
    }
    assert!(split("").is_empty() && split(" \u{a0}\n").is_empty());
    assert_eq!(split(&"a ".repeat(10_000)).len(), 4_000);
}
