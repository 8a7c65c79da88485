//! Conditions that cannot all hold: people who say “bugs and stories” mean either, and who says no such word is asked.

use super::{Composer, Draft};
use crate::chat::intent::{Choice, Question};
use crate::chat::read::follow::{flat, widened};
use crate::jql::Query;
use crate::jql::ast::{Clause, Operand, Operator, Terminal};
use crate::jql::build::and;
use crate::vocabulary::{Kind, State};

/// Fields of which an issue has one value.
const SINGLE: [&str; 7] = ["project", "status", "statusCategory", "issuetype", "priority", "assignee", "reporter"];

impl Composer<'_, '_> {
    /// Makes one of two conditions that exclude each other and are joined; notes a doubt where nothing joins them.
    pub(super) fn unite(&mut self) {
        self.unite_pairs();
        let mut at = 1;
        while at < self.out.drafts.len() {
            let clash = (0..at).rev().find(|before| self.clashes(*before, at));
            match clash {
                Some(before) if self.is_joined(before, at) && self.unite_two(before, at) => {}
                Some(before) => {
                    self.doubt_clash(before, at);
                    at += 1;
                }
                None => at += 1,
            }
        }
    }

    /// “Bugs in MOB and tasks in WEB” are two kinds of issues, each with its own conditions.
    fn unite_pairs(&mut self) {
        let mut at = 0;
        while let Some([one, two, three, four]) = self.out.drafts.get(at..at + 4) {
            let fields = [one, two, three, four].map(single_field);
            let alike = fields[0] == fields[2] && fields[1] == fields[3] && fields[0] != fields[1];
            let fits = alike && fields.iter().all(Option::is_some) && ![two, three, four].iter().any(|draft| draft.or);
            let both = |one: &Draft, other: &Draft| and(vec![one.clause.clone(), other.clause.clone()]);
            if fits
                && self.is_joined(at + 1, at + 2)
                && let (Some(left), Some(right)) = (both(one, two), both(three, four))
            {
                let first = Draft { clause: left, end: two.end, ..one.clone() };
                let second = Draft { clause: right, end: four.end, or: true, ..three.clone() };
                self.out.drafts.splice(at..at + 4, [first, second]);
            }
            at += 1;
        }
    }

    /// Makes one of two conditions; false where together they say nothing.
    fn unite_two(&mut self, before: usize, at: usize) -> bool {
        let (Some(one), Some(other)) = (self.out.drafts.get(before), self.out.drafts.get(at)) else { return false };
        let single = |draft: &Draft| matches!(draft.clause, Clause::Terminal(_));
        let both = (single(one) && single(other))
            .then(|| widened(Some(one.clause.clone()), Some(other.clause.clone())))
            .flatten();
        let end = one.end.max(other.end);
        let (Some(clause), Some(first)) = (both, self.out.drafts.get_mut(before)) else { return false };
        (first.clause, first.end) = (clause, end);
        self.out.drafts.remove(at);
        true
    }

    /// Whether a word between two conditions says that both kinds are meant.
    fn is_joined(&self, before: usize, at: usize) -> bool {
        let (Some(one), Some(other)) = (self.out.drafts.get(before), self.out.drafts.get(at)) else { return false };
        (one.end..other.start).any(|at| self.scan.sentence.is(at, &["and", "plus", "or", "also", "&", "/", "both"]))
            || other.start == one.end + 1 && self.scan.sentence.is(one.end, &[","])
    }

    /// Whether no issue can meet both conditions.
    fn clashes(&self, before: usize, at: usize) -> bool {
        let (Some(one), Some(other)) = (self.out.drafts.get(before), self.out.drafts.get(at)) else { return false };
        let follows = self.out.drafts.get(before + 1).is_some_and(|draft| draft.or);
        if one.or || other.or || follows {
            return false;
        }
        let parts = |draft: &Draft| flat(Some(draft.clause.clone()));
        parts(one).iter().any(|first| parts(other).iter().any(|second| self.parts_clash(first, second)))
    }

    fn parts_clash(&self, one: &Clause, other: &Clause) -> bool {
        let (Clause::Terminal(first), Clause::Terminal(second)) = (one, other) else { return false };
        match (&*first.field.name, &*second.field.name) {
            (one, other) if one == other && (is_void(first, second) || is_void(second, first)) => true,
            (one, other) if one == other && SINGLE.contains(&one) => differ(first, second),
            ("status", "statusCategory") => self.excludes(first, second),
            ("statusCategory", "status") => self.excludes(second, first),
            _ => false,
        }
    }

    /// Whether a status is of another category.
    fn excludes(&self, status: &Terminal, category: &Terminal) -> bool {
        let Some(names) = values(status) else { return false };
        let excludes = |its: &str| match values(category) {
            Some(categories) => !its.is_empty() && !categories.contains(&its),
            None => category.operator == Operator::NotEquals && denied(category) == [its],
        };
        names.iter().all(|name| excludes(self.category(name)))
    }

    fn category(&self, status: &str) -> &'static str {
        let entries = self.scan.vocabulary.entries(Kind::Status).iter();
        match entries.filter(|entry| entry.name == status).map(|entry| entry.state).next() {
            Some(State::ToDo) => "To Do",
            Some(State::InProgress) => "In Progress",
            Some(State::Done) => "Done",
            _ => "",
        }
    }

    /// Asks which of two conditions is meant.
    fn doubt_clash(&mut self, before: usize, at: usize) {
        let (Some(one), Some(other)) = (self.out.drafts.get(before), self.out.drafts.get(at)) else { return };
        if self.out.question.is_some() {
            return;
        }
        let words = [one, other].map(|draft| self.written((draft.start, draft.end)).to_owned());
        let without = |left: usize| {
            let kept = self.out.drafts.iter().enumerate().filter(|(place, _)| *place != left);
            let clause = and(kept.map(|(_, draft)| draft.clause.clone()).collect())?;
            Some(Query::matching(clause).to_string())
        };
        let choice =
            |label: &String, left: usize| Some(Choice { label: format!("“{label}”"), text: without(left)? });
        let choices = [choice(&words[0], at), choice(&words[1], before)].into_iter().flatten().collect();
        let message = format!("No issue is both “{}” and “{}”. Which of them do you mean?", words[0], words[1]);
        self.out.question = Some(Question { message, choices });
    }
}

/// The field of a condition that an issue has one value of.
fn single_field(draft: &Draft) -> Option<&'static str> {
    let Clause::Terminal(test) = &draft.clause else { return None };
    let name = SINGLE.iter().find(|name| **name == test.field.name)?;
    values(test).map(|_| *name)
}

/// The names that a condition asks for; none for one of another kind.
fn values(test: &Terminal) -> Option<Vec<&str>> {
    match (&test.operator, &test.operand) {
        (Operator::Equals, Some(operand)) => Some(vec![one_of(operand)?]),
        (Operator::In, Some(Operand::List(all, _))) => all.iter().map(one_of).collect(),
        _ => None,
    }
}

fn one_of(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Value(value) => Some(value.text.as_str()),
        _ => None,
    }
}

/// Whether two conditions on a field share no value, or ask for what the other denies.
fn differ(one: &Terminal, other: &Terminal) -> bool {
    match (values(one), values(other)) {
        (Some(first), Some(second)) => !first.iter().any(|value| second.contains(value)),
        (Some(first), None) if other.operator == Operator::NotEquals => denied(other) == first,
        (None, Some(second)) if one.operator == Operator::NotEquals => denied(one) == second,
        _ => false,
    }
}

/// Whether one asks for an empty field, and the other for something in it.
fn is_void(one: &Terminal, other: &Terminal) -> bool {
    use Operator::{Equals, Greater, GreaterOrEqual, In, Is, IsNot, Less, LessOrEqual, Like};
    one.operator == Is
        && matches!(other.operator, IsNot | Equals | In | Greater | GreaterOrEqual | Less | LessOrEqual | Like)
}

fn denied(test: &Terminal) -> Vec<&str> {
    test.operand.as_ref().and_then(one_of).into_iter().collect()
}
