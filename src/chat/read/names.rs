//! What a text holds that nobody has finished: the names of the site, and the conditions so far.

use super::compose::Composer;
use super::scan::{Act, Bound, Item, Scan};
use super::sentence::Sentence;
use super::token::Kind;
use super::{Reader, decide};
use crate::chat::index::index;
use crate::chat::intent::Search;
use crate::chat::lexicon::Slot;

/// So many names in doubt are told; the person sees that there are several.
const MOST: usize = 4;

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What is named.
    pub slot: Slot,
    /// The names it can be, as the site writes them; the key of an issue. Empty for whoever asks.
    pub names: Vec<String>,
}

impl Reader {
    /// The names and keys in a text, in their order. None overlap.
    pub fn names_in(&self, text: &str, today: i64) -> Vec<Named> {
        let sentence = Sentence::new(text, &self.words);
        let scan = Scan::new(&sentence, &self.index, &self.lexicon, &self.vocabulary, today);
        let mut found = Vec::new();
        for piece in scan.cover(0, sentence.tokens.len()) {
            match piece.act {
                Act::Items(items, _) => self.add(&items, &sentence, &mut found),
                Act::Phrase(_, bound) => {
                    for (_, bound) in bound {
                        if let Bound::Items(items, _) = bound {
                            self.add(&items, &sentence, &mut found);
                        }
                    }
                }
                _ => {}
            }
        }
        let keys = sentence.tokens.iter().filter(|token| token.kind == Kind::Key);
        found.extend(keys.map(|key| {
            let names = vec![text.get(key.start..key.end).unwrap_or_default().to_uppercase()];
            Named { start: key.start, end: key.end, slot: Slot::Key, names }
        }));
        found.sort_by_key(|named| (named.start, usize::MAX - named.end));
        let mut behind = 0;
        found.retain(|named| {
            let fits = named.start >= behind && named.end > named.start;
            behind = if fits { named.end } else { behind };
            fits
        });
        found
    }

    /// A text that asks for issues as it is read so far, whatever of it is in doubt; its times are as of this day. None where there is
    /// no condition in it.
    pub fn so_far(&self, text: &str, today: i64) -> Option<Search> {
        let sentence = Sentence::new(text, &self.words);
        let scan = Scan::new(&sentence, &self.index, &self.lexicon, &self.vocabulary, today);
        let understood = Composer::compose(&scan, text, &scan.cover(0, sentence.tokens.len()));
        decide::search(&scan, text, &understood)
    }

    fn add(&self, items: &[Item], sentence: &Sentence<'_>, found: &mut Vec<Named>) {
        for item in items {
            let (Some(first), Some(last)) = (sentence.token(item.start), sentence.token(item.end.saturating_sub(1)))
            else {
                continue;
            };
            let known = item.names.iter().filter_map(|name| self.index.name(*name));
            let mut names: Vec<String> = Vec::new();
            for name in known {
                let entry = self.index.entry(name, &self.vocabulary).map(|entry| match name.slot {
                    Slot::Category => entry.of.clone(),
                    _ => entry.name.clone(),
                });
                let field = || self.index.fields.get(index(name.at)).map(|field| field.name.clone());
                if let Some(called) = entry.or_else(field).filter(|called| !names.contains(called)) {
                    names.push(called);
                }
                if names.len() == MOST {
                    break;
                }
            }
            found.push(Named { start: first.start, end: last.end, slot: item.slot, names });
        }
    }
}
