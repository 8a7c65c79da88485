//! What may never be a link: addresses that are not of the web or of mail, in whatever form they come.

use crate::random::{Random, cases};
use crate::{documents, texts};
use chat_for_jira::rich::{Document, adf, markdown, text, wiki};
use serde_json::{Value, json};

/// Addresses that would run something, read something, or lead to wherever the page stands.
const WRONG: [&str; 34] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\u{1}javascript:alert(1)",
    "\u{a0}javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript\u{200b}:alert(1)",
    "javascript://https://a.b/%0aalert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java%73cript:alert(1)",
    "\\javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "file:///etc/passwd",
    "blob:https://a.b/1",
    "filesystem:https://a.b/1",
    "chrome-extension://a/b.html",
    "about:blank",
    "view-source:https://a.b",
    "ftp://a.b/c",
    "//a.b/c",
    "/relative",
    "relative",
    "#anchor",
    "?query",
    "http:/a.b",
    "https:a.b",
    "http://",
    "mailto:",
    "https",
    "",
];

/// All addresses in a document, wherever they stand in it.
fn addresses(data: &Value, out: &mut Vec<String>) {
    match data {
        Value::Array(all) => all.iter().for_each(|one| addresses(one, out)),
        Value::Object(all) => {
            for (name, one) in all {
                match one.as_str() {
                    Some(text) if ["href", "url", "src"].contains(&name.as_str()) => out.push(text.to_owned()),
                    _ => addresses(one, out),
                }
            }
        }
        _ => {}
    }
}

fn is_fine(address: &str) -> bool {
    let url = url::Url::parse(address).ok();
    // An address that a browser cannot read leads nowhere.
    url.is_none_or(|url| ["http", "https", "mailto"].contains(&url.scheme()))
        && ["http://", "https://", "mailto:"].iter().any(|begin| address.to_ascii_lowercase().starts_with(begin))
}

/// Nowhere in a document, and nowhere in what any form makes of it, is there another link.
fn assert_fine(document: &Document, source: &str) {
    let again = [markdown::read(&markdown::write(document)), wiki::read(&wiki::write(document)), document.clone()];
    for document in again {
        let mut found = Vec::new();
        addresses(&adf::write(&document), &mut found);
        assert!(found.iter().all(|address| is_fine(address)), "{source:?}: {found:?}");
    }
}

fn in_markdown(address: &str) -> Vec<String> {
    let protected = address.replace(':', "\\:");
    vec![
        format!("[a]({address})"),
        format!("[a](<{address}>)"),
        format!("[a]({protected})"),
        format!("[a]({address} \"t\")"),
        format!("<{address}>"),
        format!("<{address}>{{.card}}"),
        format!("![a]({address})"),
        format!("![a](<{address}>)"),
        format!("[![a]({address})]({address})"),
        format!("[a]: {address}\n\n[a]"),
        address.to_owned(),
    ]
}

fn in_wiki(address: &str) -> Vec<String> {
    vec![
        format!("[a|{address}]"),
        format!("[{address}]"),
        format!("[a|b|{address}]"),
        format!("!{address}!"),
        format!("!{address}|alt=a!"),
        format!("[^{address}]"),
        format!("[~{address}]"),
        address.to_owned(),
    ]
}

fn in_data(address: &str) -> Vec<Value> {
    let link = json!([{"type": "link", "attrs": {"href": address}}]);
    vec![
        json!({"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": link}]}),
        json!({"type": "paragraph", "content": [{"type": "inlineCard", "attrs": {"url": address}}]}),
        json!({"type": "paragraph", "content": [{"type": "inlineCard", "attrs": {"data": {"url": address}}}]}),
        json!({"type": "blockCard", "attrs": {"url": address}}),
        json!({"type": "embedCard", "attrs": {"url": address, "layout": "wide"}}),
        json!({"type": "mediaSingle", "attrs": {"layout": "wide"}, "content": [
            {"type": "media", "attrs": {"type": "external", "url": address, "alt": "a"}},
        ]}),
        json!({"type": "mediaSingle", "attrs": {"layout": "wide"}, "marks": link, "content": [
            {"type": "media", "attrs": {"type": "file", "id": "1", "collection": ""}, "marks": link},
        ]}),
        json!({"type": "unheardOf", "attrs": {"url": address}}),
    ]
}

#[test]
fn what_is_no_address_of_the_web_or_of_mail_is_never_a_link() {
    for address in WRONG {
        for source in in_markdown(address) {
            assert_fine(&markdown::read(&source), &source);
        }
        for source in in_wiki(address) {
            assert_fine(&wiki::read(&source), &source);
        }
        for data in in_data(address) {
            assert_fine(&adf::read(&json!({"type": "doc", "content": [data]})), &data.to_string());
        }
    }
}

#[test]
fn what_is_no_link_keeps_its_words() {
    for address in WRONG {
        let document = markdown::read(&format!("see [here]({address})"));
        assert!(text::write(&document).starts_with("see [here]("), "{address}: {}", text::write(&document));
        let card = json!({"type": "doc", "content": [{"type": "blockCard", "attrs": {"url": address}}]});
        let words = |text: &str| text.chars().filter(|char| char.is_alphanumeric()).collect::<String>();
        assert_eq!(words(&text::write(&adf::read(&card))), words(address));
    }
}

#[test]
fn addresses_of_the_web_and_of_mail_are_links() {
    for address in ["https://a.b/c?d=e#f", "HTTP://A.B", "mailto:a@b.c", "https://a.b/%0a"] {
        let mut sources = vec![markdown::read(&format!("[a]({address})")), wiki::read(&format!("[a|{address}]"))];
        sources
            .extend(in_data(address).iter().take(4).map(|data| adf::read(&json!({"type": "doc", "content": [data]}))));
        for document in sources {
            let mut found = Vec::new();
            addresses(&adf::write(&document), &mut found);
            assert_eq!(found, [address]);
        }
    }
}

#[test]
fn nothing_that_random_texts_make_is_another_link() {
    let mut random = Random::of_test(31);
    for _ in 0..cases(2_000) {
        let address = *random.one(&WRONG);
        let put = |text: String| text.replacen("https://a.b", address, 1);
        let source = put(texts::markdown(&mut random));
        assert_fine(&markdown::read(&source), &source);
        let source = put(texts::wiki(&mut random));
        assert_fine(&wiki::read(&source), &source);
        assert_fine(&documents::document(&mut random, false), "a document");
    }
}
