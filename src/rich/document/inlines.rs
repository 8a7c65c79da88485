//! The canonical form of a line: neighbours of one look are one text, and no line begins or ends with blanks.

use super::{Inline, Marks, Media, Source};

/// Marks that a writer sets with signs which must touch a word.
const TOUCHING: u8 = Marks::STRONG | Marks::EM | Marks::STRIKE;

/// The canonical form of the inlines of one paragraph, heading or item.
pub(super) fn fitted(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        fit(inline, &mut out);
    }
    bare_blanks(&mut out);
    trimmed(out)
}

/// Jira shows pictures of other sites only on lines of their own: within a line, a picture is a link.
fn linked(media: &Media, url: &str) -> (String, Marks) {
    let words = if media.alt.is_empty() { url } else { &media.alt };
    (words.to_owned(), Marks { link: Some(url.to_owned()), ..Marks::default() })
}

/// An address that may be linked to, cleaned: `http`, `https` or `mailto`; otherwise `None`. Blanks and what would end an
/// address in some form of text are encoded.
pub(in crate::rich) fn address(url: &str) -> Option<String> {
    /// In bytes. A link is repeated for each look of its text, so that a long one would multiply.
    const LONGEST: usize = 2_000;
    let url = url.trim();
    let scheme = url.split(':').next().unwrap_or_default();
    let rest = url.get(scheme.len()..).unwrap_or_default();
    let known = if ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        rest.starts_with("://") && rest.len() > 3
    } else {
        scheme.eq_ignore_ascii_case("mailto") && rest.len() > 1
    };
    if !known || url.len() > LONGEST || url.contains(char::is_control) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for char in url.chars() {
        if char.is_whitespace() || "<>\"\\".contains(char) {
            char.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(char);
        }
    }
    Some(out).filter(|url| url.len() <= LONGEST)
}

/// The text without control characters, but for line ends (all of them `\n`) and tabs.
pub(in crate::rich) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|char| !char.is_control() || matches!(char, '\n' | '\t')).collect()
}

/// The text on one line, with single blanks.
pub(super) fn line(text: &str) -> String {
    let clean = clean(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

/// The media with its texts cleaned; what it says if there is nothing at its address that could be shown.
pub(super) fn fitted_media(media: Media) -> Result<Media, String> {
    let alt = line(&media.alt);
    let source = match &media.source {
        Source::Url(url) => address(url).filter(|url| !url.to_ascii_lowercase().starts_with("mailto")).map(Source::Url),
        Source::File { id, collection } => {
            let id = line(id);
            (!id.is_empty()).then(|| Source::File { id, collection: line(collection) })
        }
        Source::Attachment(name) => Some(line(name)).filter(|name| !name.is_empty()).map(Source::Attachment),
    };
    source.map(|source| Media { alt: alt.clone(), source }).ok_or(alt)
}

// Long because every arm has the same shape and stands for one kind of inline.
fn fit(inline: Inline, out: &mut Vec<Inline>) {
    match inline {
        Inline::Text(text, marks) => fit_text(&text, &fitted_marks(marks), out),
        Inline::Break => out.push(Inline::Break),
        Inline::Mention { id, name } => {
            let (id, name) = (line(&id), line(&name));
            match (id.is_empty(), name.is_empty()) {
                (true, _) => push_text(&name, &Marks::default(), out),
                (false, true) => out.push(Inline::Mention { name: format!("@{id}"), id }),
                (false, false) => out.push(Inline::Mention { id, name }),
            }
        }
        Inline::Date(days) if crate::day::write(days).is_some() => out.push(Inline::Date(days)),
        Inline::Date(_) => {}
        Inline::Status { text, color } => {
            let text = line(&text);
            if !text.is_empty() {
                out.push(Inline::Status { text, color: status_color(&color) });
            }
        }
        Inline::Emoji { name, id, text } => {
            let (name, id, text) = (line(&name), line(&id), line(&text));
            if name.is_empty() {
                push_text(&text, &Marks::default(), out);
            } else {
                out.push(Inline::Emoji { text: if text.is_empty() { name.clone() } else { text }, name, id });
            }
        }
        Inline::Card(url) => match address(&url) {
            Some(url) => out.push(Inline::Card(url)),
            None => push_text(&line(&url), &Marks::default(), out),
        },
        Inline::Media(media) => match fitted_media(media) {
            Ok(media) => match &media.source {
                Source::Url(url) => {
                    let (words, marks) = linked(&media, url);
                    push_text(&words, &marks, out);
                }
                _ => out.push(Inline::Media(media)),
            },
            Err(text) => push_text(&text, &Marks::default(), out),
        },
    }
}

/// A line end within a text is a break; in program text, a blank.
fn fit_text(text: &str, marks: &Marks, out: &mut Vec<Inline>) {
    let text = clean(text);
    if marks.has(Marks::CODE) {
        return push_text(&text.replace('\n', " "), marks, out);
    }
    for (at, part) in text.split('\n').enumerate() {
        if at > 0 {
            out.push(Inline::Break);
        }
        push_text(part, marks, out);
    }
}

fn push_text(text: &str, marks: &Marks, out: &mut Vec<Inline>) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(before, same)) if same == marks => before.push_str(text),
        _ => out.push(Inline::Text(text.to_owned(), marks.clone())),
    }
}

fn fitted_marks(marks: Marks) -> Marks {
    let link = marks.link.as_deref().and_then(address);
    if marks.has(Marks::CODE) {
        return Marks { link, ..Marks::of(Marks::CODE) };
    }
    let flags = if marks.has(Marks::SUB) { marks.flags & !Marks::SUP } else { marks.flags };
    let color = |color: Option<String>| color.map(|color| color.to_ascii_lowercase()).filter(|color| is_color(color));
    Marks { flags, color: color(marks.color), background: color(marks.background), link }
}

/// Whether it is `#rrggbb`.
pub(in crate::rich) fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn status_color(color: &str) -> String {
    const COLORS: [&str; 6] = ["neutral", "purple", "blue", "red", "yellow", "green"];
    let color = color.to_ascii_lowercase();
    if COLORS.contains(&color.as_str()) || is_color(&color) { color } else { "neutral".to_owned() }
}

/// Blanks at the edge of what is bold, slanted or crossed out are not: nobody sees it, and no sign could be set there.
fn bare_blanks(inlines: &mut Vec<Inline>) {
    let mut split = Vec::with_capacity(inlines.len());
    for inline in inlines.drain(..) {
        match inline {
            Inline::Text(text, marks) if marks.flags & TOUCHING != 0 => split_blanks(&text, &marks, &mut split),
            other => split.push(other),
        }
    }
    let flags = |inline: Option<&Inline>| match inline {
        Some(Inline::Text(_, marks)) => marks.flags,
        _ => 0,
    };
    for at in (0..split.len()).rev() {
        let next = flags(split.get(at + 1));
        bare(split.get_mut(at), next);
    }
    let mut before = 0;
    for inline in &mut split {
        bare(Some(inline), before);
        before = flags(Some(inline));
    }
    for inline in split {
        match inline {
            Inline::Text(text, marks) => push_text(&text, &marks, inlines),
            other => inlines.push(other),
        }
    }
}

/// A text as blanks, words, blanks.
fn split_blanks(text: &str, marks: &Marks, out: &mut Vec<Inline>) {
    let words = text.trim();
    let (before, after) = text.split_once(words).filter(|_| !words.is_empty()).unwrap_or((text, ""));
    for part in [before, words, after] {
        if !part.is_empty() {
            out.push(Inline::Text(part.to_owned(), marks.clone()));
        }
    }
}

/// Takes from blanks what their neighbour does not have.
fn bare(inline: Option<&mut Inline>, neighbour: u8) {
    if let Some(Inline::Text(text, marks)) = inline
        && text.trim().is_empty()
    {
        marks.flags &= neighbour | !TOUCHING;
    }
}

/// Without breaks at both ends, and without blanks at the ends of lines. Program text keeps its blanks.
fn trimmed(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let first = matches!(out.last(), None | Some(Inline::Break));
        match inline {
            Inline::Text(text, marks) if first && !marks.has(Marks::CODE) => {
                push_text(text.trim_start(), &marks, &mut out);
            }
            Inline::Break => {
                trim_end(&mut out);
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
            }
            other => out.push(other),
        }
    }
    trim_end(&mut out);
    while matches!(out.last(), Some(Inline::Break)) {
        out.pop();
    }
    out
}

fn trim_end(out: &mut Vec<Inline>) {
    while let Some(Inline::Text(text, marks)) = out.last_mut() {
        if !marks.has(Marks::CODE) {
            text.truncate(text.trim_end().len());
        }
        if !text.is_empty() {
            return;
        }
        out.pop();
    }
}
