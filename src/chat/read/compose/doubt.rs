//! Names and dates that can mean several things: the question back, with the answers there are.

use super::Composer;
use crate::chat::index::index;
use crate::chat::intent::{Choice, Question};
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::Item;
use crate::chat::when::When;
use crate::day;
use crate::vocabulary::Kind;

impl Composer<'_, '_> {
    /// Notes that names are in doubt, with the choices there are.
    pub(super) fn doubt(&mut self, items: &[Item]) {
        for item in items.iter().filter(|item| item.names.len() > 1) {
            if self.out.question.is_some() {
                return;
            }
            let names = self.distinct(item);
            if names.len() < 2 {
                continue;
            }
            let written = self.written((item.start, item.end)).to_owned();
            let choices = names
                .iter()
                .filter_map(|name| {
                    let known = self.scan.index.name(*name)?;
                    let entry = self.scan.index.entry(known, self.scan.vocabulary)?;
                    let same = names.iter().filter(|other| self.shown(**other) == entry.name).count() > 1;
                    let exact = if same { entry.id.as_str() } else { &entry.name };
                    let text = self.replaced((item.start, item.end), &format!("\"{exact}\""));
                    let mail = entry.also.first().filter(|_| same).map_or(String::new(), |mail| format!(" ({mail})"));
                    Some(Choice { label: format!("{}{mail}", entry.name), text })
                })
                .collect();
            self.out.question =
                Some(Question { message: format!("“{written}” can mean several. Which one?"), choices });
        }
    }

    /// A name as the site shows it.
    fn shown(&self, name: u32) -> &str {
        let known = self.scan.index.name(name);
        known.and_then(|name| self.scan.index.entry(name, self.scan.vocabulary)).map_or("", |entry| &entry.name)
    }

    /// The text with other words in place of some tokens.
    fn replaced(&self, place: (usize, usize), with: &str) -> String {
        let tokens = self.scan.sentence.tokens.get(place.0..place.1).unwrap_or_default();
        let (start, end) = (tokens.first().map_or(0, |token| token.start), tokens.last().map_or(0, |token| token.end));
        // The ending of possession is part of the token.
        let rest = self.text.get(end..).unwrap_or_default();
        format!("{}{with}{rest}", self.text.get(..start).unwrap_or_default())
    }

    /// The things that a name can mean: people who are still there, and things that queries call differently.
    fn distinct(&self, item: &Item) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::new();
        let present = |name: &u32| {
            self.scan.index.name(*name).is_some_and(|name| !self.scan.index.is_past(name, self.scan.vocabulary))
        };
        let any_present = item.names.iter().any(present);
        for name in item.names.iter().filter(|name| !any_present || present(name)) {
            let Some(this) = self.scan.index.name(*name) else { continue };
            let same = kept.iter().any(|other| {
                self.scan.index.name(*other).is_some_and(|other| other.at == this.at && other.option == this.option)
                    || this.slot != Slot::Person
                        && this.slot != Slot::Project
                        && self.shown(*other) == self.shown(*name)
            });
            if !same && self.is_on_board(*name) {
                kept.push(*name);
            }
        }
        kept
    }

    /// Whether a sprint belongs to a board of the projects that were spoken of.
    fn is_on_board(&self, name: u32) -> bool {
        let Some(name) = self.scan.index.name(name).filter(|name| name.slot == Slot::Sprint) else { return true };
        let entry = self.scan.index.entry(name, self.scan.vocabulary);
        self.boards().is_none_or(|boards| entry.is_some_and(|entry| boards.contains(&entry.of)))
    }

    /// The boards of the projects that the text names; `None` where it names none.
    pub(super) fn boards(&self) -> Option<Vec<String>> {
        let tokens = 0..self.scan.sentence.tokens.len();
        let items = tokens.flat_map(|at| {
            self.scan
                .items(at)
                .iter()
                .filter(|item| item.slot == Slot::Project && item.whole)
                .cloned()
                .collect::<Vec<_>>()
        });
        let keys: Vec<String> = items
            .filter_map(|item| {
                let name = self.scan.index.name(*item.names.first()?)?;
                let entry = self.scan.vocabulary.entries(Kind::Project).get(index(name.at))?;
                entry.also.first().cloned()
            })
            .collect();
        let boards = self.scan.vocabulary.entries(Kind::Board).iter().filter(|board| keys.contains(&board.of));
        let ids: Vec<String> = boards.map(|board| board.id.clone()).collect();
        (!ids.is_empty()).then_some(ids)
    }

    /// Notes that a date in digits is in doubt.
    pub(super) fn doubt_date(&mut self, when: &When, place: (usize, usize)) {
        let Some((one, other)) = when.doubt.filter(|_| self.out.question.is_none()) else { return };
        let written = self.written(place).to_owned();
        let at = (place.0..place.1)
            .rev()
            .find(|at| self.scan.sentence.token(*at).is_some_and(|token| token.word.contains(['/', '-', '.'])));
        let at = at.unwrap_or(place.0);
        let choices = [one, other]
            .into_iter()
            .filter_map(day::write)
            .map(|day| Choice { text: self.replaced((at, at + 1), &day), label: day })
            .collect();
        self.out.question = Some(Question { message: format!("“{written}”: which day is it?"), choices });
    }
}
