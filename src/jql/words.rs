//! The words JQL keeps for itself.

use super::lexer::Kind;

/// The words with a role in the grammar.
const KEYWORDS: [(&str, Kind); 19] = [
    ("and", Kind::And),
    ("or", Kind::Or),
    ("not", Kind::Not),
    ("in", Kind::In),
    ("is", Kind::Is),
    ("empty", Kind::Empty),
    ("null", Kind::Empty),
    ("was", Kind::Was),
    ("changed", Kind::Changed),
    ("before", Kind::Before),
    ("after", Kind::After),
    ("from", Kind::From),
    ("to", Kind::To),
    ("on", Kind::On),
    ("during", Kind::During),
    ("order", Kind::Order),
    ("by", Kind::By),
    ("asc", Kind::Asc),
    ("desc", Kind::Desc),
];

/// The words without a role, which Jira still refuses outside quotes, by their first letter. One text for each letter rather
/// than for each word: it is smaller.
const RESERVED: [&str; 26] = [
    "abort access add alias alter any as audit avg",
    "begin between boolean break byte",
    "catch char character check checkpoint collate collation column commit connect continue count create current",
    "date decimal declare decrement default defaults define delete delimiter difference distinct divide do double \
     drop",
    "else encoding end equals escape exclusive exec execute exists explain",
    "false fetch field file first float for function",
    "go goto grant greater group",
    "having",
    "identified if immediate increment index initial inner inout input insert int integer intersect intersection \
     into isempty isnull",
    "join",
    "",
    "last left less like limit lock long",
    "max min minus mode modify modulo more multiply",
    "next noaudit notin nowait number",
    "object of option outer output",
    "power previous prior privileges public",
    "",
    "raise raw remainder rename resource return returns revoke right row rowid rownum rows",
    "select session set share size sqrt start strict string subtract sum synonym",
    "table then trans transaction trigger true",
    "uid union unique update user",
    "validate values view",
    "when whenever where while with",
    "",
    "",
    "",
];

/// What an unquoted word is: a keyword, reserved, the `cf` of `cf[1]`, or a plain word.
pub(super) fn classify(word: &str) -> Kind {
    if let Some((_, kind)) =
        KEYWORDS.iter().find(|(text, _)| text.len() == word.len() && text.eq_ignore_ascii_case(word))
    {
        *kind
    } else if word.eq_ignore_ascii_case("cf") {
        Kind::CustomField
    } else if is_reserved(word) {
        Kind::Reserved
    } else {
        Kind::Word
    }
}

fn is_reserved(word: &str) -> bool {
    let letter = word.bytes().next().map(|first| first.to_ascii_lowercase().wrapping_sub(b'a'));
    let same_letter = letter.and_then(|letter| RESERVED.get(usize::from(letter)));
    let same = |text: &[u8]| text.len() == word.len() && text.eq_ignore_ascii_case(word.as_bytes());
    same_letter.is_some_and(|words| words.as_bytes().split(|byte| *byte == b' ').any(same))
}
