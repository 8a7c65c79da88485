//! Texts in wiki markup, as Data Center's version 2 gives them.

use super::outline::{Block, Span, blocks};
use crate::data::Site;

/// A text in wiki markup.
pub(crate) fn text(site: &Site, text: &str) -> String {
    let parts: Vec<String> = blocks(text).iter().map(|block| part(site, block)).collect();
    parts.join("\r\n\r\n")
}

fn part(site: &Site, block: &Block<'_>) -> String {
    let list = |sign: &str, items: &[Vec<Span<'_>>]| {
        let lines: Vec<String> = items.iter().map(|item| format!("{sign} {}", line(site, item))).collect();
        lines.join("\r\n")
    };
    match block {
        Block::Heading(text) => format!("h2. {text}"),
        Block::Paragraph(spans) => line(site, spans),
        Block::Bullets(items) => list("*", items),
        Block::Numbers(items) => list("#", items),
    }
}

fn line(site: &Site, spans: &[Span<'_>]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => (*text).to_owned(),
            Span::Mention(person) => format!("[~{}]", site.user(person).map_or("", |user| user.name.as_str())),
        })
        .collect()
}
