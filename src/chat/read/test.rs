//! Tests of fields that a text makes by name: `priority is high or highest`, `more than 3 story points`, `without a due date`.

mod amount;
mod category;
mod grade;
mod named;
mod text;

use crate::chat::index::index;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Item, Scan};
use crate::chat::read::token::Kind;
use crate::chat::when::When;
use crate::jql::ast::Operator;
use crate::jql::fields::Type;

/// What a field is tested for.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Against names.
    Items(Vec<Item>, bool),
    /// Against a number or an amount of time.
    Amount(Operator, String),
    /// Against the rank of a name.
    Rank(Operator, Item),
    /// Against a span of numbers.
    Range(String, String),
    /// Against a time.
    When(When),
    /// Against words.
    Text(String),
    /// Against the key of an issue.
    Keys(Vec<String>),
    /// To do, in progress, done.
    Categories(Vec<&'static str>),
    /// That it is empty, or not.
    Empty(bool),
    /// That it is not what the test says.
    Not(Box<Test>),
    /// That it changed.
    Changed,
}

/// A test that was found: the field, what for, the token behind it, and what it costs.
pub(super) struct Found {
    /// The place among the fields.
    pub field: usize,
    /// What for.
    pub test: Test,
    /// The token behind it.
    pub end: usize,
    /// How far what is written is from it.
    pub cost: i32,
}

impl Scan<'_> {
    /// The tests that can begin at a token.
    pub(super) fn tests(&self, at: usize) -> Vec<Found> {
        let mut found = Vec::new();
        for item in self.items(at).iter().filter(|item| item.slot == Slot::Field) {
            for field in self.fields_of(item) {
                self.after_field(field, item, &mut found);
            }
        }
        self.before_field(at, &mut found);
        self.amount_of_field(at, &mut found);
        self.values_of_field(at, &mut found);
        found
    }

    fn fields_of(&self, item: &Item) -> Vec<usize> {
        let mut names: Vec<_> = item.names.iter().filter_map(|name| self.index.name(*name)).collect();
        // A site's own “Effort” is rather meant than what others call so.
        names.sort_by_key(|name| name.alias);
        names.into_iter().map(|name| index(name.at)).collect()
    }

    fn kind(&self, field: usize) -> Type {
        self.index.fields.get(field).map_or(Type::Any, |field| field.kind)
    }

    /// `priority is high`
    fn after_field(&self, field: usize, item: &Item, found: &mut Vec<Found>) {
        let mut add = |test: Test, end: usize| found.push(Found { field, test, end, cost: item.cost });
        let at = item.end;
        if let Some(end) = self.marker(at, "empty") {
            add(Test::Empty(true), end);
        }
        if let Some(end) = self.marker(at, "filled") {
            add(Test::Empty(false), end);
        }
        if self.sentence.is(at, &["changed"])
            && matches!(
                self.kind(field),
                Type::Status | Type::Person | Type::Priority | Type::Resolution | Type::Version
            )
        {
            add(Test::Changed, at + 1);
        }
        let negated = self.negated(at);
        if let Some(end) = negated.or_else(|| self.operator(at))
            && let Some((test, end)) = self.value(field, end)
        {
            add(if negated.is_some() { Test::Not(Box::new(test)) } else { test }, end);
        }
        if let Some((test, end)) = self.value(field, at) {
            add(test, end);
        }
        self.text_of_field(field, item, found);
    }

    /// `without a due date`, `with attachments`
    fn before_field(&self, at: usize, found: &mut Vec<Found>) {
        for (kind, empty) in [("lacking", true), ("having", false)] {
            let Some(next) = self.marker(at, kind) else { continue };
            let next = self.sentence.past_articles(next);
            // “Neither bugs nor epics”
            let named = |item: &Item| item.whole && item.slot == Slot::IssueType;
            if next == at + 1 && self.sentence.is(at, &["neither", "nor"]) && self.items(next).iter().any(named) {
                continue;
            }
            for item in self.items(next).iter().filter(|item| item.slot == Slot::Field) {
                let cost = item.cost + if empty { 1 } else { 4 };
                for field in self.fields_of(item) {
                    found.push(Found { field, test: Test::Empty(empty), end: item.end, cost });
                    // “Without the label flaky”, “with the severity critical”
                    if let Some((test, end)) = self.value(field, item.end) {
                        let test = if empty { Test::Not(Box::new(test)) } else { test };
                        found.push(Found { field, test, end, cost });
                    }
                }
            }
        }
    }

    /// `at least 3 votes`, `8 or more story points`, `more than 2 days of time spent`, `between 3 and 5 points`
    fn amount_of_field(&self, at: usize, found: &mut Vec<Found>) {
        let led = self
            .costs(at)
            .or_else(|| self.sentence.is(at, &["with", "have", "has", "having", "worth", "of"]).then_some(at + 1));
        let at = led.unwrap_or(at);
        let Some((test, end)) = self.amount(at) else { return };
        if let Test::Amount(_, text) = &test
            && text.ends_with(|c: char| c.is_ascii_alphabetic())
            && let Some((field, end)) = self.field_of_time(at, end)
        {
            found.push(Found { field, test: test.clone(), end, cost: 0 });
        }
        let end = if self.sentence.is(end, &["of", "in", "worth"]) { end + 1 } else { end };
        for item in self.items(end).iter().filter(|item| item.slot == Slot::Field) {
            for field in self.fields_of(item) {
                let timed = matches!(&test, Test::Amount(_, text) if text.ends_with(|c: char| c.is_ascii_alphabetic()));
                if self.kind(field) != if timed { Type::Duration } else { Type::Number } {
                    continue;
                }
                // “One point at most”
                let (test, end) = match (&test, self.compared(item.end, "post")) {
                    (Test::Amount(Operator::Equals, text), Some((operator, end))) => {
                        (Test::Amount(operator, text.clone()), end)
                    }
                    (test, _) => (test.clone(), item.end),
                };
                found.push(Found { field, test, end, cost: item.cost });
            }
        }
    }

    /// A value for a field at a token.
    fn value(&self, field: usize, at: usize) -> Option<(Test, usize)> {
        let at = self.sentence.past_articles(at);
        let kind = self.kind(field);
        match kind {
            Type::Number | Type::Duration => self.amount(at).filter(|(test, _)| {
                let timed = matches!(test, Test::Amount(_, text) if text.ends_with(|c: char| c.is_ascii_alphabetic()));
                timed == (kind == Type::Duration)
            }),
            Type::Moment | Type::Day => self.when(at).map(|(when, end)| (Test::When(when), end)),
            Type::Text => {
                let token = self.sentence.token(at).filter(|token| token.kind == Kind::Quoted)?;
                Some((Test::Text(format!("\"{}\"", token.word)), at + 1))
            }
            Type::Issue => self.keys(at).map(|(keys, end)| (Test::Keys(keys), end)),
            Type::StatusCategory => self.categories(at),
            Type::Person if self.sentence.is(at, &["members", "membersof", "anyone", "someone", "people"]) => {
                let next = (at + 1..at + 4).find(|next| !self.sentence.is(*next, &["of", "in", "from", "the", "("]))?;
                let (items, end, _) = self.list(next, &|item| item.slot == Slot::Group)?;
                let close = usize::from(self.sentence.is(end, &[")"]));
                Some((Test::Items(items, false), end + close))
            }
            kind => {
                let slot = slot_of(kind)?;
                if matches!(kind, Type::Priority | Type::Version)
                    && let Some(found) = self.rank(slot, at)
                {
                    return Some(found);
                }
                if kind == Type::Option
                    && let Some((items, end)) = self.grades(field, at)
                {
                    return Some((Test::Items(items, false), end));
                }
                let fits =
                    |item: &Item| item.slot == slot && self.values_for(field, std::slice::from_ref(item)).is_some();
                let (items, end, and) = self.list(at, &fits)?;
                Some((Test::Items(self.values_for(field, &items)?, and), end))
            }
        }
    }

    /// `>= High`, `high or above`
    fn rank(&self, slot: Slot, at: usize) -> Option<(Test, usize)> {
        let one = |at: usize| self.items(at).iter().find(|item| item.slot == slot && item.whole).cloned();
        if let Some((operator, next)) = self.compared(at, "cmp") {
            let item = one(self.sentence.past_articles(next)).filter(|_| operator != Operator::Equals)?;
            let end = item.end;
            return Some((Test::Rank(operator, item), end));
        }
        let item = one(at)?;
        let (operator, end) = self.compared(item.end, "post")?;
        Some((Test::Rank(operator, item), end))
    }

    fn marker(&self, at: usize, kind: &str) -> Option<usize> {
        self.keyword(at, kind).map(|(_, end)| end)
    }

    /// “is”, “=”
    fn operator(&self, at: usize) -> Option<usize> {
        self.keyword(at, "op").filter(|(text, _)| *text == "=").map(|(_, end)| end)
    }

    fn negated(&self, at: usize) -> Option<usize> {
        self.keyword(at, "op").filter(|(text, _)| *text == "!=").map(|(_, end)| end)
    }
}

/// What names the values of a field of this type.
pub(super) fn slot_of(kind: Type) -> Option<Slot> {
    Some(match kind {
        Type::Person => Slot::Person,
        Type::Project => Slot::Project,
        Type::IssueType => Slot::IssueType,
        Type::Status => Slot::Status,
        Type::Priority => Slot::Priority,
        Type::Resolution => Slot::Resolution,
        Type::Version => Slot::Version,
        Type::Component => Slot::Component,
        Type::Label => Slot::Label,
        Type::Sprint => Slot::Sprint,
        Type::LinkType => Slot::LinkType,
        Type::Option => Slot::Option,
        _ => return None,
    })
}
