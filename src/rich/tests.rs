//! Fields as Jira sends them.

use super::*;
use serde_json::json;

#[test]
fn a_field_becomes_lines() {
    let text = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
    let document = json!({"type": "doc", "version": 1, "content": [
        text("Hello"),
        {"type": "bulletList", "content": [{"type": "listItem", "content": [text("one")]}, {"type": "listItem", "content": [text("two")]}]},
        {"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": "1", "text": "@Mia"}}, {"type": "text", "text": " look"}]},
    ]});
    assert_eq!(plain_text(&document), "Hello\n• one\n• two\n@Mia look");
    assert_eq!(plain_text(&json!("wiki *text*\nof [~mia]")), "wiki text\nof @mia");
    assert_eq!(plain_text(&Value::Null), "");
}
