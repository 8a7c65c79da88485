//! Reading what stands within lines.

use super::super::document::{Inline, Marks, Media, Source};
use super::{DEEPEST, attribute, blocks, children, kind, texts};
use crate::json;
use crate::rich::document::flattened;
use serde_json::Value;

/// The inlines of a paragraph and of whatever else holds only inlines. A block among them becomes lines of its own.
pub(super) fn of(node: &Value, depth: usize) -> Vec<Inline> {
    let mut out = Vec::new();
    within(node, depth, &mut out);
    out
}

/// The same, after what is there already. Also for nodes that hold nothing in any document of an editor.
pub(super) fn within(node: &Value, depth: usize, out: &mut Vec<Inline>) {
    for child in children(node) {
        if depth < DEEPEST && read(child, out) {
            within(child, depth + 1, out);
        } else {
            below(child, depth, out);
        }
    }
}

fn below(node: &Value, depth: usize, out: &mut Vec<Inline>) {
    if depth >= DEEPEST {
        out.extend(texts(node));
    } else if blocks::is_known(node) {
        let lines = flattened(&blocks::one(node, depth + 1));
        if !out.is_empty() && !lines.is_empty() {
            out.push(Inline::Break);
        }
        out.extend(lines);
    } else {
        own_words(node, out);
        within(node, depth + 1, out);
    }
}

/// Reads a node that is known to stand within lines; false if it is none.
pub(super) fn read(node: &Value, out: &mut Vec<Inline>) -> bool {
    let text = |name: &str| attribute(node, name).to_owned();
    out.push(match kind(node) {
        "text" => Inline::Text(json::text(node, "text").to_owned(), marks(node)),
        "hardBreak" => Inline::Break,
        "mention" => Inline::Mention { id: text("id"), name: text("text") },
        "date" => match day(&node["attrs"]["timestamp"]) {
            Some(days) => Inline::Date(days),
            None => Inline::Text(text("timestamp"), Marks::default()),
        },
        "status" => Inline::Status { text: text("text"), color: text("color") },
        "emoji" => Inline::Emoji { name: text("shortName"), id: text("id"), text: text("text") },
        "inlineCard" => Inline::Card(card(node)),
        "media" | "mediaInline" => Inline::Media(media(node)),
        "placeholder" => Inline::Text(text("text"), Marks::default()),
        _ => return false,
    });
    true
}

/// What an unknown node says by itself, apart from the nodes in it.
pub(super) fn own_words(node: &Value, out: &mut Vec<Inline>) {
    if read(node, out) {
        return;
    }
    let own = ["text", "title", "label", "name", "alt", "url"].into_iter().map(|name| attribute(node, name));
    for words in [json::text(node, "text")].into_iter().chain(own).filter(|words| !words.is_empty()) {
        out.push(Inline::Text(format!("{words} "), Marks::default()));
    }
}

/// The address of a card: its own, or that of the data that came with it.
pub(super) fn card(node: &Value) -> String {
    let own = attribute(node, "url");
    let data = &node["attrs"]["data"];
    let of_data = ["url", "@id", "name"].into_iter().map(|name| json::text(data, name));
    [own].into_iter().chain(of_data).find(|url| !url.is_empty()).unwrap_or_default().to_owned()
}

/// The picture or the file of a `media` node.
pub(super) fn media(node: &Value) -> Media {
    let source = match attribute(node, "type") {
        "external" => Source::Url(attribute(node, "url").to_owned()),
        _ => {
            Source::File { id: attribute(node, "id").to_owned(), collection: attribute(node, "collection").to_owned() }
        }
    };
    Media { alt: attribute(node, "alt").to_owned(), source }
}

/// The day of a timestamp in milliseconds, which Jira sets to the day's midnight by universal time.
fn day(timestamp: &Value) -> Option<i64> {
    let milliseconds = timestamp.as_str().and_then(|text| text.parse().ok()).or_else(|| timestamp.as_i64())?;
    let days = i64::div_euclid(milliseconds, 86_400_000);
    crate::day::write(days).map(|_| days)
}

fn marks(node: &Value) -> Marks {
    let mut marks = Marks::default();
    for mark in node["marks"].as_array().into_iter().flatten() {
        let text = |name: &str| Some(attribute(mark, name).to_owned());
        match (kind(mark), attribute(mark, "type")) {
            ("strong", _) => marks.flags |= Marks::STRONG,
            ("em", _) => marks.flags |= Marks::EM,
            ("strike", _) => marks.flags |= Marks::STRIKE,
            ("code", _) => marks.flags |= Marks::CODE,
            ("underline", _) => marks.flags |= Marks::UNDERLINE,
            ("subsup", "sub") => marks.flags |= Marks::SUB,
            ("subsup", "sup") => marks.flags |= Marks::SUP,
            ("textColor", _) => marks.color = text("color"),
            ("backgroundColor", _) => marks.background = text("color"),
            ("link", _) => marks.link = text("href"),
            _ => {}
        }
    }
    marks
}
