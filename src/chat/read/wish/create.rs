//! New issues: `a high priority bug in MOB for Maria, due friday: login button broken`.

use super::{Made, Stop, Try, Wisher};
use crate::chat::intent::{Change, Create, FieldChange, How, Sprint, Target};
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::Item;
use crate::chat::read::token::Kind as Token;
use crate::vocabulary::{Entry, Kind, State};

/// Words for an issue of no type in particular.
const ANY: &[&str] = &["issue", "ticket", "item", "card", "workitem"];
/// What leads to the summary.
#[rustfmt::skip]
const CALLED: &[&str] = &[
    "called", "titled", "named", "saying", "about", "reading", "entitled", "regarding", "concerning", "summary", "title", "that", "says",
];

/// A new issue that is being read.
struct Draft {
    new: Create,
    /// The token that is looked at.
    at: usize,
    /// Whether it is certain that something new is asked for.
    firm: bool,
    /// Which sprint it is to be in: the one that runs or the one that comes next, with the tokens that say so.
    sprint: Option<(State, usize, usize)>,
}

impl Wisher<'_, '_> {
    /// A new issue that is told from a token on. `style`: what stands before it, see the table.
    pub(super) fn create(&self, from: usize, style: &str) -> Made {
        let mut draft = Draft { new: Create::default(), at: from, firm: style == "article", sprint: None };
        self.head(&mut draft)?;
        let bare = style == "bare" || !draft.firm && self.context.query.is_some();
        while draft.at < self.end() && draft.new.summary.is_none() {
            if self.summary(&mut draft)? {
                break;
            }
            if !self.clause(&mut draft)? {
                if bare {
                    return Err(Stop::No);
                }
                self.rest_as_summary(&mut draft);
            }
        }
        self.tail(&mut draft)?;
        self.settle_sprint(&mut draft);
        if draft.new.summary.is_none()
            && !draft.firm
            && (self.context.query.is_some() || style == "bare" && draft.at > from + 1)
        {
            return Err(Stop::No);
        }
        Ok((Change::Create(draft.new), Target::None))
    }

    /// What stands before the type, and the type.
    fn head(&self, draft: &mut Draft) -> Try<()> {
        loop {
            let at = draft.at;
            if self.exact(
                at,
                &[
                    "a",
                    "an",
                    "another",
                    "new",
                    "one",
                    "me",
                    "us",
                    "the",
                    "following",
                    "quick",
                    "jira",
                    "separate",
                    "follow",
                    "up",
                ],
            ) {
                draft.firm |= !self.exact(at, &["the", "me", "us", "jira"]);
                draft.at += 1;
            } else if let Some(end) = self.issue_type(at, &mut draft.new)? {
                draft.at = end;
                return Ok(());
            } else if let Some((key, end)) = self.project(at) {
                draft.new.project = Some(key);
                draft.at = end;
            } else if let Some((change, end)) = self.one_change(at, self.end().min(at + 4))? {
                draft.new.fields.push(change);
                draft.at = end;
            } else {
                return Err(Stop::No);
            }
        }
    }

    /// A type of issues, as one: “bugs” are none to be made.
    fn issue_type(&self, at: usize, new: &mut Create) -> Try<Option<usize>> {
        let items = self.scan.items(at);
        let single = |item: &&Item| item.slot == Slot::IssueType && item.whole && item.cost != 1;
        if let Some(item) = items.iter().filter(single).max_by_key(|item| item.end) {
            new.issue_type = self.entries(item).first().map(|entry| entry.name.clone());
            let plain = self.exact(item.end, ANY) && !self.exact(item.end, &["item"]);
            return Ok(Some(if plain { item.end + 1 } else { item.end }));
        }
        let work_item = self.exact(at, &["work"]) && self.exact(at + 1, &["item"]);
        let plain = if work_item { Some(at + 2) } else { self.exact(at, ANY).then_some(at + 1) };
        Ok(plain.filter(|end| !self.is(*end, &["type", "types", "list"])))
    }

    /// Takes the summary, and what follows it, if it stands here; whether it reaches to the end.
    fn summary(&self, draft: &mut Draft) -> Try<bool> {
        let mut at = draft.at;
        let sign = self.kind(at) == Some(Token::Sign) && self.is(at, &[":", "-", "–", "—", "->", "=>"]);
        let mut marked = sign;
        at += usize::from(sign);
        if self.exact(at, &["with", "whose", "and"]) && self.exact(at + 1, &["summary", "title", "the", "subject"]) {
            at += 1;
        }
        let word = self.scan.sentence.past_articles(at);
        if !sign && self.exact(word, CALLED) {
            at = word;
            while self.exact(at, CALLED) || self.exact(at, &["is", ":", "="]) {
                at += 1;
            }
            marked = true;
        }
        if self.kind(at) == Some(Token::Quoted) && (at + 1 == self.end() || self.goes_on(at + 1)) {
            draft.new.summary = Some(self.verbatim(at, at + 1));
            draft.at = at + 1;
            return Ok(false);
        }
        if marked && at < self.end() {
            draft.at = at;
            self.rest_as_summary(draft);
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.exact(
            at,
            &["with", "in", "for", "on", ",", "assigned", "due", "and", "to", "description", "labelled", "under", "."],
        )
    }

    /// All that is left is the summary, with the description behind a line break or the word for it.
    fn rest_as_summary(&self, draft: &mut Draft) {
        if self.exact(draft.at, &["for", "to", "that", "about"]) {
            draft.at += 1;
        }
        let ends = |at: &usize| self.exact(*at, &["description", "desc"]) && self.is(at + 1, &[":"]);
        let split = (draft.at..self.end()).find(ends);
        let mut told = self.verbatim(draft.at, split.unwrap_or(self.end()));
        if let Some(at) = split {
            draft.new.description = Some(self.told(at + 1)).filter(|text| !text.is_empty());
            told = told.trim_end_matches([',', ';', '.', ' ', '\n', '\r']).to_owned();
        }
        if let Some((first, rest)) = told.clone().split_once('\n') {
            let below = draft.new.description.take().map_or(String::new(), |text| format!("\n\n{text}"));
            draft.new.description = Some(format!("{}{below}", rest.trim()));
            told = first.trim().to_owned();
        }
        draft.new.summary = Some(told).filter(|text| !text.is_empty());
        draft.at = self.end();
    }

    /// What is told behind a summary in quotes.
    fn tail(&self, draft: &mut Draft) -> Try<()> {
        while draft.at < self.end() {
            if self.past(draft.at, "tail") >= self.end() {
                return Ok(());
            }
            if !self.clause(draft)? {
                self.left.borrow_mut().push(self.verbatim(draft.at, self.end()));
                return Ok(());
            }
        }
        Ok(())
    }

    /// Takes one thing that is told of the issue; whether there was one.
    fn clause(&self, draft: &mut Draft) -> Try<bool> {
        let at = draft.at;
        if self.exact(at, &["description", "desc"]) && self.is(at + 1, &[":"]) {
            draft.new.description = Some(self.told(at + 1)).filter(|text| !text.is_empty());
            draft.at = self.end();
            return Ok(true);
        }
        if self.exact(at, &[",", "and", "with", ";", "."]) || self.past(at, "tail") >= self.end() {
            draft.at = if self.exact(at, &[",", "and", "with", ";", "."]) { at + 1 } else { self.end() };
            return Ok(true);
        }
        if let Some((change, end)) = self.one_change(at, self.end())? {
            draft.new.fields.push(change);
            draft.at = end;
            return Ok(true);
        }
        let led = self.exact(
            at,
            &["in", "for", "on", "to", "under", "of", "into", "at", "by", "below", "as", "until", "against"],
        );
        if led { self.place(draft, at) } else { Ok(false) }
    }

    /// `in MOB`, `for Maria`, `to MOB-12`, `under epic MOB-3`, `in the current sprint`, `by friday`
    fn place(&self, draft: &mut Draft, led: usize) -> Try<bool> {
        let mut at = self.scan.sentence.past_articles(led + 1);
        if self.exact(at, &["epic", "parent", "child", "subtask", "part"]) {
            at += 1 + usize::from(self.exact(at + 1, &["of"]));
        }
        if let Some((_, end)) = self.explicit(at).filter(|(named, end)| self.is_parent(named, *end)) {
            draft.new.parent = self.keys_of((at, end))?.into_iter().next();
            draft.at = end;
            return Ok(true);
        }
        if self.place_in_sprint(draft, at) {
            return Ok(true);
        }
        if let Some((key, end)) = self.project(at).filter(|_| draft.new.project.is_none()) {
            draft.new.project = Some(key);
            draft.at = end;
            return Ok(true);
        }
        self.place_in_field(draft, led, at)
    }

    /// `in the current sprint`, `in PLAT Sprint 42`
    fn place_in_sprint(&self, draft: &mut Draft, at: usize) -> bool {
        if self.exact(at, &["current", "active", "this", "running", "next", "upcoming"])
            && self.exact(at + 1, &["sprint", "iteration"])
        {
            let wanted = if self.exact(at, &["next", "upcoming"]) { State::Future } else { State::Active };
            draft.sprint = Some((wanted, at, at + 2));
            draft.at = at + 2;
            return true;
        }
        let (Some((Ok(Sprint::Named { id, .. }), end)), Some(field)) = (self.sprint(at), self.field_named("sprint"))
        else {
            return false;
        };
        draft.new.fields.push(FieldChange { field: self.field_id(field), how: How::Set, values: vec![id] });
        draft.at = end;
        true
    }

    /// `for Maria`, `for 4.3`, `in Checkout`, `by friday`
    fn place_in_field(&self, draft: &mut Draft, led: usize, at: usize) -> Try<bool> {
        let fields = [
            (&["for", "to"][..], "assignee"),
            (&["for", "in"], "fixVersion"),
            (&["in", "on", "for"], "component"),
            (&["by", "until", "for", "on"], "due"),
        ];
        for (words, name) in fields {
            let Some(field) = self.field_named(name).filter(|_| self.exact(led, words)) else { continue };
            for end in (at + 1..=self.end().min(at + 5)).rev() {
                if let Some(change) =
                    self.known_change(field, How::Set, (at, end))?.filter(|change| change.how == How::Set)
                {
                    draft.new.fields.push(change);
                    draft.at = end;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The sprint that runs or comes next, as the value of its field, where it is but one; otherwise it is said that it was left out.
    fn settle_sprint(&self, draft: &mut Draft) {
        let Some((wanted, start, end)) = draft.sprint else { return };
        let project = draft.new.project.as_deref();
        let of_project = |board: &&Entry| project == Some(&board.of);
        let boards: Vec<_> =
            self.scan.vocabulary.entries(Kind::Board).iter().filter(of_project).map(|board| &board.id).collect();
        let all = self.scan.vocabulary.entries(Kind::Sprint).iter();
        let mut fitting =
            all.filter(|sprint| sprint.state == wanted && (project.is_none() || boards.contains(&&sprint.of)));
        let first = fitting.next();
        let clear = fitting.next().is_none() || wanted == State::Future && boards.len() == 1;
        match (first.filter(|_| clear), self.field_named("sprint")) {
            (Some(sprint), Some(field)) => {
                let change =
                    FieldChange { field: self.field_id(field), how: How::Set, values: vec![sprint.id.clone()] };
                draft.new.fields.push(change);
            }
            _ => self.left.borrow_mut().push(self.verbatim(start, end)),
        }
    }
}
