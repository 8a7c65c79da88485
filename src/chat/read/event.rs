//! What happens to issues, and when and by whom: a time and a person beside an event belong to it.
//!
//! An event leaves an [`Anchor`], to which a time ([`time`]) or a person ([`by`]) that comes next is put. A time that comes before
//! its event waits for it.

mod by;
mod time;

use crate::chat::lexicon::{Meaning, Slot};
use crate::chat::read::compose::Composer;
use crate::chat::read::scan::{Act, Bound, Candidate};
use crate::chat::when::{Edge, When};
use crate::jql::ast::{Clause, Operand, Operator};
use crate::jql::build::{and, field};

/// What a time or a person that comes next belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// The date field.
    at: &'static str,
    /// Its condition among the drafts.
    draft: Option<usize>,
    /// Whether that condition gives way to a time.
    bare: bool,
    /// Whether it is a condition on the past, which takes time and person into itself.
    history: bool,
    /// Whether it tells that something was finished.
    finished: bool,
    /// Whether the event is denied.
    not: bool,
    /// Whether it has its time.
    timed: bool,
    /// Whether it tells that something is late, and the time by how much.
    late: bool,
    /// The tokens of the event.
    place: (usize, usize),
    /// The time it has.
    when: Option<When>,
    /// The person who did it, where the condition tells of changes by a person.
    updater: Option<Operand>,
}

impl Anchor {
    /// A condition on the past.
    pub(super) fn history(draft: usize, finished: bool) -> Self {
        Self { draft: Some(draft), history: true, finished, ..Self::default() }
    }

    /// What a test of a field is for a time behind it: “reporter is Maria, this week”.
    pub(super) fn of_field(name: &str, draft: usize) -> Option<Self> {
        let at = match name {
            "reporter" | "creator" => "created",
            "worklogAuthor" => "worklogDate",
            "resolution" => "resolved",
            name => {
                let at = EVENTS.into_iter().find(|event| *event == name)?;
                return Some(Self { at, draft: Some(draft), timed: true, ..Self::default() });
            }
        };
        Some(Self { at, draft: Some(draft), ..Self::default() })
    }
}

/// The date fields that phrases of the table can name as events.
const EVENTS: [&str; 7] =
    ["created", "resolved", "updated", "due", "worklogDate", "lastViewed", "statusCategoryChangedDate"];

/// Whether a piece says something.
fn is_content(act: &Act<'_>) -> bool {
    match act {
        Act::Sign => false,
        Act::Phrase(meaning, _) => !matches!(meaning.kind, "-" | "weak" | "noun" | "and" | "aside"),
        _ => true,
    }
}

impl<'r> Composer<'_, 'r> {
    /// An event.
    pub(super) fn event(
        &mut self,
        meaning: &'r Meaning,
        bound: &[(Slot, Bound)],
        place: (usize, usize),
        rest: &[Candidate<'r>],
    ) {
        if self.is_same_end(meaning.text) {
            return;
        }
        self.settle_anchor();
        let (name, template) = meaning.text.split_once(' ').unwrap_or((meaning.text, ""));
        let at = EVENTS.into_iter().find(|event| *event == name).unwrap_or("created");
        let left = template == "statusCategory != Done";
        let bare = !left && !["{", "currentUser", "reporter"].iter().any(|said| template.contains(said));
        let not = bare && self.not == Some(true);
        let mut anchor = Anchor { at, bare, not, place, ..Anchor::default() };
        let others = template.contains("!= currentUser()");
        if bare && (template.is_empty() || not && self.time_follows(rest)) {
            self.not = None;
        } else if let Some(clause) = self.scan.template(template, bound) {
            let reading = self.noted(meaning, place);
            let clause = if others { self.someone_else(clause) } else { clause };
            let before = self.out.drafts.len();
            self.add(clause, place, reading);
            anchor.draft = (self.out.drafts.len() > before).then_some(before);
        }
        if not {
            self.not = None;
        }
        self.remember_person(bound);
        self.anchor = Some(anchor);
        self.settle_waiting();
    }

    /// Something that did not happen: `no updates`.
    pub(super) fn no_event(&mut self, meaning: &'r Meaning, place: (usize, usize), rest: &[Candidate<'r>]) {
        let timed = self.waiting.is_some() || self.time_follows(rest);
        if timed && meaning.text.ends_with(" open") {
            self.add(field("statusCategory").not_eq("Done"), place, String::new());
        }
        if !timed {
            let clause = and(vec![field("updated").less("-30d"), field("statusCategory").not_eq("Done")]);
            if let Some(clause) = clause {
                let reading = format!("“{}”: not done and not updated for 30 days", self.written(place));
                self.add(clause, place, reading);
            }
            return;
        }
        self.not = Some(true);
        self.event(meaning, &[], place, rest);
    }

    /// “Closed or finished” is one end.
    fn is_same_end(&mut self, text: &str) -> bool {
        let same = text.starts_with("resolved")
            && self.anchor.as_ref().is_some_and(|anchor| anchor.at == "resolved" || anchor.finished);
        same && self.take_or()
    }

    /// The same where the person is told only at the end: “fixed or done by Sam”.
    pub(super) fn drop_same_end(&mut self) {
        let Some(draft) = self
            .anchor
            .as_ref()
            .filter(|anchor| anchor.at == "resolved" && !anchor.timed)
            .and_then(|anchor| anchor.draft)
        else {
            return;
        };
        if draft + 1 == self.out.drafts.len() && self.take_or() {
            self.out.drafts.pop();
        }
    }

    /// `was in review`: with a time it tells of the past, without one of the present.
    pub(super) fn was_status(&mut self, bound: &[(Slot, Bound)], place: (usize, usize), rest: &[Candidate<'r>]) {
        let past = self.is_timed(rest);
        let text = if past { "status WAS {status}" } else { "status = {status}" };
        let Some(clause) = self.scan.template(text, bound) else { return };
        if past && draft_says(&clause, &["Done", "Closed", "Resolved"]) {
            self.anchor = Some(Anchor { at: "resolved", bare: true, place, ..Anchor::default() });
            return self.settle_waiting();
        }
        self.add(clause, place, String::new());
        if past {
            self.anchor = self.last_draft().map(|draft| Anchor::history(draft, false));
            self.settle_waiting();
        }
    }

    /// Whether something that happens, or a state, is what comes next.
    pub(super) fn happens_next(&self, rest: &[Candidate<'r>]) -> bool {
        let next = rest.iter().find(|piece| is_content(&piece.act));
        next.is_some_and(|piece| match &piece.act {
            Act::Phrase(meaning, _) => matches!(meaning.kind, "event" | "history" | "updatedby" | "wasstatus" | ""),
            Act::Test(at, _) => {
                self.scan.index.fields.get(*at).is_some_and(|field| EVENTS.contains(&field.name.as_str()))
            }
            _ => false,
        })
    }

    /// `overdue`, and for how long: what is overdue by a week was due more than a week ago.
    pub(super) fn overdue(
        &mut self,
        meaning: &'r Meaning,
        bound: &[(Slot, Bound)],
        place: (usize, usize),
        rest: &[Candidate<'r>],
    ) {
        let Some(clause) = self.scan.template(meaning.text, bound) else { return };
        self.add(clause, place, String::new());
        let next = rest.iter().find(|piece| !matches!(piece.act, Act::Phrase(meaning, _) if meaning.kind == "-"));
        if let Some(Act::When(
            When { from: Some(Edge::Relative(..)), .. } | When { to: Some(Edge::Relative(..)), .. },
        )) = next.map(|piece| &piece.act)
        {
            self.anchor = Some(Anchor { at: "due", draft: self.last_draft(), late: true, ..Anchor::default() });
        }
    }

    /// Whether a time comes before the next event.
    fn time_follows(&self, rest: &[Candidate<'r>]) -> bool {
        for piece in rest.iter().filter(|piece| is_content(&piece.act)) {
            match &piece.act {
                Act::When(_) => return true,
                Act::Phrase(meaning, _) if matches!(meaning.kind, "event" | "history") => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a time waits for what is told now, or follows it.
    pub(super) fn is_timed(&self, rest: &[Candidate<'r>]) -> bool {
        self.waiting.is_some() || self.time_follows(rest)
    }

    /// A time that waited for its event.
    pub(super) fn settle_waiting(&mut self) {
        if self.anchor.is_some()
            && let Some((when, start, end)) = self.waiting.take()
        {
            self.attach(&when, (start, end));
        }
    }

    /// An event that got no time: “not updated” alone says nothing.
    pub(super) fn settle_anchor(&mut self) {
        if let Some(anchor) = self.anchor.take()
            && anchor.not
            && !anchor.timed
            && anchor.draft.is_none()
        {
            self.out.unknown.extend(anchor.place.0..anchor.place.1);
        }
    }
}

/// Whether a condition tests for one of these values.
fn draft_says(clause: &Clause, values: &[&str]) -> bool {
    match clause {
        Clause::Terminal(terminal) => match (&terminal.operator, &terminal.operand) {
            (Operator::Equals | Operator::Was, Some(Operand::Value(value))) => values.contains(&value.text.as_str()),
            _ => false,
        },
        Clause::And(parts, _) => parts.iter().any(|part| draft_says(part, values)),
        _ => false,
    }
}
