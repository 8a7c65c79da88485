use super::{print, quote};
use crate::jql::parse;

#[test]
fn the_canonical_text_is_the_same_however_the_query_was_written() {
    for (source, canonical) in [
        ("project=MOB", "project = MOB"),
        ("(((project = 'MOB')))", "project = MOB"),
        ("a = 1 && b != \"x y\" or not c is null", "(a = 1 AND b != \"x y\") OR NOT c IS EMPTY"),
        ("not (a = 1 or b = 2)", "NOT (a = 1 OR b = 2)"),
        (
            "status changed FROM Open to 'In Progress' by currentuser( ) after -1w",
            "status CHANGED FROM Open TO \"In Progress\" BY currentuser() AFTER -1w",
        ),
        (
            "assignee was not in (a,b) during (2026-01-01,now())",
            "assignee WAS NOT IN (a, b) DURING (2026-01-01, now())",
        ),
        (
            "cf [ 10010 ] in (1,\"1\",(a),empty) order by \"My field\" , Rank asc",
            "cf[10010] IN (1, \"1\", (a), EMPTY) ORDER BY \"My field\", Rank ASC",
        ),
        ("issue.property [ k ] .a.b = 1", "issue.property[k].a.b = 1"),
        ("\"Team[Team]\" = x", "\"Team[Team]\" = x"),
        ("order by created desc", "ORDER BY created DESC"),
        ("", ""),
    ] {
        assert_eq!(print(&parse(source).unwrap()), canonical, "{source}");
    }
}

#[test]
fn what_is_not_certainly_a_word_is_quoted() {
    for (text, quoted) in [
        ("MOB-1", "MOB-1"),
        ("2026-01-31", "2026-01-31"),
        ("7", "\"7\""),
        ("", "\"\""),
        ("and", "\"and\""),
        ("Date", "\"Date\""),
        ("é", "\"é\""),
        ("712020:abc", "\"712020:abc\""),
        ("a\" OR b = \"c", r#""a\" OR b = \"c""#),
        ("a\\", r#""a\\""#),
        ("a\tb\u{0}\u{9f}\u{ffff}", r#""a\tb\u0000\u009f\uffff""#),
    ] {
        assert_eq!(quote(text), quoted);
    }
}
