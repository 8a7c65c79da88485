//! Actions that concern people and other issues: comments, assignments, links.

use super::build::{Filled, ISSUES};
use super::{Made, Stop, Wisher, ask};
use crate::chat::intent::{Assignee, Change, Choice, Question, Search, Source, Target, View};
use crate::chat::lexicon::Slot;
use crate::jql::Query;
use crate::jql::build::and;

impl Wisher<'_, '_> {
    pub(super) fn comment(&self, filled: &Filled<'_>) -> Made {
        let target = self.target(filled)?;
        let mut text = match (filled.nth(&[Slot::Quoted], 0), filled.nth(&[Slot::Rest], 0)) {
            (Some((start, end)), _) => self.verbatim(start, end),
            (None, Some((start, _))) => self.with_mentions(start)?,
            (None, None) => String::new(),
        };
        if let Some((start, _)) = filled.nth(&[Slot::Person], 0) {
            let (id, name) = self.who(&self.person(start).ok_or(Stop::No)?.0)?;
            text = format!("@[{name}]({id}) {text}").trim_end().to_owned();
        }
        Ok((Change::Comment(text), target))
    }

    pub(super) fn assign(&self, filled: &Filled<'_>) -> Made {
        let target = self.target(filled)?;
        if let Some((start, _)) = filled.nth(&[Slot::Person], 0) {
            let (item, _) = self.person(start).ok_or(Stop::No)?;
            return Ok((Change::Assign(self.assignee(&item)?), target));
        }
        let (start, end) = filled.get(Slot::Words)?;
        if self.exact(start, &["the"]) || end > start + 3 {
            return Err(Stop::No);
        }
        Err(ask(format!("I know nobody called “{}”. Who is meant?", self.verbatim(start, end))))
    }

    /// “Unassign everything from Tom” is about what Tom has, and not about what he reported.
    pub(super) fn unassign(&self, filled: &Filled<'_>) -> Made {
        let change = Change::Assign(Assignee::Nobody);
        let issues = filled.nth(&ISSUES, 0);
        let Some((start, _)) = filled.nth(&[Slot::Person], 0) else { return Ok((change, self.target(filled)?)) };
        if issues.is_some_and(|place| self.explicit(place.0).is_some_and(|(_, end)| end == place.1)) {
            return Ok((change, self.target(filled)?));
        }
        let (item, end) = self.person(start).ok_or(Stop::No)?;
        self.who(&item)?;
        let mine = self.scan.of_items(&[item], false).ok_or(Stop::No)?;
        let span = |at: usize| self.scan.sentence.token(at).map_or((0, 0), |token| (token.start, token.end));
        let source =
            Source { words: self.verbatim(start, end), span: (span(start).0, span(end - 1).1), ..Source::default() };
        let mut search = match issues {
            Some(place) => self.described(place)?,
            None => Search {
                query: Query::default(),
                sources: Vec::new(),
                ignored: Vec::new(),
                view: View::List,
                limit: None,
            },
        };
        search.query.where_clause = and(search.query.where_clause.into_iter().chain([mine]).collect());
        search.sources.push(source);
        Ok((change, Target::Matching(Box::new(search))))
    }

    pub(super) fn link(&self, text: &str, filled: &Filled<'_>, is_new: bool) -> Made {
        let implied = filled.nth(&ISSUES, 1).is_none();
        let target = if implied { self.implied()? } else { self.target(filled)? };
        let others = self.other(filled, usize::from(!implied))?;
        if !is_new {
            return Ok((Change::Unlink(others), target));
        }
        if text == "blocker" {
            return Err(self.which_blocks(&target, &others));
        }
        let (kind, outward) = match text.split_once(' ') {
            Some((side, name)) => (self.link_type(name), side == "out"),
            None => {
                let (start, end) = filled.get(Slot::Linked)?;
                let (kind, outward, _) =
                    self.link_words(start).into_iter().find(|(.., behind)| *behind == end).ok_or(Stop::No)?;
                (kind, outward)
            }
        };
        Ok((Change::Link { kind, outward, others }, target))
    }

    /// “Link A with B as blocker”: either can be the one.
    fn which_blocks(&self, target: &Target, others: &[String]) -> Stop {
        let (Target::Issues(keys), Some(other)) = (target, others.first()) else { return Stop::No };
        let Some(key) = keys.first() else { return Stop::No };
        let choices = [format!("{key} blocks {other}"), format!("{other} blocks {key}")]
            .map(|text| Choice { label: text.clone(), text });
        Stop::Ask(Question { message: "Which one blocks the other?".to_owned(), choices: choices.into() })
    }
}
