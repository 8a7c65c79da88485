//! Pages: one look, no scripts, every text escaped.

use axum::response::Html;

/// Text made safe for an element's content or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page around `body` (markup).
pub(crate) fn page(title: &str, body: &str) -> Html<String> {
    let title = escape(title);
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Simulator</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <style>{STYLE}</style></head><body><header><b>Simulator</b> This is a test server on your own machine. \
         It is not Atlassian.</header><main>{body}</main></body></html>"
    ))
}

/// A page with one heading and one sentence.
pub(crate) fn message(heading: &str, sentence: &str) -> Html<String> {
    page(heading, &format!("<h1>{}</h1><p>{}</p>", escape(heading), escape(sentence)))
}

const STYLE: &str = "\
:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--text:#1d2433;--soft:#5e6779;--line:#d9dde5;--accent:#0b5cd5}\
@media(prefers-color-scheme:dark){:root{--back:#12151c;--card:#1b2029;--text:#e8ebf1;--soft:#9aa4b5;--line:#343c4a;--accent:#7cb0ff}}\
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,sans-serif}\
header{background:#ffb020;color:#2b1d00;padding:.5rem 1rem;text-align:center;font-size:.85rem}header b{margin-right:.5rem}\
main{max-width:28rem;margin:2.5rem auto;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.75rem 2rem}\
main.wide,main:has(article){max-width:52rem}h1{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem}h2{font-size:1rem;margin:1.5rem 0 .5rem}\
p{margin:.5rem 0}small,dt,.soft{color:var(--soft)}ul.plain{list-style:none;padding:0}li{margin:.25rem 0}\
label{display:block;margin:.9rem 0 .25rem;font-weight:600}label.choice{font-weight:400;display:flex;gap:.6rem;align-items:center;\
border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem;margin:.4rem 0}\
input[type=password],input[type=text],select{width:100%;font:inherit;padding:.55rem .7rem;border:1px solid var(--line);border-radius:8px;background:var(--back);color:inherit}\
button{font:inherit;font-weight:600;padding:.6rem 1.4rem;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}\
button.main{background:var(--accent);border-color:var(--accent);color:var(--card)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}\
.row{display:flex;gap:.75rem;margin-top:1.5rem}.error{border-left:4px solid #d33;padding:.4rem .8rem;margin:.75rem 0}\
.person{display:flex;gap:.75rem;align-items:center}.person img{width:32px;height:32px;border-radius:50%}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1rem 0}dd{margin:0}article p{white-space:pre-line}";
