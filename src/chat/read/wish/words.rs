//! The person's own texts, as they were written.

use super::{Try, Wisher};
use crate::chat::read::token::Kind;

impl Wisher<'_, '_> {
    /// The text of some tokens as it was written, with the marks before the first that are no tokens (`*bold*`), without spaces around
    /// it, and without quotes where it is but one quoted text.
    pub(super) fn verbatim(&self, start: usize, end: usize) -> String {
        let tokens = &self.scan.sentence.tokens;
        if let Some(only) = tokens.get(start).filter(|token| end == start + 1 && token.kind == Kind::Quoted) {
            return only.word.trim().to_owned();
        }
        let from = start.checked_sub(1).and_then(|before| tokens.get(before)).map_or(0, |token| token.end);
        let to = if end >= tokens.len() {
            self.text.len()
        } else {
            tokens.get(end.saturating_sub(1)).map_or(from, |token| token.end)
        };
        self.text.get(from..to.max(from)).unwrap_or_default().trim().to_owned()
    }

    /// The person's text from a token to the end: without the sign that leads to it.
    pub(super) fn told(&self, start: usize) -> String {
        let leads = self.kind(start) == Some(Kind::Sign) && self.is(start, &[":", "-", "–", "—", ",", "=>", "->"]);
        self.verbatim(if leads { start + 1 } else { start }, self.end())
    }

    /// The whole text with other words in place of some tokens.
    pub(super) fn replaced(&self, place: (usize, usize), with: &str) -> String {
        let tokens = self.scan.sentence.tokens.get(place.0..place.1).unwrap_or_default();
        let (start, end) = (tokens.first().map_or(0, |token| token.start), tokens.last().map_or(0, |token| token.end));
        format!("{}{with}{}", self.text.get(..start).unwrap_or_default(), self.text.get(end..).unwrap_or_default())
    }

    /// The person's text from a token to the end, with those it names behind an `@` as `@[Name](id)`.
    pub(super) fn with_mentions(&self, start: usize) -> Try<String> {
        let told = self.told(start);
        let tokens = &self.scan.sentence.tokens;
        // Where the text begins in the whole one: it is its end, but for a closing quote.
        let Some(offset) = self.text.rfind(told.as_str()) else { return Ok(told) };
        let (mut out, mut done) = (String::new(), offset);
        let mut at = start;
        while let Some(token) = tokens.get(at) {
            let marked = token.start > done && self.text.get(..token.start).is_some_and(|before| before.ends_with('@'));
            let Some((item, end)) = self.named_person(at).filter(|_| marked) else {
                at += 1;
                continue;
            };
            let (id, name) = self.who(&item)?;
            out.push_str(self.text.get(done..token.start).unwrap_or_default());
            out.push_str(&format!("[{name}]({id})"));
            done = tokens.get(end.saturating_sub(1)).map_or(done, |last| self.end_of(last.start, last.end));
            at = end;
        }
        out.push_str(self.text.get(done..offset + told.len()).unwrap_or_default());
        Ok(out)
    }

    /// The byte behind a word, without the ending of possession.
    fn end_of(&self, start: usize, end: usize) -> usize {
        let word = self.text.get(start..end).unwrap_or_default();
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        start + bare.len()
    }
}
