//! What goes out comes back.

use crate::random::{Random, cases};
use crate::{documents, texts};
use chat_for_jira::day;
use chat_for_jira::rich::document::{Block, Document, Inline};
use chat_for_jira::rich::{adf, markdown, text, wiki};

/// The letters and digits of a text, in their order: what no form may lose.
fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// What a document says in wiki markup: people by their ids, and no numbers of items.
fn said(blocks: &[Block]) -> String {
    let line = |inlines: &[Inline]| inlines.iter().map(word).collect::<String>();
    let of = |block: &Block| match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => line(inlines),
        Block::Code { text, .. } => text.clone(),
        Block::Quote(blocks) | Block::Panel(_, blocks) => said(blocks),
        Block::Expand { title, blocks } => format!("{title}{}", said(blocks)),
        Block::List(list) => list.items.iter().map(|item| said(&item.blocks)).collect(),
        Block::Table(rows) => rows.iter().flatten().map(|cell| said(&cell.blocks)).collect(),
        Block::Media(media) => media.alt.clone(),
        Block::Card(url) => url.clone(),
        Block::Rule => String::new(),
    };
    blocks.iter().map(of).collect()
}

fn word(inline: &Inline) -> String {
    match inline {
        Inline::Text(text, _) | Inline::Status { text, .. } | Inline::Emoji { text, .. } | Inline::Card(text) => {
            text.clone()
        }
        Inline::Mention { id, name } if id.contains('{') => name.clone(),
        Inline::Mention { id, .. } => id.clone(),
        Inline::Date(days) => day::write(*days).expect("it fits"),
        Inline::Media(media) => media.alt.clone(),
        Inline::Break => String::new(),
    }
}

/// Tries many cases, and shows the shortest that fails.
fn all_hold(number: u64, case: impl Fn(&mut Random) -> Result<(), String>) {
    let mut random = Random::of_test(number);
    let failures = (0..cases(10_000)).filter_map(|_| case(&mut random).err());
    if let Some(shortest) = failures.min_by_key(String::len) {
        panic!("{shortest}");
    }
}

fn same(document: &Document, other: &Document, form: &str) -> Result<(), String> {
    if document == other { Ok(()) } else { Err(format!("{form}\n--- was\n{document:?}\n--- became\n{other:?}")) }
}

fn same_letters(document: &str, other: &str, form: &str) -> Result<(), String> {
    let (before, after) = (letters(document), letters(other));
    if before == after { Ok(()) } else { Err(format!("{form}\n--- was\n{before}\n--- became\n{after}")) }
}

#[test]
fn the_canonical_form_is_its_own() {
    all_hold(1, |random| {
        let document = documents::document(random, false);
        same(&document, &Document::fitted(document.blocks.clone()), "")
    });
}

#[test]
fn every_document_comes_back_from_atlassians_format() {
    all_hold(2, |random| {
        let document = documents::document(random, false);
        let written = adf::write(&document);
        same(&document, &adf::read(&written), &written.to_string())
    });
}

#[test]
fn every_document_comes_back_from_markdown() {
    all_hold(3, |random| {
        let document = documents::document(random, true);
        let written = markdown::write(&document);
        same(&document, &markdown::read(&written), &written)
    });
}

#[test]
fn a_document_with_rich_cells_keeps_its_text_in_markdown() {
    all_hold(4, |random| {
        let document = documents::document(random, false);
        let written = markdown::write(&document);
        let read = markdown::read(&written);
        same_letters(&text::write(&document), &text::write(&read), &written)?;
        same(&read, &markdown::read(&markdown::write(&read)), &written)
    });
}

#[test]
fn markdown_is_stable_over_atlassians_format() {
    all_hold(5, |random| {
        let source = texts::markdown(random);
        let read = markdown::read(&source);
        let written = markdown::write(&read);
        let there = adf::read(&adf::write(&read));
        // Jira Cloud does not know an attachment by its name: what goes there is the name.
        let sent = if source.contains("attachment:") { &there } else { &read };
        same(sent, &adf::read(&adf::write(&there)), &format!("ADF of {source:?}"))?;
        same(&read, &markdown::read(&written), &format!("{source:?}\n{written}"))
    });
}

#[test]
fn a_document_keeps_its_text_in_wiki_markup() {
    all_hold(6, |random| {
        let document = documents::document(random, false);
        let written = wiki::write(&document);
        same_letters(&said(&document.blocks), &said(&wiki::read(&written).blocks), &written)
    });
}

#[test]
fn wiki_markup_is_stable() {
    all_hold(7, |random| {
        let source = texts::wiki(random);
        let read = wiki::read(&source);
        let written = wiki::write(&read);
        same(&read, &wiki::read(&written), &format!("{source:?}\n{written}"))?;
        let over_markdown = markdown::read(&markdown::write(&read));
        same_letters(&text::write(&read), &text::write(&over_markdown), &source)
    });
}

/// How a form is read and written.
type Form = (fn(&str) -> Document, fn(&Document) -> String);

/// A text on its way to Jira Cloud and back.
fn there_and_back(text: &str, (read, write): Form) -> String {
    write(&adf::read(&adf::write(&read(text))))
}

#[test]
fn what_came_back_once_comes_back_the_same_ever_after() {
    all_hold(8, |random| {
        let forms: [(String, Form); 2] = [
            (texts::markdown(random), (markdown::read, markdown::write)),
            (texts::wiki(random), (wiki::read, wiki::write)),
        ];
        for (source, form) in forms {
            let once = there_and_back(&source, form);
            let twice = there_and_back(&once, form);
            same(&form.0(&once), &form.0(&twice), &format!("{source:?}\n{once}"))?;
            if once != twice {
                return Err(format!("{source:?}\n--- once\n{once}\n--- twice\n{twice}"));
            }
        }
        Ok(())
    });
}
