use super::{Unfit, read};
use crate::rest::Product;
use serde_json::{Value, json};

fn document(content: Value) -> Value {
    json!({"type": "doc", "version": 1, "content": content})
}

#[test]
fn a_document_in_shape_is_taken_and_searchable() {
    let written = read(
        Product::Cloud,
        &document(json!([
            {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Plan"}]},
            {"type": "paragraph", "content": [
                {"type": "text", "text": "Ask ", "marks": [{"type": "strong"}]}, {"type": "mention", "attrs": {"id": "712020:a"}}]},
            {"type": "bulletList", "content": [{"type": "listItem", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "one"}]}]}]},
            {"type": "rule"},
        ])),
    );
    assert_eq!(written.unwrap().plain, "## Plan\n\nAsk [~accountid:712020:a]\n\n- one");
}

#[test]
fn what_is_no_document_or_out_of_shape_is_refused() {
    for (value, why) in [
        (json!("plain text"), Unfit::NoText),
        (json!({"type": "paragraph"}), Unfit::NoText),
        (json!({"type": "doc", "content": []}), Unfit::Invalid),
        (document(json!([{"type": "text", "text": "a line outside of a paragraph"}])), Unfit::Invalid),
        (document(json!([{"type": "paragraph", "content": [{"type": "text", "text": ""}]}])), Unfit::Invalid),
        (document(json!([{"type": "marquee", "content": []}])), Unfit::Invalid),
        (document(json!([{"type": "heading", "attrs": {"level": 7}, "content": []}])), Unfit::Invalid),
        (document(json!([{"type": "bulletList", "content": [{"type": "paragraph", "content": []}]}])), Unfit::Invalid),
        (
            document(
                json!([{"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "blink"}]}]}]),
            ),
            Unfit::Invalid,
        ),
        (
            document(json!([{"type": "paragraph", "content": [{"type": "text", "text": "a".repeat(40_000)}]}])),
            Unfit::TooLong,
        ),
    ] {
        assert_eq!(read(Product::Cloud, &value).unwrap_err(), why, "{value}");
    }
    assert_eq!(read(Product::DataCenter, &document(json!([]))).unwrap_err(), Unfit::NoText);
    assert_eq!(read(Product::DataCenter, &json!("h2. Plan\r\n* one")).unwrap().plain, "h2. Plan\n* one");
}
