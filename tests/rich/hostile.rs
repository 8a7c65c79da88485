//! Texts that want to take long or to break something.

use crate::random::{Random, cases};
use crate::texts;
use chat_for_jira::rich::document::Document;
use chat_for_jira::rich::{adf, markdown, text, wiki};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// Each is repeated until the text is long; `$` is where the repetition ends and what follows is repeated too.
const PATTERNS: [&str; 78] = [
    "*",
    "**",
    "_",
    "a*",
    "*a ",
    "**a ",
    "_a_ ",
    "*a **b ",
    "*a_ ",
    "a**b",
    "*a* ",
    "***a",
    "~~",
    "~~a ",
    "`",
    "`a",
    "``a`",
    "`a ``b ",
    "[",
    "[a",
    "[]",
    "![",
    "[a](",
    "[a](b",
    "[a](<b",
    "[a](b \"",
    "[a](b '",
    "[a](b (",
    "[a](https://b.c)",
    "[$](https://b.c)",
    "[$]{.sub}",
    "![$](https://b.c)",
    "[$]{.date}",
    "[a]{",
    "[a]{b",
    "[a]{b=\"",
    "[a]{.sub}",
    "](",
    "]",
    "<",
    "<a",
    "<https://a",
    "https://a.b",
    "http://",
    "https://a)",
    ")",
    "h",
    "\\",
    "\\\n",
    "a\n",
    "\n",
    "> ",
    ">",
    "- ",
    "* - ",
    "1. ",
    "- a\n",
    " - a\n",
    "> a\n",
    "# ",
    "|",
    "| a ",
    "|a|\n|-|\n",
    "---\n",
    "{",
    "{{",
    "{{a}} ",
    "{*}",
    "{color:red}",
    "{quote}",
    "{panel:a}",
    "{code}",
    "!a",
    "!a.b!",
    "||",
    "|a\n",
    "* a\n** b\n",
    "\t",
];

fn repeated(pattern: &str, length: usize) -> String {
    let (begin, end) = pattern.split_once('$').unwrap_or((pattern, ""));
    let times = length / pattern.len().max(1);
    format!("{}a{}", begin.repeat(times), end.repeat(times))
}

/// Reads and writes a text in all forms. The answer keeps the compiler from leaving anything out.
fn everything(source: &str) -> usize {
    let through = |document: &Document| {
        let data = adf::write(document);
        markdown::write(document).len() + wiki::write(document).len() + text::write(&adf::read(&data)).len()
    };
    through(&markdown::read(source)) + through(&wiki::read(source))
}

/// The shorter time of two.
fn time(source: &str) -> Duration {
    let one = || {
        let start = Instant::now();
        assert!(everything(source) < usize::MAX);
        start.elapsed()
    };
    (0..2).map(|_| one()).min().unwrap_or_default()
}

#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    const LONG: usize = 100_000;
    const SHARE: usize = 8;
    for pattern in PATTERNS {
        let once = || (time(&repeated(pattern, LONG / SHARE)), time(&repeated(pattern, LONG)));
        // In proportion would be 8 times as long, with the square 64 times. Another process may take the processor meanwhile.
        let fair = |(short, long): (Duration, Duration)| long < (short + Duration::from_millis(2)) * 24;
        assert!((0..4).any(|_| fair(once())), "{pattern:?}: {:?}", once());
    }
}

#[test]
fn what_is_too_deep_keeps_its_text() {
    let deep = |begin: &str, end: &str| format!("{}word{}", begin.repeat(5_000), end.repeat(5_000));
    for (begin, end) in [("> ", ""), ("- ", ""), ("> - ", ""), ("[", "]{.sub}"), ("*a ", " b*")] {
        let document = markdown::read(&deep(begin, end));
        assert!(text::write(&document).contains("word"), "{begin}");
        assert_eq!(markdown::read(&markdown::write(&document)), document, "{begin}");
    }
    for (begin, end) in [("{quote}{panel:a}", ""), ("*", ""), ("{*}", "{*}"), ("{color:red}", "{color}")] {
        assert!(text::write(&wiki::read(&deep(begin, end))).contains("word"), "{begin}");
    }
}

/// A node with another in it. That is moved: `json!` would copy it, level by level of the stack.
fn around(kind: &str, node: Value) -> Value {
    let mut content = Map::new();
    content.insert("type".to_owned(), kind.into());
    content.insert("content".to_owned(), Value::Array(vec![node]));
    Value::Object(content)
}

#[test]
fn data_that_is_too_deep_keeps_its_text() {
    for kind in [
        "panel",
        "bulletList",
        "listItem",
        "blockquote",
        "expand",
        "table",
        "tableRow",
        "tableCell",
        "taskList",
        "text",
        "odd",
        "paragraph",
    ] {
        let mut node = json!({"type": "text", "text": "word"});
        for _ in 0..1_000 {
            node = around(kind, node);
        }
        let document = adf::read(&around("doc", node));
        assert_eq!(text::write(&document).matches("word").count(), 1, "{kind}");
        assert_eq!(adf::read(&adf::write(&document)), document, "{kind}");
    }
}

/// A node of any kind with any content, as no editor makes it.
fn node(random: &mut Random, depth: usize) -> Value {
    const KINDS: [&str; 40] = [
        "doc",
        "paragraph",
        "heading",
        "codeBlock",
        "blockquote",
        "panel",
        "expand",
        "nestedExpand",
        "bulletList",
        "orderedList",
        "taskList",
        "decisionList",
        "listItem",
        "taskItem",
        "blockTaskItem",
        "decisionItem",
        "table",
        "tableRow",
        "tableCell",
        "tableHeader",
        "mediaSingle",
        "mediaGroup",
        "media",
        "mediaInline",
        "caption",
        "blockCard",
        "embedCard",
        "inlineCard",
        "rule",
        "text",
        "hardBreak",
        "mention",
        "date",
        "status",
        "emoji",
        "placeholder",
        "extension",
        "layoutSection",
        "layoutColumn",
        "odd",
    ];
    let word = format!("w{}", random.below(1_000_000_000));
    let value = random
        .one(&[
            json!(word),
            json!(3),
            json!(-1),
            json!(1e300),
            json!(null),
            json!([]),
            json!("1700000000000"),
            json!("https://a.b"),
        ])
        .clone();
    let many = if depth > 5 { 0 } else { random.below(4) };
    let content: Vec<Value> = (0..many).map(|_| node(random, depth + 1)).collect();
    let names = [
        "text",
        "id",
        "level",
        "order",
        "color",
        "url",
        "title",
        "shortName",
        "timestamp",
        "state",
        "language",
        "alt",
        "colspan",
        "rowspan",
        "panelType",
    ];
    json!({
        "type": random.one(&KINDS),
        "text": word,
        "attrs": {*random.one(&names): value, *random.one(&names): "x"},
        "marks": [{"type": random.one(&["strong", "code", "link", "subsup", "textColor", "odd"]), "attrs": {"type": "sub", "href": "https://a.b", "color": "#ff0000"}}],
        "content": content,
    })
}

#[test]
fn no_data_breaks_anything() {
    let mut random = Random::of_test(21);
    for _ in 0..cases(5_000) {
        let data = node(&mut random, 0);
        let document = adf::read(&data);
        let written = adf::write(&document);
        assert_eq!(adf::read(&written), document, "{data}");
        assert_eq!(markdown::read(&markdown::write(&document)), markdown::read(&markdown::write(&document)));
        wiki::write(&document);
    }
}

#[test]
fn no_text_breaks_anything() {
    let mut random = Random::of_test(22);
    for _ in 0..cases(5_000) {
        everything(&texts::markdown(&mut random));
        everything(&texts::wiki(&mut random));
    }
}
