//! Every node and every mark of Atlassian's format, and what becomes of it in the other forms.

use chat_for_jira::rich::{adf, markdown, wiki};
use serde_json::{Value, json};

/// A node of Jira Cloud, what it is in Markdown, and what in wiki markup.
struct Case {
    what: &'static str,
    node: Value,
    markdown: &'static str,
    wiki: &'static str,
}

fn case(what: &'static str, node: Value, markdown: &'static str, wiki: &'static str) -> Case {
    Case { what, node, markdown, wiki }
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn marked(text: &str, marks: Value) -> Value {
    json!({"type": "text", "text": text, "marks": marks})
}

fn line(content: Value) -> Value {
    json!({"type": "paragraph", "content": content})
}

fn words(words: &str) -> Value {
    line(json!([text(words)]))
}

fn item(content: Value) -> Value {
    json!({"type": "listItem", "content": content})
}

fn blocks() -> Vec<Case> {
    let cell = |kind: &str, words_: &str| json!({"type": kind, "attrs": {}, "content": [words(words_)]});
    let media = json!({"type": "media", "attrs": {"type": "file", "id": "6e7c", "collection": "jira-1", "alt": "plan.png", "width": 9, "height": 9}});
    vec![
        case(
            "heading",
            json!({"type": "heading", "attrs": {"level": 3}, "content": [text("Aim")]}),
            "### Aim",
            "h3. Aim",
        ),
        case("paragraph", words("Hello, world."), "Hello, world.", "Hello, world."),
        case(
            "bulletList",
            json!({"type": "bulletList", "content": [
                item(json!([words("one"), {"type": "bulletList", "content": [item(json!([words("deep")]))]}])),
                item(json!([words("two")])),
            ]}),
            "- one\n  * deep\n- two",
            "* one\n** deep\n* two",
        ),
        case(
            "orderedList",
            json!({"type": "orderedList", "attrs": {"order": 3}, "content": [
                item(json!([words("three")])),
                item(json!([words("four"), {"type": "bulletList", "content": [item(json!([words("sub")]))]}, words("after")])),
            ]}),
            "3. three\n4. four\n   * sub\n\n   after",
            "# three\n# four\n#* sub\n#* after",
        ),
        case(
            "codeBlock",
            json!({"type": "codeBlock", "attrs": {"language": "rust"}, "content": [text("fn main() {\n    `*_`\n}")]}),
            "```rust\nfn main() {\n    `*_`\n}\n```",
            "{code:rust}\nfn main() {\n    `*_`\n}\n{code}",
        ),
        case(
            "codeBlock without a language",
            json!({"type": "codeBlock", "content": [text("a  b")]}),
            "```\na  b\n```",
            "{noformat}\na  b\n{noformat}",
        ),
        case(
            "panel",
            json!({"type": "panel", "attrs": {"panelType": "warning"}, "content": [words("Mind the gap"), words("Now")]}),
            "> [!WARNING]\n> Mind the gap\n>\n> Now",
            "{panel:bgColor=#fffae6}\nMind the gap\n\nNow\n{panel}",
        ),
        case(
            "custom panel",
            json!({"type": "panel", "attrs": {"panelType": "custom", "panelIcon": ":rainbow:", "panelColor": "#ABF5D1"}, "content": [words("Own")]}),
            "> [!NOTE]\n> Own",
            "{panel:bgColor=#eae6ff}\nOwn\n{panel}",
        ),
        case(
            "blockquote",
            json!({"type": "blockquote", "content": [words("To be"), words("or not")]}),
            "> To be\n>\n> or not",
            "{quote}\nTo be\n\nor not\n{quote}",
        ),
        case("rule", json!({"type": "rule"}), "---", "----"),
        case(
            "expand",
            json!({"type": "expand", "attrs": {"title": "More"}, "content": [words("inside")]}),
            "> [!EXPAND] More\n> inside",
            "{panel:bgColor=#eae6ff}\n*More*\n\ninside\n{panel}",
        ),
        case(
            "table",
            json!({"type": "table", "attrs": {"isNumberColumnEnabled": true, "layout": "wide"}, "content": [
                {"type": "tableRow", "content": [cell("tableHeader", "Key"), cell("tableHeader", "State")]},
                {"type": "tableRow", "content": [cell("tableCell", "A|B"), cell("tableCell", "done")]},
            ]}),
            "| Key | State |\n| --- | --- |\n| A\\|B | done |",
            "||Key||State||\n|A\\|B|done|",
        ),
        case(
            "tableHeader at the side, without a first row of headers",
            json!({"type": "table", "content": [
                {"type": "tableRow", "content": [cell("tableHeader", "Key"), cell("tableCell", "WEB-1")]},
            ]}),
            "| | |\n| --- | --- |\n| {.header} Key | WEB-1 |",
            "||Key|WEB-1|",
        ),
        case(
            "spans",
            json!({"type": "table", "content": [
                {"type": "tableRow", "content": [
                    {"type": "tableHeader", "attrs": {"colspan": 2}, "content": [words("wide")]},
                    cell("tableHeader", "c"),
                ]},
                {"type": "tableRow", "content": [
                    {"type": "tableCell", "attrs": {"rowspan": 2, "background": "#ffffff"}, "content": [words("high")]},
                    cell("tableCell", "b1"), cell("tableCell", "c1"),
                ]},
                {"type": "tableRow", "content": [cell("tableCell", "b2"), cell("tableCell", "c2")]},
            ]}),
            "| wide | | c |\n| --- | --- | --- |\n| high | b1 | c1 |\n| | b2 | c2 |",
            "||wide|| ||c||\n|high|b1|c1|\n| |b2|c2|",
        ),
        case(
            "lists and panels in cells",
            json!({"type": "table", "content": [{"type": "tableRow", "content": [
                {"type": "tableCell", "content": [words("do"), {"type": "bulletList", "content": [item(json!([words("one")])), item(json!([words("two")]))]}]},
                {"type": "tableCell", "content": [{"type": "panel", "attrs": {"panelType": "info"}, "content": [words("note")]}, {"type": "nestedExpand", "attrs": {"title": "t"}, "content": [words("e")]}]},
            ]}]}),
            "| | |\n| --- | --- |\n| do[]{.br}• one[]{.br}• two | note[]{.br}**t**[]{.br}e |",
            "|do\\\\ • one\\\\ • two|note\\\\ *t*\\\\ e|",
        ),
        case(
            "taskList",
            json!({"type": "taskList", "attrs": {"localId": "1"}, "content": [
                {"type": "taskItem", "attrs": {"localId": "2", "state": "DONE"}, "content": [text("write")]},
                {"type": "taskItem", "attrs": {"localId": "3", "state": "TO\u{44}O"}, "content": [text("test")]},
                {"type": "taskList", "attrs": {"localId": "4"}, "content": [{"type": "taskItem", "attrs": {"localId": "5", "state": "DONE"}, "content": [text("deep")]}]},
            ]}),
            "- [x] write\n- [ ] test\n  * [x] deep",
            "* ☑ write\n* ☐ test\n** ☑ deep",
        ),
        case(
            "blockTaskItem",
            json!({"type": "taskList", "attrs": {"localId": "1"}, "content": [
                {"type": "blockTaskItem", "attrs": {"localId": "2", "state": "DONE"}, "content": [words("one"), words("two")]},
            ]}),
            "- [x] one\\\n  two",
            "* ☑ one\\\\ two",
        ),
        case(
            "decisionList",
            json!({"type": "decisionList", "attrs": {"localId": "1"}, "content": [
                {"type": "decisionItem", "attrs": {"localId": "2", "state": "DECIDED"}, "content": [text("We go")]},
            ]}),
            "- [!] We go",
            "* We go",
        ),
        case(
            "mediaSingle",
            json!({"type": "mediaSingle", "attrs": {"layout": "center", "width": 50}, "content": [media, {"type": "caption", "content": [text("Figure 1")]}]}),
            "![plan.png](media:jira-1/6e7c)\n\nFigure 1",
            "plan.png\n\nFigure 1",
        ),
        case(
            "mediaSingle of another site",
            json!({"type": "mediaSingle", "attrs": {"layout": "wide"}, "content": [{"type": "media", "attrs": {"type": "external", "url": "https://a.b/c.png", "alt": "a cat"}}]}),
            "![a cat](https://a.b/c.png)",
            "!https://a.b/c.png|alt=a cat!",
        ),
        case(
            "mediaGroup",
            json!({"type": "mediaGroup", "content": [media, {"type": "media", "attrs": {"type": "file", "id": "7f", "collection": ""}}]}),
            "![plan.png](media:jira-1/6e7c)\n\n![](media:/7f)",
            "plan.png",
        ),
        case(
            "blockCard",
            json!({"type": "blockCard", "attrs": {"url": "https://a.b/c"}}),
            "<https://a.b/c>{.card}",
            "[https://a.b/c]",
        ),
        case(
            "blockCard of data",
            json!({"type": "blockCard", "attrs": {"data": {"@type": "Document", "url": "https://a.b/d", "name": "Plan"}}}),
            "<https://a.b/d>{.card}",
            "[https://a.b/d]",
        ),
        case(
            "blockCard of a data source",
            json!({"type": "blockCard", "attrs": {"url": "https://a.b/list", "datasource": {"id": "1", "parameters": {}, "views": []}}}),
            "<https://a.b/list>{.card}",
            "[https://a.b/list]",
        ),
        case(
            "embedCard",
            json!({"type": "embedCard", "attrs": {"url": "https://a.b/film", "layout": "wide", "width": 60}}),
            "<https://a.b/film>{.card}",
            "[https://a.b/film]",
        ),
        case(
            "layoutSection",
            json!({"type": "layoutSection", "content": [
                {"type": "layoutColumn", "attrs": {"width": 50}, "content": [words("left")]},
                {"type": "layoutColumn", "attrs": {"width": 50}, "content": [words("right")]},
            ]}),
            "left\n\nright",
            "left\n\nright",
        ),
        case(
            "extension",
            json!({"type": "extension", "attrs": {"extensionKey": "toc", "extensionType": "com.atlassian.macro", "text": "Contents"}}),
            "Contents",
            "Contents",
        ),
        case(
            "bodiedExtension",
            json!({"type": "bodiedExtension", "attrs": {"extensionKey": "excerpt", "extensionType": "x"}, "content": [words("body")]}),
            "body",
            "body",
        ),
        case(
            "multiBodiedExtension",
            json!({"type": "multiBodiedExtension", "attrs": {"extensionKey": "tabs", "extensionType": "x"}, "content": [
                {"type": "extensionFrame", "content": [words("first tab")]}, {"type": "extensionFrame", "content": [words("second tab")]},
            ]}),
            "first tab\n\nsecond tab",
            "first tab\n\nsecond tab",
        ),
        case(
            "bodiedSyncBlock",
            json!({"type": "bodiedSyncBlock", "attrs": {"resourceId": "1", "localId": "2"}, "content": [words("shared")]}),
            "shared",
            "shared",
        ),
        case(
            "a node that does not exist yet",
            json!({"type": "carousel", "attrs": {"title": "Slides"}, "content": [words("slide"), {"type": "slideNote", "text": "aside"}]}),
            "Slides\n\nslide\n\naside",
            "Slides\n\nslide\n\naside",
        ),
        case(
            "alignment and indentation",
            json!({"type": "paragraph", "marks": [{"type": "alignment", "attrs": {"align": "center"}}, {"type": "indentation", "attrs": {"level": 2}}], "content": [text("centred")]}),
            "centred",
            "centred",
        ),
        case(
            "breakout",
            json!({"type": "codeBlock", "marks": [{"type": "breakout", "attrs": {"mode": "wide"}}], "content": [text("wide")]}),
            "```\nwide\n```",
            "{noformat}\nwide\n{noformat}",
        ),
    ]
}

fn inlines() -> Vec<Case> {
    let with = |what, content: Value, markdown, wiki| case(what, line(content), markdown, wiki);
    let mark = |kind: &'static str, markdown, wiki| {
        with(kind, json!([text("so "), marked("it", json!([{"type": kind}])), text(" is")]), markdown, wiki)
    };
    let styled = |kind: &'static str, attributes: Value, markdown, wiki| {
        let marks = json!([{"type": kind, "attrs": attributes}]);
        with(kind, json!([text("so "), marked("it", marks), text(" is")]), markdown, wiki)
    };
    vec![
        mark("strong", "so **it** is", "so *it* is"),
        mark("em", "so _it_ is", "so _it_ is"),
        mark("strike", "so ~~it~~ is", "so -it- is"),
        mark("code", "so `it` is", "so {{it}} is"),
        mark("underline", "so [it]{.underline} is", "so +it+ is"),
        styled("subsup", json!({"type": "sub"}), "so [it]{.sub} is", "so ~it~ is"),
        styled("subsup", json!({"type": "sup"}), "so [it]{.sup} is", "so ^it^ is"),
        styled("textColor", json!({"color": "#FF5630"}), "so [it]{color=#ff5630} is", "so {color:#ff5630}it{color} is"),
        styled("backgroundColor", json!({"color": "#fffae6"}), "so [it]{background=#fffae6} is", "so it is"),
        styled(
            "link",
            json!({"href": "https://a.b/c", "title": "t"}),
            "so [it](https://a.b/c) is",
            "so [it|https://a.b/c] is",
        ),
        styled("link", json!({"href": "mailto:a@b.c"}), "so [it](mailto:a@b.c) is", "so [it|mailto:a@b.c] is"),
        styled(
            "link",
            json!({"href": "https://a.b/c d\"e"}),
            "so [it](https://a.b/c%20d%22e) is",
            "so [it|https://a.b/c%20d%22e] is",
        ),
        styled("link", json!({"href": "javascript:alert(1)"}), "so it is", "so it is"),
        styled("annotation", json!({"id": "1", "annotationType": "inlineComment"}), "so it is", "so it is"),
        styled("sparkle", json!({"a": 1}), "so it is", "so it is"),
        with(
            "marks within a word",
            json!([text("un"), marked("believ", json!([{"type": "strong"}])), text("able")]),
            "un**believ**able",
            "un{*}believ{*}able",
        ),
        with(
            "marks together",
            json!([marked(
                "all",
                json!([{"type": "strong"}, {"type": "em"}, {"type": "strike"}, {"type": "underline"}])
            )]),
            "[**_~~all~~_**]{.underline}",
            "*_-+all+-_*",
        ),
        with(
            "a link in program text",
            json!([marked("f()", json!([{"type": "code"}, {"type": "link", "attrs": {"href": "https://a.b"}}]))]),
            "[`f()`](https://a.b)",
            "[{{f()}}|https://a.b]",
        ),
        with("hardBreak", json!([text("one"), {"type": "hardBreak"}, text("two")]), "one\\\ntwo", "one\ntwo"),
        with(
            "mention",
            json!([text("for "), {"type": "mention", "attrs": {"id": "5b10:a-1", "text": "@Maria", "accessLevel": ""}}, text(" now")]),
            "for [@Maria]{mention=5b10:a-1} now",
            "for [~5b10:a-1] now",
        ),
        with(
            "mention without a name",
            json!([{"type": "mention", "attrs": {"id": "5b10"}}]),
            "[@5b10]{mention=5b10}",
            "[~5b10]",
        ),
        with(
            "emoji",
            json!([{"type": "emoji", "attrs": {"shortName": ":grinning:", "id": "1f600", "text": "😀"}}]),
            "[😀]{emoji=:grinning: id=1f600}",
            "😀",
        ),
        with(
            "emoji of the site",
            json!([{"type": "emoji", "attrs": {"shortName": ":party:", "id": "atlassian-party"}}]),
            "[:party:]{emoji=:party: id=atlassian-party}",
            ":party:",
        ),
        with(
            "date",
            json!([text("by "), {"type": "date", "attrs": {"timestamp": "1795219200000"}}]),
            "by [2026-11-21]{.date}",
            "by 2026-11-21",
        ),
        with(
            "date that is none",
            json!([text("by "), {"type": "date", "attrs": {"timestamp": "soon"}}]),
            "by soon",
            "by soon",
        ),
        with(
            "status",
            json!([{"type": "status", "attrs": {"text": "In Progress", "color": "blue", "style": "bold"}}]),
            "[In Progress]{.status color=blue}",
            "*In Progress*",
        ),
        with(
            "inlineCard",
            json!([text("see "), {"type": "inlineCard", "attrs": {"url": "https://a.b/browse/WEB-1"}}]),
            "see <https://a.b/browse/WEB-1>",
            "see [https://a.b/browse/WEB-1]",
        ),
        with(
            "inlineCard of data",
            json!([{"type": "inlineCard", "attrs": {"data": {"@id": "https://a.b/d"}}}, text(" there")]),
            "<https://a.b/d> there",
            "[https://a.b/d] there",
        ),
        with(
            "inlineCard of no address",
            json!([text("see "), {"type": "inlineCard", "attrs": {"url": "javascript:alert(1)"}}]),
            "see javascript:alert(1)",
            "see javascript:alert(1)",
        ),
        with(
            "mediaInline",
            json!([text("in "), {"type": "mediaInline", "attrs": {"id": "6e7c", "collection": "", "type": "file", "alt": "log.txt"}}, text(".")]),
            "in ![log.txt](media:/6e7c).",
            "in log.txt.",
        ),
        with("placeholder", json!([{"type": "placeholder", "attrs": {"text": "Say why"}}]), "Say why", "Say why"),
        with(
            "inlineExtension",
            json!([text("a "), {"type": "inlineExtension", "attrs": {"extensionKey": "k", "extensionType": "t", "text": "macro"}}]),
            "a macro",
            "a macro",
        ),
    ]
}

fn document(content: &Value) -> Value {
    json!({"type": "doc", "version": 1, "content": [content]})
}

#[test]
fn every_node_and_mark_becomes_markdown_and_wiki_markup() {
    for case in blocks().into_iter().chain(inlines()) {
        let read = adf::read(&document(&case.node));
        assert_eq!(markdown::write(&read), case.markdown, "{}", case.what);
        assert_eq!(wiki::write(&read), case.wiki, "{}", case.what);
    }
}

/// Cells hold one line each in Markdown.
const NOT_IN_MARKDOWN: &str = "lists and panels in cells";

#[test]
fn every_node_and_mark_comes_back_from_markdown() {
    for case in blocks().into_iter().chain(inlines()).filter(|case| case.what != NOT_IN_MARKDOWN) {
        let read = adf::read(&document(&case.node));
        assert_eq!(markdown::read(case.markdown), read, "{}", case.what);
        assert_eq!(adf::read(&adf::write(&read)), read, "{}", case.what);
    }
}
