//! Which time goes with what.

use super::{Anchor, draft_says, is_content};
use crate::chat::read::compose::{Bare, Composer, Draft};
use crate::chat::read::scan::{Act, Candidate};
use crate::chat::read::template::{negated, updated_by};
use crate::chat::time;
use crate::chat::when::{Edge, Unit, When};
use crate::jql::ast::{Clause, Operator, Predicate};
use crate::jql::build::{and, field};
use crate::jql::fields::{self, Type};
use crate::vocabulary::{Kind, State};

impl<'r> Composer<'_, 'r> {
    /// A time.
    pub(in crate::chat::read) fn time(&mut self, when: When, place: (usize, usize), rest: &[Candidate<'r>]) {
        let next = rest.iter().find(|piece| is_content(&piece.act));
        let event_next = next.is_some_and(|piece| matches!(&piece.act, Act::Phrase(meaning, _) if matches!(meaning.kind, "event" | "history" | "updatedby")));
        match &self.anchor {
            Some(anchor) if !(anchor.timed && event_next) => self.attach(&when, place),
            _ => self.waiting = Some((when, place.0, place.1)),
        }
    }

    /// Puts a time to the event it belongs to.
    pub(super) fn attach(&mut self, when: &When, place: (usize, usize)) {
        let Some(mut anchor) = self.anchor.take() else { return };
        let both = |when: &When| when.from.is_some() && when.to.is_some();
        if anchor.timed && both(when) && !self.is_or() && self.not.is_none() {
            // “Last week, from Monday to Sunday” says it twice.
            self.anchor = Some(anchor);
            return;
        }
        if anchor.late {
            let edge = when.from.as_ref().or(when.to.as_ref()).map(time::start);
            if let (Some(edge), Some(draft)) = (edge, anchor.draft.and_then(|at| self.out.drafts.get_mut(at))) {
                let left = field("statusCategory").not_eq("Done");
                draft.clause = and(vec![field("due").less(edge), left]).unwrap_or_else(|| draft.clause.clone());
                draft.end = draft.end.max(place.1);
            }
        } else if anchor.history {
            self.add_predicates(anchor.draft, time::predicates(when), place);
        } else if let (Some(person), Some(draft)) = (&anchor.updater, anchor.draft) {
            if let (Some(clause), Some(draft)) =
                (updated_by(person, Some(when), self.scan), self.out.drafts.get_mut(draft))
            {
                draft.clause = clause;
                draft.end = draft.end.max(place.1);
            }
        } else {
            self.attach_to_field(&mut anchor, when, place);
        }
        anchor.timed = true;
        anchor.when = Some(when.clone());
        self.anchor = Some(anchor);
    }

    /// The same for an event that a date field tells of.
    fn attach_to_field(&mut self, anchor: &mut Anchor, when: &When, place: (usize, usize)) {
        let kind = fields::field(anchor.at).map_or(Type::Moment, |field| field.kind);
        let Some(mut clause) = time::clause(anchor.at, kind, when) else { return };
        if anchor.at == "resolved" && !anchor.not && self.not.is_none() && self.is_ahead(when, place) {
            // What is to be closed next week is not closed yet.
            let due = time::clause("due", Type::Day, when).into_iter();
            let left = and(due.chain([field("statusCategory").not_eq("Done")]).collect());
            clause = left.unwrap_or(clause);
        }
        let clause = if anchor.not != (self.not.take() == Some(true)) { negated(clause, true) } else { clause };
        let start = if anchor.bare && !anchor.timed { anchor.place.0.min(place.0) } else { place.0 };
        let end = place.1.max(if anchor.bare && !anchor.timed { anchor.place.1 } else { place.1 });
        match anchor.draft.filter(|_| anchor.bare && !anchor.timed).and_then(|at| self.out.drafts.get_mut(at)) {
            Some(draft) => {
                draft.clause = clause;
                (draft.start, draft.end) = (draft.start.min(start), draft.end.max(end));
            }
            None => {
                self.add(clause, (start, end), String::new());
                if anchor.draft.is_none() {
                    anchor.draft = self.last_draft();
                }
            }
        }
    }

    /// Puts a time or a person into a condition on the past.
    pub(super) fn add_predicates(&mut self, draft: Option<usize>, predicates: Vec<Predicate>, place: (usize, usize)) {
        let Some(draft) = draft.and_then(|at| self.out.drafts.get_mut(at)) else { return };
        let inner = match &mut draft.clause {
            Clause::Not(inner, _) => inner.as_mut(),
            clause => clause,
        };
        if let Clause::Terminal(terminal) = inner
            && terminal.operator.is_history()
        {
            terminal.predicates.extend(predicates);
            draft.start = draft.start.min(place.0);
            draft.end = draft.end.max(place.1);
        }
    }

    /// A time that no event goes with.
    pub(in crate::chat::read) fn default_time(&mut self, when: &When, place: (usize, usize)) {
        if self.lasting(when, place) {
            return;
        }
        let name = if self.is_ahead(when, place) || self.is_duty(place) {
            "due"
        } else if self.out.drafts.iter().any(|draft| self.is_done(draft)) {
            "resolved"
        } else {
            "created"
        };
        let kind = fields::field(name).map_or(Type::Moment, |field| field.kind);
        if let Some(clause) = time::clause(name, kind, when) {
            let reading = format!("“{}”: {name} then", self.written(place));
            let before = self.out.drafts.len();
            self.add(clause, place, reading);
            if let Some(draft) = self.out.drafts.get_mut(before) {
                draft.bare = Bare::Time(when.clone());
            }
        }
    }

    /// Whether a time stands beside what somebody has to do: “what must Maria do this week”.
    fn is_duty(&self, place: (usize, usize)) -> bool {
        let near = place.0.saturating_sub(8)..(place.1 + 6).min(self.scan.sentence.tokens.len());
        near.into_iter().any(|at| {
            self.scan.sentence.is(at, &["must", "should", "gotta"])
                || self.scan.sentence.is(at, &["has", "have", "need", "needs", "supposed", "going"])
                    && self.scan.sentence.is(at + 1, &["to"])
                || self.scan.sentence.is(at, &["to"]) && self.scan.sentence.is(at + 1, &["do"])
        })
    }

    /// Whether a time is yet to come.
    fn is_ahead(&self, when: &When, place: (usize, usize)) -> bool {
        match (&when.from, &when.to) {
            (Some(Edge::Start(_, from)), _) if *from > 0 => true,
            (Some(Edge::Start(..)), Some(Edge::Relative(number, _))) => *number > 0,
            (Some(Edge::Start(_, 0)), Some(Edge::Start(unit, to))) => {
                *to > 0
                    && *unit != Unit::Day
                    && place.0 > 0
                    && self.scan.sentence.is(place.0, &["by", "until", "before"])
            }
            (Some(Edge::Day(day)), _) | (None, Some(Edge::Day(day))) => *day > self.scan.today,
            (None, Some(Edge::Start(_, to))) => *to > 0,
            _ => false,
        }
    }

    /// How long something has been so, or since when: it got into its status before, or then.
    fn lasting(&mut self, when: &When, place: (usize, usize)) -> bool {
        let Some(from) = when.from.clone().filter(|_| when.to.is_none()) else { return false };
        // “Since more than a week” tells how long, “since Monday” from when on.
        let since = !when.lasting && self.scan.sentence.is(place.0, &["since"]);
        if !when.lasting && !since {
            return false;
        }
        let status = self.out.drafts.iter().find_map(|draft| match &draft.clause {
            Clause::Terminal(terminal) if terminal.field.name == "status" && terminal.operator == Operator::Equals => {
                terminal.operand.clone()
            }
            _ => None,
        });
        if let Some(status) = status {
            let clause: Clause = if since {
                field("status").changed(None, Some(status)).after(time::start(&from)).into()
            } else {
                negated(field("status").changed(None, None).after(time::start(&from)).into(), false)
            };
            self.add(clause, place, String::new());
            return true;
        }
        if !when.lasting {
            return false;
        }
        let clause = field("created").less(time::start(&from));
        self.add(clause, place, String::new());
        true
    }

    /// Whether a condition asks for what is done.
    fn is_done(&self, draft: &Draft) -> bool {
        const ENDS: [&str; 5] = ["Done", "Closed", "Won't Do", "Fixed", "Duplicate"];
        let Clause::Terminal(test) = &draft.clause else { return false };
        let states = self.scan.vocabulary.entries(Kind::Status).iter();
        let done: Vec<&str> =
            states.filter(|entry| entry.state == State::Done).map(|entry| entry.name.as_str()).collect();
        match &*test.field.name {
            "resolution" => matches!(test.operator, Operator::Equals | Operator::In | Operator::IsNot),
            "statusCategory" => draft_says(&draft.clause, &ENDS),
            "status" => draft_says(&draft.clause, &ENDS) || draft_says(&draft.clause, &done),
            _ => false,
        }
    }
}
