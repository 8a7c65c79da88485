//! The names of a site: its projects, people, statuses, fields and whatever else a query can name. Plain data, no I/O.
//!
//! Each kind of names is a [`Part`] that is fetched, aged and stored by itself. A part that was never fetched is *unknown*: whoever
//! judges a name by it has to keep silent. [`site`] reads what Jira answers.

#[cfg(feature = "tools")]
pub mod file;
mod fold;
mod near;
pub mod site;
mod stored;

use crate::jql::fields::{Operators, Type};

pub use fold::{folded, is_letter, same, small};
pub use near::{edits, near};
pub use stored::VERSION;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Projects. Also named: the key. Of: the name of the category, if the project is in one.
    Project,
    /// Statuses. [`State`]: the category.
    Status,
    /// Types of issues. [`State::Subtask`] for those below others.
    IssueType,
    /// Priorities, the highest first.
    Priority,
    /// Resolutions.
    Resolution,
    /// Fields. Also named: the names that queries have for the field, and only these. [`Facts`]: what it holds.
    Field,
    /// People. The id is the account id, on Data Center the user name. Also named: mail addresses, as far as Jira tells them.
    /// [`State::Inactive`] for those who have left.
    Person,
    /// Sprints. Of: the id of a board. [`State`]: whether it runs.
    Sprint,
    /// Boards. Of: the key of a project.
    Board,
    /// Versions in the order of their project. Of: the id of the project. [`State`]: whether it is out.
    Version,
    /// Components. Of: the id of the project.
    Component,
    /// Labels. They have no id.
    Label,
    /// Types of links. Also named: the two ways to say it, outward first.
    LinkType,
    /// Groups of people. The id is empty on Data Center.
    Group,
    /// JQL functions beyond those that Jira brings along. They have no id. [`Facts`]: what they give.
    Function,
}

/// The kinds with the names under which they are stored, which never change.
const KINDS: [(Kind, &str); 15] = [
    (Kind::Project, "projects"),
    (Kind::Status, "statuses"),
    (Kind::IssueType, "issue_types"),
    (Kind::Priority, "priorities"),
    (Kind::Resolution, "resolutions"),
    (Kind::Field, "fields"),
    (Kind::Person, "people"),
    (Kind::Sprint, "sprints"),
    (Kind::Board, "boards"),
    (Kind::Version, "versions"),
    (Kind::Component, "components"),
    (Kind::Label, "labels"),
    (Kind::LinkType, "link_types"),
    (Kind::Group, "groups"),
    (Kind::Function, "functions"),
];

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, _)| *kind)
    }

    /// The name under which the part is stored.
    pub fn text(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, text)| text)
    }

    fn at(self) -> usize {
        KINDS.iter().position(|(kind, _)| *kind == self).unwrap_or_default()
    }

    /// The kind whose names a field of this type takes; `None` where there is no list of them.
    pub const fn of_type(held: Type) -> Option<Self> {
        Some(match held {
            Type::Person => Self::Person,
            Type::Project => Self::Project,
            Type::IssueType => Self::IssueType,
            Type::Status => Self::Status,
            Type::Priority => Self::Priority,
            Type::Resolution => Self::Resolution,
            Type::Version => Self::Version,
            Type::Component => Self::Component,
            Type::Label => Self::Label,
            Type::Sprint => Self::Sprint,
            Type::LinkType => Self::LinkType,
            _ => return None,
        })
    }
}

/// What is to be known of a thing beside its names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    #[default]
    None,
    /// A status that means: to do.
    ToDo,
    /// A status that means: in progress.
    InProgress,
    /// A status that means: done.
    Done,
    /// A sprint that has not begun.
    Future,
    /// A sprint that runs.
    Active,
    /// A sprint that is over.
    Closed,
    /// A version that is out.
    Released,
    /// A version that is put away.
    Archived,
    /// A person who has left.
    Inactive,
    /// A type of issues that lie below others.
    Subtask,
    /// A function that gives several values.
    Many,
}

/// A thing that has a name on the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id, as text; empty where there are none.
    pub id: String,
    /// Its name, as people see it.
    pub name: String,
    /// What else it is called: see [`Kind`].
    pub also: Vec<String>,
    /// To what it belongs: see [`Kind`]; empty for what belongs to nothing.
    pub of: String,
    /// What else is to be known of it: see [`Kind`].
    pub state: State,
    /// Of fields and functions only.
    pub facts: Option<Box<Facts>>,
}

impl Entry {
    /// Whether the thing goes by this name or id, without regard to the case of letters.
    pub fn is_called(&self, name: &str) -> bool {
        !name.is_empty()
            && (same(&self.name, name) || same(&self.id, name) || self.also.iter().any(|also| same(also, name)))
    }
}

impl Entry {
    /// The name of a field in queries, if it has one: the name that people know where that is one.
    pub fn in_queries(&self) -> Option<&str> {
        self.also.iter().find(|also| **also == self.name).or(self.also.first()).map(String::as_str)
    }
}

/// What JQL knows of a field or of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the field holds, or the function gives.
    pub kind: Type,
    /// The operators that the site says the field takes; [`Operators::NONE`] where it does not say.
    pub operators: Operators,
    /// Whether results can be sorted by the field.
    pub sortable: bool,
    /// Whether the field can be searched by.
    pub searchable: bool,
    /// The values that an administrator has laid down; `None` where that is not known.
    pub options: Option<Vec<Entry>>,
}

/// All names of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// When it was fetched, in milliseconds since 1970.
    pub fetched_at: u64,
    /// Whether it holds every name that the person can see, so that a name that is not in it does not exist.
    pub whole: bool,
    /// The names, in the site's own order.
    pub entries: Vec<Entry>,
}

/// The names of a site, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Whether the site is a Jira Data Center, which also runs queries without any restriction and with any number of sort fields.
    pub data_center: bool,
    parts: Vec<Option<Part>>,
}

impl Vocabulary {
    /// Takes a part in, in place of the one that was there.
    pub fn put(&mut self, kind: Kind, part: Part) {
        self.parts.resize(KINDS.len(), None);
        if let Some(place) = self.parts.get_mut(kind.at()) {
            *place = Some(part);
        }
    }

    /// The part; `None` if it was never fetched.
    pub fn part(&self, kind: Kind) -> Option<&Part> {
        self.parts.get(kind.at())?.as_ref()
    }

    /// The names of a kind; none if the part was never fetched.
    pub fn entries(&self, kind: Kind) -> &[Entry] {
        self.part(kind).map_or(&[], |part| &part.entries)
    }

    /// Whether a name that is not among those of this kind does not exist.
    pub fn is_whole(&self, kind: Kind) -> bool {
        self.part(kind).is_some_and(|part| part.whole)
    }

    /// The first thing of this kind that goes by this name or id, without regard to the case of letters.
    pub fn find(&self, kind: Kind, name: &str) -> Option<&Entry> {
        self.entries(kind).iter().find(|entry| entry.is_called(name))
    }

    /// The fields that queries call by this name. Their ids are no such names, and neither is what people call Jira's own fields.
    /// Several custom fields can share a name.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.entries(Kind::Field).iter().filter(move |entry| entry.also.iter().any(|also| same(also, name)))
    }

    /// How many things of this kind have exactly this name: people can share one.
    pub fn count(&self, kind: Kind, name: &str) -> usize {
        self.entries(kind).iter().filter(|entry| same(&entry.name, name)).count()
    }
}

#[cfg(test)]
mod tests;
