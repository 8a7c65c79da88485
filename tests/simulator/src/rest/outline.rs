//! The texts of the sample data taken apart, before they are written in either product's manner.

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block<'t> {
    Heading(&'t str),
    Paragraph(Vec<Span<'t>>),
    Bullets(Vec<Vec<Span<'t>>>),
    Numbers(Vec<Vec<Span<'t>>>),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Span<'t> {
    Text(&'t str),
    /// A person, by accountId.
    Mention(&'t str),
}

/// The blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    text.split("\n\n").filter(|part| !part.trim().is_empty()).map(block).collect()
}

fn block(part: &str) -> Block<'_> {
    if let Some(heading) = part.strip_prefix("## ") {
        return Block::Heading(heading);
    }
    let items =
        |strip: fn(&str) -> Option<&str>| part.lines().map(|line| strip(line).map(spans)).collect::<Option<_>>();
    if let Some(items) = items(|line| line.strip_prefix("- ")) {
        return Block::Bullets(items);
    }
    let numbered = |line: &str| line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok()).is_some();
    if part.lines().all(numbered) {
        return Block::Numbers(
            part.lines().filter_map(|line| line.split_once(". ")).map(|(_, rest)| spans(rest)).collect(),
        );
    }
    Block::Paragraph(spans(part))
}

fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[~accountid:") {
        let Some((person, behind)) = after.split_once(']') else { break };
        if !before.is_empty() {
            spans.push(Span::Text(before));
        }
        spans.push(Span::Mention(person));
        rest = behind;
    }
    if !rest.is_empty() {
        spans.push(Span::Text(rest));
    }
    spans
}
