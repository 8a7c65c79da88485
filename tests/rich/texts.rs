//! Random texts: pieces of markup thrown together, and what a writer made of a random document, broken.

use crate::documents;
use crate::random::Random;
use chat_for_jira::rich::{markdown, wiki};

const MARKDOWN: [&str; 62] = [
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n",
    "    ",
    "\t",
    "\\",
    "\\\n",
    "  \n",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "```",
    "```rust\n",
    "[",
    "]",
    "(",
    ")",
    "](https://a.b)",
    "](<https://a.b c>)",
    "](https://a.b \"t\")",
    "](javascript:a)",
    "![",
    "](media:c/i)",
    "](attachment:x.png)",
    "{.underline}",
    "{.status color=red}",
    "{mention=1}",
    "{.date}",
    "{color=#ff0000}",
    "{.br}",
    "{",
    "}",
    "<https://a.b>",
    "<https://a.b>{.card}",
    "<",
    ">",
    "> ",
    "> [!INFO]\n> ",
    "> [!EXPAND] t\n",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "- [ ] ",
    "- [x] ",
    "- [!] ",
    "# ",
    "---",
    "| a | b |\n|---|---|\n",
    "|",
    "2026-11-21",
    "https://a.b/c.",
];

const WIKI: [&str; 70] = [
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "\n",
    "\\",
    "\\\\",
    "*",
    "_",
    "-",
    "+",
    "^",
    "~",
    "??",
    "{*}",
    "{_}",
    "{-}",
    "{{",
    "}}",
    "{color:red}",
    "{color}",
    "{color:#ff0000}",
    "{quote}",
    "{panel}",
    "{panel:title=T}",
    "{panel:bgColor=#deebff}",
    "{code}",
    "{code:java}",
    "{noformat}",
    "h1. ",
    "h6. ",
    "bq. ",
    "----",
    "---",
    "--",
    "* ",
    "** ",
    "# ",
    "## ",
    "*# ",
    "- ",
    "||",
    "|",
    "|a|",
    "||h||",
    "[",
    "]",
    "[a|https://b.c]",
    "[https://b.c]",
    "[~maria]",
    "[~accountid:5b:1]",
    "[^x.png]",
    "[a|javascript:b]",
    "!x.png!",
    "!x.png|thumbnail!",
    "!https://a.b/c.png!",
    "!",
    "https://a.b/c",
    "(/)",
    ":)",
    "{",
    "}",
    "{anchor:x}",
    "[#x]",
    "|\n|",
    "\t",
    "\\{",
    "(",
    "{unknown}",
];

fn pieces(random: &mut Random, of: &[&str]) -> String {
    (0..random.below(14)).map(|_| *random.one(of)).collect()
}

fn broken(random: &mut Random, text: &str, of: &[&str]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let from = random.below(characters.len() + 1);
        let to = (from + random.below(6)).min(characters.len());
        match random.below(4) {
            0 => drop(characters.drain(from..to)),
            1 => {
                let copy: Vec<char> = characters.get(from..to).unwrap_or_default().to_vec();
                let at = random.below(characters.len() + 1);
                drop(characters.splice(at..at, copy));
            }
            _ => drop(characters.splice(from..from, random.one(of).chars())),
        }
    }
    characters.into_iter().collect()
}

/// A text that is more or less Markdown.
pub(crate) fn markdown(random: &mut Random) -> String {
    if random.once_in(2) {
        return pieces(random, &MARKDOWN);
    }
    let written = markdown::write(&documents::document(random, true));
    broken(random, &written, &MARKDOWN)
}

/// A text that is more or less wiki markup.
pub(crate) fn wiki(random: &mut Random) -> String {
    if random.once_in(2) {
        return pieces(random, &WIKI);
    }
    let written = wiki::write(&documents::document(random, true));
    broken(random, &written, &WIKI)
}
