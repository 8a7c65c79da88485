//! What the phrases of the table say of an issue's past.

use super::{Composer, Draft};
use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::event::Anchor;
use crate::chat::read::scan::{Bound, Candidate};
use crate::jql::ast::{Clause, Operand, Operator, PredicateKind, Span};
use crate::jql::build::field;

impl<'r> Composer<'_, 'r> {
    /// “Still there”, of issues that got into a status: they have it yet. Of others it says what the table says.
    pub(super) fn same_status(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let into = |draft: &Draft| match &draft.clause {
            Clause::Terminal(past) if past.field.name == "status" && past.operator == Operator::Was => {
                past.operand.clone()
            }
            Clause::Terminal(past) if past.field.name == "status" && past.operator == Operator::Changed => {
                let mut told = past.predicates.iter().rev();
                told.find(|told| told.kind == PredicateKind::To).map(|told| told.operand.clone())
            }
            _ => None,
        };
        let clause = self.out.drafts.iter().rev().find_map(into).and_then(|status| match status {
            Operand::List(all, _) => field("status").one_of(all),
            one => Some(field("status").eq(one)),
        });
        match clause {
            Some(clause) => self.add(clause, place, String::new()),
            None => self.plain(meaning, bound, place),
        }
    }

    /// “But not any more”, of a value that issues had. Of what else is over nothing is known.
    pub(super) fn no_longer(&mut self, place: (usize, usize)) {
        let had = |draft: &Draft| match &draft.clause {
            Clause::Terminal(past) if past.operator == Operator::Was => {
                let now = field(&*past.field.name);
                Some(Clause::Or(vec![now.clone().not_eq(past.operand.clone()?), now.is_empty()], Span::new(0, 0)))
            }
            _ => None,
        };
        match self.out.drafts.iter().rev().find_map(had) {
            Some(clause) => self.add(clause, place, String::new()),
            None => self.out.unknown.extend(place.0..place.1),
        }
    }

    /// What with a time tells of the past, and without one of the present: the table has both.
    pub(super) fn timed(
        &mut self,
        meaning: &'r Meaning,
        bound: &[(Slot, Bound)],
        place: (usize, usize),
        rest: &[Candidate<'r>],
    ) {
        let (past, present) = meaning.text.split_once(" else ").unwrap_or((meaning.text, meaning.text));
        if self.is_timed(rest) {
            self.history(&Meaning { text: past, ..*meaning }, bound, place);
        } else {
            self.plain(&Meaning { text: present, ..*meaning }, bound, place);
        }
    }

    /// A condition on the past.
    pub(super) fn history(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let finished = meaning.text.contains("{finished}");
        if finished {
            self.drop_same_end();
        }
        if let Some(clause) = self.scan.template(meaning.text, bound) {
            self.add(clause, place, String::new());
            self.anchor = self.last_draft().map(|draft| Anchor::history(draft, finished));
            self.settle_waiting();
        } else {
            self.out.unknown.extend(place.0..place.1);
        }
        self.remember_person(bound);
    }
}
