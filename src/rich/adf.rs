//! Atlassian Document Format, the rich text of Jira Cloud, as JSON data.
//!
//! What is read may be anything: unknown nodes are passed over and what they hold is read, a node that is deeper than any
//! editor makes them is kept as text. What is written is valid by `@atlaskit/adf-schema`.

mod blocks;
mod inlines;
mod write;

use super::document::{Document, Inline};
use serde_json::Value;

pub use write::write;

/// The document that this data stands for; what is no document of this format is empty.
pub fn read(value: &Value) -> Document {
    Document::fitted(blocks::of(value))
}

/// Deeper than any document of Atlassian's editor; what is deeper is taken as text, so that a hostile one does not end us.
const DEEPEST: usize = 100;

fn attribute<'a>(node: &'a Value, name: &str) -> &'a str {
    node["attrs"][name].as_str().unwrap_or_default()
}

fn kind(node: &Value) -> &str {
    node["type"].as_str().unwrap_or_default()
}

fn children(node: &Value) -> &[Value] {
    node["content"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// All texts below a node, however deep.
fn texts(node: &Value) -> Vec<Inline> {
    let (mut out, mut open) = (Vec::new(), vec![node]);
    while let Some(node) = open.pop() {
        inlines::own_words(node, &mut out);
        open.extend(children(node).iter().rev());
    }
    out
}
