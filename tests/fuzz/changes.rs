//! Changes of an input: small ones, at random places.

use crate::random::Random;
use serde_json::{Value, json};

/// What is longer is cut: the long ones are made where time is measured.
const LONGEST: usize = 4_000;

/// Pieces that mean something somewhere.
const PIECES: [&str; 96] = [
    "(",
    ")",
    "((",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\u0041",
    "\\ud83d",
    "\\ude00",
    ",",
    ":",
    ";",
    "=",
    "!=",
    "!",
    "~",
    "<",
    ">",
    "<=",
    "&",
    "|",
    "||",
    "-",
    "--",
    "---",
    "_",
    "*",
    "**",
    "`",
    "```",
    "#",
    "# ",
    "- ",
    "1. ",
    "> ",
    "|a|",
    "|-|",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\0",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{ffff}",
    "é",
    "😀",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    " and ",
    " or ",
    "not ",
    " in ",
    " is empty",
    " was ",
    " changed ",
    " by ",
    " order by ",
    "cf[1]",
    "currentUser()",
    "[a](b)",
    "https://a.b/c",
    "javascript:a",
    "data:a",
    "//a",
    "{color:red}",
    "{code}",
    "{quote}",
    "{panel}",
    "!a.png!",
    "[~accountid:a]",
    "h1. ",
    "||a||",
    "\"type\":",
    "\"content\":[",
    "\"attrs\":{",
    "\"marks\":[",
    "{\"type\":\"paragraph\"}",
    "\"text\":\"a\"",
    "\"error\":",
    "\"expires_in\":",
    "\"errorMessages\":[",
    "Bearer",
    "&a=b",
    "%00",
];

/// Names that mean something in an answer.
const NAMES: [&str; 44] = [
    "type",
    "content",
    "attrs",
    "marks",
    "text",
    "doc",
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "listItem",
    "taskList",
    "taskItem",
    "decisionList",
    "panel",
    "expand",
    "table",
    "tableRow",
    "tableCell",
    "codeBlock",
    "blockquote",
    "mediaSingle",
    "media",
    "mention",
    "date",
    "status",
    "emoji",
    "inlineCard",
    "rule",
    "hardBreak",
    "link",
    "code",
    "textColor",
    "id",
    "errorMessages",
    "errors",
    "message",
    "error",
    "error_description",
    "access_token",
    "refresh_token",
    "expires_in",
    "scope",
    "token_type",
];

/// The input with another value somewhere in its JSON, which begins at its first brace; `None` if it holds none.
pub(crate) fn changed_data(random: &mut Random, input: &[u8]) -> Option<Vec<u8>> {
    let start = input.iter().position(|byte| *byte == b'{')?;
    let mut data: Value = serde_json::from_slice(input.get(start..)?).ok()?;
    for _ in 0..=random.below(3) {
        change_value(random, &mut data);
    }
    let mut out = input.get(..start)?.to_vec();
    out.extend(data.to_string().bytes().take(LONGEST));
    Some(out)
}

/// Goes down at random, then changes what is there.
fn change_value(random: &mut Random, value: &mut Value) {
    let further = !random.once_in(4);
    match value {
        Value::Object(members) if further && !members.is_empty() => {
            let name = members.keys().nth(random.below(members.len())).cloned().unwrap_or_default();
            if random.once_in(8) {
                let moved = members.remove(&name).unwrap_or_default();
                members.insert((*random.one(&NAMES)).to_owned(), moved);
            } else if let Some(member) = members.get_mut(&name) {
                change_value(random, member);
            }
        }
        Value::Array(items) if further && !items.is_empty() => {
            let at = random.below(items.len());
            match random.below(6) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                2 => items.rotate_left(at),
                _ => change_value(random, &mut items[at]),
            }
        }
        Value::String(text) if further => {
            *text = String::from_utf8_lossy(&changed(random, text.as_bytes(), b"")).into_owned()
        }
        other => *other = another(random, other.take()),
    }
}

fn another(random: &mut Random, old: Value) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!([old]),
        4 => json!({*random.one(&NAMES): old}),
        5 => json!({"type": *random.one(&NAMES), "content": [old]}),
        6 => json!(*random.one(&[0_i64, -1, 3600, i64::MAX, i64::MIN])),
        7 => json!(*random.one(&[0.5, 1e300, -0.0])),
        _ => json!(*random.one(&PIECES)),
    }
}

/// The input with up to five changes; `other` is another input.
pub(crate) fn changed(random: &mut Random, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(5) {
        change(random, &mut bytes, other);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(8)).min(bytes.len());
    match random.below(11) {
        0 => drop(bytes.drain(at..end)),
        1 => bytes.truncate(at),
        2 => {
            let copy = bytes[at..end].repeat(1 + random.below(4));
            bytes.splice(at..at, copy);
        }
        3 => {
            // Somewhere else.
            let moved: Vec<u8> = bytes.drain(at..end).collect();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, moved);
        }
        4 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        5 => bytes.insert(at, *random.one(&[0, 9, 10, 34, 39, 92, 127, 128, 0xC3, 0xF0, 0xFF])),
        6 | 7 => {
            let (from, length) = (random.below(other.len() + 1), 1 + random.below(40));
            bytes.splice(at..at, other.iter().skip(from).take(length).copied());
        }
        8 => {
            let wide = (at + random.below(60)).min(bytes.len());
            bytes.splice(at..wide, random.one(&PIECES).bytes());
        }
        _ => drop(bytes.splice(at..at, random.one(&PIECES).bytes())),
    }
}

/// The input without whatever can be left out while `still_fails`.
pub(crate) fn reduced(mut input: Vec<u8>, still_fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut size = input.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < input.len() {
            let less: Vec<u8> = input.iter().take(at).chain(input.iter().skip(at + size)).copied().collect();
            if still_fails(&less) {
                input = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    input
}
