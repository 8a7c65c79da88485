//! What the phrases of the table do to the conditions, the order and the view.

use super::{Composer, Understood};
use crate::chat::intent::View;
use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::scan::{Bound, Candidate};
use crate::jql::ast::{Clause, Operand, Operator};
use crate::jql::build::{field, function};
use crate::vocabulary::{Kind, State};

impl<'r> Composer<'_, 'r> {
    /// Does what a phrase of the table says.
    pub(super) fn phrase(
        &mut self,
        meaning: &'r Meaning,
        bound: &[(Slot, Bound)],
        place: (usize, usize),
        rest: &[Candidate<'r>],
    ) {
        for (_, bound) in bound {
            if let Bound::Items(items, _) = bound {
                self.doubt(items);
            }
        }
        match meaning.kind {
            "noun" => self.out.noun |= !meaning.weak,
            "nobody" => self.nobody(place, rest),
            "not" => self.deny(self.not.is_none(), place),
            "except" => self.deny(true, place),
            "or" => self.or = !self.out.drafts.is_empty(),
            "dropname" => self.out.dropped.push(meaning.text.to_owned()),
            "dropfield" => {
                if let Some((_, Bound::Items(items, _))) = bound.first() {
                    self.out.dropped.extend(items.iter().map(|item| self.scan.field_name(item)));
                }
            }
            "restart" => self.restart(meaning.text == "all"),
            "count" => self.out.view = View::Count,
            "groupby" => self.grouping = true,
            "greeting" => self.out.greeting = true,
            "decline" => self.out.declined = self.out.declined.or(Some(meaning.text)),
            "report" => self.report(meaning, bound, place),
            "impossible" => self.out.impossible = Some(meaning.text),
            "more" | "undo" => {
                self.out.order_of = Some(meaning.kind);
                self.order_place = place;
            }
            "sort" | "sortby" | "sortfield" | "direction" | "reverse" | "limit" => self.ordering(meaning, bound),
            "-" | "weak" | "and" | "aside" => self.by_the_way(meaning, bound, place),
            _ => self.condition(meaning, bound, place, rest),
        }
    }

    /// Denies what comes next, or takes a denial back.
    fn deny(&mut self, not: bool, place: (usize, usize)) {
        // “Neither … nor …”: what stands between was denied, and nobody knows what it is.
        let lost = self.not == Some(true) && self.denial.1 < place.0;
        if lost {
            self.out.unknown.extend(self.denial.0..self.denial.1);
        }
        (self.not, self.denial) = (Some(not || lost), place);
    }

    /// A report, and what the phrase says it is about.
    fn report(&mut self, meaning: &'r Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let (kind, about) = meaning.text.split_once(' ').unwrap_or((meaning.text, ""));
        self.out.report = self.out.report.or(Some(kind));
        if let Some(clause) = self.scan.template(about, bound) {
            self.add(clause, place, String::new());
        }
    }

    /// “Nobody has touched” denies what comes next; “nobody has” and “nobody's” say that nobody is to do it.
    fn nobody(&mut self, place: (usize, usize), rest: &[Candidate<'r>]) {
        if !self.is_possessive(place) && (self.happens_next(rest) || rest.is_empty() && place.1 == place.0 + 1) {
            self.deny(self.not.is_none(), place);
        } else {
            self.add(field("assignee").is_empty(), place, String::new());
        }
    }

    fn is_possessive(&self, place: (usize, usize)) -> bool {
        self.scan.sentence.token(place.0).is_some_and(|token| token.possessive)
    }

    /// “Children”, where the issue above them was named before.
    fn children(&mut self, place: (usize, usize)) {
        for draft in &mut self.out.drafts {
            if let Clause::Terminal(terminal) = &mut draft.clause
                && terminal.field.name == "key"
            {
                "parent".clone_into(&mut terminal.field.name);
                draft.end = place.1;
                return;
            }
        }
        self.out.unknown.extend(place.0..place.1);
    }

    /// What says nothing; “Maria has left us” does so if it is she who is asked about.
    fn by_the_way(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        if meaning.text != "who" {
            return;
        }
        let sentence = self.scan.sentence;
        let asked = (place.1..sentence.tokens.len()).any(|at| sentence.is(at, &["he", "she", "him", "they", "them"]));
        if !asked {
            self.out.unknown.extend(place.0..place.1);
        }
        self.remember_person(bound);
    }

    /// What was said before does not count.
    fn restart(&mut self, all: bool) {
        if self.out.drafts.is_empty() && !all {
            return;
        }
        self.out = Understood { restarted: true, ..Understood::default() };
        (self.not, self.or, self.anchor, self.waiting) = (None, false, None, None);
    }

    /// A phrase that is a condition, or the beginning of one.
    fn condition(
        &mut self,
        meaning: &'r Meaning,
        bound: &[(Slot, Bound)],
        place: (usize, usize),
        rest: &[Candidate<'r>],
    ) {
        match meaning.kind {
            "noevent" => self.no_event(meaning, place, rest),
            "overdue" => self.overdue(meaning, bound, place, rest),
            "childrenof" => self.children(place),
            "event" if self.sorting && bound.is_empty() => self.sort_by_event(meaning),
            "event" => self.event(meaning, bound, place, rest),
            "by" => self.by(bound, place),
            "updatedby" => self.updated_by(bound, place),
            "wasstatus" => self.was_status(bound, place, rest),
            "history" => self.history(meaning, bound, place),
            "values" => {
                if let Some((_, Bound::Items(items, each))) = bound.first() {
                    self.items(items, *each, place);
                }
            }
            "urgent" | "minor" => {
                if let Some(clause) = self.ranks(meaning.kind == "urgent", 2) {
                    self.add(clause, place, self.noted(meaning, place));
                }
            }
            "toprank" | "bottomrank" => {
                if let Some(clause) = self.ranks(meaning.kind == "toprank", 1) {
                    self.add(clause, place, self.noted(meaning, place));
                }
            }
            "same" => self.same_status(meaning, bound, place),
            "nolonger" => self.no_longer(place),
            "timed" => self.timed(meaning, bound, place, rest),
            "lastsprint" => self.last_sprint(meaning, bound, place),
            _ => self.plain(meaning, bound, place),
        }
    }

    /// A condition that stands in the table as it is.
    pub(super) fn plain(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        match self.scan.template(meaning.text, bound) {
            Some(clause) => {
                let others = meaning.text.contains("!= currentUser()");
                let clause = if others { self.someone_else(clause) } else { clause };
                self.add(clause, place, self.noted(meaning, place));
            }
            None => self.out.unknown.extend(place.0..place.1),
        }
        self.remember_person(bound);
    }

    /// “Somebody else” is somebody other than the person who was spoken of.
    pub(in crate::chat::read) fn someone_else(&self, clause: Clause) -> Clause {
        let Some(other) =
            self.last_person.as_ref().filter(|person| !person.me).and_then(|person| self.scan.operand(person))
        else {
            return clause;
        };
        let swap = |clause: Clause| match clause {
            Clause::Terminal(mut terminal) if terminal.operator == Operator::NotEquals => {
                terminal.operand = Some(other.clone());
                Clause::Terminal(terminal)
            }
            clause => clause,
        };
        match clause {
            Clause::And(parts, span) => Clause::And(parts.into_iter().map(swap).collect(), span),
            clause => swap(clause),
        }
    }

    /// So many of the highest or lowest of the site's priorities.
    fn ranks(&self, high: bool, most: usize) -> Option<Clause> {
        let entries = self.scan.vocabulary.entries(Kind::Priority);
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let some = if names.len() < 3 { 1 } else { most };
        let chosen: Vec<_> = if names.is_empty() {
            if high { vec!["Highest", "High"] } else { vec!["Low", "Lowest"] }
        } else if high {
            names.into_iter().take(some).collect()
        } else {
            names.into_iter().rev().take(some).collect()
        };
        if let ([only], 1) = (chosen.as_slice(), most) {
            return Some(field("priority").eq(*only));
        }
        field("priority").one_of(chosen.into_iter().map(Into::into).collect())
    }

    /// The last sprint, and what the phrase says of it.
    fn last_sprint(&mut self, meaning: &Meaning, bound: &[(Slot, Bound)], place: (usize, usize)) {
        let clauses = [self.last_sprints(), self.scan.template(meaning.text, bound)];
        for clause in clauses.into_iter().flatten() {
            self.add(clause, place, String::new());
        }
    }

    /// The sprint that ended last on each board.
    fn last_sprints(&self) -> Option<Clause> {
        let boards = self.boards();
        let mut last: Vec<(&str, &str)> = Vec::new();
        for entry in self.scan.vocabulary.entries(Kind::Sprint) {
            if entry.state != State::Closed || !boards.as_ref().is_none_or(|boards| boards.contains(&entry.of)) {
                continue;
            }
            match last.iter_mut().find(|(board, _)| *board == entry.of) {
                Some(known) => known.1 = &entry.name,
                None => last.push((&entry.of, &entry.name)),
            }
        }
        let mut names: Vec<Operand> = last.iter().map(|(_, name)| (*name).into()).collect();
        let sprint = field("sprint");
        match names.len() {
            0 => Some(sprint.within(function("closedSprints"))),
            1 => names.pop().map(|name| sprint.eq(name)),
            _ => sprint.one_of(names),
        }
    }
}
