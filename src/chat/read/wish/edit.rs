//! Changes of fields, one or several: `priority high and due friday`.

use super::{Made, Stop, Try, Wisher};
use crate::chat::intent::{Assignee, Change, FieldChange, How, Sprint, Target};
use crate::chat::lexicon::Slot;
use crate::chat::read::token::Kind;
use crate::jql::fields::Type;
use crate::vocabulary::{Kind as Named, State};

impl Wisher<'_, '_> {
    /// The changes that exactly these tokens tell.
    pub(super) fn changes(&self, place: (usize, usize)) -> Try<Vec<FieldChange>> {
        let (mut changes, mut at) = (Vec::new(), place.0);
        while at < place.1 {
            if !changes.is_empty() || at == place.0 {
                while self.exact(
                    at,
                    &[",", "and", "with", "its", "the", "a", "an", "to", "be", "also", "set", "&", "plus", "of"],
                ) && at < place.1
                {
                    at += 1;
                }
            }
            let (change, end) = self.one_change(at, place.1)?.ok_or(Stop::No)?;
            changes.push(change);
            at = end;
        }
        if changes.is_empty() { Err(Stop::No) } else { Ok(changes) }
    }

    /// A change that is told at a token, at most up to `to`, and the token behind.
    pub(super) fn one_change(&self, at: usize, to: usize) -> Try<Option<(FieldChange, usize)>> {
        let at = if self.exact(at, &["with", "having", "and"]) { at + 1 } else { at };
        if let Some(found) = self.field_then_value(at, to)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.value_then_field(at, to)? {
            return Ok(Some(found));
        }
        self.by_its_value(at, to)
    }

    /// `priority high`, `due date: friday`, `label x`, `assigned to Tom`
    fn field_then_value(&self, at: usize, to: usize) -> Try<Option<(FieldChange, usize)>> {
        let assigned = self.exact(at, &["assigned", "assign"]).then(|| (self.field_named("assignee"), at + 1));
        let labelled = self.exact(at, &["labelled", "labeled", "tagged"]).then(|| (self.field_named("labels"), at + 1));
        let other = assigned.or(labelled).and_then(|(field, end)| Some((field?, end)));
        for (field, end) in self.fields_at(at).into_iter().chain(other) {
            let mut start = end;
            while start < to
                && self.exact(
                    start,
                    &["to", "is", "as", ":", "=", "at", "of", "->", "=>", "with", "on", "by", "called", "set"],
                )
            {
                start += 1;
            }
            if let Some(found) = self.value_up_to(field, How::Set, (start, to))? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The longest run of tokens that is a value of the field.
    pub(super) fn value_up_to(
        &self,
        field: usize,
        how: How,
        place: (usize, usize),
    ) -> Try<Option<(FieldChange, usize)>> {
        if self.type_of(field) == Type::Text {
            let quoted = self.kind(place.0) == Some(Kind::Quoted) && place.0 < place.1;
            return if quoted {
                Ok(self.known_change(field, how, (place.0, place.0 + 1))?.map(|change| (change, place.0 + 1)))
            } else {
                Ok(None)
            };
        }
        for end in (place.0 + 1..=place.1).rev() {
            if let Some(change) = self.known_change(field, how, (place.0, end))? {
                return Ok(Some((change, end)));
            }
        }
        // A label that nobody has used yet is a word.
        let is_word = self.kind(place.0) == Some(Kind::Word) && place.0 < place.1;
        if is_word && self.type_of(field) == Type::Label {
            let mut end = place.0 + 1;
            while end < place.1 && self.scan.sentence.token(end).is_some_and(|token| token.glued) {
                end += 1;
            }
            return Ok(Some((
                FieldChange { field: self.field_id(field), how, values: vec![self.verbatim(place.0, end)] },
                end,
            )));
        }
        Ok(None)
    }

    /// `high priority`, `5 story points`, `Checkout component`
    fn value_then_field(&self, at: usize, to: usize) -> Try<Option<(FieldChange, usize)>> {
        let at = self.scan.sentence.past_articles(at);
        for middle in at + 1..to.min(at + 5) {
            for (field, end) in self.fields_at(middle).into_iter().filter(|(_, end)| *end <= to) {
                if self.type_of(field) == Type::Text || self.scan.sentence.past_articles(middle) > middle {
                    continue;
                }
                if let Some(change) = self.known_change(field, How::Set, (at, middle))? {
                    return Ok(Some((change, end)));
                }
            }
        }
        Ok(None)
    }

    /// `critical`, `2h estimate`, `due friday`: values that tell their field.
    fn by_its_value(&self, at: usize, to: usize) -> Try<Option<(FieldChange, usize)>> {
        let items = self.scan.items(self.scan.sentence.past_articles(at));
        for (slot, name) in [(Slot::Priority, "priority"), (Slot::IssueType, "issuetype")] {
            let found = items.iter().find(|item| item.slot == slot && item.whole && item.end <= to);
            let (Some(item), Some(field)) = (found, self.field_named(name)) else { continue };
            if let Some(change) = self.known_change(field, How::Set, (item.start, item.end))? {
                return Ok(Some((change, item.end)));
            }
        }
        if let Some(item) =
            items.iter().find(|item| item.slot == Slot::Option && item.whole && item.end <= to && item.names.len() == 1)
        {
            let name = item.names.first().and_then(|name| self.scan.index.name(*name));
            let field = name.map_or(usize::MAX, |name| crate::chat::index::index(name.at));
            return Ok(self.known_change(field, How::Set, (item.start, item.end))?.map(|change| (change, item.end)));
        }
        if self.exact(at, &["unassigned"])
            && let Some(field) = self.field_named("assignee")
        {
            return Ok(Some((
                FieldChange { field: self.field_id(field), how: How::Clear, values: Vec::new() },
                at + 1,
            )));
        }
        if self.exact(at, &["urgent"])
            && let (Some(field), Some(highest)) =
                (self.field_named("priority"), self.scan.vocabulary.entries(Named::Priority).first())
        {
            return Ok(Some((
                FieldChange { field: self.field_id(field), how: How::Set, values: vec![highest.name.clone()] },
                at + 1,
            )));
        }
        Ok(None)
    }

    /// New values, as the action that makes them: a status is reached by a step, and people and sprints have actions of their own.
    pub(super) fn edited(&self, mut changes: Vec<FieldChange>, target: Target) -> Made {
        if let [only] = changes.as_slice() {
            let is = |name: &str| self.field_named(name).is_some_and(|field| self.field_id(field) == only.field);
            let first = only.values.first().cloned();
            if is("status") {
                return Ok((Change::Transition { to: first.ok_or(Stop::No)?, fields: Vec::new() }, target));
            }
            if is("assignee") {
                return Ok((Change::Assign(self.assigned(first)), target));
            }
            if is("sprint") {
                return Ok((Change::Sprint(self.sprint_of(only)), target));
            }
        }
        changes.dedup();
        Ok((Change::Edit(changes), target))
    }

    fn assigned(&self, id: Option<String>) -> Assignee {
        match id {
            None => Assignee::Nobody,
            Some(id) if id == self.context.me => Assignee::Me,
            Some(id) => {
                let name = self
                    .scan
                    .vocabulary
                    .find(Named::Person, &id)
                    .map_or_else(|| id.clone(), |entry| entry.name.clone());
                Assignee::Person { id, name }
            }
        }
    }

    fn sprint_of(&self, change: &FieldChange) -> Sprint {
        match change.values.first().filter(|_| matches!(change.how, How::Set | How::Add)) {
            Some(id) => {
                let name =
                    self.scan.vocabulary.find(Named::Sprint, id).map_or_else(|| id.clone(), |entry| entry.name.clone());
                Sprint::Named { id: id.clone(), name }
            }
            None => Sprint::Backlog,
        }
    }

    /// A sprint by its name, and the token behind; those that are not over first.
    pub(super) fn sprint(&self, at: usize) -> Option<(Try<Sprint>, usize)> {
        let items = self.scan.items(self.scan.sentence.past_articles(at));
        let best = items.iter().filter(|item| item.slot == Slot::Sprint).max_by_key(|item| (item.end, item.whole))?;
        let mut entries = self.entries(best);
        if entries.iter().any(|entry| entry.state != State::Closed) {
            entries.retain(|entry| entry.state != State::Closed);
        }
        let found = match entries.as_slice() {
            [one] => Ok(Sprint::Named { id: one.id.clone(), name: one.name.clone() }),
            _ => {
                let names = entries.iter().map(|entry| (entry.name.clone(), format!("\"{}\"", entry.name))).collect();
                let written = self.verbatim(best.start, best.end);
                Err(self.ask_which(
                    format!("“{written}” can mean several sprints. Which one?"),
                    (best.start, best.end),
                    names,
                ))
            }
        };
        Some((found, best.end))
    }
}
