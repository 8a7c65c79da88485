//! The forms of wiki markup that Jira's own help describes, those that Jira itself writes, and what people do to them.

use chat_for_jira::rich::{markdown, wiki};

/// Wiki markup, and the same as Markdown.
const FORMS: [(&str, &str); 37] = [
    ("h1. Biggest heading\nh6. Smallest heading", "# Biggest heading\n\n###### Smallest heading"),
    (
        "*strong* _emphasis_ ??citation?? -deleted- +inserted+ ^super^ ~sub~ {{mono}}",
        "**strong** _emphasis_ _citation_ ~~deleted~~ [inserted]{.underline} [super]{.sup} [sub]{.sub} `mono`",
    ),
    ("bq. Some block quoted text", "> Some block quoted text"),
    ("{quote}\nhere is quotable\n\ncontent\n{quote}", "> here is quotable\n>\n> content"),
    (
        "{color:red}look ma, red text!{color} and {color:#00f}short{color}",
        "[look ma, red text\\!]{color=#ff0000} and short",
    ),
    ("line\\\\break\nand line end", "line\\\nbreak\\\nand line end"),
    ("above\n----\nbelow", "above\n\n---\n\nbelow"),
    ("a --- b -- c", "a --- b -- c"),
    (
        "[#anchor] [^attachment.ext] [http://jira.atlassian.com] [Atlassian|http://atlassian.com]",
        "\\[#anchor\\] ![](attachment:attachment.ext) <http://jira.atlassian.com> [Atlassian](http://atlassian.com)",
    ),
    ("{anchor:anchorname}here", "\\{anchor:anchorname}here"),
    ("see [~username], please", "see [@username]{mention=username}, please"),
    (
        "[https://a.b/c|https://a.b/c|smart-link] and [Plan|https://a.b/c|smart-card]",
        "<https://a.b/c> and [Plan](https://a.b/c)",
    ),
    ("* some\n* bullet\n** indented\n* points", "- some\n- bullet\n  * indented\n- points"),
    ("- different\n- bullet", "- different\n- bullet"),
    ("# a\n# numbered\n## list", "1. a\n2. numbered\n   1) list"),
    ("# a\n#* mixed\n* b\n*# mixed", "1. a\n   * mixed\n\n* b\n  1. mixed"),
    ("* first\nstill first\n* second\n\nafter", "- first\\\n  still first\n- second\n\nafter"),
    (
        "||heading 1||heading 2||\n|col A1|col A2|\n|col B1|col B2|",
        "| heading 1 | heading 2 |\n| --- | --- |\n| col A1 | col A2 |\n| col B1 | col B2 |",
    ),
    (
        "||Key|WEB-1|\n||State|[done|https://a.b]|",
        "| | |\n| --- | --- |\n| {.header} Key | WEB-1 |\n| {.header} State | [done](https://a.b) |",
    ),
    (
        "|a\\\\b|!x.png|thumbnail!|[c|https://a.b]|",
        "| | | |\n| --- | --- | --- |\n| a[]{.br}b | ![](attachment:x.png) | [c](https://a.b) |",
    ),
    (
        "!image.gif! !image.jpg|thumbnail! !image.gif|align=right, vspace=4! !https://a.b/c.png|alt=a cat!",
        "![](attachment:image.gif) ![](attachment:image.jpg) ![](attachment:image.gif) [a cat](https://a.b/c.png)",
    ),
    ("!plan.png|width=300,alt=\"the plan\"!", "![the plan](attachment:plan.png)"),
    ("{noformat}\npre *formatted* {code}\n{noformat}", "```\npre *formatted* {code}\n```"),
    ("{panel}\nSome text\n{panel}", "> [!NOTE]\n> Some text"),
    (
        "{panel:title=My Title|borderStyle=dashed|bgColor=#FFFFCE}\na block\n{panel}",
        "> [!NOTE]\n> **My Title**\n>\n> a block",
    ),
    ("{panel:bgColor=#e3fcef}\nwell done\n{panel}", "> [!SUCCESS]\n> well done"),
    ("{code:title=Bar.java|borderStyle=solid}\nint a;\n{code}", "**Bar.java**\n\n```\nint a;\n```"),
    ("{code:xml}\n<a/>\n{code}", "```xml\n<a/>\n```"),
    ("{code}plain{code}", "```\nplain\n```"),
    (":) (y) (/) (!) :-)", "\\:) (y) (/) (!) :-)"),
    (
        "\\*not bold\\* \\{not a macro\\} C:\\\\temp snake_case 2*3*4 a-b-c",
        "\\*not bold\\* {not a macro} C:\\\ntemp snake_case 2\\*3\\*4 a-b-c",
    ),
    ("in*side* {*}in{*}side *bold, too*.", "in\\*side\\* **in**side **bold, too**."),
    ("*a _b* c_ *open\n\n*", "**a \\_b** c\\_ \\*open\n\n\\*"),
    ("{quote}never closed", "> never closed"),
    ("* ☐ open\n* ☑ done", "- [ ] open\n- [x] done"),
    ("{unknown:a=b}text{unknown}", "\\{unknown:a=b}text{unknown}"),
    (
        "https://a.b/c, and (https://a.b/d).",
        "[https\\://a.b/c](https://a.b/c), and ([https\\://a.b/d](https://a.b/d)).",
    ),
];

#[test]
fn every_form_of_wiki_markup_is_read() {
    for (source, expected) in FORMS {
        assert_eq!(markdown::write(&wiki::read(source)), expected, "{source}");
    }
}

#[test]
fn every_form_of_wiki_markup_comes_back() {
    for (source, _) in FORMS {
        let read = wiki::read(source);
        assert_eq!(wiki::read(&wiki::write(&read)), read, "{source}");
    }
}
