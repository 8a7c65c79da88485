//! Atlassian Document Format, read as plain text.

use serde_json::Value;

/// The plain text of a rich text field: a document (Cloud) or a text (Data Center). Blocks are lines, list items begin with a
/// bullet; what has no text (pictures) is named by its alternative text.
pub fn plain_text(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::String(text) => out.push_str(text),
        Value::Object(_) => write_node(value, &mut out, 0),
        _ => {}
    }
    out.trim().to_owned()
}

/// Deeper than any document of Atlassian's editor; a hostile one ends here instead of ending us.
const DEEPEST: usize = 60;

fn write_node(node: &Value, out: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let attribute = |name: &str| node["attrs"][name].as_str().unwrap_or_default();
    match node["type"].as_str().unwrap_or_default() {
        "text" => out.push_str(node["text"].as_str().unwrap_or_default()),
        "hardBreak" => out.push('\n'),
        "mention" | "status" => out.push_str(attribute("text")),
        "emoji" => out.push_str(if attribute("text").is_empty() { attribute("shortName") } else { attribute("text") }),
        "inlineCard" | "blockCard" | "embedCard" => out.push_str(attribute("url")),
        "media" => out.push_str(attribute("alt")),
        "rule" => out.push_str("\n———\n"),
        "listItem" | "taskItem" => {
            new_line(out);
            out.push_str("• ");
            write_children(node, out, depth);
            new_line(out);
        }
        "doc" | "tableCell" | "tableHeader" => {
            write_children(node, out, depth);
            out.push(' ');
        }
        "paragraph" | "heading" | "codeBlock" | "blockquote" | "panel" | "bulletList" | "orderedList" | "taskList"
        | "tableRow" | "table" | "mediaSingle" | "expand" => {
            if !out.ends_with("• ") {
                new_line(out);
            }
            write_children(node, out, depth);
            new_line(out);
        }
        _ => write_children(node, out, depth),
    }
}

fn write_children(node: &Value, out: &mut String, depth: usize) {
    for child in node["content"].as_array().into_iter().flatten() {
        write_node(child, out, depth + 1);
    }
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_becomes_lines() {
        let text = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
        let document = json!({"type": "doc", "version": 1, "content": [
            text("Hello"),
            {"type": "bulletList", "content": [{"type": "listItem", "content": [text("one")]}, {"type": "listItem", "content": [text("two")]}]},
            {"type": "paragraph", "content": [{"type": "mention", "attrs": {"text": "@Mia"}}, {"type": "text", "text": " look"}]},
        ]});
        assert_eq!(plain_text(&document), "Hello\n• one\n• two\n@Mia look");
        assert_eq!(plain_text(&json!("wiki *text*")), "wiki *text*");
        assert_eq!(plain_text(&Value::Null), "");
    }

    #[test]
    fn a_document_without_end_ends() {
        let mut node = json!({"type": "text", "text": "deep"});
        for _ in 0..100 {
            node = json!({"type": "panel", "content": [node]});
        }
        assert_eq!(plain_text(&node), "");
    }
}
