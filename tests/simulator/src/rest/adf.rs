//! Texts in the Atlassian Document Format, as Cloud's version 3 gives them.

use super::outline::{Block, Span, blocks};
use crate::data::Site;
use serde_json::{Value, json};

/// A text as a document.
pub(crate) fn document(site: &Site, text: &str) -> Value {
    let content: Vec<Value> = blocks(text).iter().map(|block| node(site, block)).collect();
    json!({"type": "doc", "version": 1, "content": content})
}

fn node(site: &Site, block: &Block<'_>) -> Value {
    let list = |kind: &str, items: &[Vec<Span<'_>>]| {
        let items: Vec<Value> =
            items.iter().map(|item| json!({"type": "listItem", "content": [paragraph(site, item)]})).collect();
        json!({"type": kind, "content": items})
    };
    match block {
        Block::Heading(text) => {
            json!({"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": text}]})
        }
        Block::Paragraph(spans) => paragraph(site, spans),
        Block::Bullets(items) => list("bulletList", items),
        Block::Numbers(items) => list("orderedList", items),
    }
}

fn paragraph(site: &Site, spans: &[Span<'_>]) -> Value {
    let inline = |span: &Span<'_>| match span {
        Span::Text(text) => json!({"type": "text", "text": text}),
        Span::Mention(person) => {
            let name = site.user(person).map_or("", |user| user.display_name.as_str());
            json!({"type": "mention", "attrs": {"id": person, "text": format!("@{name}")}})
        }
    };
    json!({"type": "paragraph", "content": spans.iter().map(inline).collect::<Vec<_>>()})
}
