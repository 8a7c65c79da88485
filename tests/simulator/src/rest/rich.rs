//! Texts that clients write: documents at Cloud, wiki markup at Data Center. What was written is given back as it came; for
//! searching, and for the other product, it is also kept as plain paragraphs.

use super::{Product, adf, wiki};
use crate::data::Site;
use crate::data::model::Raw;
use serde_json::Value;
use std::sync::Arc;

/// More characters than this are refused, as Jira does by default.
const LONGEST: usize = 32_767;

/// A text that was written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) plain: String,
    pub(crate) raw: Raw,
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is no document, or no string.
    NoText,
    /// It is a document that does not follow the schema.
    Invalid,
    /// It is longer than Jira takes.
    TooLong,
}

/// Reads a text in the product's own form.
pub(crate) fn read(product: Product, value: &Value) -> Result<Written, Unfit> {
    let written = match product {
        Product::Cloud => {
            if value.get("type").and_then(Value::as_str) != Some("doc") {
                return Err(Unfit::NoText);
            }
            if !is_document(value) {
                return Err(Unfit::Invalid);
            }
            Written { plain: paragraphs(value), raw: Raw::Adf(Arc::new(value.clone())) }
        }
        Product::DataCenter => {
            let text = value.as_str().ok_or(Unfit::NoText)?;
            Written { plain: text.replace("\r\n", "\n"), raw: Raw::Wiki(text.to_owned()) }
        }
    };
    if written.plain.chars().count() > LONGEST { Err(Unfit::TooLong) } else { Ok(written) }
}

/// A text in the product's own form: as it was written there, or made from the plain one.
pub(crate) fn show(product: Product, site: &Site, plain: &str, raw: Option<&Raw>) -> Value {
    match (product, raw) {
        (Product::Cloud, Some(Raw::Adf(document))) => document.as_ref().clone(),
        (Product::DataCenter, Some(Raw::Wiki(text))) => text.clone().into(),
        (Product::Cloud, _) => adf::document(site, plain),
        (Product::DataCenter, _) => wiki::text(site, plain).into(),
    }
}

/// Nodes that stand in a line.
const INLINE: [&str; 9] =
    ["text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "mediaInline", "placeholder"];
/// Nodes that stand for themselves.
const BLOCKS: [&str; 17] = [
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "codeBlock",
    "blockquote",
    "panel",
    "rule",
    "table",
    "mediaSingle",
    "mediaGroup",
    "taskList",
    "decisionList",
    "expand",
    "nestedExpand",
    "blockCard",
    "embedCard",
];
const MARKS: [&str; 12] = [
    "strong",
    "em",
    "strike",
    "underline",
    "code",
    "link",
    "textColor",
    "backgroundColor",
    "subsup",
    "border",
    "alignment",
    "indentation",
];

/// Whether a value is a document in shape: known nodes, each only where it may stand.
fn is_document(value: &Value) -> bool {
    value.get("version").and_then(Value::as_u64) == Some(1)
        && value
            .get("content")
            .and_then(Value::as_array)
            .is_some_and(|content| content.iter().all(|node| fits(node, "doc")))
}

fn fits(node: &Value, parent: &str) -> bool {
    let Some(kind) = node.get("type").and_then(Value::as_str) else { return false };
    let allowed = match parent {
        "doc" | "panel" | "blockquote" | "expand" | "nestedExpand" | "tableCell" | "tableHeader" => {
            BLOCKS.contains(&kind)
        }
        "listItem" => BLOCKS.contains(&kind),
        "paragraph" | "heading" | "taskItem" | "decisionItem" => INLINE.contains(&kind),
        "codeBlock" => kind == "text",
        "bulletList" | "orderedList" => kind == "listItem",
        "table" => kind == "tableRow",
        "tableRow" => ["tableCell", "tableHeader"].contains(&kind),
        "taskList" => ["taskItem", "taskList"].contains(&kind),
        "decisionList" => kind == "decisionItem",
        "mediaSingle" | "mediaGroup" => ["media", "caption"].contains(&kind),
        _ => false,
    };
    let marks = node.get("marks").and_then(Value::as_array);
    let marks_fit = marks.is_none_or(|marks| {
        marks.iter().all(|mark| mark.get("type").and_then(Value::as_str).is_some_and(|name| MARKS.contains(&name)))
    });
    allowed && marks_fit && own_rules(node, kind) && children(node).iter().all(|child| fits(child, kind))
}

/// What a node must have beside its children.
fn own_rules(node: &Value, kind: &str) -> bool {
    let attribute = |name: &str| node.pointer(&format!("/attrs/{name}"));
    match kind {
        "text" => node.get("text").and_then(Value::as_str).is_some_and(|text| !text.is_empty()),
        "heading" => attribute("level").and_then(Value::as_u64).is_some_and(|level| (1..=6).contains(&level)),
        "mention" => attribute("id").is_some_and(Value::is_string),
        "emoji" => attribute("shortName").is_some_and(Value::is_string),
        "date" => attribute("timestamp").is_some_and(Value::is_string),
        "status" => attribute("text").is_some_and(Value::is_string) && attribute("color").is_some_and(Value::is_string),
        "panel" => attribute("panelType").is_some_and(Value::is_string),
        "bulletList" | "orderedList" | "listItem" | "table" | "tableRow" | "taskList" => !children(node).is_empty(),
        _ => true,
    }
}

fn children(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A document as the sample data writes texts: paragraphs, `- ` lists, `## ` headings, `[~accountid:…]` mentions.
fn paragraphs(document: &Value) -> String {
    let blocks: Vec<String> = children(document).iter().map(block).filter(|text| !text.is_empty()).collect();
    blocks.join("\n\n")
}

fn block(node: &Value) -> String {
    let items = || children(node).iter().map(|item| line(item).replace('\n', " "));
    match node.get("type").and_then(Value::as_str) {
        Some("heading") => format!("## {}", line(node)),
        Some("bulletList" | "taskList" | "decisionList") => {
            items().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
        }
        Some("orderedList") => {
            items().zip(1..).map(|(item, number)| format!("{number}. {item}")).collect::<Vec<_>>().join("\n")
        }
        _ => line(node),
    }
}

/// All text of a node and what is in it.
fn line(node: &Value) -> String {
    let attribute = |name: &str| node.pointer(&format!("/attrs/{name}")).and_then(Value::as_str).unwrap_or_default();
    match node.get("type").and_then(Value::as_str).unwrap_or_default() {
        "text" => node.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        "hardBreak" => "\n".to_owned(),
        "mention" => format!("[~accountid:{}]", attribute("id")),
        "emoji" => attribute("shortName").to_owned(),
        "status" => attribute("text").to_owned(),
        "date" => attribute("timestamp").to_owned(),
        "inlineCard" | "blockCard" | "embedCard" => attribute("url").to_owned(),
        kind => {
            let parts: Vec<String> = children(node).iter().map(line).collect();
            parts.join(if kind == "paragraph" || kind == "heading" || kind == "codeBlock" { "" } else { " " })
        }
    }
}

#[cfg(test)]
mod tests;
