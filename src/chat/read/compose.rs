//! From the pieces of a text to conditions, an order and a view: what belongs together, what is denied, which time goes with what.
//!
//! The pieces are taken one behind the other. Each of them adds a [`Draft`], or says something about the next one (“not”, “or”,
//! “sorted by”) or about the last one: a time or a person belongs to the event it stands beside ([`super::event`]). At the end
//! words that mean nothing are looked for as text where they stand like a topic, or are noted as ignored.

mod aside;
mod doubt;
mod draft;
mod past;
mod phrase;
mod remark;
mod sort;
mod unite;
mod unknown;

use crate::chat::intent::View;
use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::event::Anchor;
use crate::chat::read::scan::{Act, Bound, Candidate, Item, Scan};
use crate::chat::read::template::{negated, words};
use crate::chat::read::test::Test;
use crate::chat::when::When;
use crate::jql::ast::{Clause, Operator};
use crate::jql::build::field;
pub(super) use draft::{Bare, Draft, Understood, joined};
use sort::default_direction;

/// Puts the pieces together.
pub(super) struct Composer<'s, 'r> {
    /// What can stand where.
    pub(super) scan: &'s Scan<'r>,
    /// The text as it was written.
    text: &'s str,
    /// What is understood so far.
    pub(super) out: Understood,
    /// A denial for what comes next; `Some(false)` where a second one took it back.
    pub(super) not: Option<bool>,
    /// The tokens of that denial.
    denial: (usize, usize),
    /// The tokens that ask for more, or to take something back.
    order_place: (usize, usize),
    /// Whether an “or” stands before what comes next.
    or: bool,
    /// The event that a time or a person belongs to.
    pub(super) anchor: Option<Anchor>,
    /// A time before the event that it belongs to.
    pub(super) waiting: Option<(When, usize, usize)>,
    /// Whether fields that come next are sorted by.
    sorting: bool,
    /// Whether the field that comes next is the one to group by.
    grouping: bool,
    /// The person that was last spoken of, for “somebody else”.
    last_person: Option<Item>,
}

impl<'s, 'r> Composer<'s, 'r> {
    /// Puts the pieces of a text together.
    pub(super) fn compose(scan: &'s Scan<'r>, text: &'s str, pieces: &[Candidate<'r>]) -> Understood {
        let mut composer = Self {
            scan,
            text,
            out: Understood::default(),
            not: None,
            denial: (0, 0),
            order_place: (0, 0),
            or: false,
            anchor: None,
            waiting: None,
            sorting: false,
            grouping: false,
            last_person: None,
        };
        let (aside, behind) = (scan.aside(pieces), scan.remark_behind(text, pieces));
        let asks = |piece: &&Candidate<'r>| piece.start < behind && (aside <= piece.start || scan.counts_aside(piece));
        let remark = scan.remark_before(text, pieces);
        let pieces: Vec<_> = pieces.iter().filter(|piece| remark <= piece.start).filter(asks).cloned().collect();
        for (at, piece) in pieces.iter().enumerate() {
            composer.piece(piece, pieces.get(at + 1..).unwrap_or_default());
        }
        composer.end(&pieces);
        composer.out
    }

    /// Takes the next piece; `rest` comes behind it.
    fn piece(&mut self, piece: &Candidate<'r>, rest: &[Candidate<'r>]) {
        let place = (piece.start, piece.end);
        match &piece.act {
            Act::Phrase(meaning, bound) => self.phrase(meaning, bound, place, rest),
            Act::Items(items, each) => self.items(items, *each, place),
            Act::Test(at, test) => self.test(*at, test, place),
            Act::When(when) => {
                self.doubt_date(when, place);
                self.time(when.clone(), place, rest);
            }
            Act::Keys(keys) => self.keys(keys, place),
            Act::Field(at) => self.field(*at, place),
            Act::Quoted(quoted) => {
                let clause = field("text").like(words(&format!("\"{quoted}\"")));
                self.add(clause, place, String::new());
            }
            Act::Sign => {}
            Act::Unknown => {
                // “Login or sync that is open”: the “or” joins what is looked for.
                self.or &= piece.start == 0 || !self.scan.sentence.is(piece.start - 1, &["or"]);
                self.out.unknown.push(piece.start);
            }
        }
    }

    /// A test of a field.
    fn test(&mut self, at: usize, test: &Test, place: (usize, usize)) {
        match test {
            Test::Items(items, _) => self.doubt(items),
            Test::When(when) => self.doubt_date(when, place),
            _ => {}
        }
        let name = self.scan.index.fields.get(at).map_or("", |field| &field.name);
        if let Some(clause) = self.scan.of_test(at, test) {
            self.add(clause, place, String::new());
            self.anchor = self.last_draft().and_then(|draft| Anchor::of_field(name, draft));
        } else {
            self.out.unknown.extend(place.0..place.1);
        }
    }

    /// Keys of issues.
    fn keys(&mut self, keys: &[String], place: (usize, usize)) {
        let mut values: Vec<_> = keys.iter().map(|key| key.as_str().into()).collect();
        let clause = if values.len() == 1 {
            values.pop().map(|value| field("key").eq(value))
        } else {
            field("key").one_of(values)
        };
        if let Some(clause) = clause {
            self.add(clause, place, String::new());
        }
    }

    /// A field by its name: to sort or to group by, or to be told what of it matters.
    fn field(&mut self, at: usize, place: (usize, usize)) {
        let Some(known) = self.scan.index.fields.get(at) else { return };
        if self.grouping {
            self.out.view = View::Groups { field: known.name.clone() };
            self.grouping = false;
        } else if self.sorting {
            self.sort(&known.name.clone(), default_direction(&known.name, known.kind));
        } else {
            self.settle_field();
            self.out.named_field = Some((known.name.clone(), place.0, place.1));
        }
    }

    /// A field that was named in vain.
    fn settle_field(&mut self) {
        if let Some((name, start, end)) = self.out.named_field.take() {
            // “Estimated at 5 points” names it twice.
            if !self.out.drafts.iter().any(|draft| tests(&draft.clause, &name)) {
                self.out.unknown.extend(start..end);
            }
        }
    }

    /// How a phrase was read, where another reading is thinkable.
    pub(super) fn noted(&self, meaning: &Meaning, place: (usize, usize)) -> String {
        if meaning.note.is_empty() {
            return String::new();
        }
        let said = meaning.note.split_once(": ").map_or(meaning.note, |(_, said)| said);
        format!("“{}”: {said}", self.written(place))
    }

    /// The words of some tokens, as they were written.
    pub(super) fn written(&self, place: (usize, usize)) -> &'s str {
        let tokens = self.scan.sentence.tokens.get(place.0..place.1).unwrap_or_default();
        let span = tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end);
        self.text.get(span).unwrap_or_default()
    }

    /// Notes who was spoken of.
    pub(super) fn remember_person(&mut self, bound: &[(Slot, Bound)]) {
        for (_, bound) in bound {
            if let Bound::Items(items, _) = bound
                && let Some(person) = items.iter().find(|item| item.slot == Slot::Person)
            {
                self.last_person = Some(person.clone());
            }
        }
    }

    /// The place of the last condition.
    pub(super) fn last_draft(&self) -> Option<usize> {
        self.out.drafts.len().checked_sub(1)
    }

    /// Whether an “or” stands before; it is used up.
    pub(super) fn take_or(&mut self) -> bool {
        std::mem::take(&mut self.or)
    }

    /// Whether an “or” stands before.
    pub(super) const fn is_or(&self) -> bool {
        self.or
    }

    /// Adds a condition, denied if a denial stands before it.
    pub(super) fn add(&mut self, clause: Clause, place: (usize, usize), reading: String) {
        if self.out.named_field.as_ref().is_some_and(|(name, ..)| tests(&clause, name)) {
            self.out.named_field = None;
        }
        let clause = if self.not.take() == Some(true) { negated(clause, true) } else { clause };
        let or = std::mem::take(&mut self.or);
        if !or && self.out.drafts.iter().any(|draft| draft.clause == clause) {
            return;
        }
        self.out.drafts.push(Draft { clause, start: place.0, end: place.1, reading, or, bare: Bare::Nothing });
        self.sorting = false;
    }

    /// Names by themselves.
    fn items(&mut self, items: &[Item], each: bool, place: (usize, usize)) {
        self.doubt(items);
        let Some(first) = items.first() else { return };
        if first.slot == Slot::Person {
            self.last_person = Some(first.clone());
            // “I” and “me” by themselves say only who asks.
            let own = self.scan.sentence.is(first.start, &["my", "mine", "currentuser"]);
            if first.me && items.len() == 1 && !own && !self.scan.leaves_alone(first.end) {
                let of_what = ["anything", "everything", "something", "stuff", "things", "issues", "tickets", "ones"];
                if first.start > 0 && self.scan.sentence.is(first.start - 1, &of_what) {
                    self.out.unknown.extend(place.0..place.1);
                }
                return;
            }
        }
        let Some(clause) = self.scan.of_items(items, each) else { return };
        let before = self.out.drafts.len();
        self.add(clause, place, String::new());
        if first.slot == Slot::Person
            && let Some(draft) = self.out.drafts.get_mut(before)
        {
            draft.bare = Bare::Person;
        }
    }

    /// “Do all have an owner? Show me the ones without”
    fn without_it(&mut self) {
        let without = self.denial.1 == self.scan.sentence.tokens.len()
            && self.scan.sentence.is(self.denial.0, &["without", "lacking"]);
        if let Some(draft) = self.out.drafts.last_mut().filter(|_| without && self.not == Some(true))
            && let Clause::Terminal(test) = &mut draft.clause
            && test.operator == Operator::IsNot
        {
            test.operator = Operator::Is;
            draft.end = self.denial.1;
            self.not = None;
        }
    }

    /// What can be told only when all is read.
    fn end(&mut self, pieces: &[Candidate<'r>]) {
        self.without_it();
        self.settle_waiting();
        if let Some((when, start, end)) = self.waiting.take() {
            self.default_time(&when, (start, end));
        }
        self.settle_anchor();
        self.look_for_unknown(pieces);
        self.out.last_field = self.out.named_field.clone();
        self.settle_field();
        self.unite();
        // “Pump next” asks for no next page.
        let (start, end) = self.order_place;
        if !self.out.drafts.is_empty() && !self.scan.sentence.is(start, &["more", "show", "give", "continue"]) {
            self.out.unknown.extend(start..end);
        }
        self.out.dangling = self.not.is_some();
        // A denial of nothing turns what is asked for round, or says nothing: the person knows.
        // “Should be done but isn't” says it again.
        let again = self.denial.1 == self.scan.sentence.tokens.len()
            && self.out.drafts.iter().any(|draft| tests(&draft.clause, "statusCategory"));
        if self.not == Some(true) && !self.out.drafts.is_empty() && !again {
            self.out.unknown.extend(self.denial.0..self.denial.1);
        }
    }
}

/// Whether a condition tests a field.
fn tests(clause: &Clause, name: &str) -> bool {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().any(|part| tests(part, name)),
        Clause::Not(inner, _) => tests(inner, name),
        Clause::Terminal(terminal) => {
            terminal.field.name == name || name == "status" && terminal.field.name == "statusCategory"
        }
    }
}
