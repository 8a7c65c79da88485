use super::{Kind, decode, tokens};

fn kinds(source: &str) -> Vec<Kind> {
    tokens(source).iter().map(|token| token.kind).filter(|kind| *kind != Kind::End).collect()
}

#[test]
fn the_longest_token_wins() {
    assert_eq!(kinds("!=!~!<=<>=>"), {
        use Kind::{Bang, Greater, GreaterOrEqual, Less, LessOrEqual, NotEquals, NotLike};
        [NotEquals, NotLike, Bang, LessOrEqual, Less, GreaterOrEqual, Greater]
    });
    assert_eq!(kinds("&&& |||"), [Kind::And, Kind::And, Kind::Or, Kind::Or]);
    assert_eq!(kinds("-7 -7d 7 7.5 - cf cfx"), {
        use Kind::{CustomField, Number, Word};
        [Number, Word, Number, Word, Word, CustomField, Word]
    });
}

#[test]
fn words_are_known_whatever_their_case() {
    assert_eq!(kinds("AnD null EMPTY Abort android"), {
        use Kind::{And, Empty, Reserved, Word};
        [And, Empty, Empty, Reserved, Word]
    });
    // Letters that only become these words in other alphabets are other letters.
    assert_eq!(kinds("İn ıs"), [Kind::Word, Kind::Word]);
}

#[test]
fn a_character_outside_the_rules_is_a_token_of_its_own() {
    assert_eq!(kinds("a@b"), [Kind::Word, Kind::BadCharacter, Kind::Word]);
    assert_eq!(kinds("\"a\tb\""), [Kind::BadQuoted, Kind::Word, Kind::Unclosed]);
    assert_eq!(kinds("\"a\nb\""), [Kind::Quoted]);
    assert_eq!(kinds("'a\"b' \"a'b\""), [Kind::Quoted, Kind::Quoted]);
    assert_eq!(kinds("\"a\\"), [Kind::BadQuoted]);
    assert_eq!(kinds("a\\"), [Kind::Word, Kind::BadCharacter]);
}

#[test]
fn escapes_are_resolved_in_words_and_in_quotes() {
    for (lexeme, text) in [
        ("plain", "plain"),
        (r"issue\ type", "issue type"),
        (r#""say \"yes\"""#, r#"say "yes""#),
        (r"'it\'s'", "it's"),
        (r#""\t\n\r\\""#, "\t\n\r\\"),
        (r"\u0041b\u00e9", "Abé"),
        (r"\ud83d\ude00!", "😀!"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ude00", "\u{fffd}"),
        (r#""""#, ""),
        (r#""'""#, "'"),
    ] {
        assert_eq!(decode(lexeme), text, "{lexeme}");
    }
}
