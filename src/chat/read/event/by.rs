//! Who did something: `by Maria`, `Maria changed`.

use super::Anchor;
use crate::chat::lexicon::Slot;
use crate::chat::read::compose::Composer;
use crate::chat::read::scan::{Bound, Item};
use crate::chat::read::template::updated_by;
use crate::chat::time;
use crate::jql::ast::{Clause, Operand, Predicate, PredicateKind, Span};

const NOWHERE: Span = Span::new(0, 0);

impl Composer<'_, '_> {
    /// “by Maria”
    pub(in crate::chat::read) fn by(&mut self, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let someone = |(slot, _): &&(Slot, Bound)| matches!(slot, Slot::Person | Slot::Group);
        let Some((_, Bound::Items(items, _))) = bound.iter().find(someone) else { return };
        self.did(items, place);
        self.remember_person(bound);
    }

    /// Who did what was told last.
    fn did(&mut self, items: &[Item], place: (usize, usize)) {
        let Some(anchor) = self.anchor.clone() else {
            return self.person_of("reporter", items, place);
        };
        // Jira knows no group as the one who changed something.
        let group = items.iter().any(|item| item.slot == Slot::Group);
        if group && (anchor.history || matches!(anchor.at, "resolved" | "updated")) {
            self.out.unknown.extend(place.0..place.1);
            return;
        }
        let people: Option<Vec<Operand>> = items.iter().map(|item| self.scan.operand(item)).collect();
        let Some(mut people) = people else { return };
        let who = if people.len() == 1 { people.pop() } else { Some(Operand::List(people, NOWHERE)) };
        let Some(who) = who else { return };
        match anchor.at {
            _ if anchor.history => {
                let by = Predicate { kind: PredicateKind::By, operand: who, span: NOWHERE };
                self.add_predicates(anchor.draft, vec![by], place);
            }
            "resolved" => self.finished_by(&anchor, who, place),
            "updated" => self.changed_by(who, place),
            "worklogDate" => self.person_of("worklogAuthor", items, place),
            _ => self.person_of("reporter", items, place),
        }
    }

    /// A condition on a field that holds people.
    fn person_of(&mut self, name: &str, items: &[Item], place: (usize, usize)) {
        if let Some(clause) = self.scan.of_values(name, items, false) {
            self.add(clause, place, String::new());
        }
    }

    /// Closed by somebody: Jira's search finds it in the history of the status.
    fn finished_by(&mut self, anchor: &Anchor, who: Operand, place: (usize, usize)) {
        let Some(Clause::Terminal(mut terminal)) = self.scan.template("status CHANGED TO {finished}", &[]) else {
            return;
        };
        terminal.predicates.push(Predicate { kind: PredicateKind::By, operand: who, span: NOWHERE });
        // “Closed yesterday by Maria”: the time is that of the change.
        if let Some(when) = &anchor.when {
            terminal.predicates.extend(time::predicates(when));
        }
        let clause = Clause::Terminal(terminal);
        match anchor.draft.and_then(|at| self.out.drafts.get_mut(at)) {
            Some(draft) if !anchor.timed || anchor.when.is_some() => {
                draft.clause = clause;
                draft.end = draft.end.max(place.1);
                self.anchor = Some(Anchor { history: true, draft: anchor.draft, ..Anchor::default() });
            }
            _ => self.add(clause, place, String::new()),
        }
    }

    /// What a person changed.
    pub(in crate::chat::read) fn updated_by(&mut self, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let Some((_, Bound::Items(items, _))) = bound.iter().find(|(slot, _)| *slot == Slot::Person) else { return };
        let Some(who) = items.first().and_then(|item| self.scan.operand(item)) else { return };
        self.changed_by(who, place);
        self.settle_waiting();
        self.remember_person(bound);
    }

    /// The issues that a person changed, at a time that may still be told.
    fn changed_by(&mut self, who: Operand, place: (usize, usize)) {
        if let Some(clause) = updated_by(&who, None, self.scan) {
            self.add(clause, place, String::new());
            self.anchor = Some(Anchor { updater: Some(who), draft: self.last_draft(), ..Anchor::default() });
        }
    }
}
