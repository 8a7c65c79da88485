//! What a phrase and what fills its slots come to.

use super::pattern::Got;
use super::{Made, Stop, Try, Wisher, ask};
use crate::chat::intent::{Assignee, Change, Choice, FieldChange, How, Place, Question, Sprint, Target};
use crate::chat::lexicon::{Meaning, Slot};
use crate::jql::fields::Type;
use crate::vocabulary::{Kind, State, same};

/// What fills the slots of a phrase.
pub(super) struct Filled<'g>(pub(super) &'g [Got]);

impl Filled<'_> {
    pub(super) fn nth(&self, slots: &[Slot], nth: usize) -> Option<(usize, usize)> {
        self.0.iter().filter(|got| slots.contains(&got.slot)).nth(nth).map(|got| (got.start, got.end))
    }

    pub(super) fn get(&self, slot: Slot) -> Try<(usize, usize)> {
        self.nth(&[slot], 0).ok_or(Stop::No)
    }
}

pub(super) const ISSUES: [Slot; 3] = [Slot::Key, Slot::Issue, Slot::Target];

impl Wisher<'_, '_> {
    /// The action and what it is done to.
    pub(super) fn build(&self, meaning: &Meaning, got: &[Got]) -> Made {
        self.left.borrow_mut().clear();
        let filled = Filled(got);
        let text = meaning.text;
        match meaning.kind {
            "create" => self.create(filled.get(Slot::Rest)?.0, text),
            "work" => self.work(filled.get(Slot::Rest)?.0),
            "comment" | "tell" => self.comment(&filled),
            "assign" => self.assign(&filled),
            "unassign" => self.unassign(&filled),
            "cannot" => Err(Stop::Decline(format!("I {} {text} here. Do it in Jira itself.", meaning.kind))),
            "link" | "unlink" => self.link(text, &filled, meaning.kind == "link"),
            "edit" => self.edit(text, &filled),
            "make" => self.make(&filled),
            "rank_up" => self.rank_up(&filled),
            "text" => self.text_of(text, &filled),
            _ => {
                let change = self.simple(meaning, &filled)?;
                Ok((change, self.target(&filled)?))
            }
        }
    }

    /// The issues that are meant; the one at hand where none are named.
    pub(super) fn target(&self, filled: &Filled<'_>) -> Try<Target> {
        filled.nth(&ISSUES, 0).map_or_else(|| self.implied(), |place| self.target_of(place))
    }

    pub(super) fn other(&self, filled: &Filled<'_>, nth: usize) -> Try<Vec<String>> {
        self.keys_of(filled.nth(&ISSUES, nth).ok_or(Stop::No)?)
    }

    /// Actions that need nothing but issues, or one thing more.
    fn simple(&self, meaning: &Meaning, filled: &Filled<'_>) -> Try<Change> {
        let one = |filled: &Filled<'_>| self.other(filled, 1)?.into_iter().next().ok_or(Stop::No);
        Ok(match (meaning.kind, meaning.text) {
            ("watch", text) => Change::Watch(text == "on"),
            ("vote", text) => Change::Vote(text == "on"),
            ("sprint", "current") => Change::Sprint(Sprint::Current),
            ("sprint", "next") => Change::Sprint(Sprint::Next),
            ("sprint", "backlog") => Change::Sprint(Sprint::Backlog),
            ("sprint", _) => Change::Sprint(self.sprint(filled.get(Slot::Sprint)?.0).ok_or(Stop::No)?.0?),
            ("rank", "top") => Change::Rank(Place::Top),
            ("rank", "bottom") => Change::Rank(Place::Bottom),
            ("rank", "before") => Change::Rank(Place::Before(one(filled)?)),
            ("rank", _) => Change::Rank(Place::After(one(filled)?)),
            ("clone", _) => Change::Clone,
            ("attach", _) => Change::Attach,
            ("delete", _) => Change::Delete,
            ("take", _) => Change::Assign(Assignee::Me),
            ("transition", names) => self.step(names, filled)?,
            ("resolve", names) => self.resolved(names, filled)?,
            ("parent", _) => Change::Edit(vec![FieldChange {
                field: "parent".to_owned(),
                how: How::Set,
                values: vec![one(filled)?],
            }]),
            ("orphan", _) => {
                Change::Edit(vec![FieldChange { field: "parent".to_owned(), how: How::Clear, values: Vec::new() }])
            }
            ("estimate", _) => Change::Edit(vec![self.estimate(filled.get(Slot::Words)?)?]),
            ("due", _) => Change::Edit(vec![self.postponed(filled.get(Slot::Words)?)?]),
            _ => return Err(Stop::No),
        })
    }

    /// A step to the status that is named, or to the first of these that the site has; `~done` is any that means so.
    fn step(&self, names: &str, filled: &Filled<'_>) -> Try<Change> {
        // The last one: “from To Do to Done”.
        let mut places = filled.0.iter().filter(|got| matches!(got.slot, Slot::Status | Slot::Words));
        let to = match places.next_back() {
            Some(place) if place.slot == Slot::Status => self.status(place.start, place.end)?,
            Some(place) => {
                let known = self.person(place.start).is_some()
                    || self.explicit(place.start).is_some()
                    || self.scan.when(place.start).is_some();
                if known || place.end > place.start + 4 || self.is(place.end - 1, &["to", "in", "and", "of", "by"]) {
                    return Err(Stop::No);
                }
                self.verbatim(self.scan.sentence.past_articles(place.start), place.end)
            }
            None => {
                self.certain(filled)?;
                self.status_like(names)
            }
        };
        Ok(Change::Transition { to, fields: Vec::new() })
    }

    /// A step that nothing but the verb tells: “complete stories” are stories that are complete, “complete all stories” is an order.
    fn certain(&self, filled: &Filled<'_>) -> Try<()> {
        let Some((start, end)) = filled.nth(&ISSUES, 0) else { return Ok(()) };
        let named = self.explicit(start).is_some_and(|(_, behind)| behind == end);
        let article = self.scan.sentence.past_articles(start) > start || start > 0 && self.exact(start - 1, &["the"]);
        if named || article || self.means_all(start) { Ok(()) } else { Err(Stop::No) }
    }

    fn status(&self, start: usize, end: usize) -> Try<String> {
        let items = self.scan.items(self.scan.sentence.past_articles(start));
        let found =
            items.iter().find(|item| item.slot == Slot::Status && item.whole && item.end == end).ok_or(Stop::No)?;
        self.entries(found).first().map(|entry| entry.name.clone()).ok_or(Stop::No)
    }

    fn status_like(&self, names: &str) -> String {
        let (names, meant) = names.rsplit_once(" ~").unwrap_or((names, ""));
        let all = self.scan.vocabulary.entries(Kind::Status);
        let wanted = match meant {
            "done" => State::Done,
            "progress" => State::InProgress,
            "todo" => State::ToDo,
            _ => State::None,
        };
        let named = names.split('|').find_map(|name| all.iter().find(|entry| same(&entry.name, name)));
        let found = named.or_else(|| all.iter().find(|entry| entry.state == wanted && wanted != State::None));
        found.map_or(names.split('|').next().unwrap_or_default(), |entry| &entry.name).to_owned()
    }

    fn resolved(&self, names: &str, filled: &Filled<'_>) -> Try<Change> {
        let (start, end) = filled.get(Slot::Resolution)?;
        let field = self.field_named("resolution").ok_or(Stop::No)?;
        let fields = vec![self.known_change(field, How::Set, (start, end))?.ok_or(Stop::No)?];
        Ok(Change::Transition { to: self.status_like(names), fields })
    }

    fn edit(&self, text: &str, filled: &Filled<'_>) -> Made {
        let mut words = text.split(' ');
        let how = match words.next() {
            Some("add") => How::Add,
            Some("remove") => How::Remove,
            Some("clear") => How::Clear,
            _ => How::Set,
        };
        let named = words.next().filter(|word| *word != "implied");
        let fields = match named {
            Some(name) => vec![self.field_named(name).ok_or(Stop::No)?],
            None => self.fields_of(filled.nth(&[Slot::Field], 0).unwrap_or_default()),
        };
        let values: Vec<&str> = words.collect();
        // While a search is talked about, “remove the priority” means the search.
        let implied = filled.nth(&ISSUES, 0).is_none();
        if implied && self.context.query.is_some() && (how != How::Set || self.at_hand().is_none()) {
            return Err(Stop::No);
        }
        let said = |values: Vec<String>| {
            Ok(vec![FieldChange { field: self.field_id(*fields.first().ok_or(Stop::No)?), how, values }])
        };
        let changes = match filled.nth(&[Slot::Words], 0) {
            _ if !values.is_empty() => said(vec![values.join(" ")]),
            Some(place) => self.first_changes(&fields, how, place),
            None if how == How::Clear => said(Vec::new()),
            None => Err(Stop::No),
        };
        self.edited(changes?, self.target(filled)?)
    }

    /// What some tokens tell for one of the fields, and perhaps for others behind it: “to high and due date to friday”.
    fn first_changes(&self, fields: &[usize], how: How, place: (usize, usize)) -> Try<Vec<FieldChange>> {
        for field in fields.iter().filter(|_| how == How::Set) {
            if let Some((change, end)) = self.value_up_to(*field, how, place)?.filter(|(_, end)| *end < place.1)
                && let Ok(more) = self.changes((end, place.1))
            {
                return Ok([change].into_iter().chain(more).collect());
            }
        }
        Ok(vec![self.first_change(fields, how, place)?])
    }

    /// The change of the first of the fields that takes the value.
    fn first_change(&self, fields: &[usize], how: How, place: (usize, usize)) -> Try<FieldChange> {
        for field in fields {
            let several = matches!(
                self.type_of(*field),
                Type::Label | Type::Component | Type::Version | Type::Option | Type::Person | Type::Any | Type::Sprint
            );
            if how != How::Set && !several {
                continue;
            }
            if let Some(change) = self.known_change(*field, how, place)? {
                return Ok(change);
            }
        }
        let loose = fields.iter().find(|field| {
            how == How::Set
                || matches!(self.type_of(**field), Type::Label | Type::Component | Type::Version | Type::Option)
        });
        self.change_of(*loose.ok_or(Stop::No)?, how, place)
    }

    fn make(&self, filled: &Filled<'_>) -> Made {
        let place = filled.get(Slot::Changes)?;
        let changes = self.changes(place)?;
        let issues = filled.nth(&ISSUES, 0).ok_or(Stop::No)?;
        // “Make it high priority” changes the search that is talked about, unless an issue is at hand.
        let vague = self.exact(
            self.scan.sentence.past_articles(issues.0),
            &["it", "this", "that", "those", "these", "them", "all", "everything"],
        );
        if vague && self.at_hand().is_none() {
            return Err(Stop::No);
        }
        self.edited(changes, self.target_of(issues)?)
    }

    /// “Raise the priority”: what it is now is not known here, so the person says what it is to be.
    fn rank_up(&self, filled: &Filled<'_>) -> Made {
        let field = filled
            .nth(&[Slot::Field], 0)
            .map_or_else(|| self.field_named("priority").into_iter().collect(), |place| self.fields_of(place));
        if !field.iter().any(|field| self.type_of(*field) == Type::Priority) {
            return Err(Stop::No);
        }
        let target = self.target(filled)?;
        let on = match (&target, filled.nth(&ISSUES, 0)) {
            (Target::Issues(keys), _) => keys.join(", "),
            (_, Some((start, end))) => self.verbatim(start, end),
            _ => return Err(Stop::No),
        };
        let all = self.scan.vocabulary.entries(Kind::Priority).iter();
        let choices = all.map(|entry| Choice {
            label: entry.name.clone(),
            text: format!("set the priority of {on} to \"{}\"", entry.name),
        });
        Err(Stop::Ask(Question { message: "Which priority shall it be?".to_owned(), choices: choices.collect() }))
    }

    /// A new summary or description: the person's own words.
    fn text_of(&self, field: &str, filled: &Filled<'_>) -> Made {
        let (start, _) = filled.get(Slot::Rest)?;
        let values = vec![self.told(start)];
        if values.iter().any(String::is_empty) {
            return Err(Stop::No);
        }
        Ok((Change::Edit(vec![FieldChange { field: field.to_owned(), how: How::Set, values }]), self.target(filled)?))
    }

    /// “5 points”, “3d”: story points or the original estimate, by what is told.
    fn estimate(&self, place: (usize, usize)) -> Try<FieldChange> {
        if let Some((spent, _)) = self.spent(place.0).filter(|(_, end)| *end == place.1) {
            let field = self
                .field_named("originalEstimate")
                .map_or_else(|| "timeoriginalestimate".to_owned(), |field| self.field_id(field));
            return Ok(FieldChange { field, how: How::Set, values: vec![spent.text] });
        }
        let points =
            self.field_named("Story Points").or_else(|| self.field_named("Story point estimate")).ok_or(Stop::No)?;
        self.known_change(points, How::Set, place)?.ok_or(Stop::No)
    }

    /// A later due date: a day, not “by two days”, which nobody here can count from.
    fn postponed(&self, place: (usize, usize)) -> Try<FieldChange> {
        let due = self.field_named("due").ok_or(Stop::No)?;
        if crate::chat::when::amount(self.scan.sentence, place.0).is_some() {
            return Err(ask("Until which day? When it is due now is not known here."));
        }
        self.known_change(due, How::Set, place)?.filter(|change| change.how == How::Set).ok_or(Stop::No)
    }
}
